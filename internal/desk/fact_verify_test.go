package desk

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
)

// What is known beside the claims of a month reaches the rules: the seasons of goals, what
// others say of a village, and what one claim told in the months before. Reasons that come up
// after a check stand beside what was checked.
func TestAVerifierIsToldWhy(t *testing.T) {
	w := newShown(t)
	said := func() (out []string) {
		for _, month := range []string{"2011-09", "2011-10"} {
			page, err := w.office.ToVerify(t.Context(), w.checker, w.township, month)
			w.must(err)
			for _, l := range slices.Concat(page.Lines, page.Verified) {
				for _, f := range l.Flags {
					out = append(out, fmt.Sprintf("%s %s %s %s", l.UnitName, l.Day, f.Kind, page.Names[f.Unit]))
				}
			}
		}
		return out
	}
	for k := range 20 {
		w.tell([]id.Unit{w.first, w.second}[k%2], w.shows, "2011-08-03", 1, "")
	}
	shown := w.tell(w.first, w.shows, "2011-09-10", 1, "")
	if got := said(); len(got) > 0 {
		t.Fatalf("nothing is odd: %v", got)
	}
	w.tell(w.second, w.shows, "2011-09-12", 11, "")
	w.tell(w.second, w.shows, "2011-10-05", 1, "")
	w.must(w.office.VerifyFacts(t.Context(), w.cmd(w.checker), w.township, []id.Fact{shown.First}, ""))
	keeper := w.hireAt(w.first, "文化管理员", "reporter")
	_, err := w.office.ReportFacts(t.Context(), w.cmd(keeper), w.first, []FactTold{{Indicator: w.shows, Unit: w.first, Day: "2011-09-16", Quantity: document.Whole(0), Class: fact.OwnWord}}, fact.ByForm)
	w.must(err)
	want := []string{"下塘村 2011-09-12 digit ", "上塘村 2011-09-16 says_none 上塘村", "上塘村 2011-09-10 says_none 上塘村", "下塘村 2011-10-05 out_of_season "}
	if got := said(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	one, err := w.office.ToVerifyOne(t.Context(), w.checker, w.township, shown.First)
	w.must(err)
	if len(one.Flags) != 1 || one.State != fact.Verified {
		t.Errorf("of what was checked: %+v", one.Flags)
	}
}

// What waits stands under the unit right below the one that is looked at.
func TestWhereItWaits(t *testing.T) {
	w := newCounting(t)
	w.tell(w.first, w.shows, "2011-09-10", 1, "")
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	for unit, row := range map[id.Unit]id.Unit{top: w.county, w.county: w.township, w.township: w.first} {
		page, err := w.office.ToVerify(t.Context(), w.clerk, unit, "2011-09")
		w.must(err)
		if len(page.Lines) != 1 || page.Lines[0].Row != row || page.Names[row] == "" {
			t.Errorf("below %s: %+v, %v", page.Unit.Name, page.Lines, page.Names)
		}
	}
}

// Who verifies for the whole city is told in which county claims of these two months wait:
// not those of before, nor what is checked.
func TestWaitingInCounties(t *testing.T) {
	w := newCounting(t)
	for _, day := range []calendar.Day{"2011-08-03", "2011-09-10", "2011-10-02"} {
		w.tell(w.first, w.shows, day, 1, "")
	}
	checked := w.tell(w.second, w.shows, "2011-10-03", 2, "")
	w.tell(w.second, w.trained, "2011-10-11", 1, "陈望舒 138")
	waits := func() map[id.Unit]int {
		got, err := w.office.WaitingIn(t.Context(), w.clerk, "")
		w.must(err)
		return got
	}
	if got, err := w.office.WaitingIn(t.Context(), w.clerk, "2011-08"); err != nil || !maps.Equal(got, map[id.Unit]int{w.county: 1}) {
		t.Errorf("of August: %v, %v", got, err)
	}
	if got := waits(); !maps.Equal(got, map[id.Unit]int{w.county: 4}) {
		t.Errorf("before the check: %v", got)
	}
	w.must(w.office.VerifyFacts(t.Context(), w.cmd(w.checker), w.county, []id.Fact{checked.First}, ""))
	if got := waits(); !maps.Equal(got, map[id.Unit]int{w.county: 3}) {
		t.Errorf("after it: %v", got)
	}
	if _, err := w.office.WaitingIn(t.Context(), w.checker, ""); !fault.Is(err, fault.Denied) {
		t.Errorf("a county's verifier reads of the whole city: %v", err)
	}
}
