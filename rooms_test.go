package luoshi

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// arrows is the picture of docs/rooms.md: which room may use which.
var arrows = func() map[string]string {
	const kernel = "id fault ledger calendar document org search"
	const nouns = " plan progress collection reminder fact"
	const office = "internal/web internal/desk internal/web/office/page " + kernel // a family of pages knows no other
	return map[string]string{
		"id": "", "fault": "", "ledger": "", "calendar": "id fault ledger",
		"document": "id fault ledger calendar", "org": "id fault ledger calendar", "search": "fault", "plan": kernel, "progress": kernel, "collection": kernel, "reminder": kernel, "fact": kernel,
		"internal/db": kernel, "internal/blob": kernel + " internal/disk", "internal/keys": kernel + " internal/disk", "internal/text": kernel,
		"internal/desk":  "internal/db internal/blob " + kernel + nouns,
		"internal/login": "internal/db " + kernel,
		"internal/web":   "internal/desk internal/text " + kernel + nouns,
		"internal/web/office": office + " internal/login internal/paper progress" +
			strings.ReplaceAll(" accounts units plans duties leader reports facts indicators collections reminders", " ", " internal/web/office/"),
		"internal/web/office/page":     "internal/web internal/desk internal/login plan progress collection fact " + kernel,
		"internal/web/office/accounts": office + " internal/login internal/paper", "internal/web/office/units": office, "internal/web/office/duties": office + " plan progress",
		"internal/web/office/plans": office + " internal/paper plan", "internal/web/office/leader": office + " internal/paper plan", "internal/web/office/indicators": office + " fact",
		"internal/web/office/reports": office + " internal/paper internal/text plan progress", "internal/web/office/facts": office + " internal/paper fact progress",
		"internal/web/office/collections": office + " internal/paper collection", "internal/web/office/reminders": office + " internal/paper progress reminder",
		"internal/web/public": "internal/web internal/desk internal/text internal/paper " + kernel + nouns,
		"internal/paper":      "internal/text " + kernel + nouns,
		"internal/job":        "internal/desk internal/gateway internal/text id reminder",
		"internal/gateway":    "",
		"internal/sample":     "internal/desk " + kernel + nouns,
		"internal/audit":      kernel + nouns,
		"internal/bench":      "internal/desk fault",
		"internal/archive":    "internal/disk", "internal/disk": "",
		"internal/convert": "document fault",
		"cmd/luoshi":       "*",
		"tests/postgres":   "", "tests/postgres/with": "tests/postgres", "tests/gateway": "",
	}
}()

var (
	statement = regexp.MustCompile("[\"`](SELECT|INSERT INTO|UPDATE|DELETE FROM) ")
	clock     = regexp.MustCompile(`\btime\.(Now|Since|Sleep|After)\(|\brand\.`)
)

func TestRooms(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "data", "bin"}, path) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		room := filepath.ToSlash(filepath.Dir(path))
		allowed, known := arrows[room]
		if !known {
			t.Errorf("%s: the room %s is not in the picture", path, room)
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			to := strings.Trim(i.Path.Value, `"`)
			if own, ok := strings.CutPrefix(to, "luoshi/"); ok && allowed != "*" && !slices.Contains(strings.Fields(allowed), own) {
				t.Errorf("%s: no arrow from %s to %s", path, room, own)
			}
			if to == "net/http" && !strings.HasPrefix(room, "internal/web") && !strings.HasSuffix(room, "/gateway") && room != "internal/login" && room != "internal/bench" && room != "cmd/luoshi" {
				t.Errorf("%s: net/http outside web, login, gateway, bench and cmd", path)
			}
			if room == "ledger" && strings.Contains(to, ".") && !strings.HasPrefix(to, "golang.org/x/mod/") {
				t.Errorf("%s: the ledger uses the standard library and x/mod only, not %s", path, to)
			}
		}
		if statement.Match(source) && room != "internal/db" && room != "internal/login" && !strings.HasSuffix(path, "_sql.go") {
			t.Errorf("%s: SQL outside db, login and *_sql.go", path)
		}
		if clock.Match(source) && !strings.Contains(room, "/") {
			t.Errorf("%s: a clock or randomness in a room of rules", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
