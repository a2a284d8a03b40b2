package main

import (
	"testing"
	"time"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

// A slip that the clerk of a unit printed opens nothing any more once its account came to
// a post of the bureau: whoever kept it would come in with rights they may not give.
func TestSlipsEndWhereRightsGrow(t *testing.T) {
	h := open(t)
	admin := h.found()
	unit := admin.unit("市图书馆")
	_, link := admin.join(unit, "办公室主任", "徐静", "unit_clerk")
	clerk := h.enter(link, "xu")
	who := h.administrator()
	bureau, err := h.office.Bureau(t.Context())
	h.must(err)
	post, err := h.office.OpenPost(t.Context(), h.office.Cmd(who, web.NewCommand()), org.Post{Unit: bureau, Title: "信息岗二", Roles: []org.Role{org.Administrator}})
	h.must(err)
	held, err := h.office.OpenPost(t.Context(), h.office.Cmd(who, web.NewCommand()), org.Post{Unit: bureau, Title: "综合岗二", Roles: []org.Role{org.Clerk}})
	h.must(err)
	leaver, err := h.office.OpenAccount(t.Context(), h.office.Cmd(who, web.NewCommand()), desk.NewAccount{Post: held, Name: "苏晴"})
	h.must(err)
	for name, grow := range map[string]func(account, own string){
		"甲": func(account, _ string) {
			admin.post("/office/posts/"+post.String()+"/appoint", 200, "account", account, "kind", "holder", "from", h.now.Add(24*time.Hour).Format(time.DateOnly))
		},
		"乙": func(_, own string) {
			admin.post("/office/posts/"+own+"/roles", 200, "roles", "unit_clerk", "roles", "clerk")
		},
		"丙": func(account, _ string) {
			admin.post("/office/handover?account="+leaver.String(), 200, "post", held.String(), "successor", account, "from", h.now.Add(24*time.Hour).Format(time.DateOnly))
		},
	} {
		account, _ := admin.join(unit, name+"岗", name, "reporter")
		code := clerk.slips(account)[0]
		h.stranger().get("/office/link/"+code, 200)
		admin.post("/office/posts/"+admin.postOf(unit, name+"岗")+"/roles", 200, "roles", "unit_head")
		h.stranger().get("/office/link/"+code, 200) // what the clerk may give is no matter
		grow(account, admin.postOf(unit, name+"岗"))
		h.stranger().get("/office/link/"+code, 404)
		clerk.post("/office/accounts/slips", 403, "account", account)
	}
}
