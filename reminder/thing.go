package reminder

import (
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
)

// Key writes a thing as one word, for a form: report.0AK2M5Q00000D.0AK2M5Q00000A.2012-03.
func (t Thing) Key() string {
	return strings.Join([]string{string(t.Kind), id.Text(t.Record), t.Unit.String(), t.Period}, ".")
}

var errKey = fault.New(fault.Invalid, "有一件认不出来了。请回到清单上重新勾。").In("owed")

// ParseThing reads what Key wrote.
func ParseThing(key string) (t Thing, err error) {
	parts := strings.Split(key, ".")
	if len(parts) != 4 || !slices.Contains(Kinds, Kind(parts[0])) {
		return t, errKey
	}
	t.Kind, t.Period = Kind(parts[0]), parts[3]
	if t.Record, err = id.Parse(parts[1]); err != nil {
		return t, errKey
	}
	if t.Unit, err = id.Of[id.Unit](parts[2]); err != nil {
		return t, errKey
	}
	return t, nil
}
