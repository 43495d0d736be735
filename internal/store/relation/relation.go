// Package relation keeps documents in one table of a relational database.
// Packages sqlite and postgres open such a database; package workspace says what
// a document is.
//
// What one Write does comes to be at once and is on disk when Write returns, or
// nothing of it is there. Writes happen as if one after another.
package relation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"sync/atomic"

	"github.com/pressly/goose/v3"
)

// The errors of a store, besides those of a document.
var (
	// ErrNewer is that of a database which a later program has written.
	ErrNewer = errors.New("the database was written by a newer program")
	// ErrBusy is that of a change which always met those of others.
	ErrBusy = errors.New("too many others change the same documents")
)

// Dialect is what databases do not have in common.
type Dialect struct {
	Name       goose.Dialect
	Migrations fs.FS // NUMBER_name.sql, each a transaction of its own
	// Alone lets one process at a time bring the database up to date.
	Alone func(ctx context.Context) (release func(), err error)
	Read  sql.TxOptions // of a snapshot
	Write sql.TxOptions // of changes
	Probe sql.TxOptions // of a change that needs no order among others
	// Again reports whether a transaction was refused, whole, because of another.
	Again func(error) bool
	// Broken reports whether an error says that the disk cannot be trusted.
	Broken func(error) bool
}

// Store keeps documents. It may be used by many goroutines.
type Store struct {
	dialect Dialect
	writers *sql.DB
	readers *sql.DB
	broken  atomic.Pointer[error] // what the disk said when it failed
}

// Open brings a database up to date and is then its owner: both pools, which may
// be the same one, are closed by Close, or here when this fails.
func Open(ctx context.Context, dialect Dialect, writers, readers *sql.DB) (*Store, error) {
	s := &Store{dialect: dialect, writers: writers, readers: readers}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the store: %w", err), s.Close())
	}
	return s, nil
}

// Close ends the use of the store. Whoever still reads or writes gets an error.
func (s *Store) Close() error {
	if s.readers == s.writers {
		return s.writers.Close()
	}
	return errors.Join(s.readers.Close(), s.writers.Close())
}

// Check reports whether the store can be reached and written: it changes a row
// that means nothing and sees it on disk.
func (s *Store) Check(ctx context.Context) error {
	return s.transact(ctx, s.writers, s.dialect.Probe, func(t *transaction) error {
		_, err := t.exec("UPDATE probe SET beats = beats + 1")
		return err
	})
}
