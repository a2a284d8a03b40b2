package audit

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"luoshi/ledger"
)

const (
	townA, villageA              = "0AK2M5Q0000V8", "0AK2M5Q0000V9"
	showsA, secretA              = "0AK2M5Q0000J1", "0AK2M5Q0000J2"
	goalA                        = "0AK2M5Q0000K1"
	fact1, fact2, fact3          = "0AK2M5Q0000F1", "0AK2M5Q0000F2", "0AK2M5Q0000F3" // told
	check1, return2, fact4, own5 = "0AK2M5Q0000F4", "0AK2M5Q0000F5", "0AK2M5Q0000F6", "0AK2M5Q0000F7"
)

// Lines of facts as docs/ledger.md section 5 writes them, without numbers of the indicator.
var (
	told3 = fact1 + ",claim,J,V,,2011-09-10,2.5,,C,\n" + fact2 + ",claim,J,V,,2011-09-11,3,,C,\n" + fact3 + ",claim,J,V,,2011-09-12,4,,A,\n"
	check = check1 + ",check,J,V,,2011-09-10,0,,B," + fact1 + "\n"
	back  = return2 + ",return,J,V,,2011-09-11,0,,," + fact2 + "\n"
	anew  = fact4 + ",claim,J,V,,2011-08-12,1,,A," + fact3 + "\n"
	own   = own5 + ",claim,J,T,,2011-09-30,10,,C,\n"
)

func factsAdded(first, last string, rows int64, lines string) ledger.Draft {
	lines = strings.NewReplacer("J,V,", showsA+","+villageA+",", "J,T,", showsA+","+townA+",").Replace(lines)
	return ledger.Draft{Kind: "fact.added", Class: ledger.Public, Subjects: about("indicator", showsA), Fields: []ledger.Field{
		ledger.Hash("facts", sha256.Sum256([]byte(lines))), ledger.IDField("first", first), ledger.IDField("last", last), ledger.Num("rows", rows)}}
}

// newTold is the fixture with an indicator that is public, one that is not, and facts: one
// checked, one returned, one corrected into another month, one of the township itself.
func newTold(kind string) *fixture {
	x := newFixture(kind)
	opened := func(unit, level string, more ...ledger.Field) ledger.Draft {
		return ledger.Draft{Kind: "unit.opened", Class: ledger.Public, Subjects: about("unit", unit), Fields: append(more, ledger.Day("from", "2011-08-01"), ledger.State("level", level))}
	}
	indicator := func(id, name string) ledger.Draft {
		return ledger.Draft{Kind: "indicator.opened", Class: ledger.Public, Subjects: about("indicator", id), Words: ledger.Words("name", name, "unit_of_measure", "场", "definition", "演完一场"),
			Fields: []ledger.Field{ledger.State("aggregation", "sum"), ledger.State("class_wanted", "b"), ledger.Day("day", "2011-08-01"), ledger.State("direction", "up")}}
	}
	for _, d := range []ledger.Draft{
		/* 47 */ opened(townA, "township"),
		/* 48 */ opened(villageA, "village", ledger.IDField("parent", townA)),
		/* 49 */ indicator(showsA, "演出"),
		/* 50 */ indicator(secretA, "内部"),
		/* 51 */ {Kind: "indicator.stated", Class: ledger.Public, Subjects: about("indicator", showsA), Words: ledger.Words("name", "送演出", "unit_of_measure", "场")},
		/* 52 */ {Kind: "indicator.published", Class: ledger.Public, Subjects: about("indicator", showsA), Fields: []ledger.Field{ledger.Day("day", "2011-10-01")}},
		/* 53 */ factsAdded(fact1, fact3, 3, told3),
		/* 54 */ factsAdded(check1, check1, 1, check),
		/* 55 */ factsAdded(return2, return2, 1, back),
		/* 56 */ factsAdded(fact4, fact4, 1, anew),
		/* 57 */ factsAdded(own5, own5, 1, own),
		/* 58 */ {Kind: "goal.set", Class: ledger.Public, Subjects: about("item", itemA, "target", targetA, "indicator", showsA),
			Fields: []ledger.Field{ledger.Day("day", "2011-10-01"), ledger.Day("from", "2011-08-01"), ledger.IDField("goal", goalA), ledger.Day("to", "2011-12-31"), ledger.State("windows", "0601_0916")}},
		/* 59 */ {Kind: "split.issued", Class: ledger.Public, Subjects: about("item", itemA, "indicator", showsA, "unit", unitA), Fields: []ledger.Field{ledger.Day("day", "2011-10-02"), ledger.IDField("goal", goalA),
			ledger.Num("revision", 1), ledger.Num("rows", 2), ledger.Hash("shares", sha256.Sum256([]byte(unitB+",500\n"+townA+",1000.5\n")))}},
	} {
		x.add(d)
	}
	at := func(seq string) string { return "13127904" + seq + "000000" }
	fill := func(table, rows string) { x.tables[table] += rows }
	fill("units", townA+",,2011-08-01,,township,,\n"+villageA+","+townA+",2011-08-01,,village,,\n")
	fill("indicators", showsA+",送演出,场,sum,up,B,,\n"+secretA+",内部,场,sum,up,B,,\n")
	fill("goals", goalA+","+targetA+","+itemA+","+showsA+",2011-08-01,2011-12-31,2011-10-01,0601_0916\n")
	fill("splits", goalA+","+unitA+",1,"+unitB+",500,2011-10-02\n"+goalA+","+unitA+",1,"+townA+",1000.5,2011-10-02\n")
	row := func(fact, unit, day, instant, rest string) string {
		return fact + "," + showsA + "," + unit + ",," + day + "," + at(instant) + "," + rest + "\n"
	}
	fill("facts", row(fact1, villageA, "2011-09-10", "53", "2.5,,verified,B,,C")+row(fact2, villageA, "2011-09-11", "53", "3,,replaced,C,,C")+row(fact3, villageA, "2011-09-12", "53", "4,,replaced,A,,A")+
		row(check1, villageA, "2011-09-10", "54", "0,,checked,B,"+fact1+",")+row(return2, villageA, "2011-09-11", "55", "0,,returned,,"+fact2+",")+row(fact4, villageA, "2011-08-12", "56", "1,,reported,A,"+fact3+",A")+
		row(own5, townA, "2011-09-30", "57", "10,,reported,C,,C"))
	fill("rollup", showsA+","+townA+",2011-08,1,0\n"+showsA+","+townA+",2011-09,12.5,2.5\n"+showsA+","+villageA+",2011-08,1,0\n"+showsA+","+villageA+",2011-09,2.5,2.5\n")
	if kind == public {
		x.hidden[50] = true
		delete(x.words, 50)
		x.drop("indicators", secretA)
	}
	return x
}

func TestFactsAreGood(t *testing.T) {
	k := newKey(t, "luoshi/test")
	for _, kind := range []string{full, public} {
		x := newTold(kind)
		want(t, mustVerify(t, write(t, x.export(t, k)), Anchors{k.public, x.checkpoint(t, k, 50)}), 0)
	}
	// Facts that are public no longer: who took them back stays to be seen.
	x := newTold(public)
	x.add(ledger.Draft{Kind: "indicator.withdrawn", Class: ledger.Public, Subjects: about("indicator", showsA), Fields: []ledger.Field{ledger.Day("day", "2011-10-03")}})
	for _, seq := range []int64{49, 51, 52, 53, 54, 55, 56, 57, 58, 59} {
		x.hidden[seq] = true
		delete(x.words, seq)
	}
	for _, name := range []string{"indicators", "goals", "splits", "facts", "rollup"} {
		x.tables[name], _, _ = strings.Cut(x.tables[name], "\n")
		x.tables[name] += "\n"
	}
	want(t, mustVerify(t, write(t, x.export(t, k)), Anchors{k.public, x.checkpoint(t, k, 50)}), 0)
}

// Claims of older versions stand without the class that was claimed, in digests too: they are
// good, and it is said that nobody vouches for their class.
func TestClaimsOfAnOlderVersion(t *testing.T) {
	k := newKey(t, "luoshi/test")
	x := newTold(full)
	x.entries[57].Fields = factsAdded(own5, own5, 1, strings.Replace(own, ",C,", ",,", 1)).Fields
	x.tables["facts"] = strings.Replace(x.tables["facts"], "10,,reported,C,,C", "10,,reported,C,,", 1)
	r := mustVerify(t, write(t, x.export(t, k)), Anchors{k.public, x.checkpoint(t, k, 50)})
	want(t, r, 0)
	if said := fmt.Sprint(r.NotChecked); !strings.Contains(said, "有 1 条数是旧版本记的") {
		t.Errorf("it says %s", said)
	}
}

const factFile, rollUpFile = "tables/facts.csv", "tables/rollup.csv"

var factAttacks = []attack{
	{"quantity changed", full, factFile + " #53", always, sealed(swap(factFile, ",2.5,,", ",25,,"))},
	{"quantity changed, with its sums", full, factFile + " #57", always, sealed(both(swap(factFile, ",10,,", ",11,,"), swap(rollUpFile, "12.5", "13.5")))},
	{"row dropped", full, factFile + " #57", always, sealed(func(f map[string][]byte) {
		s := string(f[factFile])
		f[factFile] = []byte(s[:strings.Index(s, own5)])
	})},
	{"row added", full, factFile + ":9", always, sealed(func(f map[string][]byte) {
		f[factFile] = append(f[factFile], "0AK2M5Q0000F8,"+showsA+","+townA+",,2011-09-30,1312790457000000,1,,reported,C,,C\n"...)
	})},
	{"state changed", full, factFile + ":7", always, sealed(swap(factFile, "reported,A", "verified,A"))},
	{"returned claim put back, with its sums", full, factFile + ":3", always, sealed(both(swap(factFile, "3,,replaced,C", "3,,reported,C"), swap(rollUpFile, "09,2.5,2.5", "09,5.5,2.5")))},
	{"class of a checked claim changed", full, factFile + ":2", always, sealed(swap(factFile, "verified,B", "verified,A"))},
	{"class of a check changed too", full, factFile + " #54", always, sealed(both(swap(factFile, "verified,B", "verified,A"), swap(factFile, "checked,B", "checked,A")))},
	{"class of a waiting claim changed", full, factFile + ":8", always, sealed(swap(factFile, "10,,reported,C,", "10,,reported,A,"))},
	{"class that was claimed changed too", full, factFile + " #57", always, sealed(swap(factFile, "10,,reported,C,,C", "10,,reported,A,,A"))},
	{"class that was claimed taken away", full, factFile + " #57", always, sealed(swap(factFile, "10,,reported,C,,C", "10,,reported,A,,"))},
	{"class that was claimed of a checked claim changed", full, factFile + " #53", always, sealed(swap(factFile, "verified,B,,C", "verified,B,,A"))},
	{"class claimed by a check", full, factFile + ":5", always, sealed(swap(factFile, "checked,B,"+fact1+",", "checked,B,"+fact1+",A"))},
	{"no class that is known", full, factFile + ":8", always, sealed(swap(factFile, "10,,reported,C,,C", "10,,reported,D,,D"))},
	{"check made a return", full, factFile + " #54", always, sealed(swap(factFile, "checked,B", "returned,"))},
	{"moved to another month", full, factFile + " #57", always, sealed(swap(factFile, "2011-09-30", "2011-10-01"))},
	{"another instant", full, factFile + ":8", always, sealed(swap(factFile, "1312790457000000", "1312790458000000"))},
	{"another unit", full, factFile + " #57", always, sealed(swap(factFile, own5+","+showsA+","+townA, own5+","+showsA+","+villageA))},
	{"state that is none", full, factFile + ":8", always, sealed(swap(factFile, "reported,C", "counted,C"))},
	{"quantity written otherwise", full, factFile + ":2", always, sealed(swap(factFile, ",2.5,,", ",2.50,,"))},
	{"sum changed", full, rollUpFile + ":3", always, sealed(swap(rollUpFile, "12.5,", "15,"))},
	{"counted changed", full, rollUpFile + ":5", always, sealed(swap(rollUpFile, "09,2.5,2.5", "09,2.5,2"))},
	{"sum dropped", full, rollUpFile, always, sealed(swap(rollUpFile, showsA+","+townA+",2011-08,1,0\n", ""))},
	{"sum added", full, rollUpFile + ":6", always, sealed(swap(rollUpFile, villageA+",2011-09,2.5,2.5\n", villageA+",2011-09,2.5,2.5\n"+showsA+","+villageA+",2011-10,1,0\n"))},
	{"sums in another order", full, rollUpFile + ":3", always, sealed(both(swap(rollUpFile, townA+",2011-08,1,0", "X"), both(swap(rollUpFile, townA+",2011-09,12.5,2.5", townA+",2011-08,1,0"), swap(rollUpFile, "X", townA+",2011-09,12.5,2.5"))))},
	{"village moved to another township", full, "tables/units.csv:5 #48", always, sealed(swap("tables/units.csv", villageA+","+townA, villageA+","+unitA))},
	{"share changed", full, "tables/splits.csv #59", always, sealed(swap("tables/splits.csv", "1000.5", "100.5"))},
	{"share dropped", full, "tables/splits.csv #59", always, sealed(swap("tables/splits.csv", goalA+","+unitA+",1,"+unitB+",500,2011-10-02\n", ""))},
	{"share handed down on another day", full, "tables/splits.csv:2 #59", always, sealed(swap("tables/splits.csv", "500,2011-10-02", "500,2011-10-03"))},
	{"share of no entry", full, "tables/splits.csv:2", always, sealed(swap("tables/splits.csv", ",1,"+unitB, ",2,"+unitB))},
	{"season of a goal changed", full, "tables/goals.csv:2 #58", always, sealed(swap("tables/goals.csv", "0601_0916", "0601_1016"))},
	{"goal changed", full, "tables/goals.csv:2 #58", always, sealed(swap("tables/goals.csv", "2011-12-31", "2012-12-31"))},
	{"wanting less", full, "tables/indicators.csv:2 #52", always, sealed(swap("tables/indicators.csv", "送演出,场,sum,up,B", "送演出,场,sum,up,C"))},
	{"older name kept", full, "tables/indicators.csv:2 #52", always, sealed(swap("tables/indicators.csv", "送演出", "演出"))},
	{"indicator that is not public shown", public, bundlePath60 + " #50", always, resigned(false, func(x *fixture) { x.hidden[50] = false })},
	{"facts of a public indicator kept back", public, factFile + ":8", always, resigned(false, func(x *fixture) { x.hidden[57] = true })},
	{"digest of other rows", full, factFile + ":5", always, resigned(false, func(x *fixture) { x.entries[54].Fields = x.entries[55].Fields })},
}

const bundlePath60 = "log/tile/entries/000.p/60"

func both(first, then func(map[string][]byte)) func(map[string][]byte) {
	return func(f map[string][]byte) { first(f); then(f) }
}

func TestFactAttacks(t *testing.T) {
	k := newKey(t, "luoshi/test")
	for _, a := range factAttacks {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			honest := newTold(a.kind)
			r := mustVerify(t, write(t, a.make(t, newTold(a.kind), k, k)), Anchors{k.public, honest.checkpoint(t, k, 40)})
			if r.Exit() != 1 || !names(r, a.place) {
				t.Errorf("exit %d, %s is not named: %v", r.Exit(), a.place, r.Problems)
			}
		})
	}
}
