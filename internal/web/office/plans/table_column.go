package plans

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

var errColumnPlace = fault.New(fault.Invalid, "请填第几列，用 1、2、3 这样的整数；不要这一列就空着。")

// mostColumnPlace is the largest number that a column may be given.
const mostColumnPlace = 99

// chooseColumns asks which columns the task table has, and in which order.
func chooseColumns(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, err := s.Reviewed(r)
	if err != nil {
		return page.Sheet{}, err
	}
	ctx := r.Context()
	chosen, err := s.Office.TableColumns(ctx, page.Who(ctx))
	sh := page.Sheet{Title: web.T(ctx, "任务分解表要哪些列"), Back: page.PlanPath(v.Plan.ID), Button: web.T(ctx, "存下"), Stands: url.Values{},
		Lede:   web.T(ctx, "要的列填上第几列，不要的空着。您选的列记在您自己的账号上，以后每个方案的 Excel 表和 Word 文件都照这样。"),
		Second: &page.Second{Name: "usual", Label: web.T(ctx, "照平常的九列")}}
	for _, c := range plan.TableColumns {
		sh.Inputs = append(sh.Inputs, page.Input{Name: string(c), Kind: "number", Label: paper.ColumnHead(web.Of(ctx).Lang, c), Hint: columnHint(ctx, c)})
		if k := slices.Index(chosen, c); k >= 0 {
			sh.Stands.Set(string(c), strconv.Itoa(k+1))
		}
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		columns, err := columnsIn(f)
		if err != nil {
			return "", err
		}
		return sh.Back, s.Office.ChooseTableColumns(ctx, cmd, columns)
	}
	return sh, err
}

// columnHint says what is not told by the head of a column.
func columnHint(ctx context.Context, c plan.Column) string {
	switch c {
	case plan.GroupColumn:
		return web.T(ctx, "这一条在哪些标题下面。标题另外也占一行。")
	case plan.WordsColumn:
		return web.T(ctx, "这一条的全部原文，比“措施”长。")
	case plan.RemarkColumn:
		return web.T(ctx, "空的一列，打印出来写字用。")
	case plan.KeyColumn:
		return web.T(ctx, "再导入时凭它认行。不选的话，Excel 表里有隐藏的一列；Word 文件里没有，凭序号和任务名称认。")
	}
	return ""
}

// columnsIn are the columns with a number, by their numbers.
func columnsIn(f web.Form) ([]plan.Column, error) {
	if f.Value("usual") == "1" {
		return plan.UsualColumns, nil
	}
	places := map[plan.Column]int{}
	var columns []plan.Column
	for _, c := range plan.TableColumns {
		words := f.Value(string(c))
		if words == "" {
			continue
		}
		n, err := strconv.Atoi(words)
		if err != nil || n < 1 || n > mostColumnPlace {
			return nil, errColumnPlace.In(string(c))
		}
		places[c] = n
		columns = append(columns, c)
	}
	slices.SortStableFunc(columns, func(a, b plan.Column) int { return cmp.Compare(places[a], places[b]) })
	return columns, nil
}
