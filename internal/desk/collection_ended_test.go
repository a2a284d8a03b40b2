package desk

import (
	"testing"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// Whoever goes on with a unit that ended answers for it.
func TestCollectionOfAUnitThatEnded(t *testing.T) {
	w := newBureauTown(t)
	culture := w.units["公共文化处"]
	c, err := w.office.Collect(t.Context(), w.cmd(w.clerk), NewCollection{Units: []id.Unit{culture},
		Collection: collection.Collection{Kind: collection.File, Title: "小结", Due: "2011-09-23"}})
	w.must(err)
	art := w.employ("艺术处", "处长", "叶听涛", org.UnitHead)
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.clerk), culture, w.units["艺术处"], "2011-09-01"))
	w.moves("2011-09-02")
	due, err := w.office.CollectionsDue(t.Context(), art)
	w.must(err)
	if len(due) != 1 || len(due[0].Owed) != 1 || due[0].Owed[0].Unit != culture {
		t.Fatalf("%+v", due)
	}
	if l := w.asked(c, "公共文化处"); l.Next.ID != w.units["艺术处"] || !l.Ended("2011-09-02") {
		t.Errorf("%+v", l)
	}
	// Who goes on with that one goes on with both, and is owed for as of one unit.
	bureau, err := w.office.Bureau(t.Context())
	w.must(err)
	opened, err := w.office.OpenUnits(t.Context(), w.cmd(w.clerk), bureau, []org.Unit{{Level: org.Division, Name: "文化产业处"}})
	w.must(err)
	w.units["文化产业处"] = opened[0]
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.clerk), w.units["艺术处"], opened[0], "2011-09-05"))
	industry := w.employ("文化产业处", "处长", "白听雨", org.UnitHead)
	if err := w.office.KeepAnswer(t.Context(), w.cmd(art), c, culture, GivenAnswer{FileName: "小结.pdf", Raw: []byte("x")}); err != nil {
		t.Errorf("before that day the unit itself answers: %v", err)
	}
	w.moves("2011-09-06")
	due, err = w.office.CollectionsDue(t.Context(), industry)
	w.must(err)
	if len(due) != 1 || len(due[0].Owed) != 1 || due[0].Owed[0].Unit != culture {
		t.Fatalf("%+v", due)
	}
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		owed, err := w.office.duesOf(v, w.units["文化产业处"])
		if err != nil || len(owed.all) != 1 || owed.all[0].Unit != w.units["文化产业处"] || owed.all[0].Of != culture {
			t.Errorf("%+v %v", owed.all, err)
		}
		return err
	}))
	w.must(w.office.SendAnswer(t.Context(), w.cmd(industry), c, culture, GivenAnswer{FileName: "小结.pdf", Raw: []byte("x")}))
}

// A unit that asked and ended is followed by who goes on with it in asking too.
func TestCollectionOfAUnitThatAskedAndEnded(t *testing.T) {
	w := newBureauTown(t)
	c, err := w.office.Collect(t.Context(), w.cmd(w.county), NewCollection{Units: []id.Unit{w.units["柳塘乡"]},
		Collection: collection.Collection{Kind: collection.File, Title: "文化站小结", Due: "2011-09-23"}})
	w.must(err)
	other := w.employ("望潮区", "文化科", "秦远山", org.UnitClerk)
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.clerk), w.units["云溪县"], w.units["望潮区"], "2011-09-01"))
	if _, err := w.office.Collection(t.Context(), other, c); !fault.Is(err, fault.Denied) {
		t.Errorf("seen before that day: %v", err)
	}
	w.moves("2011-09-02")
	all, err := w.office.Collections(t.Context(), other)
	w.must(err)
	v, err := w.office.Collection(t.Context(), other, c)
	w.must(err)
	if len(all) != 1 || !v.Asks {
		t.Errorf("%+v %+v", all, v)
	}
	station := w.employ("柳塘乡", "站长", "陈望舒", org.Reporter)
	w.must(w.office.SendAnswer(t.Context(), w.cmd(station), c, w.units["柳塘乡"], GivenAnswer{FileName: "小结.pdf", Raw: []byte("x")}))
	if _, err := w.office.AnsweringOf(t.Context(), other, c, w.units["柳塘乡"]); err != nil {
		t.Error(err)
	}
	w.must(w.office.AcceptAnswer(t.Context(), w.cmd(other), AnswerKey{c, w.units["柳塘乡"], 1}))
	// Nobody goes on with the township: what it owes to the next can be answered for it.
	next, err := w.office.Collect(t.Context(), w.cmd(other), NewCollection{Units: []id.Unit{w.units["柳塘乡"]},
		Collection: collection.Collection{Kind: collection.File, Title: "文化站计划", Due: "2011-09-23"}})
	w.must(err)
	w.must(w.office.CloseUnit(t.Context(), w.cmd(w.clerk), w.units["柳塘乡"], "2011-09-03"))
	w.moves("2011-09-04")
	if v, err = w.office.Collection(t.Context(), other, next); err != nil || !v.Owed[0].Ended("2011-09-04") || v.Owed[0].Next.ID != 0 {
		t.Errorf("%+v %v", v.Owed, err)
	}
	w.must(w.office.AnswerOnBehalf(t.Context(), w.cmd(other), next, w.units["柳塘乡"], GivenAnswer{FileName: "计划.pdf", Raw: []byte("x")}))
}
