package main

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"luoshi/org"
)

// A plan of which one item is not public, with a name and a number in another.
const halfOpen = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、送书下乡。2011年完成送图书3000册到农村。
2、延长开放时间。力争在2011年底前完成夜间开放的绝密准备工作。
3、培训骨干。2011年底前培训文化骨干200名。
三、工作要求
各馆的工作方案在9月23日之前报送局办公室。
2011年8月8日
`

// Issued anew: the item that is not public moved, was reworded, or became another.
var halfOpenAnew = map[string]string{
	"moved": `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、延长开放时间。力争在2011年底前完成夜间开放的绝密准备工作。
2、送书下乡。2011年完成送图书3000册到农村。
3、培训骨干。2011年底前培训文化骨干200名。
三、工作要求
各馆的工作方案在9月23日之前报送局办公室。
2011年8月8日
`,
	"another number": `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、送书下乡。2011年完成送图书3000册到农村。
2、延长开放时间。力争在2012年6月底前完成夜间开放的绝密准备工作。
3、培训骨干。2011年底前培训文化骨干200名。
三、工作要求
各馆的工作方案在9月23日之前报送局办公室。
2011年8月8日
`,
	"written anew": `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、送书下乡。2011年完成送图书3000册到农村。
2、夜间也开门。绝密的夜班安排由各馆自己定，2012年6月底前开到晚上九点。
3、培训骨干。2011年底前培训文化骨干200名。
三、工作要求
各馆的工作方案在9月23日之前报送局办公室。
2011年8月8日
`,
}

var documentAddress = regexp.MustCompile(`/office/plans/[0-9A-Z]{13}/documents/[0-9A-Z]{13}`)

// publicPages are all addresses at which a stranger may ask about a plan.
func (h *house) publicPages(plan string, items []string) (all []string) {
	paths := []string{"/", "/ledger", "/data/ledger", "/changes.rss", "/units", "/data/plans", "/data/units"}
	for _, at := range []string{"", "?at=2011-08-08", "?at=2011-08-09", "?at=2011-08-10", "?at=2011-08-20", "?at=2010-01-01", "?lamp=idle", "?project=1", "?unit=%E5%B1%80", "?phase=1"} {
		paths = append(paths, "/plans/"+plan+at, "/data/plans/"+plan+at, "/plans/"+plan+"/booklet"+at, "/plans/"+plan+"/calendar.ics"+at, "/plans/"+plan+"/qr.svg"+at)
		for _, i := range items {
			paths = append(paths, "/items/"+i+at, "/data/items/"+i+at)
		}
	}
	for _, version := range []string{"1", "2", "3"} {
		paths = append(paths, "/plans/"+plan+"/documents/"+version)
	}
	paths = append(paths, "/plans/"+plan+"/original")
	for seq := range 90 {
		paths = append(paths, "/ledger/"+strconv.Itoa(seq), "/data/ledger/"+strconv.Itoa(seq))
	}
	for _, p := range paths {
		all = append(all, p, "/en"+p)
	}
	return all
}

// nowhere fails where one of some words is at a public address or in the public export.
func (h *house) nowhere(plan string, items []string, words ...string) {
	h.Helper()
	reader := h.stranger()
	for _, path := range h.publicPages(plan, items) {
		status, body, _ := reader.send(h.asking(path))
		if status == 500 {
			h.Errorf("%s: broken", path)
		}
		for _, w := range words {
			if strings.Contains(body, w) {
				at := strings.Index(body, w)
				h.Errorf("%s shows %q: …%s…", path, w, body[max(0, at-60):min(len(body), at+60)])
			}
		}
	}
	h.verified(words...)
}

func TestWordsOfItemsThatAreNotPublicStayInADocumentIssuedAnew(t *testing.T) {
	for name, anew := range halfOpenAnew {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			clerk := h.found()
			leader := clerk.hire("顾海川", "gu", org.Approver)
			plan := clerk.forced(halfOpen)
			items := leader.half(plan, "延长开放")
			h.nowhere(plan, items, "绝密")
			h.now = h.now.Add(24 * time.Hour)
			page := clerk.post("/office/plans/"+plan+"/reissue", 200, "text", anew)
			document := documentAddress.FindString(page)
			h.nowhere(plan, items, "绝密")
			page = clerk.changed(document+"/adopt", 200, "approved_by", "局长办公会", "basis", "安文〔2011〕50号")
			h.nowhere(plan, items, "绝密")
			forms := applyForm.FindAllStringSubmatch(page, -1)
			for k, f := range forms {
				if k%2 == 0 {
					clerk.post(strings.TrimSuffix(f[1], "apply")+"decline", 200, "reason", "绝密的理由")
				} else {
					clerk.post(f[1], 200)
				}
			}
			h.nowhere(plan, items, "绝密")
			leader.post("/office/plans/"+plan+"/withdraw", 200, "what", "whole", "why", "核对")
			h.nowhere(plan, items, "绝密", "送图书", "图书馆服务月")
		})
	}
}

// half makes a plan public but the items whose title has some words.
func (p *person) half(plan string, but string) (items []string) {
	p.Helper()
	var pairs []string
	for _, box := range regexp.MustCompile(`(?s)name="items" value="([0-9A-Z]{13})".*?</label>`).FindAllStringSubmatch(p.get("/office/plans/"+plan+"/publish", 200), -1) {
		items = append(items, box[1])
		if !strings.Contains(box[0], but) {
			pairs = append(pairs, "items", box[1])
		}
	}
	if len(pairs) != 2*(len(items)-1) {
		p.Fatalf("%d of %d chosen", len(pairs)/2, len(items))
	}
	p.release(plan, pairs...)
	return items
}
