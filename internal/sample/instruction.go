package sample

import (
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
)

// instruction is what the director writes beside an item, and what comes of it.
type instruction struct {
	at, about, words string
	unit, by         string // the unit, and who answers for it
	due              calendar.Day
	answers          []answered
}

// answered is an answer with what the office made of it: again is what it still asks.
type answered struct{ at, words, settled, again string }

var instructions = []instruction{
	{"2011-12-14 17:20", "发展文化产业", "贴息的钱明年一定要有着落。文化产业处和财政局对接，把怎么出、出多少报给我。", "文化产业处", "石知行", "2011-12-30",
		[]answered{{"2012-01-10 09:30", "年前财政局在编预算，回话晚了。贴息列进了 2012 年的预算，500 万元，二月起收申请。", "2012-01-11 10:00", ""}}},
	{"2012-03-20 17:05", "改进审批", "窗口的承诺时限和全省最短的还差多少，一项一项列出来。", "政策法规处", "金晓晴", "2012-03-30",
		[]answered{
			{"2012-03-29 16:00", "27 项里 15 项已经是全省最短，其余的正在和省里比。", "2012-03-30 09:10", "其余 12 项没有列。请写明每项差几天、哪天压下来。"},
			{"2012-04-06 11:00", "其余 12 项里 8 项差 1 到 3 天，4 项差 5 天，表附在窗口公示栏。前 8 项 5 月压到最短，后 4 项要和省里核对。", "2012-04-09 09:00", ""}}},
	{"2012-04-10 16:40", "请社会力量", "绣艺博物馆的地不能再拖。去市国土局问清楚卡在哪一步，要我出面的写明找谁。", "公共文化处", "沈玉兰", "2012-04-27",
		[]answered{{"2012-04-26 15:30", "卡在规划调整，要等市规划委员会 9 月的会。请局长在会前和国土局谈一次。", "2012-04-27 09:30", ""}}},
	{"2012-07-16 17:00", "培训文化", "培训只到 655 人，下半年怎么补上，排一张班次表出来。", "市群众艺术馆", "林若溪", "2012-07-25",
		[]answered{{"2012-07-24 14:00", "暑期排了 7 个班，9 月到 11 月再办 14 个班，每班 70 人左右，11 月底过 2,000 人。班次表发到了各县。", "2012-07-26 09:00", ""}}},
	{"2012-09-11 16:30", "深化文化场馆", "征集来不及，先借展开放行不行。市博物馆把借展的名单和保险的钱算出来，上办公会。", "市博物馆", "宋以宁", "2012-09-28",
		[]answered{{"2012-09-27 10:20", "可以先借展开放。能借 58 件，保险和运费 36 万元，征集经费里出。名单 4 页，报办公室了。", "2012-10-08 10:30", ""}}},
}

// instructing are the days on which the director writes, units answer, and the office
// takes the answers or asks once more.
func (c *city) instructing() (out []deed) {
	for n := range instructions {
		i := &instructions[n]
		var made id.Item
		out = append(out, deed{i.at, func() (err error) {
			made, err = c.instruct(i)
			return err
		}})
		for k, a := range i.answers {
			out = append(out, deed{a.at, func() error { return c.answersOrder(made, i.by, a.words) }}, deed{a.settled, func() error {
				if a.again != "" {
					return c.office.AskAgain(c.ctx, c.cmd(clerk), made, k+1, a.again)
				}
				return c.office.AcceptOrderAnswer(c.ctx, c.cmd(clerk), made, k+1)
			}})
		}
	}
	return out
}

// instruct writes it down, and lets the unit take it on.
func (c *city) instruct(i *instruction) (id.Item, error) {
	about, err := c.itemCalled(i.about)
	if err != nil {
		return 0, err
	}
	unit := c.people[i.by].Held[0].Unit
	made, err := c.office.Instruct(c.ctx, c.cmd(director), c.plan, desk.NewInstruction{About: about, Words: i.words, Unit: unit, Due: i.due})
	if err != nil {
		return 0, fmt.Errorf("instruction about %s: %w", i.about, err)
	}
	return made, c.office.AnswerDuty(c.ctx, c.cmd(i.by), made, unit, true, "")
}

func (c *city) answersOrder(item id.Item, by, words string) error {
	return c.office.AnswerOrder(c.ctx, c.cmd(by), item, c.people[by].Held[0].Unit, words)
}

// itemCalled finds the item whose title begins so.
func (c *city) itemCalled(title string) (id.Item, error) {
	r, err := c.read()
	if err != nil {
		return 0, err
	}
	for _, i := range r.Items {
		if strings.HasPrefix(i.Title, title) {
			return i.ID, nil
		}
	}
	return 0, fmt.Errorf("no item %s", title)
}
