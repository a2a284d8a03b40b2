package document

import "testing"

func TestCounterValue(t *testing.T) {
	for number, want := range map[string]int{"三": 3, "十二": 12, "3": 3, "１２": 12, "③": 3, "1.3": 3, "第三章": 3, "Ⅱ": 2, "--": 0, "": 0, "甲": 0} {
		if got := CounterValue(number); got != want {
			t.Errorf("%q: %d, want %d", number, got, want)
		}
	}
}
