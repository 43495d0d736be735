package gtfs

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/geo"
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

	names  []string
	places map[string]uint32
	last   string // the shape of the row before
	points []shapePoint
}

func (r *reader) readShapes() error {
	f, err := r.open("shapes.txt", "shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence")
	if f == nil {
		return err
	}
	s := &shapeFile{
		file: f, id: f.field("shape_id"), lat: f.field("shape_pt_lat"), lon: f.field("shape_pt_lon"),
		sequence: f.field("shape_pt_sequence"), places: map[string]uint32{},
	}
	for s.Next() {
		s.readPoint()
	}
	s.sort()
	r.addShapes(s)
	return s.close()
}

func (s *shapeFile) readPoint() {
	if s.value(s.id) == "" {
		s.reject(codeMissingValue, s.id)
		return
	}
	place := s.place()
	sequence, ok := s.number(s.sequence)
	if !ok {
		return
	}
	if at, ok := s.point(s.lat, s.lon); ok {
		s.points = append(s.points, shapePoint{place, sequence, int32(s.Line()), at})
	}
}

// place is the number of the row's shape; most rows have that of the row before.
func (s *shapeFile) place() uint32 {
	id := s.value(s.id)
	if len(s.names) > 0 && id == s.last {
		return s.places[id]
	}
	s.last = id
	place, known := s.places[id]
	if !known {
		place = uint32(len(s.names))
		s.places[id] = place
		s.names = append(s.names, id)
	}
	return place
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
