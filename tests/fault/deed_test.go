package fault_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"html"
	"io"
	mathrand "math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"luoshi/internal/desk"
)

// deed is one form as it was sent, and where its answer sent the sender.
type deed struct {
	path   string
	form   url.Values
	file   string // content of a file that is sent with it; empty: none
	list   string // page that names its record once; of an answered question, the plan's
	tag    string // word that no other deed has, as it stands on that page
	answer string // empty: no answer came

	refusal string // what the page said that refused it last; empty where it was not refused
	doubt   bool   // one of the sendings broke off, or was told that nobody knows
}

// toldNot reports whether the sender was told, and never left in doubt, that it was not done.
func (d *deed) toldNot() bool { return d.answer == "" && d.refusal != "" && !d.doubt }

// newDeed gives a form an id of its own, as the page would have issued it.
func newDeed(path, list, tag string, form url.Values) *deed {
	command, err := desk.NewCommandID(time.Now(), rand.Reader)
	if err != nil {
		panic(err) // crypto/rand does not fail
	}
	form.Set("command", command)
	return &deed{path: path, form: form, list: list, tag: tag}
}

// with is the form of a deed with one field set otherwise.
func (d *deed) with(field, value string) url.Values {
	d.form.Set(field, value)
	return d.form
}

// tagged finds the tags on a page.
var tagged = regexp.MustCompile(`「([A-Z]+)」`)

func tagsOn(page string) map[string]int {
	n := map[string]int{}
	for _, found := range tagged.FindAllStringSubmatch(page, -1) {
		n[found[1]]++
	}
	return n
}

// tag writes a number in letters only, so that no reader of plans takes it for a quantity.
func tag(n int64) string {
	s := ""
	for ; n > 0; n /= 26 {
		s = string(rune('A'+n%26)) + s
	}
	return s
}

var chores = []string{
	"整修海塘边的阅报栏", "给渔排上的书箱换新书", "请老船工讲潮汐故事", "在茶亭放露天电影", "教孩子们拓印船板花纹",
	"补录山歌的旧磁带", "给看夜人添一盏读书灯", "修补祠堂里的皮影箱", "在渡口办换书日", "编一册赶海谚语",
}

// planText is a small plan of invented words. The day without a year makes the
// program ask, so that there is something to answer.
func planText(tag string, lines int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "安澜市「%s」号读书角方案\n\n一、为什么办\n让守海的人也有书读。\n二、办什么\n", tag)
	for i := range lines {
		fmt.Fprintf(&b, "%d、%s。2011年完成%d次。\n", i+1, chores[mathrand.IntN(len(chores))], 10+mathrand.IntN(9000))
	}
	b.WriteString("三、怎么办\n各读书角的安排在9月23日之前报送局办公室。\n2011年8月8日\n")
	return b.String()
}

func planDeed(n int64) *deed {
	tag := tag(n)
	return newDeed("/office/plans/new", "/office/plans", tag, url.Values{"text": {planText(tag, 1+mathrand.IntN(12))}})
}

// asFile sends the text of a plan as a file.
func (d *deed) asFile() *deed {
	d.file = d.form.Get("text")
	d.form.Set("text", "")
	return d
}

// body is what a browser sends of a deed, and its type.
func (d *deed) body() (kind string, body io.Reader, err error) {
	if d.file == "" {
		return "application/x-www-form-urlencoded", strings.NewReader(d.form.Encode()), nil
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for field := range d.form {
		err = errors.Join(err, w.WriteField(field, d.form.Get(field)))
	}
	part, wrong := w.CreateFormFile("file", "方案.txt")
	if wrong == nil {
		_, wrong = io.WriteString(part, d.file)
	}
	return w.FormDataContentType(), &b, errors.Join(err, wrong, w.Close())
}

func accountDeed(n int64) *deed {
	tag := tag(n)
	return newDeed("/office/accounts/new", "/office/accounts", tag, url.Values{
		"unit": {"第" + tag + "读书角"}, "title": {"管书人"}, "name": {"守灯「" + tag + "」"}, "roles": {"clerk"}})
}

var asked = regexp.MustCompile(`action="(/office/plans/[0-9A-Z]{13}/questions/[0-9A-Z]{13})"`)

// answerDeed answers the first open question on the page of a plan, or is nil
// where none is open.
func answerDeed(n int64, plan, page string) *deed {
	found := asked.FindStringSubmatch(page)
	if found == nil {
		return nil
	}
	tag := tag(n)
	return newDeed(found[1], plan, tag, url.Values{"words": {"按老规矩「" + tag + "」办"}})
}

// forceDeed takes a plan whose questions are answered into force.
func forceDeed(n int64, plan string) *deed {
	tag := tag(n)
	return newDeed(plan+"/force", "/office/plans", tag, url.Values{
		"approved_by": {"局长办公会"}, "day": {"2011-08-08"}, "number": {"安文「" + tag + "」号"}})
}

// do sends a deed and notes the answer. Anything but 303 is an error; a broken
// connection is one too, and the deed then has no answer.
func (h *house) do(d *deed) error {
	d.refusal = ""
	kind, body, err := d.body()
	if err != nil {
		return err
	}
	a, err := h.request(http.MethodPost, d.path, kind, body)
	if err != nil {
		d.doubt = true
		return err
	}
	if a.status != http.StatusSeeOther || a.to == "" {
		d.refusal = sentenceOn(a.page)
		d.doubt = d.doubt || strings.Contains(d.refusal, "不知道")
		return &refused{d.path, a.status, a.page}
	}
	if d.answer != "" && d.answer != a.to {
		return fmt.Errorf("POST %s again: answered %s, the first time %s", d.path, a.to, d.answer)
	}
	d.answer = a.to
	return nil
}

// What a page says is wrong stands above its form, or else is all that it says.
var (
	alert = regexp.MustCompile(`role="alert">\s*<p>([^<]*)</p>`)
	alone = regexp.MustCompile(`<p class="lede">([^<]*)</p>`)
)

func sentenceOn(page string) string {
	for _, place := range []*regexp.Regexp{alert, alone} {
		if found := place.FindStringSubmatch(page); found != nil {
			return html.UnescapeString(found[1])
		}
	}
	return ""
}

var titled = regexp.MustCompile(`<title>[^<]*`)

// refused is an answer that is not the one an act gets.
type refused struct {
	path   string
	status int
	page   string
}

func (r *refused) Error() string {
	return fmt.Sprintf("POST %s: status %d, %q", r.path, r.status, titled.FindString(r.page))
}
