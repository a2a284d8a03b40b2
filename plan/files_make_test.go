package plan_test

import (
	"flag"
	"testing"

	"github.com/xuri/excelize/v2"
)

var makeFiles = flag.Bool("make", false, "write plan/testdata/files/river.xlsx anew")

// riverRows is the task table of an invented county: a title, heads in two rows,
// groups that span the table, and a task with two measures.
var riverRows = [][]string{
	{"云滨县2024年河湖治理任务分解表"},
	{"序号", "重点任务", "年度目标", "工作措施", "责任分工", "", "", "完成时限"},
	{"", "", "", "", "牵头单位", "配合单位", "责任人"},
	{"一、清污"},
	{"1", "清理河道垃圾", "清理河道120公里", "购置保洁船6艘", "县水利局", "各乡镇人民政府", "周明远", "2024年6月底前"},
	{"", "", "", "组建保洁队伍，每周巡河一次", "", "", "", "2024年4月30日前"},
	{"2", "整治入河排污口", "整治排污口45个，销号率达到100%", "逐口建档，一口一策", "县生态环境局", "县住房城乡建设局、县水利局", "何青", "2024年10月底前"},
	{"二、护岸"},
	{"3", "加固堤防", "加固堤防18.5公里", "汛前完成险工险段处理", "县水利局", "县财政局", "周明远", "2024年5月31日前"},
	{"4", "建设生态护岸", "新建生态护岸不少于9公里", "栽植护岸林木2万株", "县林业局", "云滨镇、石桥乡", "吴淑珍", "2024年12月"},
	{"三、用水"},
	{"5", "推进节水灌溉", "发展节水灌溉面积3000亩以上", "改造灌区渠道", "县农业农村局", "县水利局", "郑一鸣", "2024年11月底前"},
}

// riverTable makes the table as people make it in Excel.
func riverTable(t *testing.T) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const sheet = "任务分解表"
	check(f.SetSheetName("Sheet1", sheet))
	for i, row := range riverRows {
		for k, words := range row {
			cell, err := excelize.CoordinatesToCellName(k+1, i+1)
			check(err)
			if words != "" {
				check(f.SetCellStr(sheet, cell, words))
			}
		}
	}
	for _, m := range [][2]string{{"A1", "H1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "C3"}, {"D2", "D3"}, {"E2", "G2"}, {"H2", "H3"},
		{"A4", "H4"}, {"A5", "A6"}, {"B5", "B6"}, {"C5", "C6"}, {"E5", "E6"}, {"F5", "F6"}, {"G5", "G6"}, {"A8", "H8"}, {"A11", "H11"}} {
		check(f.MergeCell(sheet, m[0], m[1]))
	}
	return f
}

// The committed table is the one that is described here.
func TestMakeRiverTable(t *testing.T) {
	f := riverTable(t)
	defer f.Close()
	const path = "testdata/files/river.xlsx"
	if *makeFiles {
		if err := f.SaveAs(path); err != nil {
			t.Fatal(err)
		}
	}
	there, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	for i, want := range riverRows {
		for k, words := range want {
			cell, _ := excelize.CoordinatesToCellName(k+1, i+1)
			if got, err := there.GetCellValue("任务分解表", cell); err != nil || words != "" && got != words {
				t.Errorf("%s: %q is %q %v", cell, words, got, err)
			}
		}
	}
}
