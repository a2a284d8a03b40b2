package page

import (
	"context"
	"net/url"
	"slices"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// MayAmend reports whether the reader can amend a plan, which must be in force.
func MayAmend(ctx context.Context, p plan.Plan) bool {
	w := web.Of(ctx).Who
	return p.State == plan.InForce && w != nil && desk.May("plan.amend", w.Roles)
}

// Begun says of a sheet that changes a draft what it is on this plan: work on a draft,
// an amendment of a plan in force, or nothing that can be done.
func (sh *Sheet) Begun(ctx context.Context, p plan.Plan) {
	switch {
	case p.State == plan.Drafted:
	case p.State == plan.Closed:
		sh.Stop = plan.ErrClosed
	case MayAmend(ctx, p):
		sh.Amends = []plan.AmendmentKind{plan.Erratum, plan.Replan}
	default:
		sh.Stop = plan.ErrNotDraft
	}
}

// OnlyDraft keeps what a sheet does to drafts.
func (sh *Sheet) OnlyDraft() {
	if sh.Amends != nil {
		sh.Amends, sh.Stop = nil, plan.ErrOnlyDraft
	}
}

// OnlyMissed lets a sheet add to a plan in force what was missed in its document.
func (sh *Sheet) OnlyMissed() {
	if sh.Amends != nil {
		sh.Amends = []plan.AmendmentKind{plan.Erratum}
	}
}

// Ending words a sheet for taking something off a plan in force.
func (sh *Sheet) Ending(ctx context.Context) {
	if sh.Amends != nil {
		sh.Title, sh.Button = web.T(ctx, "去掉或取消"), web.T(ctx, "去掉或取消")
		sh.Lede = web.T(ctx, "本来就不是承诺、读错了的，选“勘误”；答应过、现在不办了的，选“调整”。两样都留着记录，以后可以恢复。")
	}
}

// reasoned adds to a sheet that amends a plan in force what is asked about the reason.
func (sh Sheet) reasoned(ctx context.Context) Sheet {
	if sh.Amends == nil {
		return sh
	}
	if sh.Stands == nil {
		sh.Stands = url.Values{}
	}
	sh.Stands.Set("amends", "1")
	sh.Hidden = append(slices.Clip(sh.Hidden), "amends")
	add := func(in ...Input) { sh.Inputs = append(slices.Clip(sh.Inputs), in...) }
	if len(sh.Amends) == 1 {
		sh.Stands.Set("change", string(sh.Amends[0]))
		sh.Hidden = append(sh.Hidden, "change")
		cause := Input{Name: "cause", Kind: "area", Rows: "2", Label: web.T(ctx, "说明"), Hint: web.T(ctx, "当时怎么漏的、怎么错的。会和这条任务一起公开。")}
		if sh.Amends[0] == plan.LateAnswer {
			cause.Hint = web.T(ctx, "依据什么这样答，可以空着。会和方案一起公开。")
		}
		add(cause)
		return sh
	}
	add(Input{Kind: "part", Label: web.T(ctx, "为什么改")},
		Input{Name: "change", Kind: "radio", Label: web.T(ctx, "是勘误还是调整"), Hint: web.T(ctx, "文件里写的没有变，是勘误；文件当时就是那样定的、现在变了，是调整。"), Choices: []web.Choice{
			{Value: string(plan.Erratum), Words: web.T(ctx, "勘误：我们读错、填错了。原定的数跟着改正，错的和对的都留着。")},
			{Value: string(plan.Replan), Words: web.T(ctx, "调整：承诺本身变了。原定的不动，一直摆在旁边。")}}},
		Input{Name: "cause", Kind: "area", Rows: "2", Label: web.T(ctx, "原因"), Hint: web.T(ctx, "勘误写错在哪里，调整写为什么变。会和这条任务一起公开。")},
		Input{Name: "approved_by", Kind: "text", Label: web.T(ctx, "批准人或会议"), Hint: web.T(ctx, "只有调整要填。不对外公开。")},
		Input{Name: "approved_day", Kind: "date", Label: web.T(ctx, "批准日期"), Hint: web.T(ctx, "只有调整要填。")},
		Input{Name: "basis", Kind: "text", Label: web.T(ctx, "依据文号"), Hint: web.T(ctx, "调整依据的文件，例如 安文〔2012〕9号。没有就空着。")})
	return sh
}

// reasonIn gives the side that does what a form says: where it amends a plan in force,
// for the reason that it gives.
func (s *Side) reasonIn(f web.Form) (*Side, error) {
	if f.Value("amends") == "" {
		return s, nil
	}
	why := plan.Reason{Kind: plan.AmendmentKind(f.Value("change")), Cause: f.Value("cause")}
	var err error
	if why.Kind == plan.Replan {
		why.ApprovedBy, why.Basis = f.Value("approved_by"), f.Value("basis")
		why.Day, err = DayIn(f, "approved_day")
	}
	return &Side{s.Office.Amending(why), s.Login, s.Public}, err
}
