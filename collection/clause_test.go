package collection

import (
	"slices"
	"testing"
)

func TestReadClause(t *testing.T) {
	named := []string{"各直属单位", "各县（市、区）文广新局", "局机关各处室", "各县（市、区）文广新局、各直属单位", "公共文化处"}
	for _, c := range []struct {
		name, sentence, parties string
		kind                    Kind
		title                   string
	}{
		{"the sample's", "各直属单位的工作方案在9月23日之前报送局办公室。", "各直属单位", Plan, "各直属单位的工作方案"},
		{"two parties", "各县（市、区）文广新局、各直属单位要在10月15日前将国庆活动总结报送局办公室。", "各县（市、区）文广新局、各直属单位", File, "各县（市、区）文广新局、各直属单位的国庆活动总结"},
		{"with what behind the verb", "请局机关各处室于2011年12月20日前上报全年工作总结，逾期不候", "局机关各处室", File, "局机关各处室的全年工作总结"},
		{"behind another part", "3、认真总结经验，各直属单位在年底前将总结材料报局办公室", "各直属单位", File, "各直属单位的总结材料"},
		{"its plan", "公共文化处制定实施计划并于9月1日前报送局领导小组", "公共文化处", Plan, "公共文化处的实施计划"},
		{"nobody is named", "有关材料在9月23日之前报送局办公室", "", "", ""},
		{"nothing is handed in", "各直属单位要在9月23日之前完成自查", "", "", ""},
	} {
		got, is := ReadClause(c.sentence, func(words string) bool { return slices.Contains(named, words) })
		if is != (c.parties != "") || got.Parties != c.parties || got.Kind != c.kind || is && got.Title != c.title {
			t.Errorf("%s: %v %+v", c.name, is, got)
		}
	}
}
