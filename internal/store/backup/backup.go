// Package backup writes what a server keeps on its own disk into one archive, while
// the server goes on, and brings it back. The queue is not in it: jobs stand among
// the documents, and are queued anew.
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
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/qala-city/qala/internal/store/contents"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/workspace"
)

// Manifest is the first thing in an archive.
type Manifest struct {
	Format  int       `json:"format"`
	Program string    `json:"program"`
	At      time.Time `json:"at"`
}

// Tally is what an archive holds.
type Tally struct {
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
}

const (
	format       = 1
	manifestName = "manifest.json"
	endName      = "end.json" // the sums of all before it: an archive without it was cut off
	databaseName = "qala.db"
	contentsName = "contents"
	mostNote     = 64 << 20 // bytes of the manifest and of the end
)

// secrets are kept beside the database; a house that has none yet has a backup without.
var secrets = []string{"secret.key", "audit.key"}

// end is the last thing in an archive.
type end struct {
	Sums map[string]workspace.Sum `json:"sums"`
}

// archive is one being written.
type archive struct {
	*tar.Writer
	at   time.Time
	sums map[string]workspace.Sum
	Tally
}

// Write writes what is in a server's folder. The documents are those of one moment; what
// they name is there, since contents are kept before they are named and never change.
func Write(ctx context.Context, folder string, to io.Writer, m Manifest) (Tally, error) {
	if _, err := os.Stat(filepath.Join(folder, databaseName)); err != nil {
		return Tally{}, err
	}
	m.Format = format
	a := &archive{Writer: tar.NewWriter(to), at: m.At, sums: map[string]workspace.Sum{}}
	note, err := json.Marshal(m)
	if err != nil {
		return a.Tally, err
	}
	err = errors.Join(a.bytes(manifestName, note), a.secrets(folder))
	if err == nil {
		err = a.database(ctx, folder)
	}
	if err == nil {
		err = a.contents(ctx, filepath.Join(folder, contentsName))
	}
	if err != nil {
		return a.Tally, err
	}
	last, err := json.Marshal(end{a.sums})
	if err != nil {
		return a.Tally, err
	}
	return a.Tally, errors.Join(a.bytes(endName, last), a.Close())
}

// bytes adds a short file.
func (a *archive) bytes(name string, text []byte) error {
	if err := a.WriteHeader(a.header(name, int64(len(text)))); err != nil {
		return err
	}
	_, err := a.Writer.Write(text)
	return err
}

func (a *archive) header(name string, size int64) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o600, Size: size, ModTime: a.at, Format: tar.FormatPAX}
}

func (a *archive) secrets(folder string) error {
	for _, name := range secrets {
		err := a.file(name, filepath.Join(folder, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// database adds the documents as of now, from a copy that SQLite makes.
func (a *archive) database(ctx context.Context, folder string) error {
	copied := filepath.Join(folder, contentsName, "incoming", fmt.Sprintf("backup-%d.db", os.Getpid()))
	if err := os.MkdirAll(filepath.Dir(copied), 0o700); err != nil {
		return err
	}
	defer func() { _ = os.Remove(copied) }() // what is left there is swept a day later
	_ = os.Remove(copied)
	if err := sqlite.Copy(ctx, filepath.Join(folder, databaseName), copied); err != nil {
		return err
	}
	return a.file(databaseName, copied)
}

func (a *archive) contents(ctx context.Context, root string) error {
	kept, err := contents.OpenFolder(root)
	if err != nil {
		return err
	}
	for after := workspace.Sum(""); ; {
		sums, err := kept.Sums(ctx, after, workspace.MostPage)
		if err != nil || len(sums) == 0 {
			return err
		}
		for _, sum := range sums {
			if err := a.content(ctx, kept, sum); err != nil {
				return fmt.Errorf("content %s: %w", sum, err)
			}
		}
		after = sums[len(sums)-1]
	}
}

func (a *archive) content(ctx context.Context, kept *contents.Folder, sum workspace.Sum) error {
	from, size, err := kept.Open(ctx, sum)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	return a.add(path.Join(contentsName, string(sum)), size, from)
}

func (a *archive) file(name, from string) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return a.add(name, info.Size(), file)
}

// add adds what there is to read, and remembers its sum.
func (a *archive) add(name string, size int64, from io.Reader) error {
	if err := a.WriteHeader(a.header(name, size)); err != nil {
		return err
	}
	sum := sha256.New()
	if n, err := io.Copy(io.MultiWriter(a.Writer, sum), from); err != nil || n != size {
		return errors.Join(err, fmt.Errorf("%s: %d bytes of %d", name, n, size))
	}
	a.sums[name] = workspace.Sum(hex.EncodeToString(sum.Sum(nil)))
	a.Files, a.Bytes = a.Files+1, a.Bytes+size
	return nil
}
