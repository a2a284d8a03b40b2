package fault_test

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sheetRows is how many rows the sheet has: two parts of 2,000 and the rest, each one act.
const sheetRows = 5000

// longestPart is how long the server lives at most after a part was seen to be taken: it
// dies while it takes the next.
const longestPart = 200 * time.Millisecond

// TestKillWhileASheetIsTakenOver kills the server again and again while its job takes a
// large sheet of facts over, once behind each part and at any moment. Each row is there
// once in the end.
func TestKillWhileASheetIsTakenOver(t *testing.T) {
	luoshi(t) // built before the clock runs
	began := time.Now()
	h := newHouse(t)
	h.serve()
	h.enter()
	at := h.offersSheet()
	form := url.Values{"sheet": {"0"}, "head": {"1"}, "year": {"2011"}, "class": {"C"}, "column0": {"day"}, "column1": {"quantity"}, "indicator": {h.chosen("送演出")}}
	h.sends(at, form, "read", "")
	page := h.read(at)
	digest := regexp.MustCompile(`name="digest" value="([0-9a-f]{64})"`).FindStringSubmatch(page)
	if digest == nil {
		t.Fatalf("the sheet cannot be taken over: %s", sentenceOn(page))
	}
	h.sends(at, form, "apply", digest[1])
	kills, between := 0, 0
	for before, over := -1, false; !over; kills++ {
		h.poll("rows to be taken", func() bool {
			var done int
			done, over = h.taken(at)
			if over || done == before {
				return over
			}
			before = done
			return true
		})
		if over {
			break
		}
		if before > 0 {
			between++
		}
		<-time.After(mathrand.N(longestPart))
		h.kill()
		h.leaseEnds()
		h.serve()
	}
	h.quiet()
	h.eachOnce()
	t.Logf("killed %d times, %d of them between the first row and the last, in %v", kills, between, time.Since(began).Round(time.Second/10))
	if between == 0 {
		t.Error("the server was never killed while some rows were taken and some were not: nothing was tested")
	}
}

// leaseEnds lets the minute go by after which a job that was begun comes again. Nobody serves.
func (h *house) leaseEnds() {
	h.Helper()
	file, err := sql.Open("sqlite", filepath.Join(h.data, "luoshi.sqlite"))
	if err != nil {
		h.Fatal(err)
	}
	if _, err := file.Exec("UPDATE job SET due_at = 0"); err != nil {
		h.Error(err)
	}
	if err := file.Close(); err != nil {
		h.Error(err)
	}
}

// offersSheet opens an indicator and gives in a sheet of the whole city's facts: each row has a number of its own.
func (h *house) offersSheet() (at string) {
	h.Helper()
	h.sends("/office/indicators/new", url.Values{"name": {"送演出"}, "measure": {"场"}, "definition": {"演完一场算一场"}, "aggregation": {"sum"}, "wanted": {"C"}, "direction": {"up"}}, "", "")
	var list strings.Builder
	list.WriteString("日期\t送演出\n")
	for k := range sheetRows {
		fmt.Fprintf(&list, "2011-%02d-%02d\t%d\n", k%6+1, k%28+1, k+1)
	}
	return h.sends("/office/fact-import", url.Values{"text": {list.String()}, "unit": {h.chosen("安澜市")}, "indicator": {h.chosen("送演出")}, "year": {"2011"}}, "", "")
}

// chosen is what a name is called by on the page on which sheets are given in.
func (h *house) chosen(name string) string {
	h.Helper()
	found := regexp.MustCompile(`<option value="([0-9A-Z]{13})"[^>]*>` + name + `</option>`).FindStringSubmatch(h.read("/office/fact-import"))
	if found == nil {
		h.Fatalf("%s cannot be chosen", name)
	}
	return found[1]
}

// sends sends a form with a button, and gives where its answer leads.
func (h *house) sends(path string, form url.Values, button, digest string) string {
	h.Helper()
	form = newDeed(path, "", "", cloned(form)).form
	if button != "" {
		form.Set(button, "1")
		form.Set("digest", digest)
	}
	a, err := h.send(path, form)
	if err != nil || a.status != http.StatusSeeOther {
		h.Fatalf("POST %s: %d %v %q", path, a.status, err, sentenceOn(a.page))
	}
	return a.to
}

func cloned(form url.Values) url.Values {
	out := url.Values{}
	for name, values := range form {
		out[name] = values
	}
	return out
}

var (
	takenSoFar = regexp.MustCompile(`导了 ([0-9,]+) 条，一共`)
	takenAll   = regexp.MustCompile(`导进来 ([0-9,]+) 条`)
)

// taken reads how many rows of a sheet are taken, and whether that is all.
func (h *house) taken(at string) (done int, over bool) {
	h.Helper()
	page := h.read(at)
	found := takenAll.FindStringSubmatch(page)
	if over = found != nil; !over {
		if found = takenSoFar.FindStringSubmatch(page); found == nil {
			h.Fatalf("%s says nothing of rows: %s", at, sentenceOn(page))
		}
	}
	done, err := strconv.Atoi(strings.ReplaceAll(found[1], ",", ""))
	if err != nil || over && done != sheetRows {
		h.Fatalf("%d rows are taken: %v", done, err)
	}
	return done, over
}

// eachOnce counts the facts that the city exports: each number once, and no other. The
// program's own checker finds the export good.
func (h *house) eachOnce() {
	h.Helper()
	out := filepath.Join(h.outbox(), "facts")
	if said, code := h.run("export", append(h.place(), out)...); code != 0 {
		h.Fatalf("export: exit %d\n%s", code, said)
	}
	if said, code := h.run("verify", out, "--key", filepath.Join(h.data, "keys", "ledger.pub")); code != 3 { // no checkpoint of an earlier day
		h.Fatalf("verify: exit %d\n%s", code, said)
	}
	f, err := os.Open(filepath.Join(out, "tables", "facts.csv"))
	if err != nil {
		h.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		h.Fatal(err)
	}
	times := map[string]int{}
	for _, row := range rows[1:] {
		times[row[6]]++ // quantity
	}
	if len(rows)-1 != sheetRows || len(times) != sheetRows {
		h.Errorf("%d facts with %d numbers, of %d rows", len(rows)-1, len(times), sheetRows)
	}
	for k := range sheetRows {
		if n := times[strconv.Itoa(k+1)]; n != 1 {
			h.Fatalf("row %d is there %d times", k+1, n)
		}
	}
}
