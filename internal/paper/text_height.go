package paper

import (
	"math"
	"strings"

	"golang.org/x/text/width"
)

// linesOf is how many lines words take in a column that is so many full-width
// signs wide. A line of Chinese breaks between any two signs; words of letters
// that stay whole are made up for by never filling the last half sign.
func linesOf(words string, wide float64) int {
	halves := max(2, int(wide*2)-1)
	lines := 0
	for line := range strings.SplitSeq(words, "\n") {
		lines += max(1, (halvesOf(line)+halves-1)/halves)
	}
	return lines
}

// halvesOf is the width of a line in half-width signs. Signs of either width, like
// “ and ≥, are full ones in Chinese fonts (Unicode Standard Annex 11).
func halvesOf(line string) int {
	n := 0
	for _, r := range line {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
			n += 2
		default:
			n++
		}
	}
	return n
}

const (
	millimetresPerPoint = 25.4 / 72
	cellPadding         = 2 * cellMargin * 25.4 / twipsPerInch // millimetres of a cell that hold no words
)

// signsIn is how many full-width signs of a size in points stand side by side in a
// cell so many millimetres wide.
func signsIn(millimetres int, size float64) float64 {
	return (float64(millimetres) - cellPadding) / (size * millimetresPerPoint)
}

// widthFor is the width of a cell in millimetres that holds so many half-width
// signs of a size in points.
func widthFor(halves int, size float64) int {
	return int(math.Ceil(float64(halves)/2*size*millimetresPerPoint + cellPadding))
}
