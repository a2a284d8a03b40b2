package org

import (
	"slices"
	"unicode/utf8"
)

// mostNear is among how many names the nearest one is looked for.
const mostNear = 50_000

// nearest gives the name that a mistyped one of a parent most probably means, or nothing.
func (p *parents) nearest(name string) string {
	if p.near == nil {
		for _, u := range p.list.Units {
			if guessLevel(u.Name) != Village && u.Level != Village && len(p.near) < mostNear {
				p.near = append(p.near, u.Name)
			}
		}
		for _, u := range p.stands.Units {
			if u.Level != Village && len(p.near) < 2*mostNear {
				p.near = append(p.near, u.Name)
			}
		}
		slices.Sort(p.near)
		p.near = slices.Compact(p.near)
	}
	best, most := "", 1
	if utf8.RuneCountInString(name) > 3 {
		most = 2
	}
	for _, n := range p.near {
		if n == name {
			continue
		}
		if d := distance(name, n, most); d <= most {
			if best, most = n, d-1; most == 0 {
				break
			}
		}
	}
	return best
}

// distance is how many signs must be put in, left out or exchanged to make one name of
// another (Levenshtein); most+1 where it is more than that.
func distance(a, b string, most int) int {
	if a == b {
		return 0
	}
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal, least := row[0], i+1
		row[0] = i + 1
		for j := range y {
			d := diagonal
			if x[i] != y[j] {
				d++
			}
			diagonal = row[j+1]
			row[j+1] = min(d, row[j]+1, row[j+1]+1)
			least = min(least, row[j+1])
		}
		if least > most {
			return most + 1
		}
	}
	return min(row[len(y)], most+1)
}

// NearName reports two names that differ in one sign, as a mistyped one does.
func NearName(a, b string) bool { return a != b && distance(a, b, 1) == 1 }
