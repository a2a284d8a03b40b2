package document

import (
	"strings"
	"testing"
)

func TestTextTables(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"pasted", "", "任务表\n任务\t单位\t时限\n送戏\t文化局\t年底\n完。\n", "任务|单位|时限\n送戏|文化局|年底"},
		{"pasted with a cell of two lines", "", "任务\t单位\t时限\n\"送戏\n下乡\"\t文化局\t年底", "任务|单位|时限\n送戏\n下乡|文化局|年底"},
		{"a mark that is a word", "", "任务\t单位\t时限\n\"十四五\"规划\t文化局\t年底\n\"甲\t乙\t丙\n", "任务|单位|时限\n\"十四五\"规划|文化局|年底\n\"甲|乙|丙"},
		{"a row alone", "", "甲\t乙\t丙\n丁\n", ""},
		{"two columns may be words", "", "甲\t乙\n丙\t丁\n", ""},
		{"tabs that indent", "", "\t\t一、目标\n\t\t二、任务\n", ""},
		{"other numbers of tabs", "", "1\t2\t3\n1\t2\t3\n1\t2\t3\t4\n1\t2\t3\t4\n", "1|2|3\n1|2|3\n\n1|2|3|4\n1|2|3|4"},
		{"Markdown", "", "# 方案\n\n| 任务 | 单位 |\n|---|:--:|\n| 送戏 | 文化局 |\n| 送\\|书 |\n\n完\n", "任务|单位\n送戏|文化局\n送\\|书|"},
		{"Markdown without outer pipes", "", "任务 | 单位\n--- | ---\n送戏 | 文化局\n完", "任务|单位\n送戏|文化局"},
		{"Markdown at the end", "", "a|b\n-|-", "a|b"},
		{"no line of dashes", "", "| 任务 | 单位 |\n| 送戏 | 文化局 |\n", ""},
		{"other numbers of dashes", "", "| 任务 | 单位 |\n|---|\n", ""},
		{"a line under words", "", "甲|乙丙\n-----\n", ""},
		{"CSV", "a.csv", "任务,单位\n\"送戏\n下乡\",\"文化\"\"局\"\n\n送书,,\n,,\n", "任务|单位\n送戏\n下乡|文化\"\"局\n|\n送书|"},
		{"CSV with semicolons", "a.CSV", "任务;单位\n送戏;文化局", "任务|单位\n送戏|文化局"},
		{"a CSV of one column", "a.csv", "任务\n送戏\n", ""},
		{"TSV", "a.tsv", "任务\t单位\n送戏\t文化局\n", "任务|单位\n送戏|文化局"},
		{"commas in a text", "a.txt", "a,b\nc,d\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := ReadFile(c.file, []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range s.Tables {
				got = append(got, s.table(i))
			}
			if strings.Join(got, "\n\n") != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if s.Text != c.text {
				t.Errorf("the text is %q", s.Text)
			}
			checkSource(t, s)
		})
	}
}
