// Package postgres keeps documents and contents in a PostgreSQL database, for as
// many machines as reach it. Package sqlite does the same within the process.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/qala-city/qala/internal/store/relation"
)

//go:embed migrations/*.sql
var migrations embed.FS

// How many connections one process may have. Reading has its own, so that who
// writes can always read as well.
const (
	readers = 12
	writers = 8
	idle    = 5 * time.Minute
)

// Store keeps documents, and has contents beside them.
type Store struct {
	*relation.Store
	contents *Contents
}

// Contents are the contents in the same database. They are closed with the store.
func (s *Store) Contents() *Contents { return s.contents }

// Open opens the database at an address, postgres://user@host/name or the like,
// which must be in UTF-8, and makes its tables when they are not there.
func Open(ctx context.Context, address string) (*Store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	for name, value := range settings {
		config.RuntimeParams[name] = value
	}
	reading, writing := pool(config, readers), pool(config, writers)
	if err := inUTF8(ctx, writing); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the store: %w", err), reading.Close(), writing.Close())
	}
	store, err := relation.Open(ctx, dialect(writing), writing, reading)
	if err != nil {
		return nil, err
	}
	return &Store{store, &Contents{reading, writing}}, nil
}

var settings = map[string]string{
	"application_name": "qala",
	// Nobody who is gone keeps the others waiting.
	"idle_in_transaction_session_timeout": "60s",
	// Serializable transactions that read a small table as a whole are refused
	// for what others do anywhere in it; by an index, only for what is near.
	"enable_seqscan": "off",
}

func pool(config *pgx.ConnConfig, connections int) *sql.DB {
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(durable))
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(idle)
	return db
}

// durable makes a commit wait for the disk also where the server's own settings
// do not.
func durable(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'")
	return err
}

func inUTF8(ctx context.Context, db *sql.DB) error {
	var encoding string
	if err := db.QueryRowContext(ctx, "SHOW server_encoding").Scan(&encoding); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return fmt.Errorf("the database is in %s; make one in UTF8", encoding)
	}
	return nil
}

func dialect(db *sql.DB) relation.Dialect {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name is a constant
	}
	return relation.Dialect{
		Name:       goose.DialectPostgres,
		Migrations: steps,
		Alone:      func(ctx context.Context) (func(), error) { return alone(ctx, db) },
		Read:       sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		Write:      sql.TxOptions{Isolation: sql.LevelSerializable},
		Probe:      sql.TxOptions{Isolation: sql.LevelReadCommitted},
		Again:      again,
		Broken:     func(error) bool { return false }, // the server stops by itself
	}
}

// openingLock is the number of the lock that whoever opens the database holds.
const openingLock = 0x71616c61

func alone(ctx context.Context, db *sql.DB) (release func(), err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", openingLock); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", openingLock)
		_ = conn.Close()
	}, nil
}

// again reports a transaction that was given up because of another one: one
// that cannot be put in an order with it, or that waits for it in a circle.
func again(err error) bool {
	var its *pgconn.PgError
	return errors.As(err, &its) && (its.Code == "40001" || its.Code == "40P01")
}
