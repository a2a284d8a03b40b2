package desk

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/tests/postgres"
)

const small = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、送书下乡。2011年完成送图书3000册到农村。
2、延长开放时间。力争在年前完成夜间开放的准备工作。
三、工作要求
各馆的工作方案在9月23日之前报送局办公室。
2011年8月8日
`

// personalKey seals names in the tests.
var personalKey = []byte("a key of two and thirty letters.")

// town is a city with three people, for tests.
type town struct {
	*testing.T
	office *Office
	public *Public
	db     *db.DB
	folder string
	now    time.Time
	n      int64
	admin  Who
	clerk  Who
	leader Who
	closed bool // by the test itself
}

// besides are the tests that run beside others already.
var besides sync.Map

func newTown(t *testing.T) *town {
	t.Helper()
	// Towns share nothing, so that their tests run beside one another.
	if _, already := besides.LoadOrStore(t, true); !already && !strings.Contains(t.Name(), "/") {
		t.Parallel()
	}
	w := &town{T: t, now: time.Date(2011, 8, 8, 1, 0, 0, 0, time.UTC)}
	w.folder = t.TempDir()
	d, err := db.Open(t.Context(), w.folder, db.Options{Database: emptyDatabase(t, w.folder), Spread: postgres.Spread, Now: func() time.Time { return w.now }, PersonalKey: personalKey,
		ReadLimit: time.Minute}, Schema())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	blobs, err := blob.Open(w.folder + "/blob")
	if err != nil {
		t.Fatal(err)
	}
	w.db, w.office, w.public = d, NewOffice(d, blobs, 1), NewPublic(d, 1)
	account, err := w.office.Found(t.Context(), w.command(), City{Name: "安澜市", Bureau: "安澜市文化广电新闻出版局"}, First{"局办公室", "信息岗", "方晓舟"})
	w.must(err)
	w.admin = w.who(account)
	w.clerk = w.hire("综合岗", "周明远", org.Clerk)
	w.leader = w.hire("审签岗", "顾海川", org.Approver)
	t.Cleanup(w.indexIsWhole)
	return w
}

// emptyFile is an embedded database with all tables and nothing in them: migrating one
// for every test would take longer than most of them.
var emptyFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "empty")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if err := migrated(folder, ""); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, db.File))
})

func migrated(folder, address string) error {
	d, err := db.Open(context.Background(), folder, db.Options{Database: address, Spread: postgres.Spread}, Schema())
	if err != nil {
		return err
	}
	return d.Close()
}

// emptyDatabase puts a copy of the empty database into a folder, or gives the address
// of one where tests run on PostgreSQL.
func emptyDatabase(t *testing.T, folder string) string {
	t.Helper()
	address := postgres.Filled(t, "desk", func(address string) {
		if err := migrated(t.TempDir(), address); err != nil {
			t.Fatal(err)
		}
	})
	if address != "" {
		return address
	}
	content, err := emptyFile()
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, db.File), content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return ""
}

func (w *town) command() string {
	w.n++
	return id.Text(1) + id.Text(w.n)
}

func (w *town) cmd(who Who) db.Cmd { return w.office.Cmd(who, w.command()) }

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *town) who(account id.Account) Who {
	w.Helper()
	who, err := w.office.Who(w.Context(), account)
	w.must(err)
	return who
}

func (w *town) hire(title, name string, roles ...org.Role) Who {
	w.Helper()
	account, err := w.office.OpenAccount(w.Context(), w.cmd(w.admin), NewAccount{Unit: "局办公室", Title: title, Name: name, Roles: roles})
	w.must(err)
	return w.who(account)
}

func (w *town) imported(text string) Review {
	w.Helper()
	p, err := w.office.ImportPlan(w.Context(), w.cmd(w.clerk), Import{Original: []byte(text)})
	w.must(err)
	return w.review(p)
}

func (w *town) review(p id.Plan) Review {
	w.Helper()
	r, err := w.office.Plan(w.Context(), w.clerk, p)
	w.must(err)
	return r
}

func (w *town) answerAll(r Review) {
	w.Helper()
	for _, q := range r.Questions {
		if q.State == plan.QuestionOpen && len(q.Choices) > 0 {
			w.must(w.office.AnswerQuestion(w.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID, 0, ""))
		} else if q.State == plan.QuestionOpen {
			w.must(w.office.DeferQuestion(w.Context(), w.cmd(w.clerk), r.Plan.ID, q.ID))
		}
	}
}

var force = plan.Force{ApprovedBy: "局长办公会第 7 次会议", Day: "2011-08-08", Number: "安文〔2011〕28号"}

var lookedOver = plan.SecrecyReview{By: "局保密办公室", Day: "2011-08-08", Result: "可以公开"}

func (w *town) publish(p id.Plan, items ...id.Item) {
	w.Helper()
	w.must(w.office.Publish(w.Context(), w.cmd(w.leader), p, plan.Release{Items: items}, lookedOver))
}

func (w *town) forced(text string) Review {
	w.Helper()
	r := w.imported(text)
	w.answerAll(r)
	w.must(w.office.TakeIntoForce(w.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	return w.review(r.Plan.ID)
}

func (w *town) entries() []db.Logged {
	w.Helper()
	var all []db.Logged
	w.must(w.db.Read(w.Context(), func(v *db.View) (err error) {
		all, err = db.Entries(v, 1, 0, 1000)
		return err
	}))
	return all
}
