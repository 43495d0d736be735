package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Copy writes the database at path, as it is at one moment, to a new file. Those who
// read and write it go on meanwhile.
func Copy(ctx context.Context, path, to string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	db, err := pool(path, 1, "")
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("copying %s: %w", path, err)
	}
	return nil
}

// ErrUnsound is the error of a database that is not as SQLite writes one.
var ErrUnsound = errors.New("the database is damaged")

// Check looks through the whole database at path.
func Check(ctx context.Context, path string) error {
	db, err := pool(path, 1, "_pragma=query_only(1)")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it was only read
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("%w: %w", ErrUnsound, err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrUnsound, verdict)
	}
	return nil
}
