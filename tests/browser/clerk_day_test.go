package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
)

// aDayLasts is how many minutes a clerk's day with accounts may take; ten was the aim.
const aDayLasts = 3.0

// A clerk's day with accounts: one for each township, their slips, one that was lost, one
// of somebody who left.
func TestClerksDayWithAccounts(t *testing.T) {
	w := begins(t, true, false)
	w.step("给全部乡镇开账号")
	w.goes(named("nav a", "人员和账号"))
	w.goes(named("main a", "一次开许多账号"))
	w.reads(w.asks())
	w.sets("title", "文化专干")
	w.press(one(`[name="units"][value="township"]`))
	w.decides(2)
	w.goes(named("main button", "开这些账号"))
	opened := int(eval[float64](w.tab, "document.querySelectorAll('main input[name=account]').length"))
	if opened < 130 {
		t.Fatalf("%d accounts", opened)
	}

	w.step("打印条子")
	w.reads(eval[string](w.tab, "document.querySelector('.lede').innerText"))
	w.goes(named("main button", "打印这"))
	w.wants("这一页只显示一次")
	w.reads(eval[string](w.tab, "document.querySelector('.top').innerText"))
	if got := int(eval[float64](w.tab, "document.querySelectorAll('.slip .code').length")); got != opened {
		t.Fatalf("%d slips of %d accounts", got, opened)
	}
	w.now().keys += 3 // Ctrl+P, Enter
	w.decides(1)
	if pdf := w.printed(); len(pdf) < 100_000 {
		t.Errorf("the slips print to %d bytes", len(pdf))
	}

	w.step("补一张丢了的条子")
	w.finds("清渡区")
	lost := eval[string](w.tab, "document.querySelector('.units a').textContent")
	w.goes(one(".units a"))
	w.wants(lost, "文化专干")
	w.decides(1)
	w.goes(linkIn("[...document.querySelectorAll('main tr')].find(e => e.textContent.includes('文化专干'))", "登录情况"))
	w.goes(named("main button", "补一张条子"))
	if got := eval[float64](w.tab, "document.querySelectorAll('.slip .code').length"); got != 1 {
		t.Errorf("%v slips", got)
	}
	w.now().keys += 3

	w.step("停用离开的人的账号")
	w.finds("岱屿县")
	w.goes(one(".units a"))
	w.decides(1)
	w.goes(named("main a", "人员和账号"))
	w.goes(linkIn("[...document.querySelectorAll('main tr')].find(e => e.textContent.includes('文化专干'))", "停用"))
	w.reads(eval[string](w.tab, "document.querySelector('.lede').innerText"))
	w.goes(named("main button", "停用"))

	w.dayTable()
	if got := w.minutes(""); got > aDayLasts {
		t.Errorf("the day took %.1f minutes, at most %.1f", got, aDayLasts)
	}
}

// finds types the name of a unit into the field on top, and opens its page.
func (w *walk) finds(unit string) {
	w.Helper()
	w.press(one("header [name=q]"))
	w.types(unit)
	w.goes(named("header button", "搜索"))
	w.goes(named("main section a", unit))
}

// dayTable writes what each step took.
func (w *walk) dayTable() {
	w.Helper()
	var out strings.Builder
	for _, c := range w.steps {
		fmt.Fprintf(&out, "%s: %.0f keys, %d clicks, %d decisions, %d read, %.1f s waited, %.1f s\n", c.name, c.keys, c.clicks, c.decisions, c.read, c.waited.Seconds(), c.seconds())
	}
	w.Logf("%sall: %.1f minutes, waiting apart", out.String(), w.minutes(""))
}

// Somebody with a slip and a shared phone: comes in, sets a PIN, sees the duties, is away
// too long with a form half filled in, comes back by the PIN, and the form is still there.
func TestSlipAndPINOnAPhone(t *testing.T) {
	c := serve(t)
	office := c.visit(t, mouse{})
	office.signIn(administrator)
	office.open("/office/accounts/new")
	office.write(one("#unit"), "市图书馆")
	office.write(one("#title"), "报送员")
	office.write(one("#name"), "苏小舟")
	office.tick(one(`[name="roles"][value="reporter"]`))
	office.follow(named("main button", "开账号"))
	account := strings.TrimPrefix(eval[string](office, "location.hash"), "#")
	office.open("/office/accounts/" + account + "/sessions")
	office.follow(named("main button", "补一张条子"))
	code := eval[string](office, "document.querySelector('.slip .code').textContent.trim()")

	phone := c.visit(t, mouse{})
	phone.size(390)
	phone.open("/office/sign-in")
	phone.write(one("[name=code]"), strings.ToLower(code))
	phone.follow(named("main button", "下一步"))
	phone.wants("市图书馆 报送员", "在这部手机上用 PIN")
	phone.write(one("#pin"), "580231")
	phone.write(one("#pin_again"), "580231")
	phone.follow(named("main button", "设好 PIN 并登录"))
	phone.wants("今天", "办完了，退出")
	phone.fits()
	phone.follow(named("nav a", "本单位的任务"))
	phone.wants("实施文化下乡")
	phone.fits()

	// The form that is half filled in when the session is over.
	phone.follow(one(`nav a[href$="/office/units"]`))
	phone.wants("市图书馆")
	phone.follow(named("main a", "工作机构和联系方式"))
	phone.write(one("#contact"), "0500-8812 3456 找苏小舟")
	phone.forgets("luoshi")
	phone.follow(named("main button", "存下"))
	phone.wants("报送员")
	phone.fits()
	phone.write(one("[name=pin]"), "580231")
	phone.follow(named("main button", "登录"))
	phone.wants("您刚才填的内容还在")
	phone.follow(named("main button", "交上去"))
	phone.wants("0500-8812 3456 找苏小舟")

	// Signing out leaves the phone with the post's name and nothing else.
	phone.follow(named("button", "办完了，退出"))
	phone.open("/office/sign-in")
	phone.wants("报送员")
	if phone.says("苏小舟") {
		t.Error("the phone names its holder to whoever looks")
	}
}

// fits complains of a page that is wider than the window.
func (t *tab) fits() {
	t.Helper()
	if over := eval[float64](t, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
		t.Errorf("at %s: %v pixels too wide", t.where(), over)
	}
}

// forgets drops a cookie, as if its time were over.
func (t *tab) forgets(cookie string) {
	t.Helper()
	call(t, network.DeleteCookies, network.DeleteCookiesParams{Name: cookie, URL: t.city.base})
}
