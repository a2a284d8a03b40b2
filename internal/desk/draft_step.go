package desk

import (
	"errors"
	"strconv"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// drafting is a draft while somebody does one step of work on it. What the step
// touches is loaded once and written at its end, with a row that says what became of
// each record: so a step can be undone, and what two people do at once is told apart.
type drafting struct {
	tx   *db.Tx
	city int64
	plan plan.Plan
	why  *plan.Reason // of an amendment; nil on a draft

	headings   touched[id.Plan, plan.Plan]
	items      touched[id.Item, plan.Item]
	targets    touched[id.Target, plan.Target]
	milestones touched[id.Milestone, plan.Milestone]
	phases     touched[ordinal, plan.Phase]
	questions  touched[id.Question, plan.Question]

	pattern string // what was done, a sentence with a %s for each of args
	args    []string
	nodes   map[int]bool // of the clauses whose records were touched
}

// touched are the records of one kind that a step has touched, as they stood and as
// they are to be; nil stands for none.
type touched[K interface {
	comparable
	String() string
}, T any] struct {
	order   []K
	was, is map[K]*T
}

func (t *touched[K, T]) get(k K, load func() (T, error)) (*T, error) {
	if _, known := t.is[k]; !known {
		stands, err := load()
		switch {
		case err == nil:
			t.stood(k, &stands)
		case errors.Is(err, db.ErrNoRow):
			t.stood(k, nil)
		default:
			return nil, err
		}
	}
	if t.is[k] == nil {
		return nil, nil
	}
	v := *t.is[k]
	return &v, nil
}

func (t *touched[K, T]) stood(k K, v *T) {
	if t.is == nil {
		t.was, t.is = map[K]*T{}, map[K]*T{}
	}
	if _, known := t.is[k]; known {
		return
	}
	t.order = append(t.order, k)
	t.was[k], t.is[k] = v, v
}

// edits tells what became of each record, in the order in which they were touched.
func (t *touched[K, T]) edits(noun string) (all []plan.Edit, kept []T, gone []K) {
	for _, k := range t.order {
		e, differs := plan.EditOf(noun, k.String(), t.was[k], t.is[k])
		if !differs {
			continue
		}
		all = append(all, e)
		if is := t.is[k]; is != nil {
			kept = append(kept, *is)
		} else {
			gone = append(gone, k)
		}
	}
	return all, kept, gone
}

// ordinal is the key of a phase.
type ordinal int

func (o ordinal) String() string { return strconv.Itoa(int(o)) }

func (d *drafting) say(pattern string, args ...string) { d.pattern, d.args = pattern, args }

func (d *drafting) item(i id.Item) (*plan.Item, error) {
	got, err := d.items.get(i, func() (plan.Item, error) { return loadItem(d.tx, d.city, d.plan.ID, i) })
	if got != nil {
		d.nodes[got.Node] = true
	}
	return got, err
}

func (d *drafting) target(t id.Target) (*plan.Target, error) {
	return d.targets.get(t, func() (plan.Target, error) { return loadTarget(d.tx, d.city, t) })
}

func (d *drafting) milestone(m id.Milestone) (*plan.Milestone, error) {
	return d.milestones.get(m, func() (plan.Milestone, error) { return loadMilestone(d.tx, d.city, m) })
}

func (d *drafting) question(q id.Question) (*plan.Question, error) {
	return d.questions.get(q, func() (plan.Question, error) { return loadQuestion(d.tx, d.city, d.plan.ID, q) })
}

func (d *drafting) heading() (*plan.Plan, error) {
	return d.headings.get(d.plan.ID, func() (plan.Plan, error) { return d.plan, nil })
}

func (d *drafting) phase(k int) (*plan.Phase, error) {
	if err := d.knowPhases(); err != nil {
		return nil, err
	}
	return d.phases.get(ordinal(k), func() (plan.Phase, error) { return plan.Phase{}, db.ErrNoRow })
}

func (d *drafting) knowPhases() error {
	all, err := loadPhases(d.tx, d.city, d.plan.ID)
	for _, f := range all {
		d.phases.stood(ordinal(f.Ordinal), &f)
	}
	return err
}

// A put leaves a record as it is to be; one that was never loaded is new.

func (d *drafting) putItem(i plan.Item) {
	d.items.stood(i.ID, nil)
	d.items.is[i.ID] = &i
	d.nodes[i.Node] = true
}

func (d *drafting) putTarget(t plan.Target) {
	d.targets.stood(t.ID, nil)
	d.targets.is[t.ID] = &t
}

func (d *drafting) putMilestone(m plan.Milestone) {
	d.milestones.stood(m.ID, nil)
	d.milestones.is[m.ID] = &m
}

func (d *drafting) putQuestion(q plan.Question) {
	d.questions.stood(q.ID, nil)
	d.questions.is[q.ID] = &q
}

func (d *drafting) putPhase(f plan.Phase) {
	d.phases.stood(ordinal(f.Ordinal), nil)
	d.phases.is[ordinal(f.Ordinal)] = &f
	d.nodes[f.Node] = true
}

// promises are the targets, milestones and questions of items, as the step has left them.
type promises struct {
	targets    []plan.Target
	milestones []plan.Milestone
	questions  []plan.Question
}

// promisesOf gives what hangs on items, and knows it from then on.
func (d *drafting) promisesOf(of map[id.Item]bool) (out promises, err error) {
	all, err := hangingOn(d.tx, d.city, d.plan.ID, of)
	if err != nil {
		return out, err
	}
	for _, t := range all.targets {
		if of == nil || of[t.Item] {
			d.targets.stood(t.ID, &t)
		}
	}
	for _, m := range all.milestones {
		if of == nil || of[m.Item] {
			d.milestones.stood(m.ID, &m)
		}
	}
	for _, q := range all.questions {
		if of == nil || of[q.Item] {
			d.questions.stood(q.ID, &q)
		}
	}
	for _, k := range d.targets.order {
		if t := d.targets.is[k]; t != nil && (of == nil || of[t.Item]) {
			out.targets = append(out.targets, *t)
		}
	}
	for _, k := range d.milestones.order {
		if m := d.milestones.is[k]; m != nil && (of == nil || of[m.Item]) {
			out.milestones = append(out.milestones, *m)
		}
	}
	for _, k := range d.questions.order {
		if q := d.questions.is[k]; q != nil && (of == nil || of[q.Item]) {
			out.questions = append(out.questions, *q)
		}
	}
	return out, nil
}

func readOrdinal(key string) (ordinal, error) {
	n, err := strconv.Atoi(key)
	return ordinal(n), err
}
