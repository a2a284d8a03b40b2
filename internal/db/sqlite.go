package db

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"luoshi/fault"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // the driver "sqlite"
)

// Result codes, https://www.sqlite.org/rescode.html
const (
	sqliteBusy     = 5
	sqliteReadOnly = 8
	sqliteIOErr    = 10
	sqliteCorrupt  = 11
	sqliteFull     = 13
	sqliteCantOpen = 14

	sqliteIOErrWrite = 3<<8 | sqliteIOErr
)

// seal writes the first page anew, with a number in it that nobody uses. A COMMIT
// that failed may have left all of its pages in the log of writes, and whoever
// opens the file after a crash takes them for good; the next commit stands in
// their place.
const seal = "PRAGMA application_id = 20110923"

func sqliteEngine(path string, kept bool) (*engine, error) {
	e := &engine{dialect: goose.DialectSQLite3, beginWrite: "BEGIN IMMEDIATE", beginRead: "BEGIN", readers: 2 * runtime.NumCPU(),
		most: groupMost, oneFile: true, seal: seal, nothing: nothingWritten, unknown: ErrDiskUnknown,
		explain: func(err error) *fault.Fault { return explainSQLite(err, filepath.Dir(path)) }}
	var err error
	checkpoint := "_pragma=wal_autocheckpoint(1000)"
	if kept { // whoever keeps the log says when it may be folded
		checkpoint = noCheckpoint
	}
	if e.writePool, err = openFile(path, 1, "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", checkpoint,
		"_pragma=foreign_keys(1)", "_pragma=secure_delete(1)"); err != nil {
		return nil, err
	}
	e.readPool, err = openFile(path, e.readers, "_pragma=query_only(1)")
	return e, err
}

func openFile(path string, connections int, parameters ...string) (*sql.DB, error) {
	name := url.URL{Path: path} // escapes ? and # in folder names
	pool, err := sql.Open("sqlite", "file:"+name.EscapedPath()+"?_pragma=busy_timeout(10000)&"+strings.Join(parameters, "&"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	limit(pool, connections)
	return pool, nil
}

func limit(pool *sql.DB, connections int) {
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
}

// nothingWritten reports whether a COMMIT failed before its last page was written:
// nothing of it can come to light then.
func nothingWritten(err error) bool {
	var of *sqlite.Error
	return errors.As(err, &of) && (of.Code()&0xff == sqliteFull || of.Code() == sqliteIOErrWrite)
}

func explainSQLite(err error, folder string) *fault.Fault {
	var of *sqlite.Error
	if !errors.As(err, &of) {
		return nil
	}
	switch of.Code() & 0xff {
	case sqliteBusy:
		return ErrBusy
	case sqliteFull:
		return ErrDiskFull
	case sqliteReadOnly:
		return ErrReadOnly
	case sqliteIOErr, sqliteCantOpen:
		if f := diskTrouble(tried(folder)); f != nil {
			return f
		}
		return ErrDisk
	case sqliteCorrupt:
		return ErrDisk
	}
	return nil
}
