// Package contents keeps files by what is in them, each once and under its
// SHA-256, and never changes one. A Folder has them on this machine; package
// postgres keeps them in a database; Cached has a folder before something slower.
// Package wholefile is for files that have names of their own.
package contents

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/qala-city/qala/internal/store/wholefile"
	"github.com/qala-city/qala/internal/workspace"
)

// Folder keeps contents as files of a folder. It may be used by many goroutines,
// and the folder by many processes.
type Folder struct {
	root   string
	disk   disk
	broken atomic.Pointer[error] // what the disk said when it failed
}

// disk is what the operating system does; tests put failures in its place.
type disk struct {
	sync       func(*os.File) error
	rename     func(from, to string) error
	syncFolder func(string) error
}

var onDisk = disk{sync: (*os.File).Sync, rename: os.Rename, syncFolder: wholefile.SyncFolder}

const (
	incoming = "incoming" // what is being written
	leftover = 24 * time.Hour
)

// OpenFolder opens a folder, which is made when it is not there, and removes what
// writers that were interrupted more than a day ago have left in it.
func OpenFolder(root string) (*Folder, error) {
	f := &Folder{root: root, disk: onDisk}
	if err := f.settle(); err != nil {
		return nil, fmt.Errorf("opening the contents in %s: %w", root, err)
	}
	return f, nil
}

// settle makes the folders, so that a name in one of them is all that a new
// content needs.
func (f *Folder) settle() error {
	if err := os.MkdirAll(filepath.Join(f.root, incoming), 0o700); err != nil {
		return err
	}
	for i := range 256 {
		if err := os.Mkdir(filepath.Join(f.root, hex.EncodeToString([]byte{byte(i)})), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	if err := errors.Join(f.disk.syncFolder(f.root), f.disk.syncFolder(filepath.Dir(f.root))); err != nil {
		return err
	}
	return f.sweep(time.Now().Add(-leftover))
}

// sweep removes what nobody has written to since.
func (f *Folder) sweep(since time.Time) error {
	entries, err := os.ReadDir(filepath.Join(f.root, incoming))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || info.ModTime().After(since) {
			continue // one that is gone was finished meanwhile
		}
		if err := os.Remove(filepath.Join(f.root, incoming, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (f *Folder) path(sum workspace.Sum) string {
	return filepath.Join(f.root, string(sum[:2]), string(sum))
}

// Put keeps all that there is to read, and gives its name and its bytes; it is on
// disk when Put returns. What is there already is written again, and so is mended.
func (f *Folder) Put(ctx context.Context, from io.Reader) (workspace.Sum, int64, error) {
	return f.put(ctx, from, "")
}

// put keeps a content; where a sum is wanted, nothing else is kept.
func (f *Folder) put(ctx context.Context, from io.Reader, want workspace.Sum) (sum workspace.Sum, bytes int64, err error) {
	if failed := f.broken.Load(); failed != nil {
		return "", 0, fmt.Errorf("%w: %w", workspace.ErrBroken, *failed)
	}
	file, err := os.CreateTemp(filepath.Join(f.root, incoming), "put-")
	if err != nil {
		return "", 0, fmt.Errorf("keeping a content: %w", err)
	}
	moved := false
	defer func() { // on a panic of the reader too
		_ = file.Close()
		if !moved {
			_ = os.Remove(file.Name())
		}
	}()
	hash := sha256.New()
	if bytes, err = io.Copy(io.MultiWriter(file, hash), Interrupted(ctx, from)); err != nil {
		return "", 0, fmt.Errorf("keeping a content: %w", err)
	}
	if sum = SumOf(hash); want != "" && sum != want {
		return "", 0, fmt.Errorf("%s came as %s: %w", want, sum, workspace.ErrDamaged)
	}
	if err := f.settled(file, sum); err != nil {
		return "", 0, fmt.Errorf("keeping the content %s: %w", sum, err)
	}
	moved = true
	return sum, bytes, nil
}

// settled sees a whole file on disk, gives it its name, and sees that on disk.
func (f *Folder) settled(file *os.File, sum workspace.Sum) error {
	if err := f.disk.sync(file); err != nil {
		return f.failed(err)
	}
	if err := file.Close(); err != nil {
		return f.failed(err)
	}
	if err := f.disk.rename(file.Name(), f.path(sum)); err != nil {
		return err
	}
	return f.failed(f.disk.syncFolder(filepath.Dir(f.path(sum))))
}

// failed remembers that the disk could not say that something is on it. Full is
// no failure of this kind, but who asks a second time would hear that all is well:
// every content is therefore written anew.
func (f *Folder) failed(err error) error {
	if err == nil || full(err) {
		return err
	}
	f.broken.CompareAndSwap(nil, &err)
	return fmt.Errorf("%w: %w", workspace.ErrBroken, err)
}

// SumOf is the name of what was hashed.
func SumOf(hash hash.Hash) workspace.Sum {
	return workspace.Sum(hex.EncodeToString(hash.Sum(nil)))
}

// Open gives a content to read, and its bytes.
func (f *Folder) Open(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	if !sum.Valid() {
		return nil, 0, missing(sum, fs.ErrNotExist)
	}
	file, err := os.Open(f.path(sum))
	if err != nil {
		return nil, 0, missing(sum, err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, info.Size(), nil
}

// missing is ErrNoContent for a file that is not there.
func missing(sum workspace.Sum, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = workspace.ErrNoContent
	}
	return fmt.Errorf("the content %q: %w", sum, err)
}

// Has reports whether a content is kept.
func (f *Folder) Has(ctx context.Context, sum workspace.Sum) (bool, error) {
	file, _, err := f.Open(ctx, sum)
	if errors.Is(err, workspace.ErrNoContent) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, file.Close()
}

// Remove removes a content. Who has it open goes on reading, where the system
// lets a file go that is open.
func (f *Folder) Remove(ctx context.Context, sum workspace.Sum) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !sum.Valid() {
		return missing(sum, fs.ErrNotExist)
	}
	if err := os.Remove(f.path(sum)); err != nil {
		return missing(sum, err)
	}
	return f.failed(f.disk.syncFolder(filepath.Dir(f.path(sum))))
}

// Check reads a content through, and is ErrDamaged when it is not what its name says.
func (f *Folder) Check(ctx context.Context, sum workspace.Sum) error {
	file, _, err := f.Open(ctx, sum)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	return Verify(ctx, file, sum)
}

// Verify reads all, and is ErrDamaged when it is not the content of that name.
func Verify(ctx context.Context, from io.Reader, sum workspace.Sum) error {
	hash := sha256.New()
	if _, err := io.Copy(hash, Interrupted(ctx, from)); err != nil {
		return fmt.Errorf("the content %s: %w", sum, err)
	}
	if SumOf(hash) != sum {
		return fmt.Errorf("the content %s: %w", sum, workspace.ErrDamaged)
	}
	return nil
}

// Sums lists contents in the order of their names, from the one behind after on;
// limit is 1 to MostPage.
func (f *Folder) Sums(ctx context.Context, after workspace.Sum, limit int) ([]workspace.Sum, error) {
	if limit < 1 || limit > workspace.MostPage {
		return nil, fmt.Errorf("a page of %d contents: %w", limit, workspace.ErrLimit)
	}
	var sums []workspace.Sum
	for i := range 256 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		shelf := hex.EncodeToString([]byte{byte(i)})
		if shelf < string(after[:min(2, len(after))]) {
			continue
		}
		found, err := f.shelf(shelf, after)
		if err != nil {
			return nil, err
		}
		if sums = append(sums, found...); len(sums) >= limit {
			return sums[:limit], nil
		}
	}
	return sums, nil
}

// shelf is the contents behind after whose names begin alike.
func (f *Folder) shelf(name string, after workspace.Sum) ([]workspace.Sum, error) {
	entries, err := os.ReadDir(filepath.Join(f.root, name))
	if err != nil {
		return nil, err
	}
	var sums []workspace.Sum
	for _, entry := range entries {
		sum := workspace.Sum(entry.Name())
		if sum.Valid() && strings.HasPrefix(entry.Name(), name) && sum > after {
			sums = append(sums, sum)
		}
	}
	slices.Sort(sums)
	return sums, nil
}

// Interrupted reads until ctx ends.
func Interrupted(ctx context.Context, from io.Reader) io.Reader { return &interrupted{ctx, from} }

type interrupted struct {
	ctx  context.Context
	from io.Reader
}

// Read reads, or is the error of a context that has ended.
func (r *interrupted) Read(into []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(into)
}
