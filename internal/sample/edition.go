package sample

import (
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/desk"
	"luoshi/progress"
)

// introductions are what the office wrote before the summary of each month, the first that
// of September 2011.
var introductions = []string{
	"九月是报进展的第一个月，牵头的处室大多按时报来了，市场管理处晚了几天，人事处、政策法规处和机关党委没有报。三家馆的免费开放方案都到了，送戏送书去了五个县。十月先把没有开头的几项定下人和日子。",
	"十月的事大多在走。卡住的是文化产业的贴息：今年的预算里没有这笔钱，企业在等，请财务处和市财政局对接。博物馆的免费项目还差一项，请十一月中定下来。",
	"十一月三家馆都挂出了免费项目的告示，培训的第一班开了。文化下乡这个月没有报，贴息还没有着落。机关党委的学习讨论补了材料，办结了。",
	"年底演出多，不少单位没有报。送戏累计四百零二场，元旦汇演也办了。经营性单位的改制没有按年前的日子做完，已经督办，请人事处说清楚办到哪一步。",
	"一月正是春节，送戏、写春联都下到了村里。贴息列进了今年的预算，这件卡了三个月的事解开了。培训和群众活动没有报，请二月补上。",
	"二月公共文化处把免费开放报了完成，方案里博物馆对外开放的一条还没有做到，要再看。贴息审了二十二家，通过十五家。没有报的还是多，请各单位月初五日前报。",
	"三月报来的比二月多了不少。要领导定的有一件：绣艺博物馆的地没有批下来，开不了工。培训累计才一百八十八人，离两千人很远，请市群众艺术馆把后面的班排出来。",
	"四月古玩商会把藏品捐了，绣艺博物馆的地还等着。渔船的广播电视装了二百一十艘，请趁休渔期集中装。农民文化节定在十月，九个县都报了节目。",
	"五月改制往前走了一大步，职工大会通过了方案，报市里批。市博物馆把缺的藏品列成了清单，一共一百三十二件。贴息发给了十五家。",
	"六月最要紧的是博物馆缺藏品，清单上的只征集到九件，要三百万元征集经费，请领导定。暑期整治查了二百一十四家。渔船休渔期装到六百一十二艘。",
	"七月培训赶上来了，暑期办了七个班，累计一千零二十人。市里批了改制方案。渔船装到七百四十三艘，休渔期一过只能零星装，离一千四百艘还差近一半，请公共文化处早想办法。",
	"八月改制做完了，三家单位都登记成公司。博物馆的征集经费只批了八十万元，年底前怎么开放要请局长办公会定。送书累计七万两千册。",
	"九月农民文化节开幕，九个县来了四十一个节目。送戏、送书、书屋都在往上走。博物馆的事没有变化，已经请馆里报了借展的办法。",
	"十月定了先借展开放，借展谈成五十八件。绣艺博物馆的地批了，十一月打桩。审批的二十七项都不比省内最短的长。剩下两个月，请各单位把没有做到的数逐项对一遍。",
	"十一月培训超过了两千人，办结了。送戏还差三十多场，书屋还差一百多家，请公共文化处盯到年底。博物馆的保安和讲解员都到岗了。",
	"这是最后一期月报。十三个项目里，博物馆十二月底试开放，绣艺博物馆刚打桩，渔船只装了七百四十三艘，这三件没有做完；别的都报了完成。没有做完的转到明年接着报。",
}

// editions are the days on which the office writes an introduction to the month before
// and issues its summary.
func (c *city) editions() (out []deed) {
	period := progress.Of(progress.Monthly, "2011-09-01")
	for _, words := range introductions {
		out = append(out, deed{string(chaseDay(period).AddWorkdays(2)) + " 16:00", c.issue(period, words)})
		period = period.Next()
	}
	return out
}

func (c *city) issue(period progress.Period, words string) func() error {
	return func() error {
		if err := c.office.IntroduceSummary(c.ctx, c.cmd(clerk), c.plan, period, words); err != nil {
			return fmt.Errorf("%s: %w", period, err)
		}
		command := c.cmd(clerk)
		saw, err := c.sees(period)
		if err != nil {
			return err
		}
		_, err = c.office.IssueSummary(c.ctx, command, c.plan, period, progress.SummaryChoice{}, saw)
		return err
	}
}

// sees gives what tells how the summary of a period stands.
func (c *city) sees(period progress.Period) (string, error) {
	page, err := c.office.Summary(c.ctx, c.people[clerk], c.plan, period, progress.SummaryChoice{})
	return desk.Saw(page.Summary), err
}

// chaseDay is the first working day after the tenth of the month that follows a period.
func chaseDay(period progress.Period) calendar.Day {
	return period.Next().First().AddDays(9).AddWorkdays(1)
}
