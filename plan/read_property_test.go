package plan_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"luoshi/document"
	"luoshi/plan"
)

// sound fails where a structure does not stand on its text.
func sound(t interface{ Fatalf(string, ...any) }, text string) {
	soundSource(t, document.Source{Text: text})
}

// soundSource does so for a file with tables. A cell that was merged over several
// rows belongs to each of their items, so it may stand outside their words.
func soundSource(t interface{ Fatalf(string, ...any) }, source document.Source) {
	s := plan.ReadSource(source, nil)
	runes := []rune(source.Text)
	tables := len(source.Tables) > 0
	span := func(what string, at document.Span, node int) {
		if !at.Fits(len(runes)) {
			t.Fatalf("%s: span %v of a text of %d runes", what, at, len(runes))
		}
		if node < 0 || node > len(s.Outline) {
			t.Fatalf("%s: node %d of %d", what, node, len(s.Outline))
		}
		if node == 0 || tables {
			return
		}
		below := node // the last item under the node, whose closing lines may be the node's
		for below < len(s.Outline) && s.Outline[below].Level > s.Outline[node-1].Level {
			below++
		}
		if at.Start() < s.Outline[node-1].Span.Start() || at.End() > s.Outline[below-1].Span.End() {
			t.Fatalf("%s: span %v outside its node %v", what, at, s.Outline[node-1].Span)
		}
	}
	quote := func(what, q string, at document.Span, node int) {
		span(what, at, node)
		if q != document.Quote(runes, at) || utf8.RuneCountInString(q) > 60 || strings.Contains(q, "\n") || q == "" {
			t.Fatalf("%s: quote %q, span says %q", what, q, at.In(runes))
		}
	}
	before := 0
	for _, n := range s.Outline {
		span("outline", n.Span, 0)
		if n.Span.Start() < before {
			t.Fatalf("outline out of order at %v", n.Span)
		}
		before = n.Span.Start()
	}
	for _, p := range s.Phases {
		span("phase", p.Span, p.Node)
	}
	for _, x := range s.Targets {
		quote("target", x.Quote, x.Span, x.Node)
		if x.Value < 0 || x.Max != nil && *x.Max <= x.Value {
			t.Fatalf("target %+v", x)
		}
	}
	for _, d := range s.Deadlines {
		quote("deadline", d.Quote, d.Span, d.Node)
		if len(d.Date) != 10 {
			t.Fatalf("date %q", d.Date)
		}
	}
	for _, r := range s.Recurring {
		quote("recurring", r.Quote, r.Span, r.Node)
	}
	for _, r := range s.Responsible {
		span("responsible", r.Span, r.Node)
		if len(r.Units) == 0 {
			t.Fatalf("nobody is responsible: %+v", r)
		}
	}
	for _, q := range s.Questions {
		span("question", q.Span, 0)
		if !strings.HasSuffix(q.Text, "？") || strings.Count(q.Pattern, "%s") != len(q.Args) {
			t.Fatalf("question %+v", q)
		}
	}
	one, err := json.Marshal(s)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if two, _ := json.Marshal(plan.ReadSource(source, nil)); string(one) != string(two) {
		t.Fatalf("read twice, and not the same")
	}
}

// pieces are what plans are made of, and what breaks readers.
var pieces = []string{
	"一、", "（一）", "1.", "1、", "（1）", "①", "第一章", "1.1", "实施步骤", "准备阶段", "安澜市", "办好", "读书节", "责任单位：", "市文化局", "牵头，", "（", "）", "《", "》", "“", "”",
	"2011年", "2012年底前", "9月23日之前", "2011年8月至9月", "年前", "每季度", "每年", "到2025年", "1500场", "3.67万册", "60%以上", "2-3个", "一批", "不少于", "三次", "、", "，", "；", "。", "：",
	"\n", "\n\n", "　　", " ", "\t", "\n— 1 —\n", "\f", "附件：", "。\n", "10", "百分之", "多", "至", "--", "\u2028", "abc", "第一阶段", "和", "今年", "最短", "全省", "500、1000元", "由", "提高到", "3,200人次", "12，000册", "1,5", "≥90%", "《", "”", "各", "其中", "后", "时", "以上", "的",
}

func TestReadIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.OneOf(rapid.SampledFrom(pieces), rapid.SampledFrom(pieces), rapid.StringN(0, 3, 12))
		sound(t, strings.Join(rapid.SliceOfN(piece, 0, 80).Draw(t, "text"), ""))
	})
}

func FuzzRead(f *testing.F) {
	f.Add(anlan)
	f.Add("安澜市方案\n　　一、任务\n　　到2012年 1\n2月底前，送书3.\n67万册\n— 1 —\n到农村。")
	f.Add("")
	f.Fuzz(func(t *testing.T, source string) {
		if !utf8.ValidString(source) {
			t.Skip("Decode gives valid text only")
		}
		sound(t, source)
	})
}

// cells are what rows of task tables are made of.
var cells = []string{"序号", "任务", "措施", "目标", "牵头单位", "配合单位", "责任分工", "完成时限", "1", "2", "一、完善设施", "送戏下乡300场", "新建书屋120个，配书3万册", "市文化局、市财政局", "2012年底前", "每季度", "长期", "", "", "60%以上", "“", "（", "）"}

func TestReadTablesIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 8).Draw(t, "width")
		var rows []string
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			row := make([]string, width)
			for c := range row {
				row[c] = rapid.SampledFrom(cells).Draw(t, "cell")
			}
			rows = append(rows, strings.Join(row, "\t"))
		}
		before := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 20).Draw(t, "before"), "")
		source, err := document.ReadFile("表.txt", []byte(before+"\n"+strings.Join(rows, "\n")+"\n一、要求。\n做到60%。"))
		if err != nil {
			t.Skip(err)
		}
		soundSource(t, source)
	})
}

func FuzzReadTable(f *testing.F) {
	f.Add("序号,任务,目标,牵头单位,时限\n1,送戏,300场,市文化局,2012年底前")
	f.Add("|任务|目标|\n|---|---|\n|送书|3万册|")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("Decode gives valid text only")
		}
		source, err := document.ReadFile("表.csv", []byte(text))
		if err != nil {
			t.Skip(err)
		}
		soundSource(t, source)
	})
}

func TestReadOddTexts(t *testing.T) {
	for name, source := range map[string]string{
		"nothing":           "",
		"empty lines":       strings.Repeat("\n　\n", 1000),
		"no numbers":        strings.Repeat("建设读书之城。", 500),
		"nested headings":   strings.Repeat("一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n", 2000),
		"open brackets":     strings.Repeat("（", 5000),
		"nested brackets":   strings.Repeat("（市文化局", 300) + strings.Repeat("）", 300),
		"labels only":       strings.Repeat("责任单位：；", 3000),
		"numbers only":      strings.Repeat("1500、", 5000),
		"dates only":        strings.Repeat("2011年、", 5000),
		"dates and numbers": strings.Repeat("2012年底前建成30个，", 3000),
		"stages only":       strings.Repeat("第一阶段（3月）\n", 3000),
		"far blanks":        "一、甲\n到2012" + strings.Repeat(" ", 3) + "年" + strings.Repeat("　", 200) + "底前建成3个",
	} {
		t.Run(name, func(t *testing.T) { sound(t, source) })
	}
}

// A task table is made of any text, and its rows are numbered and named.
func TestTasksOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"一、", "（一）", "1、", "\n", "2023年底前", "建成书屋20家", "。", "，", "（市文化局牵头）", "附件", "任务", "每月", "第一阶段", "(", "”", "\u2028", "指导思想"}), 0, 60).Draw(t, "words"), "")
		for i, task := range plan.Tasks(plan.Read(source), document.Source{Text: source}).Tasks {
			if task.Number != i+1 || len(task.Dues) > 0 && len(task.Limits) == 0 || utf8.RuneCountInString(task.Measures) > 200 {
				t.Fatalf("%+v", task)
			}
		}
	})
}
