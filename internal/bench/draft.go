package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"luoshi/fault"
	"luoshi/internal/desk"
)

// document is the plan that the writers work on. Its words never change: the
// server keeps an original once, however often it is imported.
const document = `渡口读书灯方案（压测用的草稿，请不要动，用完自己会删掉）

一、为什么办
让等船的人有灯看书。
二、办什么
1、给东渡口挂读书灯。完成挂灯12盏。
2、给西渡口挂读书灯。完成挂灯13盏。
3、给南渡口挂读书灯。完成挂灯14盏。
4、给北渡口挂读书灯。完成挂灯15盏。
5、补船票背面的谚语。完成谚语160条。
6、请摆渡人讲潮水。完成讲潮水17场。
7、晒一晒旧渔歌本。完成晒歌本180册。
8、修好候船的长凳。完成修长凳19条。
三、怎么办
各渡口自己看着办。
2011年8月8日
`

// office is the side of the house where the writers are signed in.
type office struct {
	*site
	plan  string   // path of the draft
	items []string // paths of its items
}

// check looks whether this is the office, and of a sample city.
func (o *office) check(ctx context.Context) (sample bool, err error) {
	a, err := o.read(ctx, "/office/sign-in")
	if err != nil {
		return false, o.notReached(err)
	}
	if a.status != http.StatusOK || !strings.Contains(a.page, `name="login_name"`) {
		return false, o.otherProgram()
	}
	return strings.Contains(a.page, sampleBanner), nil
}

// signIn signs in once; all writers share the session. Signing in is slow on
// purpose, and is not what is measured.
func (o *office) signIn(ctx context.Context, name, password string) error {
	a, err := o.ask(ctx, http.MethodPost, "/office/sign-in", url.Values{"login_name": {name}, "password": {password}}, false)
	switch {
	case err != nil:
		return o.notReached(err)
	case a.status == http.StatusSeeOther:
		return nil
	case a.status == http.StatusUnprocessableEntity:
		return fault.New(fault.Denied, "没有登录上：账号名或密码不对。")
	case a.status == http.StatusTooManyRequests:
		return fault.New(fault.Denied, "没有登录上：密码试错的次数太多，要等一阵再试。")
	}
	return fault.New(fault.Denied, "没有登录上：服务器答的是 %d。", a.status)
}

// signOut ends the session.
func (o *office) signOut(ctx context.Context) error {
	return o.deed(ctx, "/office/sign-out", url.Values{})
}

const tries = 3

// deed does an act that must not fail because the server is busy for a moment. It
// is sent again under the same command id, so that it is done once.
func (o *office) deed(ctx context.Context, path string, form url.Values) error {
	_, err := o.landing(ctx, path, form)
	return err
}

func (o *office) landing(ctx context.Context, path string, form url.Values) (to string, err error) {
	form.Set("command", newCommand())
	for n := range tries {
		if n > 0 {
			time.Sleep(time.Second)
		}
		var a answer
		if a, err = o.ask(ctx, http.MethodPost, path, form, false); err != nil {
			err = o.notReached(err)
			continue
		}
		if a.status == http.StatusSeeOther {
			return a.to, nil
		}
		err = &unwanted{path, a.status}
		if a.status < http.StatusInternalServerError {
			break // asked again, it would answer the same
		}
	}
	return "", err
}

// unwanted is an answer that is not the one an act gets.
type unwanted struct {
	path   string
	status int
}

func (u *unwanted) Error() string { return fmt.Sprintf("%s: status %d", u.path, u.status) }

func newCommand() string {
	command, err := desk.NewCommandID(time.Now(), rand.Reader)
	if err != nil {
		panic(err) // crypto/rand does not fail
	}
	return command
}

var planPath = regexp.MustCompile(`^/office/plans/[0-9A-Z]{13}$`)

// importDraft makes the draft and finds its items.
func (o *office) importDraft(ctx context.Context) error {
	to, err := o.landing(ctx, "/office/plans/new", url.Values{"text": {document}})
	if refused := (*unwanted)(nil); errors.As(err, &refused) && refused.status == http.StatusForbidden {
		return fault.New(fault.Denied, "这个账号不能做方案入库。请换一个经办的账号。")
	}
	if err != nil {
		return fmt.Errorf("import the draft: %w", err)
	}
	if !planPath.MatchString(to) {
		return fmt.Errorf("import the draft: sent on to %q", to)
	}
	o.plan = to
	a, err := o.read(ctx, o.plan)
	if err != nil {
		return o.notReached(err)
	}
	item := regexp.MustCompile(`href="(` + o.plan + `/items/[0-9A-Z]{13})"`)
	for _, found := range item.FindAllStringSubmatch(a.page, -1) {
		if !slices.Contains(o.items, found[1]) {
			o.items = append(o.items, found[1])
		}
	}
	if len(o.items) == 0 {
		return fmt.Errorf("no items on the page of the draft, status %d", a.status)
	}
	return nil
}

// discard throws the draft away. What stays is the original file, kept once, and
// the command ids, which the server forgets in time; the ledger knows no drafts.
func (o *office) discard(ctx context.Context) error {
	if o.plan == "" {
		return nil
	}
	if err := o.deed(ctx, o.plan+"/discard", url.Values{}); err != nil {
		return fault.New(fault.Busy, "压测用的草稿没有删掉（%s）。请登录以后自己删：%s", err, o.origin+o.plan)
	}
	return nil
}

// correct is what a writer does again and again: it puts another title on an item
// of the draft. That is the cheapest act that is a whole act: signed in, checked,
// its plan loaded, one command, one commit on the disk. It leaves the draft as
// large as it was, so that the last costs what the first did.
func (o *office) correct(ctx context.Context, writer, round int) (answer, error) {
	return o.ask(ctx, http.MethodPost, o.items[writer%len(o.items)], url.Values{
		"command": {newCommand()}, "title": {fmt.Sprintf("第 %d 个人第 %d 次挂灯", writer+1, round+1)}, "period": {"month"}}, false)
}
