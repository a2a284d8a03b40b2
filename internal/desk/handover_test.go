package desk

import (
	"slices"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// library opens a direct unit whose head and clerk have accounts.
func (w *town) library() (unit id.Unit, head, clerk Who) {
	w.Helper()
	bureau, err := w.office.Bureau(w.Context())
	w.must(err)
	units, err := w.office.OpenUnits(w.Context(), w.cmd(w.admin), bureau, []org.Unit{{Level: org.Direct, Name: "市图书馆"}})
	w.must(err)
	return units[0], w.join(units[0], "馆长", "邵文清", org.UnitHead), w.join(units[0], "办公室主任", "徐静", org.UnitClerk)
}

func (w *town) join(unit id.Unit, title, name string, roles ...org.Role) Who {
	w.Helper()
	account, err := w.office.OpenAccount(w.Context(), w.cmd(w.admin), NewAccount{UnitID: unit, Title: title, Name: name, Roles: roles})
	w.must(err)
	return w.who(account)
}

// later lets days pass.
func (w *town) later(days int) { w.now = w.now.Add(time.Duration(days) * 24 * time.Hour) }

func (w *town) handsOver(by, from Who, to id.Account, first calendar.Day) (HandedOver, error) {
	w.Helper()
	made, err := w.office.HandOver(w.Context(), w.cmd(by), HandingOver{Predecessor: from.Account, Posts: []id.Post{from.Post}, Successor: to, First: first, Close: true})
	if err != nil {
		return HandedOver{}, err
	}
	return w.office.HandedOver(w.Context(), w.admin, made)
}

func (w *town) in(err error, kind fault.Kind, what string) {
	w.Helper()
	if !fault.Is(err, kind) {
		w.Errorf("%s: %v", what, err)
	}
}

func (w *town) kinds(from int) (out []string) {
	for _, e := range w.entries()[from:] {
		out = append(out, e.Entry.Kind)
	}
	return out
}

// leads makes a unit lead an item of a plan that is then taken into force.
func (w *town) leads(unit string) Review {
	w.Helper()
	r := w.imported(small)
	i := r.Items[1]
	i.Lead, i.Cooperating, i.Responsible = unit, "局办公室", "邵文清"
	w.must(w.office.CorrectItem(w.Context(), w.cmd(w.clerk), r.Plan.ID, i, AsItStands))
	w.answerAll(w.review(r.Plan.ID))
	w.must(w.office.TakeIntoForce(w.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	_, err := w.office.GiveOrder(w.Context(), w.cmd(w.clerk), r.Plan.ID, NewOrder{
		Order: plan.Order{Kind: plan.Minutes, Giver: "局长办公会", Given: "2011-08-08", Words: "请市图书馆列出缺书的清单。"},
		Item:  plan.Item{Title: "列出缺书的清单", Lead: unit, Period: plan.Monthly}, Due: plan.Milestone{Due: "2011-09-30", Proof: "清单"}})
	w.must(err)
	return w.review(r.Plan.ID)
}

func TestHandoverToday(t *testing.T) {
	w := newTown(t)
	unit, head, clerk := w.library()
	w.later(10)
	r := w.leads("市图书馆")
	_, err := w.office.StateGroup(w.Context(), w.cmd(w.admin), org.Group{Name: "读书月领导小组", Office: unit, Members: []org.GroupMembership{{Post: head.Post, Place: org.Leader}}})
	w.must(err)
	asked, err := w.office.Collect(t.Context(), w.cmd(w.clerk), NewCollection{Units: []id.Unit{unit}, Collection: collection.Collection{Kind: collection.File, Title: "馆藏清单", Due: w.office.Today().AddDays(5)}})
	w.must(err)
	before := len(w.entries())
	today := w.office.Today()

	h, err := w.handsOver(w.admin, head, clerk.Account, today)
	w.must(err)
	if got := w.kinds(before); !slices.Equal(got, []string{org.KindTermEnded, org.KindTermBegun, org.KindHandedOver, org.KindAccountClosed}) {
		t.Errorf("entries %v", got)
	}
	if _, err := w.office.Who(t.Context(), head.Account); !fault.Is(err, fault.Denied) {
		t.Errorf("the predecessor is still somebody: %v", err)
	}
	after := w.who(clerk.Account)
	if len(after.Held) != 2 || !after.holds(head.Post) || !after.May("duty.answer") {
		t.Errorf("the successor holds %+v", after.Held)
	}
	if len(h.Along.Duties) != 1 || h.Along.Duties[0].Item.ID != r.Items[1].ID || h.Along.Duties[0].Part != Leads || !h.Along.Duties[0].ByName || len(h.Along.Duties[0].Targets)+len(h.Along.Duties[0].Milestones) == 0 {
		t.Errorf("duties %+v", h.Along.Duties)
	}
	if len(h.Along.Orders) != 1 || h.Along.Orders[0].Number != "纪〔2011〕1号" || len(h.Along.Groups) != 1 || h.Along.Groups[0].Place != org.Leader {
		t.Errorf("orders %+v, groups %+v", h.Along.Orders, h.Along.Groups)
	}
	if a := h.Along.Asked; len(a) != 1 || a[0].Collection != asked || a[0].Title != "馆藏清单" || !a[0].Owes() {
		t.Errorf("collections %+v", a)
	}
	// What was handed in since is told as it stands now.
	w.must(w.office.SendAnswer(t.Context(), w.cmd(after), asked, unit, GivenAnswer{FileName: "清单.pdf", Raw: []byte("x")}))
	w.must(w.office.CloseCollection(t.Context(), w.cmd(w.clerk), asked))
	h, err = w.office.HandedOver(t.Context(), w.admin, h.ID)
	w.must(err)
	if a := h.Along.Asked; len(a) != 1 || a[0].State != collection.Arrived {
		t.Errorf("collections %+v", a)
	}
	if h.From.Name != "邵文清" || h.To.Name != "徐静" || h.From.State != org.AccountClosed || len(h.Posts) != 1 || h.Posts[0].Title != "馆长" || h.DoneBy != "局办公室 信息岗" {
		t.Errorf("%+v", h)
	}
	// Both read the list: of the library's own, and no stranger.
	_, err = w.office.HandedOver(t.Context(), after, h.ID)
	w.must(err)
	_, err = w.office.HandedOver(t.Context(), w.leader, h.ID)
	w.in(err, fault.Denied, "read by whom it does not concern")
	// The same form once more changes nothing.
	if list, err := w.office.Handovers(t.Context(), w.admin, unit); err != nil || len(list) != 1 {
		t.Errorf("%d handovers, %v", len(list), err)
	}
}

func TestHandoverOnAComingDay(t *testing.T) {
	w := newTown(t)
	_, head, _ := w.library()
	w.later(1)
	first := w.office.Today().AddDays(3)
	made, err := w.office.HandOver(t.Context(), w.cmd(w.admin), HandingOver{Predecessor: head.Account, Posts: []id.Post{head.Post}, Name: "宋以宁", Phone: "0500-1", First: first, Close: true})
	w.must(err)
	h, err := w.office.HandedOver(t.Context(), w.admin, made)
	w.must(err)
	jobs := NewJobs(w.db, nil, 1)
	for day := w.office.Today(); day < first; day = w.office.Today() {
		w.must(jobs.FinishHandovers(t.Context()))
		if who := w.who(head.Account); !who.holds(head.Post) {
			t.Errorf("%s: nothing ends before the day: %+v", day, who)
		}
		if _, err := w.office.Who(t.Context(), h.To.ID); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: the successor acts already: %v", day, err)
		}
		w.later(1)
	}
	if _, err := w.office.Who(t.Context(), head.Account); !fault.Is(err, fault.Denied) {
		t.Errorf("the predecessor still acts: %v", err)
	}
	if who := w.who(h.To.ID); who.Post != head.Post || who.Name != "宋以宁" {
		t.Errorf("the successor is %+v", who)
	}
	before := len(w.entries())
	w.must(jobs.FinishHandovers(t.Context()))
	w.must(jobs.FinishHandovers(t.Context()))
	if got := w.kinds(before); !slices.Equal(got, []string{org.KindAccountClosed}) {
		t.Errorf("entries on the day: %v", got)
	}
}

// Who keeps a post keeps the account, and stands in the list under the post that is left.
func TestHandoverOfOnePostOfTwo(t *testing.T) {
	w := newTown(t)
	unit, head, clerk := w.library()
	post, err := w.office.OpenPost(t.Context(), w.cmd(w.admin), org.Post{Unit: unit, Title: "党支部书记", Roles: []org.Role{org.Reporter}})
	w.must(err)
	w.must(w.office.Appoint(t.Context(), w.cmd(w.admin), org.Term{Account: head.Account, Post: post, Kind: org.Holder, From: w.office.Today()}))
	w.later(1)
	if _, err = w.handsOver(w.admin, head, clerk.Account, w.office.Today()); err != nil {
		t.Fatal(err)
	}
	if who := w.who(head.Account); len(who.Held) != 1 || who.Post != post {
		t.Errorf("%+v", who)
	}
	if a, err := w.office.AccountOf(t.Context(), w.admin, head.Account); err != nil || a.Post != post || a.State != org.AccountOpen {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestHandoverRights(t *testing.T) {
	w := newTown(t)
	unit, head, clerk := w.library()
	reporter := w.join(unit, "报送岗", "程一帆", org.Reporter)
	w.later(1)
	today := w.office.Today()
	_, err := w.handsOver(reporter, reporter, clerk.Account, today)
	w.in(err, fault.Denied, "a reporter")
	_, err = w.handsOver(clerk, w.leader, clerk.Account, today)
	w.in(err, fault.Denied, "a unit clerk, of a post of the bureau")
	_, err = w.handsOver(w.clerk, w.leader, w.clerk.Account, today)
	w.in(err, fault.Denied, "the office's clerk, of the approver's post")
	_, err = w.handsOver(w.clerk, w.clerk, head.Account, today)
	w.in(err, fault.Denied, "the office's clerk, of their own")
	_, err = w.office.HandOver(t.Context(), w.cmd(head), HandingOver{Predecessor: head.Account, Posts: []id.Post{head.Post}, Name: "宋以宁", First: today})
	w.in(err, fault.Denied, "a head who may not open accounts, to somebody new")
	_, err = w.office.HandOver(t.Context(), w.cmd(w.admin), HandingOver{Predecessor: head.Account, Posts: []id.Post{head.Post}, First: today})
	w.in(err, fault.Invalid, "to nobody")
	_, err = w.handsOver(w.admin, head, clerk.Account, today.AddDays(-1))
	w.in(err, fault.Invalid, "yesterday")
	_, err = w.handsOver(w.admin, head, 12345, today)
	w.in(err, fault.Conflict, "to an account that is not there")

	if _, err = w.handsOver(clerk, clerk, reporter.Account, today); err != nil {
		t.Errorf("a unit clerk, of their own post to somebody of the unit: %v", err)
	}
	_, err = w.handsOver(clerk, head, reporter.Account, today)
	w.in(err, fault.Denied, "who has left")
	if _, err = w.handsOver(w.admin, w.leader, w.clerk.Account, today); err != nil {
		t.Errorf("an administrator, of a post of the bureau: %v", err)
	}
}

// What somebody was about to make public is there for the successor; a draft is named.
func TestHandoverOfUnfinishedWork(t *testing.T) {
	w := newTown(t)
	r := w.forced(small)
	draft := w.imported(small)
	other := w.hire("审签二岗", "石知行", org.Approver)
	w.must(w.office.Prepare(t.Context(), w.cmd(w.leader), r.Plan.ID, plan.Release{Items: []id.Item{r.Items[0].ID}}))
	w.later(1)
	h, err := w.handsOver(w.admin, w.leader, other.Account, w.office.Today())
	w.must(err)
	if len(h.Along.Previews) != 1 || h.Along.Previews[0].Plan != r.Plan.ID {
		t.Errorf("previews %+v", h.Along.Previews)
	}
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		_, err := loadPreview(v, 1, r.Plan.ID, other.Account)
		return err
	}))
	h, err = w.handsOver(w.admin, w.clerk, other.Account, w.office.Today())
	w.must(err)
	if len(h.Along.Drafts) != 1 || h.Along.Drafts[0].Plan != draft.Plan.ID || h.Along.Drafts[0].Open == 0 {
		t.Errorf("drafts %+v", h.Along.Drafts)
	}
	w.must(w.office.DiscardPlan(t.Context(), w.cmd(w.who(other.Account)), draft.Plan.ID))
	h, err = w.office.HandedOver(t.Context(), w.admin, h.ID)
	if err != nil || len(h.Along.Drafts) != 0 {
		t.Errorf("a discarded draft: %+v, %v", h.Along.Drafts, err)
	}
}
