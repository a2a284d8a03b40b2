package reminder

import (
	"fmt"
	"strconv"
	"strings"

	"luoshi/calendar"
)

// What goes out is written in the language of the documents.

// dayWords writes a day for a letter: 2012年4月23日.
func dayWords(d calendar.Day) string {
	t := d.Time()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// PeriodWords writes the key of a period: 2012年3月, 2012年第1季度, 2012年第37周.
func PeriodWords(key string) string {
	year, rest, more := strings.Cut(key, "-")
	if !more || rest == "" {
		return year + "年"
	}
	n, kind := strings.TrimLeft(rest, "WFQ0"), rest[0]
	switch kind {
	case 'W':
		return year + "年第" + n + "周"
	case 'F':
		return year + "年第" + n + "个双周"
	case 'Q':
		return year + "年第" + n + "季度"
	}
	return year + "年" + n + "月"
}

// What says what is owed, in a few words.
func (o Owed) What() string {
	switch o.Kind {
	case Report:
		return "《" + o.Title + "》" + PeriodWords(o.Period) + "的进展"
	case Answer:
		return "《" + o.Title + "》分给了您单位，接受还是退回"
	case Collection:
		return "“" + o.Title + "”要交的材料"
	}
	return "《" + o.Title + "》的完成情况"
}

// SinceWords says by when it is or was due, and how long ago that was.
func (o Owed) SinceWords(today calendar.Day) string {
	if !o.Late(today) {
		return "最晚" + dayWords(o.Due)
	}
	return dayWords(o.Due) + "到期，过了" + strconv.Itoa(o.Due.Workdays(today)) + "个工作日"
}

// Sender is who chases.
type Sender struct {
	Bureau string
	Phone  string // may be empty
}

func (s Sender) signature(today calendar.Day) string {
	out := s.Bureau
	if s.Phone != "" {
		out += "　电话 " + s.Phone
	}
	return out + "\n" + dayWords(today)
}

// listed numbers what is owed.
func listed(things []Owed, today calendar.Day) string {
	var b strings.Builder
	for i, o := range things {
		fmt.Fprintf(&b, "%d. %s（%s）。\n", i+1, o.What(), o.SinceWords(today))
	}
	return b.String()
}

// PleaseExplain stands in whatever chases somebody: the first word is a question.
const PleaseExplain = "先请您说明情况，不是处分。"

// opening says how many things wait for a unit.
func opening(things []Owed, today calendar.Day) string {
	late := 0
	for _, o := range things {
		if o.Late(today) {
			late++
		}
	}
	switch {
	case late == 0:
		return fmt.Sprintf("提醒您：下面 %d 件快到期了。", len(things))
	case late < len(things):
		return fmt.Sprintf("下面 %d 件还在等您单位，其中 %d 件过了期。%s", len(things), late, PleaseExplain)
	}
	return fmt.Sprintf("下面 %d 件过了期，还没有收到您单位的回音。%s", len(things), PleaseExplain)
}

// Letter is the text of a reminder to a unit, as it is pasted into a chat or sent by mail.
func Letter(unit string, things []Owed, by calendar.Day, link string, s Sender, today calendar.Day) string {
	return unit + "：\n" + opening(things, today) + "\n" + listed(things, today) +
		"请在" + dayWords(by) + "以前报来；一时办不了的，回一句卡在哪里、需要谁帮。\n打开：" + link + "\n" + s.signature(today)
}

// Line is one unit of a digest.
type Line struct {
	Unit   string
	Things []Owed
	Link   string
}

// Digest is the text of one message to somebody about all that their units owe.
func Digest(lines []Line, by calendar.Day, s Sender, today calendar.Day) string {
	if len(lines) == 1 {
		return Letter(lines[0].Unit, lines[0].Things, by, lines[0].Link, s, today)
	}
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%s：\n%s\n%s打开：%s\n", l.Unit, opening(l.Things, today), listed(l.Things, today), l.Link)
	}
	return b.String() + "请在" + dayWords(by) + "以前报来；一时办不了的，回一句卡在哪里、需要谁帮。\n" + s.signature(today)
}

// Summary is the text of one message to a group or a superior: of each unit how much it
// owes and since when, without the words of all.
func Summary(head string, lines []Line, s Sender, today calendar.Day) string {
	var b strings.Builder
	b.WriteString(head + "\n")
	for _, l := range lines {
		first := l.Things[0]
		for _, o := range l.Things {
			if o.Due < first.Due {
				first = o
			}
		}
		fmt.Fprintf(&b, "%s：%d 件，最早的是%s（%s）。%s\n", l.Unit, len(l.Things), first.What(), first.SinceWords(today), l.Link)
	}
	return b.String() + s.signature(today)
}

// Heads of summaries.
const (
	GroupHead    = "下面这些单位有事在等。" + PleaseExplain + "报来或者回一句卡在哪里。"
	SuperiorHead = "下面这些过了期，催过还没有回音，请您过问。"
)

// Short is the text of a message by SMS: one of the things, how many, and where to look.
func Short(lines []Line, s Sender, today calendar.Day) string {
	n, first := 0, lines[0].Things[0]
	for _, l := range lines {
		for _, o := range l.Things {
			if n++; o.Due < first.Due {
				first = o
			}
		}
	}
	return fmt.Sprintf("【%s】有 %d 件事在等您单位，最早的是%s（%s）。%s打开 %s", s.Bureau, n, first.What(), first.SinceWords(today), PleaseExplain, lines[0].Link)
}
