package postgres

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/qala-city/qala/internal/store/contents"
	"github.com/qala-city/qala/internal/workspace"
)

// chunk is how much of a content one row has.
const chunk = 1 << 20

// Contents keeps contents in rows. A content is there for others when all its rows are.
type Contents struct{ reading, writing *sql.DB }

// Put keeps all that there is to read, and gives its name and its bytes. It is
// read to a file of this machine first: how slowly it comes is nobody else's
// matter, and what is kept already is not sent.
func (c *Contents) Put(ctx context.Context, from io.Reader) (sum workspace.Sum, bytes int64, err error) {
	file, err := os.CreateTemp("", "qala-content-")
	if err != nil {
		return "", 0, fmt.Errorf("keeping a content: %w", err)
	}
	defer func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}()
	hash := sha256.New()
	if bytes, err = io.Copy(io.MultiWriter(file, hash), contents.Interrupted(ctx, from)); err != nil {
		return "", 0, fmt.Errorf("keeping a content: %w", err)
	}
	sum = contents.SumOf(hash)
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", 0, fmt.Errorf("keeping a content: %w", err)
	}
	if err := c.send(ctx, sum, bytes, file); err != nil {
		return "", 0, fmt.Errorf("keeping the content %s: %w", sum, err)
	}
	return sum, bytes, nil
}

// send keeps a content unless it is there.
func (c *Contents) send(ctx context.Context, sum workspace.Sum, bytes int64, from io.Reader) error {
	if has, err := c.Has(ctx, sum); has || err != nil {
		return err
	}
	tx, err := c.writing.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	result, err := tx.ExecContext(ctx, "INSERT INTO contents (sum, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING", string(sum), bytes)
	if err != nil {
		return err
	}
	if rows, err := result.RowsAffected(); rows == 0 || err != nil { // somebody else was first
		return err
	}
	buffer := make([]byte, chunk)
	for number, left := 0, bytes; left > 0; number++ {
		part := buffer[:min(left, chunk)]
		if _, err := io.ReadFull(from, part); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO chunks (sum, number, body) VALUES ($1, $2, $3)", string(sum), number, part); err != nil {
			return err
		}
		left -= int64(len(part))
	}
	return tx.Commit()
}

// Open gives a content to read, and its bytes; ctx is in use until it is closed.
func (c *Contents) Open(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error) {
	bytes, err := c.bytes(ctx, sum)
	if err != nil {
		return nil, 0, err
	}
	return &reader{ctx: ctx, from: c.reading, sum: sum, bytes: bytes, number: -1}, bytes, nil
}

// bytes is how large a content is, or ErrNoContent.
func (c *Contents) bytes(ctx context.Context, sum workspace.Sum) (bytes int64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if err = sql.ErrNoRows; sum.Valid() {
		err = c.reading.QueryRowContext(ctx, "SELECT bytes FROM contents WHERE sum = $1", string(sum)).Scan(&bytes)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = workspace.ErrNoContent
	}
	if err != nil {
		return 0, fmt.Errorf("the content %q: %w", sum, err)
	}
	return bytes, nil
}

// Has reports whether a content is kept.
func (c *Contents) Has(ctx context.Context, sum workspace.Sum) (bool, error) {
	_, err := c.bytes(ctx, sum)
	if errors.Is(err, workspace.ErrNoContent) {
		return false, nil
	}
	return err == nil, err
}

// Remove removes a content. Who reads it hears that it is gone.
func (c *Contents) Remove(ctx context.Context, sum workspace.Sum) error {
	if _, err := c.bytes(ctx, sum); err != nil {
		return err
	}
	result, err := c.writing.ExecContext(ctx, "DELETE FROM contents WHERE sum = $1", string(sum))
	if err != nil {
		return fmt.Errorf("removing the content %s: %w", sum, err)
	}
	if rows, err := result.RowsAffected(); rows == 0 {
		return fmt.Errorf("the content %q: %w", sum, errors.Join(workspace.ErrNoContent, err))
	}
	return nil
}

// Check reads a content through, and is ErrDamaged when it is not what its name says.
func (c *Contents) Check(ctx context.Context, sum workspace.Sum) error {
	from, _, err := c.Open(ctx, sum)
	if err != nil {
		return err
	}
	return errors.Join(contents.Verify(ctx, from, sum), from.Close())
}

// Sums lists contents in the order of their names, from the one behind after on;
// limit is 1 to MostPage.
func (c *Contents) Sums(ctx context.Context, after workspace.Sum, limit int) (sums []workspace.Sum, err error) {
	if limit < 1 || limit > workspace.MostPage {
		return nil, fmt.Errorf("a page of %d contents: %w", limit, workspace.ErrLimit)
	}
	rows, err := c.reading.QueryContext(ctx, "SELECT sum FROM contents WHERE sum > $1 ORDER BY sum LIMIT $2", string(after), limit)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var sum workspace.Sum
		if err := rows.Scan(&sum); err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, rows.Err()
}

// reader reads the rows of a content as they are needed.
type reader struct {
	ctx    context.Context
	from   *sql.DB
	sum    workspace.Sum
	bytes  int64
	at     int64
	number int64  // of the row that is here
	body   []byte // of it
}

var errClosed = errors.New("reading a content that is closed")

// Read reads on from where the last one has ended.
func (r *reader) Read(into []byte) (int, error) {
	if r.from == nil {
		return 0, errClosed
	}
	if len(into) == 0 {
		return 0, nil
	}
	if r.at >= r.bytes {
		return 0, io.EOF
	}
	if number := r.at / chunk; number != r.number {
		if err := r.fetch(number); err != nil {
			return 0, fmt.Errorf("the content %s: %w", r.sum, err)
		}
	}
	n := copy(into, r.body[r.at%chunk:])
	r.at += int64(n)
	return n, nil
}

// fetch gets one row, which has all that belongs there.
func (r *reader) fetch(number int64) error {
	r.number = -1
	err := r.from.QueryRowContext(r.ctx, "SELECT body FROM chunks WHERE sum = $1 AND number = $2", string(r.sum), number).Scan(&r.body)
	if errors.Is(err, sql.ErrNoRows) {
		return workspace.ErrNoContent // it was removed meanwhile
	}
	if err != nil {
		return err
	}
	if int64(len(r.body)) != min(chunk, r.bytes-number*chunk) {
		return workspace.ErrDamaged
	}
	r.number = number
	return nil
}

// Seek goes to another place.
func (r *reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.bytes
	}
	if offset < 0 {
		return 0, errors.New("seeking before the beginning of a content")
	}
	r.at = offset
	return offset, nil
}

// Close ends the reading.
func (r *reader) Close() error {
	r.from, r.body = nil, nil
	return nil
}
