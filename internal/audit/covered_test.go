package audit

import (
	"encoding/hex"
	"strings"
	"testing"

	"luoshi/ledger"
)

// covered is a public export in which a name of the document and of its target is covered,
// and of which an item was withdrawn: entry 25.
func covered(t *testing.T, k key, change func(map[string][]byte)) Report {
	t.Helper()
	x := newFixture(public)
	x.add(ledger.Draft{Kind: "item.withdrawn", Class: ledger.Public, Subjects: about("item", itemC, "plan", planB), Words: ledger.Words("why", "误公开"),
		Fields: []ledger.Field{ledger.Day("day", "2012-01-01")}})
	x.hidden[4] = true // the hash of the text would give the name away
	delete(x.words, 4)
	delete(x.texts, docA)
	x.tables["targets"] = strings.ReplaceAll(x.tables["targets"], "送演出到农村1500场", "■演出到农村1500场")
	out := x.export(t, k)
	out["documents/"+docA+coveredEnd] = []byte(strings.ReplaceAll(textA, "送演", "■演"))
	s := salt(11)
	words := string(out[wordsFile])
	words = strings.Replace(words, "11,"+hex.EncodeToString(s[:])+",", "11,,", 1)
	i := strings.Index(words, "11,,")
	out[wordsFile] = []byte(words[:i] + strings.Replace(words[i:], "送演出到农村", "■演出到农村", 1))
	if change != nil {
		change(out)
	}
	x.seal(t, out, k)
	return mustVerify(t, write(t, out), Anchors{k.public, x.checkpoint(t, k, 7)})
}

func TestCoveredAndWithdrawn(t *testing.T) {
	k := newKey(t, "luoshi/test")
	r := covered(t, k, nil)
	want(t, r, 0)
	if r.Covered != 2 || r.Documents != 1 {
		t.Errorf("%+v", r)
	}
	for name, c := range map[string]struct {
		place  string
		change func(map[string][]byte)
	}{
		"salt left out, nothing covered": {wordsFile, swap(wordsFile, "■演出到农村", "送演出到农村")},
		"covered document that is whole": {"documents/" + docA + coveredEnd, swap("documents/"+docA+coveredEnd, "■", "送")},
		"covered document of no plan": {"documents/" + docB + coveredEnd, func(f map[string][]byte) {
			f["documents/"+docB+coveredEnd] = []byte("■")
		}},
		"covered document missing":  {strings.TrimSuffix(bundlePath, "47") + "48", func(f map[string][]byte) { delete(f, "documents/"+docA+coveredEnd) }},
		"other words than are told": {"tables/targets.csv", swap("documents/"+docA+coveredEnd, "农村", "城里")},
		"row of what was withdrawn": {"tables/items.csv", swap("tables/items.csv", itemA, itemC+",下降,,,,,0,1,\n"+itemA)},
	} {
		r := covered(t, k, c.change)
		if r.Exit() != 1 || !names(r, c.place) {
			t.Errorf("%s: exit %d, %v", name, r.Exit(), r.Problems)
		}
	}
}

// In a full export nothing is covered: a sign that covers is a sign like any other there.
func TestNothingIsCoveredInAFullExport(t *testing.T) {
	k := newKey(t, "luoshi/test")
	x := newFixture(full)
	out := x.export(t, k)
	swap("documents/"+docA+".txt", "农村", "■■")(out)
	x.seal(t, out, k)
	want(t, mustVerify(t, write(t, out), Anchors{k.public, x.checkpoint(t, k, 7)}), 1)
}
