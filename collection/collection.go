// Package collection is what is asked of a list of units by a day (征集): a text, a
// file, rows of an Excel template, or their own plan; what they answered, and what was
// given back. It is told the time and touches nothing.
package collection

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

// Kind is what is asked for.
type Kind string

const (
	Text  Kind = "text"  // answers to a list of questions
	File  Kind = "file"  // any file; a stamped scan is kept as it is
	Table Kind = "table" // rows of an Excel template
	Plan  Kind = "plan"  // the unit's own plan: which items of the plan above it takes up
)

// Kinds are the choices, in the order in which they are offered.
var Kinds = []Kind{File, Text, Table, Plan}

// State says how far a collection is.
type State string

const (
	Draft  State = "draft" // its template is looked at; nobody was asked yet
	Open   State = "open"
	Closed State = "closed"
)

// Limits of what is asked.
const (
	LongestTitle  = 60  // runes
	LongestWords  = 800 // runes
	LongestReason = 200 // runes
	MostQuestions = 40
	MostAsked     = 500 // units of one collection
)

// Collection is something asked of units by a day.
type Collection struct {
	ID        id.Collection
	Kind      Kind
	Title     string
	Words     string       // what is asked
	Due       calendar.Day // the day included
	By        id.Unit      // that asks
	Plan      id.Plan      // 0 for none, as the next two
	Item      id.Item
	Milestone id.Milestone // that became this collection
	Questions []string     // of a text
	Items     []Promised   // of an own plan: the items that stood when it was asked
	Template  *Template    // of a table
	State     State
	Started   calendar.Day
	Ended     calendar.Day // on which it was closed, or empty
	Extended  []Extension
}

// Promised is an item of the plan above, as units are asked about it.
type Promised struct {
	Item  id.Item
	Title string
}

// Extension is a due day that was put off.
type Extension struct {
	From, To calendar.Day
	Day      calendar.Day // on which it was
	Reason   string
}

// Tidied gives a collection without the blanks round its words and questions.
func (c Collection) Tidied() Collection {
	c.Title = strings.TrimSpace(c.Title)
	c.Words = strings.TrimSpace(strings.ReplaceAll(c.Words, "\r\n", "\n"))
	var kept []string
	for _, q := range c.Questions {
		if q = strings.TrimSpace(q); q != "" {
			kept = append(kept, q)
		}
	}
	c.Questions = kept
	return c
}

// Check says what keeps a collection from being asked. The fault names the field.
func (c Collection) Check(units []id.Unit, today calendar.Day) error {
	if !slices.Contains(Kinds, c.Kind) {
		return fault.New(fault.Invalid, "请选要什么：文件、文字、表格，还是单位自己的方案。").In("kind")
	}
	if err := fault.CheckLine("title", "标题", c.Title, LongestTitle, true); err != nil {
		return err
	}
	if err := fault.CheckText("words", "要求", c.Words, LongestWords, false); err != nil {
		return err
	}
	if err := checkDue(c.Due, today); err != nil {
		return err
	}
	switch {
	case len(units) == 0:
		return fault.New(fault.Invalid, "还没有选单位。请至少勾一个。").In("units")
	case len(units) > MostAsked:
		return fault.New(fault.TooLarge, "一次最多向 %d 个单位征集，现在选了 %d 个。", MostAsked, len(units)).In("units")
	case c.Kind == Text && len(c.Questions) == 0:
		return fault.New(fault.Invalid, "要文字的，请写要答哪几条，一行一条。").In("questions")
	case c.Kind == Text && len(c.Questions) > MostQuestions:
		return fault.New(fault.TooLarge, "最多 %d 条，现在有 %d 条。", MostQuestions, len(c.Questions)).In("questions")
	case c.Kind == Plan && c.Plan == 0:
		return fault.New(fault.Invalid, "要单位自己的方案，请选是哪个方案的。").In("plan")
	case c.Kind == Plan && len(c.Items) == 0:
		return fault.New(fault.Invalid, "这个方案里没有任务，没有什么可以认领。").In("plan")
	case c.Kind == Table && c.Template == nil:
		return fault.New(fault.Invalid, "要表格的，请选 Excel 模板。").In("file")
	}
	for _, q := range c.Questions {
		if err := fault.CheckLine("questions", "要答的一条", q, LongestReason, true); err != nil {
			return err
		}
	}
	return nil
}

func checkDue(due, today calendar.Day) error {
	if _, err := calendar.ParseDay(string(due)); err != nil {
		return fault.New(fault.Invalid, "请写哪一天以前交，例如 2012-04-27。").In("due")
	}
	if due < today {
		return fault.New(fault.Invalid, "期限已经过了。请写今天或者以后的一天。").In("due")
	}
	return nil
}

// Start lets a collection whose template was looked at be asked.
func (c Collection) Start(today calendar.Day) (Collection, error) {
	switch {
	case c.State != Draft:
		return c, fault.New(fault.Conflict, "已经发下去了。")
	case c.Due < today:
		return c, fault.New(fault.Conflict, "期限已经过了，不能发下去。请重新建一个。")
	}
	c.State, c.Started = Open, today
	return c, nil
}

var errEnded = fault.New(fault.Conflict, "这个征集已经结束了。")

// Running says no where nobody is asked, or no longer.
func (c Collection) Running() error {
	switch c.State {
	case Open:
		return nil
	case Draft:
		return fault.New(fault.Conflict, "这个征集还没有发下去。")
	}
	return errEnded
}

// Extend (延期) puts the due day off, for a reason.
func (c Collection) Extend(to calendar.Day, reason string, today calendar.Day) (Collection, error) {
	if err := c.Running(); err != nil {
		return c, err
	}
	if err := checkDue(to, today); err != nil {
		return c, err
	}
	if to <= c.Due {
		return c, fault.New(fault.Invalid, "新的期限要比 %s 晚。", c.Due).In("due")
	}
	if err := fault.CheckText("reason", "延期的原因", reason, LongestReason, true); err != nil {
		return c, err
	}
	c.Extended = append(slices.Clone(c.Extended), Extension{c.Due, to, today, reason})
	c.Due = to
	return c, nil
}

// More are the rows of units that are asked while it runs (加单位): each owes by a day of
// its own, or by that of all where due is empty.
func (c Collection) More(there, added []Owed, due, today calendar.Day) ([]Owed, error) {
	if err := c.Running(); err != nil {
		return nil, err
	}
	switch {
	case len(added) == 0:
		return nil, fault.New(fault.Invalid, "还没有选单位。请至少勾一个。").In("units")
	case len(there)+len(added) > MostAsked:
		return nil, fault.New(fault.TooLarge, "一次最多向 %d 个单位征集，现在选了 %d 个。", MostAsked, len(there)+len(added)).In("units")
	case due == "" && c.Due < today:
		return nil, fault.New(fault.Invalid, "原来的期限 %s 已经过了。请给加的单位另写一天。", c.Due).In("due")
	case due != "":
		if err := checkDue(due, today); err != nil {
			return nil, err
		}
		if due < c.Due {
			return nil, fault.New(fault.Invalid, "加的单位的期限不能比大家的 %s 早。", c.Due).In("due")
		}
	}
	if due == c.Due {
		due = ""
	}
	last := 0
	for _, o := range there {
		last = max(last, o.Ordinal)
	}
	out := slices.Clone(added)
	for i := range out {
		last++
		out[i].Ordinal, out[i].Due = last, due
	}
	return out, nil
}

// Close (结束) ends it: nothing more is taken in.
func (c Collection) Close(today calendar.Day) (Collection, error) {
	if err := c.Running(); err != nil {
		return c, err
	}
	c.State, c.Ended = Closed, today
	return c, nil
}

// Minutes is how long the answer of a unit takes, as its burden is reckoned.
func Minutes(k Kind, fields int) int {
	switch k {
	case Text:
		return 4 * fields
	case Table:
		return (fields + 1) / 2
	case Plan:
		return fields
	}
	return 5
}
