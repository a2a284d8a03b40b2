package db

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"strings"

	"luoshi/fault"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // the driver "sqlite"
)

// Sentences for what can befall a file.
var (
	ErrDiskFull = fault.New(fault.Busy, "服务器的磁盘满了，没有收下。请管理员腾出地方，再交一次。")
	ErrReadOnly = fault.New(fault.Busy, "服务器的数据文件夹不能写，没有收下。请管理员检查文件夹的权限，再交一次。")
	ErrDisk     = fault.New(fault.Busy, "服务器的磁盘出了错，没有收下。请管理员检查磁盘，再交一次。")
)

// Primary result codes, https://www.sqlite.org/rescode.html
const (
	sqliteBusy     = 5
	sqliteReadOnly = 8
	sqliteIOErr    = 10
	sqliteCorrupt  = 11
	sqliteFull     = 13
	sqliteCantOpen = 14
)

func sqliteEngine(path string, kept bool) (*engine, error) {
	e := &engine{dialect: goose.DialectSQLite3, beginWrite: "BEGIN IMMEDIATE", beginRead: "BEGIN", readers: 2 * runtime.NumCPU(),
		most: groupMost, oneFile: true, explain: explainSQLite}
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

func explainSQLite(err error) *fault.Fault {
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
	case sqliteIOErr, sqliteCorrupt, sqliteCantOpen:
		return ErrDisk
	}
	return nil
}
