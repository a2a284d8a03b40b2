package plans

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"

	"github.com/a-h/templ"
)

var (
	errNoTableSent   = fault.New(fault.Invalid, "还没有选文件，也没有粘贴格子。").In("file")
	errTableLost     = fault.New(fault.Invalid, "没有收到表里的改动。请回到上一页再交一次表。")
	errNothingToTake = fault.New(fault.Invalid, "表里改的这些都存不了，原因写在每一行里。")
	errSameTable     = fault.New(fault.Invalid, "没有改动：交来的表和导出的时候一样，或者改动都已经在草稿里了。")
)

// tableBack takes a task table back that somebody edited, and shows what differs.
// Nothing is saved before it was looked at.
func tableBack(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, sh, err := drafted(s, r)
	if err != nil {
		return err
	}
	sh.OnlyDraft()
	ctx := r.Context()
	if !desk.May("plan.correct", page.Who(ctx).Roles) {
		return desk.ErrMayNotPlan
	}
	sh.Title, sh.Quote, sh.Button, sh.Upload = web.T(ctx, "把改好的任务分解表导回来"), v.Plan.Title, web.T(ctx, "看看改了哪些"), true
	sh.Lede = web.T(ctx, "在 Excel、WPS 或者 Word 里改好的表，从这里交回来。先给您看改了哪几格，看过再存。行的先后不读。")
	sh.Inputs = []page.Input{
		{Name: "file", Kind: "file", Label: web.T(ctx, "改好的表"), Hint: web.T(ctx, "从这个方案导出的 Excel 表或者 Word 文件，最多 4 MB。")},
		{Name: "cells", Kind: "area", Rows: "8", Label: web.T(ctx, "或者粘贴几行"), Hint: web.T(ctx, "在表格里选中几行，复制，贴到这里，带不带表头都行。没有“编号”一列的，凭序号和任务名称认。")},
	}
	form := web.NewForm(nil)
	if r.Method != http.MethodPost || sh.Stop != nil {
		page.ShowSheet(w, r, http.StatusOK, sh, form)
		return nil
	}
	if form, err = web.ReadForm(w, r); err == nil {
		var edited plan.EditedTable
		if edited, err = editedTable(s, r, form); err == nil {
			err = showChanges(s, w, r, v.Plan.ID, edited)
		}
	}
	if err != nil {
		f, status := web.Told(r, err)
		form.Fault = f
		page.ShowSheet(w, r, status, sh, form)
	}
	return nil
}

// editedTable reads the uploaded file, or what was pasted where there is none.
func editedTable(s *page.Side, r *http.Request, f web.Form) (plan.EditedTable, error) {
	ctx := r.Context()
	in, err := page.SentDocument(r, web.Form{Values: url.Values{"text": {f.Value("cells")}}})
	if errors.Is(err, page.ErrNothingSent) {
		err = errNoTableSent
	}
	if err != nil {
		return plan.EditedTable{}, err
	}
	var edited plan.EditedTable
	field := "cells"
	if f.Chose("file") {
		field = "file"
		source, read := s.Office.ReadFile(ctx, in.FileName, in.Original)
		if err = read; err == nil {
			edited, err = paper.ReadTaskTable(source)
		}
	} else {
		shown, loading := s.Office.TableColumns(ctx, page.Who(ctx))
		if err = loading; err == nil {
			edited, err = paper.PastedTaskTable(string(in.Original), shown)
		}
	}
	if wrong := fault.Of(err); wrong != nil {
		err = wrong.In(field)
	}
	return edited, err
}

// showChanges shows what differs, with what is needed for saving it.
func showChanges(s *page.Side, w http.ResponseWriter, r *http.Request, p id.Plan, edited plan.EditedTable) error {
	v, changes, err := s.Office.TableChanges(r.Context(), page.Who(r.Context()), p, edited)
	if err != nil {
		return err
	}
	left, err := json.Marshal(edited.Differing(changes))
	if err != nil {
		return err
	}
	form := web.NewForm(url.Values{"table": {string(left)}})
	for _, c := range changes {
		if c.Ticked() {
			form.Values.Add("take", c.Name)
		}
	}
	sh := page.Sheet{Back: page.PlanPath(v.Plan.ID), Step: v.LastStep, Drafted: true}
	form.Values.Set("saw", strconv.FormatInt(v.LastStep, 10))
	showsChanges(&sh, r.Context(), v, edited, changes)
	page.ShowSheet(w, r, http.StatusOK, sh, form)
	return nil
}

// takeTable is the sheet on which differences are ticked, and saves them.
func takeTable(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := drafted(s, r)
	if err != nil {
		return sh, err
	}
	sh.OnlyDraft()
	ctx := r.Context()
	var edited plan.EditedTable
	_ = r.ParseForm() // what is wrong with a body was said where it was read
	if sent := r.PostForm.Get("table"); sent == "" || json.Unmarshal([]byte(sent), &edited) != nil {
		sh.Title = web.T(ctx, "把改好的任务分解表导回来")
		if sh.Stop == nil {
			sh.Stop = errTableLost
		}
		sh.Act = func(context.Context, desk.Cmd, web.Form) (string, error) { return "", errTableLost }
		return sh, nil
	}
	edited.Again, edited.Whole = true, false
	v, changes, err := s.Office.TableChanges(ctx, page.Who(ctx), v.Plan.ID, edited)
	if err != nil {
		return sh, err
	}
	showsChanges(&sh, ctx, v, edited, changes)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		taken := slices.DeleteFunc(slices.Clone(changes), func(c plan.TableChange) bool { return c.Why != nil || !f.Holds("take", c.Name) })
		err := s.Office.ImportTable(ctx, cmd, v.Plan.ID, taken, seenIn(f))
		var other *desk.OtherContent
		if wrong := fault.Of(err); wrong != nil && !errors.As(err, &other) && (wrong.Kind == fault.Invalid || wrong.Kind == fault.Conflict) {
			err = wrong.In("changes") // a cell of the table stands for the field
		}
		return sh.Back, err
	}
	return sh, nil
}

// showsChanges makes a sheet that shows differences.
func showsChanges(sh *page.Sheet, ctx context.Context, v desk.Review, edited plan.EditedTable, changes []plan.TableChange) {
	sh.Title, sh.Quote, sh.Button = web.T(ctx, "表里改了这些"), v.Plan.Title, web.T(ctx, "存下勾上的")
	sh.To, sh.Hidden = page.PlanPath(v.Plan.ID)+"/tasks/import/take", []string{"table"}
	sh.Lede = changeCount(ctx, changes)
	if len(changes) == 0 && sh.Stop == nil {
		sh.Lede, sh.Stop = "", errSameTable
	}
	if len(edited.Strange) > 0 {
		sh.Below = strangeHeads(edited.Strange)
	}
	if sh.Stop == nil && !slices.ContainsFunc(changes, func(c plan.TableChange) bool { return c.Why == nil }) {
		sh.Stop = errNothingToTake
		sh.Below = tableChanges(v, changes, web.NewForm(nil))
	}
	sh.Within = func(f web.Form) templ.Component { return tableChanges(v, changes, f) }
}

// changeCount says how much differs.
func changeCount(ctx context.Context, changes []plan.TableChange) string {
	count := map[plan.TableChangeKind]int{}
	for _, c := range changes {
		count[c.Kind]++
	}
	var parts []string
	for _, part := range []struct {
		kind plan.TableChangeKind
		say  string
	}{
		{plan.CellChanged, web.T(ctx, "改了 %s 格", web.Count(count[plan.CellChanged]))},
		{plan.RowAdded, web.T(ctx, "多了 %s 行", web.Count(count[plan.RowAdded]))},
		{plan.RowMissing, web.T(ctx, "少了 %s 行", web.Count(count[plan.RowMissing]))},
	} {
		if count[part.kind] > 0 {
			parts = append(parts, part.say)
		}
	}
	return web.T(ctx, "%s。勾上的才存，存成一步，可以撤销。", strings.Join(parts, web.T(ctx, "、")))
}

// cellLines are the lines of a cell; an empty one is a dash.
func cellLines(words string) []string {
	if words == "" {
		return []string{"–"}
	}
	return strings.Split(words, "\n")
}

// onlyChanged are the lines of a cell that the other does not have; all of them where
// none differs or lines went away.
func onlyChanged(words, other string) string {
	lines, others := strings.Split(words, "\n"), strings.Split(other, "\n")
	if len(lines) != len(others) {
		return words
	}
	var out []string
	for k, line := range lines {
		if line != others[k] {
			out = append(out, line)
		}
	}
	if len(out) == 0 {
		return words
	}
	return strings.Join(out, "\n")
}
