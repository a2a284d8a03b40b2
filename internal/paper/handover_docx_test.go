package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestHandoverDocx(t *testing.T) {
	list := HandoverList{Title: "交接清单", Facts: [][2]string{{"移交人", "邵文清"}, {"岗位", "市图书馆 · 馆长\n市图书馆 · 书记"}}, Heads: [5]string{"编号", "任务", "分工", "期限", "现在"},
		Duties: []HandoverPart{{"任务 1 件", [][5]string{{"2", "送书<下乡>", "牵头", "2011-12-31 送图书 3000 册", "未报"}}}},
		Told:   "当面说明的事", SignHead: [3]string{"", "签字", "日期"}, Signs: []string{"移交人", "接交人", "监交人"}}
	list.Add("领导小组", []string{"读书月领导小组 · 组长"})
	list.Add("草稿", nil)
	file, err := HandoverDocx(list)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	document, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(document, new(struct{})); err != nil {
		t.Errorf("not well formed: %v", err)
	}
	for _, words := range []string{"邵文清", "市图书馆 · 书记", "送书&lt;下乡&gt;", "读书月领导小组 · 组长", "监交人", "当面说明的事"} {
		if !strings.Contains(string(document), words) {
			t.Errorf("%q is not in it", words)
		}
	}
	if strings.Contains(string(document), "草稿") {
		t.Error("an empty list is printed")
	}
}
