package postgres

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Environment names the variable that holds the address of the PostgreSQL on
// which tests run.
const Environment = "LUOSHI_TEST_POSTGRES"

var (
	count atomic.Int64
	said  sync.Once
)

// Fresh gives the address of an empty schema of the test server, which is
// dropped after the test; nothing where tests run on SQLite.
func Fresh(t testing.TB) string {
	t.Helper()
	server := os.Getenv(Environment)
	if server == "" {
		said.Do(func() {
			fmt.Fprintln(os.Stderr, "LEFT OUT: these tests run on SQLite only here. On PostgreSQL too: go run ./tests/postgres/with go test ./internal/db ./internal/desk ./internal/login ./internal/job")
		})
		return ""
	}
	name := fmt.Sprintf("t%d_%d", os.Getpid(), count.Add(1))
	Do(t, server, "CREATE SCHEMA "+name)
	t.Cleanup(func() { Do(t, server, "DROP SCHEMA "+name+" CASCADE") })
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	return address.String()
}

// within is the address of another database of a server.
func within(t testing.TB, server, name string) string {
	t.Helper()
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name
	return address.String()
}

// Do runs a statement on a server.
func Do(t testing.TB, server, text string) {
	t.Helper()
	d, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Exec(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

var table = regexp.MustCompile(`(?s)CREATE TABLE (\w+) \(.*?\n\);`)

// parts is how many partitions a distributed table has.
const parts = 2

// Spread declares every distributed table as partitioned by its city: PostgreSQL
// then refuses what a database spread over machines would refuse, above all a
// key without the city.
func Spread(migration string, distributed func(table string) bool) string {
	return table.ReplaceAllStringFunc(migration, func(text string) string {
		name := table.FindStringSubmatch(text)[1]
		if !distributed(name) {
			return text
		}
		var b strings.Builder
		b.WriteString(strings.TrimSuffix(text, ";") + " PARTITION BY HASH (city_id);")
		for n := range parts {
			fmt.Fprintf(&b, "\nCREATE TABLE %s_%d PARTITION OF %s FOR VALUES WITH (MODULUS %d, REMAINDER %d);", name, n, name, parts, n)
		}
		return b.String()
	})
}
