package bench

import (
	"fmt"
	"strings"
	"testing"
)

// plainly says a sentence as it stands in the code.
func plainly(key string, args ...any) string { return fmt.Sprintf(key, args...) }

func TestLimit(t *testing.T) {
	group := func(clients int, perSecond, p50 float64) Figures {
		return Figures{Clients: clients, Answered: int64(10 * perSecond), PerSecond: perSecond, P50: p50}
	}
	refusing := func(f Figures, r Refused) Figures { f.Refused = r; return f }
	machine := func(idle, own, disk float64) *Machine { return &Machine{1, idle, own, &disk} }
	blind := func(idle float64) *Machine { return &Machine{IdleBefore: 1, Idle: idle, Own: 0.1} }
	one, readers := group(1, 100, 10), group(16, 500, 30)
	for name, c := range map[string]struct {
		m    measured
		want string
		says string
	}{
		"two of a hundred writes refused": {measured{one, refusing(group(16, 98, 160), Refused{Busy: 20}), readers, 0.1, true, machine(0.5, 0.1, 0)}, "refusals", "503 有 20 个"},
		"readers refused":                 {measured{one, group(16, 98, 160), refusing(readers, Refused{TooMany: 500}), 0.1, true, machine(0, 0.1, 0)}, "refusals", "429 有 500 个"},
		"errors":                          {measured{one, refusing(group(16, 98, 160), Refused{Errors: 100}), readers, 0.1, true, machine(0, 0.1, 0)}, "refusals", "别的错 100 个"},
		"nothing but refusals":            {measured{one, refusing(Figures{Clients: 16}, Refused{Busy: 9}), readers, 0.1, false, nil}, "refusals", "100.0%"},
		"one of a thousand refused":       {measured{one, refusing(group(16, 100, 160), Refused{Busy: 1}), readers, 0.1, true, machine(0.02, 0.1, 0)}, "cpu", "空着 2.0%"},
		"processors full":                 {measured{one, group(16, 90, 170), readers, 0.1, true, machine(0.05, 0.2, 0.9)}, "cpu", "每秒 100 次"},
		"processors full of bench":        {measured{one, group(16, 90, 170), readers, 0.1, true, machine(0.05, 0.6, 0)}, "clients", "60.0%"},
		"full before anybody asked":       {measured{one, group(16, 90, 170), readers, 0.1, true, &Machine{IdleBefore: 0.2, Idle: 0.05, Own: 0.2}}, "cpu", "偏低"},
		"a tenth of them idle":            {measured{one, group(16, 90, 170), readers, 0.1, true, machine(0.10, 0.2, 0)}, "waiting", "空着 10.0%"},
		"far away":                        {measured{one, group(16, 300, 50), group(16, 320, 45), 40, false, nil}, "network", "40 毫秒"},
		"far for the readers only":        {measured{one, group(16, 98, 160), group(16, 320, 45), 40, false, nil}, "waiting", "看不到"},
		"far, no readers":                 {measured{one, group(16, 300, 50), Figures{}, 40, false, nil}, "network", "40 毫秒"},
		"a way on the same machine":       {measured{one, group(16, 100, 0.05), group(16, 320, 0.05), 0.04, true, machine(0.5, 0.1, 0)}, "waiting", "每秒 100 次"},
		"each writer adds as much":        {measured{one, group(16, 1500, 10.5), readers, 0.1, true, machine(0.5, 0.1, 0.9)}, "clients", "写的人再多"},
		"the same, of another machine":    {measured{one, group(16, 1500, 10.5), readers, 0.1, false, nil}, "clients", "看不到"},
		"one commit of the disk each":     {measured{one, group(16, 104, 155), readers, 0.1, true, machine(0.6, 0.1, 0.9)}, "disk", "90.0%"},
		"several in one commit":           {measured{one, group(16, 700, 22), readers, 0.1, true, machine(0.6, 0.1, 0.8)}, "disk", "16 个人一起写"},
		"one after the other":             {measured{one, group(16, 104, 155), readers, 0.1, true, machine(0.6, 0.1, 0.2)}, "waiting", "20.0%"},
		"nothing known of disks":          {measured{one, group(16, 104, 155), readers, 0.1, true, blind(0.6)}, "waiting", "磁盘有多忙看不到"},
		"elsewhere":                       {measured{one, group(16, 104, 155), readers, 1, false, nil}, "waiting", "从这里看不到"},
		"one alone did too little":        {measured{group(1, 0.5, 900), group(16, 104, 155), readers, 1, false, nil}, "waiting", "比不出来"},
		"one writer on a busy disk":       {measured{one, group(1, 100, 10), Figures{}, 0.1, true, machine(0.6, 0.1, 0.9)}, "disk", "90.0%"},
		"stopped at once":                 {measured{one, Figures{Clients: 16}, Figures{Clients: 16}, 1, false, nil}, "waiting", "看不到"},
	} {
		got := limitOf(c.m, plainly)
		if got.What != c.want || !strings.Contains(got.Why, c.says) || strings.Contains(got.Why, "%!") {
			t.Errorf("%s: %+v, want %s that says %q", name, got, c.want, c.says)
		}
	}
}

func TestMachine(t *testing.T) {
	idle, all, known := processors("cpu  100 1 20 300 40 5 6 7 8 9\ncpu0 1 2 3\n")
	if idle != 340 || all != 479 || !known {
		t.Errorf("processors: %d of %d, %v", idle, all, known)
	}
	for _, stat := range []string{"", "cpu 1 2", "cpux 1 2 3 4 5 6 7 8", "cpu 1 2 x 4 5 6 7 8"} {
		if _, _, known := processors(stat); known {
			t.Errorf("%q is said to be known", stat)
		}
	}
	if n := ownTicks("7 (a (b) c) R 1 1 1 0 -1 4194304 98 0 0 0 12 30 5 5 20 0 1"); n != 42 {
		t.Errorf("own ticks: %d", n)
	}
	if d, known := waited("some avg10=7.87 avg60=5.00 avg300=3.07 total=1500000\nfull avg10=0 total=9\n"); !known || d.Seconds() != 1.5 {
		t.Errorf("waited %v, %v", d, known)
	}
	if _, known := waited(""); known {
		t.Error("nothing is said to be known")
	}
	before := clock{idle: 100, all: 1000, own: 10, known: true}
	m := clock{idle: 150, all: 1200, own: 40, known: true}.since(before)
	if m == nil || m.Idle != 0.25 || m.Own != 0.2 || m.DiskWait != nil {
		t.Errorf("%+v", m)
	}
	if (clock{}).since(before) != nil || before.since(before) != nil {
		t.Error("something is said of nothing")
	}
}

func TestOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"http://127.0.0.1:8080": "http://127.0.0.1:8080", "https://plan.example/": "https://plan.example", "http://[::1]:80": "http://[::1]:80",
		"": "", "127.0.0.1:8080": "", "ftp://x": "", "http://": "", "http://x/office/": "", "http://a:b@x": "", "http://x?y": "", "http://x#y": "", "http://x:y": "",
	} {
		if got, ok := Origin(address); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", address, got, ok)
		}
	}
}

func TestLinksAndTheirKinds(t *testing.T) {
	s := &site{origin: "http://a:1"}
	page := `<a class="x" href="/plans/0ABCDEFGHIJKL#i-1">x</a><a href="/ledger?before=9&amp;x=1">x</a><a href="/?view=big">x</a><a href="/office/">x</a>` +
		`<a href="/en/office/">x</a><a href="http://b:1/units">x</a><a href="http://a:1/units">x</a><link href="/static/y.css"><a href="calendar.ics">x</a><a href="mailto:x@y">x</a>`
	got := strings.Join(s.links("/plans/7/", page), " ")
	if want := "/plans/0ABCDEFGHIJKL /ledger?before=9&x=1 /units /plans/7/calendar.ics"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	for path, want := range map[string]string{"/": "/", "/en/items/0AB": "/en/items/*", "/plans/0AB/calendar.ics": "/plans/*/calendar.ics", "/ledger?before=9": "/ledger/?"} {
		if got := kindOf(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
