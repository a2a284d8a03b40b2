package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"luoshi/document"
	"luoshi/plan"
)

func compare(before, after string) ([]plan.Change, int) {
	return plan.Compare(document.Source{Text: before}, plan.Read(before), document.Source{Text: after}, plan.Read(after))
}

// summary writes changes one a line: kind, where, and what.
func summary(changes []plan.Change) string {
	var b strings.Builder
	for _, c := range changes {
		at := func(x *plan.Clause) string {
			if x == nil {
				return "-"
			}
			return x.Item
		}
		fmt.Fprintf(&b, "%s %s %s", c.Kind, at(c.Old), at(c.New))
		switch c.Kind {
		case plan.NumberChanged, plan.DateChanged, plan.OwnerChanged:
			fmt.Fprintf(&b, " %s:%s→%s", c.What, c.From, c.To)
		case plan.Reworded:
			fmt.Fprintf(&b, " %s→%s", marked(c.Old.Runs), marked(c.New.Runs))
		case plan.Added:
			fmt.Fprintf(&b, " %s", c.New.Words)
		case plan.Dropped:
			fmt.Fprintf(&b, " %s", c.Old.Words)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func marked(runs []plan.Run) string {
	var out []string
	for _, r := range runs {
		if r.Differs {
			out = append(out, r.Text)
		}
	}
	return strings.Join(out, "|")
}

const duties = `安澜市读书实施方案
一、重点任务
（一）建设读书室。2023年底前，新建读书室20个。添置书架，配齐桌椅。
（二）送书下乡。每年送书3.6万册到村。（市文化局牵头，市财政局配合）
（三）培训队伍。三年内培训骨干3000名以上。
（四）办好读书节。2023年9月举办安澜读书节，邀请作家进校园。
二、保障措施
（一）加强调度。各地每季度末报送进展。
`

func TestCompare(t *testing.T) {
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(duties) }
	for name, x := range map[string]struct{ after, want string }{
		"the same":              {duties, ""},
		"full-width signs":      {replace("3.6", "３.６", "2023", "２０２３", "，", ",", "（", "(", "）", ")"), ""},
		"other punctuation":     {replace("添置书架，", "添置书架、"), ""},
		"a number":              {replace("20个", "30个"), "number 一/一 一/一 新建读书室:20 个→30 个"},
		"a unit":                {replace("3.6万册", "3.6万本"), "number 一/二 一/二 每年送书到村:36,000 册/年→36,000 本/年"},
		"a limit":               {replace("3000名以上", "3000名"), "number 一/三 一/三 培训骨干:≥ 3,000 名→3,000 名"},
		"a date":                {replace("2023年底前，新", "2024年6月底前，新"), "date 一/一 一/一 :2023-12-31→2024-06-30"},
		"a number and a date":   {replace("2023年底前，新建读书室20个", "2024年底前，新建读书室25个"), "number 一/一 一/一 新建读书室:20 个→25 个\ndate 一/一 一/一 :2023-12-31→2024-12-31"},
		"a unit that leads":     {replace("市文化局牵头", "市教育局牵头"), "owner 一/二 一/二 :牵头：市文化局；配合：市财政局→牵头：市教育局；配合：市财政局"},
		"owners gone":           {replace("（市文化局牵头，市财政局配合）", ""), "owner 一/二 一/二 :牵头：市文化局；配合：市财政局→"},
		"other words":           {replace("邀请作家进校园", "邀请诗人进校园"), "reworded 一/四 一/四 作家→诗人"},
		"a sentence more":       {replace("进校园。", "进校园。评选书香家庭。"), "new - 一/四 评选书香家庭"},
		"a sentence less":       {replace("添置书架，配齐桌椅。", ""), "dropped 一/一 - 添置书架，配齐桌椅"},
		"two sentences swapped": {replace("2023年底前，新建读书室20个。添置书架，配齐桌椅。", "添置书架，配齐桌椅。2023年底前，新建读书室20个。"), "moved 一/一 一/一"},
		"an item dropped": {replace("（三）培训队伍。三年内培训骨干3000名以上。\n", "", "（四）", "（三）"),
			"dropped 一/三 - 培训队伍。三年内培训骨干3000名以上\nrenumbered 一/四 一/三"},
		"an item more": {replace("（四）", "（四）建立书单。编制推荐书目。\n（五）"),
			"new - 一/四 建立书单。编制推荐书目\nrenumbered 一/四 一/五"},
		"an item moved to another heading": {replace("（一）建设读书室。2023年底前，新建读书室20个。添置书架，配齐桌椅。\n", "", "（二）", "（一）", "（三）", "（二）", "（四）", "（三）",
			"进展。\n", "进展。\n（二）建设读书室。2023年底前，新建读书室20个。添置书架，配齐桌椅。\n"),
			"renumbered 一/二 一/一\nrenumbered 一/三 一/二\nrenumbered 一/四 一/三\nmoved 一/一 二/二"},
		"an item moved and changed": {replace("（三）培训队伍。三年内培训骨干3000名以上。\n", "", "（四）", "（三）", "进展。\n", "进展。\n（二）培训队伍。三年内培训骨干5000名以上。\n"),
			"renumbered 一/四 一/三\nmoved 一/三 二/二\nnumber 一/三 二/二 培训骨干:≥ 3,000 名→≥ 5,000 名"},
		"two items swapped": {replace("（三）培训队伍。三年内培训骨干3000名以上。\n（四）办好读书节。2023年9月举办安澜读书节，邀请作家进校园。",
			"（三）办好读书节。2023年9月举办安澜读书节，邀请作家进校园。\n（四）培训队伍。三年内培训骨干3000名以上。"), "moved 一/四 一/三\nrenumbered 一/三 一/四"},
		"an item split": {replace("20个。添置书架，配齐桌椅。", "20个。\n（二）添置书架，配齐桌椅。", "（二）", "（三）", "（三）", "（四）", "（四）", "（五）"),
			"split 一/一 一/二\nrenumbered 一/二 一/三\nrenumbered 一/三 一/四\nrenumbered 一/四 一/五"},
		"a sentence split": {replace("（四）办好读书节。2023年9月举办安澜读书节，邀请作家进校园。", "（四）办好读书节。2023年9月举办安澜读书节。\n（五）邀请作家进校园。"),
			"split 一/四 一/五"},
		"two items made one": {replace("20个。添置书架，配齐桌椅。\n（二）送书下乡。", "20个。添置书架，配齐桌椅。送书下乡。", "（三）", "（二）", "（四）", "（三）"),
			"merged 一/二 一/一\nowner 一/一 一/一 :→牵头：市文化局；配合：市财政局\nrenumbered 一/三 一/二\nrenumbered 一/四 一/三"},
		"a heading reworded": {replace("一、重点任务", "一、主要任务"), "reworded 一 一 重点→主要"},
		"another style of counters": {replace("一、", "第一章 ", "二、", "第二章 ", "（一）", "一、", "（二）", "二、", "（三）", "三、", "（四）", "四、"),
			""},
	} {
		t.Run(name, func(t *testing.T) {
			changes, _ := compare(duties, x.after)
			if got := strings.TrimSpace(summary(changes)); got != strings.TrimSpace(x.want) {
				t.Errorf("got\n%s\nwant\n%s", got, x.want)
			}
			back, _ := compare(x.after, duties)
			mirrored(t, changes, back)
		})
	}
}

// mirrored fails where what one comparison calls new is not what the other calls dropped.
func mirrored(t interface{ Errorf(string, ...any) }, changes, back []plan.Change) {
	words := func(changes []plan.Change, kind plan.ChangeKind) []string {
		var out []string
		for _, c := range changes {
			switch {
			case c.Kind != kind:
			case kind == plan.Added:
				out = append(out, c.New.Words)
			default:
				out = append(out, c.Old.Words)
			}
		}
		slices.Sort(out)
		return out
	}
	for _, k := range [][2]plan.ChangeKind{{plan.Added, plan.Dropped}, {plan.Dropped, plan.Added}} {
		if one, other := words(changes, k[0]), words(back, k[1]); !slices.Equal(one, other) {
			t.Errorf("%s forwards: %q\n%s backwards: %q", k[0], one, k[1], other)
		}
	}
}

// wrapped breaks a text as a page of 30 columns does, with page numbers.
func wrapped(text string) string {
	var b strings.Builder
	lines := 0
	for _, paragraph := range strings.Split(strings.TrimSpace(text), "\n") {
		runes := append([]rune("　　"), []rune(paragraph)...)
		for len(runes) > 0 {
			n := min(len(runes), 28)
			b.WriteString(string(runes[:n]) + "\n")
			runes = runes[n:]
			if lines++; lines%20 == 0 {
				fmt.Fprintf(&b, "\n— %d —\n\n", lines/20)
			}
		}
	}
	return b.String()
}

func TestCompareLayouts(t *testing.T) {
	changes, same := compare(anlan, wrapped(anlan))
	if len(changes) > 0 || same < 30 {
		t.Errorf("%d the same\n%s", same, summary(changes))
	}
}

// The same plan in full-width signs and as the text layer of a PDF has the same content.
func TestSuppliedPlansCompare(t *testing.T) {
	texts := supplied(t)
	for _, other := range []string{"035", "036"} {
		if changes, same := compare(texts["000"], texts[other]); len(changes) > 0 || same < 50 {
			t.Errorf("000 against %s: %d the same\n%s", other, same, summary(changes))
		}
	}
	later := strings.NewReplacer("4、广泛开展群众性文化活动。办好第六届农民文化节基层社区系列文化活动、2012新春音乐会、元宵节等群众性文化活动。\n", "", "5、动员", "4、动员").Replace(texts["000"])
	changes, _ := compare(texts["036"], later)
	if got := summary(changes); !strings.HasPrefix(got, "dropped 三/一/4 - 广泛") || !strings.HasSuffix(got, "\nrenumbered 三/一/5 三/一/4\n") || len(changes) != 2 {
		t.Error(got)
	}
	changes, _ = compare(texts["000"], strings.Replace(texts["036"], "1500", "1600", 1))
	if got := summary(changes); got != "number 三/一/2 三/一/2 送演出:1,500 场→1,600 场\n" {
		t.Error(got)
	}
}

func TestCompareLargeDocuments(t *testing.T) {
	var old, new strings.Builder
	old.WriteString("安澜市读书实施方案\n")
	new.WriteString("安澜市读书实施方案\n")
	for i := 1; old.Len() < 1<<20; i++ {
		fmt.Fprintf(&old, "%d.第%d号工程。在第%d号地块建设读书室，编号%d，由第%d工程队承建，%d年底前建成%d个。\n", i%900+1, i, i*7, i*13, i%90, 2020+i%9, i%50+2)
		if i%97 != 0 { // some dropped, some changed
			fmt.Fprintf(&new, "%d.第%d号工程。在第%d号地块建设读书室，编号%d，由第%d工程队承建，%d年底前建成%d个。\n", i%900+1, i, i*7, i*13, i%90, 2020+i%9, i%50+2+i%2)
		}
	}
	before, after := plan.Read(old.String()), plan.Read(new.String())
	began := time.Now()
	changes, same := plan.Compare(document.Source{Text: old.String()}, before, document.Source{Text: new.String()}, after)
	took := time.Since(began)
	t.Logf("%d bytes, %d changes, %d the same: %v", old.Len(), len(changes), same, took)
	if took > time.Minute { // 2 s where nobody else works; this only catches squares
		t.Errorf("took %v", took)
	}
	dropped := 0
	for _, c := range changes {
		if c.Kind == plan.Dropped {
			dropped++
		}
	}
	if dropped == 0 {
		t.Error("nothing was dropped")
	}
}

// versions draws a document and another made from it by an author's hand.
func versions(t *rapid.T) (before, after string) {
	sentence := rapid.SampledFrom([]string{"建设读书室20个。", "2023年底前完成。", "添置书架，配齐桌椅。", "每年送书3.6万册。", "（市文化局牵头）", "责任单位：市教育局\n", "邀请作家进校园。", "甲。", "添置书架。", "各地报送进展；"})
	counter := rapid.SampledFrom([]string{"一、", "二、", "（一）", "（二）", "1.", "2.", "\n", ""})
	lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return counter.Draw(t, "counter") + strings.Join(rapid.SliceOfN(sentence, 1, 3).Draw(t, "sentences"), "")
	}), 1, 12).Draw(t, "lines")
	changed := slices.Clone(lines)
	for range rapid.IntRange(0, 4).Draw(t, "edits") {
		k := rapid.IntRange(0, len(changed)).Draw(t, "at")
		switch rapid.IntRange(0, 2).Draw(t, "edit") {
		case 0:
			changed = slices.Insert(changed, k, counter.Draw(t, "counter")+sentence.Draw(t, "sentence"))
		case 1:
			if k < len(changed) {
				changed = slices.Delete(changed, k, k+1)
			}
		default:
			if k < len(changed) {
				line := changed[k]
				changed = slices.Delete(changed, k, k+1)
				changed = slices.Insert(changed, rapid.IntRange(0, len(changed)).Draw(t, "to"), line)
			}
		}
	}
	return strings.Join(lines, "\n"), strings.Join(changed, "\n")
}

func TestCompareIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := versions(t)
		if changes, _ := compare(before, before); len(changes) > 0 {
			t.Fatalf("a document differs from itself:\n%s", summary(changes))
		}
		changes, same := compare(before, after)
		back, sameBack := compare(after, before)
		mirrored(t, changes, back)
		if len(changes) == 0 && len(back) > 0 || same < 0 || len(changes) == 0 && same != sameBack {
			t.Fatalf("%d the same forwards, %d backwards\n%s\n%s", same, sameBack, summary(changes), summary(back))
		}
		for _, c := range changes {
			for _, side := range []struct {
				clause *plan.Clause
				text   string
			}{{c.Old, before}, {c.New, after}} {
				if side.clause != nil && (!side.clause.Span.Fits(len([]rune(side.text))) || side.clause.Line < 1) {
					t.Fatalf("%s: %+v", c.Kind, side.clause)
				}
			}
		}
	})
}

func TestCompareOddTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 3, 12))
		text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 50).Draw(t, "pieces"), "") })
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		if changes, _ := compare(before, before); len(changes) > 0 {
			t.Fatalf("a document differs from itself:\n%s", summary(changes))
		}
		changes, _ := compare(before, after)
		back, _ := compare(after, before)
		mirrored(t, changes, back)
	})
}
