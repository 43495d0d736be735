package feed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/gtfs"
)

// Why a file cannot be read although nothing is wrong with it.
var (
	errOutside = errors.New("it lies outside of the city file's folder")
	errFolder  = errors.New("it is a folder")
)

// locate finds a file or folder that the city file names.
func (d *desk) locate(name string) (fs.FS, string, error) {
	clean := path.Clean(name)
	switch {
	case fs.ValidPath(clean) && !strings.HasPrefix(clean, "${"): // which names a folder elsewhere
		return d.request.Dir, clean, nil
	case d.request.Outside == nil:
		return nil, "", errOutside
	}
	return d.request.Outside(name)
}

// read is a file that the city file names. A file that cannot be opened is a
// mistake in the city file: its finding names the line there.
func (d *desk) read(p cityfile.Path) ([]byte, error) {
	folder, name, err := d.locate(p.Name)
	var data []byte
	if err == nil {
		data, err = fs.ReadFile(folder, name)
	}
	if err != nil {
		return nil, d.missing(p, err)
	}
	return data, nil
}

func (d *desk) missing(p cityfile.Path, err error) error {
	p.Missing(reason(err))
	return fmt.Errorf("%w: %s names %s: %s", ErrRefused, d.request.File, p.Name, reason(err))
}

// reason is why a file cannot be opened, without a path of the machine.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error()
}

// openFeed opens a folder or a zip; the second value closes it.
func (d *desk) openFeed(p cityfile.Path) (fs.FS, func(), error) {
	folder, name, err := d.locate(p.Name)
	if err != nil {
		return nil, nil, d.missing(p, err)
	}
	info, err := fs.Stat(folder, name)
	if err != nil {
		return nil, nil, d.missing(p, err)
	}
	if !info.IsDir() {
		return d.openZip(p, folder, name, info.Size())
	}
	sub, err := fs.Sub(folder, name)
	if err != nil {
		return nil, nil, d.missing(p, err)
	}
	return sub, func() {}, nil
}

// opened is a file that is read from any place.
type opened struct {
	io.ReaderAt
	size  int64
	close func()
}

func open(folder fs.FS, name string) (opened, error) {
	file, err := folder.Open(name)
	if err != nil {
		return opened{}, err
	}
	closeFile := func() { _ = file.Close() } // it was only read
	info, err := file.Stat()
	if err != nil {
		closeFile()
		return opened{}, err
	}
	at, err := readerAt(file)
	if err != nil {
		closeFile()
		return opened{}, err
	}
	return opened{at, info.Size(), closeFile}, nil
}

func (d *desk) openZip(p cityfile.Path, folder fs.FS, name string, size int64) (fs.FS, func(), error) {
	at, err := open(folder, name)
	if err != nil {
		return nil, nil, d.missing(p, err)
	}
	closeFile := at.close
	zip, err := gtfs.OpenZip(p.Name, at, size, gtfs.DefaultLimits)
	if err != nil {
		closeFile()
		return nil, nil, d.refusal(err)
	}
	return zip, closeFile, nil
}

// readerAt is the file itself where it can be read from any place, else its bytes.
func readerAt(file fs.File) (io.ReaderAt, error) {
	if at, ok := file.(io.ReaderAt); ok {
		return at, nil
	}
	data, err := io.ReadAll(file)
	return bytes.NewReader(data), err
}
