package plans

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// amends reports whether the reader can amend the plan, which is in force.
func amends(ctx context.Context, v desk.Review) bool { return page.MayAmend(ctx, v.Plan) }

func restoreItem(s *page.Side, r *http.Request) (page.Sheet, error) {
	return restoring(s, r, func(ctx context.Context, s *page.Side, cmd desk.Cmd, v desk.ItemReview) error {
		return s.Office.RestoreItem(ctx, cmd, v.Plan.ID, v.Item.ID)
	})
}

func restoreTarget(s *page.Side, r *http.Request) (page.Sheet, error) {
	return restoring(s, r, func(ctx context.Context, s *page.Side, cmd desk.Cmd, v desk.ItemReview) error {
		return s.Office.RestoreTarget(ctx, cmd, v.Plan.ID, v.Target.ID)
	})
}

func restoreMilestone(s *page.Side, r *http.Request) (page.Sheet, error) {
	return restoring(s, r, func(ctx context.Context, s *page.Side, cmd desk.Cmd, v desk.ItemReview) error {
		return s.Office.RestoreMilestone(ctx, cmd, v.Plan.ID, v.Milestone.ID)
	})
}

// restoring lets something stand again that was taken off a plan in force.
func restoring(s *page.Side, r *http.Request, act func(context.Context, *page.Side, desk.Cmd, desk.ItemReview) error) (page.Sheet, error) {
	v, sh, err := draftedItem(s, r)
	if err != nil {
		return sh, err
	}
	ctx := r.Context()
	sh.Title, sh.Button, sh.Quote = web.T(ctx, "恢复"), web.T(ctx, "恢复"), v.Item.Title
	switch {
	case v.Target != nil:
		sh.Quote = v.Target.Indicator
	case v.Milestone != nil:
		sh.Quote = v.Milestone.Title
	}
	sh.Lede = web.T(ctx, "去掉或取消错了的，选“勘误”；取消过、现在又要办的，选“调整”。")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return sh.Back, act(ctx, s, cmd, v)
	}
	return sh, nil
}

// planChanges shows by what a plan in force was changed, and how it stood on a day.
func planChanges(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	shown := changesPage{Review: v, Form: web.NewForm(url.Values{"at": {r.FormValue("at")}})}
	if at := r.FormValue("at"); at != "" {
		day, err := calendar.ParseDay(at)
		if err != nil {
			shown.Form.Fault = page.ErrDay.In("at")
		} else {
			shown.At = day
			shown.Past = v.AsOf(day)
		}
	}
	shown.By, err = s.Office.Changed(r.Context(), page.Who(r.Context()), v)
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
