package document

import (
	"fmt"
	"strings"
	"testing"
)

func outline(text string) string {
	var out []string
	for _, h := range NewView(text).Outline() {
		out = append(out, fmt.Sprintf("%d %s %s", h.Level, h.Path, h.Title))
	}
	return strings.Join(out, "\n")
}

func TestOutline(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"levels from context", "一、甲\n1.乙\n二、丙\n（一）丁\n1.戊", "1 一 甲\n2 一/1 乙\n1 二 丙\n2 二/一 丁\n3 二/一/1 戊"},
		{"one style in two forms", "一、甲\n1.乙。\n2、丙。\n3．丁。", "1 一 甲\n2 一/1 乙\n2 一/2 丙\n2 一/3 丁"},
		{"the top is missing", "（一）甲\n1.乙\n（二）丙", "1 一 甲\n2 一/1 乙\n1 二 丙"},
		{"numbers run on", "一、甲\n（一）乙\n二、丙\n（二）丁", "1 一 甲\n2 一/一 乙\n1 二 丙\n2 二/二 丁"},
		{"numbers jump", "一、甲\n四、乙", "1 一 甲\n1 四 乙"},
		{"mixed brackets", "（一)甲\n(二）乙", "1 一 甲\n1 二 乙"},
		{"circles and halves", "一、甲\n1）乙\n①丙\n②丁\n2）戊", "1 一 甲\n2 一/1 乙\n3 一/1/① 丙\n3 一/1/② 丁\n2 一/2 戊"},
		{"decimals", "1 总则\n1.1 目的\n1.2 依据\n1.2.1 上位法\n2 组织", "1 1 总则\n2 1/1.1 目的\n2 1/1.2 依据\n3 1/1.2/1.2.1 上位法\n1 2 组织"},
		{"a decimal that is a number", "一、目标\n3.67万场电影送下乡。", "1 一 目标"},
		{"chapters", "第一章 总则\n第二章 任务", "1 一 总则\n1 二 任务"},
		{"articles run on", "第一章 总　则\n第一条　为了管理。\n第二章 目标\n第二条　达标。", "1 一 总则\n2 一/一 为了管理\n1 二 目标\n2 二/二 达标"},
		{"words that begin with a number", "一、甲\n10.丁\n11.121人才项目\n12.2018年4月20日前，乙。", "1 一 甲\n2 一/10 丁\n2 一/11 121人才项目\n2 一/12 2018年4月20日前，乙"},
		{"a list is no counter", "一、二、三产业融合发展。", ""},
		{"title ends with its sentence", "1、免费开放。图书馆办讲座。", "1 1 免费开放"},
		{"a label is the title", "1.送文化下乡：每年送戏300场。", "1 1 送文化下乡"},
		{"a date belongs to it", "（一）动员部署（2023年5月上旬）。开会。", "1 一 动员部署（2023年5月上旬）"},
		{"units do not", "（一）办讲座（市文化局牵头，市财政局配合）", "1 一 办讲座"},
		{"inside a paragraph", "一、要求。一是领导；二是督查。", "1 一 要求"},
		{"annexes are a list", "一、甲\n附件：1.名单\n2.表格", "1 一 甲"},
		{"an annex belongs to no item", "一、甲\n安澜市文化局\n附件1\n名单\n市文化局", "1 一 甲"},
		{"a table of contents", "一、甲……1\n二、乙……3\n一、甲\n二、乙", "1 一 甲\n1 二 乙"},
		{"a covering notice", "通知\n一、高度重视。\n安澜市政府\n2023年3月5日\n安澜市文化方案\n一、目标\n二、任务\n三、保障", "1 一 目标\n1 二 任务\n1 三 保障"},
		{"Markdown", "# 方案\n## 一、总体要求\n### **（一）目标。** 建成。\n**1. 送书**", "1 一 总体要求\n2 一/一 目标\n3 一/一/1 送书"},
		{"a counter and no words", "一、\n", ""},
		{"traditional", "一、總體要求\n（一）機關", "1 一 總體要求\n2 一/一 機關"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := outline(c.text); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"first line", "安澜市读书节方案\n一、目标", "安澜市读书节方案"},
		{"under a notice", "印发《安澜市读书节方案》的通知\n各县区：\n请执行。\n安澜市读书节方案\n一、目标", "安澜市读书节方案"},
		{"two lines", "安澜市政府关于读书节的\n工作方案\n一、目标", "安澜市政府关于读书节的工作方案"},
		{"a date behind it", "安澜市读书节方案（2023年3月5日）\n一、目标", "安澜市读书节方案"},
		{"its years stay", "安澜市读书行动计划（2023-2025年）\n一、目标", "安澜市读书行动计划（2023-2025年）"},
		{"a notice alone", "关于开展读书节的通知\n各县区：\n一、目标", "关于开展读书节的通知"},
		{"wrapped within its years", "安澜市公共图书馆读书惠民行动方案（2023\n-2025 年）\n" + strings.Repeat("为了推进读书惠民工作，结合安澜实际，制定本案，\n", 5) + "一、目标", "安澜市公共图书馆读书惠民行动方案（2023-2025年）"},
		{"a copied page", "首页>政务公开>正文\n安澜市读书节方案\n发布时间：2023-03-05  浏览次数：138次\n一、目标", "安澜市读书节方案"},
		{"none", "今年要读书。", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := NewView(c.text)
			if got := v.Title(v.Outline()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
