package plan

import (
	"reflect"
	"testing"
)

func TestBurdens(t *testing.T) {
	items := []Item{
		{ID: 1, Lead: "艺术馆、图书馆", Period: Monthly},
		{ID: 2, Lead: "图书馆", Period: Quarterly},
		{ID: 3, Period: Yearly},
		{ID: 4, Lead: "办公室"}, // a principle: nobody is asked
		{ID: 5, Lead: "办公室"}, // a day, shown once
		{ID: 6, Lead: "博物馆", Period: Weekly},
		{ID: 7, Lead: "博物馆", Period: Fortnightly},
	}
	targets := []Target{{Item: 1}, {Item: 1}, {Item: 4}}
	milestones := []Milestone{{Item: 5, Due: "2011-09-23"}, {Item: 5, Due: "2011-09-01"}}
	want := []Burden{
		{Owner: "博物馆", Items: 2, Reports: 78, Minutes: 156},
		{Owner: "图书馆", Items: 2, Reports: 16, Figures: 24, Minutes: 56},
		{Owner: "艺术馆", Items: 1, Reports: 12, Figures: 24, Minutes: 48},
		{Owner: "办公室", Items: 1, Milestones: 2, NextDue: "2011-09-01", Minutes: 10},
		{Owner: "", Items: 1, Reports: 1, Minutes: 2},
	}
	if got := Burdens(items, targets, milestones); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	if n := want[1].MinutesAMonth(); n != 5 {
		t.Errorf("%d minutes a month", n)
	}
}
