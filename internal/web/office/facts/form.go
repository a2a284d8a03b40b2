package facts

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"

	"github.com/a-h/templ"
)

// factFormView is a form for one indicator, with what was told of it before.
type factFormView struct {
	desk.CountedUnit
	I     fact.Indicator
	Asked desk.AskedIndicator // of the indicator, where the unit is asked for it
	Lines []desk.FactLine     // of this month, the newest first
	Today calendar.Day
	Done  id.Fact           // that was just saved
	Same  string            // another unit that told of the same
	Place bool              // asks where it happened
	Known []desk.NamedPlace // where the unit told lately that something happened
	Like  []desk.NamedPlace // that what was written may mean
	More  bool              // there are others
}

// places finds where it may have happened: what is offered to who writes a name, and what
// is asked about one that was written in part.
func places(s *page.Side, r *http.Request, v *factFormView) (err error) {
	if !v.Place {
		return nil
	}
	ctx := r.Context()
	if r.Method == http.MethodPost {
		v.Like, v.More, err = s.Office.PlacesLike(ctx, strings.ReplaceAll(r.FormValue("place"), " ", ""), v.Today)
		if err != nil {
			return err
		}
	}
	v.Known, err = s.Office.PlacesOf(ctx, page.Who(ctx), v.Unit.ID)
	return err
}

// placeWords write a place as it can be written into the form: 青石镇上塘村.
func placeWords(p desk.NamedPlace) string {
	if len(p.Above) == 0 || p.Level != org.Village {
		return p.Name
	}
	return p.Above[0].Name + p.Name
}

// placeNames says a place with all that it lies in, the largest first.
func placeNames(p desk.NamedPlace) string {
	names := p.Name
	for _, a := range p.Above {
		if a.Level == org.County || a.Level == org.Township {
			names = a.Name + " " + names
		}
	}
	return names
}

// factForm lists what one's units count, or asks for one of it.
func factForm(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet && r.URL.Query().Get("i") == "" {
		all, err := s.Office.CountsOf(r.Context(), page.Who(r.Context()))
		if err != nil {
			return err
		}
		web.Show(w, r, http.StatusOK, factAskedPage(all))
		return nil
	}
	return page.SheetsUpTo(fact.LargestEvidence+web.MostForm, landing, reportFact)(s, w, r)
}

// reportFact asks for one fact of one's own unit.
func reportFact(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, err := readFactForm(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	if err := places(s, r, &v); err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: v.I.Name, Back: factFormOf(v.Unit.ID, 0), Button: web.T(ctx, "存下"), Upload: true, Hidden: []string{"unit", "i"}, Bare: page.IsBare(r),
		Stands: url.Values{"unit": {v.Unit.ID.String()}, "i": {v.I.ID.String()}, "day": {string(v.Today)}, "class": {string(fact.OwnWord)}},
		Within: func(f web.Form) templ.Component { return factFields(v, f) }, Above: factAbove(v), Below: factLines(v)}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		told, err := factTold(s, r, f, v)
		if err != nil {
			return "", err
		}
		taken, err := s.Office.ReportFacts(ctx, cmd, v.Unit.ID, []desk.FactTold{told}, fact.ByForm)
		if err != nil {
			return "", err
		}
		next := factFormOf(v.Unit.ID, v.I.ID) + "&done=" + taken.First.String()
		if len(taken.Same) > 0 {
			next += "&same=" + taken.Same[0].Unit.String()
		}
		return next, nil
	}
	return sh, nil
}

func readFactForm(s *page.Side, r *http.Request) (v factFormView, err error) {
	ctx := r.Context()
	if page.IsBare(r) {
		unit, errUnit := id.Of[id.Unit](r.FormValue("unit"))
		which, errWhich := id.Of[id.Indicator](r.FormValue("i"))
		if errUnit == nil && errWhich == nil {
			v.Today = s.Office.Today()
			v.Unit, v.I, err = s.Office.CountedBy(ctx, page.Who(ctx), unit, which)
			v.Place = v.Unit.Level != org.Village
			return v, err
		}
	}
	all, err := s.Office.CountsOf(ctx, page.Who(ctx))
	if err != nil {
		return v, err
	}
	unit, errUnit := id.Of[id.Unit](r.FormValue("unit"))
	at := slices.IndexFunc(all, func(u desk.CountedUnit) bool { return u.Unit.ID == unit })
	switch {
	case len(all) == 0:
		return v, desk.ErrMissing
	case r.FormValue("unit") == "":
		at = 0
	case errUnit != nil || at < 0:
		return v, desk.MayNot("fact.report")
	}
	v.CountedUnit, v.Today = all[at], s.Office.Today()
	which, err := id.Of[id.Indicator](r.FormValue("i"))
	if err != nil {
		return v, desk.ErrMissing
	}
	if k := slices.IndexFunc(v.CountedUnit.Asked, func(a desk.AskedIndicator) bool { return a.ID == which }); k >= 0 {
		v.Asked = v.CountedUnit.Asked[k]
		v.I = v.Asked.Indicator
	} else if k := slices.IndexFunc(v.Others, func(i fact.Indicator) bool { return i.ID == which }); k >= 0 {
		v.I = v.Others[k]
	} else {
		return v, desk.ErrMissing
	}
	v.Place = v.Unit.Level != org.Village
	list, err := s.Office.Facts(ctx, page.Who(ctx), desk.FactChoice{Unit: v.Unit.ID, Indicator: which, From: calendar.Day(v.Month + "-01"), To: v.Today})
	if err != nil {
		return v, err
	}
	v.Lines = slices.DeleteFunc(list.Lines, func(l desk.FactLine) bool { return l.Unit != v.Unit.ID })
	v.Done, _ = id.Of[id.Fact](r.URL.Query().Get("done"))
	if same, wrong := id.Of[id.Unit](r.URL.Query().Get("same")); wrong == nil {
		other, err := s.Office.UnitOn(ctx, page.Who(ctx), same, v.Today)
		if err != nil {
			return v, err
		}
		v.Same = other.Unit.Name
	}
	return v, nil
}

// askedSaid says what was told of an indicator this month, and of how much.
func askedSaid(ctx context.Context, a desk.AskedIndicator) string {
	words := web.T(ctx, "这个月还没有报")
	if a.Claims > 0 {
		words = web.T(ctx, "这个月 %s", web.Figure(a.Told)+" "+a.Measure)
	}
	if a.Shared {
		words += web.Gap(ctx) + web.T(ctx, "（分给本单位 %s）", web.Figure(a.Share)+" "+a.Measure)
	}
	return words
}

// factTold reads a form of one fact.
func factTold(s *page.Side, r *http.Request, f web.Form, v factFormView) (t desk.FactTold, err error) {
	t = desk.FactTold{Indicator: v.I.ID, Unit: v.Unit.ID, Day: calendar.Day(strings.TrimSpace(f.Value("day"))), Class: fact.Class(f.Value("class")), Note: strings.TrimSpace(f.Value("note")), Quantity: document.Whole(1)}
	if v.I.Subjects != fact.NoSubject {
		t.Subject = strings.TrimSpace(f.Value("subject"))
	} else {
		q, told, doubt := fact.ReadGridCell(f.Value("quantity"))
		switch {
		case doubt != nil && doubt.Stops:
			return t, doubt.Says.In("quantity")
		case !told:
			return t, fault.New(fault.Invalid, "请填数量。没有就填 0。").In("quantity")
		}
		t.Quantity = q
	}
	place := strings.ReplaceAll(f.Value("place"), " ", "")
	chosen, wrong := id.Of[id.Unit](f.Value("where"))
	switch {
	case place == "" || !v.Place:
	case wrong == nil && f.Value("where-of") == place: // of the places that were offered for these words
		t.Place = chosen
	default:
		if t.Place, err = s.Office.PlaceCalled(r.Context(), place, cmp.Or(t.Day, v.Today)); err != nil {
			return t, err
		}
	}
	_, content, err := page.SentFile(r)
	if err != nil || len(content) == 0 {
		return t, err
	}
	t.Evidence, err = s.Office.StoreEvidence(page.Who(r.Context()), content)
	return t, err
}

// classChoices are the classes of evidence in plain words.
func classChoices(ctx context.Context) []web.Choice {
	return []web.Choice{{Value: "A", Words: web.T(ctx, "收的人签了字，或者机器记的（A）")}, {Value: "B", Words: web.T(ctx, "第三方看到了（B）")}, {Value: "C", Words: web.T(ctx, "我们自己说的（C）")}}
}

// classWord says a class in the same words.
func classWord(ctx context.Context, c fact.Class) string {
	for _, one := range classChoices(ctx) {
		if one.Value == string(c) {
			return one.Words
		}
	}
	return string(c)
}

// factAmount is what a fact says: 3 场, or the person or thing.
func factAmount(l desk.FactLine, i fact.Indicator) string {
	if l.Subject == "" {
		return web.Figure(l.Quantity) + " " + i.Measure
	}
	return cmp.Or(l.Person, l.Subject)
}

func correctFactPath(f id.Fact) string { return page.FactFormPath + "/" + f.String() + "/correct" }

func withdrawFactPath(f id.Fact) string { return page.FactFormPath + "/" + f.String() + "/withdraw" }

// ownFact finds the claim that an address names, with its story.
func ownFact(s *page.Side, r *http.Request) (l desk.FactLine, story desk.FactStory, err error) {
	which, err := id.Of[id.Fact](r.PathValue("fact"))
	if err != nil {
		return l, story, desk.ErrMissing
	}
	if story, err = s.Office.FactStory(r.Context(), page.Who(r.Context()), which); err != nil {
		return l, story, err
	}
	at := slices.IndexFunc(story.Rows, func(l desk.FactLine) bool { return l.ID == which })
	if at < 0 {
		return l, story, desk.ErrMissing
	}
	return story.Rows[at], story, nil
}

// afterFact is where somebody goes on who changed a fact: the form of their own unit, or
// the month of another's.
func afterFact(ctx context.Context, l desk.FactLine, done string) string {
	if w := page.Who(ctx); w.May("fact.report") && slices.ContainsFunc(w.Held, func(h desk.Held) bool { return h.Unit == l.Unit }) {
		return factFormOf(l.Unit, l.Indicator) + "&done=" + done
	}
	return page.FactMonthPath(l.Unit, l.Month())
}

// correctFact puts one's own fact right.
func correctFact(s *page.Side, r *http.Request) (page.Sheet, error) {
	l, story, err := ownFact(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	v := factFormView{CountedUnit: desk.CountedUnit{Unit: story.Unit}, I: story.Indicator, Today: s.Office.Today(), Place: story.Unit.Level != org.Village}
	if err := places(s, r, &v); err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: web.T(ctx, "更正"), Quote: story.Indicator.Name, Back: afterFact(ctx, l, ""), Button: web.T(ctx, "更正"), Upload: true,
		Lede: web.T(ctx, "原来报的留在记录里，以后算新的。"),
		Stands: url.Values{"day": {string(l.Day)}, "quantity": {l.Quantity.String()}, "subject": {cmp.Or(l.Person, l.Subject)}, "class": {string(l.Class)},
			"place": {l.PlaceName}},
		Within: func(f web.Form) templ.Component { return factFields(v, f) }}
	if l.Kind != fact.Claim || !l.Stands() {
		sh.Stop = fault.New(fault.Conflict, "这一条已经改过、退回或者撤回了。请看现在的那一条。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		told, err := factTold(s, r, f, v)
		if err != nil {
			return "", err
		}
		if told.Place == 0 && f.Value("place") == l.PlaceName {
			told.Place = l.Place
		}
		if told.Evidence == nil {
			told.Evidence = l.Evidence
		}
		made, err := s.Office.CorrectFact(ctx, cmd, l.ID, told)
		return afterFact(ctx, l, made.String()), err
	}
	return sh, nil
}

// withdrawFact takes one's own fact back.
func withdrawFact(s *page.Side, r *http.Request) (page.Sheet, error) {
	l, story, err := ownFact(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "撤回"), Quote: story.Indicator.Name, Back: afterFact(ctx, l, ""), Button: web.T(ctx, "撤回"),
		Lede:   web.T(ctx, "%s报的 %s。撤回以后不再算，记录里留着。", web.Date(ctx, l.Day), factAmount(l, story.Indicator)),
		Inputs: []page.Input{{Name: "reason", Label: web.T(ctx, "为什么撤回"), Hint: web.T(ctx, "一句话，局里看得到。"), Kind: "text"}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return afterFact(ctx, l, "withdrawn"), s.Office.WithdrawFact(ctx, cmd, l.Unit, l.ID, f.Value("reason"))
		}}
	if l.Kind != fact.Claim || !l.Stands() {
		sh.Stop = fault.New(fault.Conflict, "这一条已经改过、退回或者撤回了。请看现在的那一条。")
	}
	return sh, nil
}

// wantedHint says which evidence an indicator wants.
func wantedHint(ctx context.Context, i fact.Indicator) string {
	switch i.Wanted {
	case fact.ByRecipient:
		return web.T(ctx, "这个指标要 A 类才计入完成数。别的也收，先算报了。")
	case fact.Independent:
		return web.T(ctx, "这个指标要 A 类或者 B 类才计入完成数。C 类也收，先算报了。")
	}
	return ""
}

func noteLabel(ctx context.Context, v factFormView) string {
	if v.Month == "" { // a correction
		return web.T(ctx, "为什么改")
	}
	return web.T(ctx, "说明（可以空着）")
}

// factFormOf leads to where one of the reader's units tells of an indicator; with 0 of any.
func factFormOf(unit id.Unit, i id.Indicator) string {
	q := url.Values{"unit": {unit.String()}}
	if i != 0 {
		q.Set("i", i.String())
	}
	return page.FactFormPath + "?" + q.Encode()
}
