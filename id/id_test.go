package id

import (
	"sort"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTextReadsBackAndSorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.Int64Range(1, 1<<63-1), 2, 20).Draw(t, "numbers")
		sort.Slice(numbers, func(i, j int) bool { return numbers[i] < numbers[j] })
		for i, n := range numbers {
			back, err := Parse(Text(n))
			if err != nil || back != n {
				t.Fatalf("%d written as %s was read as %d: %v", n, Text(n), back, err)
			}
			if i > 0 && Text(numbers[i-1]) > Text(n) {
				t.Fatalf("%s sorts after %s", Text(numbers[i-1]), Text(n))
			}
		}
	})
}

func TestParseRefuses(t *testing.T) {
	for name, s := range map[string]string{
		"empty": "", "short": "01", "lower case": "00000000000ab", "look-alike": "000000000000O",
		"zero": "0000000000000", "too large": "8000000000000", "path": "../../../../a",
	} {
		if n, err := Parse(s); err == nil {
			t.Errorf("%s: %q was read as %d", name, s, n)
		}
	}
}

func TestNextAlwaysGrows(t *testing.T) {
	now := time.Date(2011, 8, 8, 0, 0, 0, 0, time.UTC)
	first := Next(0, now)
	for name, at := range map[string]time.Time{"same instant": now, "clock gone back": now.Add(-time.Hour)} {
		if got := Next(first, at); got != first+1 {
			t.Errorf("%s: got %d after %d", name, got, first)
		}
	}
	if Next(first, now.Add(time.Millisecond)) <= first+1 {
		t.Error("a later millisecond must show in the identifier")
	}
}
