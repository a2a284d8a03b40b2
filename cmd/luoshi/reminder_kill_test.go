package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/gateway"
	"luoshi/internal/job"
	"luoshi/internal/web"
	"luoshi/org"
	"luoshi/reminder"
	recorder "luoshi/tests/gateway"
)

// Names of what the child of TestKilledWhileChasing is told.
const (
	chaseFolder = "LUOSHI_CHASE_FOLDER"
	chasePoint  = "LUOSHI_CHASE_POINT"
)

// points are where the process is killed, each with how many messages the gateway has
// then, and in the end, and how the reminder stands in the end.
var points = []struct {
	name          string
	before, after int
	stands        reminder.State
}{
	{"before the commit", 0, 0, ""},
	{"after the commit, before the claim", 0, 1, reminder.Done},
	{"after the claim, before it is written down", 0, 1, reminder.Done},
	{"after it is written down, before it is sent", 0, 0, reminder.Unknown},
	{"after it is sent, before that is written down", 1, 1, reminder.Unknown},
	{"nowhere", 1, 1, reminder.Done},
}

// die ends this process as a power cut does.
func die() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // until it is dead
}

// deadly is the machine's random until it is armed; then whoever reads it dies. The
// nonces of entries are read between what an act saves and its commit.
type deadly struct{ armed bool }

func (d *deadly) Read(b []byte) (int, error) {
	if d.armed {
		die()
	}
	return rand.Read(b)
}

// TestChildThatChases is the process that is killed; by itself it does nothing.
func TestChildThatChases(t *testing.T) {
	path, point := os.Getenv(chaseFolder), os.Getenv(chasePoint)
	if path == "" {
		return
	}
	random := &deadly{}
	h := &house{TB: t, path: path, now: chaseDay.Time().Add(10 * time.Hour)}
	f := h.again(random)
	account, err := f.office.SomeAdministrator(t.Context())
	h.must(err)
	who, err := f.office.Who(t.Context(), account)
	h.must(err)
	owed, err := f.office.Owed(t.Context(), who)
	h.must(err)
	var things []reminder.Thing
	for _, l := range owed {
		things = append(things, l.Thing)
	}
	random.armed = point == points[0].name
	_, err = f.office.Chase(t.Context(), f.office.Cmd(who, web.NewCommand()), desk.Chasing{Channel: reminder.Robot, Things: things, By: f.office.ChaseDay()})
	h.must(err)
	jobs := desk.NewJobs(f.db, f.signer, f.city)
	switch point {
	case points[1].name:
		die()
	case points[2].name:
		_, err := jobs.Claim(t.Context(), time.Now(), time.Minute)
		h.must(err)
		die()
	}
	h.carryOut(f, 0, func(ctx context.Context, s gateway.Settings, m gateway.Message) error {
		if point == points[3].name {
			die()
		}
		err := gateway.Send(ctx, s, m)
		if point == points[4].name {
			die()
		}
		return err
	})
}

const chaseDay = calendar.Day("2011-09-15")

// again opens the folder of a house as a server that gets up does.
func (h *house) again(random *deadly) *folder {
	h.Helper()
	options := db.Options{Now: func() time.Time { return h.now }, ReadLimit: time.Minute}
	if random != nil {
		options.Random = random
	}
	options, err := place{Data: h.path}.withKey(h.Context(), options)
	h.must(err)
	d, err := db.Open(h.Context(), h.path, options, schemas()...)
	h.must(err)
	f, err := place{Data: h.path}.openCity(h.Context(), d, 1)
	h.must(err)
	h.Cleanup(func() { f.close() })
	return f
}

// carryOut does all jobs that are due so much later, hands messages over by send.
func (h *house) carryOut(f *folder, later time.Duration, send job.Send) {
	h.Helper()
	w := job.NewWorker(desk.NewJobs(f.db, f.signer, f.city), func() time.Time { return time.Now().Add(later) }, nil, nil)
	w.Reminding(f.office, send)
	for more := true; more; {
		var err error
		more, err = w.One(h.Context())
		h.must(err)
	}
}

// Killed at each point, nothing leaves before the commit and nothing leaves twice.
func TestKilledWhileChasing(t *testing.T) {
	made := open(t)
	made.found()
	boss := made.administrator()
	made.unitsOf(boss)
	made.chasable(boss)
	made.server.Close()
	made.must(made.folder.close())
	for _, p := range points {
		t.Run(strings.ReplaceAll(p.name, " ", "_"), func(t *testing.T) {
			got := &recorder.Recorder{}
			server := httptest.NewServer(got)
			defer server.Close()
			path := t.TempDir() + "/data"
			if err := os.CopyFS(path, os.DirFS(made.path)); err != nil {
				t.Fatal(err)
			}
			h := &house{TB: t, path: path, now: chaseDay.Time().Add(10 * time.Hour)}
			f := h.again(nil)
			h.must(f.office.SetReminderGateway(t.Context(), f.office.Cmd(boss, web.NewCommand()), desk.ReminderGateway{Channel: reminder.Robot, Form: "chat_robot", Address: server.URL, Secret: "key"}))
			rules := reminder.PresetRules
			rules.Address = "https://luoshi.example"
			h.must(f.office.SetReminderRules(t.Context(), f.office.Cmd(boss, web.NewCommand()), rules))
			h.must(f.close())

			child := exec.Command(os.Args[0], "-test.run=^TestChildThatChases$")
			child.Env = append(os.Environ(), chaseFolder+"="+path, chasePoint+"="+p.name)
			out, err := child.CombinedOutput()
			killed := child.ProcessState.ExitCode() == -1
			if killed == (p.name == "nowhere") {
				t.Fatalf("killed: %v, %v\n%s", killed, err, out)
			}
			if n := len(got.All()); n != p.before {
				t.Errorf("%d messages left before it was killed, want %d", n, p.before)
			}
			f = h.again(nil)
			h.carryOut(f, 2*time.Minute, gateway.Send) // after the lease
			h.carryOut(f, 4*time.Minute, gateway.Send)
			if n := len(got.All()); n != p.after {
				t.Errorf("%d messages left, want %d", n, p.after)
			}
			all, err := f.office.Reminders(t.Context(), boss, id.Unit(0))
			h.must(err)
			if p.stands == "" && len(all) > 0 {
				t.Errorf("there are reminders: %+v", all)
			}
			if p.stands != "" && len(all) == 0 {
				t.Error("there are no reminders")
			}
			for _, r := range all {
				if r.State != p.stands {
					t.Errorf("%s: %s, want %s", fmt.Sprint(r.Number), r.State, p.stands)
				}
			}
		})
	}
}

// chasable makes a plan whose units owe reports on chaseDay.
func (h *house) chasable(boss desk.Who) *person {
	h.Helper()
	clerk := h.employ(boss, "局办公室", "周明远", "zhou", org.Clerk)
	plan := clerk.forced(guide)
	clerk.post("/office/plans/"+plan+"/owners/propose", 200)
	h.now = chaseDay.Time().Add(10 * time.Hour)
	return clerk
}
