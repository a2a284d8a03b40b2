package plan_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"luoshi/document"
	"luoshi/plan"
)

// Labels of our own plans: the same schema as `luoshi plan parse --json`, made by
// hand before the rules that they try. An optional one is neutral.
type label struct {
	Number   string   `json:"number"`
	Title    string   `json:"title"`
	Level    int      `json:"level"`
	Name     string   `json:"name"`
	Start    *string  `json:"start"`
	End      *string  `json:"end"`
	Loose    bool     `json:"loose"`
	Quote    string   `json:"quote"`
	Value    float64  `json:"value"`
	Unit     string   `json:"unit"`
	Date     string   `json:"date"`
	Also     []string `json:"alt"`
	Item     string   `json:"item"`
	Units    []string `json:"units"`
	Optional bool     `json:"optional"`
}

// labels are those of one document, by kind.
type labels map[string][]label

var labelKinds = []string{"outline", "phases", "targets", "deadlines", "responsible"}

func (l *labels) UnmarshalJSON(b []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	*l = labels{}
	for _, kind := range labelKinds {
		var all []label
		if raw[kind] != nil {
			if err := json.Unmarshal(raw[kind], &all); err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
		}
		if kind == "responsible" { // a pair of item and unit for each
			var pairs []label
			for _, x := range all {
				for _, u := range x.Units {
					pairs = append(pairs, label{Item: x.Item, Title: u, Optional: x.Optional})
				}
			}
			all = pairs
		}
		(*l)[kind] = all
	}
	return nil
}

var marks = strings.NewReplacer("“", `"`, "”", `"`, "「", `"`, "」", `"`, "‘", "'", "’", "'", "—", "-", "–", "-", "〔", "(", "〕", ")", "【", "(", "】", ")", "〈", "(", "〉", ")")

func plainWords(s string) string {
	return strings.Join(strings.Fields(marks.Replace(norm.NFKC.String(s))), "")
}

func plainNumber(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("()、.。:,", r) {
			return -1
		}
		return r
	}, plainWords(s))
}

func plainTitle(s string) string { return strings.TrimRight(plainWords(s), "。;:,.、") }

func plainPath(s string) string {
	parts := strings.Split(s, "/")
	for i := range parts {
		parts[i] = plainNumber(parts[i])
	}
	return strings.Join(parts, "/")
}

// near reports titles of which one begins with the other.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len([]rune(a)) >= 2 && strings.HasPrefix(b, a)
}

// scaled takes 万 and 亿 out of a unit and times them into the value.
func scaled(value float64, unit string) (float64, string) {
	u := []rune(plainWords(unit))
	for len(u) > 1 {
		factor, ok := map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '亿': 1e8}[u[0]]
		if !ok {
			break
		}
		value, u = value*factor, u[1:]
	}
	return value, string(u)
}

func sameUnit(a, b string) bool {
	own := map[string]bool{"个月": true, "个工作日": true, "个百分点": true, "人次": true}
	return a == b || a != "" && b != "" && !own[a] && !own[b] && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

func overlapping(a, b string) bool {
	a, b = plainWords(a), plainWords(b)
	x := []rune(a)
	if a == "" || b == "" || len(x) > max(60, len([]rune(b))+20) {
		return false
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	for i := 0; i+6 <= len(x); i++ {
		if strings.Contains(b, string(x[i:i+6])) {
			return true
		}
	}
	return false
}

// edge is the first or last day of a YYYY, YYYY-MM or YYYY-MM-DD, or "".
func edge(s *string, last bool) string {
	switch {
	case s == nil || *s == "":
		return ""
	case len(*s) == 10:
		return *s
	case !last && len(*s) == 7:
		return *s + "-01"
	case !last:
		return *s + "-01-01"
	case len(*s) == 4:
		return *s + "-12-31"
	}
	var year, month int
	fmt.Sscanf(*s, "%d-%d", &year, &month)
	days := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && (year%4 == 0 && year%100 != 0 || year%400 == 0) {
		days = 29
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, days)
}

// matches tells whether a prediction is the labelled one.
func matches(kind string, p, g label) bool {
	switch kind {
	case "outline":
		return plainNumber(p.Number) == plainNumber(g.Number) && p.Level == g.Level && plainTitle(p.Title) == plainTitle(g.Title)
	case "phases":
		return near(plainTitle(p.Name), plainTitle(g.Name)) && (g.Loose || edge(p.Start, false) == edge(g.Start, false) && edge(p.End, true) == edge(g.End, true))
	case "targets":
		pv, pu := scaled(p.Value, p.Unit)
		gv, gu := scaled(g.Value, g.Unit)
		return math.Abs(pv-gv) <= 1e-6*math.Max(1, math.Abs(gv)) && sameUnit(pu, gu) && overlapping(p.Quote, g.Quote)
	case "deadlines":
		for _, day := range append([]string{g.Date}, g.Also...) {
			if edge(&p.Date, true) == edge(&day, true) {
				return true
			}
		}
		return false
	}
	return plainWords(p.Title) == plainWords(g.Title) && plainPath(p.Item) == plainPath(g.Item)
}

// tally counts, for one kind, what was right, predicted and labelled.
type tally struct{ right, predicted, labelled int }

func (t tally) f1() float64 {
	if t.predicted+t.labelled == 0 {
		return 1
	}
	return 2 * float64(t.right) / float64(t.predicted+t.labelled)
}

// pair matches predictions with labels, as many as can be, and gives what is over
// on both sides. What matches an optional label counts for nothing.
func pair(kind string, predicted, labelled []label) (t tally, extra, missed []label) {
	var must, may []label
	for _, g := range labelled {
		if g.Optional {
			may = append(may, g)
		} else {
			must = append(must, g)
		}
	}
	owner := make([]int, len(must))
	for j := range owner {
		owner[j] = -1
	}
	var place func(i int, seen map[int]bool) bool
	place = func(i int, seen map[int]bool) bool {
		for _, close := range []bool{true, false} {
			for j, g := range must {
				if seen[j] || !matches(kind, predicted[i], g) || close != (g.Quote == "" || overlapping(predicted[i].Quote, g.Quote)) {
					continue
				}
				seen[j] = true
				if owner[j] < 0 || place(owner[j], seen) {
					owner[j] = i
					return true
				}
			}
		}
		return false
	}
	matched := map[int]bool{}
	for i := range predicted {
		place(i, map[int]bool{})
	}
	for j, i := range owner {
		if i >= 0 {
			matched[i] = true
		} else {
			missed = append(missed, must[j])
		}
	}
	for i, p := range predicted {
		neutral := false
		for _, g := range may {
			neutral = neutral || matches(kind, p, g)
		}
		if !matched[i] && !neutral {
			extra = append(extra, p)
		}
	}
	return tally{len(matched), len(matched) + len(extra), len(must)}, extra, missed
}

// score reads every labelled plan of a folder and adds up what is right.
func score(t *testing.T, folder string) map[string]tally {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no labels in %s: %v", folder, err)
	}
	sum := map[string]tally{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var gold, read labels
		if err := json.Unmarshal(raw, &gold); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		source, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		words, _, err := document.Decode(source)
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(plan.Read(words))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, &read); err != nil {
			t.Fatal(err)
		}
		for _, kind := range labelKinds {
			one, extra, missed := pair(kind, read[kind], gold[kind])
			all := sum[kind]
			sum[kind] = tally{all.right + one.right, all.predicted + one.predicted, all.labelled + one.labelled}
			if testing.Verbose() {
				for _, x := range extra {
					t.Logf("%s %s too much: %+v", filepath.Base(file), kind, x)
				}
				for _, x := range missed {
					t.Logf("%s %s missed: %+v", filepath.Base(file), kind, x)
				}
			}
		}
	}
	return sum
}

// Plans of our own that the rules were tried on, and plans that were held back:
// their labels were made before the rules, and nobody looked at them meanwhile.
func TestOwnPlansScore(t *testing.T) {
	for folder, bars := range map[string]map[string]float64{
		"tried": {"outline": .99, "phases": .98, "targets": .97, "deadlines": .97, "responsible": .97},
		"held":  {"outline": .98, "phases": .92, "targets": .92, "deadlines": .92, "responsible": .95},
	} {
		t.Run(folder, func(t *testing.T) {
			sum := score(t, folder)
			for _, kind := range labelKinds {
				s := sum[kind]
				t.Logf("%-11s %.3f  right %d, predicted %d, labelled %d", kind, s.f1(), s.right, s.predicted, s.labelled)
				if s.f1() < bars[kind] {
					t.Errorf("%s scores %.3f, the bar is %.2f", kind, s.f1(), bars[kind])
				}
			}
		})
	}
}
