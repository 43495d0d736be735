package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/store/wholefile"
	"github.com/qala-city/qala/internal/workspace"
)

// The errors of restoring, beside those of the disk.
var (
	ErrForm    = errors.New("this is no backup of a qala server")
	ErrFormat  = errors.New("this backup was written by a newer qala")
	ErrDamaged = errors.New("the backup is damaged")
	ErrThere   = errors.New("something is there already: a backup is restored into a folder that is not there")
)

// restoring is an archive being read.
type restoring struct {
	*tar.Reader
	folder string
	sums   map[string]workspace.Sum
	Tally
}

// Restore brings an archive back as a folder that is not there yet. Everything is looked
// at before the folder gets its name: it is there whole, or not at all.
func Restore(ctx context.Context, from io.Reader, folder string) (Manifest, Tally, error) {
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, Tally{}, errors.Join(ErrThere, err)
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o700); err != nil {
		return Manifest{}, Tally{}, err
	}
	aside, err := os.MkdirTemp(filepath.Dir(folder), filepath.Base(folder)+".restoring-")
	if err != nil {
		return Manifest{}, Tally{}, err
	}
	r := &restoring{Reader: tar.NewReader(from), folder: aside, sums: map[string]workspace.Sum{}}
	m, err := r.all(ctx)
	if err == nil {
		err = errors.Join(wholefile.SyncFolder(aside), os.Rename(aside, folder))
	}
	if err != nil {
		return m, r.Tally, errors.Join(err, os.RemoveAll(aside))
	}
	return m, r.Tally, wholefile.SyncFolder(filepath.Dir(folder))
}

func (r *restoring) all(ctx context.Context) (m Manifest, err error) {
	if m, err = r.manifest(); err != nil {
		return m, err
	}
	for {
		header, err := r.Next()
		if err != nil {
			return m, cut("it ends too early", err)
		}
		if header.Name == endName {
			break
		}
		if err := errors.Join(ctx.Err(), r.file(header)); err != nil {
			return m, err
		}
	}
	if err := r.complete(); err != nil {
		return m, err
	}
	return m, sqlite.Check(ctx, filepath.Join(r.folder, databaseName))
}

func damaged(why string) error { return fmt.Errorf("%w: %s", ErrDamaged, why) }

// cut tells an archive that ends too early from a disk that cannot be read.
func cut(why string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, tar.ErrHeader) {
		return damaged(why)
	}
	return err
}

func (r *restoring) manifest() (m Manifest, err error) {
	header, err := r.Next()
	if err != nil || header.Name != manifestName {
		return m, ErrForm
	}
	if err := json.NewDecoder(io.LimitReader(r.Reader, mostNote)).Decode(&m); err != nil {
		return m, ErrForm
	}
	if m.Format != format {
		return m, ErrFormat
	}
	return m, nil
}

// file brings one file back. Its name can be one of a few, wherever the archive comes from.
func (r *restoring) file(header *tar.Header) error {
	if header.Typeflag != tar.TypeReg || !known(header.Name) || r.sums[header.Name] != "" {
		return damaged(fmt.Sprintf("%.100q does not belong there", header.Name))
	}
	to := filepath.Join(r.folder, filepath.FromSlash(placeOf(header.Name)))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	sum := sha256.New()
	if err := wholefile.Write(to, func(w io.Writer) error {
		_, err := io.Copy(io.MultiWriter(w, sum), r.Reader)
		return cut("it ends within "+header.Name, err)
	}); err != nil {
		return err
	}
	r.sums[header.Name] = workspace.Sum(hex.EncodeToString(sum.Sum(nil)))
	r.Files, r.Bytes = r.Files+1, r.Bytes+header.Size
	return os.Chmod(to, 0o600)
}

// known reports whether a backup has a file of this name.
func known(name string) bool {
	if name == databaseName || slices.Contains(secrets, name) {
		return true
	}
	dir, sum := path.Split(name)
	return dir == contentsName+"/" && len(sum) == 64 && strings.Trim(sum, "0123456789abcdef") == ""
}

// placeOf is where a file stands in a server's folder.
func placeOf(name string) string {
	dir, sum := path.Split(name)
	if dir == "" {
		return name
	}
	return path.Join(dir, sum[:2], sum)
}

// complete compares what was read with the sums at the end, and contents with their names.
func (r *restoring) complete() error {
	var last end
	if err := json.NewDecoder(io.LimitReader(r.Reader, mostNote)).Decode(&last); err != nil {
		return damaged("its end cannot be read")
	}
	if !maps.Equal(last.Sums, r.sums) || r.sums[databaseName] == "" {
		return damaged("its files are not those that were written")
	}
	for name, sum := range r.sums {
		if dir, named := path.Split(name); dir != "" && named != string(sum) {
			return damaged(name + " is not what its name says")
		}
	}
	return nil
}
