package document

import (
	"fmt"
	"strings"
	"testing"
)

func TestQuantities(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "送演出1500场", "1500 场 eq"},
		{"wan", "电影3.67万场", "36700 场 eq"},
		{"many", "1400多艘渔船", "1400 艘 gt"},
		{"or more", "2000名以上", "2000 名 ge"},
		{"at least, a verb between", "至少建成1所学校", "1 所 ge"},
		{"not below, far off", "不低于全体职工总数的75%", "75 % ge"},
		{"within", "控制在10个工作日之内", "10 个工作日 le"},
		{"within, short", "15日内", "15 日 le"},
		{"not more", "不超过3%", "3 % le"},
		{"more", "超过5000册", "5000 册 gt"},
		{"below", "低于5%", "5 % lt"},
		{"about", "达60%左右", "60 % approx"},
		{"range", "推荐2-3个", "2 个 range 3"},
		{"range of shares", "60%-70%", "60 % range 70"},
		{"range in wan", "3-5万册", "30000 册 range 50000"},
		{"from and to", "由60%提高到80%", "80 % eq from 60"},
		{"percent in words", "百分之八十以上", "80 % ge"},
		{"shared unit", "不低于500、1000、2000元", "500 元 ge; 1000 元 ge; 2000 元 eq"},
		{"measure of several signs", "3个百分点、5人次、6个月", "3 个百分点 eq; 5 人次 eq; 6 个月 eq"},
		{"blanks", "建成 20 个", "20 个 eq"},
		{"traditional", "開展3000場", "3000 场 eq"},
		{"a year is a date", "2012年", ""},
		{"no unit", "满意度达到95", ""},
		{"names and codes", "5G基站，PM2.5，7×24小时，1+3模式，第3批", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := NewView(c.text)
			var got []string
			for _, q := range v.Quantities(v.Dates()) {
				s := fmt.Sprintf("%d %s %s", q.Value/Scale, q.Unit, q.Bound)
				if q.Max > 0 {
					s += fmt.Sprint(" ", q.Max/Scale)
				}
				if q.HasBase {
					s += fmt.Sprint(" from ", q.Base/Scale)
				}
				got = append(got, s)
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}
