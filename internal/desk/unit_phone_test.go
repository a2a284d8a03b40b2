package desk

import (
	"slices"
	"testing"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// A village without a telephone shows that of the nearest unit above it that has one; each
// that is stated or taken away is an entry that everybody may read.
func TestPublicTelephone(t *testing.T) {
	w := newCounting(t)
	shown := func(unit id.Unit) (phone, of string) {
		u, err := w.public.UnitOn(t.Context(), unit, "2011-10-20")
		w.must(err)
		w.must(w.db.Read(t.Context(), func(v *db.View) error {
			number, whose, err := w.public.phoneFor(v, u)
			phone, of = number, whose.Name
			return err
		}))
		return phone, of
	}
	if phone, of := shown(w.first); phone+of != "" {
		t.Errorf("before anybody told: %s of %s", phone, of)
	}
	before := len(w.entries())
	w.must(w.office.DescribeUnit(t.Context(), w.cmd(w.clerk), w.county, UnitWork{Body: "望潮区文体局", Phone: "0580-1110001"}))
	w.must(w.office.DescribeUnit(t.Context(), w.cmd(w.station), w.township, UnitWork{Contact: "林小满 13900000000", Phone: "0580-1110002（上班时间）"}))
	if err := w.office.DescribeUnit(t.Context(), w.cmd(w.station), w.county, UnitWork{Phone: "1"}); err == nil {
		t.Error("a station describes its county")
	}
	for unit, want := range map[id.Unit]string{w.first: "0580-1110002（上班时间） 青石镇", w.township: "0580-1110002（上班时间） 青石镇", w.county: "0580-1110001 望潮区"} {
		if phone, of := shown(unit); phone+" "+of != want {
			t.Errorf("%s of %s, want %s", phone, of, want)
		}
	}
	w.must(w.office.DescribeUnit(t.Context(), w.cmd(w.station), w.township, UnitWork{Contact: "林小满 13900000000"}))
	if phone, of := shown(w.first); phone != "0580-1110001" || of != "望潮区" {
		t.Errorf("taken away: %s of %s", phone, of)
	}
	if kinds := kindsSince(w.town, before); !slices.Equal(kinds, []string{org.KindUnitWorkingBody, org.KindUnitPhone, org.KindUnitContact, org.KindUnitPhone, org.KindUnitPhone}) {
		t.Errorf("entries: %v", kinds)
	}
	if err := w.office.DescribeUnit(t.Context(), w.cmd(w.station), w.township, UnitWork{Phone: "第一行\n第二行"}); err == nil {
		t.Error("two lines are taken for a telephone")
	}
}
