// Package peers_test measures durable creates over HTTP, signed in, of Luoshi and
// of PocketBase, side by side on one machine. It is a module of its own, so that
// Luoshi does not depend on its peers. See README.md.
package peers_test

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	luoshiPath = flag.String("luoshi", "", "the program to measure; empty: built from this checkout")
	folder     = flag.String("dir", ".", "where the data lie while measuring; must be on the disk that is meant")
	rounds     = flag.Int("rounds", 3, "how often everything is measured")
	clients    = flag.Int("clients", 16, "how many create at the same time")
	warmUp     = flag.Duration("warm", 2*time.Second, "how long each is loaded before it is measured")
	measured   = flag.Duration("for", 10*time.Second, "how long each is measured")
	drafts     = flag.Int("drafts", 1024, "over how many draft plans Luoshi's milestones are spread")
	only       = flag.String("only", "", "measure only those whose name holds this")
	quiet      = flag.Duration("quiet", 30*time.Second, "how long to wait, before each is measured, for the others on the machine to rest")
	serverLogs = flag.Bool("logs", false, "keep the folders with data and logs of the servers")
)

// The program is also the PocketBase that it measures: it runs itself again.
func TestMain(m *testing.M) {
	if setting := os.Getenv(pocketBaseEnv); setting != "" {
		servePocketBase(setting)
		return
	}
	os.Exit(m.Run())
}

// contender is what is measured.
type contender struct {
	name  string
	note  string // which settings it ran with
	begin func(h *house) (subject, error)
}

// subject is a server with fresh data, ready to be loaded.
type subject struct {
	server *server
	data   string                            // folder of its data
	create func(client int, n int64) request // the n-th record of all
	again  bool                              // a request sent twice makes one record
	count  func() (int64, error)             // records in its database
	note   string                            // settings read back from it
}

func contenders() []contender {
	return []contender{
		{"PocketBase as shipped", "", func(h *house) (subject, error) { return beginPocketBase(h, asShipped) }},
		{"PocketBase, synchronous=FULL", "", func(h *house) (subject, error) { return beginPocketBase(h, full) }},
		{"Luoshi: milestone, over many drafts", "", func(h *house) (subject, error) { return beginMilestones(h, *drafts) }},
		{"Luoshi: milestone, all in one item", "", func(h *house) (subject, error) { return beginMilestones(h, 1) }},
		{"PocketBase fact, synchronous=FULL", "", func(h *house) (subject, error) { return beginPocketBaseFacts(h, full) }},
		{"Luoshi: fact, two summaries and entry", "", beginFacts},
		{"Luoshi: account, with ledger entries", "", beginAccounts},
	}
}

// TestPeers measures every contender in every round, each time in another order
// and on fresh data, one server at a time.
func TestPeers(t *testing.T) {
	here, err := filepath.Abs(*folder)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, disk: here, luoshi: program(t)}
	all := slices.DeleteFunc(contenders(), func(c contender) bool { return !strings.Contains(c.name, *only) })
	results := make([][]result, len(all))
	disk := map[string][]time.Duration{}
	for round := range *rounds {
		if err := syncTimes(h.temp(), disk); err != nil {
			t.Fatal(err)
		}
		for k := range all {
			// Each round begins with another one, and every second one goes backwards.
			i := (k + round) % len(all)
			if round%2 == 1 {
				i = len(all) - 1 - i
			}
			r, note, err := measure(h, all[i].begin)
			if err != nil {
				t.Fatalf("%s: %v", all[i].name, err)
			}
			all[i].note = note
			results[i] = append(results[i], r)
			fmt.Fprintf(os.Stderr, "round %d: %-38s %s\n", round+1, all[i].name, r)
			for _, e := range r.errors {
				t.Errorf("%s: %s", all[i].name, e)
			}
		}
	}
	report(all, results, disk, here)
}

// measure begins a contender, loads it, and counts what it holds.
func measure(h *house, begin func(*house) (subject, error)) (r result, note string, err error) {
	s, err := begin(h)
	if s.server != nil {
		defer func() { err = errors.Join(err, s.server.stop()) }()
	}
	if err != nil {
		return r, "", err
	}
	before, err := s.count()
	if err != nil {
		return r, "", err
	}
	rest(*quiet)
	r = load(s, *clients, *warmUp, *measured)
	if s.again {
		for _, q := range r.last { // what was sent last is sent again
			if _, err := q.send(s.server.client); err != nil {
				r.fail(fmt.Errorf("the same request again: %w", err))
			}
		}
	}
	if err := s.server.stop(); err != nil {
		return r, "", err
	}
	after, err := s.count()
	if err != nil {
		return r, "", err
	}
	if made := after - before; made != r.answered {
		r.fail(fmt.Errorf("%d creates were answered, its database holds %d more records", r.answered, made))
	}
	return r, s.note, nil
}

// program is the Luoshi that is measured.
func program(t *testing.T) string {
	t.Helper()
	if *luoshiPath != "" {
		p, err := filepath.Abs(*luoshiPath)
		if err == nil {
			_, err = os.Stat(p)
		}
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := filepath.Join(t.TempDir(), "luoshi")
	if out, err := exec.Command("go", "build", "-C", "../..", "-o", p, "./cmd/luoshi").CombinedOutput(); err != nil {
		t.Fatalf("build luoshi: %v\n%s", err, out)
	}
	return p
}

// report writes the table, in Markdown.
func report(all []contender, results [][]result, disk map[string][]time.Duration, folder string) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d clients, %v after %v of warm-up, median of %d rounds; %d cores, %s.\n",
		*clients, *measured, *warmUp, *rounds, runtime.NumCPU(), fileSystem(folder))
	for _, call := range slices.Sorted(maps.Keys(disk)) {
		times := disk[call]
		slices.Sort(times)
		fmt.Fprintf(&b, "Write of 12 KB + %s on that disk: median %s ms, p99 %s ms (%d times).\n",
			call, milliseconds(quantile(times, 0.5)), milliseconds(quantile(times, 0.99)), len(times))
	}
	b.WriteString("\n| durable create | rate/s | (rounds) | p50 ms | p99 ms | server CPU ms each | errors | others' CPU |\n|---|--:|---|--:|--:|--:|--:|--:|\n")
	for i, c := range all {
		rs := results[i]
		var each []string
		var failed int
		for _, r := range rs {
			each = append(each, fmt.Sprintf("%.0f", r.rate))
			failed += len(r.errors)
		}
		fmt.Fprintf(&b, "| %s | %.0f | %s | %s | %s | %.2f | %d | %.1f %% |\n", c.name, median(rs, rateOf), strings.Join(each, " "),
			milliseconds(median(rs, func(r result) time.Duration { return r.p50 })),
			milliseconds(median(rs, func(r result) time.Duration { return r.p99 })),
			median(rs, func(r result) float64 { return r.cpuEach }), failed, 100*median(rs, func(r result) float64 { return r.others }))
	}
	b.WriteString("\n| ratio of rates, median of rounds |")
	var peers []int
	for i, c := range all {
		if strings.HasPrefix(c.name, "PocketBase") {
			fmt.Fprintf(&b, " to %s |", c.name)
			peers = append(peers, i)
		}
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(peers)) + "\n")
	for i, c := range all {
		if slices.Contains(peers, i) {
			continue
		}
		fmt.Fprintf(&b, "| %s |", c.name)
		for _, p := range peers {
			// Round by round: neighbours on the machine come and go.
			var ratios []float64
			for round, r := range results[i] {
				ratios = append(ratios, r.rate/results[p][round].rate)
			}
			slices.Sort(ratios)
			fmt.Fprintf(&b, " %.2f |", quantile(ratios, 0.5))
		}
		b.WriteString("\n")
	}
	b.WriteString("\nFrom the first to the last second, as the data grow:\n\n")
	for i, c := range all {
		r := results[i][len(results[i])-1]
		fmt.Fprintf(&b, "- %s: %.0f/s, then %.0f/s with %d records made\n", c.name, r.first, r.final, r.answered)
	}
	b.WriteString("\nSettings read back:\n\n")
	for _, c := range all {
		fmt.Fprintf(&b, "- %s: %s\n", c.name, c.note)
	}
	fmt.Println(b.String())
}

func rateOf(r result) float64 { return r.rate }

func median[T cmp.Ordered](rs []result, of func(result) T) T {
	var values []T
	for _, r := range rs {
		values = append(values, of(r))
	}
	slices.Sort(values)
	return quantile(values, 0.5)
}

// quantile takes from a sorted list.
func quantile[T any](sorted []T, q float64) (value T) {
	if len(sorted) == 0 {
		return value
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()*1000) }
