package relation

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// Read gives do a snapshot: all that it reads is as of one moment. It may be
// called within Write, and then sees what was there before.
func (s *Store) Read(ctx context.Context, do func(workspace.Reader) error) error {
	return s.transact(ctx, s.readers, s.dialect.Read, func(t *transaction) error { return do(t) })
}

// Write does all that do does, or nothing of it: nothing when do fails or panics,
// or ctx ends before do has returned. It returns nil only when all is on disk.
//
// Do may be called again from its start, when others have changed what it read:
// it must not change anything but documents. It must not call Write. When the
// connection to the database is lost at the very end, nobody knows whether the
// changes were kept; the error then is none of workspace's.
func (s *Store) Write(ctx context.Context, do func(workspace.Writer) error) error {
	return s.transact(ctx, s.writers, s.dialect.Write, func(t *transaction) error { return do(t) })
}

const (
	mostTries   = 100
	firstPause  = time.Millisecond
	longestWait = 100 * time.Millisecond
	// commitLimit is how long the end of a transaction may take: until then ctx does not
	// interrupt it, so that whoever asked learns what came of it.
	commitLimit = time.Minute
)

// transact tries until nobody else is in the way.
func (s *Store) transact(ctx context.Context, pool *sql.DB, options sql.TxOptions, do func(*transaction) error) error {
	var err error
	for try := range mostTries {
		if err = s.once(ctx, pool, options, do); err == nil || !s.dialect.Again(err) {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w (%d tries): %w", ErrBusy, mostTries, err)
}

// pause waits longer after every try, and never as long as somebody else.
func pause(ctx context.Context, try int) error {
	longest := min(firstPause<<min(try, 10), longestWait)
	timer := time.NewTimer(rand.N(longest))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// once runs do in a transaction of its own.
func (s *Store) once(ctx context.Context, pool *sql.DB, options sql.TxOptions, do func(*transaction) error) (err error) {
	if failed := s.broken.Load(); failed != nil && !options.ReadOnly {
		return fmt.Errorf("%w: %w", workspace.ErrBroken, *failed)
	}
	defer func() { err = s.judge(ctx, err) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return &fault{err}
	}
	defer func() { _ = conn.Close() }()
	until, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	detach := context.AfterFunc(ctx, cancel)
	tx, err := conn.BeginTx(until, &options)
	if err != nil {
		return &fault{err}
	}
	defer func() { _ = tx.Rollback() }() // on a panic too; nothing after a commit
	t := &transaction{ctx: ctx, tx: tx}
	if err := do(t); err != nil {
		return t.because(err)
	}
	if !detach() {
		return ctx.Err()
	}
	if t.failed != nil {
		return t.failed
	}
	defer time.AfterFunc(commitLimit, cancel).Stop()
	if err := tx.Commit(); err != nil {
		return &fault{err}
	}
	return nil
}

// judge remembers a disk that failed, and says of what was interrupted that it was.
func (s *Store) judge(ctx context.Context, err error) error {
	failed, ok := err.(*fault) //nolint:errorlint // only our own, not what do has made of one
	if !ok {
		return err
	}
	if s.dialect.Broken(failed) {
		s.broken.CompareAndSwap(nil, &failed.error)
		return fmt.Errorf("%w: %w", workspace.ErrBroken, failed.error)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("the store: %w", failed.error)
}

// fault is an error of the database, not of what somebody asked of it.
type fault struct{ error }

// Unwrap gives the database's own error.
func (f *fault) Unwrap() error { return f.error }

// transaction is a Writer, or a Reader where its options say so.
type transaction struct {
	ctx    context.Context
	tx     *sql.Tx
	failed *fault // the first error of the database: nothing of it can be kept
}

// because is why a transaction was given up: the database's error goes before
// what was made of it.
func (t *transaction) because(err error) error {
	if t.failed != nil {
		return t.failed
	}
	return err
}

// fail keeps the first error of the database.
func (t *transaction) fail(err error) error {
	if t.failed == nil {
		t.failed = &fault{err}
	}
	return t.failed
}

// exec runs a statement and tells how many rows it changed.
func (t *transaction) exec(statement string, values ...any) (rows int64, err error) {
	result, err := t.tx.ExecContext(t.ctx, statement, values...)
	if err != nil {
		return 0, t.fail(err)
	}
	if rows, err = result.RowsAffected(); err != nil {
		return 0, t.fail(err)
	}
	return rows, nil
}
