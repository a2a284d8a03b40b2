package browser_test

import "testing"

// Two people have one draft open. What one saves appears at the other's without a
// reload, says who did it, and is not overwritten by a form that was opened before; each
// undoes what is their own.
func TestTwoPeopleOnOneDraft(t *testing.T) {
	t.Parallel()
	one := begins(t, true, false)
	one.step("two people")
	one.goes(named("nav a", "方案入库"))
	one.press(element("document.getElementById('text')"))
	one.do(insert(leaflet))
	one.goes(named("main button", "读出任务和指标"))
	review := one.where()
	other := &walk{tab: one.city.visit(t, mouse{}), script: true}
	other.signIn(administrator)
	other.step("two people")
	other.open(review)

	// The other opens a form before the first saves, and types into it afterwards.
	other.opens(linkIn(itemOf("送书下乡"), "改"), "")

	one.opens(linkIn(itemOf("送书下乡"), "改"), "")
	one.sets("title", "送书到村")
	one.sets("lead", "市博物馆")
	one.saves()

	// Told who did what, asked before anything is overwritten, and nothing typed is lost.
	other.sets("lead", "市图书馆")
	other.until("document.querySelector('.errors')") // it saves by itself
	other.wants("周明远", "市博物馆", "您填的")
	if got := eval[string](other.tab, form+".elements.lead.value"); got != "市图书馆" {
		t.Errorf("what was typed is %q", got)
	}
	other.key("\r")
	other.until("!document.querySelector('.inplace')")
	// The title that only the first changed stays as the first made it.
	other.until("[...document.querySelectorAll('.itemread b')].some(e => e.textContent === '送书到村')")
	other.wants("牵头 市图书馆")
	one.until("document.querySelector('#tell').textContent.includes('方晓舟')")
	one.until("document.body.innerText.includes('牵头 市图书馆')")

	// The first cannot undo: what it set was changed since, and says so.
	one.key("u")
	one.until("document.querySelector('#tell').textContent.includes('改过')")
	one.wants("牵头 市图书馆", "送书到村")
	other.key("u")
	other.until("document.body.innerText.includes('牵头 市博物馆')")
	one.until("document.body.innerText.includes('牵头 市博物馆')")
	one.wants("送书到村")
}
