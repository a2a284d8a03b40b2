package units

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"

	"github.com/a-h/templ"
)

// importView is a list that was given in, as its page shows it.
type importView struct {
	check  desk.UnitCheck
	places []org.Unit
	form   web.Form
	said   string
}

// earlierImports are the last lists that were given in.
func earlierImports(ctx context.Context, before []desk.UnitImport) templ.Component {
	var out []page.EarlierImport
	for _, u := range before {
		said := web.T(ctx, "还没有办")
		switch u.State {
		case desk.ImportApplied:
			said = web.T(ctx, "办好了，%s 个单位", web.Count(u.Counts.All()))
		case desk.ImportApplying:
			said = web.T(ctx, "正在办")
		case desk.ImportStopped:
			said = web.T(ctx, "停下了")
		case desk.ImportDropped:
			said = web.T(ctx, "没有办，删掉了")
		}
		out = append(out, page.EarlierImport{Path: unitListPath(u.ID), Name: importName(u), Offered: u.Offered, Said: said})
	}
	return page.EarlierOnes(web.T(ctx, "以前交的名单"), web.T(ctx, "名单"), web.T(ctx, "办了吗"), out)
}

// importProgress says how far a list is taken over.
func importProgress(ctx context.Context, u desk.UnitImport) templ.Component {
	done, all := min(u.Done, u.Counts.All()), u.Counts.All()
	return page.ImportUnderWay(web.T(ctx, "正在照名单办"), web.T(ctx, "导入单位名单"), unitListsPath,
		web.T(ctx, "办了 %s 个，一共 %s 个。这一页每两秒自己刷新；关掉也不要紧，断电也会接着办。", web.Count(done), web.Count(all)), web.T(ctx, "看看办到哪里了"), unitListPath(u.ID), done, all)
}

// listColumnChoices are what a column of a list may be.
func listColumnChoices(ctx context.Context) (out []web.Choice) {
	for _, c := range org.ListColumns {
		out = append(out, web.Choice{Value: string(c), Words: columnWord(ctx, c)})
	}
	return out
}

func columnWord(ctx context.Context, c org.ListColumn) string {
	switch c {
	case org.CountyColumn:
		return web.T(ctx, "县（市、区）")
	case org.TownshipColumn:
		return web.T(ctx, "乡镇（街道）")
	case org.VillageColumn:
		return web.T(ctx, "村（社区）")
	case org.DirectColumn:
		return web.T(ctx, "直属单位")
	case org.DivisionColumn:
		return web.T(ctx, "处室")
	case org.NameColumn:
		return web.T(ctx, "名称")
	case org.ParentColumn:
		return web.T(ctx, "上级")
	case org.LevelColumn:
		return web.T(ctx, "级别")
	case org.CodeColumn:
		return web.T(ctx, "代码")
	case org.BodyColumn:
		return web.T(ctx, "工作机构")
	case org.ContactColumn:
		return web.T(ctx, "联系方式")
	}
	return web.T(ctx, "不读")
}

// headOf is what stands above a column of a list.
func (v importView) headOf(column int) string {
	if head := v.check.Import.Reading.Form.Head; head > 0 && head <= v.check.Cells.Rows() {
		return v.check.Cells.At(head-1, column)
	}
	return ""
}

// someOf are the first words below the head of a column.
func (v importView) someOf(column int) string {
	var some []string
	for r := v.check.Import.Reading.Form.Head; r < v.check.Cells.Rows() && len(some) < 3; r++ {
		if w := v.check.Cells.At(r, column); w != "" && !slices.Contains(some, w) {
			some = append(some, w)
		}
	}
	return strings.Join(some, "、")
}

// rowSaid says where in the file something stands.
func rowSaid(ctx context.Context, row int) string {
	if row == 0 {
		return web.T(ctx, "整份名单")
	}
	return web.T(ctx, "第 %s 行", strconv.Itoa(row))
}

// columnSaid says in which column something stands.
func (v importView) columnSaid(column int) string {
	if column < 0 {
		return "–"
	}
	if head := v.headOf(column); head != "" {
		return org.ColumnLetter(column) + " " + head
	}
	return org.ColumnLetter(column)
}

// doubts reports whether a list is wrong only in what may be right as it is.
func (v importView) doubts() bool {
	return v.check.Import.Reading.Form.AsWritten || slices.ContainsFunc(v.check.List.Problems, func(p org.ListProblem) bool { return p.Doubt })
}

func listedPath(c desk.UnitCheck, unit int32) string {
	return strings.Join(c.List.Path(unit), " / ")
}

func standingPath(c desk.UnitCheck, unit int32) string {
	return strings.Join(c.Stands.Path(unit), " / ")
}

// addedCounts says how many units are new below each that stands right below the place.
func addedCounts(c desk.UnitCheck) (names []string, counts []int) {
	at := map[string]int{}
	for _, i := range c.Changes.Added {
		name := c.List.Path(i)[0]
		k, known := at[name]
		if !known {
			k = len(names)
			at[name] = k
			names, counts = append(names, name), append(counts, 0)
		}
		counts[k]++
	}
	return names, counts
}

// ofKind gives the changes of units that are moved or renamed, or else of those that
// get a code only.
func ofKind(changes []org.ListChange, recoded bool) (out []org.ListChange) {
	for _, x := range changes {
		if recoded == !(x.Moved || x.Renamed) {
			out = append(out, x)
		}
	}
	return out
}

// countsTally says how many units were changed in which way.
func countsTally(ctx context.Context, n desk.UnitCounts) (out []page.Tallied) {
	for _, k := range []struct {
		n     int64
		label string
		none  bool // said even where there is none
	}{
		{n.Added, web.T(ctx, "新设"), true}, {n.Moved, web.T(ctx, "移动"), true}, {n.Renamed, web.T(ctx, "改名"), true}, {n.Recoded, web.T(ctx, "写上代码"), false},
		{n.Described, web.T(ctx, "改联系方式和工作机构"), false}, {n.Closed, web.T(ctx, "撤销的"), false}, {n.Same, web.T(ctx, "不变"), true},
	} {
		if k.none || k.n > 0 {
			out = append(out, page.Tallied{Value: web.Count(k.n), Label: k.label})
		}
	}
	return out
}

// importTally says how many units a list would change in which way.
func importTally(ctx context.Context, c desk.UnitCheck) []page.Tallied {
	out := countsTally(ctx, c.Counts())
	if gone := len(c.Changes.Gone); gone > 0 && !c.Import.Reading.Closing {
		out = append(out, page.Tallied{Value: web.Count(gone), Label: web.T(ctx, "名单里没有，留着")})
	}
	return out
}

// refusedOf gives the units that somebody said are not those of the list.
func refusedOf(c desk.UnitCheck) (out []int32) {
	for _, u := range c.Import.Reading.Refused {
		if k := c.Stands.Find(u); k >= 0 {
			out = append(out, k)
		}
	}
	return out
}
