package accounts

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

// newcomer is the successor who has no account yet.
const newcomer = "new"

// handOver asks who takes over what from when: of one's own posts, or of those of whom
// the address names.
func handOver(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	me := page.Who(ctx)
	account := me.Account
	if want := r.URL.Query().Get("account"); want != "" {
		var err error
		if account, err = id.Of[id.Account](want); err != nil {
			return page.Sheet{}, desk.ErrMissing
		}
	}
	act := func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		return handOverAs(s, ctx, cmd, account, f)
	}
	if page.IsBare(r) {
		return page.Sheet{Bare: true, Act: act}, nil
	}
	l, err := s.Office.Leaver(ctx, me, account, true)
	if err != nil {
		return page.Sheet{}, err
	}
	sh := page.Sheet{
		Title: web.T(ctx, "交接：%s", accountName(ctx, l.Account)), Back: page.UnitPath(l.UnitID), To: page.LeaverPath(account), Button: web.T(ctx, "办交接"), Act: act,
		Lede: web.T(ctx, "职责和任务跟着岗位走：接手的人从哪一天起，交出来的人的前一天就是最后一天，中间不空一天，也不重一天。"),
	}
	if account == me.Account {
		sh.Title = web.T(ctx, "交接：我的岗位")
	}
	beside, err := readBesideHandover(s, ctx, r, l)
	if err != nil {
		return page.Sheet{}, err
	}
	sh.Below = beside.page()
	may := l.May()
	if len(may) == 0 {
		sh.Stop = fault.New(fault.Conflict, "这个人今天不在任何岗位上，没有可以交的。")
		if len(l.Posts) > 0 {
			sh.Stop = l.Posts[0].Why
		}
		return sh, nil
	}
	u, err := s.Office.UnitOn(ctx, me, may[0].Unit, s.Office.Today())
	if err != nil {
		return page.Sheet{}, err
	}
	successors, err := successors(s, ctx, u, account)
	if err != nil {
		return page.Sheet{}, err
	}
	sh.Stands = url.Values{"close": {"1"}, "from": {string(firstDay(s, me, account))}}
	posts := page.Input{Name: "post", Kind: "checks", Label: web.T(ctx, "交出去的岗位")}
	for _, h := range may {
		posts.Choices = append(posts.Choices, web.Choice{Value: h.Post.String(), Words: heldWords(ctx, h), Document: true})
		if want := r.URL.Query().Get("post"); want == "" || want == h.Post.String() {
			sh.Stands.Add("post", h.Post.String())
		}
	}
	sh.Inputs = []page.Input{posts, {Name: "successor", Kind: "select", Label: web.T(ctx, "谁接手"), Hint: web.T(ctx, "列的是本单位、上级和下级单位里有账号的人。"), Choices: successors}}
	if u.Can("account.open") {
		sh.Inputs = append(sh.Inputs,
			page.Input{Name: "name", Kind: "text", Label: web.T(ctx, "新来的人的姓名"), Hint: web.T(ctx, "只在选了“新来的人”时填。账号一起开好，办完给他发一次性链接。")},
			page.Input{Name: "phone", Kind: "tel", Label: web.T(ctx, "新来的人的电话"), Hint: web.T(ctx, "可以不填。只有管账号的人看得到，和姓名一样封存着。")})
	}
	sh.Inputs = append(sh.Inputs,
		page.Input{Name: "from", Kind: "date", Label: web.T(ctx, "接手的人从哪一天起"), Hint: web.T(ctx, "写今天，交出来的人今天就什么也不能再做；写以后的日子，到那天以前一切照旧。")},
		page.Input{Name: "close", Kind: "checks", Label: web.T(ctx, "交出来的人的账号"), Choices: []web.Choice{{Value: "1", Words: web.T(ctx, "没有别的岗位了，就停用")}}})
	return sh, nil
}

// firstDay is the day that is offered: who hands over their own posts still has today to
// print the list.
func firstDay(s *page.Side, me desk.Who, account id.Account) calendar.Day {
	if account == me.Account {
		return s.Office.Today().AddDays(1)
	}
	return s.Office.Today()
}

// heldWords is a post as it is called, with its unit.
func heldWords(ctx context.Context, h desk.Held) string {
	words := h.UnitName + " · " + h.Title
	if h.Acting {
		words += web.T(ctx, "（代理，到%s为止）", web.Date(ctx, h.To))
	}
	return words
}

// successors offers the people near a unit but the predecessor, and somebody new.
func successors(s *page.Side, ctx context.Context, u desk.OfficeUnit, predecessor id.Account) ([]web.Choice, error) {
	people, err := peopleNear(s, ctx, u.Unit)
	people = slices.DeleteFunc(people, func(c web.Choice) bool { return c.Value == predecessor.String() })
	if u.Can("account.open") {
		people = append(people, web.Choice{Value: newcomer, Words: web.T(ctx, "新来的人，姓名写在下面")})
	}
	return people, err
}

// readBesideHandover is what stands below the form: what goes along, and where nobody was
// named whom else it may be about, and what was handed over before.
func readBesideHandover(s *page.Side, ctx context.Context, r *http.Request, l desk.Leaver) (b besideHandover, err error) {
	b = besideHandover{Leaver: l, Today: s.Office.Today()}
	if b.Before, err = s.Office.Handovers(ctx, page.Who(ctx), l.UnitID); err != nil || r.URL.Query().Has("account") {
		return b, err
	}
	lines, err := s.Office.AccountsIn(ctx, page.Who(ctx), l.UnitID)
	if fault.Is(err, fault.Denied) {
		return b, nil
	}
	seen := map[id.Account]bool{l.ID: true}
	for _, line := range lines {
		if !seen[line.ID] {
			seen[line.ID] = true
			b.Others = append(b.Others, line)
		}
	}
	return b, err
}

// handOverAs does what a form asks, and ends at once whatever lets somebody in who has no
// post any more.
func handOverAs(s *page.Side, ctx context.Context, cmd desk.Cmd, account id.Account, f web.Form) (string, error) {
	n := desk.HandingOver{Predecessor: account, Name: f.Value("name"), Phone: f.Value("phone"), First: calendar.Day(f.Value("from")), Close: f.Value("close") != ""}
	for _, v := range f.Values["post"] {
		post, err := id.Of[id.Post](v)
		if err != nil {
			return "", desk.ErrMissing
		}
		n.Posts = append(n.Posts, post)
	}
	if to := f.Value("successor"); to != newcomer {
		successor, err := id.Of[id.Account](to)
		if err != nil {
			return "", fault.New(fault.Invalid, "请选谁接手。").In("successor")
		}
		n.Successor, n.Name, n.Phone = successor, "", ""
	}
	made, err := s.Office.HandOver(ctx, cmd, n)
	if err != nil {
		return "", err
	}
	h, err := s.Office.HandedOver(ctx, page.Who(ctx), made)
	if err != nil {
		return "", err
	}
	for _, p := range h.Posts {
		if err := endSlips(s, ctx, p.Roles, h.To.ID); err != nil {
			return "", err
		}
	}
	next := handoverPath(made)
	if _, err = s.Office.Who(ctx, account); !fault.Is(err, fault.Denied) {
		return next, err
	}
	if account == page.Who(ctx).Account {
		next = "/office/sign-in?handed=1"
	}
	return next, s.Login.EndAll(ctx, account)
}

// handoverOf reads the handover that the address names.
func handoverOf(s *page.Side, r *http.Request) (desk.HandedOver, error) {
	h, err := id.Of[id.Handover](r.PathValue("handover"))
	if err != nil {
		return desk.HandedOver{}, desk.ErrMissing
	}
	return s.Office.HandedOver(r.Context(), page.Who(r.Context()), h)
}

// handedOver shows the list for signature.
func handedOver(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	h, err := handoverOf(s, r)
	if err == nil {
		web.Show(w, r, http.StatusOK, handedOverPage(h, s.Office.Today()))
	}
	return err
}

// byPlan parts duties by their plans, in which order they come.
func byPlan(duties []desk.HandedDuty) (out [][]desk.HandedDuty) {
	for i, d := range duties {
		if i == 0 || duties[i-1].Plan != d.Plan {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], d)
	}
	return out
}

// dueLine is a day on which something of a duty is due, and what.
type dueLine struct {
	Day   calendar.Day
	Words string
}

// dueLines says what of a duty is due when, what comes first in front.
func dueLines(d desk.HandedDuty) (out []dueLine) {
	for _, m := range d.Milestones {
		words := m.Title
		if words == d.Item.Title {
			words = ""
		}
		out = append(out, dueLine{m.Due, words})
	}
	for _, t := range d.Targets {
		out = append(out, dueLine{t.Deadline, strings.TrimSpace(t.Indicator + " " + web.Promise(t))})
	}
	slices.SortStableFunc(out, func(a, b dueLine) int {
		return cmp.Compare(cmp.Or(string(a.Day), "9"), cmp.Or(string(b.Day), "9"))
	})
	return out
}

// dutyPath is where a duty stands in its plan.
func handedDutyPath(d desk.HandedDuty) string {
	if d.Ordered {
		return page.OrderPath(d.Plan, d.Item.ID)
	}
	return page.PlanPath(d.Plan) + "#i-" + d.Item.ID.String()
}

func partWords(ctx context.Context, p desk.Part) string {
	switch p {
	case desk.Leads:
		return web.T(ctx, "牵头")
	case desk.Cooperates:
		return web.T(ctx, "配合")
	}
	return web.T(ctx, "责任人")
}

// accountAfter says what becomes of the account of who handed over.
func accountAfter(ctx context.Context, h desk.HandedOver, today calendar.Day) string {
	switch {
	case h.From.State != org.AccountOpen:
		return web.T(ctx, "已经停用")
	case h.Closes && today < h.First:
		return web.T(ctx, "到%s，没有别的岗位就停用", web.Date(ctx, h.First))
	}
	return web.T(ctx, "留着")
}

// openWords says how much of a plan is still open.
func openWords(ctx context.Context, p desk.HandedPlan) string {
	if p.Open == 0 {
		return ""
	}
	return web.T(ctx, "交接时还有 %s 个问题没有定", web.Count(p.Open))
}

// handoverPath leads to what was handed over with a post.
func handoverPath(h id.Handover) string { return "/office/handover/" + h.String() }
