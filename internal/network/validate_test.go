package network

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

func TestValidateFindsContradictions(t *testing.T) {
	type tt = *transit.Timetable
	timetable := func(change func(tt)) func(*Network) { return func(n *Network) { change(n.Timetable) } }
	for what, spoil := range map[string]func(*Network){
		"agencies":            timetable(func(t tt) { t.Agencies.Zone = nil }),
		"stops: parent":       timetable(func(t tt) { t.Stops.Parent[0] = 9 }),
		"circle":              timetable(func(t tt) { t.Stops.Parent[0], t.Stops.Parent[1] = 1, 0 }),
		"stops: no position":  timetable(func(t tt) { t.Stops.At[0].Lat = math.NaN() }),
		"routes: agency":      timetable(func(t tt) { t.Routes.Agency[0] = 1 }),
		"shapes: offsets":     timetable(func(t tt) { t.Shapes.First[1] = 3 }),
		"shapes: no position": timetable(func(t tt) { t.Shapes.Point[0] = geo.Point{Lat: 91} }),
		"calendars: offsets":  timetable(func(t tt) { t.Calendars.First[0] = 1 }),
		"dates not in order":  timetable(func(t tt) { t.Calendars.Date[1] = t.Calendars.Date[0] }),
		"calendars: date out": timetable(func(t tt) { t.Calendars.Date[1] = 1 << 30 }),
		"vehicles: room":      timetable(func(t tt) { t.Vehicles.Room[0] = 0 }),
		"vehicles: time":      timetable(func(t tt) { t.Vehicles.BoardTime[0] = float32(math.Inf(1)) }),
		"vehicles: kind":      timetable(func(t tt) { t.Vehicles.Kind[0] = "guess" }),
		"streets contradict": func(n *Network) {
			n.Streets = &street.Graph{First: []uint32{1}}
		},
		"speed on steps": func(n *Network) {
			n.Streets, n.Walking.Steps = &street.Graph{First: []uint32{0}}, 0
		},
		"gate walks: columns":   func(n *Network) { n.GateWalks.Place = []demand.Place{0} },
		"gate walks: no offset": func(n *Network) { n.GateWalks.Gate = []demand.Place{0} },
		"gate walks: gate out": func(n *Network) {
			n.GateWalks = GateWalks{Gate: []demand.Place{2}, First: []uint32{0, 0}}
		},
		"gate walks: gates": func(n *Network) {
			n.GateWalks = GateWalks{Gate: []demand.Place{1, 1}, First: []uint32{0, 0, 0}}
		},
		"gate walks: places": func(n *Network) {
			n.GateWalks = GateWalks{Gate: []demand.Place{1}, First: []uint32{0, 2}, Place: []demand.Place{1, 0}, Walk: []transit.Seconds{1, 1}}
		},
		"gate walks: place out": func(n *Network) {
			n.GateWalks = GateWalks{Gate: []demand.Place{1}, First: []uint32{0, 1}, Place: []demand.Place{2}, Walk: []transit.Seconds{1}}
		},
		"gate walks: walk": func(n *Network) {
			n.GateWalks = GateWalks{Gate: []demand.Place{1}, First: []uint32{0, 1}, Place: []demand.Place{1}, Walk: []transit.Seconds{-1}}
		},
		"patterns: route":            timetable(func(t tt) { t.Patterns.Route[0] = 1 }),
		"patterns: shape":            timetable(func(t tt) { t.Patterns.Shape[0] = 1 }),
		"patterns: stop":             timetable(func(t tt) { t.Patterns.Stop[0] = 5 }),
		"patterns: no offsets":       timetable(func(t tt) { t.Patterns.First = nil }),
		"patterns: direction":        timetable(func(t tt) { t.Patterns.Direction[0] = 2 }),
		"patterns: boarding":         timetable(func(t tt) { t.Patterns.Boarding[0] = 4 }),
		"patterns: offsets":          timetable(func(t tt) { t.Patterns.First[0] = 1 }),
		"patterns: none or":          timetable(func(t tt) { t.Patterns.First[1], t.Patterns.Stop, t.Patterns.Boarding = 0, nil, nil }),
		"trips: pattern":             timetable(func(t tt) { t.Trips.Pattern[0] = 1 }),
		"trips: calendar":            timetable(func(t tt) { t.Trips.Calendar[0] = 1 }),
		"trips: vehicle":             timetable(func(t tt) { t.Trips.Vehicle[0] = transit.Vehicle(transit.None) }),
		"trips: times out":           timetable(func(t tt) { t.Trips.FirstTime[0] = math.MaxUint32 }),
		"trips: time out":            timetable(func(t tt) { t.Trips.Depart[2] = latestTime + 1 }),
		"trips: times go":            timetable(func(t tt) { t.Trips.Arrive[1] = 81 }),
		"frequencies: trip":          timetable(func(t tt) { t.Frequencies.Trip[0] = 1 }),
		"frequencies: headway":       timetable(func(t tt) { t.Frequencies.Headway[0] = 0 }),
		"frequencies: time":          timetable(func(t tt) { t.Frequencies.Start[0] = -1 }),
		"fleets: route":              timetable(func(t tt) { t.Fleets.Route[0] = 1 }),
		"fleets: no vehicle":         timetable(func(t tt) { t.Fleets.Reserve[0] = 5 }),
		"fleets: turnback":           timetable(func(t tt) { t.Fleets.Turnback[0] = -1 }),
		"translations: not in order": timetable(func(t tt) { t.Translations.Text[0] = "B" }),
		"cancellations: trip":        timetable(func(t tt) { t.Cancellations.Trip[0] = 1 }),
		"walking speed":              func(n *Network) { n.Walking.Speed = 0 },
		"walking detour":             func(n *Network) { n.Walking.Detour = math.NaN() },
		"walking distance":           func(n *Network) { n.Walking.MaxDirect = -1 },
		"nearest":                    func(n *Network) { n.Walking.Nearest = 1 << 31 },
		"places: columns":            func(n *Network) { n.Places.People = nil },
		"venues: id":                 func(n *Network) { n.Venues = append(n.Venues, n.Venues[0]) },
		"venues: basis":              func(n *Network) { n.Venues[0].Basis = "hearsay" },
		"gates: place":               func(n *Network) { n.Venues[0].Gates[0].Place = 2 },
		"gates: shares do not sum":   func(n *Network) { n.Venues[0].Gates[0].Share = .5 },
		"gates: share out":           func(n *Network) { n.Venues[0].Gates[0].Share = math.NaN() },
		"numbers":                    func(n *Network) { n.Numbers[0].Kind = "" },
		"transfers: offsets":         func(n *Network) { n.Transfers.First = n.Transfers.First[1:] },
		"transfers: stop":            func(n *Network) { n.Transfers.To[0] = 5 },
		"access: walk":               func(n *Network) { n.Access.Walk[0] = -1 },
	} {
		n := assembled(t, smallTown())
		spoil(n)
		err := Validate(n)
		if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

func TestValidateFindsContradictionsInStations(t *testing.T) {
	for what, spoil := range map[string]func(*Network, *station.Stations){
		"facilities: columns":         func(_ *Network, s *station.Stations) { s.Facilities.Width = nil },
		"facility's station out":      func(_ *Network, s *station.Stations) { s.Facilities.Station[0] = 5 },
		"facility of no known kind":   func(_ *Network, s *station.Stations) { s.Facilities.Kind[0] = 0 },
		"facility: no position":       func(_ *Network, s *station.Stations) { s.Facilities.At[0].Lat = 91 },
		"facility: rate out":          func(_ *Network, s *station.Stations) { s.Facilities.Service[0] = longestService + 1 },
		"facility: service without":   func(_ *Network, s *station.Stations) { s.Facilities.Channels[0] = 0 },
		"facility: variation":         func(_ *Network, s *station.Stations) { s.Facilities.Variation[0] = 50 },
		"facility's size out":         func(_ *Network, s *station.Stations) { s.Facilities.Width[0] = float32(math.NaN()) },
		"facility's speed out":        func(_ *Network, s *station.Stations) { s.Facilities.Speed[0] = 11 },
		"facility: length without":    func(_ *Network, s *station.Stations) { s.Facilities.Length[0] = 5 },
		"ways: no offsets":            func(_ *Network, s *station.Stations) { s.Ways.First = nil },
		"ways: offsets do not fit":    func(_ *Network, s *station.Stations) { s.Ways.First[0] = 1 },
		"ways: columns":               func(_ *Network, s *station.Stations) { s.Ways.Left = s.Ways.Left[1:] },
		"way's facility out":          func(_ *Network, s *station.Stations) { s.Ways.Facility[0] = 2 },
		"way: what is left rises":     func(_ *Network, s *station.Stations) { s.Ways.Left[0] = -1 },
		"platforms: columns":          func(_ *Network, s *station.Stations) { s.Platforms.Area = nil },
		"platform's stop out":         func(_ *Network, s *station.Stations) { s.Platforms.Stop[1] = 5 },
		"platforms out of order":      func(_ *Network, s *station.Stations) { s.Platforms.Stop[1] = 0 },
		"platform's area out":         func(_ *Network, s *station.Stations) { s.Platforms.Area[0] = -1 },
		"doors: columns":              func(n *Network, _ *station.Stations) { n.Doors.At = nil },
		"door: no position":           func(n *Network, _ *station.Stations) { n.Doors.At[0].Lat = 91 },
		"doors: offsets do not fit":   func(n *Network, _ *station.Stations) { n.Doors.Inside.First[0] = 1 },
		"doors: stop out":             func(n *Network, _ *station.Stations) { n.Doors.Inside.To[0] = 5 },
		"doors: way out":              func(n *Network, s *station.Stations) { n.Doors.Inside.Way[0] = uint32(s.Ways.Len()) },
		"access: columns":             func(n *Network, _ *station.Stations) { n.Access.Way = n.Access.Way[1:] },
		"access: way out":             func(n *Network, s *station.Stations) { n.Access.Way[0] = uint32(s.Ways.Len()) },
		"transfers: way out":          func(n *Network, s *station.Stations) { n.Transfers.FreeWay[0] = uint32(s.Ways.Len()) },
		"transfers: columns":          func(n *Network, _ *station.Stations) { n.Transfers.FreeWalk = n.Transfers.FreeWalk[1:] },
		"access: walks free of steps": func(n *Network, _ *station.Stations) { n.Access.FreeWay = nil },
		"access: walk free of steps":  func(n *Network, _ *station.Stations) { n.Access.FreeWalk[0] = -2 },
		"access: a walk is shorter":   func(n *Network, _ *station.Stations) { n.Access.Walk[1] = 19 },
		"transfers: a walk is shorter": func(n *Network, _ *station.Stations) {
			for i := range n.Transfers.FreeWalk {
				n.Transfers.FreeWalk[i] = min(n.Transfers.FreeWalk[i], 1)
			}
		},
	} {
		parts := twoDoors()
		parts.Stations.Platforms = station.Platforms{
			Stop: []transit.Stop{0, 2}, Area: []float32{9, 9}, Holds: []uint32{1, 1}, Stands: []uint32{1, 1},
			Basis: []string{"", ""}, Source: []string{"", ""},
		}
		n := assembled(t, parts)
		spoil(n, &n.Stations)
		if err := Validate(n); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

func TestAssembleRefusesLayoutsThatContradictThemselves(t *testing.T) {
	for what, spoil := range map[string]func(*station.Layout){
		"facility of no known kind": func(l *station.Layout) { l.Facilities.Kind[0] = 9 },
		"spots: columns":            func(l *station.Layout) { l.Spots.Ends = nil },
		"steps: columns":            func(l *station.Layout) { l.Steps.Walk = nil },
		"spot's station out":        func(l *station.Layout) { l.Spots.Station[0] = 5 },
		"spot's stop out":           func(l *station.Layout) { l.Spots.Stop[0] = 5 },
		"spots: a stop twice":       func(l *station.Layout) { l.Spots.Stop[1] = 1 },
		"spot: no position":         func(l *station.Layout) { l.Spots.At[1].Lon = math.Inf(1) },
		"step's start out":          func(l *station.Layout) { l.Steps.From[0] = 3 },
		"step's end out":            func(l *station.Layout) { l.Steps.Into[0] = 3 },
		"step's facility out":       func(l *station.Layout) { l.Steps.Facility[0] = 2 },
		"platforms: columns":        func(l *station.Layout) { l.Platforms.Stop = []transit.Stop{1} },
	} {
		parts := twoDoors()
		spoil(&parts.Stations)
		if _, err := Assemble(parts); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

func TestAssembleRefusesWhatItCannotLink(t *testing.T) {
	far := smallTown()
	far.Overrides = []Override{{From: 99}}
	broken := smallTown()
	broken.Timetable.Patterns.Stop[0] = 99
	for name, parts := range map[string]Parts{"override": far, "pattern": broken, "nothing": {}} {
		if n, err := Assemble(parts); !errors.Is(err, ErrInvalid) || n != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEmptyTimetableIsValid(t *testing.T) {
	if err := Validate(assembled(t, Parts{Timetable: &transit.Timetable{}})); err != nil {
		t.Error(err)
	}
}
