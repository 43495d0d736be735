package feed

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/osm"
)

// readStreets reads the streets, where the city file names a file of them.
func (d *desk) readStreets() error {
	p := d.city.Streets.Path
	if !p.Given() {
		return nil
	}
	folder, name, err := d.locate(p.Name)
	if err != nil {
		return d.missing(p, err)
	}
	file, err := folder.Open(name)
	if err != nil {
		return d.missing(p, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	at, size, err := sizedReader(file)
	if err != nil {
		return d.missing(p, err)
	}
	d.streets, err = osm.Read(d.ctx, osm.Source{Name: p.Name, Bytes: at, Size: size, Progress: func(done, total int64) {
		d.tell(Progress{StageStreets, p.Name, done, total})
	}}, &d.log)
	return d.noStreets(err)
}

// noStreets records why a file of streets cannot be used; other errors pass.
func (d *desk) noStreets(err error) error {
	var failure *osm.Failure
	if !errors.As(err, &failure) {
		return err
	}
	d.log.Add(failure.Finding())
	return fmt.Errorf("%w: %w", ErrRefused, err)
}

// sizedReader is a file that can be read from any place, with its size; a folder is none.
func sizedReader(file fs.File) (io.ReaderAt, int64, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		return nil, 0, errors.New("it is a folder")
	}
	if at, ok := file.(io.ReaderAt); ok {
		return at, info.Size(), nil
	}
	data, err := io.ReadAll(file)
	return bytes.NewReader(data), int64(len(data)), err
}

// streetNumbers are what the walks rest on: the streets, or that there are none.
func (d *desk) streetNumbers() []basis.Number {
	w := d.city.Walking
	if d.streets == nil {
		return []basis.Number{{ID: "streets_absent", Value: "× " + decimal(w.Detour), Kind: basis.Assumption}}
	}
	source := cmp.Or(d.city.Streets.Source, "OpenStreetMap")
	if d.streets.Date != "" {
		source += ", " + d.streets.Date
	}
	g, steps := d.streets.Streets, basis.Number{ID: "steps_speed", Value: "× " + decimal(w.Steps), Kind: basis.Standard, Source: weidmann}
	if w.Steps != network.DefaultWalking.Steps {
		steps.Kind, steps.Source = basis.Assumption, d.request.File
	}
	return []basis.Number{
		{ID: "streets", Value: decimal(math.Round(float64(g.Total()) / 1000)), Unit: "km", Kind: basis.Fact, Source: source},
		{ID: "street_nodes", Value: whole(uint32(len(g.At))), Kind: basis.Fact, Source: source},
		{ID: "street_edges", Value: whole(uint32(len(g.From))), Kind: basis.Fact, Source: source},
		steps,
		{ID: "max_off_street", Value: decimal(float64(network.MaxOffStreet)), Unit: "m", Kind: basis.Assumption},
	}
}
