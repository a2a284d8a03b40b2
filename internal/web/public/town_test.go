package public

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/ledger"
	"luoshi/org"
	"luoshi/plan"

	"golang.org/x/mod/sumdb/note"
)

// town is a city with two people who bring plans to the public.
type town struct {
	testing.TB
	office  *desk.Office
	public  *desk.Public
	db      *db.DB
	now     time.Time
	n       int64
	clerk   desk.Who
	leader  desk.Who
	handler http.Handler
}

const key = "anlan+12345678+AAAA"

func newTown(t testing.TB) *town {
	t.Helper()
	w := &town{TB: t, now: day("2011-08-08")}
	d, err := db.Open(t.Context(), t.TempDir(), db.Options{Now: func() time.Time { return w.now }, PersonalKey: make([]byte, 32), ReadLimit: time.Minute}, desk.Schema())
	w.must(err)
	t.Cleanup(func() { d.Close() })
	blobs, err := blob.Open(t.TempDir())
	w.must(err)
	w.db, w.office, w.public = d, desk.NewOffice(d, blobs, 1), desk.NewPublic(d, 1)
	first, err := w.office.Found(t.Context(), w.command(), desk.City{Name: "安澜市", Bureau: "安澜市文化广电新闻出版局", Sample: true},
		desk.First{Unit: "局办公室", Title: "综合岗", Name: "经办某人"})
	w.must(err)
	w.clerk = w.who(first)
	second, err := w.office.OpenAccount(t.Context(), w.office.Cmd(w.clerk, w.command()),
		desk.NewAccount{Unit: "局办公室", Title: "审签岗", Name: "审签某人", Roles: []org.Role{org.Approver}})
	w.must(err)
	w.leader = w.who(second)
	w.open()
	return w
}

// open begins with empty caches.
func (w *town) open() { w.handler = web.Language(Handler(w.public, key, 0)) }

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t.Add(4 * time.Hour)
}

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *town) command() string {
	w.n++
	return id.Text(1) + id.Text(w.n)
}

func (w *town) who(account id.Account) desk.Who {
	w.Helper()
	who, err := w.office.Who(w.Context(), account)
	w.must(err)
	return who
}

// draft imports a plan and answers or puts off what is asked about it.
func (w *town) draft(text string) desk.Review {
	w.Helper()
	p, err := w.office.ImportPlan(w.Context(), w.office.Cmd(w.clerk, w.command()), desk.Import{Original: []byte(text)})
	w.must(err)
	r := w.review(p)
	for _, q := range r.Questions {
		if len(q.Choices) == 0 || w.office.AnswerQuestion(w.Context(), w.office.Cmd(w.clerk, w.command()), p, q.ID, 0, "") != nil {
			w.must(w.office.DeferQuestion(w.Context(), w.office.Cmd(w.clerk, w.command()), p, q.ID))
		}
	}
	return w.review(p)
}

func (w *town) review(p id.Plan) desk.Review {
	w.Helper()
	r, err := w.office.Plan(w.Context(), w.clerk, p)
	w.must(err)
	return r
}

const approvedBy = "不公开的批准会议"

func (w *town) force(p id.Plan) {
	w.Helper()
	w.must(w.office.TakeIntoForce(w.Context(), w.office.Cmd(w.clerk, w.command()), p,
		plan.Force{ApprovedBy: approvedBy, Day: "2011-08-08", Number: "安文〔2011〕28号"}))
}

// publish makes a plan public but for some of its items.
func (w *town) publish(r desk.Review, withheld ...id.Item) {
	w.Helper()
	var chosen []id.Item
	for _, i := range r.Items {
		if len(withheld) == 0 || i.ID != withheld[0] {
			chosen = append(chosen, i.ID)
		}
	}
	w.must(w.office.Publish(w.Context(), w.office.Cmd(w.leader, w.command()), r.Plan.ID, plan.Release{Items: chosen, Kinds: []plan.FieldKind{plan.PersonNames, plan.Telephones}},
		plan.SecrecyReview{By: "保密岗", Day: "2011-08-08", Result: "可以公开"}))
	w.open()
}

// published brings a text to the public.
func (w *town) published(text string) desk.Review {
	w.Helper()
	r := w.draft(text)
	w.force(r.Plan.ID)
	w.publish(r)
	return r
}

func (w *town) sign() {
	w.Helper()
	secret, _, err := ledger.NewKey(constant{}, "anlan")
	w.must(err)
	signer, err := note.NewSigner(secret)
	w.must(err)
	w.must(w.db.SignCheckpoint(w.Context(), 1, signer))
}

// constant is the randomness of a key that nobody relies on.
type constant struct{}

func (constant) Read(b []byte) (int, error) { return len(b), nil }

func (w *town) ask(method, path string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, httptest.NewRequest(method, path, nil))
	return rec
}

// page gives a page that must be there.
func (w *town) page(path string) string {
	w.Helper()
	rec := w.ask(http.MethodGet, path)
	if rec.Code != http.StatusOK {
		w.Fatalf("GET %s: %d\n%s", path, rec.Code, rec.Body)
	}
	return rec.Body.String()
}

func sampleText(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../../sample/plan.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
