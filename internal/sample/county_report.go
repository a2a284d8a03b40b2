package sample

import (
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/progress"
)

// shared are the items in which the counties have a part, and what the county numbered
// place (from 0) says of them in the month numbered after (from 0, September 2011).
var shared = []struct {
	title string
	done  func(place, after int) string
	next  string
}{
	{"深化文化场馆", func(place, after int) string {
		return fmt.Sprintf("县级两馆和乡镇站都免费，这个月来了 %s 人次。", thousands(1800+place*310+season(after)*260))
	}, "把开放时间贴到村口。"},
	{"实施文化下乡", func(place, after int) string {
		month := after + 1 // the figures that its lists come to
		since := "从去年 8 月起"
		if month < 5 {
			since = "从 8 月起"
		}
		return since + fmt.Sprintf("送戏 %d 场、放电影 %s 场、送书 %s 册。", saidOf(shows, place, month), thousands(int(saidOf(films, place, month))), thousands(int(saidOf(books, place, month))))
	}, "下月去还没有去过的村。"},
	{"培训文化", func(place, after int) string {
		n := saidOf(trained, place, after+1)
		if n == 0 {
			return "名单报上去了，等市里开班。"
		}
		return fmt.Sprintf("送人去上了 %d 期班，累计 %d 人。", 1+after/3, n)
	}, "请市里的老师来上一课。"},
	{"办好群众性", func(place, after int) string {
		return fmt.Sprintf("%s前后办了 %d 场，大多在村里的文化礼堂和广场。", feasts[after%12], 3+(place+after)%5+season(after))
	}, ""},
	{"改进审批", func(place, after int) string {
		return fmt.Sprintf("窗口承诺的时限平均压到 %d 个工作日。", max(5, 14-after/2-place%3))
	}, ""},
	{"管好文化市场", func(place, after int) string {
		return fmt.Sprintf("查了网吧 %d 家次、书店 %d 家次，改正 %d 处。", 9+(place*3+after)%8, 5+(place+after*2)%6, 1+(place+after)%4)
	}, "学校周围再查一遍。"},
}

// feasts are what people celebrate in the months from September on.
var feasts = []string{"中秋", "重阳", "立冬", "冬至", "元旦", "元宵", "三月三", "清明", "五一", "端午", "建军节", "七夕"}

// season is how much more is done in a month: much round the spring festival, little at harvest.
func season(after int) int { return []int{1, 2, 1, 2, 5, 4, 2, 1, 2, 1, 1, 2}[after%12] }

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// trouble is what held a county up for some months.
type trouble struct {
	place, item, first, last int
	difficulty, need, from   string
}

var troubles = []trouble{
	{5, 1, 4, 6, "海上风大，放映船出不去，外岛 11 个村三个月没有放过电影。", "借一条能抗八级风的船", "市海洋与渔业局"},
	{3, 1, 7, 9, "流动放映车坏在山上，修理要等配件。", "先调一台放映车来用两个月", "局办公室"},
	{6, 0, 9, 12, "县图书馆屋顶漏水，二楼关了。", "修屋顶的 18 万元", "财务处、鹿鸣县财政局"},
	{1, 2, 2, 3, "没有教室，党校的教室要到 1 月才空。", "借市群众艺术馆的教室", "市群众艺术馆"},
}

// silent are the months in which a county says nothing at all.
func silent(place, after int) bool { return place == 8 && after >= 5 && after <= 7 }

// late are the months in which a county says what it has to say after the day.
func late(place, after int) bool { return (2*place+after)%7 == 3 }

// forgotten are single items that a county leaves out.
func forgotten(place, after, item int) bool { return (3*place+5*after+7*item)%19 == 4 }

// countyMonths are the days on which the counties report, a month after the other: most
// in time, some after their day.
func (c *city) countyMonths() (out []deed) {
	for after := range 16 {
		period := progress.Of(progress.Monthly, calendar.Day("2011-09-01"))
		for range after {
			period = period.Next()
		}
		next := period.Next().First()
		out = append(out, deed{string(next.AddDays(3)) + " 10:10", c.countyReports(period, after, false)},
			deed{string(next.AddDays(10)) + " 15:30", c.countyReports(period, after, true)})
	}
	return out
}

func (c *city) countyReports(period progress.Period, after int, afterTheDay bool) func() error {
	return func() error {
		for place, person := range countyPeople {
			if silent(place, after) || late(place, after) != afterTheDay {
				continue
			}
			unit, all, err := c.countyWords(place, person, period, after)
			if err != nil || len(all) == 0 {
				return err
			}
			if err := c.office.Report(c.ctx, c.cmd(person), unit, all); err != nil {
				return fmt.Errorf("%s: %w", person, err)
			}
		}
		return nil
	}
}

// countyWords is what a county says of the items for a period.
func (c *city) countyWords(place int, person string, period progress.Period, after int) (unit id.Unit, all []desk.Told, err error) {
	due, err := c.office.ReportsDue(c.ctx, c.people[person], period)
	if err != nil {
		return 0, nil, err
	}
	for _, u := range due {
		for _, d := range u.Due {
			for k, s := range shared {
				if !strings.HasPrefix(d.Item.Title, s.title) || forgotten(place, after, k) {
					continue
				}
				t := desk.Told{Item: d.Item.ID, Unit: d.Owner.Unit, Period: period, State: progress.UnderWay, Done: s.done(place, after), Next: s.next}
				if d.Last != nil && d.Last.State == progress.UnderWay && (place+after+k)%6 == 5 {
					t = desk.Told{Item: t.Item, Unit: t.Unit, Period: period, Same: true}
				}
				for _, b := range troubles {
					if b.place == place && b.item == k && b.first <= after && after <= b.last {
						t.Same, t.State, t.Done, t.Difficulty, t.Need, t.NeedFrom = false, progress.Blocked, s.done(place, after), b.difficulty, b.need, b.from
					}
				}
				unit, all = u.Unit.ID, append(all, t)
			}
		}
	}
	return unit, all, nil
}
