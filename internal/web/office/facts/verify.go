package facts

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"

	"github.com/a-h/templ"
)

// verifyOf leads to what waits to be checked below a unit.
func verifyOf(unit id.Unit, month string) string {
	return page.VerifyPath + "?" + url.Values{"unit": {unit.String()}, "month": {month}}.Encode()
}

func verifyOnePath(f id.Fact, unit id.Unit) string {
	return page.VerifyPath + "/" + f.String() + "?unit=" + unit.String()
}

// mostClean is how many claims are verified by one button.
const mostClean = 2000

// verifyView is what waits to be checked: what is clean goes together, the rest singly.
type verifyView struct {
	desk.VerifyPage
	Clean   []desk.VerifyLine
	Singly  []desk.VerifyLine // what was doubted first, then what was drawn
	Doubted []desk.VerifyLine // checked, and yet somebody said that it did not happen
	Own     int               // reported by the reader
	Rows    []waitingRow      // where it waits, of the units that have pages of their own
	Drawn   map[id.Fact]bool
	Doubts  map[id.Fact][]fact.Doubt
	Months  []string
	Done    string
	N       string
}

// newVerifyView parts what waits: what a draw drew and what somebody said did not happen is
// looked at singly, as what is flagged.
func newVerifyView(p desk.VerifyPage, drawn map[id.Fact]bool, doubts map[id.Fact][]fact.Doubt, months []string, q url.Values) verifyView {
	v := verifyView{VerifyPage: p, Months: months, Done: q.Get("done"), N: q.Get("n"), Drawn: drawn, Doubts: doubts}
	of := map[id.Unit]waitingRow{}
	for _, l := range p.Lines {
		row := of[l.Row]
		switch {
		case l.Own:
			v.Own++
		case len(l.Flags) > 0 || drawn[l.ID] || len(doubts[l.ID]) > 0:
			v.Singly = append(v.Singly, l)
			row.Singly++
		default:
			if len(v.Clean) < mostClean {
				v.Clean = append(v.Clean, l)
			}
			row.Clean++
		}
		of[l.Row] = row
	}
	v.Rows = waitingRows(p, of)
	rank := func(l desk.VerifyLine) int {
		switch {
		case len(doubts[l.ID]) > 0:
			return 0
		case drawn[l.ID]:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(v.Singly, func(a, b desk.VerifyLine) int { return rank(a) - rank(b) })
	for _, l := range p.Verified {
		if len(doubts[l.ID]) > 0 {
			v.Doubted = append(v.Doubted, l)
		}
	}
	return v
}

// waitingRow is what waits in one of the units right below.
type waitingRow struct {
	Unit          id.Unit
	Name          string
	Clean, Singly int
}

// waitingRows puts the units in which anything waits in the order of those that have pages
// of their own, and behind them what there is no longer. One alone says nothing new.
func waitingRows(p desk.VerifyPage, of map[id.Unit]waitingRow) (out []waitingRow) {
	if len(p.Below) == 0 {
		return nil
	}
	place := map[id.Unit]int{}
	for k, u := range p.Below {
		place[u.ID] = k - len(p.Below)
	}
	for _, u := range slices.Sorted(maps.Keys(of)) {
		if r := of[u]; u != 0 && r.Clean+r.Singly > 0 {
			r.Unit, r.Name = u, p.Names[u]
			out = append(out, r)
		}
	}
	if len(out) < 2 {
		return nil
	}
	slices.SortStableFunc(out, func(a, b waitingRow) int { return cmp.Compare(place[a.Unit], place[b.Unit]) })
	return out
}

// drawn and doubted count those among what is looked at singly.
func (v verifyView) drawn() (n int) {
	for _, l := range v.Singly {
		if v.Drawn[l.ID] {
			n++
		}
	}
	return n
}

func (v verifyView) doubted() (n int) {
	for _, l := range v.Singly {
		if len(v.Doubts[l.ID]) > 0 {
			n++
		}
	}
	return n
}

// cleanSum is what the clean claims of one indicator come to.
type cleanSum struct {
	Indicator fact.Indicator
	N         int
	Sum       document.Decimal
}

func (v verifyView) cleanSums() (out []cleanSum) {
	for _, l := range v.Clean {
		at := slices.IndexFunc(out, func(c cleanSum) bool { return c.Indicator.ID == l.Indicator })
		if at < 0 {
			at = len(out)
			out = append(out, cleanSum{Indicator: v.Indicators[l.Indicator]})
		}
		out[at].N++
		out[at].Sum += l.Quantity
	}
	return out
}

// verifyFacts lets a verifier check together what is clean, and shows what is not.
func verifyFacts(s *page.Side, r *http.Request) (page.Sheet, error) {
	unit, err := heldUnit(s, r, "fact.verify")
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	p, err := s.Office.ToVerify(ctx, page.Who(ctx), unit, r.FormValue("month"))
	if err != nil {
		return page.Sheet{}, err
	}
	drawn, err := s.Office.DrawnFacts(ctx, page.Who(ctx), p.Unit.ID, p.Month)
	if err != nil {
		return page.Sheet{}, err
	}
	doubts, err := doubtsIn(ctx, s.Office, p)
	if err != nil {
		return page.Sheet{}, err
	}
	v := newVerifyView(p, drawn, doubts, lastMonths(fact.Month(s.Office.Today())), r.URL.Query())
	var which []string
	for _, l := range v.Clean {
		which = append(which, l.ID.String())
	}
	sh := page.Sheet{Title: web.T(ctx, "核实数"), Back: page.FactMonthPath(p.Unit.ID, p.Month), Button: web.T(ctx, "这 %s 条一起核实", web.Count(len(v.Clean))), Hidden: []string{"unit", "month", "which"},
		Stands: url.Values{"unit": {p.Unit.ID.String()}, "month": {p.Month}, "which": {strings.Join(which, " ")}}, Above: verifyAbove(v), Below: verifyBelow(v),
		Within: func(web.Form) templ.Component { return verifyClean(v) }}
	if len(v.Clean) == 0 {
		sh.Stop = fault.New(fault.Conflict, "没有可以一起核实的。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		var all []id.Fact
		for _, one := range strings.Fields(f.Value("which")) {
			which, err := id.Of[id.Fact](one)
			if err != nil {
				return "", desk.ErrMissing
			}
			all = append(all, which)
		}
		return verifyOf(p.Unit.ID, p.Month) + "&done=verified&n=" + strconv.Itoa(len(all)), s.Office.VerifyFacts(ctx, cmd, p.Unit.ID, all, "")
	}
	return sh, nil
}

// verifyFact shows one claim with all that is known of it, to be checked or returned.
func verifyFact(s *page.Side, r *http.Request) (page.Sheet, error) {
	which, err := id.Of[id.Fact](r.PathValue("fact"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	var unit id.Unit
	if asked := r.FormValue("unit"); asked != "" {
		if unit, err = id.Of[id.Unit](asked); err != nil {
			return page.Sheet{}, desk.ErrMissing
		}
	}
	ctx := r.Context()
	one, err := s.Office.ToVerifyOne(ctx, page.Who(ctx), unit, which)
	if err != nil {
		return page.Sheet{}, err
	}
	month := one.Page
	drawn, err := s.Office.DrawnFacts(ctx, page.Who(ctx), month.Unit.ID, month.Month)
	if err != nil {
		return page.Sheet{}, err
	}
	doubts, err := doubtsOfStory(ctx, s.Office, one.Story)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{Title: one.Story.Indicator.Name, Back: verifyOf(month.Unit.ID, month.Month), Button: web.T(ctx, "定"), Hidden: []string{"unit"},
		Stands: url.Values{"unit": {month.Unit.ID.String()}, "decide": {string(one.Class)}}, Above: verifyOneAbove(one, drawn[which], doubts), Below: verifyOneBelow(one)}
	choices := []web.Choice{}
	if one.State != fact.Verified {
		for _, c := range classChoices(ctx) {
			choices = append(choices, web.Choice{Value: c.Value, Words: web.T(ctx, "核实：%s", c.Words)})
		}
	}
	choices = append(choices, web.Choice{Value: "return", Words: web.T(ctx, "退回，不算")})
	sh.Inputs = []page.Input{{Name: "decide", Kind: "radio", Label: web.T(ctx, "怎么定"), Hint: web.T(ctx, "报的是：%s", classWord(ctx, one.Class)), Choices: choices},
		{Name: "reason", Kind: "text", Label: web.T(ctx, "退回的原因"), Hint: web.T(ctx, "退回才要写，一句话，报的人看得到。")}}
	if one.Own {
		sh.Stop = fault.New(fault.Conflict, "自己报的数要由别人核实。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		if f.Value("decide") == "return" {
			return verifyOf(month.Unit.ID, month.Month) + "&done=returned", s.Office.ReturnFacts(ctx, cmd, month.Unit.ID, []id.Fact{which}, f.Value("reason"))
		}
		if f.Value("decide") == "" {
			return "", fault.New(fault.Invalid, "请选核实还是退回。").In("decide")
		}
		return verifyOf(month.Unit.ID, month.Month) + "&done=verified&n=1", s.Office.VerifyFacts(ctx, cmd, month.Unit.ID, []id.Fact{which}, fact.Class(f.Value("decide")))
	}
	return sh, nil
}

// flagWords say why a claim is looked at singly.
func flagWords(ctx context.Context, f fact.Flag, names map[id.Unit]string) string {
	key, args := f.Reason(func(u id.Unit) string { return names[u] })
	return web.T(ctx, key, args...)
}

// mostFactsListed is how many claims a list shows.
const mostFactsListed = 200

func firstLines[T any](all []T) []T { return all[:min(len(all), mostFactsListed)] }

// waitingWords say how many wait in one unit.
func waitingWords(ctx context.Context, r waitingRow) string {
	switch {
	case r.Singly == 0:
		return web.T(ctx, "没有疑问 %s", web.Count(r.Clean))
	case r.Clean == 0:
		return web.T(ctx, "要单独看 %s", web.Count(r.Singly))
	}
	return web.T(ctx, "没有疑问 %s，要单独看 %s", web.Count(r.Clean), web.Count(r.Singly))
}
