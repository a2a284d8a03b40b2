package ledger

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// drawPage reads docs/draw.md: its draw, its table of values, its script.
func drawPage(t testing.TB) (draw string, table map[string]string, script string) {
	t.Helper()
	page, err := os.ReadFile("../docs/draw.md")
	if err != nil {
		t.Fatal(err)
	}
	draw = string(regexp.MustCompile("(?s)```\n(luoshi draw 1\n.*?)```").FindSubmatch(page)[1])
	script = string(regexp.MustCompile("(?s)```python\n(.*?)```").FindSubmatch(page)[1])
	table = map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| (.+?) \\| `(.+?)` \\|$").FindAllStringSubmatch(string(page), -1) {
		table[row[1]] = row[2]
	}
	return draw, table, script
}

func goodDraw(d Draw) bool {
	return !slices.ContainsFunc(d.Checks(), func(c DrawCheck) bool { return !c.Good })
}

func TestDrawVector(t *testing.T) {
	text, table, script := drawPage(t)
	d, err := ParseDraw([]byte(text))
	if err != nil || string(d.Bytes()) != text || !goodDraw(d) {
		t.Fatalf("%v %v", err, d.Checks())
	}
	key := DrawSeed(*d.Seed, d.Root, d.Randomness)
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte(d.Drawn[0]))
	leaf := tlog.RecordHash(d.headLines())
	for what, got := range map[string][]byte{"leaf 0": leaf[:], "draw seed": key[:], "HMAC of the first drawn": mac.Sum(nil)} {
		if table[what] != fmt.Sprintf("%x", got) {
			t.Errorf("%s is %x, the page says %q", what, got, table[what])
		}
	}
	// The script of the page comes to the same, and finds a changed line.
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "draw.py"), []byte(script), 0o644)
	for changed, says := range map[string]string{text: "commitment True\nroot       True\nsample     True\n", strings.Replace(text, "draw 5", "draw 4", 1): "commitment True\nroot       False\nsample     False\n"} {
		os.WriteFile(filepath.Join(dir, "file"), []byte(changed), 0o644)
		if out, err := exec.Command(python, filepath.Join(dir, "draw.py"), filepath.Join(dir, "file")).CombinedOutput(); string(out) != says {
			t.Errorf("%v\n%s", err, out)
		}
	}
}

func TestDrawSteps(t *testing.T) {
	text, _, _ := drawPage(t)
	for name, c := range map[string]struct {
		from, to string
		fails    []DrawStep
	}{
		"another secret":               {"seed 00", "seed 01", []DrawStep{DrawSeedStep, DrawSampleStep}},
		"another commitment":           {"commitment 63", "commitment 64", []DrawStep{DrawRootStep, DrawSeedStep, DrawSampleStep}},
		"another randomness":           {"randomness 03", "randomness 04", []DrawStep{DrawSampleStep}},
		"another source":               {"source 福利彩票", "source 体育彩票", []DrawStep{DrawRootStep, DrawSampleStep}},
		"an entry renamed":             {"entry 0C2185Q000003", "entry 0C2186Q000003", []DrawStep{DrawRootStep, DrawSampleStep}},
		"an entry left out":            {"list 10\nentry 0C1075Q000000 石桥镇\n", "list 9\n", []DrawStep{DrawRootStep, DrawSampleStep}},
		"an entry of another stratum":  {"0C4035Q000008 江口镇", "0C4035Q000008 新村乡", []DrawStep{DrawRootStep, DrawSampleStep}},
		"an entry twice":               {"entry 0C1445Q000001 石桥镇", "entry 0C1075Q000000 石桥镇", []DrawStep{DrawListStep, DrawRootStep, DrawSampleStep}},
		"fewer drawn than strata want": {"draw 5", "draw 3", []DrawStep{DrawListStep, DrawRootStep, DrawSampleStep}},
		"more drawn than there are":    {"draw 5", "draw 11", []DrawStep{DrawListStep, DrawRootStep, DrawSampleStep}},
		"another pick":                 {"pick 0C3295Q000006", "pick 0C2925Q000005", []DrawStep{DrawSampleStep}},
		"picks in another order":       {"pick 0C1445Q000001\npick 0C3295Q000006", "pick 0C3295Q000006\npick 0C1445Q000001", []DrawStep{DrawSampleStep}},
		"another root":                 {"root 86", "root 87", []DrawStep{DrawRootStep}},
		"frozen when it was known":     {"frozen 846 1336528800000000", "frozen 846 1336569300000000", []DrawStep{DrawTimesStep}},
		"committed after the freeze":   {"frozen 846", "frozen 811", []DrawStep{DrawTimesStep}},
		"revealed before it was known": {"revealed 851 1336610700000000", "revealed 851 1336569200000000", []DrawStep{DrawTimesStep}},
		"never revealed": {"revealed 851 1336610700000000\nseed 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "revealed -\nseed -",
			[]DrawStep{DrawSeedStep, DrawSampleStep}},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(text, c.from, c.to, 1)
			d, err := ParseDraw([]byte(changed))
			if err != nil || changed == text {
				t.Fatal(err, changed == text)
			}
			var fails []DrawStep
			for _, check := range d.Checks() {
				if !check.Good {
					fails = append(fails, check.Step)
				}
			}
			if !slices.Equal(fails, c.fails) {
				t.Errorf("%v, want %v", fails, c.fails)
			}
		})
	}
}

func TestDrawLinesRefused(t *testing.T) {
	text, _, _ := drawPage(t)
	for name, c := range map[string]struct {
		from, to string
		line     int
	}{
		"another version":     {"luoshi draw 1", "luoshi draw 2", 1},
		"leading zero":        {"draw 5", "draw 05", 6},
		"upper case hash":     {"root 86271ecdd", "root 86271ECDD", 19},
		"an access code":      {"entry 0C1445Q000001", "entry 0C1445/000001", 10},
		"no stratum":          {"0C4405Q000009 -", "0C4405Q000009", 18},
		"two blanks":          {"source ", "source  ", 4},
		"a sign unseen":       {"source 福", "source \u202e福", 4},
		"more entries told":   {"list 10", "list 11", 19},
		"far too many":        {"list 10", "list 99999999999", 8},
		"a line more":         {"pick 0C4405Q000009\n", "pick 0C4405Q000009\n\n", 30},
		"no last line break":  {"pick 0C4405Q000009\n", "pick 0C4405Q000009", 29},
		"a mark of nothing":   {"frozen 846 1336528800000000", "frozen 0 0", 20},
		"carriage return":     {"draw 5\n", "draw 5\r\n", 6},
		"nothing of the kind": {text, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			var wrong *DrawTextError
			if _, err := ParseDraw([]byte(strings.Replace(text, c.from, c.to, 1))); !errors.As(err, &wrong) || wrong.Line != c.line {
				t.Errorf("%v, want line %d", err, c.line)
			}
		})
	}
}

// drawOf makes a good draw of any size.
func drawOf(t *rapid.T) Draw {
	ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[0-9A-Za-z_]{1,13}`), 1, 40, rapid.ID[string]).Draw(t, "ids")
	slices.Sort(ids)
	d := Draw{DrawTerms: DrawTerms{Source: "drand 第 5000000 轮", Committed: DrawMark{3, 10}, NotBefore: 30, Each: rapid.IntRange(0, 3).Draw(t, "each")},
		Frozen: DrawMark{5, 20}, Revealed: DrawMark{9, 40}, Randomness: rapid.StringMatching(`[0-9a-f]{1,64}`).Draw(t, "randomness")}
	for _, id := range ids {
		d.Entries = append(d.Entries, DrawEntry{id, rapid.SampledFrom([]string{"", "石桥镇", "新村乡"}).Draw(t, "stratum")})
	}
	seed := [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
	d.Count = rapid.IntRange(max(1, d.leastCount()), len(ids)).Draw(t, "count")
	d.Commitment, d.Seed = CommitSeed(seed), &seed
	d.Root, d.Drawn = d.ListRoot(), d.Sample(seed, d.Randomness)
	return d
}

// A good draw is good in its text too, its sample is a sample with each stratum's
// share, and no change of secret, randomness, list or terms goes unsaid.
func TestDrawTellsEveryChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawOf(t)
		again, err := ParseDraw(d.Bytes())
		if err != nil || !goodDraw(again) || !bytes.Equal(again.Bytes(), d.Bytes()) {
			t.Fatalf("%v %v", err, again.Checks())
		}
		of, size := map[string]int{}, map[string]int{}
		for _, e := range d.Entries {
			size[e.Stratum]++
			if slices.Contains(d.Drawn, e.ID) {
				of[e.Stratum]++
			}
		}
		total := 0
		for s, n := range size {
			total += of[s]
			if of[s] < min(n, d.Each) {
				t.Fatalf("%d of stratum %q", of[s], s)
			}
		}
		if total != d.Count || len(d.Drawn) != d.Count {
			t.Fatalf("%d drawn for %d", total, d.Count)
		}
		changed := d
		changed.Entries = slices.Clone(d.Entries)
		k := rapid.IntRange(0, len(d.Entries)-1).Draw(t, "which")
		switch rapid.IntRange(0, 7).Draw(t, "change") {
		case 0:
			seed := *d.Seed
			seed[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			changed.Seed = &seed
		case 1:
			changed.Randomness += "0"
			if slices.Equal(changed.Sample(*d.Seed, changed.Randomness), d.Drawn) {
				t.Skip("the same sample by chance") // as with a list of one
			}
		case 2:
			changed.Entries[k].ID += "0"
		case 3:
			changed.Entries[k].Stratum += "村"
		case 4:
			changed.Entries = slices.Delete(changed.Entries, k, k+1)
		case 5:
			changed.Count++
		case 6:
			changed.Source += "一"
		case 7:
			changed.NotBefore++
		}
		if goodDraw(changed) {
			t.Fatal("a change is not told")
		}
	})
}

// Every place of a list is drawn as often as any other: a chi-square over 4,000 draws
// with fixed secrets, for 5 of 20 (19 degrees of freedom; 43.8 is passed once in 1,000).
func TestEachPlaceIsEquallyLikely(t *testing.T) {
	const draws, size, count = 4000, 20, 5
	terms := DrawTerms{Source: "x", Count: count}
	for i := range size {
		terms.Entries = append(terms.Entries, DrawEntry{ID: fmt.Sprintf("%02d", i)})
	}
	drawn, first := map[string]int{}, map[string]int{}
	for n := range draws {
		var seed [32]byte
		binary.BigEndian.PutUint64(seed[:], uint64(n))
		sample := terms.Sample(seed, "randomness")
		first[sample[0]]++
		for _, id := range sample {
			drawn[id]++
		}
	}
	chi := func(counts map[string]int, expected float64) (sum float64) {
		for _, e := range terms.Entries {
			d := float64(counts[e.ID]) - expected
			sum += d * d / expected
		}
		return sum
	}
	// Drawn without putting back, the counts vary less, by (size-count)/(size-1).
	if c := chi(drawn, draws*count/size) * (size - 1) / (size - count); c > 43.8 {
		t.Errorf("chi-square of the drawn %.1f", c)
	}
	if c := chi(first, draws/size); c > 43.8 {
		t.Errorf("chi-square of the first %.1f", c)
	}
}

func FuzzParseDraw(f *testing.F) {
	text, _, _ := drawPage(f)
	f.Add([]byte(text))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := ParseDraw(b)
		if err != nil {
			return
		}
		if string(d.Bytes()) != string(b) {
			t.Fatalf("taken, but written again otherwise: %q", b)
		}
		d.Checks()
	})
}
