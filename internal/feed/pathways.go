package feed

import (
	"strconv"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/gtfs"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

var codePathwaysReplaced = finding.Register("feed.pathways_replaced")

// paths are the pathways of one feed, with what they join.
type paths struct {
	feed     string
	spots    []gtfs.Spot
	pathways []gtfs.Pathway
}

// pathLayer lays out the stations of one feed.
type pathLayer struct {
	paths
	*desk
	known *stops
	spot  map[gtfs.End]station.Spot
	areas map[transit.Stop]bool // platforms whose boarding areas are joined
}

// layPathways lays out the stations of a feed by its pathways, but for those
// that the city's file states.
func (d *desk) layPathways(p paths, known *stops, stated map[transit.Stop]bool) {
	l := &pathLayer{paths: p, desk: d, known: known, spot: map[gtfs.End]station.Spot{}, areas: map[transit.Stop]bool{}}
	for _, way := range p.pathways {
		for _, e := range []gtfs.End{way.From, way.To} {
			if s, is := l.isSpot(e); is && s.Kind == gtfs.BoardingArea {
				l.areas[s.Parent] = true
			}
		}
	}
	replaced := 0
	for _, way := range p.pathways {
		if stated[l.stationOf(way.From)] || stated[l.stationOf(way.To)] {
			replaced++
			continue
		}
		l.lay(way)
	}
	if replaced > 0 {
		d.log.Add(finding.Finding{
			Level: finding.Note, Code: codePathwaysReplaced, File: p.feed, Args: map[string]string{"count": strconv.Itoa(replaced)},
		})
	}
}

func (l *pathLayer) isSpot(e gtfs.End) (gtfs.Spot, bool) {
	if uint32(e.Stop) != transit.None {
		return gtfs.Spot{}, false
	}
	return l.spots[e.Spot], true
}

func (l *pathLayer) stationOf(e gtfs.End) transit.Stop {
	if s, is := l.isSpot(e); is {
		return l.known.stationOf(s.Parent)
	}
	return l.known.stationOf(e.Stop)
}

func (l *pathLayer) at(e gtfs.End) geo.Point {
	if s, is := l.isSpot(e); is {
		return s.At
	}
	return l.known.At(e.Stop)
}

// end is the spot of an end. A boarding area leads to its platform, where those
// who come end their way.
func (l *pathLayer) end(e gtfs.End) station.Spot {
	if spot, known := l.spot[e]; known {
		return spot
	}
	row := station.SpotRow{Station: l.stationOf(e), Stop: e.Stop, Ends: l.areas[e.Stop]}
	s, is := l.isSpot(e)
	if is {
		row.ID, row.Door, row.At, row.Ends = s.ID, s.Kind == gtfs.Entrance, s.At, false
	} else {
		row.ID = string(l.timetable.Stops.ID[e.Stop])
	}
	spot := l.builder.AddSpot(row)
	l.spot[e] = spot
	if is && s.Kind == gtfs.BoardingArea && uint32(s.Parent) != transit.None {
		platform := l.end(gtfs.End{Stop: s.Parent})
		l.builder.AddStep(spot, platform, 0)
		l.builder.AddStep(platform, spot, 0)
	}
	return spot
}

// lay adds one pathway. A plain walkway of no known width holds nobody up.
func (l *pathLayer) lay(p gtfs.Pathway) {
	from, into, row := l.end(p.From), l.end(p.To), l.row(p)
	facility := station.Facility(transit.None)
	if row.Kind != station.Passage || row.Width > 0 {
		facility = l.builder.AddFacility(row)
	}
	l.builder.Pass(from, into, facility, row)
}

// row is a pathway as a facility.
func (l *pathLayer) row(p gtfs.Pathway) station.Row {
	row := station.Row{
		ID: p.ID, Name: p.Sign, Kind: kindOf(p.Mode), Station: l.stationOf(p.From), At: l.between(p), Width: p.Width, Length: p.Length,
		Seconds: float64(p.Time), Flow: flowOf(p), StepFree: p.Mode != gtfs.StairsMode && p.Mode != gtfs.EscalatorMode,
		Basis: basis.Fact, Source: "pathways.txt",
	}
	if p.Slope > 0 && p.Slope > l.builder.Used.Take(station.SteepestStepFree) {
		row.StepFree = false
	}
	switch {
	case row.Kind == station.Gate:
		row.Count, row.Width = uint32(l.builder.Used.Take(station.GatesInARow)), 0
	case row.Length > 0 || row.Seconds > 0:
	case p.Stairs > 0:
		row.Length = float64(float64(p.Stairs) * l.builder.Used.Take(station.StepDepth))
	case row.Kind != station.Lift && l.at(p.From).Valid() && l.at(p.To).Valid():
		row.Length = float64(geo.Distance(l.at(p.From), l.at(p.To)))
	}
	return row
}

// between is where a pathway lies, as far as the feed tells.
func (l *pathLayer) between(p gtfs.Pathway) geo.Point {
	if at := l.at(p.From); at.Valid() {
		return at
	}
	return l.at(p.To)
}

func kindOf(mode gtfs.PathwayMode) station.Kind {
	switch mode {
	case gtfs.StairsMode:
		return station.Stairs
	case gtfs.MovingSidewalk, gtfs.EscalatorMode:
		return station.Escalator
	case gtfs.Elevator:
		return station.Lift
	case gtfs.FareGate, gtfs.ExitGate:
		return station.Gate
	}
	return station.Passage
}

func flowOf(p gtfs.Pathway) station.Flow {
	switch {
	case p.BothWays:
		return station.BothWays
	case p.Rise > 0:
		return station.Up
	case p.Rise < 0:
		return station.Down
	}
	return station.OneWay
}

// pathwayCount is how many pathways the feeds have.
func (d *desk) pathwayCount() int {
	count := 0
	for _, p := range d.pathways {
		count += len(p.pathways)
	}
	return count
}
