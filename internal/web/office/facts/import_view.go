package facts

import (
	"context"
	"encoding/json"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/fact"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"

	"github.com/a-h/templ"
)

// factImportView is a sheet that was given in, as its page shows it.
type factImportView struct {
	check desk.FactCheck
	form  web.Form
	said  string
}

// earlierSheets are the last sheets that were given in.
func earlierSheets(ctx context.Context, before []desk.FactImport) templ.Component {
	var out []page.EarlierImport
	for _, f := range before {
		said := web.T(ctx, "还没有导入")
		switch f.State {
		case desk.ImportApplied:
			said = web.T(ctx, "导入了 %s 条", web.Count(f.Counts.All()))
		case desk.ImportApplying:
			said = web.T(ctx, "正在导入")
		case desk.ImportStopped:
			said = web.T(ctx, "停下了")
		case desk.ImportDropped:
			said = web.T(ctx, "没有导，删掉了")
		}
		out = append(out, page.EarlierImport{Path: factImportAt(f.ID), Name: sheetFileName(f), Offered: f.Offered, Said: said})
	}
	return page.EarlierOnes(web.T(ctx, "以前交的台账"), web.T(ctx, "台账"), web.T(ctx, "导入了吗"), out)
}

// factImportProgress says how far a sheet is taken over.
func factImportProgress(ctx context.Context, f desk.FactImport) templ.Component {
	return page.ImportUnderWay(web.T(ctx, "正在导入台账"), web.T(ctx, "导入台账"), page.FactImportPath,
		web.T(ctx, "导了 %s 条，一共 %s 条。这一页每两秒自己刷新；关掉也不要紧，断电也会接着导。", web.Count(f.Done), web.Count(f.Counts.All())), web.T(ctx, "看看导到哪里了"), factImportAt(f.ID), f.Done, f.Counts.All())
}

func keysWith(v url.Values, prefix string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for name := range v {
			if strings.HasPrefix(name, prefix) && !yield(name) {
				return
			}
		}
	}
}

// sameFactReading reports two readings that are one: both are plain structures, of which
// what is empty and what is missing are the same.
func sameFactReading(a, b desk.FactReading) bool {
	var said [2]string
	for k, r := range []desk.FactReading{a, b} {
		if len(r.Indicators) == 0 {
			r.Indicators = nil
		}
		if len(r.Map.Units) == 0 {
			r.Map.Units = nil
		}
		r.Right, r.Put = append([]fact.SheetSpot{}, r.Right...), append([]desk.FactPut{}, r.Put...)
		words, err := json.Marshal(r)
		if err != nil {
			return false
		}
		said[k] = string(words)
	}
	return said[0] == said[1]
}

// sheetColumnChoices are what a column of a sheet may say.
func sheetColumnChoices(ctx context.Context) (out []web.Choice) {
	for _, c := range fact.SheetColumns {
		out = append(out, web.Choice{Value: string(c), Words: sheetColumnWord(ctx, c)})
	}
	return out
}

func sheetColumnWord(ctx context.Context, c fact.SheetColumn) string {
	switch c {
	case fact.SheetUnitWords:
		return web.T(ctx, "单位")
	case fact.SheetDayWords:
		return web.T(ctx, "日期")
	case fact.SheetQuantity:
		return web.T(ctx, "数")
	case fact.SheetIndicator:
		return web.T(ctx, "指标")
	case fact.SheetSubject:
		return web.T(ctx, "是哪一个（姓名、编号）")
	case fact.SheetPlace:
		return web.T(ctx, "地点")
	case fact.SheetMonthPart:
		return web.T(ctx, "月")
	case fact.SheetYearPart:
		return web.T(ctx, "年")
	case fact.SheetKey:
		return web.T(ctx, "事实编号")
	}
	return web.T(ctx, "不读")
}

// someWords are the first words below the head of a column.
func (v factImportView) someWords(column int) string {
	var some []string
	s := v.check.Sheet()
	for r := v.check.Import.Reading.Head; r < s.Rows() && len(some) < 3; r++ {
		if w := s.Words(r, column); w != "" && !slices.Contains(some, w) {
			some = append(some, w)
		}
	}
	return strings.Join(some, "、")
}

// spotSaid says where in the file something stands.
func (v factImportView) spotSaid(ctx context.Context, at fact.SheetSpot) string {
	switch {
	case at.Row == 0:
		return web.T(ctx, "整张表")
	case at.Column == 0:
		return web.T(ctx, "第 %s 行", strconv.Itoa(at.Row))
	}
	return web.T(ctx, "第 %s 行 %s 列", strconv.Itoa(at.Row), org.ColumnLetter(at.Column-1))
}

func spotName(at fact.SheetSpot) string { return strconv.Itoa(at.Row) + "-" + strconv.Itoa(at.Column) }

func (v factImportView) sheetChoices(ctx context.Context) (out []web.Choice) {
	for k, s := range v.check.Sheets {
		name := s.Name
		if name == "" {
			name = web.T(ctx, "第 %s 张表", strconv.Itoa(k+1))
		}
		out = append(out, web.Choice{Value: strconv.Itoa(k), Words: name, Document: true})
	}
	return out
}

func (v factImportView) indicatorChoices(first ...web.Choice) []web.Choice {
	for _, i := range v.check.Indicators {
		first = append(first, web.Choice{Value: i.ID.String(), Words: i.Name, Document: true})
	}
	return first
}

func sheetClassChoices(ctx context.Context) []web.Choice {
	return []web.Choice{{Value: "A", Words: web.T(ctx, "A 类：机器记的，或者受益的人签收的")}, {Value: "B", Words: web.T(ctx, "B 类：第三方证明的")}, {Value: "C", Words: web.T(ctx, "C 类：自己说的")}}
}

func dashChoices(ctx context.Context) []web.Choice {
	return []web.Choice{{Value: string(fact.SheetAsk), Words: web.T(ctx, "逐个问")}, {Value: string(fact.SheetIsZero), Words: web.T(ctx, "是 0")}, {Value: string(fact.SheetIsEmpty), Words: web.T(ctx, "是没有报")}}
}

// factTally says how many rows of a sheet are what.
func factTally(ctx context.Context, n desk.FactCounts) (out []page.Tallied) {
	for _, k := range []struct {
		n     int64
		label string
		none  bool // said even where there is none
	}{
		{n.New, web.T(ctx, "新的"), true}, {n.Corrections, web.T(ctx, "更正"), false}, {n.OnBehalf, web.T(ctx, "是代报"), false},
		{n.Repeated, web.T(ctx, "和已有的一样"), false}, {n.Same, web.T(ctx, "导出以后没有改"), false},
	} {
		if k.none || k.n > 0 {
			out = append(out, page.Tallied{Value: web.Count(k.n), Label: k.label})
		}
	}
	return out
}

func choicesSaid(d fact.SheetDoubt) string { return strings.Join(d.Choices, "、") }

// repeatSaid is what a row says that stands already.
func (v factImportView) repeatSaid(r desk.FactRepeat) string {
	i := v.check.IndicatorNamed(r.Told.Indicator)
	said := " " + v.check.UnitNamed(r.Told.Unit) + " " + string(r.Told.Day) + " " + i.Name + " " + r.Told.Quantity.Grouped() + i.Measure
	if r.Told.Subject != "" {
		said += " " + r.Told.Subject
	}
	return said
}
