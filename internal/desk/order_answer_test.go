package desk

import (
	"testing"

	"luoshi/fault"
	"luoshi/org"
	"luoshi/plan"
)

// From the leader's sentence to the accepted answer.
func TestInstructionsAreAnswered(t *testing.T) {
	w := newReportTown(t)
	culture := w.units["公共文化处"]
	member := w.hire("副局长岗", "傅远航", org.GroupMember)
	n := NewInstruction{About: w.books, Words: "请公共文化处月底前把车借到。", Unit: culture, Due: "2011-08-31"}
	for name, err := range map[string]error{
		"by a clerk": func() error { _, err := w.office.Instruct(t.Context(), w.cmd(w.clerk), w.plan, n); return err }(),
		"by a unit":  func() error { _, err := w.office.Instruct(t.Context(), w.cmd(w.culture), w.plan, n); return err }(),
	} {
		if !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for field, change := range map[string]func(*NewInstruction){"words": func(n *NewInstruction) { n.Words = " " }, "unit": func(n *NewInstruction) { n.Unit = 0 },
		"due": func(n *NewInstruction) { n.Due = "2011-08-07" }} {
		bad := n
		change(&bad)
		if _, err := w.office.Instruct(t.Context(), w.cmd(member), w.plan, bad); fault.Of(err) == nil || fault.Of(err).Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	before := len(w.entries())
	cmd := w.cmd(member)
	made, err := w.office.Instruct(t.Context(), cmd, w.plan, n)
	w.must(err)
	if again, err := w.office.Instruct(t.Context(), cmd, w.plan, n); err != nil || again != made {
		t.Errorf("twice: %v, %v", again, err)
	}
	if n := len(w.entries()) - before; n != 5 { // item, day, order, what it is about, who does it
		t.Errorf("%d entries", n)
	}
	state := func() OrderCase {
		t.Helper()
		all, err := w.office.Orders(t.Context(), w.leader, w.plan)
		w.must(err)
		if len(all) != 1 || all[0].Item.ID != made {
			t.Fatalf("%+v", all)
		}
		return all[0]
	}
	c := state()
	if c.State != plan.OrderOpen || c.Order.Giver != "局办公室副局长岗" || c.Order.Number() != "批〔2011〕1号" || c.Unit.ID != culture || c.About.ID != w.books || c.Item.Title != "请公共文化处月底前把车借到" {
		t.Errorf("%+v", c)
	}
	// Its unit sees it; others see nothing.
	due, err := w.office.OrdersDue(t.Context(), w.culture)
	w.must(err)
	if len(due) != 1 || !due[0].May || due[0].Due != "2011-08-31" {
		t.Errorf("%+v", due)
	}
	if due, err := w.office.OrdersDue(t.Context(), w.library); err != nil || len(due) != 0 {
		t.Errorf("the library: %+v, %v", due, err)
	}
	if err := w.office.AnswerOrder(t.Context(), w.cmd(w.library), made, w.units["市图书馆"], "不关我们的事"); !fault.Is(err, fault.Denied) {
		t.Errorf("another unit answers: %v", err)
	}
	if err := w.office.AnswerOrder(t.Context(), w.cmd(w.library), made, culture, "替他们答"); !fault.Is(err, fault.Denied) {
		t.Errorf("another unit answers for it: %v", err)
	}
	if err := w.office.AcceptOrderAnswer(t.Context(), w.cmd(member), made, 1); err == nil {
		t.Error("nothing is accepted")
	}
	w.at("2011-09-02")
	if c := state(); c.State != plan.OrderOverdue {
		t.Errorf("%s", c.State)
	}
	w.must(w.office.AnswerOrder(t.Context(), w.cmd(w.culture), made, culture, "借到了"))
	if err := w.office.AskAgain(t.Context(), w.cmd(w.culture), made, 1, "再说"); !fault.Is(err, fault.Denied) {
		t.Errorf("the unit asks itself: %v", err)
	}
	w.must(w.office.AskAgain(t.Context(), w.cmd(w.clerk), made, 1, "借了几辆、用到哪天"))
	w.must(w.office.AnswerOrder(t.Context(), w.cmd(w.culture), made, culture, "两辆，用到年底"))
	if err := w.office.AcceptOrderAnswer(t.Context(), w.cmd(member), made, 1); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old answer is accepted: %v", err)
	}
	if r := w.row(made); r.Whole.Lamp != plan.LampWaiting || !r.Whole.LampLit.Answers {
		t.Errorf("%+v", r.Whole)
	}
	w.must(w.office.AcceptOrderAnswer(t.Context(), w.cmd(member), made, 2))
	if c := state(); c.State != plan.OrderAccepted || len(c.Answers) != 2 || c.Answers[0].Reason != "借了几辆、用到哪天" {
		t.Errorf("%+v", c)
	}
	if err := w.office.AnswerOrder(t.Context(), w.cmd(w.culture), made, culture, "还有"); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered after it was accepted: %v", err)
	}
	if r := w.row(made); r.Whole.Lamp != plan.LampComplete {
		t.Errorf("%+v", r.Whole)
	}
}
