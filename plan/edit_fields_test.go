package plan

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"luoshi/document"

	"pgregory.net/rapid"
)

func anyTarget(t *rapid.T) Target {
	words := rapid.SampledFrom([]string{"", "送演出", "送图书", "<&>"})
	out := Target{ID: 7, Item: 3, Revision: 0, Quote: words.Draw(t, "quote"), Indicator: words.Draw(t, "indicator"), Unit: words.Draw(t, "unit"),
		Bound: rapid.SampledFrom(Bounds).Draw(t, "bound"), Value: Decimal(rapid.Int64Range(0, 3).Draw(t, "value")), Span: document.At(1, 3)}
	if rapid.Bool().Draw(t, "range") {
		most := Decimal(rapid.Int64Range(0, 3).Draw(t, "most"))
		out.Max = &most
	}
	if rapid.Bool().Draw(t, "derived") {
		out.Derived = map[string]string{"value": "wan"}
	}
	return out
}

// What is changed is changed back to the same record, field for field.
func TestChangeAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, is := anyTarget(t), anyTarget(t)
		c, differs := EditOf("target", "7", &was, &is)
		if differs == reflect.DeepEqual(was, is) {
			t.Fatalf("differs: %v", differs)
		}
		if !differs {
			return
		}
		done, err := Redone(&was, c)
		if err != nil || !reflect.DeepEqual(*done, is) {
			t.Fatalf("done: %+v, %v", done, err)
		}
		back, err := Redone(done, c.Reversed())
		if err != nil || !reflect.DeepEqual(*back, was) {
			t.Fatalf("back: %+v, %v", back, err)
		}
		if before := Before(&is, []Edit{c}); !reflect.DeepEqual(*before, was) {
			t.Fatalf("before: %+v", before)
		}
	})
}

func TestMakingAndTakingAway(t *testing.T) {
	one := Target{ID: 7, Indicator: "送演出"}
	made, _ := EditOf("target", "7", nil, &one)
	if got, err := Redone[Target](nil, made); err != nil || got.Indicator != "送演出" {
		t.Errorf("made: %+v, %v", got, err)
	}
	if got, err := Redone(&one, made.Reversed()); err != nil || got != nil {
		t.Errorf("taken away: %+v, %v", got, err)
	}
	other := one
	other.Unit = "场"
	if _, err := Redone(&other, made.Reversed()); !errors.Is(err, ErrChangedSince) {
		t.Errorf("taken away although it was changed since: %v", err)
	}
	if _, err := Redone(&one, made); !errors.Is(err, ErrChangedSince) {
		t.Errorf("made twice: %v", err)
	}
	if before := Before(&one, []Edit{made}); before != nil {
		t.Errorf("before it was made: %+v", before)
	}
}

func TestMerge(t *testing.T) {
	saw := Item{Title: "送书", Lead: "甲", Cooperating: "丙", Span: document.At(0, 0)}
	for _, c := range []struct {
		name         string
		told, stands Item
		sent, want   Item
		both         []string
	}{
		{"only this person changed", saw, saw, Item{Title: "送戏", Lead: "甲", Cooperating: "丙"}, Item{Title: "送戏", Lead: "甲", Cooperating: "丙"}, nil},
		{"another changed another field", saw, Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, Item{Title: "送戏", Lead: "甲", Cooperating: "丙"}, Item{Title: "送戏", Lead: "乙", Cooperating: "丙"}, nil},
		{"both the same", saw, Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, nil},
		{"both, differently", saw, Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, Item{Title: "送书", Lead: "丁", Cooperating: "丙"}, Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, []string{"Lead"}},
		{"both, and this person knows", Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, Item{Title: "送书", Lead: "丁", Cooperating: "丙"}, Item{Title: "送书", Lead: "丁", Cooperating: "丙"}, nil},
		{"knew, and changed once more", Item{Title: "送书", Lead: "乙", Cooperating: "丙"}, Item{Title: "送书", Lead: "戊", Cooperating: "丙"}, Item{Title: "送书", Lead: "丁", Cooperating: "丙"}, Item{Title: "送书", Lead: "戊", Cooperating: "丙"}, []string{"Lead"}},
	} {
		for _, i := range []*Item{&c.told, &c.stands, &c.sent, &c.want} {
			i.Span = document.At(0, 0) // as no words are read back
		}
		got, both := Merge(saw, c.told, c.stands, c.sent, func(string) bool { return false })
		if !reflect.DeepEqual(got, c.want) || !slices.Equal(both, c.both) {
			t.Errorf("%s: %+v, both %v", c.name, got, both)
		}
	}
	stands := saw
	stands.Title = "送书到村"
	got, both := Merge(saw, saw, stands, Item{Title: "送书到户", Lead: "甲", Cooperating: "丙"}, func(field string) bool { return field == "Title" })
	if got.Title != "送书到户" || both != nil {
		t.Errorf("changed twice by one person: %+v, both %v", got, both)
	}
}
