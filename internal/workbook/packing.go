package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// packing puts the parts of a workbook into its archive in the order of their
// names: the library writes them in the order of a map.
type packing struct {
	to    io.Writer
	parts map[string]*bytes.Buffer
}

func pack(to io.Writer) excelize.ZipWriter { return &packing{to, map[string]*bytes.Buffer{}} }

// Create is where the library writes a part.
func (p *packing) Create(name string) (io.Writer, error) {
	p.parts[name] = &bytes.Buffer{}
	return p.parts[name], nil
}

// AddFS is asked by the interface; the library never calls it for a new workbook.
func (p *packing) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive.
func (p *packing) Close() error {
	archive := zip.NewWriter(p.to)
	for _, name := range slices.Sorted(maps.Keys(p.parts)) {
		part, err := archive.Create(name)
		if err != nil {
			return err
		}
		if _, err := part.Write(mended(name, p.parts[name].Bytes())); err != nil {
			return err
		}
		delete(p.parts, name)
	}
	return archive.Close()
}

// mended is a part without what the library does otherwise each time, or wrongly.
// It lists kinds of pictures, which a book here has none of, in the order of a
// map; and it refers to the moments of a chart as words, which a spreadsheet
// would count 1, 2, 3.
func mended(name string, part []byte) []byte {
	switch {
	case name == "[Content_Types].xml":
		return pictures.ReplaceAll(part, nil)
	case strings.HasPrefix(name, "xl/charts/"):
		part = bytes.ReplaceAll(part, []byte("<xVal><strRef>"), []byte("<xVal><numRef>"))
		return bytes.ReplaceAll(part, []byte("</strRef></xVal>"), []byte("</numRef></xVal>"))
	}
	return part
}

var pictures = regexp.MustCompile(`<Default Extension="[a-z]+" ContentType="image/[^"]*"></Default>`)
