package main

import (
	"database/sql"
	stdflag "flag"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
)

var loaded = stdflag.String("loaded", "", "a folder made by luoshi sample and filled by luoshi bench load; 100,000 facts and things in one of its own if not given")

// openLoaded opens a loaded folder, with the time of its sample, and serves it.
func openLoaded(b *testing.B) (*house, *factLoad) {
	b.Helper()
	h := &house{TB: b, path: *loaded}
	if h.path == "" {
		h.path = filepath.Join(b.TempDir(), "data")
		quiet := terminal{io.Discard, io.Discard, text.Chinese}
		h.must(sampleCommand{Data: h.path, Date: "2012-07-20"}.Run(quiet))
		h.must(benchLoadCommand{place: place{Data: h.path}, Facts: 100_000, Things: 100_000}.Run(quiet))
	}
	now, err := clockOf(h.path)
	h.must(err)
	h.folder, err = place{Data: h.path}.openAny(b.Context(), db.Options{Now: now.Now, ReadLimit: time.Minute})
	h.must(err)
	last, err := h.office.LastAct(b.Context())
	h.must(err)
	now.notBefore(last)
	h.serve()
	l, err := newFactLoad(b.Context(), h.folder)
	h.must(err)
	return h, l
}

// one tells of one fact in a village, each time in another one.
func (l *factLoad) one(b *testing.B, of id.Indicator, subject string, k int64) error {
	cmd, err := commandOf(l.folder, l.who)
	if err != nil {
		return err
	}
	_, err = l.folder.office.ReportFactsBelow(b.Context(), cmd, l.city, []desk.FactTold{{Indicator: of, Unit: l.villages[k%int64(len(l.villages))].ID,
		Day: l.folder.office.Today().AddDays(-int(k % 30)), Quantity: document.Whole(1), Class: fact.ByRecipient, Subject: subject}}, fact.ByForm)
	return err
}

// signsIn gives a browser of the first account that may do an act in the whole city.
func (h *house) signsIn(act, name string) *person {
	h.Helper()
	account, err := h.office.SomebodyWhoMay(h.Context(), act)
	h.must(err)
	link, err := oneTimeLink(h.Context(), h.login, account, "http://host", text.Chinese)
	h.must(err)
	return h.signUp(strings.TrimPrefix(link, "http://host"), name)
}

// BenchmarkFigurePages reads the pages of figures over HTTP, as they are read again, and as
// they are read first after a fact was told.
func BenchmarkFigurePages(b *testing.B) {
	h, l := openLoaded(b)
	clerk, reader := h.signsIn("fact.onbehalf", "figures"), h.stranger()
	item := regexp.MustCompile(`/office/items/([0-9A-Z]{13})/figures`).FindStringSubmatch(clerk.get("/office/figures", 200))
	if item == nil {
		b.Fatal("no item has figures")
	}
	village := l.villages[len(l.villages)/2].ID.String()
	told := int64(0)
	tell := func(of []id.Indicator, subject string) {
		told++
		h.must(l.one(b, of[told%int64(len(of))], subject, told))
	}
	for _, c := range []struct {
		name, path string
		who        *person
	}{
		{"figures", "/office/figures", clerk}, {"item", "/office/items/" + item[1] + "/figures", clerk}, {"public item", "/items/" + item[1], reader},
		{"village", "/units/" + village, reader}, {"rollup.csv", "/data/rollup.csv", reader}, {"today", "/office/", clerk},
	} {
		for _, again := range []struct {
			name string
			act  func()
		}{{"", func() {}}, {" after a fact", func() { tell(l.sums, "") }}, {" after a thing", func() { tell(l.things, web.NewCommand()) }}} {
			b.Run(c.name+again.name, func(b *testing.B) {
				c.who.reads(b, c.path, again.act)
			})
		}
	}
}

// BenchmarkTold tells of one fact after another, each durable, with its summaries, entry and
// command; and writes the very same rows by plain SQL, to see what everything else costs. A
// folder given by -loaded holds rows that no act wrote afterwards: use a copy.
func BenchmarkTold(b *testing.B) {
	h, l := openLoaded(b)
	b.Run("told", func(b *testing.B) {
		for k := range b.N {
			h.must(l.one(b, l.sums[0], "", int64(k)))
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "facts/s")
	})
	b.Run("told by 16", func(b *testing.B) {
		b.SetParallelism(8)
		var k atomic.Int64
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				if err := l.one(b, l.sums[0], "", k.Add(1)); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "facts/s")
	})
	b.Run("bare SQL", func(b *testing.B) { l.bare(b, filepath.Join(h.path, db.File)) })
}

// bare writes the rows of facts as the act does, each in a commit of its own.
func (l *factLoad) bare(b *testing.B, file string) {
	plain, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	defer plain.Close()
	plain.SetMaxOpenConns(1)
	texts := []string{
		"UPDATE ledger_head SET at = at + 1 WHERE city_id = 1",
		"INSERT INTO fact (city_id, id, indicator_id, unit_id, place_id, day, instant, quantity, subject, kind, state, class, corrects, next_id, source, on_behalf, note, evidence_hash, post_id, claimed)" +
			" VALUES (1, $1, $2, $3, 0, $4, 0, 10000, '', 'claim', 'reported', 'A', 0, 0, 'form', 1, '', NULL, 1, 'A')",
		"INSERT INTO fact_month (city_id, indicator_id, tier, month, unit_id, above_id, reported, counted, facts, checked) VALUES (1, $1, 0, '2012-12', $2, 0, 10000, 0, 1, 0), (1, $1, 1, '2012-12', $3, 1, 10000, 0, 1, 0)" +
			" ON CONFLICT (city_id, indicator_id, tier, month, unit_id, above_id) DO UPDATE SET reported = fact_month.reported + excluded.reported, counted = fact_month.counted + excluded.counted, facts = fact_month.facts + excluded.facts, checked = fact_month.checked + excluded.checked",
		"INSERT INTO ledger_entry (city_id, seq, class, leaf, body) VALUES (1, $1, 'public', $2, $3)",
		"INSERT INTO ledger_subject (city_id, noun, subject, seq) VALUES (1, 'indicator', $1, $2)",
		"INSERT INTO command (city_id, id, account_id, act, content, answer) VALUES (1, $1, 1, 'fact.onbehalf', $2, $3)",
	}
	leaf, body, number := make([]byte, 32), make([]byte, 520), int64(1)<<61+time.Now().UnixNano()
	b.ResetTimer()
	for k := range b.N {
		v := l.villages[k%len(l.villages)]
		number++
		seq := int64(1)<<40 + time.Now().UnixNano()
		args := [][]any{{}, {number, l.sums[0], v.ID, string(l.folder.office.Today().AddDays(-(k % 30)))}, {l.sums[0], v.ID, v.Parent},
			{seq, leaf, body}, {l.sums[0], seq}, {fmt.Sprintf("%026d", seq), leaf, "[1,2]"}}
		tx, err := plain.Begin()
		if err != nil {
			b.Fatal(err)
		}
		for n, text := range texts {
			if _, err := tx.Exec(text, args[n]...); err != nil {
				b.Fatal(n, err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "facts/s")
}
