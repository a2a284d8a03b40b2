package fact

import (
	"slices"
	"strings"

	"luoshi/id"
	"luoshi/org"
)

// SheetUnits finds the units that words of a sheet mean, among a unit and all below it.
type SheetUnits struct {
	stands *org.Standing
	at     map[id.Unit]int32
	byName map[string][]int32 // by their names without blanks
	byStem map[string][]int32 // without the word for what they are
	inside map[id.Unit]bool
	former map[string]id.Unit // units that have ended, by the names that they had
}

// placeItself stands for the unit under which all others are.
const placeItself = -1

// NewSheetUnits makes what finds the units below a place.
func NewSheetUnits(s *org.Standing) *SheetUnits {
	u := &SheetUnits{stands: s, at: map[id.Unit]int32{}, byName: map[string][]int32{}, byStem: map[string][]int32{}, inside: map[id.Unit]bool{s.Place.ID: true}}
	keep := func(name string, k int32) {
		name = sheetTight(name)
		u.byName[name] = append(u.byName[name], k)
		u.byStem[unitStem(name)] = append(u.byStem[unitStem(name)], k)
	}
	keep(s.Place.Name, placeItself)
	for k, one := range s.Units {
		keep(one.Name, int32(k))
		u.inside[one.ID], u.at[one.ID] = true, int32(k)
	}
	return u
}

// names are those of a unit and of all above it below the place, from the top down.
func (u *SheetUnits) names(k int32) (out []string) {
	for there := true; there && len(out) < len(u.at); {
		one := u.stands.Units[k]
		out = append(out, one.Name)
		k, there = u.at[one.Parent]
	}
	slices.Reverse(out)
	return out
}

// Has reports whether a unit is the place or stands below it.
func (u *SheetUnits) Has(unit id.Unit) bool { return u.inside[unit] }

// Former makes a unit that has ended known by its name, where none is called so now.
func (u *SheetUnits) Former(name string, unit id.Unit) {
	if u.former == nil {
		u.former = map[string]id.Unit{}
	}
	u.inside[unit] = true
	if len(u.byName[sheetTight(name)]) == 0 {
		u.former[sheetTight(name)] = unit
	}
}

func unitStem(name string) string {
	for _, end := range []string{"村民委员会", "居民委员会", "村委会", "居委会", "社区", "街道", "村", "镇", "乡", "县", "区", "市"} {
		if cut, is := strings.CutSuffix(name, end); is && cut != "" {
			return cut
		}
	}
	return name
}

// mostSheetUnits is how many units are proposed for words that name none.
const mostSheetUnits = 8

// Find gives the unit that words mean, or those that may be meant. Words of several
// columns are joined by / from the top down; each but the last must name a unit above.
func (u *SheetUnits) Find(words string) (id.Unit, []SheetUnit) {
	var parts []string
	for _, p := range strings.FieldsFunc(words, func(r rune) bool { return r == '/' || r == '／' || r == '>' }) {
		if p = sheetTight(p); p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return 0, nil
	}
	if u.former[sheetTight(words)] != 0 {
		return u.former[sheetTight(words)], nil
	}
	last, above := parts[len(parts)-1], parts[:len(parts)-1]
	named := u.byName[last]
	fits := u.below(named, above)
	if len(named) == 0 {
		fits = u.below(u.runOn(last), above)
	}
	if len(fits) == 1 {
		return u.id(fits[0]), nil
	}
	if len(fits) == 0 {
		if fits = u.below(u.byStem[unitStem(last)], above); len(fits) == 0 {
			fits = slices.Concat(named, u.byStem[unitStem(last)])
		}
		if len(fits) == 0 {
			fits = u.near(last)
		}
	}
	return 0, u.choices(fits)
}

// below keeps the units that stand below all that is named above them.
func (u *SheetUnits) below(some []int32, above []string) (out []int32) {
	for _, k := range some {
		names := u.namesAbove(k)
		if !slices.ContainsFunc(above, func(a string) bool { return !slices.Contains(names, a) }) {
			out = append(out, k)
		}
	}
	return out
}

// namesAbove are the names of a unit, of those above it and of the place.
func (u *SheetUnits) namesAbove(k int32) (out []string) {
	if k != placeItself {
		for _, n := range u.names(k) {
			out = append(out, sheetTight(n))
		}
	}
	return append(out, sheetTight(u.stands.Place.Name))
}

// runOn finds units written together with those above them: 青石镇上塘村.
func (u *SheetUnits) runOn(words string) (out []int32) {
	for at := range words {
		if at == 0 {
			continue
		}
		for _, k := range u.byName[words[at:]] {
			if k == placeItself {
				continue
			}
			path := u.names(k)
			whole := sheetTight(strings.Join(path, ""))
			if strings.HasSuffix(sheetTight(u.stands.Place.Name)+whole, words) && u.beginsName(path, words) {
				out = append(out, k)
			}
		}
	}
	return out
}

// beginsName reports words that begin where a name of a path begins.
func (u *SheetUnits) beginsName(path []string, words string) bool {
	for k := range path {
		if sheetTight(strings.Join(path[k:], "")) == words {
			return true
		}
	}
	return sheetTight(u.stands.Place.Name+strings.Join(path, "")) == words
}

// near are units whose names differ in one sign.
func (u *SheetUnits) near(words string) (out []int32) {
	for k, one := range u.stands.Units {
		if len(out) < mostSheetUnits && org.NearName(words, sheetTight(one.Name)) {
			out = append(out, int32(k))
		}
	}
	return out
}

func (u *SheetUnits) id(k int32) id.Unit {
	if k == placeItself {
		return u.stands.Place.ID
	}
	return u.stands.Units[k].ID
}

func (u *SheetUnits) choices(some []int32) (out []SheetUnit) {
	for _, k := range some {
		if !slices.ContainsFunc(out, func(c SheetUnit) bool { return c.ID == u.id(k) }) {
			out = append(out, SheetUnit{u.id(k), u.Path(u.id(k))})
		}
	}
	return out
}

// Path gives words that mean a unit alone.
func (u *SheetUnits) Path(unit id.Unit) string {
	k, there := u.at[unit]
	if !there {
		return u.stands.Place.Name
	}
	return strings.Join(u.names(k), "/")
}
