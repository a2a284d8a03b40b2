package paper

import (
	"fmt"
	"strings"
	"testing"
)

func TestLeaderReportFitsOneSheet(t *testing.T) {
	l := LeaderReport{Title: "专报", Lede: []string{"2012年4月19日"}, Heads: [5]string{"事项", "现在", "谁的", "为什么", "请您定"}, More: func(n int) string { return fmt.Sprintf("另有%d", n) },
		States: [][2]string{{"完成", "10"}}, Orders: LeaderOrders{Heads: [4]string{"编号", "原话", "谁办", "现在"}, Rows: [][4]string{{"批〔2012〕1号", "抓紧", "财务处", "等回复"}}}}
	for range 40 {
		l.Rows = append(l.Rows, LeaderRow{"实施文化下乡惠民工程", "逾期\n1月1日起", "公共文化处\n处长 沈玉兰", "2011年12月31日到期，已过 73 个工作日，最近一次报的是推进中（4月2日）", "没有提"})
	}
	rows, left := l.Fitted()
	if len(rows) < 5 || len(rows)+left != 40 {
		t.Fatalf("%d rows, %d left", len(rows), left)
	}
	file, err := LeaderDocx(l)
	if err != nil {
		t.Fatal(err)
	}
	if words := parts(t, file)["word/document.xml"]; strings.Count(words, "实施文化下乡") != len(rows) || !strings.Contains(words, fmt.Sprintf("另有%d", left)) {
		t.Error("rows in the document")
	}
}
