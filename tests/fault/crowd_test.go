package fault_test

import (
	"errors"
	"fmt"
	"html"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// crowd is people at work while something goes wrong: clients send plans and
// accounts and hold on to what was refused, readers open public pages.
type crowd struct {
	*book
	refusals []string // what a page that refuses may say
	unread   []string // what a public page may say instead of showing itself; none: it must show itself
	public   []string // addresses of the readers

	stopped chan struct{}
	all     sync.WaitGroup

	counting sync.Mutex
	acts     map[string]int // by the path of the form: acts that were answered
	refused  map[string]int // the same of acts that were refused
	heard    map[string]int // by the sentence: pages that refused, whatever it was they did not do
	shown    int            // public pages that showed themselves
	missed   int            // and that did not
}

// gather opens a city's doors: it is served, has something public to read, and a
// crowd of clients and readers that waits to begin.
func gather(h *house) *crowd {
	h.Helper()
	h.serve()
	h.enter()
	c := &crowd{book: &book{house: h}, acts: map[string]int{}, refused: map[string]int{}, heard: map[string]int{}}
	c.public = append([]string{"/", "/units", "/ledger", "/data/plans"}, c.publish()...)
	return c
}

// publish brings a plan all the way to the public, with a second person for the
// last step, and gives the addresses of its pages.
func (c *crowd) publish() (pages []string) {
	c.Helper()
	d := planDeed(c.last.Add(1))
	c.must(d)
	for {
		reply := answerDeed(c.last.Add(1), d.answer, c.house.read(d.answer))
		if reply == nil {
			break
		}
		c.must(reply)
	}
	c.must(forceDeed(c.last.Add(1), d.answer))
	hired := accountDeed(c.last.Add(1))
	hired.form.Set("roles", "approver")
	c.must(hired)
	opened := strings.TrimPrefix(hired.answer, "/office/accounts/")
	a, err := c.send("/office/accounts/"+opened+"/link", nil)
	link := regexp.MustCompile(`http://[^/\s]+(/office/link/[^<"\s]+)`).FindStringSubmatch(a.page)
	if err != nil || link == nil {
		c.Fatalf("no link for the second person: %d %v", a.status, err)
	}
	second := *c.house
	second.browser, second.link = newBrowser(c.T), html.UnescapeString(link[1])
	second.enterAs("chaosheng")
	form := url.Values{}
	for _, box := range regexp.MustCompile(`name="items" value="([0-9A-Z]{13})"`).FindAllStringSubmatch(second.read(d.answer+"/publish"), -1) {
		form.Add("items", box[1])
		pages = append(pages, "/items/"+box[1])
	}
	review := url.Values{"review_by": {"保密岗"}, "review_day": {time.Now().UTC().Format(time.DateOnly)}, "review_result": {"可以公开"}}
	for _, step := range []*deed{newDeed(d.answer+"/publish", "", "", form), newDeed(d.answer+"/publish/confirm", "", "", review)} {
		if err := second.do(step); err != nil {
			c.Fatal(err)
		}
	}
	return append(pages, strings.TrimPrefix(d.answer, "/office"))
}

// must does a deed of the time before the fault.
func (c *crowd) must(d *deed) {
	c.Helper()
	c.write(d)
	if err := c.do(d); err != nil {
		c.Fatal(err)
	}
}

const (
	writers = 6
	readers = 2
)

// begin sets the crowd to work, until halt.
func (c *crowd) begin() {
	c.stopped = make(chan struct{})
	for n := range writers {
		c.all.Go(func() {
			for c.goes() {
				if (n+mathrand.IntN(2))%2 == 0 {
					c.persist(accountDeed(c.last.Add(1)))
				} else {
					c.wholePlan()
				}
			}
		})
	}
	for n := range readers {
		c.all.Go(func() {
			for at := n; c.goes(); at++ {
				c.look(c.public[at%len(c.public)])
				c.rest()
			}
		})
	}
}

func (c *crowd) halt() {
	close(c.stopped)
	c.all.Wait()
}

func (c *crowd) goes() bool {
	select {
	case <-c.stopped:
		return false
	default:
		return !c.Failed()
	}
}

// rest is how long people take before they try again.
func (c *crowd) rest() {
	select {
	case <-c.stopped:
	case <-time.After(10 * time.Millisecond):
	}
}

// persist sends a deed until it is answered. Now and then somebody who is refused
// gives up: what was said must be true without a second sending, too.
func (c *crowd) persist(d *deed) bool {
	c.write(d)
	for ; ; c.rest() {
		err := c.do(d)
		if err == nil {
			c.count(c.acts, d.path)
			return true
		}
		var no *refused
		if !errors.As(err, &no) {
			c.Error(err) // the program is there all the time: it must answer
			return false
		}
		c.checkRefusal(d, no)
		if mathrand.IntN(8) == 0 || !c.goes() {
			return false
		}
	}
}

// refusedNow sends a deed while nothing can be done.
func (c *crowd) refusedNow(d *deed) {
	c.Helper()
	c.write(d)
	var no *refused
	if err := c.do(d); !errors.As(err, &no) {
		c.Errorf("POST %s while nothing can be done: %v", d.path, err)
		return
	}
	if d.refusal == busy {
		c.Errorf("POST %s while nothing can be done: the page says only that there is much to do", d.path)
	}
	c.checkRefusal(d, no)
}

// strangers come to the office while nothing can be written: one who signs in is
// told why that does not work, and a form of another site is given to nobody.
func (c *crowd) strangers(sentence string) {
	c.Helper()
	stranger := *c.house
	stranger.browser = newBrowser(c.T)
	a, err := stranger.send("/office/sign-in", url.Values{"login_name": {"chaosheng"}, "password": {"潮声不是密码的样子"}})
	if err != nil || a.status != http.StatusServiceUnavailable || sentenceOn(a.page) != sentence ||
		!strings.Contains(a.page, `value="chaosheng"`) || strings.Contains(a.page, "潮声不是密码的样子") {
		c.Errorf("sign in: status %d, the page says %q (%v)", a.status, sentenceOn(a.page), err)
	}
	foreign := accountDeed(c.last.Add(1))
	r, err := http.NewRequest(http.MethodPost, c.base+foreign.path, strings.NewReader(foreign.form.Encode()))
	if err != nil {
		c.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	response, err := c.browser.Do(r)
	if err != nil {
		c.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusForbidden || strings.Contains(string(page), foreign.tag) {
		c.Errorf("a form of another site: status %d, %q (%v)", response.StatusCode, sentenceOn(string(page)), err)
	}
}

// wholePlan takes a plan from its text into force.
func (c *crowd) wholePlan() {
	d := planDeed(c.last.Add(1))
	if mathrand.IntN(4) == 0 {
		d.asFile()
	}
	if !c.persist(d) {
		return
	}
	for c.goes() {
		a, err := c.request(http.MethodGet, d.answer, "", nil)
		switch {
		case err != nil:
			c.Error(err)
		case a.status != http.StatusOK:
			c.checkMissed(d.answer, a)
			c.rest()
			continue
		}
		reply := answerDeed(c.last.Add(1), d.answer, a.page)
		if reply == nil {
			c.persist(forceDeed(c.last.Add(1), d.answer))
			return
		}
		if !c.persist(reply) {
			return
		}
	}
}

// look opens a public page.
func (c *crowd) look(path string) {
	a, err := c.request(http.MethodGet, path, "", nil)
	if err != nil {
		c.Errorf("GET %s: %v", path, err)
		return
	}
	c.counting.Lock()
	if a.status == http.StatusOK {
		c.shown++
	} else {
		c.missed++
	}
	c.counting.Unlock()
	if a.status != http.StatusOK {
		c.checkMissed(path, a)
	}
}

// raw finds what no page should show of an error.
var raw = regexp.MustCompile(`(?i)sqlite|sqlstate|pgconn|postgres|dial tcp|disk I/O|read-only|\bEOF\b|goroutine|\.go:\d|Internal Server Error|errno|\(\d+\)$`)

// checkRefusal checks the page that somebody got whose act was not done: it says
// what happened and what to do, and all that was typed is in it, to be sent again.
func (c *crowd) checkRefusal(d *deed, no *refused) {
	c.count(c.refused, d.path)
	c.count(c.heard, d.refusal)
	if no.status != http.StatusServiceUnavailable || !slices.Contains(c.refusals, d.refusal) {
		c.Errorf("%v: the page says %q", no, d.refusal)
	}
	if found := raw.FindString(no.page); found != "" {
		c.Errorf("%v: the page shows a raw error: %q", no, found)
	}
	for field, values := range d.form {
		for _, value := range values {
			if !strings.Contains(no.page, html.EscapeString(value)) {
				c.Errorf("%v: what was typed into %s is gone", no, field)
			}
		}
	}
	if !strings.Contains(no.page, `<form method="post"`) {
		c.Errorf("%v: there is no form on the page", no)
	}
	if d.file != "" && !(strings.Contains(no.page, "要再选一次。") && strings.Contains(no.page, `type="file"`)) {
		c.Errorf("%v: the page does not ask for the file again", no)
	}
}

// checkMissed checks what stands instead of a page that cannot be shown now.
func (c *crowd) checkMissed(path string, a answer) {
	sentence := sentenceOn(a.page)
	if strings.HasPrefix(path, "/data/") {
		if found := regexp.MustCompile(`"detail": ?"([^"]*)"`).FindStringSubmatch(a.page); found != nil {
			sentence = found[1]
		}
	}
	c.count(c.heard, sentence)
	if a.status != http.StatusServiceUnavailable || !slices.Contains(c.unread, sentence) || raw.MatchString(a.page) {
		c.Errorf("GET %s: status %d, the page says %q", path, a.status, sentence)
	}
}

func (c *crowd) count(in map[string]int, what string) {
	c.counting.Lock()
	defer c.counting.Unlock()
	in[what]++
}

// of counts the acts by forms whose path begins so.
func (c *crowd) of(in map[string]int, path string) (n int) {
	c.counting.Lock()
	defer c.counting.Unlock()
	for form, times := range in {
		if strings.HasPrefix(form, path) {
			n += times
		}
	}
	return n
}

// pages gives how many public pages were shown, and how many were not.
func (c *crowd) pages() (shown, missed int) {
	c.counting.Lock()
	defer c.counting.Unlock()
	return c.shown, c.missed
}

const (
	anyForm     = ""
	planForm    = "/office/plans/new"
	accountForm = "/office/accounts/new"
)

// works waits until so many more acts were answered.
func (c *crowd) works(more int) {
	c.Helper()
	until := c.of(c.acts, anyForm) + more
	c.poll(fmt.Sprintf("%d more answers", more), func() bool { return c.of(c.acts, anyForm) >= until || c.Failed() })
}

// reads waits until so many more public pages were shown.
func (c *crowd) reads(more int) {
	c.Helper()
	before, _ := c.pages()
	c.poll(fmt.Sprintf("%d more public pages", more), func() bool { shown, _ := c.pages(); return shown >= before+more || c.Failed() })
}

// reckon looks at the end what became of everything: what was answered is there
// once, what was told that it was not taken in is not, and all of it sent again
// is there once.
func (c *crowd) reckon() {
	c.Helper()
	if c.Failed() {
		c.Logf("the servers said at the end:\n%s", lastOf(c.house.said(), 4000))
		return
	}
	c.tally = tally{}
	c.standing(0)
	told := 0
	for _, d := range c.deeds {
		if d.toldNot() {
			told++
		}
	}
	c.sentAgain(c.deeds)
	c.verify()
	c.unbroken()
	shown, missed := c.pages()
	c.Logf("%d forms answered, %d of them lost; %d COMMITs broke; %d refusals; %d forms never answered, of which %d were told for certain that it was not done, %d were there and %d were done when sent again; public pages: %d shown, %d not",
		c.tally.answered, c.tally.lost, c.commitsThatBroke(), c.of(c.refused, anyForm), c.tally.kept+c.tally.redone, told, c.tally.kept, c.tally.redone, shown, missed)
	for sentence, n := range c.heard {
		c.Logf("%5d times: %s", n, sentence)
	}
}

// commitsThatBroke counts the COMMITs that did not say how they went.
func (c *crowd) commitsThatBroke() int { return strings.Count(c.house.said(), "ERROR commit ") }

func lastOf(text string, bytes int) string {
	return strings.ToValidUTF8(text[max(0, len(text)-bytes):], "")
}

// suffer lets a fault happen to a crowd at work, as often as is usual.
func (c *crowd) suffer(t *testing.T, usual int, fault func()) {
	t.Helper()
	c.begin()
	for range times(t, usual) {
		c.works(20)
		fault()
		c.works(20)
		if c.Failed() {
			break
		}
	}
	c.halt()
	c.reckon()
}
