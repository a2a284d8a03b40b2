// Package office is the side of the house where people sign in.
package office

import (
	"context"
	"net/http"
	"strings"
	"unicode"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/web"
)

// side is the office pages of one city.
type side struct {
	office *desk.Office
	login  *login.Login
	public func(*desk.Public) http.Handler // answers the public addresses from what would be public
}

// route is one address of the office.
type route struct {
	pattern string
	open    bool // without being signed in
	handle  func(s *side, w http.ResponseWriter, r *http.Request) error
}

func routes() []route {
	return []route{
		{"GET /office/{$}", false, (*side).plans},
		{"GET /office/sign-in", true, (*side).signIn},
		{"POST /office/sign-in", true, (*side).signIn},
		{"POST /office/sign-out", false, (*side).signOut},
		{"GET /office/link/{token}", true, (*side).link},
		{"POST /office/link/{token}", true, (*side).link},
		{"GET /office/sessions", false, (*side).sessions},
		{"POST /office/sessions", false, (*side).endSessions},
		{"GET /office/password", false, (*side).password},
		{"POST /office/password", false, (*side).password},
		{"GET /office/contact", false, sheets(contact)},
		{"POST /office/contact", false, sheets(contact)},
		{"GET /office/accounts", false, (*side).accounts},
		{"GET /office/accounts/new", false, sheets(newAccount)},
		{"POST /office/accounts/new", false, sheets(newAccount)},
		{"POST /office/accounts/{account}/link", false, (*side).accountLink},
		{"GET /office/accounts/{account}/close", false, sheets(closeAccount)},
		{"POST /office/accounts/{account}/close", false, sheets(closeAccount)},
		{"GET /office/jobs", false, (*side).jobs},
		{"POST /office/jobs", false, (*side).hurryJobs},
		{"GET /office/accounts/{account}/erase", false, sheets(eraseAccount)},
		{"POST /office/accounts/{account}/erase", false, sheets(eraseAccount)},
		{"GET " + web.ScriptPath(), true, func(_ *side, w http.ResponseWriter, r *http.Request) error { web.Script(w, r); return nil }},
		{"GET /office/units/import", false, sheets(offerUnits)},
		{"POST /office/units/import", false, sheets(offerUnits)},
		{"GET /office/units/import/{list}", false, (*side).unitImport},
		{"POST /office/units/import/{list}", false, (*side).takeUnits},
		{"GET /office/plans/new", false, sheets(importPlan)},
		{"POST /office/plans/new", false, sheets(importPlan)},
		{"GET /office/plans/{plan}", false, (*side).review},
		{"GET /office/plans/{plan}/columns", false, sheets(rereadPlan)},
		{"POST /office/plans/{plan}/columns", false, sheets(rereadPlan)},
		{"GET /office/plans/{plan}/advice", false, (*side).advice},
		{"GET /office/plans/{plan}/tasks.xlsx", false, (*side).tasksXLSX},
		{"GET /office/plans/{plan}/tasks.docx", false, (*side).tasksDocx},
		{"GET /office/plans/{plan}/tasks.ics", false, (*side).tasksCalendar},
		{"GET /office/plans/{plan}/tasks/columns", false, sheets(chooseColumns)},
		{"POST /office/plans/{plan}/tasks/columns", false, sheets(chooseColumns)},
		{"GET /office/plans/{plan}/tasks/import", false, (*side).tableBack},
		{"POST /office/plans/{plan}/tasks/import", false, (*side).tableBack},
		{"GET /office/plans/{plan}/tasks/import/take", false, sheets(takeTable)},
		{"POST /office/plans/{plan}/tasks/import/take", false, sheets(takeTable)},
		{"GET /office/plans/{plan}/discard", false, sheets(discardPlan)},
		{"POST /office/plans/{plan}/discard", false, sheets(discardPlan)},
		{"GET /office/plans/{plan}/heading", false, sheets(correctHeading)},
		{"POST /office/plans/{plan}/heading", false, sheets(correctHeading)},
		{"GET /office/plans/{plan}/phases/{ordinal}", false, sheets(correctPhase)},
		{"POST /office/plans/{plan}/phases/{ordinal}", false, sheets(correctPhase)},
		{"GET /office/plans/{plan}/parts", false, (*side).reviewParts},
		{"GET /office/plans/{plan}/steps", false, (*side).draftSteps},
		{"POST /office/plans/{plan}/undo", false, (*side).undoStep},
		{"POST /office/plans/{plan}/redo", false, (*side).redoStep},
		{"GET /office/plans/{plan}/questions", false, (*side).questionList},
		{"GET /office/plans/{plan}/burden", false, (*side).burden},
		{"GET /office/plans/{plan}/add/{kind}", false, sheets(addPromise)},
		{"POST /office/plans/{plan}/add/{kind}", false, sheets(addPromise)},
		{"GET /office/plans/{plan}/items", false, (*side).many},
		{"GET /office/plans/{plan}/items/set", false, sheets(setItems)},
		{"POST /office/plans/{plan}/items/set", false, sheets(setItems)},
		{"GET /office/plans/{plan}/items/join", false, sheets(joinItems)},
		{"POST /office/plans/{plan}/items/join", false, sheets(joinItems)},
		{"GET /office/plans/{plan}/items/drop", false, sheets(dropItems)},
		{"POST /office/plans/{plan}/items/drop", false, sheets(dropItems)},
		{"GET /office/plans/{plan}/items/move", false, sheets(moveItems)},
		{"POST /office/plans/{plan}/items/move", false, sheets(moveItems)},
		{"GET /office/plans/{plan}/items/{item}/split", false, sheets(splitItem)},
		{"POST /office/plans/{plan}/items/{item}/split", false, sheets(splitItem)},
		{"GET /office/plans/{plan}/phases/{ordinal}/remove", false, sheets(removePhase)},
		{"POST /office/plans/{plan}/phases/{ordinal}/remove", false, sheets(removePhase)},
		{"GET /office/plans/{plan}/items/{item}", false, sheets(correctItem)},
		{"POST /office/plans/{plan}/items/{item}", false, sheets(correctItem)},
		{"GET /office/plans/{plan}/items/{item}/targets/{target}", false, sheets(correctTarget)},
		{"POST /office/plans/{plan}/items/{item}/targets/{target}", false, sheets(correctTarget)},
		{"GET /office/plans/{plan}/items/{item}/targets/{target}/remove", false, sheets(removeTarget)},
		{"POST /office/plans/{plan}/items/{item}/targets/{target}/remove", false, sheets(removeTarget)},
		{"GET /office/plans/{plan}/items/{item}/milestones/{milestone}", false, sheets(correctMilestone)},
		{"POST /office/plans/{plan}/items/{item}/milestones/{milestone}", false, sheets(correctMilestone)},
		{"GET /office/plans/{plan}/items/{item}/milestones/{milestone}/remove", false, sheets(removeMilestone)},
		{"POST /office/plans/{plan}/items/{item}/milestones/{milestone}/remove", false, sheets(removeMilestone)},
		{"GET /office/plans/{plan}/questions/{question}", false, sheets(answerQuestion)},
		{"POST /office/plans/{plan}/questions/{question}", false, sheets(answerQuestion)},
		{"GET /office/plans/{plan}/reissue", false, sheets(offerReissue)},
		{"POST /office/plans/{plan}/reissue", false, sheets(offerReissue)},
		{"GET /office/plans/{plan}/documents/{document}", false, (*side).reissue},
		{"GET /office/plans/{plan}/documents/{document}/adopt", false, sheets(adoptReissue)},
		{"POST /office/plans/{plan}/documents/{document}/adopt", false, sheets(adoptReissue)},
		{"GET /office/plans/{plan}/documents/{document}/discard", false, sheets(discardReissue)},
		{"POST /office/plans/{plan}/documents/{document}/discard", false, sheets(discardReissue)},
		{"GET /office/plans/{plan}/documents/{document}/differences/{ordinal}/apply", false, sheets(applyDifference)},
		{"POST /office/plans/{plan}/documents/{document}/differences/{ordinal}/apply", false, sheets(applyDifference)},
		{"GET /office/plans/{plan}/documents/{document}/differences/{ordinal}/decline", false, sheets(declineDifference)},
		{"POST /office/plans/{plan}/documents/{document}/differences/{ordinal}/decline", false, sheets(declineDifference)},
		{"GET /office/plans/{plan}/changes", false, (*side).planChanges},
		{"GET /office/plans/{plan}/items/{item}/restore", false, sheets(restoreItem)},
		{"POST /office/plans/{plan}/items/{item}/restore", false, sheets(restoreItem)},
		{"GET /office/plans/{plan}/items/{item}/targets/{target}/restore", false, sheets(restoreTarget)},
		{"POST /office/plans/{plan}/items/{item}/targets/{target}/restore", false, sheets(restoreTarget)},
		{"GET /office/plans/{plan}/items/{item}/milestones/{milestone}/restore", false, sheets(restoreMilestone)},
		{"POST /office/plans/{plan}/items/{item}/milestones/{milestone}/restore", false, sheets(restoreMilestone)},
		{"GET /office/plans/{plan}/force", false, sheets(takeIntoForce)},
		{"POST /office/plans/{plan}/force", false, sheets(takeIntoForce)},
		{"GET /office/plans/{plan}/publish", false, sheets(publishPlan)},
		{"POST /office/plans/{plan}/publish", false, sheets(publishPlan)},
		{"GET /office/plans/{plan}/orders", false, (*side).orders},
		{"GET /office/plans/{plan}/orders/new", false, sheets(giveOrder)},
		{"POST /office/plans/{plan}/orders/new", false, sheets(giveOrder)},
		{"GET /office/plans/{plan}/orders/{item}", false, (*side).order},
		{"GET /office/plans/{plan}/publish/confirm", false, sheets(confirmRelease)},
		{"POST /office/plans/{plan}/publish/confirm", false, sheets(confirmRelease)},
		{"GET /office/plans/{plan}/preview/{rest...}", false, (*side).preview},
		{"GET /office/plans/{plan}/publicity", false, (*side).publicity},
		{"GET /office/plans/{plan}/withdraw", false, sheets(withdrawPlan)},
		{"POST /office/plans/{plan}/withdraw", false, sheets(withdrawPlan)},
		{"GET /office/plans/{plan}/close", false, sheets(closePlan)},
		{"POST /office/plans/{plan}/close", false, sheets(closePlan)},
	}
}

// Routes lists the addresses of the office, for the tests that walk them all.
func Routes() []string {
	var out []string
	for _, r := range routes() {
		out = append(out, r.pattern)
	}
	return out
}

// Handler gives the office pages of a city. public answers the public addresses, for
// whoever looks at what is to be made public.
func Handler(o *desk.Office, l *login.Login, public func(*desk.Public) http.Handler) http.Handler {
	s := &side{o, l, public}
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.HandleFunc(r.pattern, s.page(r))
	}
	mux.HandleFunc("/office/", s.page(route{open: true, handle: func(*side, http.ResponseWriter, *http.Request) error { return errNoPage }}))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(s.page(route{open: true, handle: func(*side, http.ResponseWriter, *http.Request) error { return errForeign }}))
	return web.OneView(o.Visit, l.Wrap(guard.Handler(mux), visitor, func(w http.ResponseWriter, r *http.Request, err error) {
		if guard.Check(r) != nil { // nobody else's form is handed to a reader
			err = errForeign
		}
		s.fail(w, s.greeted(w, r), err)
	}))
}

var (
	errNoPage  = fault.New(fault.Missing, "没有这一页。请回到方案列表重新找。")
	errForeign = fault.New(fault.Denied, "这张表不是从我们的页面交来的，没有收下。请回到页面上再交一次。")
)

type whoKey struct{}

// page finds out who is there, lets strangers sign in first, and shows what went wrong.
func (s *side) page(r route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		req = s.greeted(w, req)
		ctx, p := req.Context(), web.Of(req.Context())
		if account := s.login.Account(ctx); account != 0 {
			who, err := s.office.Who(ctx, account)
			if err == nil {
				p.Who = &who
				ctx = context.WithValue(web.With(ctx, p), whoKey{}, who)
			} else if !fault.Is(err, fault.Denied) {
				s.fail(w, req, err)
				return
			}
		}
		req = req.WithContext(ctx)
		if p.Who == nil && !r.open {
			s.signInFirst(w, req)
			return
		}
		if err := r.handle(s, w, req); err != nil {
			s.fail(w, req, err)
		}
	}
}

// greeted gives a request what the frame of its page shows to anybody.
func (s *side) greeted(w http.ResponseWriter, r *http.Request) *http.Request {
	w.Header().Set("Cache-Control", "no-store")
	p := web.Of(r.Context())
	p.City, _ = s.office.City(r.Context()) // a folder without a city still lets its pages say so
	p.Today = web.Date(r.Context(), s.office.Today())
	return r.WithContext(web.With(r.Context(), p))
}

// who is the person signed in; routes that are not open always have one.
func who(ctx context.Context) desk.Who {
	w, _ := ctx.Value(whoKey{}).(desk.Who)
	return w
}

func (s *side) fail(w http.ResponseWriter, r *http.Request, err error) {
	f, status := web.Told(r, err)
	if form, ok := handedBack(w, r, f); ok {
		web.Show(w, r, status, againPage(form))
		return
	}
	web.Show(w, r, status, failed(web.Sentence(r.Context(), f)))
}

// handedBack is a form that came while nothing could be done with it. It has its
// command id, so that it can be sent again as it is, and is done once.
func handedBack(w http.ResponseWriter, r *http.Request, f *fault.Fault) (web.Form, bool) {
	if r.Method != http.MethodPost || f.Kind != fault.Busy {
		return web.Form{}, false
	}
	form, err := web.ReadForm(w, r)
	form.Fault = f
	return form, err == nil && desk.IsCommandID(form.Command)
}

// menu shows a person what the roles let them do.
func menu(ctx context.Context) []web.Entry {
	p := web.Of(ctx)
	if p.Who == nil {
		return nil
	}
	entries := []web.Entry{{Path: "/office/", Name: "方案"}}
	if desk.May("plan.import", p.Who.Roles) {
		entries = append(entries, web.Entry{Path: "/office/plans/new", Name: "方案入库"})
	}
	if desk.May("unit.change", p.Who.Roles) {
		entries = append(entries, web.Entry{Path: "/office/units/import", Name: "导入名单"})
	}
	if desk.May("account.read", p.Who.Roles) {
		entries = append(entries, web.Entry{Path: "/office/accounts", Name: "人员和账号"})
	}
	if desk.May("job.read", p.Who.Roles) {
		entries = append(entries, web.Entry{Path: "/office/jobs", Name: "后台事务"})
	}
	return entries
}

// go303 sends the reader on after an act, in the language of the page.
func go303(w http.ResponseWriter, r *http.Request, path string) {
	http.Redirect(w, r, string(web.Link(r.Context(), path)), http.StatusSeeOther)
}

// inside reports whether an address is one of the office's own, so that nobody
// can be sent elsewhere by a link to the sign-in page.
func inside(path string) bool {
	return strings.HasPrefix(strings.TrimPrefix(path, "/en"), "/office/") && !strings.Contains(path, "//") &&
		!strings.ContainsFunc(path, func(r rune) bool { return r == '\\' || unicode.IsControl(r) })
}
