package fact

import (
	"encoding/hex"
	"slices"
	"testing"

	"luoshi/document"

	"pgregory.net/rapid"
)

func hexOf(d [32]byte) string { return hex.EncodeToString(d[:]) }

func TestGoalCheck(t *testing.T) {
	for name, c := range map[string]struct {
		goal  Goal
		field string
	}{
		"a year":                    {Goal{From: "2011-08-01", To: "2012-07-31"}, ""},
		"one day":                   {Goal{From: "2011-08-01", To: "2011-08-01"}, ""},
		"no beginning":              {Goal{To: "2012-07-31"}, "from"},
		"no end":                    {Goal{From: "2011-08-01"}, "to"},
		"ends before its beginning": {Goal{From: "2011-08-02", To: "2011-08-01"}, "to"},
	} {
		t.Run(name, func(t *testing.T) { at(t, c.goal.Check(), c.field) })
	}
}

func TestPartingCheck(t *testing.T) {
	one := document.Whole(1)
	at(t, Parting{{Unit: 1, Value: one}, {Unit: 2}}.Check(), "")
	at(t, Parting{}.Check(), "-")
	at(t, Parting{{Unit: 1, Value: -1}}.Check(), "share-"+Share{Unit: 1}.Unit.String())
	at(t, Parting{{Unit: 1, Value: one}, {Unit: 1, Value: one}}.Check(), "share-"+Share{Unit: 1}.Unit.String())
	p, q := Parting{{Unit: 1, Value: one}, {Unit: 2, Value: 5000}}, Parting{{Unit: 2, Value: 5000}, {Unit: 1, Value: one}}
	if p.Total() != 15000 || p.Digest() != q.Digest() {
		t.Error("a parting depends on the order in which it was typed")
	}
}

func TestParted(t *testing.T) {
	whole := document.Whole
	for name, c := range map[string]struct {
		whole   document.Decimal
		weights []int64
		step    document.Decimal
		want    []document.Decimal
	}{
		"equally":                          {whole(1500), []int64{1, 1, 1}, whole(1), []document.Decimal{whole(500), whole(500), whole(500)}},
		"what is left to the first":        {whole(1500), []int64{1, 1, 1, 1, 1, 1, 1}, whole(1), []document.Decimal{whole(215), whole(215), whole(214), whole(214), whole(214), whole(214), whole(214)}},
		"by villages, the largest rest":    {whole(10), []int64{5, 3, 1}, whole(1), []document.Decimal{whole(6), whole(3), whole(1)}},
		"nobody lives there":               {whole(10), []int64{0, 4}, whole(1), []document.Decimal{0, whole(10)}},
		"no weights at all":                {whole(10), []int64{0, 0}, whole(1), []document.Decimal{0, 0}},
		"below nothing counts as nothing":  {whole(10), []int64{-5, 5}, whole(1), []document.Decimal{0, whole(10)}},
		"a whole that is no whole number":  {25000, []int64{1, 1}, whole(1), []document.Decimal{whole(1) + 5000, whole(1)}},
		"in tenths":                        {whole(1), []int64{1, 1, 1}, 1000, []document.Decimal{4000, 3000, 3000}},
		"less than one step":               {5000, []int64{1, 2}, whole(1), []document.Decimal{5000, 0}},
		"populations of a province":        {whole(100_000_000), []int64{1_400_000_000, 1}, whole(1), []document.Decimal{whole(100_000_000), 0}},
		"nobody":                           {whole(10), nil, whole(1), []document.Decimal{}},
		"nothing to part":                  {0, []int64{1}, whole(1), []document.Decimal{0}},
		"more than fits a product of both": {MostQuantity, []int64{1 << 61, 1 << 61}, 1, []document.Decimal{MostQuantity / 2, MostQuantity / 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Parted(c.whole, c.weights, c.step); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// Whatever is parted by whatever weights, the shares add up, none is off by more than a
// step, and whoever weighs more never gets less.
func TestPartedAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := document.Decimal(rapid.Int64Range(1, int64(MostQuantity)).Draw(t, "whole"))
		step := document.Decimal(rapid.SampledFrom([]int64{1, 100, 5000, 10000}).Draw(t, "step"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 3_000_000), 1, 40).Draw(t, "weights")
		var of, sum document.Decimal
		for _, w := range weights {
			of += document.Decimal(w)
		}
		got := Parted(whole, weights, step)
		for k, a := range got {
			sum += a
			for j, b := range got {
				if weights[k] > weights[j] && a < b-step {
					t.Fatalf("%d weighs more than %d and gets %s, not %s", weights[k], weights[j], a, b)
				}
			}
		}
		if of > 0 && sum != whole {
			t.Fatalf("%v add up to %s, not %s", got, sum, whole)
		}
	})
}

func TestStandingShares(t *testing.T) {
	all := []Share{{Goal: 1, Above: 1, Revision: 1, Unit: 2, Value: 1}, {Goal: 1, Above: 1, Revision: 1, Unit: 3, Value: 2}, {Goal: 1, Above: 1, Revision: 2, Unit: 2, Value: 3},
		{Goal: 1, Above: 2, Revision: 1, Unit: 4, Value: 4}, {Goal: 2, Above: 1, Revision: 1, Unit: 2, Value: 5}}
	got := StandingShares(all)
	if !slices.Equal(got, []Share{all[2], all[3], all[4]}) {
		t.Errorf("%+v", got)
	}
	if StandingShares(nil) != nil {
		t.Error("shares of nothing")
	}
}

func TestIndicatorCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change func(i *Indicator)
		field  string
	}{
		"as it should be":           {func(*Indicator) {}, ""},
		"no name":                   {func(i *Indicator) { i.Name = "" }, "name"},
		"no unit of measure":        {func(i *Indicator) { i.Measure = "" }, "measure"},
		"summed up in another way":  {func(i *Indicator) { i.Aggregation = "mean" }, "aggregation"},
		"evidence of no class":      {func(i *Indicator) { i.Wanted = "D" }, "wanted"},
		"neither more nor less":     {func(i *Indicator) { i.Direction = "" }, "direction"},
		"half a rate":               {func(i *Indicator) { i.Divisor = 2 }, "divisor"},
		"a rate of one by itself":   {func(i *Indicator) { i.Numerator, i.Divisor = 2, 2 }, "divisor"},
		"a rate":                    {func(i *Indicator) { i.Numerator, i.Divisor = 2, 3 }, ""},
		"tidied, nothing is chosen": {func(i *Indicator) { *i = Indicator{Name: "培训", Measure: "人", Aggregation: Distinct}.Tidied() }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			i := plays
			c.change(&i)
			at(t, i.Check(), c.field)
		})
	}
	if i := (Indicator{Aggregation: Distinct}).Tidied(); i.Subjects != Things || i.Wanted != OwnWord || i.Direction != "up" {
		t.Errorf("%+v", i)
	}
	if i := (Indicator{Aggregation: Sum, Subjects: Persons}).Tidied(); i.Subjects != NoSubject {
		t.Errorf("a sum names nobody: %+v", i)
	}
}
