package gtfs

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/klauspost/compress/flate"

	"github.com/qala-city/qala/internal/finding"
)

// Limits bound what a zip may unfold to; a zero field means that of DefaultLimits.
type Limits struct {
	Files int   // members
	File  int64 // bytes of one unpacked member
	Total int64 // bytes of all unpacked members
	Ratio int64 // unpacked to packed size of a member larger than a few megabytes
}

// DefaultLimits take the feeds of the largest cities and refuse zip bombs.
var DefaultLimits = Limits{Files: 10_000, File: 2 << 30, Total: 4 << 30, Ratio: 250}

// smallMember is a size below which no ratio is suspicious: a short file of
// equal lines packs very well.
const smallMember = 8 << 20

// longestName bounds the name of a member: each slash in it makes a folder.
const longestName = 1000

// OpenZip opens a zip of size bytes as a folder for Read. The error is a
// *Failure: Empty, NotZip, Truncated or TooLarge.
func OpenZip(name string, r io.ReaderAt, size int64, limits Limits) (fs.FS, error) {
	if size == 0 {
		return nil, &Failure{Code: Empty, Feed: name}
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &Failure{Code: notZip(r), Feed: name, Cause: err}
	}
	if len(archive.File) == 0 {
		return nil, &Failure{Code: Empty, Feed: name}
	}
	if err := limits.orDefault().check(name, archive); err != nil {
		return nil, err
	}
	archive.RegisterDecompressor(zip.Deflate, flate.NewReader)
	for _, member := range archive.File {
		member.Name = strings.ReplaceAll(member.Name, `\`, "/") // some programs of Windows write them so
	}
	return archive, nil
}

// notZip tells a zip without its end from something else.
func notZip(r io.ReaderAt) finding.Code {
	var start [4]byte
	if _, err := r.ReadAt(start[:], 0); err == nil && string(start[:]) == "PK\x03\x04" {
		return Truncated
	}
	return NotZip
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	return Limits{
		Files: orElse(l.Files, d.Files), File: orElse(l.File, d.File),
		Total: orElse(l.Total, d.Total), Ratio: orElse(l.Ratio, d.Ratio),
	}
}

func orElse[T comparable](value, other T) T {
	var zero T
	if value == zero {
		return other
	}
	return value
}

// check trusts the declared sizes, because archive/zip stops at a member that
// unfolds to more than it declares.
func (l Limits) check(name string, archive *zip.Reader) error {
	if len(archive.File) > l.Files {
		return tooLarge(name, "", "%d files, %d are allowed", len(archive.File), l.Files)
	}
	total := uint64(0)
	for _, member := range archive.File {
		size, packed := member.UncompressedSize64, max(member.CompressedSize64, 1)
		if len(member.Name) > longestName {
			return tooLarge(name, "", "a name of %d bytes, %d are allowed", len(member.Name), longestName)
		}
		if size > uint64(l.File) {
			return tooLarge(name, member.Name, "%d bytes unpacked, %d are allowed", size, l.File)
		}
		if size > smallMember && size/packed > uint64(l.Ratio) {
			return tooLarge(name, member.Name, "packed %d to 1, %d to 1 is allowed", size/packed, l.Ratio)
		}
		if total += size; total > uint64(l.Total) {
			return tooLarge(name, "", "more than %d bytes unpacked", l.Total)
		}
	}
	return nil
}

func tooLarge(feed, file, format string, args ...any) error {
	return &Failure{Code: TooLarge, Feed: feed, File: file, Cause: fmt.Errorf(format, args...)}
}
