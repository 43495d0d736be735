package geopackage

import (
	"encoding/binary"
	"math"

	"github.com/qala-city/qala/internal/polygon"
)

// decode is the point that stands for a geometry of a GeoPackage: a header,
// then well-known binary. Points, polygons and several polygons are known;
// heights and measures are passed over.
func decode(blob []byte) (polygon.XY, bool) {
	body, ok := withoutHeader(blob)
	if !ok {
		return polygon.XY{}, false
	}
	w := &wkb{data: body}
	w.geometry(0)
	switch {
	case w.broken:
		return polygon.XY{}, false
	case w.isPoint:
		return w.at, !math.IsNaN(w.at.X) && !math.IsNaN(w.at.Y) // as an empty point is
	}
	return w.surface.Point()
}

// envelopes is how many bytes the box in a header takes, by its kind.
var envelopes = [8]int{0, 32, 48, 48, 64, -1, -1, -1}

func withoutHeader(blob []byte) ([]byte, bool) {
	const fixed = 8 // GP, version, flags, system
	if len(blob) < fixed || blob[0] != 'G' || blob[1] != 'P' {
		return nil, false
	}
	box := envelopes[blob[3]>>1&7]
	if box < 0 || len(blob) < fixed+box {
		return nil, false
	}
	return blob[fixed+box:], true
}

// The kinds of well-known binary that are understood.
const (
	kindPoint        = 1
	kindPolygon      = 3
	kindMultiPolygon = 6
)

// wkb is a geometry while it is read.
type wkb struct {
	data    []byte
	order   binary.ByteOrder
	broken  bool
	isPoint bool
	at      polygon.XY
	surface polygon.Surface
}

// geometry reads one geometry; polygons of several are one deeper.
func (w *wkb) geometry(depth int) {
	kind, dimensions := w.head()
	switch {
	case w.broken:
	case kind == kindPoint && depth == 0:
		w.isPoint, w.at = true, w.point(dimensions)
	case kind == kindPolygon:
		w.polygon(dimensions)
	case kind == kindMultiPolygon && depth == 0:
		for n := w.count(9); n > 0 && !w.broken; n-- {
			w.geometry(depth + 1)
		}
	default:
		w.broken = true
	}
}

// head reads the order of bytes and the kind: 3, or 1003 with a height, 2003
// with a measure, 3003 with both.
func (w *wkb) head() (kind uint32, dimensions int) {
	first := w.take(1)
	if w.broken {
		return 0, 0
	}
	w.order = binary.ByteOrder(binary.BigEndian)
	if first[0] == 1 {
		w.order = binary.LittleEndian
	}
	code := w.number()
	extra := [4]int{0, 1, 1, 2}
	if code/1000 > 3 {
		w.broken = true
		return 0, 0
	}
	return code % 1000, 2 + extra[code/1000]
}

func (w *wkb) polygon(dimensions int) {
	for rings := w.count(4); rings > 0 && !w.broken; rings-- {
		corners := w.count(8 * dimensions)
		ring := make(polygon.Ring, 0, corners)
		for range corners {
			ring = append(ring, w.point(dimensions))
		}
		w.surface = append(w.surface, ring)
	}
}

func (w *wkb) point(dimensions int) polygon.XY {
	bytes := w.take(8 * dimensions)
	if w.broken {
		return polygon.XY{}
	}
	return polygon.XY{
		X: math.Float64frombits(w.order.Uint64(bytes)),
		Y: math.Float64frombits(w.order.Uint64(bytes[8:])),
	}
}

// count is a number of things that take at least so many bytes each; more than
// the data can hold breaks it off.
func (w *wkb) count(least int) int {
	n := int(w.number())
	if n*least > len(w.data) {
		w.broken = true
		return 0
	}
	return n
}

func (w *wkb) number() uint32 {
	if bytes := w.take(4); !w.broken {
		return w.order.Uint32(bytes)
	}
	return 0
}

func (w *wkb) take(n int) []byte {
	if w.broken || len(w.data) < n {
		w.broken = true
		return nil
	}
	taken := w.data[:n]
	w.data = w.data[n:]
	return taken
}
