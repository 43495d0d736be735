package download

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// fromDisk copies a file, or packs a folder, and says whether it is the known content.
func (c *Client) fromDisk(ctx context.Context, r Request, path string) (Fetched, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Fetched{}, err
	}
	if err := discard(r.Part); err != nil {
		return Fetched{}, err
	}
	switch {
	case info.IsDir():
		err = pack(ctx, r.Part, path, c.Limit)
	case info.Mode().IsRegular():
		err = c.copyFile(ctx, r, path, info.Size())
	default:
		err = fmt.Errorf("%s: %w", path, ErrNoPlace)
	}
	if err != nil {
		return Fetched{}, errors.Join(err, discard(r.Part))
	}
	sum, length, err := measure(r.Part)
	if err != nil {
		return Fetched{}, err
	}
	return accept(r, Fetched{Known: Known{SHA256: sum}, Bytes: length})
}

func (c *Client) copyFile(ctx context.Context, r Request, path string, total int64) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	_, err = appendTo(r.Part, heedful{ctx, file}, c.Limit, func(done int64) { r.Progress(done, total) })
	return inPlace(ctx, path, err)
}

// inPlace names the file in an error that has no path of its own.
func inPlace(ctx context.Context, path string, err error) error {
	var known *fs.PathError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("%s: %w", path, err)
}

// pack writes the files of a folder into a zip that depends on their names and
// contents alone. Nothing is compressed, so that every version of the program
// gives the same bytes; hidden files are left out.
func pack(ctx context.Context, part, folder string, limit int64) (err error) {
	out, err := os.Create(part)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	archive := zip.NewWriter(out)
	left := limit
	err = fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		}
		return packFile(ctx, archive, filepath.Join(folder, filepath.FromSlash(name)), name, &left)
	})
	if err := inPlace(ctx, folder, err); err != nil {
		return err
	}
	return errors.Join(archive.Close(), out.Sync())
}

func packFile(ctx context.Context, archive *zip.Writer, path, name string, left *int64) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return nil
	}
	if *left -= info.Size(); *left < 0 {
		return ErrTooLarge
	}
	into, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	_, err = io.Copy(into, heedful{ctx, file})
	return err
}

// heedful reads until the context ends.
type heedful struct {
	ctx  context.Context
	from io.Reader
}

// Read gives the context's error once there is one.
func (h heedful) Read(p []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	return h.from.Read(p)
}
