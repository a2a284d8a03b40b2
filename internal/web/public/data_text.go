package public

import (
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/internal/web"
	"luoshi/plan"
)

// The forms that values have in JSON. What a plan does not say is null where it
// is a day, a quantity or a record, and "" where it is words.
type (
	idText      string // 13 characters of Crockford base32
	dayText     string // YYYY-MM-DD
	instantText string // RFC 3339, in +08:00
	decimalText string // 36700, 2.5
	hexText     string
	pairs       [][2]int // half-open runs of runes of the plan's text
)

type (
	boundCode     string
	hardnessCode  string
	aggregateCode string
	directionCode string
	hiddenCode    string
)

func textOf[T interface {
	~int64
	String() string
}](id T) idText {
	return idText(id.String())
}

// optionalID is null for no record.
func optionalID[T interface {
	~int64
	String() string
}](id T) *idText {
	if id == 0 {
		return nil
	}
	t := textOf(id)
	return &t
}

func optionalDay(d calendar.Day) *dayText {
	if d == "" {
		return nil
	}
	t := dayText(d)
	return &t
}

func optionalDecimal(d *plan.Decimal) *decimalText {
	if d == nil {
		return nil
	}
	t := decimalText(d.String())
	return &t
}

func instantOf(microseconds int64) instantText {
	return instantText(time.UnixMicro(microseconds).In(calendar.China).Format(time.RFC3339Nano))
}

func pairsOf(s document.Span) pairs {
	all := make(pairs, len(s))
	for i, r := range s {
		all[i] = [2]int{r.Start, r.End}
	}
	return all
}

// lampState is a state of a promise: what the program calls it, the Chinese
// word that stands for it everywhere, and its word in the language asked for.
type lampState struct {
	Code plan.Lamp `json:"code"`
	Key  string    `json:"key"`
	Word string    `json:"word"`
}

func (v visit) lampOf(l plan.Lamp) lampState {
	ctx := v.r.Context()
	return lampState{Code: l, Key: web.LampWord(web.With(ctx, web.Page{}), l), Word: web.LampWord(ctx, l)}
}

// list makes what JSON shows as a list, also where there is nothing.
func list[A, B any](all []A, each func(A) B) []B {
	out := make([]B, len(all))
	for i, a := range all {
		out[i] = each(a)
	}
	return out
}
