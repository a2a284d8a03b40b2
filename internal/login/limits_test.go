package login

import (
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestRuleOpens(t *testing.T) {
	rule := Rule{Failures: 3, Within: 10 * time.Minute, Wait: 30 * time.Minute}
	noon := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		fails []int // minutes before now, newest first
		opens int   // minutes after now; 0: at once
	}{
		{"nobody tried", nil, 0},
		{"two failures", []int{0, 1}, 0},
		{"three in ten minutes", []int{0, 5, 10}, 30},
		{"three in eleven minutes", []int{0, 5, 11}, 0},
		{"the wait counts from the last failure", []int{12, 13, 14}, 18},
		{"the wait is over to the minute", []int{30, 31, 32}, 0},
		{"a minute before it is over", []int{29, 31, 32}, 1},
		{"one new failure after the wait", []int{0, 31, 32, 33}, 0},
		{"older ones beside three new ones", []int{0, 1, 2, 500, 501}, 30},
		{"three at the same moment", []int{0, 0, 0}, 30},
		{"a clock that was set back locks nobody", []int{-600000, -600000, -600000}, 0},
		{"nor does it hide what came since", []int{-5, 1, 2, 3}, 29},
	} {
		var failures []time.Time
		for _, m := range c.fails {
			failures = append(failures, noon.Add(-time.Duration(m)*time.Minute))
		}
		want := time.Time{}
		if c.opens != 0 {
			want = noon.Add(time.Duration(c.opens) * time.Minute)
		}
		if got := rule.opens(failures, noon); !got.Equal(want) {
			t.Errorf("%s: opens %v, want %v", c.name, got, want)
		}
	}
	if got := (Rule{}).opens([]time.Time{noon}, noon); !got.IsZero() {
		t.Errorf("no rule locks until %v", got)
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"10.1.2.3":             "10.1.2.3",
		"::ffff:10.1.2.3":      "10.1.2.3",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1": "2001:db8:1:2::/64",
		"2001:db8:1:3::1":      "2001:db8:1:3::/64",
		"fe80::1%eth0":         "fe80::/64",
		"::1":                  "::/64",
	} {
		if got := network(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
	if got := network(netip.Addr{}); got != "" {
		t.Errorf("no address: %q", got)
	}
}

func TestTheWaitSaysWhenItOpens(t *testing.T) {
	for until, words := range map[string]string{"2026-03-02T04:05:00Z": "12:05", "2026-03-02T04:05:01Z": "12:06", "2026-03-02T16:59:59.5Z": "01:00"} {
		at, err := time.Parse(time.RFC3339, until)
		if err != nil {
			t.Fatal(err)
		}
		if got := accountWaits(at).Error(); !strings.Contains(got, words+" 以后") {
			t.Errorf("%s: %s", until, got)
		}
	}
}
