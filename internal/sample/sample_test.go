package sample

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/plan"
)

// lives are cities as they lived until a day, each made once for all tests: none of them
// changes what another looks at.
var lives = map[calendar.Day]*life{}

type life struct {
	city *city
	db   *db.DB
}

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "sample")
	if err != nil {
		panic(err)
	}
	made = folder
	code := m.Run()
	for _, l := range lives {
		l.db.Close()
	}
	os.RemoveAll(folder)
	os.Exit(code)
}

// made is the folder in which cities are made.
var made string

// inApril is the city on the day that the sample shows first.
func inApril(t *testing.T) (*desk.Office, *desk.Public, *db.DB) {
	t.Helper()
	c, d := madeUntil(t, "2012-04-19")
	return c.office, desk.NewPublic(d, 1), d
}

// madeUntil is the city as it lived until a day.
func madeUntil(t *testing.T, until calendar.Day) (*city, *db.DB) {
	t.Helper()
	if l := lives[until]; l != nil {
		return l.city, l.db
	}
	clock := &Clock{}
	folder := filepath.Join(made, string(until))
	d, err := db.Open(context.Background(), folder, db.Options{Now: clock.Now, Random: Random(), PersonalKey: make([]byte, 32), ReadLimit: time.Minute}, desk.Schema())
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(filepath.Join(folder, "blob"))
	if err != nil {
		t.Fatal(err)
	}
	office := desk.NewOffice(d, blobs, 1)
	office.ReadSheet = paper.ReadTemplate
	c := newCity(context.Background(), office, clock, until)
	if err := c.live(); err != nil {
		d.Close()
		t.Fatal(err)
	}
	lives[until] = &life{c, d}
	return c, d
}

func TestThePlanIsWhole(t *testing.T) {
	_, public, _ := inApril(t)
	plans, err := public.Plans(t.Context())
	if err != nil || len(plans) != 1 {
		t.Fatalf("%d plans: %v", len(plans), err)
	}
	p, err := public.Plan(t.Context(), plans[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{"1500": true, "36700": true, "100000": true, "1400": true, "4000": true, "2000": true}
	for _, x := range p.Targets {
		delete(wanted, x.Value.String())
		if x.Revision != 1 || x.Deadline == "" {
			t.Errorf("%s: revision %d, deadline %q", x.Indicator, x.Revision, x.Deadline)
		}
	}
	if len(wanted) > 0 {
		t.Errorf("targets not read: %v", wanted)
	}
	if len(p.Phases) != 3 || p.Phases[0].First != "2011-08-01" || p.Phases[2].Last != "2012-12-31" {
		t.Errorf("phases %+v", p.Phases)
	}
	days := map[string]bool{}
	for _, m := range p.Milestones {
		days[string(m.Due)] = true
	}
	for _, day := range []string{"2012-12-31", "2011-12-31", "2011-09-23"} {
		if !days[day] {
			t.Errorf("no milestone on %s in %v", day, days)
		}
	}
	projects, led := 0, 0
	for _, i := range p.Items {
		if i.Project {
			projects++
		}
		if i.Lead != "" || i.Period == plan.NoPeriod {
			led++
		}
	}
	if projects != 13 {
		t.Errorf("%d projects, want 13", projects)
	}
	if led != len(p.Items) {
		t.Errorf("%d of %d items have a lead or are principles", led, len(p.Items))
	}
}

// Every row that others may rely on is named by an entry of the ledger.
func TestNoRowWithoutItsEntry(t *testing.T) {
	_, _, d := inApril(t)
	err := d.Read(t.Context(), func(v *db.View) error {
		for noun, query := range map[string]string{
			"unit": "SELECT id FROM unit", "post": "SELECT id FROM post", "account": "SELECT id FROM account", "document": "SELECT id FROM document",
			"plan": "SELECT id FROM plan", "item": "SELECT id FROM item", "target": "SELECT id FROM target", "milestone": "SELECT id FROM milestone", "question": "SELECT id FROM question",
			"collection": "SELECT id FROM collection",
		} {
			ids, err := db.Rows(v, db.Value[int64], query+" WHERE city_id = $1", 1)
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				t.Errorf("no %s in the sample", noun)
			}
			for _, n := range ids {
				entries, err := db.EntriesAbout(v, 1, noun, n)
				if err != nil {
					return err
				}
				if len(entries) == 0 {
					t.Errorf("%s %d has no entry", noun, n)
				}
			}
		}
		// What the office does each month is there too.
		for what, query := range map[string]string{
			"monthly reports": "SELECT COUNT(*) FROM summary_edition WHERE city_id = $1", "reminders": "SELECT COUNT(*) FROM reminder WHERE city_id = $1",
			"answers to orders": "SELECT COUNT(*) FROM order_answer WHERE city_id = $1", "milestones reached": "SELECT COUNT(*) FROM milestone_reached WHERE city_id = $1",
			"reports to sign": "SELECT COUNT(*) FROM report_draft WHERE city_id = $1",
		} {
			n, err := db.Row(v, db.Value[int64], query, 1)
			if err != nil {
				return err
			}
			if n == 0 {
				t.Errorf("no %s in the sample", what)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheTreeIsWhole(t *testing.T) {
	_, _, d := inApril(t)
	err := d.Read(t.Context(), func(v *db.View) error {
		for level, want := range map[string]int64{"city": 1, "bureau": 1, "division": 10, "direct": 3, "county": 9, "township": 131, "village": 4200} {
			n, err := db.Row(v, db.Value[int64], "SELECT COUNT(*) FROM unit WHERE city_id = $1 AND level = $2", 1, level)
			if err != nil {
				return err
			}
			if n != want {
				t.Errorf("%d units of level %s, want %d", n, level, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Every item that promises something has units that answer for it, but the order that
// nobody assigned yet.
func TestItemsHaveOwners(t *testing.T) {
	office, _, d := inApril(t)
	var clerkOf desk.Who
	err := d.Read(t.Context(), func(v *db.View) error {
		account, err := db.Row(v, db.Value[id.Account], "SELECT MIN(id) FROM account WHERE city_id = $1", 1)
		if err != nil {
			return err
		}
		clerkOf, err = office.Who(t.Context(), account)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	plans, err := office.Plans(t.Context(), clerkOf)
	if err != nil || len(plans) != 1 {
		t.Fatalf("%d plans: %v", len(plans), err)
	}
	v, err := office.PlanOwners(t.Context(), clerkOf, plans[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	owned := 0
	for _, i := range v.Items {
		if len(i.Owners) > 0 {
			owned++
		}
		if i.Unmatched() {
			t.Errorf("%s: %+v", i.Title, i.Named)
		}
	}
	if owned < 15 || v.Count.Unassigned != 1 {
		t.Errorf("%d items have owners, %d wait", owned, v.Count.Unassigned)
	}
}
