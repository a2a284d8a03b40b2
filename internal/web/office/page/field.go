package page

import (
	"net/http"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// IDIn reads an identifier of a form; 0 where the field is empty.
func IDIn[T ~int64](f web.Form, name string) (T, error) {
	if f.Value(name) == "" {
		return 0, nil
	}
	n, err := id.Of[T](f.Value(name))
	if err != nil {
		return 0, desk.ErrMissing
	}
	return n, nil
}

// UnitAsked is the unit that the query names, or 0.
func UnitAsked(r *http.Request) (id.Unit, error) {
	asked := r.URL.Query().Get("unit")
	if asked == "" {
		return 0, nil
	}
	unit, err := id.Of[id.Unit](asked)
	if err != nil {
		return 0, desk.ErrMissing
	}
	return unit, nil
}

// Ticked gives the items that were ticked on the review page, from the address or
// from the form that carries them on.
func Ticked(r *http.Request) (items []id.Item) {
	_ = r.ParseForm() // what is wrong with a body was said where it was read
	for _, text := range r.Form["items"] {
		if i, err := id.Of[id.Item](text); err == nil && !slices.Contains(items, i) {
			items = append(items, i)
		}
	}
	return items
}

// ErrDay says that a day cannot be read.
var ErrDay = fault.New(fault.Invalid, "日期读不懂，请写成 2011-12-31 这样。")

// DayIn reads a day from a form; an empty field is no day.
func DayIn(f web.Form, name string) (calendar.Day, error) {
	if f.Value(name) == "" {
		return "", nil
	}
	d, err := calendar.ParseDay(f.Value(name))
	if err != nil {
		return "", ErrDay.In(name)
	}
	return d, nil
}

// TidyWords takes the blanks round words away, and writes line breaks in one way.
func TidyWords(words string) string {
	return strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n"))
}
