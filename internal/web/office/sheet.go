package office

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

// sheet is a page with one form: what it is about, what it asks, what stands
// now, and the act that it leads to.
type sheet struct {
	title   string // already in the reader's language, like all words here
	lede    string
	quote   string // the document's own words it is about
	back    string // path of the page it belongs to
	inputs  []input
	stands  url.Values
	button  string
	said    string                           // what was just done, on the page that shows it
	above   templ.Component                  // shown above the form, or nil
	below   templ.Component                  // shown below the form, or nil
	within  func(f web.Form) templ.Component // what is asked beyond inputs, or nil
	to      string                           // path that the form is sent to, where it is not that of the page
	second  *second
	upload  bool
	keeps   string                                                              // what a script says when it has kept what is typed, by second; empty for none
	hidden  []string                                                            // fields of stands that are sent along unseen
	amends  []plan.AmendmentKind                                                // it amends a plan in force, for a reason of one of these kinds
	drafted bool                                                                // it changes a draft, on which others may work too
	step    int64                                                               // the last step of the draft
	more    bool                                                                // its act leads on to another form
	bare    bool                                                                // nothing was loaded: it can only act
	stop    *fault.Fault                                                        // why it cannot be done now; shown instead of the form
	act     func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) // gives the path to go on to
	madeAt  func(answers []int64) string                                        // where the record of an earlier sending stands
}

// second is another button of the same form, told apart by its name.
type second struct{ name, label string }

// input is one field of a sheet.
type input struct {
	name, label, hint string
	kind              string // text date area file select radio checks, or part: a heading of those that follow
	choices           []web.Choice
	rows              string
	accept            string // of a file: what a browser offers; the kinds of documents where it is empty
}

// sheets turns what a sheet is for a request into the handler of its form.
func sheets(of func(s *side, r *http.Request) (sheet, error)) func(*side, http.ResponseWriter, *http.Request) error {
	return sheetsUpTo(web.MostForm, of)
}

// sheetsUpTo does so for a form that may carry so many bytes.
func sheetsUpTo(most int64, of func(s *side, r *http.Request) (sheet, error)) func(*side, http.ResponseWriter, *http.Request) error {
	return func(s *side, w http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodPost {
			sh, err := of(s, r)
			if err == nil {
				sh = sh.reasoned(r.Context())
				form := web.NewForm(sh.stands)
				if sh.drafted {
					form.Values.Set("saw", strconv.FormatInt(sh.step, 10))
				}
				showSheet(w, r, http.StatusOK, sh, form)
			}
			return err
		}
		form, err := web.ReadFormUpTo(w, r, most)
		if err == nil && form.Value(web.ShowAgain) != "" {
			return showAgain(s, w, r, of, form)
		}
		cmd := s.office.Cmd(who(r.Context()), form.Command)
		if err == nil {
			// Asked before anything is loaded: what the first sending changed must not
			// make a second of the same look like another.
			if cmd.Sent, err = web.Sent(r, form); err == nil {
				var done *desk.Done
				if done, err = s.office.Repeated(r.Context(), cmd); done != nil {
					goOnTo(w, r, landing(r, done.Answers))
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
		if sh.bare { // what went wrong is told on the whole sheet, and by it
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
			s.conflict(w, r, sh, form, other)
			return nil
		}
		f, status := web.Told(r, err)
		form.Fault = f
		if sh.drafted && f.Kind == fault.Conflict { // the page says what others changed: now the sender knows
			form.Values.Set("told", strconv.FormatInt(sh.step, 10))
		}
		if !desk.IsCommandID(form.Command) {
			form.Command = web.NewCommand()
		}
		showSheet(w, r, status, sh, form)
		return nil
	}
}

// showAgain shows a form as it is filled in, and does nothing.
func showAgain(s *side, w http.ResponseWriter, r *http.Request, of func(s *side, r *http.Request) (sheet, error), form web.Form) error {
	sh, err := of(s, r)
	if err == nil {
		form.Values.Del(web.ShowAgain)
		showSheet(w, r, http.StatusOK, sh, form)
	}
	return err
}

// partHeader is sent by the script of a page that wants the form alone, to show it
// where it is needed; an act is then answered without a page to go on to.
const partHeader = "Luoshi-Part"

func isPart(r *http.Request) bool { return r.Header.Get(partHeader) != "" }

func showSheet(w http.ResponseWriter, r *http.Request, status int, sh sheet, form web.Form) {
	if isPart(r) {
		web.Show(w, r, status, sheetPart(sh, form))
		return
	}
	if sh.keeps != "" {
		w.Header().Set("Content-Security-Policy", web.ScriptPolicy)
	}
	web.Show(w, web.Keeping(r), status, sheetPage(sh, form))
}

// goOnTo sends the sender of a form on. A script gets the id of its next command.
func goOnTo(w http.ResponseWriter, r *http.Request, next string) {
	if isPart(r) {
		w.Header().Set("Luoshi-Command", web.NewCommand())
		w.WriteHeader(http.StatusNoContent)
		return
	}
	go303(w, r, next)
}

// goOn does the act and sends the sender on; if it cannot be done it says why.
func (sh sheet) goOn(w http.ResponseWriter, r *http.Request, cmd desk.Cmd, form web.Form, why *error) bool {
	next, err := sh.act(r.Context(), cmd, form)
	if *why = err; err == nil {
		if sh.more && isPart(r) {
			w.Header().Set("Luoshi-Next", string(web.Link(r.Context(), next)))
		}
		goOnTo(w, r, next)
	}
	return err == nil
}

type bareKey struct{}

// bare marks a request whose sheet is only to act: most forms are right, and a
// right one needs none of the words around it.
func bare(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), bareKey{}, true))
}

func isBare(r *http.Request) bool { return r.Context().Value(bareKey{}) != nil }

// landing is where somebody goes on who sends a form a second time: where the
// first sending led to.
func landing(r *http.Request, answers []int64) string {
	plan, item, question := r.PathValue("plan"), r.PathValue("item"), r.PathValue("question")
	document := r.PathValue("document")
	switch {
	case strings.HasPrefix(r.URL.Path, factFormPath), r.URL.Path == gridOfFactsPath, strings.HasPrefix(r.URL.Path, verifyPath), strings.HasPrefix(r.URL.Path, monthOfFactsPath):
		return factLanding(r, answers)
	case r.URL.Path == indicatorsPath+"/new" && len(answers) > 0:
		return indicatorPath(id.Indicator(answers[0]))
	case strings.HasPrefix(r.URL.Path, indicatorsPath) && r.PathValue("indicator") != "":
		return indicatorsPath + "/" + r.PathValue("indicator")
	case strings.HasPrefix(r.URL.Path, indicatorsPath), r.PathValue("target") != "" && plan == "":
		return figuresPath
	case r.PathValue("goal") != "":
		return r.URL.Path
	case strings.HasPrefix(r.URL.Path, collectionsPath):
		return collectionLanding(r, answers)
	case strings.HasPrefix(r.URL.Path, answersPath):
		return answersPath
	case strings.HasSuffix(r.URL.Path, "/reissue") && len(answers) > 0:
		return "/office/plans/" + plan + "/documents/" + id.Document(answers[0]).String()
	case document != "" && strings.HasSuffix(r.URL.Path, "/discard"):
		return "/office/plans/" + plan
	case document != "":
		return "/office/plans/" + plan + "/documents/" + document
	case r.URL.Path == drawsPath+"/new" && len(answers) > 0:
		return drawPath(id.Draw(answers[0]))
	case r.PathValue("draw") != "":
		return drawsPath + "/" + r.PathValue("draw")
	case r.URL.Path == factImportPath && len(answers) > 0:
		return factImportAt(id.FactImport(answers[0]))
	case r.URL.Path == importPath && len(answers) > 0:
		return unitImportPath(id.UnitImport(answers[0]))
	case r.URL.Path == "/office/accounts/new" && len(answers) > 0:
		return accountPath(id.Account(answers[0]))
	case r.URL.Path == "/office/handover" && len(answers) > 0:
		return handoverPath(id.Handover(answers[0]))
	case strings.HasPrefix(r.URL.Path, "/office/accounts"), r.URL.Path == "/office/contact":
		return "/office/accounts"
	case strings.HasSuffix(r.URL.Path, "/orders/new") && len(answers) > 0:
		return r.URL.Path[:len(r.URL.Path)-len("new")] + id.Item(answers[0]).String()
	case strings.HasSuffix(r.URL.Path, "/publish"):
		return previewPath(plan)
	case strings.HasSuffix(r.URL.Path, "/instruct"):
		return leaderPath + "/" + plan
	case strings.HasSuffix(r.URL.Path, "/accept") && strings.Contains(r.URL.Path, "/orders/"), strings.HasSuffix(r.URL.Path, "/again"):
		return "/office/plans/" + plan + "/orders/" + item
	case r.URL.Path == lampsPath:
		return lampsPath
	case strings.Contains(r.URL.Path, "/lamps/"):
		return leaderPath + "/" + plan
	case strings.HasPrefix(r.URL.Path, reportFilesPath):
		return r.URL.RequestURI()
	case strings.HasPrefix(r.URL.Path, signPath):
		return signPath
	case strings.HasPrefix(r.URL.Path, desk.ReminderPath):
		return r.URL.Path
	case r.URL.Path == remindersPath+"/new" && len(answers) > 0:
		return chasedPath(id.Reminder(answers[0]))
	case strings.HasPrefix(r.URL.Path, remindersPath):
		return remindersPath
	case strings.HasPrefix(r.URL.Path, dutiesPath):
		return dutiesPath
	case strings.HasPrefix(r.URL.Path, progressPath):
		return dutiesPath
	case strings.HasSuffix(r.URL.Path, "/confirm") && r.PathValue("milestone") != "", strings.HasSuffix(r.URL.Path, "/return") && r.PathValue("milestone") != "":
		return "/office/plans/" + plan + "/progress"
	case strings.Contains(r.URL.Path, "/progress/"):
		return "/office/plans/" + plan + "/progress"
	case strings.HasSuffix(r.URL.Path, "/summary/issue") && len(answers) > 0:
		return "/office/plans/" + plan + "/summaries/" + id.Summary(answers[0]).String()
	case strings.Contains(r.URL.Path, "/summary/"):
		return "/office/plans/" + plan + "/summary?period=" + url.QueryEscape(r.PostForm.Get("period"))
	case strings.Contains(r.URL.Path, "/owners/"):
		return "/office/plans/" + plan + "/owners"
	case strings.HasSuffix(r.URL.Path, "/discard"):
		return plansPath
	case question != "":
		return "/office/plans/" + plan + "#q-" + question
	case item != "":
		return "/office/plans/" + plan + "#i-" + item
	case plan == "" && len(answers) > 0:
		return planPath(id.Plan(answers[0]))
	}
	return "/office/plans/" + plan
}

// line is a field on the page that shows what stands beside what was sent.
type line struct{ label, stands, sent string }

// conflict answers a form that was sent before with other content: both are
// shown, and what was sent can be sent again as an act of its own.
func (s *side) conflict(w http.ResponseWriter, r *http.Request, sh sheet, form web.Form, other *desk.OtherContent) {
	var lines []line
	for _, in := range sh.inputs {
		if in.kind != "file" && in.kind != "part" && in.kind != "password" {
			lines = append(lines, line{in.label, in.words(r.Context(), sh.stands[in.name]), in.words(r.Context(), form.Values[in.name])})
		}
	}
	made := ""
	if sh.madeAt != nil {
		made = sh.madeAt(other.Answers)
	}
	fresh := web.Form{Command: web.NewCommand(), Values: form.Values}
	web.Show(w, r, http.StatusConflict, conflictPage(sh, fresh, lines, made))
}

// words says the values of a field as a reader sees them.
func (in input) words(ctx context.Context, values []string) string {
	var out []string
	for _, v := range values {
		said := v
		for _, c := range in.choices {
			if c.Value == v {
				said = c.Words
			}
		}
		out = append(out, said)
	}
	return strings.Join(out, web.T(ctx, "、"))
}
