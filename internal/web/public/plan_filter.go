package public

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// Names of a filter's parts in the address of a plan: ?theme=…&phase=2&unit=…&lamp=none&project=1.
const (
	askTheme   = "theme"
	askPhase   = "phase"
	askUnit    = "unit"
	askLamp    = "lamp"
	askProject = "project"
)

// readFilter reads a filter from an address. What cannot be meant chooses nothing.
func readFilter(q url.Values) plan.Filter {
	f := plan.Filter{Theme: q.Get(askTheme), Unit: q.Get(askUnit), Lamp: plan.Lamp(q.Get(askLamp)), Project: q.Get(askProject) != ""}
	if s := q.Get(askPhase); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			n = -1
		}
		f.Phase = n
	}
	return f
}

// filterPath is the address of the items of a plan that a filter chooses.
func filterPath(p plan.Plan, f plan.Filter) string {
	q := url.Values{}
	for name, value := range map[string]string{askTheme: f.Theme, askUnit: f.Unit, askLamp: string(f.Lamp)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Phase != 0 {
		q.Set(askPhase, strconv.Itoa(f.Phase))
	}
	if f.Project {
		q.Set(askProject, "1")
	}
	path := "/plans/" + p.ID.String()
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// themePath is the address of the items of a plan that have a theme.
func themePath(p plan.Plan, theme string) string { return filterPath(p, plan.Filter{Theme: theme}) }

// seenAll are the duties of a plan as a filter looks at them, in their order.
func seenAll(p desk.PublicPlan, all []duty) []plan.Seen {
	out := make([]plan.Seen, len(all))
	for i, d := range all {
		out[i] = plan.Seen{Item: d.Item, Lamp: d.Lamp, Phases: plan.PhasesOf(d.Item, d.dues(), p.Phases, p.Nodes)}
		if d.principle() {
			out[i].Lamp = plan.LampPrinciple
		}
	}
	return out
}

func (d duty) dues() []calendar.Day {
	out := make([]calendar.Day, len(d.Promises))
	for i, m := range d.Promises {
		out[i] = m.Due
	}
	return out
}

// asking is a filter as a form: what can be asked, and how many items each answer leaves.
type asking struct {
	Filter plan.Filter
	Fields []askField
	Met    int // how many items the filter chooses
	All    int
}

// askField is one list of the form.
type askField struct {
	Name, Label string
	Chosen      string
	Choices     []askChoice
}

// askChoice is a value of a list. N is how many items are left where it is chosen and
// the rest of the filter stays.
type askChoice struct {
	Value, Words string
	N            int
	Own          bool // the plan's words
}

func newAsking(ctx context.Context, p desk.PublicPlan, f plan.Filter, all []plan.Seen) asking {
	a := asking{Filter: f, Met: meeting(all, f), All: len(all)}
	var themes, units []string
	lamps := map[plan.Lamp]bool{}
	for _, s := range all {
		themes, units = with(themes, s.Item.Tags), with(units, s.Item.Units())
		lamps[s.Lamp] = true
	}
	list := func(name, label, chosen string, set func(f *plan.Filter, value string)) *askField {
		a.Fields = append(a.Fields, askField{Name: name, Label: label, Chosen: chosen})
		any := f
		set(&any, "")
		field := &a.Fields[len(a.Fields)-1]
		field.Choices = []askChoice{{Words: web.T(ctx, "不限"), N: meeting(all, any)}}
		return field
	}
	add := func(field *askField, value, words string, own bool, set func(f *plan.Filter, value string)) {
		one := f
		set(&one, value)
		field.Choices = append(field.Choices, askChoice{value, words, meeting(all, one), own})
	}
	strings := func(name, label, chosen string, values []string, set func(f *plan.Filter, value string)) {
		if chosen != "" {
			values = with(values, []string{chosen}) // an old address may ask for what is no more
		}
		if len(values) == 0 {
			return
		}
		field := list(name, label, chosen, set)
		for _, value := range values {
			add(field, value, value, true, set)
		}
	}
	strings(askTheme, web.T(ctx, "专题"), f.Theme, themes, func(f *plan.Filter, value string) { f.Theme = value })
	if len(p.Phases) > 0 {
		set := func(f *plan.Filter, value string) { f.Phase, _ = strconv.Atoi(value) }
		field := list(askPhase, web.T(ctx, "阶段"), "", set)
		if f.Phase != 0 {
			field.Chosen = strconv.Itoa(f.Phase)
		}
		for _, s := range p.Phases {
			add(field, strconv.Itoa(s.Ordinal), s.Name, true, set)
		}
	}
	strings(askUnit, web.T(ctx, "单位"), f.Unit, units, func(f *plan.Filter, value string) { f.Unit = value })
	set := func(f *plan.Filter, value string) { f.Lamp = plan.Lamp(value) }
	field := list(askLamp, web.T(ctx, "现在的情况"), string(f.Lamp), set)
	for _, l := range plan.Lamps {
		if lamps[l] || f.Lamp == l {
			add(field, string(l), web.LampWord(ctx, l), false, set)
		}
	}
	if lamps[plan.LampPrinciple] || f.Lamp == plan.LampPrinciple {
		add(field, string(plan.LampPrinciple), web.T(ctx, "原则（不定数）"), false, set)
	}
	return a
}

// with adds to a list what it does not hold yet.
func with(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// meeting counts the items that a filter chooses.
func meeting(all []plan.Seen, f plan.Filter) (n int) {
	for _, s := range all {
		if f.Meets(s) {
			n++
		}
	}
	return n
}

// without gives a filter that no longer asks for one of its parts.
func without(f plan.Filter, name string) plan.Filter {
	switch name {
	case askTheme:
		f.Theme = ""
	case askPhase:
		f.Phase = 0
	case askUnit:
		f.Unit = ""
	case askLamp:
		f.Lamp = ""
	case askProject:
		f.Project = false
	}
	return f
}

// asked lists what a filter asks for, each with its words.
func (a asking) asked(ctx context.Context) (all []askField) {
	for _, field := range a.Fields {
		if field.Chosen == "" {
			continue
		}
		one := askField{Name: field.Name, Label: field.Label, Chosen: field.Chosen}
		for _, c := range field.Choices {
			if c.Value == field.Chosen {
				one.Choices = []askChoice{c}
			}
		}
		if one.Choices == nil {
			one.Choices = []askChoice{{Value: field.Chosen, Words: web.T(ctx, "没有这一个")}}
		}
		all = append(all, one)
	}
	if a.Filter.Project {
		all = append(all, askField{Name: askProject, Label: web.T(ctx, "任务"), Choices: []askChoice{{Words: web.T(ctx, "重点项目")}}})
	}
	return all
}
