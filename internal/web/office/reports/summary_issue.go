package reports

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/progress"
)

// chosenHidden are the fields by which a form remembers of what summary it is.
var chosenHidden = []string{"period", "phase", "theme", "unit", "state"}

// introduceSummary asks for what the office writes before a summary.
func introduceSummary(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, err := summaryOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	stands := choiceQuery(v.Period, v.Chosen)
	stands.Set("introduction", v.Introduction)
	return page.Sheet{Title: web.T(ctx, "写%s开头的话", summaryName(ctx, v.Period.Every())), Quote: v.Summary.Plan, Lede: web.PeriodName(ctx, v.Period), Back: v.path(""), Button: web.T(ctx, "存"),
		Hidden: chosenHidden, Stands: stands,
		Inputs: []page.Input{{Name: "introduction", Kind: "area", Rows: "10", Label: web.T(ctx, "开头的话"),
			Hint: web.T(ctx, "印在最前面。一行是一段，最多 2000 个字。这一期的汇总都用它，定稿以后不再变。")}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return doneAt(v.path(""), "introduced"), s.Office.IntroduceSummary(ctx, cmd, v.Plan, v.Period, f.Value("introduction"))
		}}, nil
}

// shortenPath leads to where the words of a unit are shortened.
func (v summaryView) shortenPath(item id.Item, l progress.SummaryLine) string {
	q := choiceQuery(v.Period, v.Chosen)
	q.Set("of", l.Unit.String())
	q.Set("revision", strconv.Itoa(l.Said.Revision))
	return page.PlanPath(v.Plan) + "/summary/items/" + item.String() + "?" + q.Encode()
}

// shortenWords asks for shorter words than those of a unit.
func shortenWords(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, err := summaryOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	row, l := v.lineOf(r)
	if l == nil || l.Said == nil {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	printed := l.Printed()
	stands := choiceQuery(v.Period, v.Chosen)
	for name, value := range map[string]string{"of": l.Unit.String(), "revision": strconv.Itoa(l.Said.Revision), "done": printed.Done, "next": printed.Next,
		"difficulty": printed.Difficulty, "need": printed.Need} {
		stands.Set(name, value)
	}
	sh := page.Sheet{Title: web.T(ctx, "写短一些"), Quote: row.Title, Lede: web.T(ctx, "%s 的原话留着不动，旁边看得到；这里写的只印在%s上。", l.Name, summaryName(ctx, v.Period.Every())), Back: v.path(""), Button: web.T(ctx, "存"),
		Hidden: append([]string{"of", "revision"}, chosenHidden...), Stands: stands, Below: ownWords(*l)}
	for _, in := range []struct{ name, label, own string }{{"done", web.T(ctx, "办了什么"), l.Said.Done}, {"next", web.T(ctx, "下一步"), l.Said.Next},
		{"difficulty", web.T(ctx, "困难"), l.Said.Difficulty}, {"need", web.T(ctx, "需要什么"), l.Said.Need}} {
		if in.own != "" {
			sh.Inputs = append(sh.Inputs, page.Input{Name: in.name, Kind: "area", Rows: "3", Label: in.label})
		}
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		revision, err := strconv.Atoi(f.Value("revision"))
		if err != nil {
			return "", desk.ErrMissing
		}
		return doneAt(v.path(""), "shortened"), s.Office.ShortenWords(ctx, cmd, desk.ReportKey{Item: row.Item, Unit: l.Said.Unit, Period: l.Said.Period, Revision: revision},
			progress.Shortened{Done: f.Value("done"), Next: f.Value("next"), Difficulty: f.Value("difficulty"), Need: f.Value("need")})
	}
	return sh, nil
}

// lineOf finds the line that an address names.
func (v summaryView) lineOf(r *http.Request) (*progress.SummaryRow, *progress.SummaryLine) {
	for k := range v.Rows {
		for j := range v.Rows[k].Lines {
			if l := &v.Rows[k].Lines[j]; v.Rows[k].Item.String() == r.PathValue("item") && l.Unit.String() == r.FormValue("of") {
				return &v.Rows[k], l
			}
		}
	}
	return nil, nil
}

// issueSummary freezes a summary.
func issueSummary(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, err := summaryOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	stands := choiceQuery(v.Period, v.Chosen)
	stands.Set("saw", desk.Saw(v.Summary))
	return page.Sheet{Title: web.T(ctx, "%s定稿", summaryName(ctx, v.Period.Every())), Quote: v.Summary.Plan, Back: v.path(""), Button: web.T(ctx, "定稿"),
		Lede:   web.T(ctx, "定稿以后有自己的期号，内容不再变，随时能再印出一样的。以后报来的、改了的，在下一期写成调整。"),
		Hidden: append([]string{"saw"}, chosenHidden...), Stands: stands, Below: issueFacts(v),
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			made, err := s.Office.IssueSummary(ctx, cmd, v.Plan, v.Period, v.Chosen, f.Value("saw"))
			return doneAt(issuedPath(v.Plan, made), "issued"), err
		}}, nil
}

// summaryChoices are what the list of a plan's progress may be narrowed to.
func summaryChoices(ctx context.Context, v desk.PlanProgress) (phases, themes, units, states []web.Choice) {
	all := web.Choice{Words: web.T(ctx, "全部")}
	phases, themes, units, states = []web.Choice{all}, []web.Choice{all}, []web.Choice{all}, []web.Choice{all}
	for _, f := range v.Phases {
		phases = append(phases, web.Choice{Value: strconv.Itoa(f.Ordinal), Words: f.Name, Document: true})
	}
	for _, t := range v.Themes {
		themes = append(themes, web.Choice{Value: t, Words: t, Document: true})
	}
	for _, u := range v.Leads {
		units = append(units, web.Choice{Value: u.ID.String(), Words: u.Name, Document: true})
	}
	for _, s := range choosable {
		states = append(states, web.Choice{Value: s, Words: standingWord(ctx, s)})
	}
	return phases, themes, units, states
}

// chosenForm is the form in which what is chosen stands.
func chosenForm(period progress.Period, c progress.SummaryChoice) web.Form {
	return web.Form{Values: url.Values(choiceQuery(period, c))}
}
