// Package cities keeps cities in a folder of the machine: each with its index,
// the files that it is made of and its networks. Package kept says what an
// index holds, package upkeep when it changes.
//
// A file of a content is named after it and never written again; an index is
// written whole, after all that it speaks of. Whoever is interrupted leaves
// the old index or the new one.
package cities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/store/hold"
	"github.com/qala-city/qala/internal/store/networkfile"
	"github.com/qala-city/qala/internal/store/wholefile"
)

// Shelf is a folder of kept cities; it is made with the first one.
type Shelf struct{ folder string }

// At is the shelf in a folder, which need not exist yet.
func At(folder string) *Shelf { return &Shelf{folder} }

// The errors of a shelf.
var (
	ErrNoCity  = error(noCity{})
	ErrIndex   = errors.New("the index of the city cannot be read")
	ErrDamaged = errors.New("a kept file was changed or damaged")
)

// noCity is like a file that does not exist.
type noCity struct{}

// Error says that there is none.
func (noCity) Error() string { return "no such city is kept here" }

// Is makes it known to who asks for fs.ErrNotExist.
func (noCity) Is(target error) bool { return target == fs.ErrNotExist }

// The names within a city's folder.
const (
	indexName   = "index.json"
	lockName    = "lock"
	madeName    = "city.yaml"
	sourcesName = "sources"
	partsName   = "parts"
	networkName = "networks"
)

func (s *Shelf) in(name string, parts ...string) string {
	return filepath.Join(append([]string{s.folder, "cities", name}, parts...)...)
}

// Folder is where a city is kept.
func (s *Shelf) Folder(name string) string { return s.in(name) }

// Names are the cities that have an index, in alphabetical order.
func (s *Shelf) Names() ([]string, error) {
	entries, err := os.ReadDir(s.in(""))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if _, err := os.Stat(s.in(e.Name(), indexName)); err == nil && kept.ValidName(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// Read is what is known of a city. The errors are ErrNoCity, ErrIndex and those of the disk.
func (s *Shelf) Read(name string) (kept.City, error) {
	if !kept.ValidName(name) {
		return kept.City{}, fmt.Errorf("%q: %w", name, ErrNoCity)
	}
	data, err := os.ReadFile(s.in(name, indexName))
	if errors.Is(err, fs.ErrNotExist) {
		return kept.City{}, fmt.Errorf("%s: %w", name, ErrNoCity)
	}
	if err != nil {
		return kept.City{}, err
	}
	return readIndex(s.in(name, indexName), data)
}

func readIndex(path string, data []byte) (kept.City, error) {
	// The version is looked at first: another one may have other fields.
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return kept.City{}, fmt.Errorf("%s: %w: %w", path, ErrIndex, err)
	}
	if head.Format != kept.Format {
		return kept.City{}, fmt.Errorf("%s: %w: it has format %d, this program reads %d", path, ErrIndex, head.Format, kept.Format)
	}
	var c kept.City
	if err := json.Unmarshal(data, &c); err != nil {
		return kept.City{}, fmt.Errorf("%s: %w: %w", path, ErrIndex, err)
	}
	return c, nil
}

// Write replaces the index of a city.
func (s *Shelf) Write(c kept.City) error {
	data, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	return s.writeWhole(append(data, '\n'), c.Name, indexName)
}

// Describe keeps a description that has no file of its own elsewhere, for its
// owner to change, and gives its path.
func (s *Shelf) Describe(name string, text []byte) (path string, err error) {
	path = s.in(name, madeName)
	return path, s.writeWhole(text, name, madeName)
}

func (s *Shelf) writeWhole(data []byte, name, file string) error {
	if !kept.ValidName(name) {
		return fmt.Errorf("%q: %w", name, ErrNoCity)
	}
	if err := os.MkdirAll(s.in(name), 0o755); err != nil {
		return err
	}
	return wholefile.WriteBytes(s.in(name, file), data)
}

// Part is where a file from a location grows while it comes; its folder
// exists. The name "" is for what is not of any city yet.
func (s *Shelf) Part(name, location string) (path string, err error) {
	folder := s.in(name, partsName)
	if name == "" {
		folder = filepath.Join(s.folder, partsName)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(location))
	return filepath.Join(folder, hex.EncodeToString(sum[:8])+".part"), nil
}

// Keep moves a whole part to its place among the city's sources.
func (s *Shelf) Keep(name, part, sum string) error {
	if err := os.MkdirAll(s.in(name, sourcesName), 0o755); err != nil {
		return err
	}
	return wholefile.Move(part, s.in(name, sourcesName, sum))
}

// Has reports whether a content is kept, judged by its length alone.
func (s *Shelf) Has(name, sum string, bytes int64) bool {
	info, err := os.Stat(s.in(name, sourcesName, sum))
	return sum != "" && err == nil && info.Mode().IsRegular() && info.Size() == bytes
}

// Check reads a kept content; one that is not what its name says is removed,
// with ErrDamaged.
func (s *Shelf) Check(name, sum string) error {
	path := s.in(name, sourcesName, sum)
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) == sum {
		return nil
	}
	return errors.Join(fmt.Errorf("%s: %w and was removed", path, ErrDamaged), os.Remove(path))
}

// Open opens a kept content, which can be read from any place.
func (s *Shelf) Open(name, sum string) (fs.File, error) {
	return os.Open(s.in(name, sourcesName, sum))
}

// NetworkPath is the network file of a version.
func (s *Shelf) NetworkPath(name, id string) string { return s.in(name, networkName, id+".qala") }

// SaveNetwork writes the network of a version and gives its content hash and length.
func (s *Shelf) SaveNetwork(name, id string, n *network.Network) (hash string, bytes int64, err error) {
	if err := os.MkdirAll(s.in(name, networkName), 0o755); err != nil {
		return "", 0, err
	}
	path := s.NetworkPath(name, id)
	if hash, err = networkfile.Save(path, n); err != nil {
		return "", 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", 0, err
	}
	return hash, info.Size(), nil
}

// Network opens the network of a version; the errors are those of package networkfile.
func (s *Shelf) Network(name, id string) (*network.Network, error) {
	n, _, err := networkfile.Open(s.NetworkPath(name, id))
	return n, err
}

// HasNetwork reports whether the network file of a version is there, whole or not.
func (s *Shelf) HasNetwork(name, id string) bool {
	info, err := os.Stat(s.NetworkPath(name, id))
	return err == nil && info.Mode().IsRegular()
}

// lockPause is how long a process waits before it tries a lock again.
const lockPause = 50 * time.Millisecond

// Lock keeps other processes from changing a city until release is called, or
// this process ends. The name "" is for what is not of any city yet. Before it
// waits for somebody it calls waiting once.
func (s *Shelf) Lock(ctx context.Context, name string, waiting func()) (release func(), err error) {
	folder := s.in(name)
	switch {
	case name == "":
		folder = s.folder
	case !kept.ValidName(name):
		return nil, fmt.Errorf("%q: %w", name, ErrNoCity)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	for told := false; ; told = true {
		release, err := hold.Try(filepath.Join(folder, lockName))
		if err == nil || !errors.Is(err, hold.ErrHeld) {
			return release, err
		}
		if !told {
			waiting()
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockPause):
		}
	}
}
