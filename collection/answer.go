package collection

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

// Standing is what became of an answer.
type Standing string

const (
	Drafted  Standing = "draft" // kept, not sent
	Sent     Standing = "sent"
	Returned Standing = "returned" // for reasons; the unit answers anew
	Accepted Standing = "accepted"
)

// Limits of an answer.
const (
	LongestAnswer = 2000 // runes, of one question
	LongestCell   = 500  // runes, of one cell of a table or one item of an own plan
)

// Values are what was filled in, or said about it, by the key of the field. The key of
// the whole answer is empty.
type Values map[string]string

// Whole is the key of what is said of an answer as a whole.
const Whole = ""

// Answer is what a unit gave, one of its revisions.
type Answer struct {
	Collection id.Collection
	Unit       id.Unit
	Revision   int // from 1
	Values     Values
	File       *Attached // nil for none
	OnBehalf   bool      // 代报: filled in by who asked, because the unit could not
	Standing   Standing
	Reasons    Values       // why it was returned, by field
	Day        calendar.Day // on which it was sent; empty for a draft
	Decided    calendar.Day // on which it was taken or returned
}

// Attached is a file that was given, kept by its hash and never looked into.
type Attached struct {
	Hash [32]byte
	Name string
	Size int64
}

// FieldKind is how a field is filled in.
type FieldKind string

const (
	Line    FieldKind = "line"  // a cell of a table
	Area    FieldKind = "area"  // several lines
	Upload  FieldKind = "file"  // a file
	Tick    FieldKind = "tick"  // an item that is taken up
	Day     FieldKind = "day"   // with a day of the unit's own
	Remark  FieldKind = "words" // with words of the unit's own
	Printed FieldKind = "fixed" // stands in the template and is not asked
)

// Field is one thing that is asked.
type Field struct {
	Key   string
	Label string
	Kind  FieldKind
	Known string // what the template says already
	Row   int    // of the unit's own rows, from 1; in a table
	Col   int    // of the template, from 1; in a table
}

// Keys of an own plan, for an item.
func tickKey(i id.Item) string { return i.String() }
func wordKey(i id.Item) string { return i.String() + "-words" }
func dayKey(i id.Item) string  { return i.String() + "-day" }

const fileKey = "file"

// Fields are what is asked of a unit, in order.
func (c Collection) Fields(o Owed) (out []Field) {
	switch c.Kind {
	case Text:
		for i, q := range c.Questions {
			out = append(out, Field{Key: "q" + strconv.Itoa(i+1), Label: q, Kind: Area})
		}
	case File:
		out = append(out, Field{Key: fileKey, Kind: Upload})
	case Table:
		return c.Template.Fields(o.Rows)
	case Plan:
		for _, p := range c.Items {
			out = append(out, Field{Key: tickKey(p.Item), Label: p.Title, Kind: Tick}, Field{Key: wordKey(p.Item), Label: p.Title, Kind: Remark},
				Field{Key: dayKey(p.Item), Label: p.Title, Kind: Day})
		}
		out = append(out, Field{Key: fileKey, Kind: Upload})
	}
	return out
}

// Asks counts what is asked of a unit: printed cells, and what goes with a tick, are not.
func (c Collection) Asks(o Owed) (n int) {
	switch c.Kind {
	case File:
		return 1
	case Plan:
		return len(c.Items)
	}
	for _, f := range c.Fields(o) {
		if f.Kind != Printed {
			n++
		}
	}
	return n
}

// Kept gives of what was typed the fields that are asked, tidy, without empty ones.
func (c Collection) Kept(o Owed, typed Values) Values {
	out := Values{}
	for _, f := range c.Fields(o) {
		if f.Kind == Printed || f.Kind == Upload {
			continue
		}
		v := strings.TrimSpace(strings.ReplaceAll(typed[f.Key], "\r\n", "\n"))
		if f.Kind == Line {
			v = strings.Join(strings.Fields(v), " ")
		}
		if f.Kind == Tick && v != "" {
			v = "1"
		}
		if v != "" {
			out[f.Key] = v
		}
	}
	return out
}

// CheckDraft says what keeps an answer from being kept at all: what no field can hold.
func (c Collection) CheckDraft(o Owed, a Answer) error {
	for _, f := range c.Fields(o) {
		v := a.Values[f.Key]
		var err error
		switch f.Kind {
		case Area:
			err = fault.CheckText(f.Key, f.Label, v, LongestAnswer, false)
		case Line, Remark:
			err = fault.CheckText(f.Key, f.Label, v, LongestCell, false)
		case Day:
			if _, wrong := calendar.ParseDay(v); v != "" && wrong != nil {
				err = fault.New(fault.Invalid, "“%s”的日期认不出来，请这样写：2011-12-31。", f.Label).In(f.Key)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// CheckSent says what keeps an answer from being sent.
func (c Collection) CheckSent(o Owed, a Answer) error {
	if err := c.CheckDraft(o, a); err != nil {
		return err
	}
	switch c.Kind {
	case File:
		if a.File == nil {
			return fault.New(fault.Invalid, "还没有选文件。").In(fileKey)
		}
	case Text:
		for _, f := range c.Fields(o) {
			if a.Values[f.Key] == "" {
				return fault.New(fault.Invalid, "“%s”还没有答。没有的请写“无”。", f.Label).In(f.Key)
			}
		}
	case Plan:
		ticked := 0
		for _, p := range c.Items {
			if a.Values[tickKey(p.Item)] != "" {
				ticked++
			} else if a.Values[wordKey(p.Item)]+a.Values[dayKey(p.Item)] != "" {
				return fault.New(fault.Invalid, "“%s”写了话，没有勾。认领的请勾上。", p.Title).In(tickKey(p.Item))
			}
		}
		if ticked == 0 && a.File == nil {
			return fault.New(fault.Invalid, "还没有填。请勾认领的任务，或者交方案的文件。")
		}
	case Table:
		if !slices.ContainsFunc(c.Fields(o), func(f Field) bool { return f.Kind != Printed && a.Values[f.Key] != "" }) {
			return fault.New(fault.Invalid, "表还是空的。没有数的请填 0 或者“无”。")
		}
	}
	return nil
}

// Follows says what keeps a unit from answering.
func (c Collection) Follows(o Owed) error {
	if err := c.Running(); err != nil {
		return err
	}
	if o.Standing == Accepted {
		return fault.New(fault.Conflict, "已经收下了，不能再改。要改，请局里退回。")
	}
	return nil
}

// Accept (收下) takes an answer.
func (a Answer) Accept(today calendar.Day) (Answer, error) {
	if a.Standing != Sent {
		return a, fault.New(fault.Conflict, "这一份已经收下或者退回了。")
	}
	a.Standing, a.Decided = Accepted, today
	return a, nil
}

// Return (退回) gives an answer back with reasons, by field or as a whole.
func (a Answer) Return(fields []Field, reasons Values, today calendar.Day) (Answer, error) {
	if a.Standing != Sent && a.Standing != Accepted {
		return a, fault.New(fault.Conflict, "这一份已经退回了。")
	}
	kept := Values{}
	for key, why := range reasons {
		if why = strings.TrimSpace(strings.ReplaceAll(why, "\r\n", "\n")); why == "" {
			continue
		}
		if key != Whole && !slices.ContainsFunc(fields, func(f Field) bool { return f.Key == key && f.Kind != Printed }) {
			return a, fault.New(fault.Invalid, "没有这一格，请回到页面上重新填。")
		}
		if err := fault.CheckText("why-"+key, "退回的原因", why, LongestReason, true); err != nil {
			return a, err
		}
		kept[key] = why
	}
	if len(kept) == 0 {
		return a, fault.New(fault.Invalid, "请写清为什么退回，要补什么：写在那一格下面，或者写在最后。").In("why-")
	}
	a.Standing, a.Reasons, a.Decided = Returned, kept, today
	return a, nil
}

// Prefilled is what a unit finds filled in: its draft, or what was returned, or its
// answer to an earlier collection of the same template, over what the template says.
func (c Collection) Prefilled(o Owed, last *Answer, earlier Values) Values {
	if last != nil {
		return maps.Clone(last.Values)
	}
	out := Values{}
	for _, f := range c.Fields(o) {
		if f.Kind == Printed {
			continue
		}
		if v := f.Known; v != "" {
			out[f.Key] = v
		} else if v := earlier[f.Key]; v != "" {
			out[f.Key] = v
		}
	}
	return out
}
