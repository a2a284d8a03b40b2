package document

import (
	"fmt"
	"strings"
	"testing"
)

func TestAttributions(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"bracket with a label", "办讲座。（责任单位：市文化局、市财政局，各县〔区〕政府）", "responsible 市文化局|市财政局|各县〔区〕政府"},
		{"lead and cooperating by label", "（牵头单位：市文化局；配合单位：市财政局、市教育局）", "lead 市文化局; cooperating 市财政局|市教育局"},
		{"by verb", "（市文化局牵头，市财政局、市教育局配合）", "lead 市文化局; cooperating 市财政局|市教育局"},
		{"by duty", "（办公室、艺术处分别负责）", "responsible 办公室|艺术处"},
		{"a term in the bracket", "〔责任部门：办公室、法规处，时限要求：年底前〕", "responsible 办公室|法规处"},
		{"a term behind the verb", "（市文化局牵头，市财政局按职责负责，2023年6月底前完成）", "lead 市文化局; responsible 市财政局"},
		{"plain at the end", "1.办讲座。（艺术处）", "responsible 艺术处"},
		{"plain, within", "1.图书馆（市文化中心）要开放。", ""},
		{"a line", "责任单位：市文化局、市财政局", "responsible 市文化局|市财政局"},
		{"labels run together", "牵头单位：市文化局 责任单位：各乡镇", "lead 市文化局; responsible 各乡镇"},
		{"and others", "责任单位：市文化局等相关单位", "responsible 市文化局"},
		{"levels stay together", "责任单位：各市、县（区）政府，省直各部门", "responsible 各市、县（区）政府|省直各部门"},
		{"named units with one last word", "责任单位：东山区、西湖区、安澜区管委会", "responsible 东山区|西湖区|安澜区管委会"},
		{"and parts units", "责任单位：市文化局和市财政局", "responsible 市文化局|市财政局"},
		{"and within a name", "责任单位：市工业和信息化局、市广播和电影局", "responsible 市工业和信息化局|市广播和电影局"},
		{"a remark behind it", "（责任单位：市文化局。以下均含各区政府）", "responsible 市文化局"},
		{"no units", "（含市本级）", ""},
		{"running prose", "市文化局牵头做好这件事。", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, a := range NewView(c.text).Attributions() {
				for _, g := range a.Groups {
					got = append(got, fmt.Sprintf("%s %s", g.Role, strings.Join(g.Units, "|")))
				}
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}
