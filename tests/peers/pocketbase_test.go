package peers_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

const (
	pocketBaseEnv = "PEERS_POCKETBASE" // holds the setting, in the process that is PocketBase
	asShipped     = "shipped"
	full          = "full"

	collection = "milestones"
	mail       = "shoudeng@example.org"
	password   = "渔火照着晒书的石板路"
	readBack   = "settings: "
)

// servePocketBase is PocketBase's own program with one collection, and, where it
// is asked for, with another way to open the database of its records.
func servePocketBase(setting string) {
	config := pocketbase.Config{}
	if setting == full {
		config.DBConnect = connectFull
	}
	app := pocketbase.NewWithConfig(config)
	migrations.Register(found, nil, "1_peers.go")
	migrations.Register(foundFacts, nil, "2_facts.go")
	sumUp(app)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		var said []string
		for _, d := range []struct {
			name string
			db   dbx.Builder
		}{{"writing", e.App.NonconcurrentDB()}, {"reading", e.App.ConcurrentDB()}, {"request log", e.App.AuxNonconcurrentDB()}} {
			var synchronous, journal string
			if err := errors.Join(d.db.NewQuery("PRAGMA synchronous").Row(&synchronous), d.db.NewQuery("PRAGMA journal_mode").Row(&journal)); err != nil {
				return err
			}
			said = append(said, fmt.Sprintf("%s synchronous=%s journal_mode=%s", d.name, synchronous, journal))
		}
		fmt.Println(readBack + strings.Join(said, ", "))
		return e.Next()
	})
	if err := app.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// connectFull is core.DefaultDBConnect with synchronous(FULL) for the records. The
// request log stays as shipped: nobody is promised anything about it.
func connectFull(path string) (*dbx.DB, error) {
	if filepath.Base(path) != "data.db" {
		return core.DefaultDBConnect(path)
	}
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)"+
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
}

// found makes a collection into which whoever is signed in may create, somebody
// who signs in, and a superuser, without whom PocketBase opens a browser.
func found(app core.App) error {
	c := core.NewBaseCollection(collection)
	c.CreateRule = types.Pointer(`@request.auth.id != ""`)
	c.ListRule = c.CreateRule
	c.Fields.Add(
		&core.TextField{Name: "quote", Required: true, Max: 500},
		&core.TextField{Name: "title", Required: true, Max: 200},
		&core.TextField{Name: "due", Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.TextField{Name: "hardness", Required: true, Max: 10},
		&core.TextField{Name: "proof", Max: 200},
	)
	if err := app.Save(c); err != nil {
		return err
	}
	for name, address := range map[string]string{"users": mail, core.CollectionNameSuperusers: "boss@example.org"} {
		of, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return err
		}
		one := core.NewRecord(of)
		one.SetEmail(address)
		one.SetPassword(password)
		if err := app.Save(one); err != nil {
			return err
		}
	}
	return nil
}

// beginPocketBase serves fresh data and signs every client in.
func beginPocketBase(h *house, setting string) (s subject, err error) {
	self, err := os.Executable()
	if err != nil {
		return s, err
	}
	data := h.temp()
	if s.server, err = serve(data, "/api/health", func(address string) []string {
		return []string{self, "serve", "--http=" + address, "--dir=" + filepath.Join(data, "pb_data")}
	}, pocketBaseEnv+"="+setting); err != nil {
		return s, err
	}
	tokens := make([]http.Header, *clients)
	for c := range tokens {
		body, err := request{url: s.server.base + "/api/collections/users/auth-with-password", kind: "application/json",
			body: text(map[string]string{"identity": mail, "password": password}), check: wellAnswered}.send(s.server.client)
		if err != nil {
			return s, fmt.Errorf("sign in: %w", err)
		}
		var signed struct{ Token string }
		if err := json.Unmarshal(body, &signed); err != nil || signed.Token == "" {
			return s, fmt.Errorf("sign in: no token in %.200s", body)
		}
		tokens[c] = http.Header{"Authorization": {signed.Token}}
	}
	s.data = data
	url := s.server.base + "/api/collections/" + collection + "/records"
	// A create by somebody who is not signed in must be refused.
	if _, err := (request{url: url, kind: "application/json", body: text(fields(0)), check: wellAnswered}).send(s.server.client); err == nil {
		return s, errors.New("PocketBase took a record from somebody who is not signed in")
	}
	s.create = func(client int, n int64) request {
		f := fields(n)
		return request{url: url, kind: "application/json", body: text(f), header: tokens[client],
			check: func(status int, to string, body []byte) error {
				var made struct{ ID, Title string }
				if status != http.StatusOK || json.Unmarshal(body, &made) != nil || made.ID == "" || made.Title != f["title"] {
					return refused(status, to, body)
				}
				return nil
			}}
	}
	s.count = func() (int64, error) { return countRows(filepath.Join(data, "pb_data", "data.db"), collection) }
	_, said, _ := strings.Cut(s.server.said(), readBack)
	s.note, _, _ = strings.Cut(said, "\n")
	return s, nil
}

func wellAnswered(status int, to string, body []byte) error {
	if status != http.StatusOK {
		return refused(status, to, body)
	}
	return nil
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings
	}
	return string(b)
}

// fields is a record, the same for both: five short texts.
func fields(n int64) map[string]string {
	return map[string]string{
		"quote":    "在渡口办换书日",
		"title":    fmt.Sprintf("第%08d批换书日的书目贴上渡口的墙", n),
		"due":      fmt.Sprintf("2011-%02d-%02d", 1+n%12, 1+n%28),
		"hardness": "hard",
		"proof":    "渡口墙上的书目照片和换书登记本",
	}
}
