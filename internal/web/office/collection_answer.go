package office

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

	"github.com/a-h/templ"
)

const answersPath = "/office/answers"

// answerPath leads to what a unit is asked by a collection.
func answerPath(c id.Collection, u id.Unit) string {
	return answersPath + "/" + c.String() + "?unit=" + u.String()
}

// answersView is what the reader's units are asked.
type answersView struct {
	Units []desk.UnitCollections
	Today calendar.Day
	Done  string
}

// answersDue lists what one's own units are asked for.
func (s *side) answersDue(w http.ResponseWriter, r *http.Request) error {
	all, err := s.office.CollectionsDue(r.Context(), who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, answersPage(answersView{all, s.office.Today(), r.URL.Query().Get("done")}))
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
func filed(of func(s *side, r *http.Request) (sheet, error)) func(*side, http.ResponseWriter, *http.Request) error {
	return sheetsUpTo(web.MostFiled, of)
}

// ownAnswering finds what one of the reader's units is asked by a collection.
func (s *side) ownAnswering(r *http.Request) (a desk.Answering, err error) {
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
		return s.office.Answering(ctx, who(ctx), which, unit)
	}
	all, err := s.office.CollectionsDue(ctx, who(ctx))
	for _, u := range all {
		for _, o := range u.Owed {
			if o.Collection == which {
				return s.office.Answering(ctx, who(ctx), which, o.Unit)
			}
		}
	}
	if err == nil {
		err = desk.ErrMissing
	}
	return a, err
}

// answerCollection is the form of what one's own unit is asked.
func answerCollection(s *side, r *http.Request) (sheet, error) {
	a, err := s.ownAnswering(r)
	if err != nil {
		return sheet{}, err
	}
	unit, which := a.Line.Unit.ID, a.ID
	sh := answerSheet(r.Context(), a, false, r.URL.Query().Get("done"))
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		given, err := givenIn(r, f, a)
		if err != nil {
			return "", err
		}
		if f.Value("keep") != "" {
			return answerPath(which, unit) + "&done=kept", s.office.KeepAnswer(ctx, cmd, which, unit, given)
		}
		return answersPath + "?done=sent", s.office.SendAnswer(ctx, cmd, which, unit, given)
	}
	return sh, nil
}

// answerOnBehalf is the same form for a unit that cannot answer itself.
func answerOnBehalf(s *side, r *http.Request) (sheet, error) {
	which, unit, err := askedOf(r)
	if err != nil {
		return sheet{}, err
	}
	ctx := r.Context()
	a, err := s.office.AnsweringOf(ctx, who(ctx), which, unit)
	if err != nil {
		return sheet{}, err
	}
	sh := answerSheet(ctx, a, true, "")
	sh.act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		given, err := givenIn(r, f, a)
		if err != nil {
			return "", err
		}
		return collectionPath(which) + "?done=behalf", s.office.AnswerOnBehalf(ctx, cmd, which, unit, given)
	}
	return sh, nil
}

// answerView is what a unit is asked, to be filled in.
type answerView struct {
	desk.Answering
	OnBehalf bool
	Done     string
}

func answerSheet(ctx context.Context, a desk.Answering, onBehalf bool, done string) sheet {
	v := answerView{Answering: a, OnBehalf: onBehalf, Done: done}
	sh := sheet{title: a.Title, back: answersPath, button: web.T(ctx, "报上去"), second: &second{"keep", web.T(ctx, "先存着，不报")}, upload: true, hidden: []string{"unit"},
		stands: url.Values{"unit": {a.Line.Unit.ID.String()}}}
	if onBehalf {
		sh.title, sh.back, sh.second = web.T(ctx, "代报：%s", a.Line.Unit.Name), collectionPath(a.ID), nil
		sh.lede = web.T(ctx, "照单位在电话里、纸上说的填。页面上会写明是代报的。")
	}
	for key, value := range a.Filled {
		sh.stands.Set(key, value)
	}
	sh.within = func(f web.Form) templ.Component { return answerForm(v, f) }
	if err := a.Collection.Follows(a.Line.Owed); err != nil {
		sh.stop = fault.Of(err)
		last := collection.Answer{}
		if n := len(a.Answers); n > 0 {
			last = a.Answers[n-1]
		}
		sh.below = answerShown(answeredView{Answering: a, Last: last, path: answersPath + "/" + a.ID.String()}, web.NewForm(nil))
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
		given.FileName, given.Raw, err = sentFile(r)
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
func (s *side) ownSheetXLSX(w http.ResponseWriter, r *http.Request) error {
	a, err := s.ownAnswering(r)
	if err != nil {
		return err
	}
	raw, err := s.office.TemplateFile(a.Collection)
	if err != nil {
		return err
	}
	content, err := paper.OwnTemplate(r.Context(), raw, a.Template, paper.FilledUnit{Name: a.Line.Unit.Name, Rows: a.Line.Rows, Values: a.Filled})
	if err != nil {
		return err
	}
	return sendXLSX(w, "sheet.xlsx", fileName(a.Line.Unit.Name, a.Title)+".xlsx", content)
}

// uploadAnswer reads the sheet that was filled in, to be looked at before it is sent.
func uploadAnswer(s *side, r *http.Request) (sheet, error) {
	a, err := s.ownAnswering(r)
	if err != nil {
		return sheet{}, err
	}
	if a.Template == nil {
		return sheet{}, desk.ErrMissing
	}
	ctx, unit := r.Context(), a.Line.Unit.ID
	sh := sheet{title: web.T(ctx, "交填好的表"), quote: a.Title, back: answerPath(a.ID, unit), button: web.T(ctx, "读进来看看"), upload: true, hidden: []string{"unit"},
		stands: url.Values{"unit": {unit.String()}}, lede: web.T(ctx, "读进来以后先给您看，看过再报送。只读本单位的行。"),
		inputs: []input{{name: "file", kind: "file", label: web.T(ctx, "填好的表"), hint: web.T(ctx, "用下载的那张表填，表头和单位名称不要改。")}}}
	sh.act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		name, raw, err := sentFile(r)
		if err != nil {
			return "", err
		}
		return answerPath(a.ID, unit) + "&done=read", s.office.UploadAnswer(ctx, cmd, a.ID, unit, name, raw)
	}
	return sh, nil
}

// ownFile gives back the file that one's own unit handed in.
func (s *side) ownFile(w http.ResponseWriter, r *http.Request) error {
	a, err := s.ownAnswering(r)
	if err != nil {
		return err
	}
	return s.sendAnswerFile(w, r, a)
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
