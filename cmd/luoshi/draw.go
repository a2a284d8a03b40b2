package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/internal/text"
	"luoshi/ledger"
)

type drawCommand struct {
	File string `arg:"" help:"${draw_file}"`
	JSON bool   `name:"json" help:"${json}"`
}

// Help gives an example.
func (drawCommand) Help() string { return example("luoshi draw 2012-05.draw") }

// mostDrawBytes is the largest file of a draw that is read: a million entries.
const mostDrawBytes = 256 << 20

// Run does a draw again from the file that was published, and says of each step
// whether it holds.
func (c drawCommand) Run(t terminal) error {
	content, err := readDraw(c.File)
	if err != nil {
		return t.misused("找不到 %s，或者读不了。", c.File)
	}
	d, err := ledger.ParseDraw(content)
	var wrong *ledger.DrawTextError
	if errors.As(err, &wrong) {
		return t.misused("%s 不是抽查的文件，或者改坏了：第 %s 行不合格式。格式见 docs/draw.md。", c.File, fmt.Sprint(wrong.Line))
	}
	checks := d.Checks()
	good := !slices.ContainsFunc(checks, func(s ledger.DrawCheck) bool { return !s.Good })
	if c.JSON {
		if err := writeJSON(t.out, drawnAgain(d, checks, good)); err != nil {
			return err
		}
	} else {
		t.sayDraw(d, checks, good)
	}
	if !good {
		return exitError(exitWanting)
	}
	return nil
}

func readDraw(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, mostDrawBytes))
}

// drawAnswer is what --json prints.
type drawAnswer struct {
	Good       bool               `json:"good"`
	Steps      []ledger.DrawCheck `json:"steps"`
	Root       string             `json:"root"`
	Source     string             `json:"source"`
	Randomness string             `json:"randomness"`
	Listed     int                `json:"listed"`
	Drawn      []string           `json:"drawn"`    // as the file has it
	Computed   []string           `json:"computed"` // as it follows; empty where it cannot be computed
}

func drawnAgain(d ledger.Draw, checks []ledger.DrawCheck, good bool) drawAnswer {
	root := d.ListRoot()
	return drawAnswer{good, checks, fmt.Sprintf("%x", root[:]), d.Source, d.Randomness, len(d.Entries), append([]string{}, d.Drawn...), append([]string{}, computedSample(d)...)}
}

// computedSample is what follows from a file, whatever it says was drawn.
func computedSample(d ledger.Draw) []string {
	if d.Seed == nil || d.Randomness == "" || d.CheckDraw() != nil {
		return nil
	}
	return d.Sample(*d.Seed, d.Randomness)
}

func (t terminal) sayDraw(d ledger.Draw, checks []ledger.DrawCheck, good bool) {
	root := d.ListRoot()
	said := map[ledger.DrawStep][2]string{
		ledger.DrawListStep:       {text.Say(t.lang, "名单 %s 项，抽 %s 项：编号从小到大，没有重复，数目抽得出。", fmt.Sprint(len(d.Entries)), fmt.Sprint(d.Count)), t.drawListWrong(d)},
		ledger.DrawRootStep:       {text.Say(t.lang, "条件和名单就是冻结时的：根 %x。", root[:]), text.Say(t.lang, "条件和名单不是冻结时的：算出来的根是 %x，写的是 %x。名单、数目或来源在冻结以后改过。", root[:], d.Root[:])},
		ledger.DrawTimesStep:      {t.drawTimes(d), text.Say(t.lang, "先后不对：应该先承诺、再冻结名单、随机数后来才知道、最后公布密数。写的是：%s", t.drawTimes(d))},
		ledger.DrawSeedStep:       {text.Say(t.lang, "公布的密数和事先的承诺对得上。"), text.Say(t.lang, "公布的密数和事先的承诺对不上。这次抽查作废，要重新抽。")},
		ledger.DrawRandomnessStep: {text.Say(t.lang, "随机数：%s（来源：%s）。", d.Randomness, d.Source), text.Say(t.lang, "随机数还没有填。事先说好的来源：%s。", d.Source)},
		ledger.DrawSampleStep:     {text.Say(t.lang, "照规则重新抽了一遍，%s 项全都一样，次序也一样。", fmt.Sprint(len(d.Drawn))), t.drawSampleWrong(d)},
	}
	if d.Seed == nil {
		said[ledger.DrawSeedStep] = [2]string{"", text.Say(t.lang, "密数没有公布。还没到时候就再等等；到了时候还不公布，这次抽查作废。")}
	}
	for _, c := range checks {
		if c.Good {
			fmt.Fprintln(t.out, "✓", said[c.Step][0])
		} else {
			fmt.Fprintln(t.out, "✗", said[c.Step][1])
		}
	}
	if good {
		t.say("抽中的：%s", strings.Join(d.Drawn, " "))
	}
	t.say("! 这里算不出来的两件事：存证第 %s、%s、%s 笔是不是真有、时刻对不对（用 luoshi verify 核对导出的文件夹，再看这几笔）；随机数是不是来源公布的那一个（请查来源）。",
		drawSeq(d.Committed), drawSeq(d.Frozen), drawSeq(d.Revealed))
	if good {
		t.say("抽查没有问题。")
	} else {
		t.say("抽查不成立。")
	}
}

func (t terminal) drawListWrong(d ledger.Draw) string {
	if errors.Is(d.CheckDraw(), ledger.ErrDrawOrder) {
		return text.Say(t.lang, "名单的编号没有从小到大排，或者有重复。")
	}
	return text.Say(t.lang, "要抽 %s 项、每类至少 %s 项，和 %s 项的名单合不上。", fmt.Sprint(d.Count), fmt.Sprint(d.Each), fmt.Sprint(len(d.Entries)))
}

// drawTimes says when what was done.
func (t terminal) drawTimes(d ledger.Draw) string {
	return text.Say(t.lang, "承诺 %s，冻结名单 %s，随机数 %s 以后才知道，公布密数 %s。", drawInstant(d.Committed.At), drawInstant(d.Frozen.At), drawInstant(d.NotBefore), drawInstant(d.Revealed.At))
}

func drawInstant(at int64) string {
	if at == 0 {
		return "-"
	}
	return time.UnixMicro(at).In(calendar.China).Format("2006-01-02 15:04:05")
}

func drawSeq(m ledger.DrawMark) string {
	if m == (ledger.DrawMark{}) {
		return "-"
	}
	return fmt.Sprint(m.Seq)
}

// drawSampleWrong says what does not follow.
func (t terminal) drawSampleWrong(d ledger.Draw) string {
	sample := computedSample(d)
	if sample == nil {
		return text.Say(t.lang, "还不能重新抽：上面的东西不全。")
	}
	return text.Say(t.lang, "照规则重新抽了一遍，不一样。应该是：%s。写的是：%s。", strings.Join(sample, " "), strings.Join(d.Drawn, " "))
}
