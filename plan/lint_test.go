package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"luoshi/document"
	"luoshi/plan"
)

// kinds gives the kinds of the hints about a text, each once, sorted.
func kinds(text string) []string {
	var out []string
	for _, h := range plan.Lint(document.Source{Text: text}, plan.Read(text)) {
		out = append(out, h.Kind)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sayable is a draft to which nothing is to be said.
const sayable = `安澜市文化局关于印发读书惠民行动计划的通知
安文发〔2023〕12号
2023年3月15日
安澜市读书惠民行动计划
一、总体要求
进一步加强基层文化建设，逐步满足群众需求，力争走在前面。
二、重点任务
（一）建设读书室。2023年底前新建读书室20个，验收合格后开放。（市文化局牵头，市财政局配合）
（二）送书下乡。每年送书36000册到村。（市教育局负责）
（三）精简手续。2023年6月底前，取消证明材料12项。（市政务办牵头，市司法局配合）
三、实施步骤
（一）动员阶段（2023年3月至4月）。印发计划。
（二）推进阶段（2023年5月至12月）。检查落实。
四、组织领导
不断提高认识，进一步加强领导。
`

func TestLint(t *testing.T) {
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(sayable) }
	task := func(words string) string { // one more task, in order
		return replace("三、实施步骤", "（四）办理事项。2023年6月底前办结事项30件。"+words+"（市文化局负责）\n三、实施步骤")
	}
	for name, x := range map[string]struct{ text, want string }{
		"nothing to say":             {sayable, ""},
		"no number and no date":      {replace("2023年6月底前，取消证明材料12项", "简化证明材料"), "no_date no_number"},
		"a date needs no number":     {replace("取消证明材料12项", "取消证明材料"), ""},
		"no owner":                   {replace("（市教育局负责）", ""), "no_owner"},
		"an owner in prose":          {replace("每年送书36000册到村。（市教育局负责）", "市教育局每年送书36000册到村。"), ""},
		"owners of whom none leads":  {replace("（市教育局负责）", "（责任单位：市教育局、市财政局）"), "no_lead"},
		"the first one leads":        {replace("（市教育局负责）", "（责任单位：市教育局、市财政局）", "检查落实。", "检查落实，责任单位排在第一位的牵头。"), ""},
		"an effort":                  {replace("2023年底前新建", "力争2023年底前新建"), "soft"},
		"to apply for something":     {task("争取上级资金支持。"), ""},
		"seeking":                    {task("探索总分馆模式。"), "soft"},
		"seeking until a day":        {task("探索总分馆模式，2023年10月底前提出报告。"), ""},
		"step by step":               {task("逐步扩大范围。"), "soft"},
		"soon":                       {task("尽快开放。"), "ambiguous_date"},
		"before the new year":        {task("年前合并队伍。"), "ambiguous_date"},
		"before a day":               {task("9月23日之前报送。"), "ambiguous_date"},
		"this year, undated":         {replace("2023年3月15日\n", "", "〔2023〕12号", "", "每年送书", "今年送书"), "ambiguous_date no_document_date no_document_number"},
		"this year, dated":           {replace("每年送书", "今年送书"), ""},
		"unmeasurable":               {task("进一步提升服务水平。"), "unmeasurable"},
		"measurable":                 {task("进一步提升服务水平，投诉减少到5件。"), ""},
		"a heading that only leads":  {replace("二、重点任务", "二、大力推进重点任务"), ""},
		"performances":               {task("送演出150场。"), "unit_unclear"},
		"persons or visits":          {task("培训骨干200名。"), "unit_unclear"},
		"visits":                     {task("培训骨干200人次。"), ""},
		"built":                      {replace("新建读书室20个", "建成读书室20个"), "unit_unclear"},
		"and more":                   {task("接待400多个团队。"), "vague_bound"},
		"several years, one number":  {task("2023年和2024年种树2000棵以上。"), "deadline_outside_phases total_or_yearly"},
		"growth without a base":      {task("藏书增长10%。"), "share_base"},
		"growth over last year":      {task("藏书比上年增长10%。"), ""},
		"growth of a rate":           {task("阅读率提高10%。"), "share_base"},
		"growth from and to":         {task("阅读率由60%提高到70%。"), ""},
		"to a level":                 {task("阅读率提高到70%。"), ""},
		"gap between stages":         {replace("2023年5月至12月", "2023年6月至12月"), "phase_gap"},
		"stages overlap":             {replace("2023年5月至12月", "2023年4月至12月"), "phase_overlap"},
		"a stage the wrong way":      {replace("2023年5月至12月", "2023年12月至2023年5月"), "deadline_outside_phases phase_reversed"},
		"a deadline after the plan":  {replace("2023年6月底前", "2024年6月底前"), "deadline_outside_phases"},
		"a deadline before the date": {replace("2023年6月底前", "2023年2月底前"), "deadline_before_document"},
		"the same clause twice":      {task("组织读书志愿者走进社区和学校，为读者服务。组织读书志愿者走进社区和学校。"), "repeat"},
		"numbers jump":               {replace("（三）精简", "（四）精简"), "numbering"},
		"numbers repeat":             {replace("（三）精简", "（二）精简"), "numbering"},
		"an annex that is not there": {task("名单见附件1。"), "annex_absent"},
		"an annex that is there":     {task("名单见附件1。") + "附件1\n名单\n", ""},
		"no date of issue":           {replace("2023年3月15日\n", ""), "no_document_date"},
		"no number":                  {replace("安文发〔2023〕12号\n", ""), "no_document_number"},
		"long for a special task":    {sayable + strings.Repeat("为了群众。", 800), "too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(kinds(x.text), " "); got != x.want {
				t.Errorf("got %q, want %q", got, x.want)
				for _, h := range plan.Lint(document.Source{Text: x.text}, plan.Read(x.text)) {
					t.Log(h.Kind, h.Text, h.Places)
				}
			}
		})
	}
}

func TestLintLength(t *testing.T) {
	for _, x := range []struct {
		runes int
		want  string
	}{{3500, ""}, {4500, "不超过 4000 字（中办国办 2024-08-06 《若干规定》）"}, {5500, "超过 5000 字（中办国办 2024-08-06 《若干规定》）"}} {
		got := ""
		text := "一、总体要求\n" + strings.Repeat("为了群众。\n", x.runes/5)
		for _, h := range plan.Lint(document.Source{Text: text}, plan.Read(text)) {
			if h.Kind == "too_long" {
				got = h.Text
			}
		}
		if (got == "") != (x.want == "") || !strings.Contains(got, x.want) {
			t.Errorf("%d: %q", x.runes, got)
		}
	}
}

func TestLintPlaces(t *testing.T) {
	text := strings.Replace(sayable, "（市教育局负责）", "", 1)
	text = strings.Replace(text, "（市文化局牵头，市财政局配合）", "", 1)
	hints := plan.Lint(document.Source{Text: text}, plan.Read(text))
	if len(hints) != 1 || len(hints[0].Places) != 2 {
		t.Fatalf("%+v", hints)
	}
	if p := hints[0].Places[1]; p.Item != "二/二" || p.Line != 9 || p.Words != "送书下乡" {
		t.Errorf("%+v", p)
	}
}

// soundHints fails where hints do not stand on their text or are out of order.
func soundHints(t interface{ Fatalf(string, ...any) }, text string) []plan.Hint {
	s := plan.Read(text)
	hints := plan.Lint(document.Source{Text: text}, s)
	last := plan.Contradiction
	for _, h := range hints {
		if h.Weight > last || h.Weight < plan.Wording || len(h.Places) == 0 || strings.Count(h.Pattern, "%s") != len(h.Args) {
			t.Fatalf("%+v", h)
		}
		last = h.Weight
		for _, p := range h.Places {
			if !p.Span.Fits(utf8.RuneCountInString(text)) || p.Line < 1 || p.Line > 1+strings.Count(text, "\n") || p.Words == "" ||
				utf8.RuneCountInString(p.Words) > 40 || p.Node < 0 || p.Node > len(s.Outline) {
				t.Fatalf("%s: %+v", h.Kind, p)
			}
		}
	}
	if again := plan.Lint(document.Source{Text: text}, s); fmt.Sprint(again) != fmt.Sprint(hints) {
		t.Fatalf("looked at twice, and not the same")
	}
	return hints
}

func TestLintIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.OneOf(rapid.SampledFrom(pieces), rapid.SampledFrom([]string{"力争", "进一步加强", "见附件", "增长", "10%", "场", "培训", "总体要求"}), rapid.StringN(0, 3, 12))
		soundHints(t, strings.Join(rapid.SliceOfN(piece, 0, 80).Draw(t, "text"), ""))
	})
}

func TestSuppliedPlansLint(t *testing.T) {
	for name, text := range supplied(t) {
		t.Run(name, func(t *testing.T) { soundHints(t, text) })
	}
	// The questions that a careful reader of the first plan asks of its author.
	got := kinds(supplied(t)["000"])
	for _, kind := range []string{"repeat", "ambiguous_date", "no_number", "no_date", "soft", "unmeasurable", "unit_unclear", "vague_bound", "total_or_yearly", "benchmark", "no_document_number", "no_document_date"} {
		if !slices.Contains(got, kind) {
			t.Errorf("no hint of kind %s in %v", kind, got)
		}
	}
	if slices.Contains(got, "too_long") {
		t.Error("2,262 runes are not too long")
	}
}
