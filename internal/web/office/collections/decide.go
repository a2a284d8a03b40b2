package collections

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"

	"github.com/a-h/templ"
)

// answerKey reads which revision of a unit's answer was looked at.
func answerKey(c id.Collection, looked string) (desk.AnswerKey, error) {
	unit, revision, _ := strings.Cut(looked, "-")
	u, err := id.Of[id.Unit](unit)
	n, wrong := strconv.Atoi(revision)
	if err != nil || wrong != nil {
		return desk.AnswerKey{}, desk.ErrMissing
	}
	return desk.AnswerKey{Collection: c, Unit: u, Revision: n}, nil
}

// decideAnswer shows what a unit gave, and lets it be taken or given back.
func decideAnswer(s *page.Side, r *http.Request) (page.Sheet, error) {
	which, unit, err := askedOf(r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	a, err := s.Office.AnsweringOf(ctx, page.Who(ctx), which, unit)
	if err != nil {
		return page.Sheet{}, err
	}
	if len(a.Answers) == 0 {
		return page.Sheet{}, desk.ErrMissing
	}
	last := a.Answers[len(a.Answers)-1]
	v := answeredView{Answering: a, Last: last, path: decidePathOf(which, unit)}
	sh := page.Sheet{Title: a.Line.Unit.Name, Quote: a.Title, Back: page.CollectionPath(which), Hidden: []string{"revision"}, Stands: url.Values{"revision": {strconv.Itoa(last.Revision)}}}
	one, err := s.Office.Collection(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, err
	}
	v.Decides = one.Asks && a.State == collection.Open && last.Standing != collection.Returned
	if !v.Decides {
		sh.Stop, sh.Below = stopOf(a, last, one.Asks), answerShown(v, web.NewForm(nil))
	} else {
		sh.Button = web.T(ctx, "收下")
		if last.Standing == collection.Accepted {
			sh.Button = web.T(ctx, "退回")
		} else {
			sh.Second = &page.Second{Name: "return", Label: web.T(ctx, "退回")}
		}
		sh.Within = func(f web.Form) templ.Component { return answerShown(v, f) }
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		k, err := answerKey(which, unit.String()+"-"+f.Value("revision"))
		if err != nil {
			return "", err
		}
		if f.Value("return") != "" || last.Standing == collection.Accepted {
			return page.CollectionPath(which) + "?done=returned", s.Office.ReturnAnswer(ctx, cmd, k, reasonsIn(f))
		}
		return page.CollectionPath(which) + "?done=accepted", s.Office.AcceptAnswer(ctx, cmd, k)
	}
	return sh, nil
}

// stopOf says why an answer cannot be decided on.
func stopOf(a desk.Answering, last collection.Answer, asks bool) *fault.Fault {
	switch {
	case !asks:
		return fault.Of(desk.MayNot("collection.ask"))
	case a.State != collection.Open:
		return fault.Of(a.Running())
	}
	return fault.New(fault.Conflict, "退回了，等单位重新报。")
}

// reasonsIn are the reasons of a form, by the field that they are about.
func reasonsIn(f web.Form) collection.Values {
	out := collection.Values{}
	for name, values := range f.Values {
		if key, is := strings.CutPrefix(name, "why-"); is && len(values) > 0 && strings.TrimSpace(values[0]) != "" {
			out[key] = page.TidyWords(values[0])
		}
	}
	return out
}

// answeredView is what a unit gave, as it is looked at.
type answeredView struct {
	desk.Answering
	Last    collection.Answer
	Decides bool
	path    string
}

// filePath leads to the file of a revision.
func (v answeredView) filePath(a collection.Answer) string {
	return v.path + "/" + strconv.Itoa(a.Revision) + "/file"
}

// fieldRows are the cells of a table, row by row.
func fieldRows(fields []collection.Field) (out [][]collection.Field) {
	for _, f := range fields {
		if f.Row > len(out) {
			out = append(out, nil)
		}
		out[f.Row-1] = append(out[f.Row-1], f)
	}
	return out
}

// answerFile sends the file of an answer as it was given.
func answerFile(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, unit, err := askedOf(r)
	if err != nil {
		return err
	}
	a, err := s.Office.AnsweringOf(r.Context(), page.Who(r.Context()), which, unit)
	if err != nil {
		return err
	}
	return sendAnswerFile(s, w, r, a)
}

func sendAnswerFile(s *page.Side, w http.ResponseWriter, r *http.Request, a desk.Answering) error {
	all := a.Answers
	if a.Draft != nil {
		all = append(all, *a.Draft)
	}
	for _, one := range all {
		if strconv.Itoa(one.Revision) != r.PathValue("revision") {
			continue
		}
		name, content, err := s.Office.AnswerFile(one)
		if err != nil {
			return err
		}
		// Whatever it is, the browser keeps it as a file and opens nothing.
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Disposition", page.Attachment("file", page.FileName(a.Line.Unit.Name, name)))
		_, _ = w.Write(content) // a reader who hangs up needs no answer
		return nil
	}
	return desk.ErrMissing
}
