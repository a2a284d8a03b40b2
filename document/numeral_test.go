package document

import "testing"

func TestReadNumeral(t *testing.T) {
	for _, c := range []struct {
		name, text string
		value      int64 // in parts of Scale; 0 where there is no number
		vague      bool
		length     int
	}{
		{"plain", "1500场", 1500 * Scale, false, 4},
		{"thousands", "1,500场", 1500 * Scale, false, 5},
		{"no thousands", "2023,100人", 2023 * Scale, false, 4},
		{"decimal", "12.5%", 125000, false, 4},
		{"five places", "0.00001", 0, false, 0},
		{"wan", "3.67万场", 36700 * Scale, false, 5},
		{"yi", "1.2亿元", 120_000_000 * Scale, false, 4},
		{"many", "1400多艘", 1400 * Scale, true, 5},
		{"many before wan", "10多万册", 100_000 * Scale, true, 4},
		{"many after wan", "2万余人", 20_000 * Scale, true, 3},
		{"Han", "三十六个", 36 * Scale, false, 3},
		{"Han hundreds", "一百二十场", 120 * Scale, false, 4},
		{"Han ten", "十五天", 15 * Scale, false, 2},
		{"Han thousands", "两千名", 2000 * Scale, false, 2},
		{"Han wan", "三万册", 30_000 * Scale, false, 2},
		{"digits in a row", "二〇一一", 0, false, 0},
		{"a telephone", "13800000000000", 0, false, 0},
		{"nothing", "场次", 0, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, ok := readNumeral([]rune(c.text), 0)
			if !ok {
				if c.value != 0 {
					t.Fatal("not read")
				}
				return
			}
			if n.Value != c.value || n.Vague != c.vague || n.To != c.length {
				t.Errorf("got %d vague %v length %d", n.Value, n.Vague, n.To)
			}
		})
	}
}
