package contents

import (
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/sync/singleflight"

	"github.com/qala-city/qala/internal/workspace"
)

// Behind keeps contents, further away than a folder.
type Behind interface {
	Put(ctx context.Context, from io.Reader) (workspace.Sum, int64, error)
	Open(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error)
	Has(ctx context.Context, sum workspace.Sum) (bool, error)
	Remove(ctx context.Context, sum workspace.Sum) error
	Check(ctx context.Context, sum workspace.Sum) error
	Sums(ctx context.Context, after workspace.Sum, limit int) ([]workspace.Sum, error)
}

// Cache keeps contents behind a folder of this machine, which has those that were
// asked for. Only what is behind counts: a content that is only in the folder is
// not kept. A folder before a store of another process does not hear what is
// removed there.
type Cache struct {
	Behind
	folder   *Folder
	fetching singleflight.Group
}

// Cached puts a folder before contents that are further away.
func Cached(folder *Folder, behind Behind) *Cache { return &Cache{Behind: behind, folder: folder} }

// Open gives a content to read, and its bytes. It is fetched once, however many
// ask for it, and is what its name says. When ctx ends, others still get it.
func (c *Cache) Open(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error) {
	from, bytes, err := c.folder.Open(ctx, sum)
	if !errors.Is(err, workspace.ErrNoContent) {
		return from, bytes, err
	}
	fetched := c.fetching.DoChan(string(sum), func() (any, error) { return nil, c.fetch(context.WithoutCancel(ctx), sum) })
	select {
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	case result := <-fetched:
		if result.Err != nil {
			return nil, 0, result.Err
		}
		return c.folder.Open(ctx, sum)
	}
}

// fetch brings a content into the folder.
func (c *Cache) fetch(ctx context.Context, sum workspace.Sum) error {
	if has, err := c.folder.Has(ctx, sum); has || err != nil {
		return err // somebody fetched it since we looked
	}
	from, _, err := c.Behind.Open(ctx, sum)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	if _, _, err := c.folder.put(ctx, from, sum); err != nil {
		return fmt.Errorf("fetching the content %s: %w", sum, err)
	}
	return nil
}

// Remove removes a content, here and behind.
func (c *Cache) Remove(ctx context.Context, sum workspace.Sum) error {
	err := c.folder.Remove(ctx, sum)
	if errors.Is(err, workspace.ErrNoContent) {
		err = nil
	}
	return errors.Join(c.Behind.Remove(ctx, sum), err)
}
