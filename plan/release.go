package plan

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

// FieldKind is a kind of field that stays inside the office unless it is released
// for a plan by itself, whatever items are public.
type FieldKind string

const (
	Difficulties FieldKind = "difficulties"
	PersonNames  FieldKind = "names"
	Originals    FieldKind = "originals"
	Telephones   FieldKind = "telephones"
)

// KindRule says what a kind covers.
type KindRule struct {
	Kind   FieldKind
	Name   string // how people call it
	Covers string // which words are kept back as long as it is not released
	Exists bool   // whether anything of it is recorded; what is not cannot be released
}

// FieldKinds is the whole rule. Each kind is internal by default: what is made public
// has to be reviewed (Regulations on Open Government Information, article 17; Law on
// Guarding State Secrets), and what is personal stays where it would harm somebody
// (article 15 of the Regulations).
var FieldKinds = []KindRule{
	{Kind: PersonNames, Name: "人名", Covers: "任务的责任人一栏；方案原文、任务、问答里的人名", Exists: true},
	{Kind: Telephones, Name: "电话号码", Covers: "方案原文、任务、问答里的电话号码", Exists: true},
	{Kind: Originals, Name: "原件", Covers: "入库时交来的文件，里面可能有批注、修订痕迹和作者姓名", Exists: true},
	{Kind: Difficulties, Name: "办理中的困难", Covers: "单位报送进展时写的困难"},
}

// Release is what is to become public, in one act.
type Release struct {
	Items      []id.Item
	Kinds      []FieldKind
	Names      []string // kept back as long as their kind is, beside those that are found
	Telephones []string // likewise
	Spared     []string // found as one or the other, and no such thing or no secret by review
}

// SecrecyReview says who looked over what becomes public, on which day and with what
// result: the review that article 17 of the Regulations asks for.
type SecrecyReview struct {
	By     string // person or post
	Day    calendar.Day
	Result string
}

// Withdrawal is what is to be public no longer.
type Withdrawal struct {
	Whole bool // the plan with all its items and kinds
	Items []id.Item
	Kinds []FieldKind
	Why   string // public, and with nothing of what is withdrawn
}

var (
	ErrNothingPublic  = fault.New(fault.Conflict, "这个方案现在没有公开，不用撤回。")
	ErrNothingTicked  = fault.New(fault.Invalid, "请勾上要撤回的，或者选“整个方案”。").In("items")
	ErrNobodyElse     = fault.New(fault.Denied, "启用和公开要由两个人来做。这个方案是您启用的，现在没有第二个账号可以公开：请管理员在“人员和账号”里另开一个账号，职责选“审签”。")
	ErrOriginalHolds  = fault.New(fault.Invalid, "原件里有还没有公开的任务、人名或电话，不能整份公开。请先公开那些，或者不勾原件。").In("kinds")
	errNoSuchKind     = fault.New(fault.Invalid, "没有这一类内容。请刷新页面再勾。").In("kinds")
	errReviewDay      = fault.New(fault.Invalid, "请填写审查日期，例如 2011-08-08。").In("review_day")
	errReviewTooEarly = fault.New(fault.Invalid, "审查日期不能晚于今天。").In("review_day")
)

// Publish (公开) makes a plan in force public, or more of one that is public already:
// so many items and kinds that were not. It needs a second person.
func Publish(p Plan, items, others int, by id.Account, today calendar.Day) (Plan, error) {
	switch {
	case p.State == Drafted:
		return p, ErrNotInForce
	case p.State == Closed:
		return p, ErrClosed
	case by == p.TakenBy:
		return p, ErrSamePerson
	case items == 0 && !p.Released:
		return p, ErrNothingChosen
	case items+others == 0:
		return p, ErrPublished
	}
	if !p.Released {
		p.Released, p.PublishedDay = true, today
	}
	return p, nil
}

// Check finds what keeps a release from being done as it stands.
func (r Release) Check() error {
	for _, k := range r.Kinds {
		if !slices.ContainsFunc(FieldKinds, func(rule KindRule) bool { return rule.Kind == k && rule.Exists }) {
			return errNoSuchKind
		}
	}
	if err := fault.CheckText("names", "要遮住的人名", strings.Join(r.Names, "\n"), 10_000, false); err != nil {
		return err
	}
	return fault.CheckText("telephones", "要遮住的电话", strings.Join(slices.Concat(r.Telephones, r.Spared), "\n"), 10_000, false)
}

// Check finds what a review does not say.
func (r SecrecyReview) Check(today calendar.Day) error {
	switch {
	case r.Day == "":
		return errReviewDay
	case r.Day > today:
		return errReviewTooEarly
	}
	if err := fault.CheckLine("review_by", "审查人", r.By, 100, true); err != nil {
		return err
	}
	return fault.CheckText("review_result", "审查意见", r.Result, 500, true)
}

// Withdraw (撤回公开) takes back what is public: of a plan as it stands, all of it, or so
// many items and kinds. Whoever may publish may do it alone, and at any time: what
// should not be seen must not wait for a second person.
func Withdraw(p Plan, w Withdrawal, items, kinds int) (Plan, error) {
	switch {
	case !p.Released:
		return p, ErrNothingPublic
	case !w.Whole && items+kinds == 0:
		return p, ErrNothingTicked
	}
	if err := fault.CheckText("why", "撤回的原因", w.Why, 500, true); err != nil {
		return p, err
	}
	if w.Whole {
		p.Released = false
	}
	return p, nil
}

// Keeping is what was decided about the words of a plan that stay inside.
type Keeping struct {
	Names      []string `json:"names"`
	Telephones []string `json:"telephones"`
	Spared     []string `json:"spared"`
}

// Keep gives the decision that follows from a release and what was decided or found
// before. Only what somebody spares is shown; what is listed again is spared no longer.
func (r Release) Keep(before Keeping) Keeping {
	k := Keeping{Names: cleaned(r.Names), Telephones: cleaned(r.Telephones)}
	for _, w := range cleaned(slices.Concat(r.Spared, before.Spared)) {
		if !slices.Contains(k.Names, w) && !slices.Contains(k.Telephones, w) {
			k.Spared = append(k.Spared, w)
		}
	}
	return k.With(before)
}

// With adds what was found and is not spared.
func (k Keeping) With(found Keeping) Keeping {
	m := Mask{keeping: k}
	k.Names, k.Telephones = m.wanted(k.Names, found.Names), m.wanted(k.Telephones, found.Telephones)
	return k
}

// cleaned gives the lines of a list without blanks, empty ones and repetitions.
func cleaned(lines []string) (out []string) {
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}
