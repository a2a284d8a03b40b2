package facts

import (
	"context"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

func factPath(f id.Fact) string { return page.FactsPath + "/" + f.String() }

// factsAtOnce is how many facts a page lists.
const factsAtOnce = 100

// factsView is the facts below a unit.
type factsView struct {
	desk.FactList
	Unit      org.Unit
	Indicator id.Indicator
	Month     string
	Recent    bool // only of the last months, as none is asked for
	State     fact.State
	Names     map[id.Indicator]fact.Indicator
}

// about says of what unit, indicator and months the facts are.
func (v factsView) about(ctx context.Context) string {
	words := []string{v.Unit.Name}
	if v.Indicator != 0 {
		words = append(words, v.Names[v.Indicator].Name)
	}
	if v.Month != "" {
		words = append(words, web.Month(ctx, v.Month, true))
	} else if v.Recent {
		words = append(words, web.T(ctx, "最近三个月的"))
	}
	return strings.Join(words, web.Comma(ctx))
}

// address leads to the same list in another state, or further on.
func (v factsView) address(state fact.State, after id.Fact) string {
	path := page.FactsOf(v.Unit.ID, v.Indicator, v.Month)
	if state != "" {
		path += "&state=" + string(state)
	}
	if after != 0 {
		path += "&after=" + after.String()
	}
	return path
}

// sheetAddress leads to the same facts as a workbook.
func (v factsView) sheetAddress() string {
	return factSheetPath + strings.TrimPrefix(page.FactsOf(v.Unit.ID, v.Indicator, v.Month), page.FactsPath)
}

// facts lists single facts.
func facts(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx, me, q := r.Context(), page.Who(r.Context()), r.URL.Query()
	unit, err := page.UnitAsked(r)
	if err != nil {
		return err
	}
	v := factsView{Names: map[id.Indicator]fact.Indicator{}, State: fact.State(q.Get("state"))}
	if v.Unit, err = s.Office.FiguresUnit(ctx, me, unit); err != nil {
		return err
	}
	c := desk.FactChoice{Unit: v.Unit.ID, From: "0001-01-01", To: s.Office.Today(), Most: factsAtOnce}
	if asked := q.Get("indicator"); asked != "" {
		if v.Indicator, err = id.Of[id.Indicator](asked); err != nil {
			return desk.ErrMissing
		}
	}
	if asked := q.Get("month"); asked != "" {
		first, err := calendar.ParseDay(asked + "-01")
		if err != nil {
			return fault.New(fault.Invalid, "“%s”不是月份，请写成 2012-01 的样子。", page.Shortly(asked))
		}
		v.Month, c.From, c.To = asked, first, page.MonthLast(asked)
	}
	if v.Month == "" && v.Unit.Level != org.Village && v.Unit.Level != org.Direct && v.Unit.Level != org.Division {
		v.Recent, c.From = true, calendar.Day(fact.Month(s.Office.Today().AddDays(-62))+"-01")
	}
	if asked := q.Get("after"); asked != "" {
		if c.After, err = id.Of[id.Fact](asked); err != nil {
			return desk.ErrMissing
		}
	}
	switch v.State {
	case "", fact.Reported, fact.Verified, fact.Replaced:
	default:
		return desk.ErrMissing
	}
	c.Indicator, c.State = v.Indicator, v.State
	if v.FactList, err = s.Office.Facts(ctx, me, c); err != nil {
		return err
	}
	for _, i := range v.Indicators {
		v.Names[i.ID] = i
	}
	web.Show(w, r, http.StatusOK, factsPage(v))
	return nil
}

// factStory tells what became of one fact.
func factStory(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := id.Of[id.Fact](r.PathValue("fact"))
	if err != nil {
		return desk.ErrMissing
	}
	story, err := s.Office.FactStory(r.Context(), page.Who(r.Context()), which)
	if err != nil {
		return err
	}
	doubts, err := doubtsOfStory(r.Context(), s.Office, story)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, factStoryPage(story, doubts))
	return nil
}

// factEvidence sends the file that shows a fact.
func factEvidence(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := id.Of[id.Fact](r.PathValue("fact"))
	if err != nil {
		return desk.ErrMissing
	}
	f, content, err := s.Office.FactEvidence(r.Context(), page.Who(r.Context()), which)
	if err != nil {
		return err
	}
	name := f.ID.String() + evidenceEnding(content)
	// A file of anybody's is never shown as a page of ours.
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Disposition", page.Attachment(name, "佐证-"+name))
	_, _ = w.Write(content) // a reader who hangs up needs no answer
	return nil
}

// evidenceEnding is the ending by which the reader's own programs open a file.
func evidenceEnding(content []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(content), ";")
	return map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "text/plain": ".txt", "application/zip": ".zip"}[kind]
}

// claimStanding is how a claim stands, as a shape and a word.
func claimStanding(ctx context.Context, f fact.Fact, i fact.Indicator) (class, word string) {
	switch {
	case f.Counts(i.Wanted):
		return "ok", web.T(ctx, "算数")
	case f.State == fact.Verified:
		return "idle", web.T(ctx, "核实了，佐证不够，不算数")
	case f.Stands() && f.Source == fact.Opening:
		return "idle", web.T(ctx, "期初累计，不核实")
	case f.Stands():
		return "wait", web.T(ctx, "待核实")
	}
	return "none", web.T(ctx, "不算了")
}

// latestClaim is the claim that stands at the end of a story, or that was set aside last.
func latestClaim(story desk.FactStory) (f fact.Fact) {
	for _, r := range story.Rows {
		if r.Kind == fact.Claim {
			f = r.Fact
		}
	}
	return f
}

// storyEnding says how a story ended: the row that set the last claim aside, or nothing.
func storyEnding(ctx context.Context, story desk.FactStory) string {
	last := latestClaim(story)
	for _, r := range story.Rows {
		if r.ID != last.Next {
			continue
		}
		switch r.Kind {
		case fact.Return:
			return web.T(ctx, "退回了，等报的人重报")
		case fact.Withdrawal:
			return web.T(ctx, "报的人撤回了")
		}
	}
	return ""
}

// claimBefore is the claim that a row is about.
func claimBefore(story desk.FactStory, r desk.FactLine) (desk.FactLine, bool) {
	for _, b := range story.Rows {
		if b.ID == r.Corrects {
			return b, true
		}
	}
	return desk.FactLine{}, false
}

// storyStep says in words what a row of a story did.
func storyStep(ctx context.Context, story desk.FactStory, r desk.FactLine) string {
	switch r.Kind {
	case fact.Check:
		return web.T(ctx, "核实，佐证是 %s 类", string(r.Class))
	case fact.Return:
		return web.T(ctx, "退回")
	case fact.Withdrawal:
		return web.T(ctx, "撤回")
	}
	was, corrects := claimBefore(story, r)
	if !corrects {
		if r.Source == fact.Opening {
			return web.T(ctx, "报期初累计")
		}
		return web.T(ctx, "报数")
	}
	return web.T(ctx, "更正：%s", strings.Join(changesOf(ctx, story, was, r), web.T(ctx, "、")))
}

// changesOf says what a correction changed, from what to what.
func changesOf(ctx context.Context, story desk.FactStory, was, is desk.FactLine) (out []string) {
	add := func(label, from, to string) {
		if from != to {
			out = append(out, web.T(ctx, "%s从 %s 改成 %s", label, page.OrDash(from), page.OrDash(to)))
		}
	}
	measure := story.Indicator.Measure
	add(web.T(ctx, "数"), page.WholeOf(was.Quantity, measure), page.WholeOf(is.Quantity, measure))
	add(web.T(ctx, "日期"), string(was.Day), string(is.Day))
	add(web.T(ctx, "单位"), was.UnitName, is.UnitName)
	add(web.T(ctx, "地点"), was.PlaceName, is.PlaceName)
	add(web.T(ctx, "是谁、哪一个"), subjectWords(was), subjectWords(is))
	add(web.T(ctx, "佐证类别"), string(was.Class), string(is.Class))
	if hex.EncodeToString(was.Evidence) != hex.EncodeToString(is.Evidence) {
		out = append(out, web.T(ctx, "换了佐证的文件"))
	}
	if len(out) == 0 {
		out = append(out, web.T(ctx, "只改了说明"))
	}
	return out
}

// claimSaid is what a claim says in one line: how much, when, where, of whom or what.
func claimSaid(ctx context.Context, story desk.FactStory, r desk.FactLine) string {
	words := page.WholeOf(r.Quantity, story.Indicator.Measure) + web.Comma(ctx) + web.Date(ctx, r.Day) + web.Comma(ctx) + r.UnitName
	if r.PlaceName != "" {
		words += web.T(ctx, "，在 %s", r.PlaceName)
	}
	if s := subjectWords(r); s != "" {
		words += web.Comma(ctx) + s
	}
	return words
}

// subjectWords is the person or thing that a fact names.
func subjectWords(l desk.FactLine) string {
	if l.Person != "" {
		return l.Person
	}
	return l.Subject
}

// sourceWord says how a fact came in.
func sourceWord(ctx context.Context, s fact.Source) string {
	switch s {
	case fact.ByGrid:
		return web.T(ctx, "表格里填的")
	case fact.BySheet:
		return web.T(ctx, "台账导入的")
	case fact.Opening:
		return web.T(ctx, "期初累计")
	}
	return web.T(ctx, "手填的")
}

func momentOf(ctx context.Context, f fact.Fact) string {
	return web.Moment(ctx, time.UnixMicro(f.Instant))
}
