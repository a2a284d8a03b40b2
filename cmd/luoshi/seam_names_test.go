package main

import (
	"strings"
	"testing"
	"time"

	"luoshi/org"
)

// What is said later of a public plan holds names and numbers too: causes, new values,
// orders, reasons and a document issued anew.
func TestNamesThatComeLaterStayInside(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(strings.Replace(halfOpen, "绝密", "", 1))
	items := leader.published(plan, 0)
	h.now = h.now.Add(24 * time.Hour)
	review := clerk.get("/office/plans/"+plan, 200)
	target := targetForm.FindStringSubmatch(review)[1]
	reason := func(cause string) []string {
		return []string{"change", "replan", "cause", cause, "approved_by", "办公会", "approved_day", "2011-08-08", "basis", "请示欧阳机密同志"}
	}
	clerk.changed(target, 200, append(reason("联系人：欧阳机密，手机13842424242。司徒建国反映"), "value", "2500", "indicator", "送书（司徒建国局长定）")...)
	clerk.changed("/office/plans/"+plan+"/items/"+items[1], 200, append(reason("司徒建国说的"), "title", "由司徒建国牵头", "lead", "图书馆 联系人：百里春风", "responsible", "百里春风", "period", "month")...)
	clerk.changed("/office/plans/"+plan+"/items/"+items[0], 200, "change", "erratum", "cause", "百里春风来电更正，电话：88004242", "responsible", "端木小雨")
	order := clerk.post("/office/plans/"+plan+"/orders/new", 200, "kind", "instruction", "words", "请南宫小雪同志抓紧，电话0500-88004242。", "giver", "南宫小雪副市长", "given", "2011-08-08", "title", "查夜间开放，找南宫小雪", "lead", "图书馆", "due", "2011-09-01")
	_ = order
	page := leader.get("/office/plans/"+plan+"/publish", 200)
	leader.wants(page, "南宫小雪")
	for _, box := range itemBox.FindAllStringSubmatch(page, -1) {
		leader.release(plan, "items", box[1])
		items = append(items, box[1])
	}
	anew := strings.Replace(strings.Replace(halfOpen, "绝密", "", 1), "送图书3000册到农村", "送图书3600册到农村，负责人：澹台明亮，请尉迟大勇同志联系13842424243", 1)
	page = clerk.post("/office/plans/"+plan+"/reissue", 200, "text", anew)
	words := []string{"欧阳机密", "13842424242", "司徒建国", "百里春风", "端木小雨", "88004242", "南宫小雪", "澹台明亮", "尉迟大勇", "13842424243", "东郭先河"}
	h.nowhere(plan, items, words...)
	document := documentAddress.FindString(page)
	page = clerk.changed(document+"/adopt", 200, "approved_by", "局长办公会", "basis", "安文〔2011〕50号")
	h.nowhere(plan, items, words...)
	for k, f := range applyForm.FindAllStringSubmatch(page, -1) {
		if k%2 == 0 {
			clerk.post(strings.TrimSuffix(f[1], "apply")+"decline", 200, "reason", "东郭先河同志不同意，澹台明亮也说不行")
		} else {
			clerk.post(f[1], 200)
		}
	}
	h.nowhere(plan, items, words...)
	leader.post("/office/plans/"+plan+"/withdraw", 200, "what", "part", "items", items[0], "why", "再核")
	h.nowhere(plan, items, words...)
	// Nothing is quoted by chance only.
	leader.wants(h.stranger().get("/plans/"+plan, 200), "■")
}
