package page

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"

	"github.com/a-h/templ"
)

// Sheet is a page with one form: what it is about, what it asks, what stands
// now, and the act that it leads to.
type Sheet struct {
	Title   string // already in the reader's language, like all words here
	Lede    string
	Quote   string // the document's own words it is about
	Back    string // path of the page it belongs to
	Inputs  []Input
	Stands  url.Values
	Button  string
	Said    string                           // what was just done, on the page that shows it
	Above   templ.Component                  // shown above the form, or nil
	Below   templ.Component                  // shown below the form, or nil
	Within  func(f web.Form) templ.Component // what is asked beyond inputs, or nil
	To      string                           // path that the form is sent to, where it is not that of the page
	Second  *Second
	Upload  bool
	Keeps   string                                                              // what a script says when it has kept what is typed, by second; empty for none
	Hidden  []string                                                            // fields of stands that are sent along unseen
	Amends  []plan.AmendmentKind                                                // it amends a plan in force, for a reason of one of these kinds
	Drafted bool                                                                // it changes a draft, on which others may work too
	Step    int64                                                               // the last step of the draft
	More    bool                                                                // its act leads on to another form
	Bare    bool                                                                // nothing was loaded: it can only act
	Stop    *fault.Fault                                                        // why it cannot be done now; shown instead of the form
	Act     func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) // gives the path to go on to
	Makes   bool                                                                // a record, which is led to where the form was sent before with other content
}

// Second is another button of the same form, told apart by its name.
type Second struct{ Name, Label string }

// Input is one field of a sheet.
type Input struct {
	Name, Label, Hint string
	Kind              string // text date area file select radio checks, or part: a heading of those that follow
	Choices           []web.Choice
	Rows              string
	Accept            string // of a file: what a browser offers; the kinds of documents where it is empty
}

// Landing gives where somebody goes on who sends a form a second time: where the first
// sending led to. It is asked before anything is loaded, and told what the act answered.
type Landing func(r *http.Request, answers []int64) string

// Sheets turns what a sheet is for a request into the handler of its form.
func Sheets(landing Landing, of func(s *Side, r *http.Request) (Sheet, error)) func(*Side, http.ResponseWriter, *http.Request) error {
	return SheetsUpTo(web.MostForm, landing, of)
}

// SheetsUpTo does so for a form that may carry so many bytes.
func SheetsUpTo(most int64, landing Landing, of func(s *Side, r *http.Request) (Sheet, error)) func(*Side, http.ResponseWriter, *http.Request) error {
	return func(s *Side, w http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodPost {
			sh, err := of(s, r)
			if err == nil {
				sh = sh.reasoned(r.Context())
				form := web.NewForm(sh.Stands)
				if sh.Drafted {
					form.Values.Set("saw", strconv.FormatInt(sh.Step, 10))
				}
				ShowSheet(w, r, http.StatusOK, sh, form)
			}
			return err
		}
		form, err := web.ReadFormUpTo(w, r, most)
		if err == nil && form.Value(web.ShowAgain) != "" {
			return showAgain(s, w, r, of, form)
		}
		cmd := s.Office.Cmd(Who(r.Context()), form.Command)
		if err == nil {
			// Asked before anything is loaded: what the first sending changed must not
			// make a second of the same look like another.
			if cmd.Sent, err = web.Sent(r, form); err == nil {
				var done *desk.Done
				if done, err = s.Office.Repeated(r.Context(), cmd); done != nil {
					GoOnTo(w, r, landing(r, done.Answers))
					return nil
				}
			}
		}
		acting, unreasoned := s.reasonIn(form)
		if err == nil {
			err = unreasoned
		}
		sh, missing := of(acting, bare(r))
		if missing != nil {
			return missing
		}
		whole := err == nil
		if whole && sh.goOn(w, r, cmd, form, &err) {
			return nil
		}
		if sh.Bare { // what went wrong is told on the whole sheet, and by it
			if sh, missing = of(acting, r); missing != nil {
				return missing
			}
			if whole && sh.goOn(w, r, cmd, form, &err) {
				return nil
			}
		}
		sh = sh.reasoned(r.Context())
		var other *desk.OtherContent
		if errors.As(err, &other) {
			s.conflict(w, r, landing, sh, form, other)
			return nil
		}
		f, status := web.Told(r, err)
		form.Fault = f
		if sh.Drafted && f.Kind == fault.Conflict { // the page says what others changed: now the sender knows
			form.Values.Set("told", strconv.FormatInt(sh.Step, 10))
		}
		if !desk.IsCommandID(form.Command) {
			form.Command = web.NewCommand()
		}
		ShowSheet(w, r, status, sh, form)
		return nil
	}
}

// MadeUnder leads to the record that a form made, below the page that lists such records;
// to that page where it made none.
func MadeUnder(path string, answers []int64) string {
	if len(answers) == 0 {
		return path
	}
	return path + "/" + id.Text(answers[0])
}

// showAgain shows a form as it is filled in, and does nothing.
func showAgain(s *Side, w http.ResponseWriter, r *http.Request, of func(s *Side, r *http.Request) (Sheet, error), form web.Form) error {
	sh, err := of(s, r)
	if err == nil {
		form.Values.Del(web.ShowAgain)
		ShowSheet(w, r, http.StatusOK, sh, form)
	}
	return err
}

// partHeader is sent by the script of a page that wants the form alone, to show it
// where it is needed; an act is then answered without a page to go on to.
const partHeader = "Luoshi-Part"

// IsPart reports that the form alone is wanted.
func IsPart(r *http.Request) bool { return r.Header.Get(partHeader) != "" }

// ShowSheet shows a sheet with what is typed in it, or its form alone where that is wanted.
func ShowSheet(w http.ResponseWriter, r *http.Request, status int, sh Sheet, form web.Form) {
	if IsPart(r) {
		web.Show(w, r, status, sheetPart(sh, form))
		return
	}
	if sh.Keeps != "" {
		w.Header().Set("Content-Security-Policy", web.ScriptPolicy)
	}
	web.Show(w, web.Keeping(r), status, sheetPage(sh, form))
}

// GoOnTo sends the sender of a form on. A script gets the id of its next command.
func GoOnTo(w http.ResponseWriter, r *http.Request, next string) {
	if IsPart(r) {
		w.Header().Set("Luoshi-Command", web.NewCommand())
		w.WriteHeader(http.StatusNoContent)
		return
	}
	SeeOther(w, r, next)
}

// goOn does the act and sends the sender on; if it cannot be done it says why.
func (sh Sheet) goOn(w http.ResponseWriter, r *http.Request, cmd desk.Cmd, form web.Form, why *error) bool {
	next, err := sh.Act(r.Context(), cmd, form)
	if *why = err; err == nil {
		if sh.More && IsPart(r) {
			w.Header().Set("Luoshi-Next", string(web.Link(r.Context(), next)))
		}
		GoOnTo(w, r, next)
	}
	return err == nil
}

type bareKey struct{}

// bare marks a request whose sheet is only to act: most forms are right, and a
// right one needs none of the words around it.
func bare(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), bareKey{}, true))
}

// IsBare reports that a sheet is only to act.
func IsBare(r *http.Request) bool { return r.Context().Value(bareKey{}) != nil }

// Line is a field on the page that shows what stands beside what was sent.
type Line struct{ Label, Stands, Sent string }

// conflict answers a form that was sent before with other content: both are
// shown, and what was sent can be sent again as an act of its own.
func (s *Side) conflict(w http.ResponseWriter, r *http.Request, landing Landing, sh Sheet, form web.Form, other *desk.OtherContent) {
	var lines []Line
	for _, in := range sh.Inputs {
		if in.Kind != "file" && in.Kind != "part" && in.Kind != "password" {
			lines = append(lines, Line{in.Label, in.words(r.Context(), sh.Stands[in.Name]), in.words(r.Context(), form.Values[in.Name])})
		}
	}
	made := ""
	if sh.Makes {
		made = landing(r, other.Answers)
	}
	fresh := web.Form{Command: web.NewCommand(), Values: form.Values}
	web.Show(w, r, http.StatusConflict, conflictPage(sh, fresh, lines, made))
}

// words says the values of a field as a reader sees them.
func (in Input) words(ctx context.Context, values []string) string {
	var out []string
	for _, v := range values {
		said := v
		for _, c := range in.Choices {
			if c.Value == v {
				said = c.Words
			}
		}
		out = append(out, said)
	}
	return strings.Join(out, web.T(ctx, "、"))
}

// Unbared takes back that a request's sheet is only to act, for one that needs the record.
func Unbared(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), bareKey{}, nil))
}
