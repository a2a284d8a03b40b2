package main

import (
	"fmt"
	"strings"

	"luoshi/document"
	"luoshi/internal/text"
	"luoshi/plan"
)

// readColumns reads --columns: for each table, parted by semicolons, the names of
// its columns. A table of which nothing is said is guessed.
func readColumns(t terminal, given string) ([]plan.Columns, error) {
	given = strings.NewReplacer("，", ",", "、", ",", "；", ";").Replace(given)
	if strings.TrimSpace(given) == "" {
		return nil, nil
	}
	var out []plan.Columns
	for _, table := range strings.Split(given, ";") {
		if strings.TrimSpace(table) == "" {
			out = append(out, nil)
			continue
		}
		columns, named, task := plan.Columns{}, false, false
		for _, word := range strings.Split(table, ",") {
			c, ok := plan.ColumnNamed(strings.TrimSpace(word))
			if !ok {
				return nil, t.misused("--columns 里的“%s”认不出来。可以写：%s。", shown(word), t.columnNames())
			}
			columns = append(columns, c)
			named, task = named || c != plan.NoColumn, task || c == plan.TaskColumn || c == plan.MeasureColumn
		}
		if named && !task {
			return nil, t.misused("--columns 里要有一列是任务或者措施；整张表都不读，就只写 -。")
		}
		out = append(out, columns)
	}
	return out, nil
}

// checkColumns refuses more tables or columns than the file has.
func checkColumns(t terminal, tables []document.Table, columns []plan.Columns) error {
	if len(columns) > len(tables) {
		return t.misused("文件里的表有 %d 张，--columns 写了 %d 张。", len(tables), len(columns))
	}
	for k, c := range columns {
		width := 0
		for _, row := range tables[k].Rows {
			width = max(width, len(row))
		}
		if len(c) > width {
			return t.misused("第 %d 张表有 %d 列，--columns 写了 %d 列。", k+1, width, len(c))
		}
	}
	return nil
}

// columnNames are all that a column can be named.
func (t terminal) columnNames() string {
	var names []string
	for _, n := range plan.ColumnNames {
		names = append(names, t.columnName(n.Column))
	}
	return strings.Join(names, " ")
}

// columnName is what a person names a column by, as --columns takes it.
func (t terminal) columnName(c plan.Column) string {
	for _, n := range plan.ColumnNames {
		if n.Column == c && (t.lang == text.Chinese || c == plan.NoColumn) {
			return n.Chinese
		}
	}
	return string(c)
}

// printTables tells of each table how its columns were read, and how to put that right.
func printTables(t terminal, tables []plan.ReadTable) {
	var all []string
	for k, table := range tables {
		fmt.Fprintln(t.out)
		if table.Sheet == "" {
			t.say("第 %d 张表：任务 %d 条。", k+1, table.Rows)
		} else {
			t.say("第 %d 张表（%s）：任务 %d 条。", k+1, shown(table.Sheet), table.Rows)
		}
		var names []string
		for i, head := range table.Heads {
			column := plan.NoColumn
			if i < len(table.Columns) {
				column = table.Columns[i]
			}
			names = append(names, t.columnName(column))
			t.say("  第 %d 列“%s”：%s", i+1, shown(head), t.columnMeaning(column))
		}
		all = append(all, strings.Join(names, ","))
	}
	if len(all) > 0 {
		t.say("列认得不对，就用 --columns 写明，例如：--columns \"%s\"", strings.Join(all, ";"))
	}
}

func (t terminal) columnMeaning(c plan.Column) string {
	if c == plan.NoColumn {
		return text.Say(t.lang, "不读")
	}
	return t.columnName(c)
}
