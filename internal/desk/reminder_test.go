package desk

import (
	"errors"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/reminder"
)

// chaseTown is a town in which reports are owed.
type chaseTown struct{ *reportTown }

func newChaseTown(t *testing.T) *chaseTown {
	t.Helper()
	w := &chaseTown{newReportTown(t)}
	w.at("2011-09-15") // the reports for August were due on the 5th
	return w
}

// clock sets the time of a day.
func (w *chaseTown) clock(day calendar.Day, hour int) {
	w.now = day.Time().Add(time.Duration(hour) * time.Hour)
}

func (w *chaseTown) owed(kind reminder.Kind) (things []reminder.Thing) {
	w.Helper()
	all, err := w.office.Owed(w.Context(), w.clerk)
	w.must(err)
	for _, l := range all {
		if l.Kind == kind && l.Late(w.office.Today()) {
			things = append(things, l.Thing)
		}
	}
	return things
}

func (w *chaseTown) chase(c reminder.Channel, things []reminder.Thing) []SentReminder {
	w.Helper()
	first, err := w.office.Chase(w.Context(), w.cmd(w.clerk), Chasing{Channel: c, Things: things, By: w.office.ChaseDay()})
	w.must(err)
	made, err := w.office.Chased(w.Context(), w.clerk, first)
	w.must(err)
	return made
}

// connect connects a channel and lets the rules use it.
func (w *chaseTown) connect(c reminder.Channel, on bool, change func(r *reminder.Rules)) {
	w.Helper()
	w.must(w.office.SetReminderGateway(w.Context(), w.cmd(w.admin), ReminderGateway{Channel: c, Form: GatewayForms[c][0], Address: map[reminder.Channel]string{reminder.Robot: "https://robot",
		reminder.SMS: "https://sms", reminder.Mail: "mail:587"}[c], Sender: "office@anlan.example", Template: "T1", Secret: "the secret"}))
	r := reminder.PresetRules
	r.Channel, r.On, r.Address = c, on, "https://luoshi.example"
	if change != nil {
		change(&r)
	}
	w.must(w.office.SetReminderRules(w.Context(), w.cmd(w.clerk), r))
}

// messages are those that are kept, the oldest first.
func (w *chaseTown) messages() (all []reminderMessage) {
	w.Helper()
	w.must(w.db.Read(w.Context(), func(v *db.View) (err error) {
		all, err = db.Rows(v, scanMessage, "SELECT "+messageColumns+" FROM reminder_message WHERE city_id = $1 ORDER BY id", 1)
		return err
	}))
	return all
}

// deliver hands over all that is queued, as the worker does, and gives what left.
func (w *chaseTown) deliver(became reminder.State) (left []Handing) {
	w.Helper()
	for _, m := range w.messages() {
		h, err := w.office.TakeMessage(w.Context(), m.ID)
		w.must(err)
		if h != nil {
			left = append(left, *h)
			_, err := w.office.SettleMessage(w.Context(), m.ID, became)
			w.must(err)
		}
	}
	return left
}

func TestChasingByHand(t *testing.T) {
	w := newChaseTown(t)
	reports := w.owed(reminder.Report)
	if len(reports) != 2 || len(w.owed(reminder.Answer)) != 5 {
		t.Fatalf("%v %v", reports, w.owed(reminder.Answer))
	}
	entries := len(w.entries())
	made := w.chase(reminder.Copy, append(reports, w.owed(reminder.Answer)...))
	if len(made) != 4 || made[0].State != reminder.Done || made[0].Number != 1 || made[3].Number != 4 || made[0].By != "2011-09-20" {
		t.Fatalf("%+v", made)
	}
	if n := len(w.entries()) - entries; n != 4 {
		t.Errorf("%d entries", n)
	}
	// Slips have numbers of their own without gaps, in each series.
	for i, want := range []string{"催〔2011〕1号", "催〔2011〕2号"} {
		slips := w.chase(reminder.ChaseSlip, reports)
		if got := slips[0].SlipNumber(); i == 0 && got != want || i == 1 && got != "催〔2011〕3号" || len(slips) != 2 {
			t.Errorf("%s", got)
		}
	}
	if got := w.chase(reminder.SupervisionSlip, reports[:1])[0].SlipNumber(); got != "督〔2011〕1号" {
		t.Errorf("%s", got)
	}
	// A call is ticked once.
	call := w.chase(reminder.Phone, reports)[0]
	if call.State != reminder.Open || len(call.Persons) == 0 {
		t.Errorf("%+v", call)
	}
	w.must(w.office.CallMade(t.Context(), w.cmd(w.clerk), call.Number))
	if err := w.office.CallMade(t.Context(), w.cmd(w.clerk), call.Number); !fault.Is(err, fault.Conflict) {
		t.Errorf("called twice: %v", err)
	}
	// The unit opens and replies; nobody else does.
	mine := made[0]
	head := map[id.Unit]Who{w.units["公共文化处"]: w.culture, w.units["市图书馆"]: w.library}[mine.Unit]
	got, err := w.office.GotReminder(t.Context(), head, mine.Number)
	w.must(err)
	if len(got.Things) == 0 || !got.Still[0] || !got.Replies {
		t.Errorf("%+v", got)
	}
	w.must(w.office.OpenReminder(t.Context(), w.cmd(head), mine.Number))
	for name, err := range map[string]error{
		"the office opens":     w.office.OpenReminder(t.Context(), w.cmd(w.clerk), mine.Number),
		"another unit replies": w.office.ReplyReminder(t.Context(), w.cmd(w.county), mine.Number, "不是我们"),
		"a unit chases":        func() error { _, err := w.office.Chase(t.Context(), w.cmd(head), Chasing{}); return err }(),
		"nothing ticked":       func() error { _, err := w.office.Chase(t.Context(), w.cmd(w.clerk), Chasing{}); return err }(),
		"no gateway": func() error {
			_, err := w.office.Chase(t.Context(), w.cmd(w.clerk), Chasing{reminder.SMS, reports, "2011-09-20"})
			return err
		}(),
		"an answer by yesterday": func() error {
			_, err := w.office.Chase(t.Context(), w.cmd(w.clerk), Chasing{reminder.Copy, reports, "2011-09-14"})
			return err
		}(),
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.office.ReplyReminder(t.Context(), w.cmd(head), mine.Number, "车坏了，下周一报。"))
	all, err := w.office.Owed(t.Context(), w.clerk)
	w.must(err)
	for _, l := range all {
		if l.Thing == mine.Things[0].Thing {
			if n := len(l.Chased); n < 4 || l.Chased[n-1].Reply != "车坏了，下周一报。" || l.Chased[n-1].Opened != "2011-09-15" {
				t.Errorf("%+v", l.Chased)
			}
		}
	}
}

// What was asked of a unit by a collection is chased as all else.
func TestChasingACollection(t *testing.T) {
	w := newChaseTown(t)
	w.at("2011-08-20")
	c, err := w.office.Collect(t.Context(), w.cmd(w.clerk), NewCollection{Collection: collection.Collection{Kind: collection.Text, Title: "开放时间", Words: "请报开放时间", Questions: []string{"几点开门"}, Due: "2011-09-09"}, Units: []id.Unit{w.units["云溪县"]}})
	w.must(err)
	w.at("2011-09-15")
	owed := w.owed(reminder.Collection)
	if len(owed) != 1 || owed[0].Record != int64(c) {
		t.Fatalf("%+v", owed)
	}
	made := w.chase(reminder.SupervisionSlip, owed)
	got, err := w.office.GotReminder(t.Context(), w.county, made[0].Number)
	w.must(err)
	if !got.Still[0] || got.Things[0].Title != "开放时间" || got.Things[0].Due != "2011-09-09" || len(made[0].Persons) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestMessagesLeaveOnceAndWithinTheCap(t *testing.T) {
	w := newChaseTown(t)
	reports := w.owed(reminder.Report)
	w.must(w.office.SetMailAddress(t.Context(), w.cmd(w.reporter), "lu@anlan.example"))
	w.connect(reminder.Mail, false, nil)
	made := w.chase(reminder.Mail, reports)
	states := map[id.Unit]SentReminder{}
	for _, r := range made {
		states[r.Unit] = r
	}
	if r := states[w.units["公共文化处"]]; r.State != reminder.Failed || r.Failure != reminder.NoAddress {
		t.Errorf("%+v", r)
	}
	if r := states[w.units["市图书馆"]]; r.State != reminder.Queued || r.To != "市图书馆 · 报送岗" {
		t.Errorf("%+v", r)
	}
	// Sent again on the same day it is not sent.
	if again := w.chase(reminder.Mail, reports); again[0].State != reminder.Failed || again[1].State != reminder.Failed {
		t.Errorf("%+v", again)
	}
	left := w.deliver(reminder.Done)
	if len(left) != 1 || left[0].To != "lu@anlan.example" || left[0].Gateway.Secret != "the secret" || !strings.Contains(left[0].Text, "https://luoshi.example/office/r/") ||
		!strings.Contains(left[0].Text, reminder.PleaseExplain) {
		t.Errorf("%+v", left)
	}
	if again := w.deliver(reminder.Done); len(again) != 0 {
		t.Errorf("it left twice: %+v", again)
	}
	// In the night it waits, and counts on the day on which it leaves.
	w.clock("2011-09-19", 22)
	w.chase(reminder.Mail, reports)
	all := w.messages()
	m := all[len(all)-1]
	var early *NotYet
	if _, err := w.office.TakeMessage(t.Context(), m.ID); !errors.As(err, &early) || early.Wait != 10*time.Hour || m.Day != "2011-09-20" {
		t.Errorf("%v %+v", err, m)
	}
	w.clock("2011-09-20", 9)
	if r := w.chase(reminder.Mail, reports); r[0].State != reminder.Failed || r[1].State != reminder.Failed {
		t.Errorf("%+v", r)
	}
	// It was being handed over when the machine fell: nobody knows, and it stays.
	if h, err := w.office.TakeMessage(t.Context(), m.ID); h == nil || err != nil {
		t.Errorf("%v %v", h, err)
	}
	if h, err := w.office.TakeMessage(t.Context(), m.ID); h != nil || err != nil {
		t.Errorf("handed over twice: %v %v", h, err)
	}
	if m := w.messages()[len(all)-1]; m.State != reminder.Unknown {
		t.Errorf("%+v", m)
	}
	// What the gateway does not take is offered some more times.
	w.clock("2011-09-21", 9)
	w.chase(reminder.Mail, reports)
	all = w.messages()
	for i := range reminder.MostTries {
		again, err := func() (bool, error) {
			if _, err := w.office.TakeMessage(t.Context(), all[len(all)-1].ID); err != nil {
				return false, err
			}
			return w.office.SettleMessage(t.Context(), all[len(all)-1].ID, reminder.Queued)
		}()
		if err != nil || again != (i < reminder.MostTries-1) {
			t.Errorf("try %d: %v %v", i+1, again, err)
		}
	}
	if m := w.messages()[len(all)-1]; m.State != reminder.Failed || m.Failure != reminder.Tried {
		t.Errorf("%+v", m)
	}
}

// What waited when a backup was made may have left since.
func TestARestoredCityHoldsMessages(t *testing.T) {
	w := newChaseTown(t)
	w.must(w.office.SetMailAddress(t.Context(), w.cmd(w.reporter), "lu@anlan.example"))
	w.connect(reminder.Mail, false, nil)
	w.chase(reminder.Mail, w.owed(reminder.Report))
	if n, err := w.office.HoldMessages(t.Context()); n != 1 || err != nil {
		t.Errorf("%d %v", n, err)
	}
	if left := w.deliver(reminder.Done); len(left) != 0 || w.messages()[0].State != reminder.Unknown {
		t.Errorf("%+v", left)
	}
}

// A secret is not given out, and not carried to another address.
func TestSecretsOfGateways(t *testing.T) {
	w := newChaseTown(t)
	w.connect(reminder.SMS, false, nil)
	set := func(address, secret string) error {
		return w.office.SetReminderGateway(t.Context(), w.cmd(w.admin), ReminderGateway{Channel: reminder.SMS, Form: "template_sms", Address: address, Template: "T1", Secret: secret})
	}
	w.must(set("https://sms", ""))
	all, err := w.office.ReminderGateways(t.Context(), w.admin)
	w.must(err)
	if !all[1].HasSecret || all[1].Secret != "" {
		t.Errorf("%+v", all[1])
	}
	if err := set("https://elsewhere", ""); fault.Of(err) == nil || fault.Of(err).Field != "secret" {
		t.Errorf("the secret goes elsewhere: %v", err)
	}
	w.must(set("https://elsewhere", "another"))
	if err := w.office.TryReminderGateway(t.Context(), w.cmd(w.admin), reminder.SMS); !fault.Is(err, fault.Conflict) {
		t.Errorf("tried without a telephone number: %v", err)
	}
	if err := w.office.SetReminderGateway(t.Context(), w.cmd(w.clerk), all[1]); !fault.Is(err, fault.Denied) {
		t.Errorf("a clerk connects: %v", err)
	}
}

// The rules remind before, on and after the day, once a step, and tell a superior.
func TestRulesRemind(t *testing.T) {
	w := newChaseTown(t)
	for who, address := range map[*Who]string{&w.reporter: "lu@anlan.example", &w.culture: "shen@anlan.example", &w.leader: "gu@anlan.example", &w.county: "lin@anlan.example"} {
		w.must(w.office.SetMailAddress(t.Context(), w.cmd(*who), address))
	}
	w.clock("2011-08-20", 10)
	w.connect(reminder.Mail, true, func(r *reminder.Rules) { r.EscalateAfter, r.EscalateTo = 5, w.leader.Post })
	to := func() (out map[string]int) {
		w.must(w.office.RemindByRules(t.Context()))
		w.must(w.office.RemindByRules(t.Context())) // an hour later
		out = map[string]int{}
		for _, h := range w.deliver(reminder.Done) {
			out[h.To]++
			if out[h.To] > 1 {
				t.Errorf("%s: more than one message on %s to %s", w.office.Today(), h.Subject, h.To)
			}
		}
		return out
	}
	sent, quiet := map[calendar.Day]map[string]int{}, 0
	for day := calendar.Day("2011-08-31"); day < "2011-09-20"; day = day.AddDays(1) {
		w.clock(day, 7)
		quiet += len(to())
		w.clock(day, 10)
		sent[day] = to()
	}
	if quiet != 0 {
		t.Errorf("%d messages in the quiet hours", quiet)
	}
	// Due on 5 September, a Monday: three working days before, on the day, one, three and
	// seven after. The duties without an answer were due on 15 August, long ago.
	for day, want := range map[calendar.Day]bool{"2011-08-31": true, "2011-09-01": false, "2011-09-02": false, "2011-09-03": false, "2011-09-05": true, "2011-09-06": true,
		"2011-09-07": false, "2011-09-08": true, "2011-09-09": false, "2011-09-13": false, "2011-09-14": false, "2011-09-15": true, "2011-09-16": false} {
		if got := sent[day]["lu@anlan.example"] == 1; got != want {
			t.Errorf("%s: %v, want %v", day, sent[day], want)
		}
	}
	above := 0
	for _, s := range sent {
		above += s["gu@anlan.example"]
	}
	if above != 2 { // for the answers on the first day, for the reports on the fifth working day after theirs
		t.Errorf("the superior was told %d times: %v", above, sent)
	}
	// A group is told of all units in one message.
	w.connect(reminder.Robot, true, func(r *reminder.Rules) { r.EscalateAfter = 0 })
	w.clock("2011-10-10", 10)
	w.must(w.office.RemindByRules(t.Context()))
	if left := w.deliver(reminder.Done); len(left) != 1 || strings.Count(left[0].Text, "/office/r/") < 2 {
		t.Errorf("%+v", left)
	}
	if again := w.chase(reminder.Mail, w.owed(reminder.Report)); again[0].Failure != reminder.Capped {
		t.Errorf("a person of whose unit the group was told gets another: %+v", again)
	}
}
