package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// amends reports whether the reader can amend the plan, which is in force.
func amends(ctx context.Context, v desk.Review) bool { return mayAmend(ctx, v.Plan) }

func mayAmend(ctx context.Context, p plan.Plan) bool {
	w := web.Of(ctx).Who
	return p.State == plan.InForce && w != nil && desk.May("plan.amend", w.Roles)
}

// begun says of a sheet that changes a draft what it is on this plan: work on a draft,
// an amendment of a plan in force, or nothing that can be done.
func (sh *sheet) begun(ctx context.Context, p plan.Plan) {
	switch {
	case p.State == plan.Drafted:
	case p.State == plan.Closed:
		sh.stop = plan.ErrClosed
	case mayAmend(ctx, p):
		sh.amends = []plan.AmendmentKind{plan.Erratum, plan.Replan}
	default:
		sh.stop = plan.ErrNotDraft
	}
}

// onlyDraft keeps what a sheet does to drafts.
func (sh *sheet) onlyDraft() {
	if sh.amends != nil {
		sh.amends, sh.stop = nil, plan.ErrOnlyDraft
	}
}

// onlyMissed lets a sheet add to a plan in force what was missed in its document.
func (sh *sheet) onlyMissed() {
	if sh.amends != nil {
		sh.amends = []plan.AmendmentKind{plan.Erratum}
	}
}

// ending words a sheet for taking something off a plan in force.
func (sh *sheet) ending(ctx context.Context) {
	if sh.amends != nil {
		sh.title, sh.button = web.T(ctx, "去掉或取消"), web.T(ctx, "去掉或取消")
		sh.lede = web.T(ctx, "本来就不是承诺、读错了的，选“勘误”；答应过、现在不办了的，选“调整”。两样都留着记录，以后可以恢复。")
	}
}

// reasoned adds to a sheet that amends a plan in force what is asked about the reason.
func (sh sheet) reasoned(ctx context.Context) sheet {
	if sh.amends == nil {
		return sh
	}
	if sh.stands == nil {
		sh.stands = url.Values{}
	}
	sh.stands.Set("amends", "1")
	sh.hidden = append(slices.Clip(sh.hidden), "amends")
	add := func(in ...input) { sh.inputs = append(slices.Clip(sh.inputs), in...) }
	if len(sh.amends) == 1 {
		sh.stands.Set("change", string(sh.amends[0]))
		sh.hidden = append(sh.hidden, "change")
		cause := input{name: "cause", kind: "area", rows: "2", label: web.T(ctx, "说明"), hint: web.T(ctx, "当时怎么漏的、怎么错的。会和这条任务一起公开。")}
		if sh.amends[0] == plan.LateAnswer {
			cause.hint = web.T(ctx, "依据什么这样答，可以空着。会和方案一起公开。")
		}
		add(cause)
		return sh
	}
	add(input{kind: "part", label: web.T(ctx, "为什么改")},
		input{name: "change", kind: "radio", label: web.T(ctx, "是勘误还是调整"), hint: web.T(ctx, "文件里写的没有变，是勘误；文件当时就是那样定的、现在变了，是调整。"), choices: []web.Choice{
			{Value: string(plan.Erratum), Words: web.T(ctx, "勘误：我们读错、填错了。原定的数跟着改正，错的和对的都留着。")},
			{Value: string(plan.Replan), Words: web.T(ctx, "调整：承诺本身变了。原定的不动，一直摆在旁边。")}}},
		input{name: "cause", kind: "area", rows: "2", label: web.T(ctx, "原因"), hint: web.T(ctx, "勘误写错在哪里，调整写为什么变。会和这条任务一起公开。")},
		input{name: "approved_by", kind: "text", label: web.T(ctx, "批准人或会议"), hint: web.T(ctx, "只有调整要填。不对外公开。")},
		input{name: "approved_day", kind: "date", label: web.T(ctx, "批准日期"), hint: web.T(ctx, "只有调整要填。")},
		input{name: "basis", kind: "text", label: web.T(ctx, "依据文号"), hint: web.T(ctx, "调整依据的文件，例如 安文〔2012〕9号。没有就空着。")})
	return sh
}

// reasonIn gives the side that does what a form says: where it amends a plan in force,
// for the reason that it gives.
func (s *side) reasonIn(f web.Form) (*side, error) {
	if f.Value("amends") == "" {
		return s, nil
	}
	why := plan.Reason{Kind: plan.AmendmentKind(f.Value("change")), Cause: f.Value("cause")}
	var err error
	if why.Kind == plan.Replan {
		why.ApprovedBy, why.Basis = f.Value("approved_by"), f.Value("basis")
		why.Day, err = dayIn(f, "approved_day")
	}
	return &side{s.office.Amending(why), s.login, s.public}, err
}

func restoreItem(s *side, r *http.Request) (sheet, error) {
	return restoring(s, r, func(ctx context.Context, s *side, cmd desk.Cmd, v desk.ItemReview) error {
		return s.office.RestoreItem(ctx, cmd, v.Plan.ID, v.Item.ID)
	})
}

func restoreTarget(s *side, r *http.Request) (sheet, error) {
	return restoring(s, r, func(ctx context.Context, s *side, cmd desk.Cmd, v desk.ItemReview) error {
		return s.office.RestoreTarget(ctx, cmd, v.Plan.ID, v.Target.ID)
	})
}

func restoreMilestone(s *side, r *http.Request) (sheet, error) {
	return restoring(s, r, func(ctx context.Context, s *side, cmd desk.Cmd, v desk.ItemReview) error {
		return s.office.RestoreMilestone(ctx, cmd, v.Plan.ID, v.Milestone.ID)
	})
}

// restoring lets something stand again that was taken off a plan in force.
func restoring(s *side, r *http.Request, act func(context.Context, *side, desk.Cmd, desk.ItemReview) error) (sheet, error) {
	v, sh, err := s.draftedItem(r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	sh.title, sh.button, sh.quote = web.T(ctx, "恢复"), web.T(ctx, "恢复"), v.Item.Title
	switch {
	case v.Target != nil:
		sh.quote = v.Target.Indicator
	case v.Milestone != nil:
		sh.quote = v.Milestone.Title
	}
	sh.lede = web.T(ctx, "去掉或取消错了的，选“勘误”；取消过、现在又要办的，选“调整”。")
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.back, act(ctx, s, cmd, v)
	}
	return sh, nil
}

// planChanges shows by what a plan in force was changed, and how it stood on a day.
func (s *side) planChanges(w http.ResponseWriter, r *http.Request) error {
	v, err := s.reviewed(r)
	if err != nil {
		return err
	}
	shown := changesPage{Review: v, Form: web.NewForm(url.Values{"at": {r.FormValue("at")}})}
	if at := r.FormValue("at"); at != "" {
		day, err := calendar.ParseDay(at)
		if err != nil {
			shown.Form.Fault = errDay.In("at")
		} else {
			shown.At = day
			shown.Past = v.AsOf(day)
		}
	}
	shown.By, err = s.office.Changed(r.Context(), who(r.Context()), v)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if shown.Form.Fault != nil {
		status = http.StatusUnprocessableEntity
	}
	web.Show(w, r, status, planChangesPage(shown))
	return nil
}

// changesPage is by what a plan was changed, and how it stood on a day.
type changesPage struct {
	desk.Review
	Form web.Form
	At   calendar.Day
	Past plan.Draft     // as it stood on At
	By   map[int]string // who made an amendment, by its version
}

// titleOfItem names an item that stands or stood.
func (p changesPage) titleOfItem(i id.Item) string {
	for _, item := range p.Every().Items {
		if item.ID == i {
			return item.Title
		}
	}
	return ""
}

// ending says why something does not stand any more.
func ending(ctx context.Context, s plan.Standing) string {
	if s == plan.Withdrawn {
		return web.T(ctx, "勘误：不是承诺")
	}
	return web.T(ctx, "调整：取消")
}

func stillStands(v desk.Review, i id.Item) bool {
	return slices.ContainsFunc(v.Items, func(item plan.Item) bool { return item.ID == i })
}
