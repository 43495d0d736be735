package gtfs

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/table"
	"github.com/qala-city/qala/internal/transit"
)

// shapePoint is one row of shapes.txt.
type shapePoint struct {
	shape    uint32 // by first appearance
	sequence uint32
	line     int32
	at       geo.Point
}

// shapeFile is shapes.txt with its columns and what was read of it.
type shapeFile struct {
	*file
	id, lat, lon, sequence field

	shapeNames
	points []shapePoint
}

// shapeNames are the shapes that were met, in the order of their first rows.
type shapeNames struct {
	names  []string
	places map[string]uint32
}

// shapeBlock is what a worker makes of a block of shapes.txt. Its shapes are
// numbered on their own.
type shapeBlock struct {
	shapeNames
	points []shapePoint
}

// shapeLook looks at the rows of a block one by one.
type shapeLook struct {
	look
	*shapeFile
	made *shapeBlock

	last  []byte // the shape of the row before, as it stands
	place uint32
}

func (r *reader) readShapes() error {
	f, closeFile, err := r.openBlocks("shapes.txt", "shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence")
	if f == nil {
		return err
	}
	defer closeFile()
	s := &shapeFile{
		file: f, id: f.field("shape_id"), lat: f.field("shape_pt_lat"), lon: f.field("shape_pt_lon"),
		sequence: f.field("shape_pt_sequence"),
	}
	f.tell()
	if err := table.InBlocks(f.Table, r.src.workers(), s.lookAt, s.take); err != nil {
		return r.whyDamaged(f.name, err)
	}
	r.src.Work.count(f, 0)
	s.sort()
	r.addShapes(s)
	return s.close()
}

func (s *shapeFile) lookAt(b *table.Block, made *shapeBlock) {
	*made = shapeBlock{points: made.points[:0]}
	l := shapeLook{look: look{Block: b}, shapeFile: s, made: made}
	for l.row = range b.Len() {
		l.read()
	}
}

func (l *shapeLook) read() {
	if !l.find() {
		l.reject(codeMissingValue, l.id)
		return
	}
	sequence, ok := l.number(l.sequence)
	if !ok {
		return
	}
	if at, ok := l.point(l.lat, l.lon); ok {
		l.made.points = append(l.made.points, shapePoint{l.place, sequence, l.Line(l.row), at})
	}
}

// find finds the row's shape; most rows have that of the row before. It is false where none is named.
func (l *shapeLook) find() bool {
	id := l.bytes(l.id)
	if len(id) > 0 && bytes.Equal(id, l.last) {
		return true
	}
	cell := l.cell(l.id)
	if len(cell) == 0 {
		return false
	}
	l.last, l.place = id, l.made.placeOf(cell)
	return true
}

// placeOf is the number of a shape.
func (n *shapeNames) placeOf(id []byte) uint32 {
	place, known := n.places[string(id)]
	if !known {
		if n.places == nil {
			n.places = map[string]uint32{}
		}
		place = uint32(len(n.names))
		n.names = append(n.names, string(id))
		n.places[n.names[place]] = place
	}
	return place
}

// take adds the points of a block to those before, under the file's numbers.
func (s *shapeFile) take(_ *table.Block, made *shapeBlock) error {
	places := make([]uint32, len(made.names))
	for i, id := range made.names {
		places[i] = s.placeOf([]byte(id))
	}
	for _, p := range made.points {
		p.shape = places[p.shape]
		s.points = append(s.points, p)
	}
	s.tell()
	return s.r.ctx.Err()
}

// sort brings the points into order; points of equal number stay as in the file.
func (s *shapeFile) sort() {
	order := func(a, b shapePoint) int {
		return cmp.Or(cmp.Compare(a.shape, b.shape), cmp.Compare(a.sequence, b.sequence), cmp.Compare(a.line, b.line))
	}
	if !slices.IsSortedFunc(s.points, order) {
		slices.SortFunc(s.points, order)
	}
}

func (r *reader) addShapes(s *shapeFile) {
	from := 0
	for place, id := range s.names {
		to := from
		for to < len(s.points) && s.points[to].shape == uint32(place) {
			to++
		}
		r.addShape(s, id, s.points[from:to])
		from = to
	}
}

// addShape hands one line on, unless fewer than two points are left of it.
func (r *reader) addShape(s *shapeFile, id string, points []shapePoint) {
	points = s.dropTwins(points)
	if len(points) < 2 {
		for _, p := range points {
			s.RejectEarlier(int(p.line), codeShortShape, s.id.name, id)
		}
		r.shapes.reject(id)
		return
	}
	line := make([]geo.Point, len(points))
	for i, p := range points {
		line[i] = p.at
	}
	r.shapes.keep(id, r.into.AddShape(line))
}

// dropTwins rejects points whose number the point before has too.
func (s *shapeFile) dropTwins(points []shapePoint) []shapePoint {
	kept := points[:0]
	for _, p := range points {
		if len(kept) > 0 && kept[len(kept)-1].sequence == p.sequence {
			s.RejectEarlier(int(p.line), codeDuplicateSequence, s.sequence.name, decimal(p.sequence))
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

// shapeOf is the line of a trip; None, with a warning, when the feed has no such line.
func (r *reader) shapeOf(f *file, c field) transit.Shape {
	id := f.value(c)
	if id == "" {
		return transit.Shape(transit.None)
	}
	if !r.shapes.kept(id) {
		f.warn(codeShapeLeftAway, c)
		return transit.Shape(transit.None)
	}
	return r.shapes.known[id]
}
