package fact

import (
	"os"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

var (
	plays    = Indicator{ID: 1, Name: "送演出", Measure: "场", Aggregation: Sum, Direction: "up", Wanted: Independent}
	boats    = Indicator{ID: 2, Name: "渔船", Measure: "艘", Aggregation: Distinct, Subjects: Things, Direction: "up", Wanted: OwnWord}
	covered  = Indicator{ID: 3, Name: "覆盖率", Measure: "%", Aggregation: Snapshot, Direction: "up", Wanted: OwnWord, Numerator: 1, Divisor: 2}
	today    = calendar.Day("2011-10-20")
	proper   = Fact{ID: 9, Indicator: 1, Unit: 5, Day: "2011-09-10", Quantity: document.Whole(3), Kind: Claim, State: Reported, Class: ByRecipient, Source: ByForm}
	properOn = Fact{ID: 8, Indicator: 2, Unit: 5, Day: "2011-09-10", Quantity: document.Whole(1), Subject: "A7", Kind: Claim, State: Reported, Class: OwnWord}
)

// at reports whether a fault stands at a field; an empty field stands for no fault.
func at(t *testing.T, err error, field string) {
	t.Helper()
	f := fault.Of(err)
	switch {
	case field == "" && err != nil:
		t.Errorf("refused: %v", err)
	case field != "" && f == nil, field != "" && f.Field != strings.TrimPrefix(field, "-"):
		t.Errorf("%v, want a fault at %q", err, field)
	}
}

func TestCheckClaim(t *testing.T) {
	for name, c := range map[string]struct {
		indicator Indicator
		fact      Fact
		change    func(f *Fact)
		field     string // "-" is a fault of no field
	}{
		"as it should be":          {plays, proper, func(*Fact) {}, ""},
		"today":                    {plays, proper, func(f *Fact) { f.Day = today }, ""},
		"nothing happened":         {plays, proper, func(f *Fact) { f.Quantity = 0 }, ""},
		"half of one":              {plays, proper, func(f *Fact) { f.Quantity = 5000 }, ""},
		"tomorrow":                 {plays, proper, func(f *Fact) { f.Day = "2011-10-21" }, "day"},
		"no day":                   {plays, proper, func(f *Fact) { f.Day = "" }, "day"},
		"a day that is none":       {plays, proper, func(f *Fact) { f.Day = "2011-02-29" }, "day"},
		"below nothing":            {plays, proper, func(f *Fact) { f.Quantity = -1 }, "quantity"},
		"as much as can be":        {plays, proper, func(f *Fact) { f.Quantity = MostQuantity }, ""},
		"more than can be":         {plays, proper, func(f *Fact) { f.Quantity = MostQuantity + 1 }, "quantity"},
		"a name where none is":     {plays, proper, func(f *Fact) { f.Subject = "甲" }, "subject"},
		"no class":                 {plays, proper, func(f *Fact) { f.Class = "" }, "class"},
		"another class":            {plays, proper, func(f *Fact) { f.Class = "D" }, "class"},
		"opening balance":          {plays, proper, func(f *Fact) { f.Source, f.Class = Opening, OwnWord }, ""},
		"opening balance proved":   {plays, proper, func(f *Fact) { f.Source = Opening }, "class"},
		"a long note":              {plays, proper, func(f *Fact) { f.Note = strings.Repeat("证", LongestNote+1) }, "note"},
		"a boat":                   {boats, properOn, func(*Fact) {}, ""},
		"a boat without number":    {boats, properOn, func(f *Fact) { f.Subject = "" }, "subject"},
		"two of one boat":          {boats, properOn, func(f *Fact) { f.Quantity = document.Whole(2) }, "quantity"},
		"a number with a comma":    {boats, properOn, func(f *Fact) { f.Subject = "A,7" }, "subject"},
		"a number that is long":    {boats, properOn, func(f *Fact) { f.Subject = strings.Repeat("7", 61) }, "subject"},
		"boats of before":          {boats, properOn, func(f *Fact) { f.Subject, f.Source, f.Quantity = "", Opening, document.Whole(40) }, ""},
		"a rate is not reported":   {covered, proper, func(f *Fact) { f.Indicator = 3 }, "-"},
		"a rate, whatever is told": {covered, proper, func(f *Fact) { f.Quantity = -1 }, "-"},
	} {
		t.Run(name, func(t *testing.T) {
			c.change(&c.fact)
			at(t, c.fact.CheckClaim(c.indicator, today), c.field)
		})
	}
}

func TestCorrected(t *testing.T) {
	by := Fact{ID: 20, Indicator: 7, Unit: 6, Day: "2011-08-30", Quantity: document.Whole(4), Class: Independent, Note: "多记了", Source: ByGrid}
	was, now, err := proper.Corrected(by, plays, today)
	if err != nil || was.State != Replaced || was.Next != 20 || was.Class != ByRecipient || now.Corrects != 9 || now.State != Reported || now.Kind != Claim || now.Indicator != 1 || now.Source != ByForm || now.Unit != 6 || now.Class != Independent || now.Claimed != Independent {
		t.Errorf("%+v %+v %v", was, now, err)
	}
	checked := proper
	checked.State = Verified
	if was, now, err = checked.Corrected(by, plays, today); err != nil || was.State != Replaced || now.State != Reported {
		t.Errorf("what was checked and is corrected must be checked again: %+v %+v %v", was, now, err)
	}
	opening := proper
	opening.Source, opening.Class = Opening, OwnWord
	if _, now, err = opening.Corrected(by, plays, today); err != nil || now.Class != OwnWord || now.Source != Opening {
		t.Errorf("an opening balance stays one: %+v %v", now, err)
	}
	silent, late := by, by
	silent.Note, late.Day = " ", "2011-10-21"
	_, _, err = proper.Corrected(silent, plays, today)
	at(t, err, "note")
	_, _, err = proper.Corrected(late, plays, today)
	at(t, err, "day")
	for _, gone := range []Fact{{Kind: Claim, State: Replaced}, {Kind: Return, State: Returned}, {Kind: Check, State: Checked}, {Kind: Withdrawal, State: Withdrawn}} {
		if _, _, err := gone.Corrected(by, plays, today); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s %s was corrected: %v", gone.Kind, gone.State, err)
		}
	}
}

func TestSetAside(t *testing.T) {
	for kind, state := range map[Kind]State{Return: Returned, Withdrawal: Withdrawn} {
		was, row, err := proper.SetAside(kind, 21, "没有签收单")
		if err != nil || was.State != Replaced || was.Next != 21 || row.Kind != kind || row.State != state || row.Corrects != 9 || row.Unit != 5 || row.Day != proper.Day || row.Quantity != 0 || row.Class != "" || row.Stands() || was.Stands() {
			t.Errorf("%s: %+v %+v %v", kind, was, row, err)
		}
		if _, _, err := was.SetAside(kind, 22, "再一次"); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s twice: %v", kind, err)
		}
		_, _, err = proper.SetAside(kind, 21, "  ")
		at(t, err, "reason")
		_, _, err = proper.SetAside(kind, 21, strings.Repeat("因", LongestNote+1))
		at(t, err, "reason")
	}
}

func TestCheckedAs(t *testing.T) {
	was, row, err := proper.CheckedAs(23, Independent)
	if err != nil || was.State != Verified || was.Class != Independent || was.Next != 0 || row.Kind != Check || row.State != Checked || row.Class != Independent || row.Corrects != 9 || row.Quantity != 0 {
		t.Errorf("%+v %+v %v", was, row, err)
	}
	if !was.Counts(Independent) || !was.Counts(OwnWord) || was.Counts(ByRecipient) || proper.Counts(OwnWord) {
		t.Error("what counts")
	}
	if _, _, err := was.CheckedAs(24, ByRecipient); !fault.Is(err, fault.Conflict) {
		t.Errorf("checked twice: %v", err)
	}
	_, _, err = proper.CheckedAs(24, "D")
	at(t, err, "class")
	opening := proper
	opening.Source, opening.Class = Opening, OwnWord
	if _, _, err := opening.CheckedAs(24, OwnWord); err == nil {
		t.Error("an opening balance was checked")
	}
}

func TestSubjectKey(t *testing.T) {
	for in, want := range map[string]string{"浙温渔 12-345": "浙温渔12345", "ａ７": "A7", " a—7 ": "A7", "林·小满": "林小满", "": ""} {
		if got := SubjectKey(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestMonths(t *testing.T) {
	if got := strings.Join(Months("2011-11-30", "2012-02-01"), " "); got != "2011-11 2011-12 2012-01 2012-02" {
		t.Error(got)
	}
	if Months("2012-02-01", "2012-01-31") != nil {
		t.Error("months of a span that ends before it begins")
	}
	for span, want := range map[[2]calendar.Day]bool{{"2011-09-01", "2011-12-31"}: true, {"2012-02-01", "2012-02-29"}: true, {"2011-02-01", "2011-02-28"}: true, {"2011-09-02", "2011-12-31"}: false, {"2011-09-01", "2011-12-30"}: false} {
		if got := WholeMonths(span[0], span[1]); got != want {
			t.Errorf("%v: %v", span, got)
		}
	}
}

// The lines of docs/ledger.md section 5 are those that the program makes digests over.
func TestDigestOfThePage(t *testing.T) {
	page, err := os.ReadFile("../docs/ledger.md")
	if err != nil {
		t.Fatal(err)
	}
	of := func(text string) int64 {
		n, err := id.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	claim := Fact{ID: id.Fact(of("0AK2M5Q0000F1")), Indicator: id.Indicator(of("0AK2M5Q0000J1")), Unit: id.Unit(of("0AK2M5Q0000V1")), Day: "2011-09-10", Quantity: 25000, Kind: Claim, State: Reported, Class: OwnWord, Claimed: OwnWord}
	claim, check, err := claim.CheckedAs(id.Fact(of("0AK2M5Q0000F2")), Independent)
	if err != nil {
		t.Fatal(err)
	}
	if text := claim.Line() + check.Line(); !strings.Contains(string(page), "```\n"+text+"```") {
		t.Errorf("docs/ledger.md has not the lines\n%s", text)
	}
	if d := Digest([]Fact{claim, check}); !strings.Contains(string(page), "`"+hexOf(d)+"`") {
		t.Errorf("docs/ledger.md has not the digest %x", d)
	}
}
