package desk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/audit"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/org"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"
)

// drawing is somebody who works on the tree without a plan.
type drawing struct {
	*rapid.T
	g       *grove
	parents []id.Unit // counties and townships
	units   []id.Unit // townships and villages
	posts   []id.Post
}

func (d *drawing) unit(what string) id.Unit { return rapid.SampledFrom(d.units).Draw(d.T, what) }

func (d *drawing) parent() id.Unit { return rapid.SampledFrom(d.parents).Draw(d.T, "parent") }

func (d *drawing) day() calendar.Day {
	return d.g.office.Today().AddDays(rapid.IntRange(0, 6).Draw(d.T, "days ahead"))
}

// act does one act that anybody might come upon; one that is refused in words is fine.
func (d *drawing) act(n int) {
	ctx, o, cmd := d.g.Context(), d.g.office, d.g.cmd(d.g.admin)
	name := fmt.Sprintf("村%d", n)
	var err error
	switch act := rapid.SampledFrom([]string{"open", "change", "rename", "merge", "split", "close", "post", "account", "end post", "stand in", "work", "wait"}).Draw(d.T, "act"); act {
	case "open":
		var made []id.Unit
		level := rapid.SampledFrom([]org.Level{org.Township, org.Village}).Draw(d.T, "level")
		made, err = o.OpenUnits(ctx, cmd, d.parent(), []org.Unit{{Level: level, Name: name}})
		if err == nil {
			d.units = append(d.units, made...)
		}
	case "change":
		err = o.ChangeUnit(ctx, cmd, d.unit("unit"), org.Change{Parent: d.parent(), Name: name, From: d.day()})
	case "rename":
		unit := d.unit("unit")
		var u OfficeUnit
		u, err = o.UnitOn(ctx, d.g.admin, unit, "2199-01-01")
		if err == nil {
			err = o.ChangeUnit(ctx, cmd, unit, org.Change{Parent: u.Unit.Parent, Name: name, From: d.day()})
		}
	case "merge":
		err = o.MergeUnit(ctx, cmd, d.unit("unit"), d.unit("into"), d.day())
	case "split":
		var made id.Unit
		made, err = o.SplitUnit(ctx, cmd, d.unit("unit"), NewPart{Name: name, Below: rapid.SliceOfNDistinct(rapid.SampledFrom(d.units), 0, 2, rapid.ID[id.Unit]).Draw(d.T, "below"), From: d.day()})
		if err == nil {
			d.units, d.parents = append(d.units, made), append(d.parents, made)
		}
	case "close":
		err = o.CloseUnit(ctx, cmd, d.unit("unit"), d.day())
	case "post":
		var made id.Post
		made, err = o.OpenPost(ctx, cmd, org.Post{Unit: d.unit("unit"), Title: name, Roles: []org.Role{org.Reporter}})
		if err == nil {
			d.posts = append(d.posts, made)
		}
	case "account":
		_, err = o.OpenAccount(ctx, cmd, NewAccount{UnitID: d.unit("unit"), Title: name, Name: "某人", Roles: []org.Role{org.UnitClerk}})
	case "end post", "stand in":
		if len(d.posts) == 0 {
			return
		}
		post := rapid.SampledFrom(d.posts).Draw(d.T, "post")
		if act == "end post" {
			err = o.EndPost(ctx, cmd, post)
		} else {
			from := d.day()
			err = o.Appoint(ctx, cmd, org.Term{Account: d.g.admin.Account, Post: post, Kind: org.Acting, From: from, To: from.AddDays(1)})
		}
	case "work":
		err = o.DescribeUnit(ctx, cmd, d.unit("unit"), UnitWork{Body: name, Contact: name})
	case "wait":
		d.g.later(rapid.IntRange(1, 4).Draw(d.T, "wait"))
	}
	if f := (*fault.Fault)(nil); err != nil && !errors.As(err, &f) {
		d.Fatal(err)
	}
}

// broken reads all versions of some units, and says what of them no tree may be.
func (g *grove) broken(units []id.Unit) string {
	var all []org.Unit
	g.must(g.db.Read(g.Context(), func(v *db.View) (err error) {
		all, err = allVersions(v, 1)
		return err
	}))
	tree := org.NewTree(all, nil)
	days := map[calendar.Day]bool{}
	for _, u := range all {
		if !slices.Contains(units, u.ID) {
			continue
		}
		if u.To != "" && u.To < u.From.AddDays(-1) {
			return fmt.Sprintf("%s ends before it begins: %+v", u.Name, u)
		}
		days[u.From] = true
		if u.To != "" {
			days[u.To], days[u.To.AddDays(1)] = true, true
		}
	}
	for day := range days {
		there := map[id.Unit]bool{}
		for _, u := range all {
			if !u.On(day) || !slices.Contains(units, u.ID) {
				continue
			}
			if there[u.ID] {
				return fmt.Sprintf("%s is there twice on %s", u.Name, day)
			}
			there[u.ID] = true
			parent, stands := tree.On(u.Parent, day)
			if u.Parent != 0 && !stands {
				return fmt.Sprintf("%s stands on %s below %s, which is not there", u.Name, day, u.Parent)
			}
			if err := org.CheckUnit(u, parent.Level); err != nil {
				return fmt.Sprintf("%s on %s: %v", u.Name, day, err)
			}
		}
	}
	return ""
}

// verified exports and checks the export as a stranger would.
func (w *town) verified(kind ExportKind, signer note.Signer) {
	folder, err := os.MkdirTemp(w.TempDir(), "export")
	w.must(err)
	w.must(w.office.Export(w.Context(), kind, signer, func(path string, content []byte) error {
		path = filepath.Join(folder, filepath.FromSlash(path))
		return errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600))
	}, func(int64, int64) {}))
	r, err := audit.Verify(folder, audit.Anchors{})
	if err != nil || len(r.Problems) > 0 {
		w.Fatalf("the %s export: %v %+v", kind, err, r.Problems)
	}
}

// Whatever is done with units in whatever order, on any day each stands below one that is
// there, and an export of all of it verifies.
func TestTheTreeAfterAnyActs(t *testing.T) {
	secret, _, err := ledger.NewKey(zeros{}, "luoshi/test")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	g, county := newGrove(t), 0
	rapid.Check(t, func(rt *rapid.T) { // each time in two counties of their own
		d := &drawing{T: rt, g: g}
		open := func(parent id.Unit, level org.Level, n int) []id.Unit {
			var units []org.Unit
			for range n {
				county++
				units = append(units, org.Unit{Level: level, Name: fmt.Sprintf("单位%d", county)})
			}
			made, err := g.office.OpenUnits(t.Context(), g.cmd(g.admin), parent, units)
			g.must(err)
			if level != org.Village {
				d.parents = append(d.parents, made...)
			}
			if level != org.County {
				d.units = append(d.units, made...)
			}
			return made
		}
		for _, c := range open(g.city, org.County, 2) {
			for _, town := range open(c, org.Township, 2) {
				open(town, org.Village, 2)
			}
		}
		for n := range rapid.IntRange(3, 25).Draw(rt, "acts") {
			d.act(n)
		}
		if wrong := g.broken(d.units); wrong != "" {
			rt.Fatal(wrong)
		}
	})
	g.verified(FullExport, signer)
	g.verified(PublicExport, signer)
}

// zeros is no randomness at all: a key for tests.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }
