package fact

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/id"

	"pgregory.net/rapid"
)

var (
	gridShows = Indicator{ID: 1, Name: "送演出", Measure: "场", Aggregation: Sum}
	gridBooks = Indicator{ID: 2, Name: "送图书", Measure: "册", Aggregation: Sum}
	gridUnits = []GridUnit{{11, "上塘村"}, {12, "下塘村"}, {13, "东社区"}, {14, "石桥村"}, {15, "新安村"}}
	gridBoth  = []Indicator{gridShows, gridBooks}
)

func shownGrid(p GridPaste) string {
	var out []string
	for _, u := range gridUnits {
		for _, c := range gridBoth {
			if words, told := p.Cells[GridSpot{u.ID, c.ID}]; told {
				out = append(out, fmt.Sprintf("%s.%s=%s", u.Name, c.Name, words))
			}
		}
	}
	return strings.Join(out, " ")
}

func TestGridPaste(t *testing.T) {
	all := "上塘村.送演出=3 上塘村.送图书=120 下塘村.送演出=2 下塘村.送图书=80"
	for _, c := range []struct {
		name, words, cells string
		doubts             []string // of each its kind and a part of what it says
	}{
		{"names and heads", "村\t送演出（场）\t送图书（册）\n上塘村\t3\t120\n下塘村\t2\t80", all, nil},
		{"columns in another order", "村名\t送图书\t送演出\n下塘村\t80\t2\n上塘村\t120\t3\n", all, nil},
		{"without heads", "上塘村\t3\t120\n下塘村\t2\t80", all, nil},
		{"without heads, with numbers of rows", "1\t上塘村\t3\t120\n2\t下塘村\t2\t80", all, nil},
		{"numbers alone", "3\t120\n2\t80", all, nil},
		{"counted rows of numbers", "1\t3\t120\n2\t2\t80\n3\t\t", all, nil},
		{"a title and a note round it", "四月报表\n村\t送演出\t送图书\n上 塘 村\t3\t120\n下塘\t2\t80\n填表人：林小满", all, nil},
		{"a village committee", "上塘村村委会\t3\t120\n下塘村\t2\t80", "上塘村.送演出=3 上塘村.送图书=120 下塘村.送演出=2 下塘村.送图书=80", nil},
		{"empty is not 0", "上塘村\t\t120\n下塘村\t0\t", "上塘村.送图书=120 下塘村.送演出=0", nil},
		{"another column", "村\t送演出\t送图书\t出动人次\n上塘村\t3\t120\t9\n下塘村\t2\t80\t9", all, []string{"head 出动人次"}},
		{"an unknown village", "上塘村\t3\t120\n下塘村\t2\t80\n上糖村\t9\t9", all, []string{"unknown 是不是“上塘村”"}},
		{"a village of nowhere", "上塘村\t3\t120\n下塘村\t2\t80\n玉门村\t9\t9", all, []string{"unknown 没有这个单位"}},
		{"the same row twice", "上塘村\t3\t120\n下塘村\t2\t80\n上塘村\t3\t120", all, []string{"twice 一样"}},
		{"two rows that differ", "上塘村\t3\t120\n下塘村\t2\t80\n上塘村\t4\t120", all, []string{"twice 不一样"}},
		{"a right sum", "上塘村\t3\t120\n下塘村\t2\t80\n合 计\t5\t200", all, []string{"sum 没有当作"}},
		{"a wrong sum", "上塘村\t3\t120\n下塘村\t2\t80\n合计\t5\t210", all, []string{"sum 210"}},
		{"one column too many", "上塘村\t3\t120\t7\n下塘村\t2\t80", all, []string{"more 多出一个数“7”"}},
		{"a head twice", "村\t送演出\t送图书\t送演出\n上塘村\t3\t120\t9\n下塘村\t2\t80\t9", all, []string{"head 有两列"}},
		{"more rows than there are", "3\n2\n4\n3\n5\n6", "上塘村.送演出=3 下塘村.送演出=2 东社区.送演出=4 石桥村.送演出=3 新安村.送演出=5", []string{"rows 多出来了"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := ReadGridPaste(c.words, gridUnits, gridBoth)
			if err != nil {
				t.Fatal(err)
			}
			if got := shownGrid(p); got != c.cells {
				t.Errorf("cells\n%s, want\n%s", got, c.cells)
			}
			for k, d := range p.Doubts {
				if k >= len(c.doubts) {
					t.Errorf("unasked: %s %s", d.Kind, d.Says)
					continue
				}
				kind, part, _ := strings.Cut(c.doubts[k], " ")
				if d.Kind != kind || !strings.Contains(d.Says.Error(), part) {
					t.Errorf("doubt %s %s, want %s", d.Kind, d.Says, c.doubts[k])
				}
			}
			if len(p.Doubts) < len(c.doubts) {
				t.Errorf("%d doubts, want %v", len(p.Doubts), c.doubts)
			}
		})
	}
}

func TestGridCell(t *testing.T) {
	for words, want := range map[string]string{"": "-", "—": "-", "3": "3", " 1,200 ": "1200", "１２": "12", "3场": "3", "十二": "12", "-3": "stops", "约40": "stops", "下雨": "stops", "99999999999": "stops",
		"2.5": "2.5?", "0": "0", "1e5": "stops"} {
		q, told, doubt := ReadGridCell(words)
		got := "-"
		switch {
		case doubt != nil && doubt.Stops:
			got = "stops"
		case told && doubt != nil:
			got = q.String() + "?"
		case told:
			got = q.String()
		}
		if got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
}

func TestGridOddities(t *testing.T) {
	past := map[PastKey][]document.Decimal{}
	units := []id.Unit{11, 12, 13, 14, 15}
	whole := func(all ...int64) (out []document.Decimal) {
		for _, n := range all {
			out = append(out, document.Whole(n))
		}
		return out
	}
	for _, u := range units {
		past[PastKey{u, 1}], past[PastKey{u, 2}] = whole(2, 3, 4, 3), whole(100, 120, 140, 90)
	}
	for _, c := range []struct {
		name string
		rows map[id.Unit][2]int64
		want []string
	}{
		{"as always", map[id.Unit][2]int64{11: {3, 120}, 12: {5, 90}}, nil},
		{"ten times too much", map[id.Unit][2]int64{11: {30, 120}, 12: {3, 90}}, []string{"usual 11 1"}},
		{"one row exchanged", map[id.Unit][2]int64{11: {120, 3}, 12: {3, 90}, 13: {3, 100}}, []string{"exchanged 11 1"}},
		{"the columns exchanged", map[id.Unit][2]int64{11: {120, 3}, 12: {90, 2}, 13: {110, 4}, 14: {3, 100}}, []string{"exchanged 0 1"}},
	} {
		told := GridTold{}
		for u, row := range c.rows {
			told[GridSpot{u, 1}], told[GridSpot{u, 2}] = document.Whole(row[0]), document.Whole(row[1])
		}
		var got []string
		for _, d := range told.Oddities(units, gridBoth, past, nil) {
			got = append(got, fmt.Sprintf("%s %d %d", d.Kind, d.Spot.Unit, d.Spot.Indicator))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	// Without a past the others speak.
	told := GridTold{}
	for k, n := range []int64{3, 2, 4, 3, 300} {
		told[GridSpot{units[k], 1}] = document.Whole(n)
	}
	if all := told.Oddities(units, gridBoth, nil, nil); len(all) != 1 || all[0].Kind != "others" || all[0].Spot.Unit != 15 {
		t.Errorf("of others: %v", all)
	}
	// What stands so is not asked about again.
	if all := told.Oddities(units, gridBoth, nil, maps.Clone(told)); len(all) != 0 {
		t.Errorf("what stands: %v", all)
	}
}

// However many claims stand in a cell, they come to what was typed, by as few as can be.
func TestRestateComesToWhatWasTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := Indicator{ID: 1, Aggregation: rapid.SampledFrom([]Aggregation{Sum, Snapshot, Once}).Draw(t, "aggregation")}
		var claims []Fact
		for k := range rapid.IntRange(0, 5).Draw(t, "claims") {
			claims = append(claims, Fact{ID: id.Fact(k + 1), Kind: Claim, Unit: 11, Indicator: 1, Day: "2012-04-10", Quantity: document.Whole(rapid.Int64Range(0, 9).Draw(t, "quantity")),
				State: rapid.SampledFrom([]State{Reported, Verified}).Draw(t, "state"), Source: rapid.SampledFrom([]Source{ByForm, ByGrid}).Draw(t, "source")})
		}
		to := document.Whole(rapid.Int64Range(0, 30).Draw(t, "to"))
		before := i.Standing(claims)
		changes := i.Restate(claims, to)
		if len(claims) > 0 && before == to && len(changes) > 0 {
			t.Fatalf("nothing changed, yet %v", changes)
		}
		after := slices.Clone(claims)
		for _, c := range changes {
			if c.Quantity < 0 {
				t.Fatalf("a claim of %s", c.Quantity)
			}
			if c.As.ID == 0 {
				after = append(after, Fact{ID: 100, Day: "2012-04-30", Quantity: c.Quantity})
				continue
			}
			at := slices.IndexFunc(after, func(f Fact) bool { return f.ID == c.As.ID })
			after[at].Quantity = c.Quantity
		}
		if got := i.Standing(after); got != to {
			t.Fatalf("%s, want %s", got, to)
		}
	})
}
