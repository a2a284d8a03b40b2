package db

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"time"

	"luoshi/fault"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// onPostgres is what every session sets: commits are durable whatever the server
// is set to, a statement that waits for a lock gives up, and the lock of a
// program that vanished in the middle of a transaction is let go of.
var onPostgres = map[string]string{
	"application_name":                    "luoshi",
	"synchronous_commit":                  "on",
	"lock_timeout":                        "10s",
	"idle_in_transaction_session_timeout": "60s",
}

func postgresEngine(url string) (*engine, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the address of the database: %w", err)
	}
	for name, value := range onPostgres {
		if _, given := config.RuntimeParams[name]; !given || name == "synchronous_commit" {
			config.RuntimeParams[name] = value
		}
	}
	// Every text is prepared by conn; what is not must go over the wire as it is.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.ConnectTimeout = 10 * time.Second
	e := &engine{dialect: goose.DialectPostgres, beginWrite: "BEGIN", beginRead: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		readers: max(8, 4*runtime.NumCPU()), most: 1, patience: 20 * time.Second,
		nothing: func(error) bool { return false }, unknown: ErrUnknown, explain: explainPostgres}
	e.writePool, e.readPool = stdlib.OpenDB(*config), stdlib.OpenDB(*config)
	limit(e.readPool, e.readers)
	return e, nil
}

// IsPostgres tells the address of a PostgreSQL database from the path of a folder.
func IsPostgres(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

func explainPostgres(err error) *fault.Fault {
	var answered *pgconn.PgError
	if errors.As(err, &answered) {
		switch {
		case answered.Code == "53100": // disk_full
			return ErrDiskFull
		case answered.Code == "25006": // read_only_sql_transaction
			return ErrReadOnly
		case answered.Code == "55P03", answered.Code[:2] == "40": // lock_not_available; serialization
			return ErrBusy
		case answered.Code[:2] == "08", answered.Code[:2] == "57", answered.Code[:2] == "53": // connection; operator intervention; resources
			return ErrAway
		}
		return nil
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connecting) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		errors.Is(err, sql.ErrConnDone) || pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "bad connection") {
		return ErrAway
	}
	return nil
}
