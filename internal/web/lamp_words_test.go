package web

import (
	"context"
	"strings"
	"testing"

	"luoshi/internal/text"
	"luoshi/plan"
)

// Each sentence holds the days and figures by which it can be checked.
func TestLampSentence(t *testing.T) {
	rules := plan.PresetStages.Rules()
	steps := []plan.LampStep{{Title: "列出名单", Due: "2011-09-01"}, {Title: "全部办成", Due: "2011-12-31"}}
	hand := plan.LampHand{Lamp: plan.LampUnderWay, Reason: "省里通知延期。", Day: "2011-09-28", Until: "2011-10-10"}
	for _, c := range []struct {
		name, want, english string
		lit                 plan.LampLit
	}{
		{"overdue", "9月23日到期，已过 3 个工作日，最近一次报的是推进中（9月15日）", "due 23 Sep, 3 working days ago, last reported as “Under way” (15 Sep)",
			rules.Light(plan.LampFacts{Due: "2011-09-23", Said: plan.LampUnderWay, SaidOn: "2011-09-15"}, "2011-09-28")},
		{"over a weekend", "9月23日到期，已过 2 天，最近一次报的是推进中（9月15日）", "2 days ago",
			rules.Light(plan.LampFacts{Due: "2011-09-23", Said: plan.LampUnderWay, SaidOn: "2011-09-15"}, "2011-09-25")},
		{"near", "9月23日到期，还有 3 个工作日，最近一次报的是推进中（9月15日）", "3 working days left",
			rules.Light(plan.LampFacts{Due: "2011-09-23", Said: plan.LampUnderWay, SaidOn: "2011-09-15"}, "2011-09-20")},
		{"of another year", "2012年9月23日到期，还有 253 个工作日，最近一次报的是受阻（9月15日）", "23 Sep 2012",
			rules.Light(plan.LampFacts{Due: "2012-09-23", Said: plan.LampBlocked, SaidOn: "2011-09-15"}, "2011-09-20")},
		{"behind", "“列出名单”9月1日到期，已过 12 个工作日，没有报办成；到今天该办成 1 步，报办成的 0 步，最近一次报的是推进中（9月15日）", "1 step was due",
			rules.Light(plan.LampFacts{Due: "2011-12-31", Steps: steps, Said: plan.LampUnderWay, SaidOn: "2011-09-15"}, "2011-09-20")},
		{"not started", "9月1日就该开始，已过 12 个工作日，最近一次报的是未启动（9月15日）", "was to begin on 1 Sep",
			rules.Light(plan.LampFacts{Start: "2011-09-01", Due: "2011-12-31", Said: plan.LampNotStarted, SaidOn: "2011-09-15"}, "2011-09-20")},
		{"silent", "没有写期限，最近一次报的是推进中（9月15日），11月6日起没有再报", "nothing since 6 Nov",
			rules.Light(plan.LampFacts{Said: plan.LampUnderWay, SaidOn: "2011-09-15", Silent: "2011-11-06"}, "2011-11-20")},
		{"never reported", "9月23日到期，已过 3 个工作日，从来没有报过，9月6日起欠报", "never reported, owed since 6 Sep",
			rules.Light(plan.LampFacts{Due: "2011-09-23", Said: plan.LampNone, Silent: "2011-09-06"}, "2011-09-28")},
		{"returned", "今天到期，9月15日报的9月18日退回了，等着重报", "returned on 18 Sep",
			rules.Light(plan.LampFacts{Due: "2011-09-23", Said: plan.LampUnderWay, SaidOn: "2011-09-15", Return: "2011-09-18"}, "2011-09-23")},
		{"complete", "9月15日报了完成，已经确认", "reported as complete on 15 Sep, and confirmed",
			rules.Light(plan.LampFacts{Due: "2011-09-23", Said: plan.LampComplete, SaidOn: "2011-09-15"}, "2011-09-28")},
		{"answered", "9月23日到期，还有 3 个工作日，9月15日回复了，还没有认可", "answered on 15 Sep",
			rules.Light(plan.LampFacts{Due: "2011-09-23", Said: plan.LampWaiting, SaidOn: "2011-09-15", Answers: true}, "2011-09-20")},
		{"a figure", "报来 1,320 / 1,500 场，88%，其中算数 1,100，应到 81%，9 个单位报了数，1 个没有报，还没有报过", "reported 1,320 of 1,500 场, 88%, 1,100 of it counted, 81% expected, 9 units told figures, 1 did not",
			rules.Light(plan.LampFacts{Said: plan.LampNone, Counts: []plan.LampCount{{Unit: "场", Whole: plan.Whole(1500), Reported: plan.Whole(1320), Checked: plan.Whole(1100), Share: 88, Due: 81, Told: true, Units: 9, Silent: 1, Pace: plan.CountFine}}}, "2011-09-20")},
		{"no figure", "未报数（应完成 1,500 场），应到 20%，最近一次报的是推进中（9月15日）", "no figures yet, 1,500 场 promised, 20% expected",
			rules.Light(plan.LampFacts{Said: plan.LampUnderWay, SaidOn: "2011-09-15", Counts: []plan.LampCount{{Unit: "场", Whole: plan.Whole(1500), Due: 20, Pace: plan.CountUntold}}}, "2011-09-20")},
		{"a level that falls", "现在 11 天，要降到 3，降了 52%，到今天应降到 11.48，还没有报过", "now 11 天, to come down to 3, 52% of the way, 11.48 or less expected by today",
			rules.Light(plan.LampFacts{Said: plan.LampNone, Counts: []plan.LampCount{{Unit: "天", Whole: plan.Whole(3), Reported: plan.Whole(11), Expected: 114_800, Share: 52, Due: 50, Told: true, Falls: true, Pace: plan.CountFine}}}, "2011-07-03")},
		{"under a ceiling", "报来 11 件，上限 12，用了 92%，日子过了 81%，到今天最多 10，还没有报过", "reported 11 件, at most 12, 92% used, 81% of the time is over, at most 10 by today",
			rules.Light(plan.LampFacts{Said: plan.LampNone, Counts: []plan.LampCount{{Unit: "件", Whole: plan.Whole(12), Reported: plan.Whole(11), Checked: plan.Whole(11), Expected: plan.Whole(10), Share: 92, Due: 81, Told: true, Ceiling: true, Pace: plan.CountSlow}}}, "2011-10-24")},
		{"over a ceiling", "报来 13 件，上限 12，超了 1，还没有报过", "reported 13 件, at most 12, over by 1",
			rules.Light(plan.LampFacts{Said: plan.LampNone, Counts: []plan.LampCount{{Unit: "件", Whole: plan.Whole(12), Reported: plan.Whole(13), Checked: plan.Whole(13), Share: 109, Due: 100, Told: true, Ceiling: true, Pace: plan.CountMissed}}}, "2012-01-24")},
		{"by hand", "9月23日到期，已过 3 个工作日，最近一次报的是推进中（9月15日），手工定的（9月28日）：省里通知延期，原来是逾期，到10月10日为止", "by the rules it is “Overdue”, until 10 Oct",
			rules.Light(plan.LampFacts{Due: "2011-09-23", Said: plan.LampUnderWay, SaidOn: "2011-09-15"}, "2011-09-28").ByHand(hand)},
	} {
		if got := LampSentence(context.Background(), c.lit); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if got := LampSentence(With(context.Background(), Page{Lang: text.English}), c.lit); !strings.Contains(got, c.english) {
			t.Errorf("%s: %s, want %s", c.name, got, c.english)
		}
	}
}
