package collections

import (
	"context"
	"net/http"
	"strings"

	"luoshi/collection"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// matrixView is who takes up which item.
type matrixView struct {
	desk.CollectionView
	M collection.Matrix
}

func (v matrixView) takes(l desk.OwedLine, p collection.Promised) (collection.TakenUp, bool) {
	t, takes := v.M.Taken[l.Unit.ID][p.Item]
	return t, takes
}

// unanswered is how a unit stands whose plan is not there.
func (v matrixView) unanswered(l desk.OwedLine) collection.Situation { return l.Situation }

func matrix(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := collectionOf(r)
	if err != nil {
		return err
	}
	all, err := s.Office.CollectionResult(r.Context(), page.Who(r.Context()), which)
	if err != nil {
		return err
	}
	if all.Kind != collection.Plan {
		return desk.ErrMissing
	}
	web.Show(w, r, http.StatusOK, matrixPage(matrixView{all.CollectionView, all.Matrix()}))
	return nil
}

// templateXLSX gives the template as the office gave it.
func templateXLSX(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := collectionOf(r)
	if err != nil {
		return err
	}
	v, err := s.Office.Collection(r.Context(), page.Who(r.Context()), which)
	if err != nil {
		return err
	}
	content, err := s.Office.TemplateFile(v.Collection)
	if err != nil {
		return err
	}
	return page.SendXLSX(w, "template.xlsx", page.FileName(web.T(r.Context(), "模板"), v.Title)+".xlsx", content)
}

// resultXLSX gives what came in: a table in its template, all else as a table.
func resultXLSX(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := collectionOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	all, err := s.Office.CollectionResult(ctx, page.Who(ctx), which)
	if err != nil {
		return err
	}
	var content []byte
	if all.Kind == collection.Table {
		content, err = paper.FillTemplate(web.Of(ctx).Lang, all.Template, all.Collection.Template, filledUnits(ctx, all))
	} else {
		content, err = paper.CollectedXLSX(web.Of(ctx).Lang, collected(r, all))
	}
	if err != nil {
		return err
	}
	return page.SendXLSX(w, "result.xlsx", page.FileName(web.T(ctx, "汇总"), all.Title)+".xlsx", content)
}

// filledUnits are what the units filled into a template, in its order. What was returned
// is not there: it has to come anew.
func filledUnits(ctx context.Context, all desk.CollectionResult) (out []paper.FilledUnit) {
	for _, l := range all.Owed {
		u := paper.FilledUnit{Name: l.Unit.Name, Rows: l.Rows}
		if l.Situation == collection.Arrived || l.Situation == collection.Taken {
			u.Came, u.Values = true, all.Last[l.Unit.ID].Values
		} else if l.Situation == collection.GivenBack {
			u.Why = page.SituationWord(ctx, l.Situation)
		}
		out = append(out, u)
	}
	return out
}

// collected is what came in as a table: a row for each unit, or for each item of a plan.
func collected(r *http.Request, all desk.CollectionResult) paper.Collected {
	ctx := r.Context()
	out := paper.Collected{Title: all.Title}
	state := func(l desk.OwedLine) string {
		words := page.SituationWord(ctx, l.Situation)
		if l.Late {
			words += web.T(ctx, "、") + web.T(ctx, "迟报")
		}
		if l.OnBehalf {
			words += web.T(ctx, "、") + web.T(ctx, "代报")
		}
		return words
	}
	if all.Kind == collection.Plan {
		m := all.Matrix()
		out.Heads = []string{web.T(ctx, "任务"), web.T(ctx, "几家认领")}
		for _, l := range all.Owed {
			out.Heads = append(out.Heads, l.Unit.Name)
		}
		for _, p := range m.Items {
			row := []string{p.Title, web.Count(m.By(p.Item))}
			for _, l := range all.Owed {
				row = append(row, takenCell(r, m, l, p))
			}
			out.Rows = append(out.Rows, row)
		}
		var untaken []string
		for _, p := range m.Untaken() {
			untaken = append(untaken, p.Title)
		}
		if len(untaken) > 0 {
			out.Notes = append(out.Notes, web.T(ctx, "没有人认领的有 %s 条", web.Count(len(untaken)))+web.T(ctx, "：")+strings.Join(untaken, web.T(ctx, "、")))
		}
	} else {
		out.Heads = append([]string{web.T(ctx, "单位"), web.T(ctx, "现在"), web.T(ctx, "哪天报的")}, all.Questions...)
		if all.Kind == collection.File {
			out.Heads = append(out.Heads, web.T(ctx, "文件"))
		}
		for _, l := range all.Owed {
			a := all.Last[l.Unit.ID]
			row := []string{l.Unit.Name, state(l), string(l.Day)}
			for _, f := range all.Collection.Fields(l.Owed) {
				switch {
				case f.Kind != collection.Upload:
					row = append(row, a.Values[f.Key])
				case a.File != nil:
					row = append(row, a.File.Name)
				default:
					row = append(row, "")
				}
			}
			out.Rows = append(out.Rows, row)
		}
	}
	var missing []string
	for _, l := range all.Owed {
		if l.Situation == collection.Missing || l.Situation == collection.Awaited || l.Situation == collection.GivenBack {
			name := l.Unit.Name
			if l.Situation == collection.GivenBack {
				name += "（" + page.SituationWord(ctx, l.Situation) + "）"
			}
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		out.Notes = append(out.Notes, web.T(ctx, "未报 %d 家：", len(missing))+strings.Join(missing, web.T(ctx, "、")))
	}
	return out
}

func takenCell(r *http.Request, m collection.Matrix, l desk.OwedLine, p collection.Promised) string {
	t, takes := m.Taken[l.Unit.ID][p.Item]
	switch {
	case !m.Came[l.Unit.ID]:
		return page.SituationWord(r.Context(), l.Situation)
	case !takes:
		return ""
	}
	return strings.TrimSpace(strings.Join([]string{web.T(r.Context(), "认领"), t.Words, string(t.Day)}, " "))
}
