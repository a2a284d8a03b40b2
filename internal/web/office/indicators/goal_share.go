package indicators

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

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

// shareView is the grid in which a unit parts its share, and what stood before.
type shareView struct {
	desk.SharesPage
	By      []fact.Indicator // by whose figures it can be parted
	History []desk.SharesRevision
	Named   map[id.Unit]org.Unit
	Done    string
}

// shareField is how the form calls the share of a unit.
func shareField(u id.Unit) string { return "share-" + u.String() }

// issueShares lets a unit part what it has to do among those below it.
func issueShares(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx, me := r.Context(), page.Who(r.Context())
	above, err := id.Of[id.Unit](r.PathValue("unit"))
	goal, errGoal := id.Of[id.Goal](r.PathValue("goal"))
	if err != nil || errGoal != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	shares, err := s.Office.SharesOf(ctx, me, goal, above)
	if err != nil {
		return page.Sheet{}, err
	}
	v := shareView{SharesPage: shares, Done: r.URL.Query().Get("done")}
	if v.History, v.Named, err = s.Office.SharesHistory(ctx, me, goal, above); err != nil {
		return page.Sheet{}, err
	}
	all, err := s.Office.Indicators(ctx, me)
	if err != nil {
		return page.Sheet{}, err
	}
	v.By = slices.DeleteFunc(all, func(i fact.Indicator) bool { return i.Rate() })
	sh := page.Sheet{Title: web.T(ctx, "分解下达"), Quote: shares.Target.Quote, Back: page.FiguresPath, Button: web.T(ctx, "下达"), Second: &page.Second{Name: "keep", Label: web.T(ctx, "先存着")},
		Above: shareAbove(v), Below: shareHistory(v), Stands: url.Values{}, To: sharesPath(goal, above)}
	if !ofCity(shares.Above) {
		sh.Back += "?" + url.Values{"unit": {above.String()}}.Encode()
	}
	for _, u := range shares.Units {
		switch {
		case shares.Draft:
			sh.Stands.Set(shareField(u.ID), u.Typed)
		case u.Given:
			sh.Stands.Set(shareField(u.ID), u.Standing.String())
		}
	}
	sh.Within = func(f web.Form) templ.Component { return shareGrid(v, f) }
	switch {
	case !me.May("split.issue"):
		sh.Stop = fault.New(fault.Denied, "您可以看，分解下达由局办公室经办和各单位的负责人、经办来做。")
		sh.Below = shareSeen(v)
	case !shares.Owed:
		sh.Stop = fault.New(fault.Conflict, "上级还没有给 %s 分数，分了才能再往下分。", shares.Above.Name)
	case len(shares.Units) == 0:
		sh.Stop = fault.New(fault.Conflict, "%s 下面没有单位，不用再分。", shares.Above.Name)
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return sharesTold(s, ctx, cmd, v, f)
	}
	return sh, nil
}

func ofCity(u org.Unit) bool { return u.Level == org.Bureau || u.Level == org.CityLevel }

// sharesTold does what a button of the grid asks for: fill in, read what was pasted, keep, or
// hand down.
func sharesTold(s *page.Side, ctx context.Context, cmd desk.Cmd, v shareView, f web.Form) (string, error) {
	path, typed := sharesPath(v.Goal.ID, v.Above.ID), typedShares(v, f)
	done := "kept"
	switch fill := f.Value("fill"); {
	case fill == "paste":
		var err error
		if typed, err = pastedShares(v.Units, f.Value("paste"), typed); err != nil {
			return "", err
		}
		done = "filled"
	case fill != "":
		weights, err := shareWeights(s, ctx, v, fill, f)
		if err != nil {
			return "", err
		}
		typed = partedShares(v, weights)
		done = "filled"
	case f.Value("keep") != "":
	default:
		told, err := sharesIn(v, f)
		if err != nil {
			return "", err
		}
		return path + "?done=issued", s.Office.IssueShares(ctx, cmd, v.Goal.ID, v.Above.ID, told)
	}
	return path + "?done=" + done, s.Office.SharesDraft(ctx, cmd, v.Goal.ID, v.Above.ID, typed)
}

// typedShares is what stands in the grid, as it was typed.
func typedShares(v shareView, f web.Form) map[id.Unit]string {
	typed := map[id.Unit]string{}
	for _, u := range v.Units {
		if t := strings.TrimSpace(f.Value(shareField(u.ID))); t != "" {
			typed[u.ID] = t
		}
	}
	return typed
}

// shareWeights are by what a filling button parts.
func shareWeights(s *page.Side, ctx context.Context, v shareView, fill string, f web.Form) ([]int64, error) {
	weights := make([]int64, len(v.Units))
	found := map[id.Unit]document.Decimal{}
	var err error
	switch fill {
	case "equal":
	case "villages":
	case "indicator":
		by, wrong := id.Of[id.Indicator](f.Value("by"))
		if wrong != nil {
			return nil, fault.New(fault.Invalid, "请选照哪个指标的数分。").In("by")
		}
		found, err = s.Office.ShareWeights(ctx, page.Who(ctx), v.Goal.ID, v.Above.ID, by, false)
	case "last_year":
		found, err = s.Office.ShareWeights(ctx, page.Who(ctx), v.Goal.ID, v.Above.ID, 0, true)
	default:
		return nil, desk.ErrMissing
	}
	if err != nil {
		return nil, err
	}
	var sum int64
	for k, u := range v.Units {
		switch fill {
		case "equal":
			weights[k] = 1
			if u.Level == org.Division || u.Level == org.Direct {
				weights[k] = 0 // they are not of the kind among which a share is parted equally
			}
		case "villages":
			weights[k] = int64(u.Villages)
			if u.Level == org.Village {
				weights[k] = 1
			}
		default:
			weights[k] = int64(found[u.ID])
		}
		sum += weights[k]
	}
	if fill == "equal" && sum == 0 {
		for k := range weights {
			weights[k] = 1
		}
		sum = int64(len(weights))
	}
	if sum == 0 {
		return nil, map[string]*fault.Fault{
			"villages":  fault.New(fault.Invalid, "下面没有村，不能按村数分。"),
			"indicator": fault.New(fault.Invalid, "这个指标近一年还没有报来的数，不能照它分。").In("by"),
			"last_year": fault.New(fault.Invalid, "上一年同样的月份没有报来的数，不能照去年分。"),
		}[fill]
	}
	return weights, nil
}

// partedShares fills the grid by weights; units without one stay empty.
func partedShares(v shareView, weights []int64) map[id.Unit]string {
	typed := map[id.Unit]string{}
	for k, share := range fact.Parted(v.Whole, weights, document.Whole(1)) {
		if weights[k] > 0 {
			typed[v.Units[k].ID] = share.String()
		}
	}
	return typed
}

// pastedShares reads cells copied from a spreadsheet into the grid: lines of a name and a
// figure, or figures alone in the order of the rows.
func pastedShares(units []desk.ShareUnit, paste string, typed map[id.Unit]string) (map[id.Unit]string, error) {
	var lines [][]string
	for _, l := range strings.Split(strings.ReplaceAll(paste, "\r\n", "\n"), "\n") {
		cells := strings.FieldsFunc(l, func(r rune) bool { return r == '\t' || r == ' ' || r == '　' })
		if k := strings.LastIndexAny(l, ",，"); len(cells) == 1 && k > 0 {
			if _, err := figureIn(l); err != nil { // a name and a figure, with a comma between them
				cells = []string{strings.TrimSpace(l[:k]), strings.TrimLeft(l[k:], ",，")}
			}
		}
		if len(cells) > 0 {
			lines = append(lines, cells)
		}
	}
	if len(lines) == 0 {
		return nil, fault.New(fault.Invalid, "粘贴框是空的。从表格里复制名称和数两列，贴进来。").In("paste")
	}
	next := 0
	for n, cells := range lines {
		value := cells[len(cells)-1]
		name := strings.Join(cells[:len(cells)-1], "")
		if _, err := figureIn(value); err != nil {
			if n == 0 { // the head of the table
				continue
			}
			return nil, fault.New(fault.Invalid, "粘贴的第 %d 行“%s”不是数。", n+1, value).In("paste")
		}
		if name == "" {
			if next >= len(units) {
				return nil, fault.New(fault.Invalid, "粘贴的数比单位多。单位有 %d 个，请看看有没有合计。", len(units)).In("paste")
			}
			typed[units[next].ID] = value
			next++
			continue
		}
		if name == "合计" || name == "小计" || name == "总计" {
			continue
		}
		at := slices.IndexFunc(units, func(u desk.ShareUnit) bool { return u.Name == name })
		if at < 0 {
			var alike []int
			for k, u := range units {
				if strings.HasPrefix(u.Name, name) || strings.HasPrefix(name, u.Name) {
					alike = append(alike, k)
				}
			}
			if len(alike) != 1 {
				return nil, fault.New(fault.Invalid, "粘贴的第 %d 行“%s”没有找到对应的单位。请照下面表里的名称写。", n+1, name).In("paste")
			}
			at = alike[0]
		}
		typed[units[at].ID] = value
	}
	return typed, nil
}

// sharesIn reads the grid to hand it down. A sum that is not the whole must be meant.
func sharesIn(v shareView, f web.Form) (told []desk.ShareTold, err error) {
	if strings.TrimSpace(f.Value("paste")) != "" {
		return nil, fault.New(fault.Invalid, "粘贴框里还有内容。先按“读进表里”，看过了再下达。").In("paste")
	}
	var sum document.Decimal
	for _, u := range v.Units {
		t := f.Value(shareField(u.ID))
		if strings.TrimSpace(t) == "" {
			continue
		}
		value, err := figureIn(t)
		if err != nil || value < 0 || value > fact.MostQuantity {
			return nil, fault.New(fault.Invalid, "%s 的“%s”不是数。请只写数字，不写单位。", u.Name, page.Shortly(t)).In(shareField(u.ID))
		}
		told = append(told, desk.ShareTold{Unit: u.ID, Value: value})
		sum += value
	}
	if sum != v.Whole && len(told) > 0 && f.Value("meant") != sum.String() {
		said, of := web.Figure(sum), web.Figure(v.Whole)
		if sum > v.Whole {
			return nil, fault.New(fault.Invalid, "合计 %s，比要分的 %s 多 %s。真要这样，请勾“就这样下达”，再按一次。", said, of, web.Figure(sum-v.Whole)).In("meant")
		}
		return nil, fault.New(fault.Invalid, "合计 %s，比要分的 %s 少 %s。真要这样，请勾“就这样下达”，再按一次。", said, of, web.Figure(v.Whole-sum)).In("meant")
	}
	return told, nil
}

// sumOf adds up what stands in the grid; wrong counts what is no number.
func sumOf(v shareView, f web.Form) (sum document.Decimal, wrong int) {
	for _, u := range v.Units {
		if t := f.Value(shareField(u.ID)); strings.TrimSpace(t) != "" {
			if value, err := figureIn(t); err == nil {
				sum += value
			} else {
				wrong++
			}
		}
	}
	return sum, wrong
}

// sumWords compare a sum with the whole in a plain sentence.
func sumWords(ctx context.Context, sum, whole document.Decimal, measure string) string {
	said, of := page.WholeOf(sum, measure), web.Figure(whole)
	switch {
	case sum == whole:
		return web.T(ctx, "合计 %s，正好是要分的 %s。", said, of)
	case sum < whole:
		return web.T(ctx, "合计 %s，比要分的 %s 少 %s，还没有分完。", said, of, web.Figure(whole-sum))
	}
	return web.T(ctx, "合计 %s，比要分的 %s 多 %s。", said, of, web.Figure(sum-whole))
}

// sharesInOrder are the units of an earlier parting, in the order of the grid; those that
// are not in it any more come last.
func sharesInOrder(v shareView, h desk.SharesRevision) (out []id.Unit) {
	for _, u := range v.Units {
		if _, had := h.Of[u.ID]; had {
			out = append(out, u.ID)
		}
	}
	var gone []id.Unit
	for u := range h.Of {
		if !slices.Contains(out, u) {
			gone = append(gone, u)
		}
	}
	slices.Sort(gone)
	return append(out, gone...)
}

// shareBasis offers the indicators by whose figures a share can be parted.
func shareBasis(v shareView) (out []web.Choice) {
	for _, i := range v.By {
		out = append(out, web.Choice{Value: i.ID.String(), Words: i.Name, Document: true})
	}
	return out
}
