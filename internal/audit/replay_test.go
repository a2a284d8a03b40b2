package audit

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/ledger"
)

// Recording a thing anew gives its later words, and does not take back what was made public.
func TestRecordedAnew(t *testing.T) {
	k := newKey(t, "luoshi/test")
	for _, kind := range []string{full, public} {
		x := newFixture(kind)
		again := acts()[9]
		again.Words = ledger.Words("title", "送演出下乡", "lead", "艺术科", "tags", "惠民、演出")
		x.add(again)
		x.tables["items"] = strings.Replace(x.tables["items"], "送演出,", "送演出下乡,", 1)
		want(t, mustVerify(t, write(t, x.export(t, k)), Anchors{k.public, x.checkpoint(t, k, 28)}), 0)
	}
}

func TestDecimal(t *testing.T) {
	for in, out := range map[string]string{"": "", "0": "0", "15000000": "1500", "25000": "2.5", "1": "0.0001", "-1": "-0.0001", "-25000": "-2.5",
		"10000": "1", "100000": "10", "-9223372036854775808": "-922337203685477.5808"} {
		if got := decimal(in); got != out {
			t.Errorf("%q gives %q, want %q", in, got, out)
		}
	}
}

func TestCSV(t *testing.T) {
	records := [][]string{{"a", "b"}, {"1,\"2\"", "x\r\ny"}, {"", " z"}}
	got, ok := parseCSV(writeCSV(records))
	if !ok || fmt.Sprint(got) != fmt.Sprint(records) {
		t.Errorf("%q", got)
	}
	for _, bad := range []string{"a", "a,b\n1,2", "a,\"b", "\"a\"b\n", "\"a\n", "a\"b\n", "a\r\n", "a,\xff\n"} {
		if got, ok := parseCSV([]byte(bad)); ok {
			t.Errorf("%q is taken as %q", bad, got)
		}
	}
}

func TestFingerprint(t *testing.T) {
	k := newKey(t, "luoshi/test")
	v, err := ledger.ReadKey(k.public)
	if err != nil || (signer{v.Name(), v.KeyHash()}).String() != ledger.Fingerprint(v) {
		t.Error(signer{v.Name(), v.KeyHash()}, ledger.Fingerprint(v), err)
	}
}
