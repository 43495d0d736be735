// Package sqlite keeps documents in a SQLite database, one file on this
// machine, within the process. Package postgres does the same for many machines.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/qala-city/qala/internal/store/hold"
	"github.com/qala-city/qala/internal/store/relation"
	"github.com/qala-city/qala/internal/store/wholefile"
)

//go:embed migrations/*.sql
var migrations embed.FS

// readers is how many may read at the same time; there is one writer.
const readers = 8

// Open opens the database in the file at path, whose folder exists; the file is
// made when it is not there. Several processes may have it open, on one machine.
func Open(ctx context.Context, path string) (*relation.Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := touch(path); err != nil {
		return nil, err
	}
	writing, err := pool(path, 1, "_txlock=immediate")
	if err != nil {
		return nil, err
	}
	reading, err := pool(path, readers, "_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, writing.Close())
	}
	store, err := relation.Open(ctx, dialect(path), writing, reading)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := settle(ctx, writing, path); err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", path, err), store.Close())
	}
	return store, nil
}

// touch makes the file where there is none, for nobody else to read.
func touch(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// settle brings what a process before this one has left in the log beside the
// file into the file. After a failure of the disk the log may be whole in memory
// and not on the disk; what is added to it would be lost with it. And it sees the
// name of the log on disk, of which SQLite does not ask what became.
func settle(ctx context.Context, db *sql.DB, path string) error {
	if _, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return err
	}
	return wholefile.SyncFolder(filepath.Dir(path))
}

// settings are those of every connection: a change is on disk when it is
// acknowledged, and those who read never wait for those who write.
var settings = []string{
	"_pragma=busy_timeout(10000)",
	"_pragma=journal_mode(WAL)",
	"_pragma=synchronous(FULL)",
	"_pragma=foreign_keys(1)",
	"_pragma=journal_size_limit(67108864)",
}

func pool(path string, connections int, more string) (*sql.DB, error) {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // C:/...
		slashed = "/" + slashed
	}
	name := url.URL{Scheme: "file", Path: slashed, RawQuery: strings.Join(append(settings[:len(settings):len(settings)], more), "&")}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

func dialect(path string) relation.Dialect {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name is a constant
	}
	return relation.Dialect{
		Name:       goose.DialectSQLite3,
		Migrations: steps,
		Alone:      func(ctx context.Context) (func(), error) { return alone(ctx, path+".lock") },
		Read:       sql.TxOptions{ReadOnly: true},
		Again:      func(error) bool { return false }, // there is one writer, and he waits for his turn
		Broken:     broken,
	}
}

// alone waits for its turn.
func alone(ctx context.Context, path string) (release func(), err error) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		release, err := hold.Try(path)
		if !errors.Is(err, hold.ErrHeld) {
			return release, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}

// broken tells a disk that failed from one that is full: what did not fit was
// taken back whole, and the next change may fit.
func broken(err error) bool {
	switch code(err) & 0xff {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	return false
}

// code is SQLite's number of an error, 0 for an error of somebody else.
func code(err error) int {
	var its *sqlite.Error
	if errors.As(err, &its) {
		return its.Code()
	}
	return 0
}
