package scenario

import (
	"fmt"
	"strings"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/street"
)

// CloseStreet keeps people on foot and shuttles off some pieces of street, all
// day: of one point the piece between two crossings on which it lies, of several
// all of the shortest way from each to the next. Lines of the timetable keep
// their way. Closures hold for all of a scenario, wherever they stand in its list.
type CloseStreet struct {
	Points []geo.Point // one or more
	Note   string
}

// Kind of a CloseStreet.
func (CloseStreet) Kind() string { return "close_street" }

// Remark of a CloseStreet.
func (m CloseStreet) Remark() string { return m.Note }

// Args of a CloseStreet.
func (m CloseStreet) Args() map[string]string {
	var points []string
	for _, p := range m.Points {
		points = append(points, fmt.Sprintf("%g,%g", p.Lat, p.Lon))
	}
	return map[string]string{"points": strings.Join(points, " ")}
}

// closed is the network without the streets that a scenario closes. What cannot
// be closed is told by each modification when its turn comes: of those, by
// number from 0, the reasons are given.
func closed(base *network.Network, changes []Modification) (*network.Network, map[int]closureFault) {
	var pieces *street.Pieces
	var shut []street.Edge
	faults := map[int]closureFault{}
	for i, change := range changes {
		m, closes := change.(CloseStreet)
		switch {
		case !closes:
		case base.Streets == nil:
			faults[i] = noStreets
		default:
			if pieces == nil {
				pieces = base.Streets.Pieces()
			}
			edges, found := pieces.Along(m.Points)
			if !found {
				faults[i] = noStreetThere
			}
			shut = append(shut, edges...)
		}
	}
	return base.Closed(shut), faults
}

// closureFault is why a street cannot be closed.
type closureFault uint8

const (
	noFault closureFault = iota
	noStreets
	noStreetThere
)

func (w *work) closeStreet(m CloseStreet, fault closureFault) {
	switch fault {
	case noStreets:
		w.reject(codeNoStreets, "points", m.Args()["points"])
	case noStreetThere:
		w.reject(codeNoStreetThere, "points", m.Args()["points"])
	}
}
