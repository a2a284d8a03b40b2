package plan_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"luoshi/plan"
)

// anlan is a plan of our own making, of an invented city.
const anlan = `安澜市文化局印发读书惠民三年行动计划的通知
安政办发〔2023〕12号
各县（市、区）人民政府：
《安澜市读书惠民三年行动计划（2023—2025年）》已经市政府同意，现印发给你们。
安澜市文化局
2023年3月15日
安澜市读书惠民三年行动计划（2023—2025年）
2022年全市已建成读书室86个，现制定本计划。
一、总体要求
（一）主要目标。到2025年，人均藏书由1.2册提高到2册以上，居民阅读率达到95%，年均接待读者300万人次。2023年新建读书室20个。
（二）基本原则。坚持3个导向。
二、重点任务
（一）补齐设施短板。2023年底前，完成12个乡镇图书馆改造；2024年6月前，市图书馆新馆主体完工。（市文化局牵头，市财政局、市工业和信息化局按职责负责，2025年6月底前完成）
1.建设读书室。县城以上至少建成2个。
责任单位：市文化局、各县（市、区）政府
完成时限：2024年12月
（1）选址。5月20日前，各县区将选址报市文化局。
（2）装修。工期控制在90天以内。
2.送书下乡：每年送书3.6万册，覆盖率达100%。对获奖单位给予5万元奖励。
（二）培训队伍。三年内培训骨干3000余名，办好安澜读书节等活动，推出一批好书。力争年前把队伍合并。
三、实施步骤
（一）第一阶段：宣传发动（2023年3月—4月）。印发计划。
（二）第二阶段：全面推进（2023年5月1日至2025年9月30日）。
（三）第三阶段：总结评估（2025年10月起）。
四、保障措施
（一）加强调度。各地每季度末报送进展。
`

func TestRead(t *testing.T) {
	s := plan.Read(anlan)
	check := func(what, got, want string) {
		t.Helper()
		if got = strings.TrimSpace(got); got != strings.TrimSpace(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", what, got, want)
		}
	}
	check("title", s.Title, "安澜市读书惠民三年行动计划（2023—2025年）")
	check("issuer", s.Issuer, "安澜市文化局")

	var b strings.Builder
	for _, p := range s.Phases {
		fmt.Fprintln(&b, p.Name, text(p.Start), text(p.End))
	}
	check("phases", b.String(), "宣传发动 2023-03 2023-04\n全面推进 2023-05-01 2025-09-30\n总结评估 2025-10 -")

	b.Reset()
	for _, x := range s.Targets {
		fmt.Fprintln(&b, x.Item, x.Value, x.Unit, x.Bound, text(x.Period), text(x.Deadline), x.Aggregate, x.Indicator)
	}
	check("targets", b.String(), `
一/一 2 册 ge - 2025-12-31 snapshot 人均藏书
一/一 95 % eq - 2025-12-31 snapshot 居民阅读率
一/一 3000000 人次 eq year 2025-12-31 sum 年均接待读者
一/一 20 个 eq - 2023-12-31 sum 新建读书室
二/一 12 个 eq - 2023-12-31 sum 完成乡镇图书馆改造
二/一/1 2 个 ge - - snapshot 县城以上至少建成
二/一/1/2 90 天 le - - snapshot 工期
二/一/2 36000 册 eq year - sum 每年送书
二/一/2 100 % eq - - snapshot 覆盖率
二/二 3000 名 gt - 2025-12-31 distinct 培训骨干`)

	b.Reset()
	for _, d := range s.Deadlines {
		fmt.Fprintln(&b, d.Item, d.Date, d.Hardness, d.Flags)
	}
	check("deadlines", b.String(), `
一/一 2025-12-31 hard []
一/一 2023-12-31 hard [date_loose]
二/一 2023-12-31 hard []
二/一 2024-06-30 hard []
二/一 2025-06-30 hard []
二/一/1 2024-12-31 hard []
二/一/1/1 2023-05-20 hard []
二/二 2025-12-31 hard [span_of_years]
二/二 2023-12-31 soft [date_ambiguous]`)

	b.Reset()
	for _, r := range s.Responsible {
		fmt.Fprintln(&b, r.Item, r.Role, strings.Join(r.Units, " "))
	}
	check("responsible", b.String(), `
二/一 lead 市文化局
二/一 responsible 市财政局 市工业和信息化局
二/一/1 responsible 市文化局 各县（市、区）政府`)

	b.Reset()
	for _, r := range s.Recurring {
		fmt.Fprintln(&b, r.Item, r.Period)
	}
	check("recurring", b.String(), "二/一/2 每年\n四/一 每季度末")

	b.Reset()
	for _, q := range s.Questions {
		fmt.Fprintln(&b, q.Kind, q.About, q.Index, q.Text)
	}
	check("questions", b.String(), `
ambiguous_date deadline 3 “2024年6月前”到哪一天为止？
ambiguous_date deadline 6 “5月20日前”包括当天吗？
ambiguous_date deadline 7 “三年内”到哪一天为止？
ambiguous_date deadline 8 “年前”是哪一天以前？
vague_bound target 9 “3000余名”按多少算？
unit_of_counting target 9 “三年内培训骨干3000余名”里的“名”怎样算一个？
what_counts target 5 “县城以上至少建成2个”里的“建成”怎样才算一个？
missing_date plan 0 “安澜读书节”什么时候举办？
missing_number plan 0 “一批好书”具体是多少？`)
}

func TestReadChoices(t *testing.T) {
	s := plan.Read("安澜市2011年方案\n一、任务\n力争年前合并。")
	for _, q := range s.Questions {
		if q.Kind != "ambiguous_date" {
			continue
		}
		got, err := json.Marshal(q.Choices)
		if err != nil {
			t.Fatal(err)
		}
		want := `[{"label":"2011年12月31日","args":["2011年12月31日"],"set":{"date":"2011-12-31"}},` +
			`{"label":"春节前，2012年1月22日","args":["2012年1月22日"],"set":{"date":"2012-01-22"}}]`
		if string(got) != want {
			t.Errorf("got %s", got)
		}
		return
	}
	t.Error("年前 is not asked about")
}

// The head of a copied web page promises nothing and gives the day of issue.
func TestReadPage(t *testing.T) {
	s := plan.Read("当前位置：首页>政务公开>正文\n安澜市读书节方案\n发布时间：2023-03-05  浏览1382次\n一、任务\n（一）开馆。8月底前开放30个书房。")
	if len(s.Targets) != 1 || len(s.Deadlines) != 1 || s.Deadlines[0].Date != "2023-08-31" || s.Title != "安澜市读书节方案" {
		t.Errorf("%q, %+v, %+v", s.Title, s.Targets, s.Deadlines)
	}
}

// What is written twice is asked about, and joined on request.
func TestJoin(t *testing.T) {
	s := plan.Read("安澜市2023年方案\n一、目标\n全年组织市剧团送戏下乡300场。\n二、任务\n（一）送戏。全年组织市剧团送戏下乡300场，丰富群众生活。\n（二）送书。送书3万册。")
	joined := plan.Join(s)
	var text []string
	for _, q := range s.Questions {
		if q.Kind == "repeated" {
			text = append(text, q.Text)
		}
	}
	if got := strings.Join(text, "\n"); got != "“全年组织市剧团送戏下乡300场”和“一”里写的是一件事吗？" {
		t.Errorf("asked: %s", got)
	}
	if len(s.Targets) != 3 || len(joined.Targets) != 2 || joined.Targets[1].Unit != "册" {
		t.Errorf("%d targets, joined %+v", len(s.Targets), joined.Targets)
	}
	for _, q := range joined.Questions {
		if q.Kind == "repeated" || q.About == "target" && q.Index >= len(joined.Targets) {
			t.Errorf("a question of what is gone: %+v", q)
		}
	}
}

// What must not be taken for a target.
func TestReadNoTargets(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"a fact", "截至目前，全市已建成读书室86个。"},
		{"parts", "围绕服务、管理等5个方面，做好工作。"},
		{"a document number", "贯彻《关于读书的20条措施》（安政发〔2020〕2号）。"},
		{"a qualifier", "支持投资5亿元以上企业发展。"},
		{"a grant", "对新建的每家补助5万元。"},
		{"a turn of phrase", "开展一次动员会，推出一批好书。"},
		{"a name", "用好“12345”热线，推行“1+3”模式。"},
		{"divisions", "深入全市12个乡镇调研。"},
		{"years of experience", "连续满3年的人员优先。"},
		{"a year", "总结2012年工作，谋划2013年。"},
		{"steps taken so far", "近三年来，累计送书2000余册。"},
		{"the day of a month", "各地于每月25日前报送。"},
		{"days of a month", "每月10日、25日为清洁日。"},
		{"the year before", "去年全市放映电影3000场，其中校园场500场。"},
		{"what is", "全县现有文化站18个，其中12个能正常开放。"},
		{"what is missing", "尚有3个村没有书屋。"},
		{"a condition", "对完成率低于70%的单位进行通报；对滞后10个百分点以上的，约谈负责人。"},
		{"a share that is", "共有企业86家，占59%。"},
		{"a part of a year's total", "2010年全市送戏300场，观众达20万人次。"},
		{"ranks", "对排名前3名和后2位的通报。"},
		{"a rule for grades", "90分以上为优秀，70分以上不足90分为合格。"},
		{"a third", "抽查不低于三分之一。"},
		{"in instalments", "工程分两期建设。"},
		{"an ordinal", "贯彻省第十五次会议精神。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if s := plan.Read("安澜市2011年方案\n一、任务\n" + c.text); len(s.Targets) > 0 {
				t.Errorf("a target: %+v", s.Targets[0])
			}
		})
	}
}

// How reports of a target add up.
func TestReadAggregates(t *testing.T) {
	for _, c := range []struct{ name, text, want, scope, direction string }{
		{"events", "送戏300场。", "sum", "", "up"},
		{"persons", "培训骨干2000名。", "distinct", "", "up"},
		{"a share", "全市覆盖率达到95%。", "snapshot", "全市", "up"},
		{"each village", "每村配备一名管理员。", "once", "每村", "up"},
		{"each village and month", "每个行政村每月放映1场。", "once", "每个行政村", "up"},
		{"the room of each", "每个服务中心面积不少于200平方米。", "once", "每个服务中心", "up"},
		{"a rate of people", "每千人口床位达到6张。", "snapshot", "每千人口", "up"},
		{"less", "办理时限压减至3个工作日以内。", "snapshot", "", "down"},
		{"falling", "发生率由5%降到3%。", "snapshot", "", "down"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := plan.Read("安澜市2023年方案\n一、任务\n" + c.text)
			if len(s.Targets) != 1 {
				t.Fatalf("%d targets", len(s.Targets))
			}
			if x := s.Targets[0]; x.Aggregate != c.want || x.Scope != c.scope || x.Direction != c.direction {
				t.Errorf("got %s, scope %q, %s", x.Aggregate, x.Scope, x.Direction)
			}
		})
	}
}

func TestReadTargets(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"in every place", "每村配备一名管理员。", "1 名 eq - -"},
		{"a frequency", "每季度召开一次例会。", "1 次 eq quarter -"},
		{"a frequency behind", "检查不少于2次/年。", "2 次 ge year -"},
		{"from an event", "发布后6个月内完成评估。", "6 个月 le - -"},
		{"for hours of study", "每人每年不少于24学时。", "24 学时 ge year -"},
		{"one by one", "到2024年、2025年，阅读率分别达到60%、75%。", "60 % eq - 2024-12-31; 75 % eq - 2025-12-31"},
		{"in a bracket", "办讲座300场（其中少儿不少于50场）。", "300 场 eq - -; 50 场 ge - -"},
		{"the time stands behind", "建成书房30个，2024年底前投用。", "30 个 eq - 2024-12-31"},
		{"money", "整合资金3亿元左右。", "300000000 元 approx - -"},
		{"a rate", "浓度控制在35微克/立方米以内。", "35 微克/立方米 le - -"},
		{"thousands", "出动执法人员3,200人次，送书12，000册。", "3200 人次 eq - -; 12000 册 eq - -"},
		{"signs of limits", "满意度≥90%，空置率<5%。", "90 % ge - -; 5 % lt - -"},
		{"from a year to a year", "覆盖率从2022年的60%提高到2025年的90%。", "90 % eq - 2025-12-31"},
		{"reached in Han", "演出达到二十五场次。", "25 场次 eq - -"},
		{"from what is", "将现有的128家整合到100家左右。", "100 家 approx - -"},
		{"a coefficient", "灌溉系数由0.51提高到0.53。", "0.53  eq - -"},
		{"a hundred in a hundred", "建档率达到百分之百。", "100 % eq - -"},
		{"Han behind", "集中培训管理员两期，组建放映队十二支。", "2 期 eq - -; 12 支 eq - -"},
		{"behind Latin letters", "配备CT18台。", "18 台 eq - -"},
		{"behind a due time", "2023年底前30个网点接入平台。", "30 个 eq - 2023-12-31"},
		{"many pages", "加工文献4万页。", "40000 页 eq - -"},
		{"a share that must be able", "80%以上的书屋能够借阅。", "80 % ge - -"},
		{"in a span of years", "三年内改造管网200公里左右。", "200 公里 approx - 2025-12-31"},
		{"in a quoted aim", "实现“培养人才达到2000名左右，人才总量达到320万名，争创一流”的目标。", "2000 名 approx - -; 3200000 名 eq - -"},
		{"a set of ranks", "创成4A级景区10家以上。", "10 家 ge - -"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, x := range plan.Read("安澜市2023年方案\n一、任务\n" + c.text).Targets {
				got = append(got, fmt.Sprint(x.Value, " ", x.Unit, " ", x.Bound, " ", text(x.Period), " ", text(x.Deadline)))
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

func TestReadDeadlines(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a list", "各单位于6月10日、12月10日前报送。", "2023-06-10 2023-12-10"},
		{"years together", "2023年和2024年培训骨干200名。", "2024-12-31"},
		{"a quarter", "三季度末前完成试点。", "2023-09-30"},
		{"half a year", "2023年上半年完成招标。", "2023-06-30"},
		{"five years", "到“十四五”末，实现全覆盖。", "2025-12-31"},
		{"the year of its sentence", "2024年3月开工，年底前完成。", "2024-03-31 2024-12-31"},
		{"a label", "完成时限：6月底", "2023-06-30"},
		{"a year with a number", "2024年阅读率达到95%。", "2024-12-31"},
		{"a year and a topic", "做好2024年度总结。", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range plan.Read("安澜市2023年方案\n一、任务\n" + c.text).Deadlines {
				got = append(got, d.Date)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

// What must not be taken for a due time.
func TestReadNoDeadlines(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"issue", "安澜市文化局\n2023年3月5日"},
		{"a cited document", "2021年8月，省政府印发规划。"},
		{"a start", "从2024年起执行新标准。"},
		{"force", "本方案自2023年5月1日起施行。"},
		{"a yearbook", "2023年度工作要点另发。"},
		{"what comes round", "每年6月底前报送总结。"},
		{"a window", "于2023年5月1日至6月30日办展。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if s := plan.Read("安澜市2023年方案\n一、任务\n" + c.text); len(s.Deadlines) > 0 {
				t.Errorf("a deadline: %+v", s.Deadlines[0])
			}
		})
	}
}

func TestReadPhases(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"bracket", "一、步骤\n1、动员阶段（2023年3月）。开会。", "动员阶段 2023-03 2023-03"},
		{"ends only", "一、实施步骤\n（一）准备（2023年6月底前）。", "准备 - 2023-06"},
		{"undated", "一、实施步骤\n（一）准备。开会。", "准备 - -"},
		{"no steps", "一、保障措施\n（一）准备。开会。", ""},
		{"paragraphs", "一、工作安排\n第一阶段：动员（3月1日—3月31日）。开会。", "动员 2023-03-01 2023-03-31"},
		{"open end", "一、实施步骤\n（一）巩固阶段（2023年7月至长期）", "巩固阶段 2023-07 -"},
		{"a label", "一、时间安排\n（一）动员阶段：2023年5月上旬。", "动员阶段 2023-05-01 2023-05-10"},
		{"a date behind the counter", "一、工作安排\n第一阶段（3月）：动员。开会。", "动员 2023-03 2023-03"},
		{"date first", "一、时间安排\n（一）2023年5月—6月，动员部署。开会。", "动员部署 2023-05 2023-06"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			for _, p := range plan.Read("安澜市2023年方案\n" + c.text).Phases {
				fmt.Fprintln(&b, p.Name, text(p.Start), text(p.End))
			}
			if got := strings.TrimSpace(b.String()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func text(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}
