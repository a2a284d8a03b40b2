package org

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/id"
)

func TestChanged(t *testing.T) {
	town := Unit{ID: 3, Parent: 2, Level: Township, Name: "石桥乡", Code: "331003", From: "2011-08-01"}
	county := Unit{ID: 2, Parent: 1, Level: County, Name: "云溪县", From: "2011-08-01"}
	for name, c := range map[string]struct {
		unit    Unit
		change  Change
		parent  Unit
		since   calendar.Day
		wrong   string // begins so
		pastEnd calendar.Day
	}{
		"renamed":                 {town, Change{2, "石桥镇", "331003", "2012-01-01"}, county, "2011-08-01", "", "2011-12-31"},
		"on the day it began":     {town, Change{2, "石桥镇", "331003", "2011-08-01"}, county, "2011-08-01", "", ""},
		"before it began":         {town, Change{2, "石桥镇", "331003", "2011-07-31"}, county, "2011-01-01", "石桥乡 最近一次变动", ""},
		"no day":                  {town, Change{2, "石桥镇", "331003", ""}, county, "2011-08-01", "请写明从哪一天起", ""},
		"no name":                 {town, Change{2, "", "331003", "2012-01-01"}, county, "2011-08-01", "请填写单位名称", ""},
		"below a village":         {town, Change{9, "石桥乡", "", "2012-01-01"}, Unit{ID: 9, Level: Village, Name: "新村"}, "2011-08-01", "石桥乡 不能放在", ""},
		"below itself":            {town, Change{3, "石桥乡", "", "2012-01-01"}, town, "2011-08-01", "石桥乡 不能放在", ""},
		"below one that ended":    {town, Change{2, "石桥乡", "", "2012-01-01"}, Unit{ID: 2, Level: County, Name: "云溪县", To: "2011-12-31"}, "2011-01-01", "云溪县 已经撤销", ""},
		"below one not there yet": {town, Change{2, "石桥乡", "", "2012-01-01"}, county, "2012-02-01", "云溪县 那时还没有设立", ""},
		"ended itself":            {Unit{ID: 3, Name: "石桥乡", Level: Township, From: "2011-08-01", To: "2011-12-31"}, Change{2, "石桥镇", "", "2012-01-01"}, county, "2011-08-01", "石桥乡 已经撤销", ""},
		"a code with a letter":    {town, Change{2, "石桥乡", "33100A", "2012-01-01"}, county, "2011-08-01", "代码“33100A”不对", ""},
		"a code that is too long": {town, Change{2, "石桥乡", "3310031234567", "2012-01-01"}, county, "2011-08-01", "代码“3310031234567”不对", ""},
	} {
		now, past, err := c.unit.Changed(c.change, c.parent, c.since)
		switch {
		case c.wrong != "":
			if err == nil || !strings.HasPrefix(err.Error(), c.wrong) {
				t.Errorf("%s: %v, want %q", name, err, c.wrong)
			}
			continue
		case err != nil:
			t.Errorf("%s: %v", name, err)
			continue
		}
		if now.Name != c.change.Name || now.Parent != c.change.Parent || now.From != c.change.From || now.To != "" {
			t.Errorf("%s: now %+v", name, now)
		}
		if (past == nil) != (c.pastEnd == "") || past != nil && (past.To != c.pastEnd || past.Name != c.unit.Name || past.From != c.unit.From) {
			t.Errorf("%s: past %+v", name, past)
		}
	}
}

func TestCheckNames(t *testing.T) {
	for name, c := range map[string]struct {
		there, coming []Unit
		taken         bool
	}{
		"a new name":        {[]Unit{{ID: 1, Name: "东村"}}, []Unit{{Name: "西村"}}, false},
		"taken":             {[]Unit{{ID: 1, Name: "东村"}}, []Unit{{ID: 2, Name: "东村"}}, true},
		"taken by a new":    {nil, []Unit{{Name: "东村"}, {Name: "东村"}}, true},
		"itself":            {[]Unit{{ID: 1, Name: "东村"}}, []Unit{{ID: 1, Name: "东村"}}, false},
		"two that come are": {nil, []Unit{{ID: 1, Name: "东村"}, {ID: 2, Name: "东村"}}, true},
	} {
		if err := CheckNames(c.there, c.coming, "石桥镇"); (err != nil) != c.taken {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTerms(t *testing.T) {
	holder := Term{ID: 1, Account: 10, Post: 5, Kind: Holder, From: "2011-08-01"}
	for name, c := range map[string]struct {
		term  Term
		wrong string
	}{
		"a second holder":      {Term{Account: 11, Post: 5, Kind: Holder, From: "2012-01-01"}, "这个岗位在这些天已经有人"},
		"standing in":          {Term{Account: 11, Post: 5, Kind: Acting, From: "2012-01-01", To: "2012-01-15"}, ""},
		"standing in for ever": {Term{Account: 11, Post: 5, Kind: Acting, From: "2012-01-01"}, "请写明到哪一天为止"},
		"the other way round":  {Term{Account: 11, Post: 5, Kind: Acting, From: "2012-01-15", To: "2012-01-01"}, "请写明到哪一天为止"},
		"for oneself":          {Term{Account: 10, Post: 5, Kind: Acting, From: "2012-01-01", To: "2012-01-15"}, "这个人在这些天已经"},
		"before":               {Term{Account: 11, Post: 5, Kind: Holder, From: "2011-01-01", To: "2011-07-31"}, ""},
		"a day that is no day": {Term{Account: 11, Post: 5, Kind: Holder, From: "2012-02-30"}, "请写明从哪一天起"},
	} {
		err := CheckTerm(c.term, []Term{holder})
		if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), c.wrong)) {
			t.Errorf("%s: %v, want %q", name, err, c.wrong)
		}
	}
	if Term(holder).On("2011-07-31") || !holder.On("2011-08-01") || !holder.On("2030-01-01") {
		t.Error("a term runs from its first day on")
	}
}

func TestImportedRowsReadBack(t *testing.T) {
	units := []Unit{
		{ID: 101, Parent: 7, Level: Village, Name: "新村", Code: "331003101001", From: "2012-01-01"},
		{ID: 102, Parent: 7, Level: Village, Name: "枫,岭\"村", From: "2012-01-01"},
		{ID: 103, Level: CityLevel, Name: "安澜市", From: "2012-01-01"},
	}
	entry := ImportedEntry(units)
	if len(entry.Subjects) != 3 || entry.Fields[1].Value != "3" {
		t.Fatalf("%+v", entry)
	}
	var rows string
	for name, words := range map[string]string{"rows": entry.Words} {
		if !strings.Contains(words, name) {
			t.Fatal(words)
		}
	}
	rows = `0000000000035,0000000000007,village,新村,331003101001` + "\n"
	got, err := ReadRows(rows, "2012-01-01")
	if err != nil || len(got) != 1 || got[0].Parent != id.Unit(7) || got[0].Name != "新村" || got[0].From != "2012-01-01" {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := ReadRows("a,b\n", "2012-01-01"); err == nil {
		t.Error("a row of two cells is read")
	}
}

func TestTermsEnd(t *testing.T) {
	const today = "2012-01-10"
	for name, c := range map[string]struct {
		term  Term
		last  calendar.Day
		to    calendar.Day
		wrong string
	}{
		"today":           {Term{From: "2011-08-01"}, today, today, ""},
		"later":           {Term{From: "2011-08-01"}, "2012-03-01", "2012-03-01", ""},
		"yesterday":       {Term{From: "2011-08-01"}, "2012-01-09", "", "请写明最后一天"},
		"no day":          {Term{From: "2011-08-01"}, "", "", "请写明最后一天"},
		"sooner than set": {Term{From: "2011-08-01", To: "2012-05-01"}, "2012-03-01", "2012-03-01", ""},
		"ended before":    {Term{From: "2011-08-01", To: "2012-02-01"}, "2012-03-01", "", "这一段任职到 2012-02-01"},
		"still to come":   {Term{From: "2012-02-01"}, "", "2012-01-31", ""},
		"cancelled":       {Term{From: "2012-02-01", To: "2012-01-31"}, "", "", "这一段任职还没有开始就取消了"},
	} {
		ended, err := c.term.Ended(c.last, today)
		if c.wrong == "" && (err != nil || ended.To != c.to) || c.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), c.wrong)) {
			t.Errorf("%s: %+v, %v", name, ended, err)
		}
	}
	cancelled := Term{ID: 1, Account: 10, Kind: Holder, From: "2012-02-01", To: "2012-01-31"}
	if err := CheckTerm(Term{Account: 11, Kind: Holder, From: "2012-01-15"}, []Term{cancelled}); err != nil {
		t.Errorf("a term that was cancelled is in the way: %v", err)
	}
}
