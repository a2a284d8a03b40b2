package browser_test

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const password = "an lan shi de chun tian"

const leaflet = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、送书下乡。2011年完成送图书3000册到农村。
2、延长开放时间。力争在年前完成夜间开放的准备工作。
三、工作要求
各馆的工作方案在9月23日之前报送局办公室。
2011年8月8日
`

// tasks is a table as it is pasted from a spreadsheet.
const tasks = "安澜市公共文化服务重点任务分解表\n\n序号\t工作任务\t具体措施\t目标\t牵头单位\t配合单位\t责任人\t完成时限\t备注\n" +
	"1\t送书下乡\t组织各馆把图书送到每个乡镇的文化站，每村一箱，按季度轮换，登记造册\t2011年完成送图书3000册到农村\t市图书馆\t各县（区）文化局\t馆长\t2011年12月底前\t\n" +
	"2\t夜间开放\t各馆每周开放两晚\t开放100场以上\t市文化馆\t市图书馆\t\t2011年11月底前\t试点\n" +
	"3\t流动书车\t配齐车辆和人员\t服务读者2万人次\t市图书馆\t市财政局\t\t持续推进\t\n"

// The whole way of a plan, from the paper to the public page, without script:
// once by clicks and once by keys.
func TestWholeWayByMouseWithoutScript(t *testing.T)    { wholeWay(t, mouse{}) }
func TestWholeWayByKeyboardWithoutScript(t *testing.T) { wholeWay(t, keyboard{}) }

func wholeWay(t *testing.T, by hand) {
	t.Parallel()
	c := serve(t)
	one := c.visit(t, by)
	one.scriptless()
	one.signIn(clerk)
	one.imported(leaflet)
	one.wants("安澜市图书馆服务月方案", "3,000 册")
	one.answerFirst()
	one.deferAll()
	one.takeIntoForce()
	one.wants("已启用")

	other := c.visit(t, by)
	other.scriptless()
	other.signIn(director)
	other.follow(named("nav a", "方案"))
	other.follow(named("a", "安澜市图书馆服务月方案"))
	other.publish()
	other.wants("已公开")

	reader := c.visit(t, by)
	reader.scriptless()
	for end := time.Now().Add(patience); ; { // the public side may be two seconds old
		reader.open("/")
		reader.follow(named("nav a", "方案"))
		if reader.says("送图书3000册到农村") || time.Now().After(end) {
			break
		}
	}
	reader.wants("送图书3000册到农村")
	reader.follow(named("aside a", "送图书"))
	reader.wants("3,000 册", "方案里没有写")
}

// publish makes the plan public that is open: what to, what it will look like, who looked it over.
func (t *tab) publish() {
	t.Helper()
	t.follow(named(".acts a", "公开"))
	t.follow(named("main button", "先看公众会看到什么"))
	t.wants("预览", "还没有公开")
	t.follow(named(".strip a", "看好了，去公开"))
	t.write(one("#review_by"), "局办公室保密岗")
	t.write(one("#review_result"), "不涉及国家秘密和个人隐私，可以公开。")
	t.follow(named("main button", "公开"))
}

// signIn goes in through a one-time link and chooses a password.
func (t *tab) signIn(person string) {
	t.Helper()
	t.open(t.city.links[person])
	if !t.there(one("#login_name")) {
		t.Fatalf("no form at %s", t.where())
	}
	if eval[string](t, "document.querySelector('#login_name').value") == "" {
		t.write(one("#login_name"), person)
	}
	t.write(one("#password"), password)
	t.write(one("#again"), password)
	t.follow(named("main button", "存下并登录"))
	t.wants("今日")
}

// imported brings a document in and gives the path of its review.
func (t *tab) imported(document string) string {
	t.Helper()
	t.follow(named("nav a", "方案入库"))
	t.write(one("#text"), document)
	t.follow(named("main button", "读出任务和指标"))
	t.wants("读出来的")
	return t.where()
}

// answerFirst answers the question that is next with its first choice.
func (t *tab) answerFirst() {
	t.Helper()
	asked := t.asked()
	t.do(t.hand.press(t, one("form.ask input[type=radio]"), " "))
	if eval[bool](t, "document.querySelector('.keys').hidden") { // no script: with it, choosing is answering
		t.follow(one("form.ask button"))
	}
	if !t.lessAsked(asked) {
		t.Fatalf("at %s: an answer does nothing", t.where())
	}
	t.wants("答了 1 问")
}

// deferAll puts off what was not answered yet.
func (t *tab) deferAll() {
	t.Helper()
	for n := 0; t.there(one("form.ask [name=later]")); n++ {
		if n == 100 {
			t.Fatalf("at %s: the questions do not end", t.where())
		}
		asked := t.asked()
		t.do(t.hand.press(t, one("form.ask [name=later]"), "\r"))
		if !t.lessAsked(asked) {
			t.Fatalf("at %s: putting off a question does nothing", t.where())
		}
	}
}

// asked counts the questions that wait for an answer, -1 while the page is loading.
func (t *tab) asked() int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	n, err := chromedp.Run(ctx, chromedp.Evaluate[int]("document.readyState === 'complete' ? document.querySelectorAll('[data-ask]').length : -1"))
	if err != nil {
		return -1 // the page went away while it was asked
	}
	return n
}

// lessAsked waits until fewer questions wait than before.
func (t *tab) lessAsked(before int) bool {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if n := t.asked(); n >= 0 && n < before {
			return true
		}
	}
	return false
}

func (t *tab) takeIntoForce() {
	t.Helper()
	t.follow(named(".acts a", "启用"))
	t.write(one("#approved_by"), "局长办公会第 9 次会议")
	t.follow(named("main button", "启用"))
}
