package plans

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// rereadPlan asks what the columns of a document's tables are, and reads it again.
func rereadPlan(s *page.Side, r *http.Request) (page.Sheet, error) {
	v, sh, err := drafted(s, r)
	if err != nil {
		return sh, err
	}
	if len(v.Tables) == 0 {
		return sh, desk.ErrMissing
	}
	sh.OnlyDraft()
	ctx := r.Context()
	sh.Title, sh.Quote, sh.Button = web.T(ctx, "表格的每一列怎么读"), v.Plan.Title, web.T(ctx, "按这样重读")
	sh.Lede = web.T(ctx, "程序照表头猜每一列是什么。猜错的在这里改过来，再重读一遍。重读以后，这份草稿里改过的、添过的、答过的（答了 %s 问），都换成新读出来的；方案名称和制定单位不变。", web.Count(answeredCount(v)))
	sh.Stands = url.Values{}
	for i, t := range v.Tables {
		sh.Inputs = append(sh.Inputs, page.Input{Kind: "part", Label: tableName(ctx, v, i)})
		for k, head := range t.Heads {
			in := page.Input{Name: columnField(i, k), Kind: "select", Choices: columnChoices(ctx), Label: columnName(ctx, head, k)}
			if words := example(v, i, k); words != "" {
				in.Hint = web.T(ctx, "例如“%s”", words)
			}
			sh.Inputs = append(sh.Inputs, in)
			sh.Stands.Set(in.Name, string(t.Columns[k]))
		}
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		columns := v.Columns()
		for i := range columns {
			columns[i] = append(plan.Columns{}, columns[i]...)
			for k := range columns[i] {
				if f.Values.Has(columnField(i, k)) {
					columns[i][k] = plan.Column(f.Value(columnField(i, k)))
				}
			}
			if at, wrong := columns[i].Check(); wrong != nil {
				return "", wrong.In(columnField(i, at))
			}
		}
		return sh.Back, s.Office.RereadPlan(ctx, cmd, v.Plan.ID, columns)
	}
	return sh, nil
}

func columnField(table, column int) string { return fmt.Sprintf("t%dc%d", table+1, column+1) }

func columnChoices(ctx context.Context) []web.Choice {
	var out []web.Choice
	for _, c := range plan.ColumnChoices {
		out = append(out, web.Choice{Value: string(c), Words: web.Column(ctx, c)})
	}
	return out
}

// tableName tells a table from the others of its document.
func tableName(ctx context.Context, v desk.Review, table int) string {
	switch sheet := v.Tables[table].Sheet; {
	case sheet != "":
		return web.T(ctx, "工作表“%s”", sheet)
	case len(v.Tables) > 1:
		return web.T(ctx, "第 %s 张表", strconv.Itoa(table+1))
	default:
		return web.T(ctx, "文中的表")
	}
}

// columnName is what stands above a column, in the marks of a quote.
func columnName(ctx context.Context, head string, column int) string {
	if head == "" {
		return web.T(ctx, "第 %s 列（没有表头）", strconv.Itoa(column+1))
	}
	return web.T(ctx, "“%s”这一列", head)
}

// longestExample is the longest example of what stands in a column, in runes.
const longestExample = 24

// example is what stands in the middle of a column, where no heads and notes are.
func example(v desk.Review, table, column int) string {
	text := []rune(v.Text)
	var worded [][]rune
	for _, row := range v.Tables[table].Rows {
		if column < len(row) && !row[column].Empty() {
			worded = append(worded, text[row[column].Place.Start:row[column].Place.End])
		}
	}
	if len(worded) < 2 {
		return ""
	}
	words := worded[(len(worded)+1)/2]
	if len(words) > longestExample {
		return string(words[:longestExample]) + "…"
	}
	return string(words)
}
