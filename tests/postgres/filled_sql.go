package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"sync"
	"testing"
)

// original is a database that stands as it was filled, and the copies of it that
// tests have given back.
type original struct {
	sync.Mutex
	name  string
	ready bool
	idle  []string
	shape string            // of its tables, which no copy may have changed
	rows  map[string]string // digests of the tables that are not empty
}

var originals sync.Map // name of a database: *original

// Filled gives the address of a database of the test server that stands as fill left
// it; nothing where tests run on SQLite. fill is called once for a name and lets go of
// the database: every test has a copy of its own. Making one takes longer than most tests
// do, so that a copy is cleared after its test for the next one; it is dropped where the
// test failed, changed tables or what fill wrote, or leaves more than is cleared quickly.
func Filled(t testing.TB, name string, fill func(address string)) string {
	t.Helper()
	server := os.Getenv(Environment)
	if server == "" {
		return Fresh(t)
	}
	known, _ := originals.LoadOrStore(name, &original{name: fmt.Sprintf("%s_%d", name, os.Getpid())})
	o := known.(*original)
	copied := o.take(t, server, fill)
	t.Cleanup(func() {
		if t.Failed() || !o.giveBack(within(t, server, copied), copied) {
			Do(t, server, "DROP DATABASE "+copied+" WITH (FORCE)")
		}
	})
	return within(t, server, copied)
}

func (o *original) take(t testing.TB, server string, fill func(address string)) string {
	t.Helper()
	o.Lock()
	defer o.Unlock()
	if !o.ready {
		Do(t, server, "CREATE DATABASE "+o.name)
		address := within(t, server, o.name)
		fill(address)
		if err := o.look(address); err != nil {
			t.Fatal(err)
		}
		o.ready = true
	}
	if last := len(o.idle) - 1; last >= 0 {
		copied := o.idle[last]
		o.idle = o.idle[:last]
		return copied
	}
	copied := fmt.Sprintf("t%d_%d", os.Getpid(), count.Add(1))
	Do(t, server, "CREATE DATABASE "+copied+" TEMPLATE "+o.name+" STRATEGY FILE_COPY")
	return copied
}

// mostCleared is how many rows are deleted one by one: they stay in the files, and
// slow down who comes next.
const mostCleared = 20_000

// shape counts the tables, columns, rules and triggers of a database.
const shape = `SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM pg_class), (SELECT COUNT(*) FROM pg_attribute), (SELECT COUNT(*) FROM pg_constraint), (SELECT COUNT(*) FROM pg_trigger))`

// look remembers how the original stands.
func (o *original) look(address string) error {
	d, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.QueryRow(shape).Scan(&o.shape); err != nil {
		return err
	}
	written, err := written(d)
	o.rows = map[string]string{}
	for _, table := range written {
		if err == nil {
			o.rows[table], err = digest(d, table)
		}
	}
	return err
}

// giveBack clears a copy, and tells whether it stands as the original again.
func (o *original) giveBack(address, name string) bool {
	d, err := sql.Open("pgx", address)
	if err != nil {
		return false
	}
	defer d.Close()
	var now string
	if err := d.QueryRow(shape).Scan(&now); err != nil || now != o.shape {
		return false
	}
	tables, err := written(d)
	if err != nil {
		return false
	}
	// No order of deleting would do for all tables that name one another.
	statements := []string{"SET session_replication_role = replica", "SET lock_timeout = '5s'"}
	for _, table := range tables {
		if was, kept := o.rows[table]; !kept {
			statements = append(statements, "DELETE FROM "+table)
		} else if is, err := digest(d, table); err != nil || is != was {
			return false
		}
	}
	one, err := d.Conn(context.Background())
	if err != nil {
		return false
	}
	defer one.Close()
	cleared := int64(0)
	for _, s := range statements {
		r, err := one.ExecContext(context.Background(), s)
		if err != nil {
			return false
		}
		n, _ := r.RowsAffected()
		if cleared += n; cleared > mostCleared {
			return false
		}
	}
	o.Lock()
	defer o.Unlock()
	o.idle = append(o.idle, name)
	return true
}

// written gives the tables to which anything was ever written.
func written(d *sql.DB) (tables []string, err error) {
	rows, err := d.Query(`SELECT c.oid::regclass::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
		AND (c.relkind = 'r' AND pg_relation_size(c.oid) > 0 OR c.relkind = 'p' AND EXISTS
			(SELECT 1 FROM pg_inherits i WHERE i.inhparent = c.oid AND pg_relation_size(i.inhrelid) > 0)) ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return nil, err
		}
		tables = append(tables, table)
	}
	return tables, rows.Err()
}

func digest(d *sql.DB, table string) (sum string, err error) {
	err = d.QueryRow("SELECT COALESCE(MD5(STRING_AGG(t::text, ' ' ORDER BY t::text)), '') FROM " + table + " t").Scan(&sum)
	return sum, err
}
