package collections

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"

	"github.com/a-h/templ"
)

// answersView is what the reader's units are asked.
type answersView struct {
	Units []desk.UnitCollections
	Today calendar.Day
	Done  string
}

// answersDue lists what one's own units are asked for.
func answersDue(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	all, err := s.Office.CollectionsDue(r.Context(), page.Who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, answersPage(answersView{all, s.Office.Today(), r.URL.Query().Get("done")}))
	return nil
}

// owes parts what a unit still owes from what it handed in.
func owes(all []desk.CollectionOwed, yes bool) (out []desk.CollectionOwed) {
	for _, o := range all {
		if o.Owes() == yes {
			out = append(out, o)
		}
	}
	return out
}

func owedMinutes(all []desk.CollectionOwed) (n int) {
	for _, o := range all {
		n += o.Minutes
	}
	return n
}

// filed is a form that hands in a file as it is.
func filed(of func(s *page.Side, r *http.Request) (page.Sheet, error)) func(*page.Side, http.ResponseWriter, *http.Request) error {
	return page.SheetsUpTo(web.MostFiled, landing, of)
}

// ownAnswering finds what one of the reader's units is asked by a collection.
func ownAnswering(s *page.Side, r *http.Request) (a desk.Answering, err error) {
	which, err := collectionOf(r)
	if err != nil {
		return a, err
	}
	ctx := r.Context()
	if asked := r.FormValue("unit"); asked != "" {
		unit, err := id.Of[id.Unit](asked)
		if err != nil {
			return a, desk.ErrMissing
		}
		return s.Office.Answering(ctx, page.Who(ctx), which, unit)
	}
	all, err := s.Office.CollectionsDue(ctx, page.Who(ctx))
	for _, u := range all {
		for _, o := range u.Owed {
			if o.Collection == which {
				return s.Office.Answering(ctx, page.Who(ctx), which, o.Unit)
			}
		}
	}
	if err == nil {
		err = desk.ErrMissing
	}
	return a, err
}

// answerCollection is the form of what one's own unit is asked.
func answerCollection(s *page.Side, r *http.Request) (page.Sheet, error) {
	a, err := ownAnswering(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	unit, which := a.Line.Unit.ID, a.ID
	sh := answerSheet(r.Context(), a, false, r.URL.Query().Get("done"))
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		given, err := givenIn(r, f, a)
		if err != nil {
			return "", err
		}
		if f.Value("keep") != "" {
			return page.AnswerPath(which, unit) + "&done=kept", s.Office.KeepAnswer(ctx, cmd, which, unit, given)
		}
		return page.AnswersPath + "?done=sent", s.Office.SendAnswer(ctx, cmd, which, unit, given)
	}
	return sh, nil
}

// answerOnBehalf is the same form for a unit that cannot answer itself.
func answerOnBehalf(s *page.Side, r *http.Request) (page.Sheet, error) {
	which, unit, err := askedOf(r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	a, err := s.Office.AnsweringOf(ctx, page.Who(ctx), which, unit)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := answerSheet(ctx, a, true, "")
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		given, err := givenIn(r, f, a)
		if err != nil {
			return "", err
		}
		return page.CollectionPath(which) + "?done=behalf", s.Office.AnswerOnBehalf(ctx, cmd, which, unit, given)
	}
	return sh, nil
}

// answerView is what a unit is asked, to be filled in.
type answerView struct {
	desk.Answering
	OnBehalf bool
	Done     string
}

func answerSheet(ctx context.Context, a desk.Answering, onBehalf bool, done string) page.Sheet {
	v := answerView{Answering: a, OnBehalf: onBehalf, Done: done}
	sh := page.Sheet{Title: a.Title, Back: page.AnswersPath, Button: web.T(ctx, "报上去"), Second: &page.Second{Name: "keep", Label: web.T(ctx, "先存着，不报")}, Upload: true, Hidden: []string{"unit"},
		Stands: url.Values{"unit": {a.Line.Unit.ID.String()}}}
	if onBehalf {
		sh.Title, sh.Back, sh.Second = web.T(ctx, "代报：%s", a.Line.Unit.Name), page.CollectionPath(a.ID), nil
		sh.Lede = web.T(ctx, "照单位在电话里、纸上说的填。页面上会写明是代报的。")
	}
	for key, value := range a.Filled {
		sh.Stands.Set(key, value)
	}
	sh.Within = func(f web.Form) templ.Component { return answerForm(v, f) }
	if err := a.Collection.Follows(a.Line.Owed); err != nil {
		sh.Stop = fault.Of(err)
		last := collection.Answer{}
		if n := len(a.Answers); n > 0 {
			last = a.Answers[n-1]
		}
		sh.Below = answerShown(answeredView{Answering: a, Last: last, path: page.AnswersPath + "/" + a.ID.String()}, web.NewForm(nil))
	}
	return sh
}

// givenIn reads a form: what was typed, what was pasted over it, and the file.
func givenIn(r *http.Request, f web.Form, a desk.Answering) (given desk.GivenAnswer, err error) {
	given.Values = collection.Values{}
	for _, field := range a.Fields {
		if v := f.Value(field.Key); v != "" && field.Kind != collection.Printed && field.Kind != collection.Upload {
			given.Values[field.Key] = v
		}
	}
	if err := pasted(f.Value("pasted"), a.Fields, given.Values); err != nil {
		return given, err
	}
	if a.Kind != collection.Text {
		given.FileName, given.Raw, err = page.SentFile(r)
	}
	return given, err
}

// pasted puts cells that were copied from a spreadsheet into the cells that are asked,
// row by row.
func pasted(words string, fields []collection.Field, into collection.Values) error {
	words = strings.Trim(strings.ReplaceAll(words, "\r\n", "\n"), "\n")
	if words == "" {
		return nil
	}
	rows := fieldRows(fields)
	for k, line := range strings.Split(words, "\n") {
		if k >= len(rows) {
			return fault.New(fault.Invalid, "贴的有 %d 行，本单位只有 %d 行。", strings.Count(words, "\n")+1, len(rows)).In("pasted")
		}
		open := slices.DeleteFunc(slices.Clone(rows[k]), func(f collection.Field) bool { return f.Kind == collection.Printed })
		cells := strings.Split(line, "\t")
		if len(cells) > len(open) {
			return fault.New(fault.Invalid, "贴的第 %d 行有 %d 格，这一行要填的只有 %d 格。请只复制要填的格子。", k+1, len(cells), len(open)).In("pasted")
		}
		for c, cell := range cells {
			if cell = strings.TrimSpace(cell); cell != "" {
				into[open[c].Key] = cell
			}
		}
	}
	return nil
}

// ownSheetXLSX gives the template with the rows of one's own unit.
func ownSheetXLSX(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	a, err := ownAnswering(s, r)
	if err != nil {
		return err
	}
	raw, err := s.Office.TemplateFile(a.Collection)
	if err != nil {
		return err
	}
	content, err := paper.OwnTemplate(r.Context(), raw, a.Template, paper.FilledUnit{Name: a.Line.Unit.Name, Rows: a.Line.Rows, Values: a.Filled})
	if err != nil {
		return err
	}
	return page.SendXLSX(w, "sheet.xlsx", page.FileName(a.Line.Unit.Name, a.Title)+".xlsx", content)
}

// uploadAnswer reads the sheet that was filled in, to be looked at before it is sent.
func uploadAnswer(s *page.Side, r *http.Request) (page.Sheet, error) {
	a, err := ownAnswering(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	if a.Template == nil {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx, unit := r.Context(), a.Line.Unit.ID
	sh := page.Sheet{Title: web.T(ctx, "交填好的表"), Quote: a.Title, Back: page.AnswerPath(a.ID, unit), Button: web.T(ctx, "读进来看看"), Upload: true, Hidden: []string{"unit"},
		Stands: url.Values{"unit": {unit.String()}}, Lede: web.T(ctx, "读进来以后先给您看，看过再报送。只读本单位的行。"),
		Inputs: []page.Input{{Name: "file", Kind: "file", Label: web.T(ctx, "填好的表"), Hint: web.T(ctx, "用下载的那张表填，表头和单位名称不要改。")}}}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		name, raw, err := page.SentFile(r)
		if err != nil {
			return "", err
		}
		return page.AnswerPath(a.ID, unit) + "&done=read", s.Office.UploadAnswer(ctx, cmd, a.ID, unit, name, raw)
	}
	return sh, nil
}

// ownFile gives back the file that one's own unit handed in.
func ownFile(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	a, err := ownAnswering(s, r)
	if err != nil {
		return err
	}
	return sendAnswerFile(s, w, r, a)
}

// printedWords are the words of a cell that is not asked; of free rows the unit's name.
func printedWords(v answerView, f collection.Field) string {
	if f.Known == "" && f.Col == v.Template.Reading.UnitCol && len(v.Line.Rows) == 0 {
		return v.Line.Unit.Name
	}
	return f.Known
}

// cellLabel names a cell for who does not see the table.
func cellLabel(ctx context.Context, f collection.Field, rows int) string {
	if rows == 1 {
		return f.Label
	}
	return web.T(ctx, "%s，第 %s 行", f.Label, web.Count(f.Row))
}

// reasonsSaid are the reasons for which a revision was returned, each with its field.
func reasonsSaid(a desk.Answering, one collection.Answer) (out []string) {
	if why := one.Reasons[collection.Whole]; why != "" {
		out = append(out, why)
	}
	for _, f := range a.Fields {
		if why := one.Reasons[f.Key]; why != "" {
			out = append(out, f.Label+"："+why)
		}
	}
	return out
}

// returnedHint says beside a field why it was returned.
func returnedHint(ctx context.Context, why collection.Values, key string) string {
	if why[key] == "" {
		return ""
	}
	return web.T(ctx, "退回：") + why[key]
}
