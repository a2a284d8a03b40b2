package plan

import (
	"testing"

	"luoshi/id"
)

func drafted(text string) Draft {
	return NewDraft(Read(text)).Numbered(1 << 30)
}

const leaflet = `阅读月方案

为了每一个村、每一个馆站，制定本方案。
一、总体要求
让读书的人更方便。
二、实施步骤
1、准备阶段（2011年8月至9月）。做好准备。
三、重点任务
1、送书下乡。2011年完成送图书3000册到农村。
2、夜间开放。市图书馆力争在年前完成夜间开放的准备工作。
四、工作要求
1、加强领导。把工作放在心上。
2、按时报送。工作小结在12月10日之前报送局办公室。
2011年8月8日
`

func TestDraft(t *testing.T) {
	d := drafted(leaflet)
	type want struct {
		title      string
		project    bool
		principle  bool
		targets    int
		milestones int
	}
	byItem := map[id.Item]*want{}
	var got []*want
	for _, i := range d.Items {
		w := &want{title: i.Title, project: i.Project, principle: i.Period == NoPeriod}
		byItem[i.ID], got = w, append(got, w)
	}
	for _, x := range d.Targets {
		byItem[x.Item].targets++
	}
	for _, m := range d.Milestones {
		byItem[m.Item].milestones++
	}
	for i, w := range []want{
		{"总体要求", false, true, 0, 0},
		{"送书下乡", true, false, 1, 0}, // the year is the target's deadline and no milestone besides
		{"夜间开放", true, false, 0, 1},
		{"加强领导", false, true, 0, 0},
		{"按时报送", false, false, 0, 1},
	} {
		if i >= len(got) || *got[i] != w {
			t.Fatalf("item %d is %+v, want %+v (of %d)", i, got[min(i, len(got)-1)], w, len(got))
		}
	}
	if len(d.Phases) != 1 || d.Phases[0].First != "2011-08-01" || d.Phases[0].Last != "2011-09-30" {
		t.Errorf("phases %+v", d.Phases)
	}
}

func TestAnswersCanBeTakenBack(t *testing.T) {
	d := drafted(leaflet)
	for _, q := range d.Questions {
		if q.Milestone == 0 || len(q.Choices) < 2 {
			continue
		}
		for _, m := range d.Milestones {
			if m.ID != q.Milestone {
				continue
			}
			for _, chosen := range []int{1, 0} {
				answered, err := q.Answer(chosen, "")
				if err != nil {
					t.Fatal(err)
				}
				after, err := m.With(answered.Sets())
				if err != nil {
					t.Fatal(err)
				}
				if same := after.Due == m.Due; same != (chosen == 0) {
					t.Errorf("%s answered %d: due %s, read %s", Fill(q.Pattern, q.Args), chosen, after.Due, m.Due)
				}
			}
		}
	}
}

func TestYearShift(t *testing.T) {
	q := Question{Choices: []Choice{{Set: map[string]string{"year": "2011"}}, {Set: map[string]string{"year": "2010"}}}, State: QuestionOpen, AsRead: map[string]string{"year": "2011"}}
	deferred := q
	deferred.State = QuestionDeferred
	first, _ := q.Answer(1, "")
	back, _ := first.Answer(0, "")
	own, _ := q.Answer(OwnWords, "不知道")
	for name, c := range map[string]struct {
		was, is Question
		want    int
	}{
		"to the year before": {q, first, -1}, "back again": {first, back, 1}, "as read": {q, back, 0}, "own words": {q, own, 0}, "put off again": {first, deferred, 1}, "own words after all": {first, own, 1}, "none about years": {Question{}, Question{}, 0},
	} {
		if got := YearShift(c.was, c.is); got != c.want {
			t.Errorf("%s: %d years, want %d", name, got, c.want)
		}
	}
	m := Milestone{Due: "2012-02-29", Derived: map[string]string{"date": yearInferred}}
	if got := m.Later(-1).Due; got != "2011-02-28" {
		t.Errorf("a year before the leap day is %s", got)
	}
	if got := (Milestone{Due: "2012-02-29"}).Later(-1).Due; got != "2012-02-29" {
		t.Errorf("a year that was written moved to %s", got)
	}
}
