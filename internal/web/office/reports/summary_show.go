package reports

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
	"luoshi/progress"
)

// summaryPath leads to the 月报 of a period, of the items and units that are chosen.
func summaryPath(p id.Plan, tail string, period progress.Period, c progress.SummaryChoice) string {
	return page.PlanPath(p) + "/summary" + tail + "?" + choiceQuery(period, c).Encode()
}

// choiceQuery is a period and a choice as they stand in an address.
func choiceQuery(period progress.Period, c progress.SummaryChoice) url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("period", string(period))
	if c.Phase != 0 {
		q.Set("phase", strconv.Itoa(c.Phase))
	}
	set("theme", c.Theme)
	if c.Unit != 0 {
		q.Set("unit", c.Unit.String())
	}
	set("state", c.State)
	return q
}

// choiceOf reads what an address chooses; what it cannot mean is as if it were not there.
func choiceOf(r *http.Request) (c progress.SummaryChoice) {
	c.Phase, _ = strconv.Atoi(r.FormValue("phase"))
	c.Theme, c.State = r.FormValue("theme"), r.FormValue("state")
	if unit, err := id.Of[id.Unit](r.FormValue("unit")); err == nil {
		c.Unit = unit
	}
	if !slices.Contains(choosable, c.State) {
		c.State = ""
	}
	return c
}

// choosable are the states by which a list can be narrowed, in the order offered.
var choosable = []string{string(progress.Missing), string(progress.Awaited), string(progress.Waiting), string(progress.GivenBack),
	string(progress.NotStarted), string(progress.UnderWay), string(progress.Blocked), string(progress.Complete)}

// summaryView is a summary on the page, as it stands or as it was issued.
type summaryView struct {
	progress.Summary
	Plan    id.Plan
	Issued  id.Summary // 0 where it is not issued
	Table   bool       // the 汇总表 is shown, else the 月报
	Writes  bool
	Issues  bool
	All     int // how many were issued
	Missing int
	Done    string
}

// body is the class of the page: a table prints lying.
func (v summaryView) body() string {
	if v.Table {
		return "work wide"
	}
	return "work"
}

// path leads to another form of the same summary.
func (v summaryView) path(tail string) string {
	if v.Issued != 0 {
		return issuedPath(v.Plan, v.Issued) + tail
	}
	return summaryPath(v.Plan, tail, v.Period, v.Chosen)
}

func issuedPath(p id.Plan, s id.Summary) string {
	return page.PlanPath(p) + "/summaries/" + s.String()
}

// askedSummary is what an address asks for.
type askedSummary struct {
	plan   id.Plan
	period progress.Period
	chosen progress.SummaryChoice
}

// summaryOf reads the summary that an address asks for, as it stands.
func summaryOf(s *page.Side, r *http.Request) (v summaryView, err error) {
	return summaryBy(s, r, func(ctx context.Context, me desk.Who, a askedSummary) (desk.SummaryPage, error) {
		return s.Office.Summary(ctx, me, a.plan, a.period, a.chosen)
	})
}

func summaryBy(s *page.Side, r *http.Request, read func(context.Context, desk.Who, askedSummary) (desk.SummaryPage, error)) (v summaryView, err error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return v, desk.ErrMissing
	}
	period, err := periodOf(r)
	if err != nil {
		return v, err
	}
	me := page.Who(r.Context())
	stands, err := read(r.Context(), me, askedSummary{p, period, choiceOf(r)})
	if err != nil {
		return v, err
	}
	running := stands.PlanProgress.Plan.State != plan.Drafted
	return summaryView{Summary: stands.Summary, Plan: p, All: len(stands.Issued), Missing: stands.PlanProgress.Counts[progress.Missing], Done: r.URL.Query().Get("done"),
		Writes: running && me.May("summary.write"), Issues: running && me.May("summary.issue")}, nil
}

// issuedOf reads an edition that was issued.
func issuedOf(s *page.Side, r *http.Request) (v summaryView, err error) {
	p, errPlan := id.Of[id.Plan](r.PathValue("plan"))
	which, errSummary := id.Of[id.Summary](r.PathValue("summary"))
	if errPlan != nil || errSummary != nil {
		return v, desk.ErrMissing
	}
	issued, err := s.Office.IssuedSummary(r.Context(), page.Who(r.Context()), p, which)
	return summaryView{Summary: issued, Plan: p, Issued: which, Done: r.URL.Query().Get("done")}, err
}

// shows makes the page of a summary.
func shows(read func(*page.Side, *http.Request) (summaryView, error), table bool) func(*page.Side, http.ResponseWriter, *http.Request) error {
	return func(s *page.Side, w http.ResponseWriter, r *http.Request) error {
		v, err := read(s, r)
		var waits errMerging
		if errors.As(err, &waits) {
			return showMerging(w, r, waits.merging)
		}
		if err != nil {
			return err
		}
		v.Table = table
		web.Show(w, r, http.StatusOK, summaryPage(v))
		return nil
	}
}

// sendsXLSX makes the 汇总表 for Excel.
func sendsXLSX(read func(*page.Side, *http.Request) (summaryView, error)) func(*page.Side, http.ResponseWriter, *http.Request) error {
	return sends(read, "summary.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(ctx context.Context, s progress.Summary) ([]byte, string, error) {
		content, err := paper.SummaryXLSX(web.Of(ctx).Lang, summaryTable(ctx, s))
		return content, web.T(ctx, "进展汇总表"), err
	})
}

// sendsDocx makes the 月报 for Word.
func sendsDocx(read func(*page.Side, *http.Request) (summaryView, error)) func(*page.Side, http.ResponseWriter, *http.Request) error {
	return sends(read, "report.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", func(ctx context.Context, s progress.Summary) ([]byte, string, error) {
		content, err := paper.SummaryDocx(web.Of(ctx).Lang, summaryReport(ctx, s))
		return content, summaryName(ctx, s.Period.Every()), err
	})
}

func sends(read func(*page.Side, *http.Request) (summaryView, error), plain, kind string, of func(context.Context, progress.Summary) ([]byte, string, error)) func(*page.Side, http.ResponseWriter, *http.Request) error {
	return func(s *page.Side, w http.ResponseWriter, r *http.Request) error {
		v, err := read(s, r)
		var waits errMerging
		if errors.As(err, &waits) {
			return showMerging(w, r, waits.merging)
		}
		if err != nil {
			return err
		}
		content, name, err := of(r.Context(), v.Summary)
		if err != nil {
			return err
		}
		name = page.FileName(name+string(v.Period)+issueNumber(r.Context(), v.Year, v.Serial), v.Summary.Plan) + plain[len(plain)-len(".xlsx"):]
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", page.Attachment(plain, name))
		_, _ = w.Write(content) // a reader who hangs up needs no answer
		return nil
	}
}

// issuedSummaries lists what was issued of a plan.
func issuedSummaries(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	of, all, err := s.Office.IssuedSummaries(r.Context(), page.Who(r.Context()), p)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, issuedPage(of, all))
	return nil
}
