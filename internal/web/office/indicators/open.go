package indicators

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"net/http"
	"net/url"
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
)

// examplePack is a pack that shows what one looks like. It has no number of a standard.
//
//go:embed pack.csv
var examplePack []byte

// openIndicator asks what is counted, and how.
func openIndicator(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	all, err := s.Office.Indicators(ctx, page.Who(ctx))
	if err != nil {
		return page.Sheet{}, err
	}
	i := fact.Indicator{}.Tidied()
	i.Aggregation = fact.Sum
	sh := page.Sheet{Title: web.T(ctx, "新设指标"), Back: page.FiguresPath, Button: web.T(ctx, "设立"), Stands: indicatorValues(i),
		Lede:   web.T(ctx, "怎么加、要哪一类佐证，设了就不再改，以前的数才不会变样。名称和口径可以改。"),
		Inputs: indicatorInputs(ctx)}
	sh.Inputs = append(sh.Inputs, rateInputs(ctx, all)...)
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		i, err := indicatorIn(f)
		if err != nil {
			return "", err
		}
		made, err := s.Office.OpenIndicator(ctx, cmd, i)
		return page.IndicatorPath(made) + "?done=opened", err
	}
	return sh, nil
}

// indicatorInputs ask for an indicator.
func indicatorInputs(ctx context.Context) []page.Input {
	how := page.Input{Name: "aggregation", Kind: "radio", Label: web.T(ctx, "怎么加起来")}
	for _, a := range fact.Aggregations {
		how.Choices = append(how.Choices, web.Choice{Value: string(a), Words: aggregationWords(ctx, a)})
	}
	wanted := page.Input{Name: "wanted", Kind: "radio", Label: web.T(ctx, "要哪一类佐证才算数"), Hint: web.T(ctx, "比这一类好的也算。差的照样收，列在“报来”里，不列在“算数”里。")}
	for _, c := range fact.Classes {
		wanted.Choices = append(wanted.Choices, web.Choice{Value: string(c), Words: classWords(ctx, c)})
	}
	return []page.Input{
		{Name: "name", Kind: "text", Label: web.T(ctx, "指标名称")},
		{Name: "measure", Kind: "text", Label: web.T(ctx, "计量单位"), Hint: web.T(ctx, "场、册、艘、人。")},
		{Name: "definition", Kind: "area", Rows: "3", Label: web.T(ctx, "口径：什么算一个"), Hint: web.T(ctx, "写给报数的人看。例如：演一场算一场，停演、改期的不算；同一天同一地点连演两场算两场。")},
		how,
		{Name: "subjects", Kind: "radio", Label: web.T(ctx, "去重的，数的是什么"), Hint: web.T(ctx, "只有选了“去重”才要选。人的姓名加密存着，不公开。"), Choices: []web.Choice{
			{Value: string(fact.Things), Words: web.T(ctx, "东西：船、书屋、场馆，按编号")}, {Value: string(fact.Persons), Words: web.T(ctx, "人：按姓名和电话")}}},
		wanted,
		{Name: "direction", Kind: "radio", Label: web.T(ctx, "越多越好，还是越少越好"), Choices: []web.Choice{{Value: "up", Words: web.T(ctx, "越多越好")}, {Value: "down", Words: web.T(ctx, "越少越好")}}},
	}
}

// rateInputs ask of what an indicator is the rate.
func rateInputs(ctx context.Context, all []fact.Indicator) []page.Input {
	choices := []web.Choice{{Words: web.T(ctx, "不是比率")}}
	for _, i := range all {
		if !i.Rate() {
			choices = append(choices, web.Choice{Value: i.ID.String(), Words: i.Name, Document: true})
		}
	}
	if len(choices) < 3 {
		return nil
	}
	return []page.Input{{Name: "numerator", Kind: "select", Label: web.T(ctx, "比率的分子"), Hint: web.T(ctx, "比率由程序拿两个指标相除，不用报。"), Choices: choices},
		{Name: "divisor", Kind: "select", Label: web.T(ctx, "比率的分母"), Choices: choices}}
}

func indicatorValues(i fact.Indicator) url.Values {
	return url.Values{"name": {i.Name}, "measure": {i.Measure}, "definition": {i.Definition}, "aggregation": {string(i.Aggregation)}, "subjects": {cmp.Or(string(i.Subjects), string(fact.Things))},
		"wanted": {string(i.Wanted)}, "direction": {i.Direction}}
}

func indicatorIn(f web.Form) (i fact.Indicator, err error) {
	i = fact.Indicator{Name: strings.TrimSpace(f.Value("name")), Measure: strings.TrimSpace(f.Value("measure")), Definition: page.TidyWords(f.Value("definition")), Aggregation: fact.Aggregation(f.Value("aggregation")),
		Direction: f.Value("direction"), Wanted: fact.Class(f.Value("wanted")), Subjects: fact.Subjects(f.Value("subjects"))}
	var errs [2]error
	i.Numerator, errs[0] = page.IDIn[id.Indicator](f, "numerator")
	i.Divisor, errs[1] = page.IDIn[id.Indicator](f, "divisor")
	return i, errors.Join(errs[:]...)
}

// indicatorView is one indicator with the goals that use it.
type indicatorView struct {
	fact.Indicator
	Parts    [2]fact.Indicator // numerator and divisor of a rate
	Goals    []desk.GoalFigures
	Unit     org.Unit
	Opens    bool
	Releases bool
	Today    calendar.Day
	Done     string
}

func indicatorOf(s *page.Side, r *http.Request) (fact.Indicator, error) {
	which, err := id.Of[id.Indicator](r.PathValue("indicator"))
	if err != nil {
		return fact.Indicator{}, desk.ErrMissing
	}
	return s.Office.Indicator(r.Context(), page.Who(r.Context()), which)
}

// indicator shows one.
func indicator(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	i, err := indicatorOf(s, r)
	if err != nil {
		return err
	}
	me, ctx := page.Who(r.Context()), r.Context()
	v := indicatorView{Indicator: i, Opens: me.May("indicator.open"), Releases: me.May("plan.publish"), Today: s.Office.Today(), Done: r.URL.Query().Get("done")}
	for k, part := range []id.Indicator{i.Numerator, i.Divisor} {
		if part != 0 {
			if v.Parts[k], err = s.Office.Indicator(ctx, me, part); err != nil {
				return err
			}
		}
	}
	u, plans, err := s.Office.CountedPlans(ctx, me, 0)
	if err != nil {
		return err
	}
	v.Unit = u
	for _, p := range plans {
		for _, g := range p.Goals {
			if g.Goal.Indicator == i.ID {
				v.Goals = append(v.Goals, g)
			}
		}
	}
	web.Show(w, r, http.StatusOK, indicatorPage(v))
	return nil
}

// stateIndicator puts its name and definition right.
func stateIndicator(s *page.Side, r *http.Request) (page.Sheet, error) {
	i, err := indicatorOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	return page.Sheet{Title: web.T(ctx, "改名称和口径"), Quote: i.Name, Back: page.IndicatorPath(i.ID), Button: web.T(ctx, "照这样改"), Lede: web.T(ctx, "改的是说法，以前报的数不动。意思变了的，请另设一个指标。"),
		Inputs: indicatorInputs(ctx)[:3:3], Stands: indicatorValues(i),
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			if f.Value("measure") != i.Measure {
				return "", fault.New(fault.Invalid, "计量单位不能改。以前的数是按 %s 报的。", i.Measure).In("measure")
			}
			return page.IndicatorPath(i.ID) + "?done=stated", s.Office.StateIndicator(ctx, cmd, i.ID, strings.TrimSpace(f.Value("name")), page.TidyWords(f.Value("definition")))
		}}, nil
}

// releaseIndicator makes the facts of an indicator public, or takes them back.
func releaseIndicator(s *page.Side, r *http.Request) (page.Sheet, error) {
	i, err := indicatorOf(s, r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	sh := page.Sheet{Title: web.T(ctx, "公开“%s”的数", i.Name), Back: page.IndicatorPath(i.ID), Button: web.T(ctx, "公开"), Above: releasedParts(i)}
	if i.Released {
		sh.Title, sh.Button, sh.Above = web.T(ctx, "撤回“%s”的数", i.Name), web.T(ctx, "撤回公开"), nil
		sh.Lede = web.T(ctx, "撤回以后公众看不到它的数。看过、下载过的人手里还有；撤回这件事本身留在存证里。")
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
		return page.IndicatorPath(i.ID) + "?done=released", s.Office.ReleaseIndicator(ctx, cmd, i.ID, !i.Released)
	}
	return sh, nil
}

// indicatorPack takes many indicators from a file.
func indicatorPack(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	return page.Sheet{Title: web.T(ctx, "一次导入一批指标"), Back: page.FiguresPath, Button: web.T(ctx, "导入"), Upload: true, Below: packColumns(),
		Lede: web.T(ctx, "上级的指标体系、本地的标准，写成一个文件，一次设好。有一个不对就一个也不设；名称已经有的不动。"),
		Inputs: []page.Input{{Name: "file", Kind: "file", Accept: ".csv,.json", Label: web.T(ctx, "文件：.csv 或者 .json")},
			{Name: "pack", Kind: "area", Rows: "6", Label: web.T(ctx, "或者把内容贴在这里")}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			_, raw, err := page.SentFile(r)
			if err != nil {
				return "", err
			}
			if len(raw) == 0 {
				raw = []byte(f.Value("pack"))
			}
			pack, err := fact.ReadPack(raw)
			if err != nil {
				return "", err
			}
			_, opened, err := s.Office.OpenIndicators(ctx, cmd, pack)
			if err == nil && opened == 0 {
				return page.FiguresPath + "?done=known", nil
			}
			return page.FiguresPath + "?done=pack", err
		}}, nil
}

// packFile gives the example of a pack.
func packFile(s *page.Side, w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", page.Attachment("indicators.csv", "指标包示例.csv"))
	_, _ = w.Write(examplePack) // a reader who hangs up needs no answer
	return nil
}

// figureIn reads a figure that somebody typed; full-width digits and commas too.
func figureIn(s string) (document.Decimal, error) {
	return document.ParseDecimal(strings.Map(narrow, strings.TrimSpace(s)))
}

func narrow(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '．':
		return '.'
	case r == '，':
		return ','
	}
	return r
}
