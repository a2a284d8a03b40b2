package desk

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/plan"
)

// The plan of the town, and as it was issued anew with five planted changes: one
// paragraph moved, one reworded, one number changed, one new, one dropped.
const (
	issuedFirst = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、送书下乡。2011年底前送图书3000册到农村。（市图书馆负责）
2、办好展览。2011年底前举办巡回展览20场。（市博物馆负责）
3、培训骨干。2011年底前培训基层文化骨干200名。（市文化馆负责）
4、延长开放时间。2011年11月底前完成夜间开放的准备工作。（市图书馆负责）
三、工作要求
各馆的工作方案在2011年9月23日之前报送局办公室，逾期不报的予以通报。
2011年8月8日
`
	issuedAnew = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、培训骨干。2011年底前培训基层文化骨干200名。（市文化馆负责）
2、送书下乡。2011年底前送图书3600册到农村。（市图书馆负责）
3、延长开放时间。2011年11月底前完成夜间开放的准备工作。（市图书馆负责）
4、建设分馆。2011年底前建成图书馆分馆5个。（市图书馆负责）
三、工作要求
各馆工作方案应当在2011年9月23日之前报送到局办公室，逾期不报的一律予以通报批评。
2011年8月8日
`
)

var anew = plan.Force{ApprovedBy: "局长办公会第 12 次会议", Day: "2011-08-09", Number: "安文〔2011〕50号"}

// A plan is issued anew: each difference is named and applied singly, the original
// stands beside it, and the past is told of any day.
func TestReissue(t *testing.T) {
	w := newTown(t)
	r := w.forced(issuedFirst)
	p, first := r.Plan.ID, r.Plan.Document
	var items []id.Item
	for _, i := range r.Items {
		items = append(items, i.ID)
	}
	w.publish(p, items...)
	w.tomorrow()
	offer := func(who Who, text string) (id.Document, error) {
		return w.office.OfferReissue(t.Context(), w.cmd(who), p, Import{Original: []byte(text)})
	}
	if _, err := offer(w.leader, issuedAnew); !fault.Is(err, fault.Denied) {
		t.Errorf("somebody who may not: %v", err)
	}
	if _, err := offer(w.clerk, issuedFirst); !errors.Is(err, errSameText) {
		t.Errorf("the same document: %v", err)
	}
	before := len(w.entries())
	doc, err := offer(w.clerk, issuedAnew)
	w.must(err)
	if _, err := offer(w.clerk, issuedAnew+"附件"); !errors.Is(err, plan.ErrComparing) {
		t.Errorf("a second one: %v", err)
	}
	w.must(w.office.DiscardReissue(t.Context(), w.cmd(w.clerk), p, doc))
	doc, err = offer(w.clerk, issuedAnew)
	w.must(err)
	if n := len(w.entries()); n != before {
		t.Errorf("%d entries for comparing", n-before)
	}
	all := w.review(p).Differences
	at := map[plan.ChangeKind]int{}
	for _, d := range all {
		at[d.Kind] = d.Ordinal
	}
	if len(all) != 5 || len(at) != 5 || at[plan.Moved]*at[plan.Reworded]*at[plan.NumberChanged]*at[plan.Added]*at[plan.Dropped] == 0 {
		t.Fatalf("differences: %+v", at)
	}
	apply := func(kind plan.ChangeKind) error {
		return w.office.ApplyDifference(t.Context(), w.cmd(w.clerk), p, doc, at[kind])
	}
	if err := apply(plan.NumberChanged); !errors.Is(err, plan.ErrNotAdopted) {
		t.Errorf("applied before it was adopted: %v", err)
	}
	if err := w.office.AdoptReissue(t.Context(), w.cmd(w.clerk), p, doc, plan.Force{Day: "2011-08-09"}); fault.Of(err) == nil || fault.Of(err).Field != "approved_by" {
		t.Errorf("nobody approved it: %v", err)
	}
	w.must(w.office.AdoptReissue(t.Context(), w.cmd(w.clerk), p, doc, anew))
	if err := w.office.AdoptReissue(t.Context(), w.cmd(w.clerk), p, doc, anew); !errors.Is(err, plan.ErrAdopted) {
		t.Errorf("adopted twice: %v", err)
	}
	r = w.review(p)
	if r.Plan.Document != doc || r.Text != issuedAnew || plan.Pending(r.Differences) != 5 || len(r.Documents) != 2 || r.Documents[0].Document != first {
		t.Errorf("on %s, %d pending, documents %+v", r.Plan.Document, plan.Pending(r.Differences), r.Documents)
	}
	w.holds(r, "", "", "完成夜间开放的准备工作")

	w.tomorrow()
	w.must(apply(plan.NumberChanged))
	w.must(apply(plan.Moved))
	w.tomorrow()
	w.must(apply(plan.Dropped))
	w.must(apply(plan.Added))
	if err := apply(plan.Added); !errors.Is(err, plan.ErrDecided) {
		t.Errorf("applied twice: %v", err)
	}
	w.must(w.office.DeclineDifference(t.Context(), w.cmd(w.clerk), p, doc, at[plan.Reworded], "只是文字"))
	w.must(apply(plan.Reworded)) // what was declined may still be applied
	r = w.review(p)
	if n := plan.Pending(r.Differences); n != 0 {
		t.Errorf("%d pending", n)
	}
	w.holds(r, "送图书3600册到农村", "培训基层文化骨干200名", "图书馆分馆5个")
	if got := targetsSaid(r.Draft); got != "3600册 200名 5个" {
		t.Errorf("now %s", got)
	}
	if got := targetsSaid(r.Original()); got != "3000册 200名 20场" {
		t.Errorf("originally %s", got)
	}
	for day, want := range map[string]string{"2011-08-08": "3000册 200名 20场", "2011-08-09": "3000册 200名 20场", "2011-08-10": "3600册 200名 20场", "2011-08-11": "3600册 200名 5个"} {
		if got := targetsSaid(r.AsOf(calendar.Day(day))); got != want {
			t.Errorf("on %s: %s", day, got)
		}
	}
	for _, a := range r.Amendments[1:] {
		if a.Source != doc || a.By != w.clerk.Account || a.Kind == plan.Replan && (a.Basis != anew.Number || a.ApprovedBy != anew.ApprovedBy || a.Day != anew.Day) {
			t.Errorf("who, what, why: %+v", a)
		}
	}

	// What the new document adds is seen by nobody before it is released.
	public, err := w.public.Plan(t.Context(), p)
	w.must(err)
	added := r.Items[slices.IndexFunc(r.Items, func(i plan.Item) bool { return !i.Released })]
	if strings.Contains(public.Text, "图书馆分馆") || len(public.Differences) != 0 || slices.ContainsFunc(public.Items, func(i plan.Item) bool { return i.ID == added.ID }) {
		t.Errorf("seen before it is released: %s", public.Text)
	}
	w.publish(p, added.ID)
	public, err = w.public.Plan(t.Context(), p)
	w.must(err)
	if public.Text != issuedAnew || len(public.Items) != 6 || len(public.Documents) != 2 || public.Documents[1].ApprovedBy != "" {
		t.Errorf("the public sees %d items, documents %+v", len(public.Items), public.Documents)
	}
	then, err := w.public.AsOf(t.Context(), public, "2011-08-08")
	w.must(err)
	if then.Text != issuedFirst || targetsSaid(then.Draft) != "3000册 200名 20场" {
		t.Errorf("the public saw %s in %s", targetsSaid(then.Draft), then.Text)
	}
	former, err := w.public.Former(t.Context(), p, 1)
	w.must(err)
	if former.Text != issuedFirst {
		t.Errorf("the former document is %s", former.Text)
	}
}

// holds fails unless the words of targets stand where they are said to in the document.
func (w *town) holds(r Review, quotes ...string) {
	w.Helper()
	text := []rune(r.Text)
	said := ""
	for _, t := range r.Targets {
		if len(t.Span) > 0 {
			if got := document.Quote(text, t.Span); got != t.Quote {
				w.Errorf("%q stands where %q should", got, t.Quote)
			}
			said += t.Quote + "\n"
		}
	}
	for _, m := range r.Milestones {
		if len(m.Span) > 0 {
			said += document.Quote(text, m.Span) + "\n"
		}
	}
	for _, q := range quotes {
		if !strings.Contains(said, q) {
			w.Errorf("%q is promised nowhere: %s", q, said)
		}
	}
}

func targetsSaid(d plan.Draft) string {
	var all []string
	for _, t := range d.Targets {
		all = append(all, t.Value.String()+t.Unit)
	}
	slices.SortFunc(all, func(a, b string) int { return strings.Compare(unitsOrder(a), unitsOrder(b)) })
	return strings.Join(all, " ")
}

// unitsOrder sorts books before people, shows and branches.
func unitsOrder(s string) string {
	for k, unit := range []string{"册", "名", "场", "个"} {
		if strings.HasSuffix(s, unit) {
			return strconv.Itoa(k)
		}
	}
	return s
}
