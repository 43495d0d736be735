// Package atlas is what a network, and the outcome of a run, look like on a
// map: collections of features with an index over them, and vector tiles.
//
// An Atlas is made once of a value that nobody changes, is never changed itself
// and may be asked by several goroutines. Positions are longitude and latitude
// in degrees (WGS84); moments are Unix seconds. Packages ogc and tiles serve it;
// package report draws the small map of a report by itself.
package atlas

import (
	"errors"
	"slices"

	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/label"
)

// ErrUnknown says that there is no such atlas, collection or feature.
var ErrUnknown = errors.New("nothing has this name")

// Atlas is the collections of one city or of one run.
type Atlas struct {
	Names        label.Names // of the city, or of the event that was run
	Fallback     string      // the id, where it has no name
	Illustration bool        // true: an example that is not a real city's timetable
	Credits      []basis.Credit
	Fixed        bool // true: what its name stands for never changes, as with a run

	sheets  []*sheet
	streets backdrop
}

// Collection describes features of one kind.
type Collection struct {
	ID, Title, Description string
	Extent                 Box  // of all features with a position
	Placed                 bool // false: none has a position, and Extent says nothing
	Time                   Span // of a run; the zero Span for what lasts
	Columns                []Column
	Rows                   int
}

// Column is a property that features of a collection may have.
type Column struct {
	Name, Description string
	Type              Type
}

// Type is what the values of a column are.
type Type string

// The types, with the words of JSON Schema.
const (
	Text    Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Truth   Type = "boolean"
)

// Feature is one thing on the map.
type Feature struct {
	ID         string
	Geometry   orb.Geometry // a point or lines, shared: not to be changed; nil when the position is not known
	Properties map[string]any
}

// Title is the name in English, else in another language, else the id.
func (a *Atlas) Title() string { return a.Names.In("en", a.Fallback) }

// Collections are all that the atlas has, in their order. Streets are on its
// tiles only.
func (a *Atlas) Collections() []Collection {
	out := make([]Collection, len(a.sheets))
	for i, s := range a.sheets {
		out[i] = s.Collection
	}
	return out
}

// Collection is the one with an id.
func (a *Atlas) Collection(id string) (Collection, error) {
	s, err := a.sheet(id)
	if err != nil {
		return Collection{}, err
	}
	return s.Collection, nil
}

// Item is the feature with an id. The error is ErrUnknown.
func (a *Atlas) Item(collection, id string) (Feature, error) {
	s, err := a.sheet(collection)
	if err != nil {
		return Feature{}, err
	}
	row, found := s.find(id)
	if !found {
		return Feature{}, ErrUnknown
	}
	return s.feature(row), nil
}

// Box is all that a map of the atlas has to show; false when nothing has a position.
func (a *Atlas) Box() (all Box, placed bool) {
	for _, s := range a.sheets {
		if s.Placed && placed {
			all = all.with(s.Extent)
		} else if s.Placed {
			all, placed = s.Extent, true
		}
	}
	return all, placed
}

func (a *Atlas) sheet(id string) (*sheet, error) {
	i := slices.IndexFunc(a.sheets, func(s *sheet) bool { return s.ID == id })
	if i < 0 {
		return nil, ErrUnknown
	}
	return a.sheets[i], nil
}

// add finishes sheets that have rows; a collection without any is not told.
func (a *Atlas) add(sheets ...*sheet) {
	for _, s := range sheets {
		if s.Rows > 0 {
			s.finish()
			a.sheets = append(a.sheets, s)
		}
	}
}
