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
	act     string // of desk.Policy, which who comes here must be allowed to some unit at least; or one of the two below
	handle  func(s *side, w http.ResponseWriter, r *http.Request) error
}

const (
	anybody  = "anybody"   // without being signed in
	signedIn = "signed_in" // whatever their roles: it is about themselves
)

func routes() []route {
	return []route{
		{"GET /office/{$}", signedIn, (*side).first},
		{"GET " + burdenPath, "plan.read", (*side).burdens},
		{"GET " + burdenPath + "/cap", "burden.cap", sheets(capBurden)},
		{"POST " + burdenPath + "/cap", "burden.cap", sheets(capBurden)},
		{"GET " + burdenPath + "/{unit}", "duty.read", (*side).unitBurden},
		{"GET " + feedPath, signedIn, (*side).feedPage},
		{"POST " + feedPath, signedIn, (*side).feedPage},
		{"GET /office/feed/{token}", anybody, (*side).feed},
		{"GET /office/sign-in", anybody, (*side).signIn},
		{"POST /office/sign-in", anybody, (*side).signIn},
		{"POST /office/slip", anybody, (*side).slip},
		{"POST /office/pin", anybody, (*side).signInByPIN},
		{"POST /office/sign-out", signedIn, (*side).signOut},
		{"GET /office/link/{token}", anybody, (*side).link},
		{"POST /office/link/{token}", anybody, (*side).link},
		{"GET /office/sessions", signedIn, (*side).sessions},
		{"POST /office/sessions", signedIn, (*side).endSessions},
		{"GET /office/password", signedIn, (*side).password},
		{"POST /office/password", signedIn, (*side).password},
		{"GET /office/contact", "city.contact", sheets(contact)},
		{"POST /office/contact", "city.contact", sheets(contact)},
		{"GET /office/accounts", "account.read", (*side).accounts},
		{"GET /office/accounts/new", "account.open", sheets(newAccount)},
		{"POST /office/accounts/new", "account.open", sheets(newAccount)},
		{"GET /office/accounts/many", "account.open", sheets(manyAccounts)},
		{"POST /office/accounts/many", "account.open", sheets(manyAccounts)},
		{"GET /office/accounts/opened", "account.open", (*side).openedMany},
		{"GET /office/accounts/{account}", "account.read", (*side).oneAccount},
		{"POST /office/accounts/{account}/link", "account.open", (*side).accountLink},
		{"GET /office/accounts/{account}/close", "account.open", sheets(closeAccount)},
		{"POST /office/accounts/{account}/close", "account.open", sheets(closeAccount)},
		{"POST /office/accounts/slips", "account.open", (*side).accountSlips},
		{"GET /office/accounts/{account}/sessions", "account.open", (*side).accountSessions},
		{"POST /office/accounts/{account}/sessions", "account.open", (*side).endAccountSessions},
		{"GET /office/units", "unit.read", (*side).unitsTop},
		{"GET /office/unit-lists", "unit.change", sheets(offerUnits)},
		{"POST /office/unit-lists", "unit.change", sheets(offerUnits)},
		{"GET /office/unit-lists/{list}", "unit.change", (*side).unitImport},
		{"POST /office/unit-lists/{list}", "unit.change", (*side).takeUnits},
		{"GET /office/units/{unit}", "unit.read", (*side).unit},
		{"GET /office/units/{unit}/add", "unit.change", sheets(addUnit)},
		{"POST /office/units/{unit}/add", "unit.change", sheets(addUnit)},
		{"GET /office/units/{unit}/change", "unit.change", sheets(changeUnit)},
		{"POST /office/units/{unit}/change", "unit.change", sheets(changeUnit)},
		{"GET /office/units/{unit}/merge", "unit.change", sheets(mergeUnit)},
		{"POST /office/units/{unit}/merge", "unit.change", sheets(mergeUnit)},
		{"GET /office/units/{unit}/split", "unit.change", sheets(splitUnit)},
		{"POST /office/units/{unit}/split", "unit.change", sheets(splitUnit)},
		{"GET /office/units/{unit}/close", "unit.change", sheets(closeUnit)},
		{"POST /office/units/{unit}/close", "unit.change", sheets(closeUnit)},
		{"GET /office/units/{unit}/describe", "unit.describe", sheets(describeUnit)},
		{"POST /office/units/{unit}/describe", "unit.describe", sheets(describeUnit)},
		{"GET /office/units/{unit}/post", "account.open", sheets(openPost)},
		{"POST /office/units/{unit}/post", "account.open", sheets(openPost)},
		{"GET /office/posts/{post}/account", "account.open", sheets(accountOfPost)},
		{"POST /office/posts/{post}/account", "account.open", sheets(accountOfPost)},
		{"GET /office/posts/{post}/appoint", "account.open", sheets(appoint)},
		{"POST /office/posts/{post}/appoint", "account.open", sheets(appoint)},
		{"GET /office/posts/{post}/roles", "account.open", sheets(rolesOfPost)},
		{"POST /office/posts/{post}/roles", "account.open", sheets(rolesOfPost)},
		{"GET /office/posts/{post}/end", "account.open", sheets(endPost)},
		{"POST /office/posts/{post}/end", "account.open", sheets(endPost)},
		{"GET /office/posts/{post}/terms/{term}/end", "account.open", sheets(endTerm)},
		{"POST /office/posts/{post}/terms/{term}/end", "account.open", sheets(endTerm)},
		{"GET /office/search", "unit.read", (*side).search},
		{"GET /office/groups", "unit.read", (*side).groups},
		{"GET /office/groups/new", "group.state", sheets(stateGroup)},
		{"POST /office/groups/new", "group.state", sheets(stateGroup)},
		{"GET /office/groups/{group}", "group.state", sheets(stateGroup)},
		{"POST /office/groups/{group}", "group.state", sheets(stateGroup)},
		{"GET /office/handover", "handover.do", sheets(handOver)},
		{"POST /office/handover", "handover.do", sheets(handOver)},
		{"GET /office/handover/{handover}", signedIn, (*side).handedOver},
		{"GET /office/handover/{handover}/list.docx", signedIn, (*side).handedOverDocx},
		{"GET /office/unheld", "account.read", (*side).unheld},
		{"GET /office/rights", signedIn, (*side).rights},
		{"GET /office/jobs", "job.read", (*side).jobs},
		{"POST /office/jobs", "job.hurry", (*side).hurryJobs},
		{"GET /office/accounts/{account}/erase", "account.erase", sheets(eraseAccount)},
		{"POST /office/accounts/{account}/erase", "account.erase", sheets(eraseAccount)},
		{"GET " + web.ScriptPath(), anybody, func(_ *side, w http.ResponseWriter, r *http.Request) error { web.Script(w, r); return nil }},
		{"GET /office/plans", "plan.read", (*side).plans},
		{"GET /office/plans/new", "plan.import", sheets(importPlan)},
		{"POST /office/plans/new", "plan.import", sheets(importPlan)},
		{"GET /office/plans/{plan}", "plan.read", (*side).review},
		{"GET /office/plans/{plan}/columns", "plan.correct", sheets(rereadPlan)},
		{"POST /office/plans/{plan}/columns", "plan.correct", sheets(rereadPlan)},
		{"GET /office/plans/{plan}/advice", "plan.read", (*side).advice},
		{"GET /office/plans/{plan}/tasks.xlsx", "plan.read", (*side).tasksXLSX},
		{"GET /office/plans/{plan}/tasks.docx", "plan.read", (*side).tasksDocx},
		{"GET /office/plans/{plan}/tasks.ics", "plan.read", (*side).tasksCalendar},
		{"GET /office/plans/{plan}/tasks/columns", "plan.read", sheets(chooseColumns)},
		{"POST /office/plans/{plan}/tasks/columns", "plan.read", sheets(chooseColumns)},
		{"GET /office/plans/{plan}/tasks/import", "plan.correct", (*side).tableBack},
		{"POST /office/plans/{plan}/tasks/import", "plan.correct", (*side).tableBack},
		{"GET /office/plans/{plan}/tasks/import/take", "plan.correct", sheets(takeTable)},
		{"POST /office/plans/{plan}/tasks/import/take", "plan.correct", sheets(takeTable)},
		{"GET /office/plans/{plan}/discard", "plan.correct", sheets(discardPlan)},
		{"POST /office/plans/{plan}/discard", "plan.correct", sheets(discardPlan)},
		{"GET /office/plans/{plan}/heading", "plan.correct", sheets(correctHeading)},
		{"POST /office/plans/{plan}/heading", "plan.correct", sheets(correctHeading)},
		{"GET /office/plans/{plan}/phases/{ordinal}", "plan.correct", sheets(correctPhase)},
		{"POST /office/plans/{plan}/phases/{ordinal}", "plan.correct", sheets(correctPhase)},
		{"GET /office/plans/{plan}/parts", "plan.read", (*side).reviewParts},
		{"GET /office/plans/{plan}/steps", "plan.read", (*side).draftSteps},
		{"POST /office/plans/{plan}/undo", "plan.correct", (*side).undoStep},
		{"POST /office/plans/{plan}/redo", "plan.correct", (*side).redoStep},
		{"GET /office/plans/{plan}/questions", "plan.read", (*side).questionList},
		{"GET /office/plans/{plan}/burden", "plan.read", (*side).burden},
		{"GET /office/plans/{plan}/add/{kind}", "plan.correct", sheets(addPromise)},
		{"POST /office/plans/{plan}/add/{kind}", "plan.correct", sheets(addPromise)},
		{"GET /office/plans/{plan}/items", "plan.correct", (*side).many},
		{"GET /office/plans/{plan}/items/set", "plan.correct", sheets(setItems)},
		{"POST /office/plans/{plan}/items/set", "plan.correct", sheets(setItems)},
		{"GET /office/plans/{plan}/items/join", "plan.correct", sheets(joinItems)},
		{"POST /office/plans/{plan}/items/join", "plan.correct", sheets(joinItems)},
		{"GET /office/plans/{plan}/items/drop", "plan.correct", sheets(dropItems)},
		{"POST /office/plans/{plan}/items/drop", "plan.correct", sheets(dropItems)},
		{"GET /office/plans/{plan}/items/move", "plan.correct", sheets(moveItems)},
		{"POST /office/plans/{plan}/items/move", "plan.correct", sheets(moveItems)},
		{"GET /office/plans/{plan}/items/{item}/split", "plan.correct", sheets(splitItem)},
		{"POST /office/plans/{plan}/items/{item}/split", "plan.correct", sheets(splitItem)},
		{"GET /office/plans/{plan}/phases/{ordinal}/remove", "plan.correct", sheets(removePhase)},
		{"POST /office/plans/{plan}/phases/{ordinal}/remove", "plan.correct", sheets(removePhase)},
		{"GET /office/plans/{plan}/items/{item}", "plan.correct", sheets(correctItem)},
		{"POST /office/plans/{plan}/items/{item}", "plan.correct", sheets(correctItem)},
		{"GET /office/plans/{plan}/items/{item}/targets/{target}", "plan.correct", sheets(correctTarget)},
		{"POST /office/plans/{plan}/items/{item}/targets/{target}", "plan.correct", sheets(correctTarget)},
		{"GET /office/plans/{plan}/items/{item}/targets/{target}/remove", "plan.correct", sheets(removeTarget)},
		{"POST /office/plans/{plan}/items/{item}/targets/{target}/remove", "plan.correct", sheets(removeTarget)},
		{"GET /office/plans/{plan}/items/{item}/milestones/{milestone}", "plan.correct", sheets(correctMilestone)},
		{"POST /office/plans/{plan}/items/{item}/milestones/{milestone}", "plan.correct", sheets(correctMilestone)},
		{"GET /office/plans/{plan}/items/{item}/milestones/{milestone}/remove", "plan.correct", sheets(removeMilestone)},
		{"POST /office/plans/{plan}/items/{item}/milestones/{milestone}/remove", "plan.correct", sheets(removeMilestone)},
		{"GET /office/plans/{plan}/questions/{question}", "plan.correct", sheets(answerQuestion)},
		{"POST /office/plans/{plan}/questions/{question}", "plan.correct", sheets(answerQuestion)},
		{"GET /office/plans/{plan}/reissue", "plan.read", sheets(offerReissue)},
		{"POST /office/plans/{plan}/reissue", "plan.amend", sheets(offerReissue)},
		{"GET /office/plans/{plan}/documents/{document}", "plan.read", (*side).reissue},
		{"GET /office/plans/{plan}/documents/{document}/adopt", "plan.amend", sheets(adoptReissue)},
		{"POST /office/plans/{plan}/documents/{document}/adopt", "plan.amend", sheets(adoptReissue)},
		{"GET /office/plans/{plan}/documents/{document}/discard", "plan.amend", sheets(discardReissue)},
		{"POST /office/plans/{plan}/documents/{document}/discard", "plan.amend", sheets(discardReissue)},
		{"GET /office/plans/{plan}/documents/{document}/differences/{ordinal}/apply", "plan.amend", sheets(applyDifference)},
		{"POST /office/plans/{plan}/documents/{document}/differences/{ordinal}/apply", "plan.amend", sheets(applyDifference)},
		{"GET /office/plans/{plan}/documents/{document}/differences/{ordinal}/decline", "plan.amend", sheets(declineDifference)},
		{"POST /office/plans/{plan}/documents/{document}/differences/{ordinal}/decline", "plan.amend", sheets(declineDifference)},
		{"GET /office/plans/{plan}/changes", "plan.read", (*side).planChanges},
		{"GET /office/plans/{plan}/items/{item}/restore", "plan.amend", sheets(restoreItem)},
		{"POST /office/plans/{plan}/items/{item}/restore", "plan.amend", sheets(restoreItem)},
		{"GET /office/plans/{plan}/items/{item}/targets/{target}/restore", "plan.amend", sheets(restoreTarget)},
		{"POST /office/plans/{plan}/items/{item}/targets/{target}/restore", "plan.amend", sheets(restoreTarget)},
		{"GET /office/plans/{plan}/items/{item}/milestones/{milestone}/restore", "plan.amend", sheets(restoreMilestone)},
		{"POST /office/plans/{plan}/items/{item}/milestones/{milestone}/restore", "plan.amend", sheets(restoreMilestone)},
		{"GET /office/plans/{plan}/force", "plan.read", sheets(takeIntoForce)},
		{"POST /office/plans/{plan}/force", "plan.force", sheets(takeIntoForce)},
		{"GET /office/plans/{plan}/publish", "plan.read", sheets(publishPlan)},
		{"POST /office/plans/{plan}/publish", "plan.publish", sheets(publishPlan)},
		{"GET /office/plans/{plan}/orders", "plan.read", (*side).orders},
		{"GET /office/plans/{plan}/orders/new", "plan.read", sheets(giveOrder)},
		{"POST /office/plans/{plan}/orders/new", "order.give", sheets(giveOrder)},
		{"GET /office/plans/{plan}/orders/{item}", "plan.read", (*side).order},
		{"GET /office/plans/{plan}/publish/confirm", "plan.read", sheets(confirmRelease)},
		{"POST /office/plans/{plan}/publish/confirm", "plan.publish", sheets(confirmRelease)},
		{"GET /office/plans/{plan}/preview/{rest...}", "plan.read", (*side).preview},
		{"GET /office/plans/{plan}/publicity", "plan.read", (*side).publicity},
		{"GET /office/plans/{plan}/withdraw", "plan.read", sheets(withdrawPlan)},
		{"POST /office/plans/{plan}/withdraw", "plan.publish", sheets(withdrawPlan)},
		{"GET /office/plans/{plan}/owners", "plan.read", (*side).owners},
		{"GET /office/plans/{plan}/owners/set", "item.assign", sheets(setOwners)},
		{"POST /office/plans/{plan}/owners/set", "item.assign", sheets(setOwners)},
		{"GET /office/plans/{plan}/owners/propose", "item.assign", sheets(proposeOwners)},
		{"POST /office/plans/{plan}/owners/propose", "item.assign", sheets(proposeOwners)},
		{"GET /office/plans/{plan}/owners/pass-on", "item.assign", sheets(passOnOwner)},
		{"POST /office/plans/{plan}/owners/pass-on", "item.assign", sheets(passOnOwner)},
		{"GET /office/plans/{plan}/owners/{item}", "item.assign", sheets(setOwner)},
		{"POST /office/plans/{plan}/owners/{item}", "item.assign", sheets(setOwner)},
		{"GET /office/plans/{plan}/owners/{item}/uphold", "item.assign", sheets(upholdOwner)},
		{"POST /office/plans/{plan}/owners/{item}/uphold", "item.assign", sheets(upholdOwner)},
		{"GET /office/duties", "duty.read", (*side).duties},
		{"GET /office/progress", "progress.report", sheets(reportProgress)},
		{"POST /office/progress", "progress.report", sheets(reportProgress)},
		{"GET /office/progress/{unit}", "progress.onbehalf", sheets(reportOnBehalf)},
		{"POST /office/progress/{unit}", "progress.onbehalf", sheets(reportOnBehalf)},
		{"GET /office/plans/{plan}/progress", "plan.read", (*side).reports},
		{"GET /office/plans/{plan}/progress/{item}/confirm", "progress.confirm", sheets(confirmReport)},
		{"POST /office/plans/{plan}/progress/{item}/confirm", "progress.confirm", sheets(confirmReport)},
		{"GET /office/plans/{plan}/progress/{item}/return", "progress.confirm", sheets(returnReport)},
		{"POST /office/plans/{plan}/progress/{item}/return", "progress.confirm", sheets(returnReport)},
		{"GET /office/collections", "collection.read", (*side).collections},
		{"GET /office/collections/new", "collection.ask", sheets(askUnits)},
		{"POST /office/collections/new", "collection.ask", sheets(askUnits)},
		{"GET /office/collections/proposed", "collection.ask", sheets(collectProposed)},
		{"POST /office/collections/proposed", "collection.ask", sheets(collectProposed)},
		{"GET /office/collections/{collection}", "collection.read", (*side).collection},
		{"GET /office/collections/{collection}/template", "collection.ask", sheets(readTemplate)},
		{"POST /office/collections/{collection}/template", "collection.ask", sheets(readTemplate)},
		{"GET /office/collections/{collection}/template.xlsx", "collection.read", (*side).templateXLSX},
		{"GET /office/collections/{collection}/result.xlsx", "collection.read", (*side).resultXLSX},
		{"GET /office/collections/{collection}/matrix", "collection.read", (*side).matrix},
		{"GET /office/collections/{collection}/accept", "collection.ask", sheets(acceptAll)},
		{"POST /office/collections/{collection}/accept", "collection.ask", sheets(acceptAll)},
		{"GET /office/collections/{collection}/extend", "collection.ask", sheets(extendCollection)},
		{"POST /office/collections/{collection}/extend", "collection.ask", sheets(extendCollection)},
		{"GET /office/collections/{collection}/close", "collection.ask", sheets(closeCollection)},
		{"POST /office/collections/{collection}/close", "collection.ask", sheets(closeCollection)},
		{"GET /office/collections/{collection}/answers/{asked}", "collection.read", sheets(decideAnswer)},
		{"POST /office/collections/{collection}/answers/{asked}", "collection.ask", sheets(decideAnswer)},
		{"GET /office/collections/{collection}/answers/{asked}/{revision}/file", "collection.read", (*side).answerFile},
		{"GET /office/collections/{collection}/behalf/{asked}", "collection.ask", sheets(answerOnBehalf)},
		{"POST /office/collections/{collection}/behalf/{asked}", "collection.ask", filed(answerOnBehalf)},
		{"GET /office/answers", "collection.answer", (*side).answersDue},
		{"GET /office/answers/{collection}", "collection.answer", sheets(answerCollection)},
		{"POST /office/answers/{collection}", "collection.answer", filed(answerCollection)},
		{"GET /office/answers/{collection}/sheet.xlsx", "collection.answer", (*side).ownSheetXLSX},
		{"GET /office/answers/{collection}/upload", "collection.answer", sheets(uploadAnswer)},
		{"POST /office/answers/{collection}/upload", "collection.answer", sheets(uploadAnswer)},
		{"GET /office/answers/{collection}/{revision}/file", "collection.answer", (*side).ownFile},
		{"GET /office/duties/{item}", "duty.read", (*side).duty},
		{"GET /office/duties/{item}/accept", "duty.answer", sheets(acceptDuty)},
		{"POST /office/duties/{item}/accept", "duty.answer", sheets(acceptDuty)},
		{"GET /office/duties/{item}/object", "duty.answer", sheets(objectDuty)},
		{"POST /office/duties/{item}/object", "duty.answer", sheets(objectDuty)},
		{"GET /office/plans/{plan}/close", "plan.read", sheets(closePlan)},
		{"POST /office/plans/{plan}/close", "plan.close", sheets(closePlan)},
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

// Needs tells of each address which act of desk.Policy it needs.
func Needs() map[string]string {
	out := map[string]string{}
	for _, r := range routes() {
		out[r.pattern] = r.act
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
	mux.HandleFunc("/office/", s.page(route{act: anybody, handle: func(*side, http.ResponseWriter, *http.Request) error { return errNoPage }}))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(s.page(route{act: anybody, handle: func(*side, http.ResponseWriter, *http.Request) error { return errForeign }}))
	return web.OneView(o.Visit, l.Wrap(guard.Handler(mux), visitor, func(w http.ResponseWriter, r *http.Request, err error) {
		if guard.Check(r) != nil { // nobody else's form is handed to a reader
			err = errForeign
		}
		s.fail(w, s.greeted(w, r), err)
	}))
}

var (
	errNoPage  = fault.New(fault.Missing, "没有这一页。请从上面的菜单重新找。")
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
			byPIN := s.login.ByPIN(ctx)
			if err == nil && byPIN && !desk.MayUsePIN(who) {
				err = errRolesGrown
			}
			if err == nil {
				p.Who, p.Shared = &who, byPIN
				ctx = context.WithValue(web.With(ctx, p), whoKey{}, who)
			} else if !fault.Is(err, fault.Denied) {
				s.fail(w, req, err)
				return
			}
		}
		req = req.WithContext(ctx)
		switch {
		case r.act == anybody:
		case p.Who == nil:
			s.signInFirst(w, req)
			return
		case r.act != signedIn && !p.Who.May(r.act):
			s.fail(w, req, desk.MayNot(r.act))
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
	f, status := s.told(w, r, err)
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
	var entries []web.Entry
	entries = append(entries, web.Entry{Path: "/office/", Name: "今日"})
	if p.Who.May("plan.read") {
		entries = append(entries, web.Entry{Path: plansPath, Name: "方案"})
	}
	if p.Who.May("duty.read") {
		entries = append(entries, web.Entry{Path: dutiesPath, Name: "本单位的任务"})
	}
	if p.Who.May("progress.report") {
		entries = append(entries, web.Entry{Path: progressPath, Name: "报进展"})
	}
	if p.Who.May("collection.ask") || p.Who.MayEverywhere("collection.read") {
		entries = append(entries, web.Entry{Path: collectionsPath, Name: "征集"})
	}
	if p.Who.May("collection.answer") {
		entries = append(entries, web.Entry{Path: answersPath, Name: "要交的材料"})
	}
	if desk.May("plan.import", p.Who.Roles) {
		entries = append(entries, web.Entry{Path: "/office/plans/new", Name: "方案入库"})
	}
	if p.Who.May("unit.read") {
		entries = append(entries, web.Entry{Path: "/office/units", Name: "单位"})
	}
	if p.Who.May("account.read") {
		entries = append(entries, web.Entry{Path: "/office/accounts", Name: "人员和账号"})
	}
	if p.Who.May("job.read") {
		entries = append(entries, web.Entry{Path: "/office/jobs", Name: "后台事务"})
	}
	return entries
}

// entryOf is the part of the office to which a page belongs, or the first one.
func entryOf(ctx context.Context) web.Entry {
	all := menu(ctx)
	if e, within := web.Nearest(all, web.Of(ctx).Path); within {
		return e
	}
	if len(all) > 0 {
		return all[0]
	}
	return web.Entry{}
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
