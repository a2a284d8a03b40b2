package peers_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// keeperLine is where the sample city says the link of the keeper of a village.
var (
	keeperLine = regexp.MustCompile(`林小满.*?http://[^/\s]+(?:/en)?(/office/link/\S+)`)
	askedOf    = regexp.MustCompile(`/office/report-facts\?(i=[0-9A-Z]{13}(?:&amp;|&)unit=[0-9A-Z]{13})`)
)

// beginFacts lets the keeper of a village of the sample city tell of facts from every
// client: each is a fact with its two summaries, its entry in the ledger and its command.
func beginFacts(h *house) (s subject, err error) {
	folder := h.temp()
	b := bureau{data: filepath.Join(folder, "data")}
	if out, err := exec.Command(h.luoshi, "sample", "--data", b.data, "--date", "2012-04-19").CombinedOutput(); err != nil {
		return s, fmt.Errorf("luoshi sample: %v\n%s", err, out)
	}
	if b.server, err = serve(folder, "/", func(address string) []string {
		return []string{h.luoshi, "serve", "--data", b.data, "--listen", address}
	}); err != nil {
		return subject{server: b.server}, err
	}
	s.server = b.server
	link := keeperLine.FindStringSubmatch(b.said())
	for end := time.Now().Add(patience); link == nil && time.Now().Before(end); link = keeperLine.FindStringSubmatch(b.said()) {
		time.Sleep(100 * time.Millisecond) // it names its people after it began to listen
	}
	if link == nil {
		return s, fmt.Errorf("no link of the keeper in:\n%s", b.said())
	}
	path, values := link[1], url.Values{"login_name": {"keeper"}, "password": {password}, "again": {password}}
	for range *clients {
		cookie, err := b.signIn(path, values)
		if err != nil {
			return s, err
		}
		b.cookies = append(b.cookies, cookie)
		path, values = "/office/sign-in", url.Values{"login_name": {"keeper"}, "password": {password}}
	}
	form, err := b.formOfFacts()
	if err != nil {
		return s, err
	}
	return b.subject("fact", func(client int, n int64) request {
		of, _ := url.ParseQuery(form)
		of.Set("day", fmt.Sprintf("2012-04-%02d", 1+n%18))
		of.Set("quantity", fmt.Sprint(1+n%3))
		of.Set("class", "C")
		of.Set("note", fmt.Sprintf("渡口晒场，第%08d回", n))
		return b.act(client, "/office/report-facts?"+form, of, func(to string) bool { return strings.Contains(to, "done=") })
	}), nil
}

// formOfFacts finds an indicator of which the keeper tells quantities.
func (b bureau) formOfFacts() (string, error) {
	list, err := b.page("/office/report-facts")
	if err != nil {
		return "", err
	}
	for _, m := range askedOf.FindAllStringSubmatch(list, -1) {
		query := html.UnescapeString(m[1])
		page, err := b.page("/office/report-facts?" + query)
		if err != nil {
			return "", err
		}
		if strings.Contains(page, `name="quantity"`) {
			return query, nil
		}
	}
	return "", fmt.Errorf("the keeper is asked for no quantity: %.400s", list)
}

func (b bureau) page(path string) (string, error) {
	r, err := http.NewRequest(http.MethodGet, b.base+path, nil)
	if err != nil {
		return "", err
	}
	r.Header = b.cookies[0].Clone()
	answer, err := b.client.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = refused(answer.StatusCode, "", body)
	}
	return string(body), err
}
