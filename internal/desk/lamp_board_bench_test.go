package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// The board of 60 items that each of 150 units answers for, after 17 months: the 99th of a
// hundred readings counts.
func BenchmarkMatrix(b *testing.B) {
	w := newCrowd(b, 150, 60, 17)
	board := func() (LampBoard, error) { return w.office.LampBoard(b.Context(), w.clerk, w.plan) }
	for name, c := range map[string]struct {
		prepare func()
		read    func() (LampBoard, error)
	}{"as it stands": {func() {}, board}, "after an act": {w.act, board}, "with the reasons": {func() {}, func() (LampBoard, error) {
		v, err := w.office.Leading(b.Context(), w.clerk, w.plan)
		return v.LampBoard, err
	}}} {
		b.Run(name, func(b *testing.B) {
			_, err := w.office.LampBoard(b.Context(), w.clerk, w.plan)
			w.must(err)
			var took []time.Duration
			for b.Loop() {
				b.StopTimer()
				c.prepare()
				b.StartTimer()
				began := time.Now()
				board, err := c.read()
				took = append(took, time.Since(began))
				if err != nil || len(board.Rows) != 60 || len(board.Counties) != 9 {
					b.Fatalf("%v: %d rows, %d counties", err, len(board.Rows), len(board.Counties))
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// crowd is a city whose many units answer for all items of a plan.
type crowd struct {
	*testing.B
	office *Office
	clerk  Who
	admin  Who
	plan   id.Plan
	now    time.Time
	n      int64
}

func (w *crowd) cmd(who Who) db.Cmd {
	w.n++
	return w.office.Cmd(who, id.Text(7)+id.Text(w.n))
}

func (w *crowd) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// act changes something, so that nothing kept of the board is true any more.
func (w *crowd) act() {
	w.must(w.office.SetLampRules(w.Context(), w.cmd(w.clerk), plan.LampRules{Near: int(w.n % 20), Behind: 1}))
}

func newCrowd(b *testing.B, units, items, months int) *crowd {
	w := &crowd{B: b, now: calendar.Day("2011-08-08").Time().Add(9 * time.Hour)}
	d, err := db.Open(b.Context(), b.TempDir(), db.Options{Now: func() time.Time { return w.now }, PersonalKey: personalKey, ReadLimit: time.Minute}, Schema())
	w.must(err)
	b.Cleanup(func() { d.Close() })
	blobs, err := blob.Open(b.TempDir())
	w.must(err)
	w.office = NewOffice(d, blobs, 1)
	account, err := w.office.Found(b.Context(), id.Text(6)+id.Text(1), City{Name: "安澜市", Bureau: "安澜市文化局"}, First{"局办公室", "信息岗", "方晓舟"})
	w.must(err)
	w.admin, err = w.office.Who(b.Context(), account)
	w.must(err)
	account, err = w.office.OpenAccount(b.Context(), w.cmd(w.admin), NewAccount{Unit: "局办公室", Title: "综合岗", Name: "周明远", Roles: []org.Role{org.Clerk}})
	w.must(err)
	w.clerk, err = w.office.Who(b.Context(), account)
	w.must(err)
	city, err := w.office.CityUnit(b.Context())
	w.must(err)
	open := func(parent id.Unit, level org.Level, n int) []id.Unit {
		var all []org.Unit
		for range n {
			w.n++
			all = append(all, org.Unit{Level: level, Name: fmt.Sprintf("单位%d", w.n)})
		}
		made, err := w.office.OpenUnits(b.Context(), w.cmd(w.admin), parent, all)
		w.must(err)
		return made
	}
	all := open(city, org.County, 9)
	for _, county := range all[:9] {
		all = append(all, open(county, org.Township, (units-9)/9+1)...)
	}
	all = all[:units]
	var text strings.Builder
	text.WriteString("安澜市许多任务方案\n一、重点任务\n")
	for i := range items {
		fmt.Fprintf(&text, "%d.第%d项工作。2012年12月底前完成送演出%d场。\n", i+1, i+1, 100+i)
	}
	p, err := w.office.ImportPlan(b.Context(), w.cmd(w.clerk), Import{Original: []byte(text.String())})
	w.must(err)
	w.plan = p
	r, err := w.office.Plan(b.Context(), w.clerk, p)
	w.must(err)
	for _, q := range r.Questions {
		w.must(w.office.DeferQuestion(b.Context(), w.cmd(w.clerk), p, q.ID))
	}
	for _, i := range r.Items {
		i.Lead, i.Period = "单位", plan.Monthly
		w.must(w.office.CorrectItem(b.Context(), w.cmd(w.clerk), p, i, AsItStands))
	}
	w.must(w.office.TakeIntoForce(b.Context(), w.cmd(w.clerk), p, force))
	// The reports are written past the acts: hundreds of thousands of them.
	w.now = calendar.Day("2012-12-20").Time()
	w.must(d.Local(b.Context(), func(tx *db.Tx) error {
		for k, i := range r.Items {
			var owners []org.Owner
			var said []progress.Report
			for n, u := range all {
				owners = append(owners, org.Owner{Item: i.ID, Unit: u, Duty: org.LeadDuty, State: org.DutyAssigned, SetDay: "2011-08-10"})
				for m, period := 0, progress.Period("2011-08"); m < months; m, period = m+1, period.Next() {
					if (k+n+m)%11 != 0 {
						said = append(said, progress.Report{Item: i.ID, Unit: u, Period: period, Revision: 1, State: progress.States[(k+n)%3], Done: "办了一些事", Standing: progress.Sent, Day: period.Due(3)})
					}
				}
			}
			if err := saveOwners(tx, 1, owners); err != nil {
				return err
			}
			for some := range slices.Chunk(said, 1000) {
				if err := saveReports(tx, 1, some); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	return w
}
