package peers_test

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

const form = "application/x-www-form-urlencoded"

// bureau is a Luoshi with fresh data and somebody signed in from every client.
type bureau struct {
	*server
	data    string
	cookies []http.Header
}

var oneTimeLink = regexp.MustCompile(`http://[^/\s]+(?:/en)?(/office/link/\S+)`)

func beginLuoshi(h *house) (b bureau, err error) {
	folder := h.temp()
	b.data = filepath.Join(folder, "data")
	out, err := exec.Command(h.luoshi, "init", "--data", b.data, "--city", "安澜市").CombinedOutput()
	link := oneTimeLink.FindSubmatch(out)
	if err != nil || link == nil {
		return b, fmt.Errorf("luoshi init: %v, and no link in:\n%s", err, out)
	}
	if b.server, err = serve(folder, "/", func(address string) []string {
		return []string{h.luoshi, "serve", "--data", b.data, "--listen", address}
	}); err != nil {
		return b, err
	}
	// The link sets the password and signs in; every other client signs in with it.
	path, values := string(link[1]), url.Values{"login_name": {"wanlan"}, "password": {password}, "again": {password}}
	for range *clients {
		cookie, err := b.signIn(path, values)
		if err != nil {
			return b, err
		}
		b.cookies = append(b.cookies, cookie)
		path, values = "/office/sign-in", url.Values{"login_name": {"wanlan"}, "password": {password}}
	}
	return b, nil
}

func (b bureau) signIn(path string, values url.Values) (http.Header, error) {
	answer, err := b.client.PostForm(b.base+path, values)
	if err != nil {
		return nil, err
	}
	page, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusSeeOther || len(answer.Cookies()) == 0 {
		return nil, fmt.Errorf("sign in: %w", refused(answer.StatusCode, answer.Header.Get("Location"), page))
	}
	c := answer.Cookies()[0]
	return http.Header{"Cookie": {c.Name + "=" + c.Value}}, nil
}

// act is a form that is sent for the first time: with a command id of its own.
func (b bureau) act(client int, path string, values url.Values, landed func(to string) bool) request {
	values.Set("command", commandID())
	return request{url: b.base + path, kind: form, body: values.Encode(), header: b.cookies[client],
		check: func(status int, to string, body []byte) error {
			if status != http.StatusSeeOther || !landed(to) {
				return refused(status, to, body)
			}
			return nil
		}}
}

func (b bureau) subject(table string, create func(client int, n int64) request) subject {
	return subject{server: b.server, create: create, again: true, note: "synchronous=FULL, journal_mode=WAL (internal/db/db.go)",
		count: func() (int64, error) { return countRows(filepath.Join(b.data, "luoshi.sqlite"), table) }}
}

// draftText is a small plan; what is quoted of it stands in its only item.
const draftText = "安澜市第%d号读书角方案\n\n一、为什么办\n让守海的人也有书读。\n二、办什么\n1、在渡口办换书日。2011年完成%d次。\n2011年8月8日\n"

var newMilestone = regexp.MustCompile(`/office/plans/[0-9A-Z]{13}/items/[0-9A-Z]{13}/milestones/new`)

// draft imports a plan and gives the address at which its item takes milestones.
func (b bureau) draft(client, n int) (string, error) {
	var plan string
	q := b.act(client, "/office/plans/new", url.Values{"text": {fmt.Sprintf(draftText, n+1, 10+n)}}, func(to string) bool {
		plan = to
		return strings.HasPrefix(to, "/office/plans/")
	})
	_, err := q.send(b.client)
	for again := 0; err != nil && again < 5; again++ { // on a busy machine it asks to come again; the same form makes one plan
		time.Sleep(time.Second)
		_, err = q.send(b.client)
	}
	if err != nil {
		return "", fmt.Errorf("import a plan: %w", err)
	}
	r, err := http.NewRequest(http.MethodGet, b.base+plan, nil)
	if err != nil {
		return "", err
	}
	r.Header = b.cookies[client].Clone()
	answer, err := b.client.Do(r)
	if err != nil {
		return "", err
	}
	page, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return "", err
	}
	// The item with the quote is the last one of the page.
	all := newMilestone.FindAllString(string(page), -1)
	if len(all) == 0 {
		return "", fmt.Errorf("no item takes a milestone on the page of %s: %.300s", plan, page)
	}
	return all[len(all)-1], nil
}

// beginMilestones adds milestones to the items of so many draft plans in turn.
func beginMilestones(h *house, plans int) (subject, error) {
	b, err := beginLuoshi(h)
	if err != nil {
		return subject{server: b.server}, err
	}
	paths := make([]string, plans)
	var group errgroup.Group
	for c := range *clients {
		group.Go(func() (err error) {
			for n := c; n < plans && err == nil; n += *clients {
				paths[n], err = b.draft(c, n)
			}
			return err
		})
	}
	err = group.Wait()
	return b.subject("milestone", func(client int, n int64) request {
		path, values := paths[n%int64(plans)], url.Values{}
		for name, value := range fields(n) {
			values.Set(name, value)
		}
		plan, item, _ := strings.Cut(strings.TrimSuffix(path, "/milestones/new"), "/items/")
		return b.act(client, path, values, func(to string) bool { return to == plan+"#i-"+item })
	}), err
}

// beginAccounts opens accounts, each with its post and its entries in the ledger.
func beginAccounts(h *house) (subject, error) {
	b, err := beginLuoshi(h)
	return b.subject("account", func(client int, n int64) request {
		return b.act(client, "/office/accounts/new", url.Values{"unit": {"渡口读书角"}, "title": {fmt.Sprintf("第%08d班管书人", n)},
			"name": {fmt.Sprintf("守灯人%08d", n)}, "roles": {"clerk"}},
			func(to string) bool { return strings.HasPrefix(to, "/office/accounts/") })
	}), err
}

// commandID makes what a page issues with its form: 13 characters of time, 13 of
// chance (internal/db/command.go).
func commandID() string {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err) // crypto/rand does not fail
	}
	since := time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).Milliseconds()
	return base32(since<<22) + base32(int64(binary.BigEndian.Uint64(b[:])>>1))
}

func base32(n int64) string {
	var b [13]byte
	for k := len(b) - 1; k >= 0; k-- {
		b[k] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[n&31]
		n >>= 5
	}
	return string(b[:])
}
