package gtfs

import (
	"math"
	"strconv"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// PathwayMode is what leads from one spot of a station to another, numbered as
// pathway_mode in GTFS.
type PathwayMode uint8

// The modes.
const (
	Walkway PathwayMode = iota + 1
	StairsMode
	MovingSidewalk
	EscalatorMode
	Elevator
	FareGate
	ExitGate
)

// Pathway is one row of pathways.txt.
type Pathway struct {
	ID       string // with the feed's prefix
	Sign     string // what is written on the way, or ""
	Mode     PathwayMode
	From, To End
	BothWays bool
	Length   float64         // meters; 0 where the feed gives none
	Time     transit.Seconds // 0 where the feed gives none
	Stairs   uint32          // steps; 0 where the feed gives none
	Slope    float64         // of a ramp, up or down: 0.1 is 10 cm a meter
	Width    float64         // meters at the narrowest; 0 where the feed gives none
	Rise     int8            // 1 up, -1 down, 0 level or not known
}

// End is where a pathway begins or ends: a platform, or a spot.
type End struct {
	Stop transit.Stop // transit.None where it is a spot
	Spot int          // a position in Feed.Spots
}

// What no pathway of a station is.
const (
	longestPathway  = 5000.0 // meters
	slowestPathway  = 3600   // seconds
	mostStairs      = 2000
	steepest        = 1.0
	widestPathway   = 100.0 // meters
	fastestOnFoot   = 3.0   // meters per second
	noTraversalTime = transit.Seconds(0)
)

// pathwayFile is pathways.txt with its columns.
type pathwayFile struct {
	*file
	id, mode, from, to, both, length, time, stairs, slope, width, sign field

	joined     map[End]bool
	unmeasured int
}

func (r *reader) readPathways() error {
	f, err := r.open("pathways.txt", "pathway_id", "from_stop_id", "to_stop_id", "pathway_mode")
	if f == nil {
		return err
	}
	s := &pathwayFile{
		file: f, id: f.field("pathway_id"), mode: f.field("pathway_mode"), from: f.field("from_stop_id"), to: f.field("to_stop_id"),
		both: f.field("is_bidirectional"), length: f.field("length"), time: f.field("traversal_time"), stairs: f.field("stair_count"),
		slope: f.field("max_slope"), width: f.field("min_width"), sign: f.field("signposted_as"), joined: map[End]bool{},
	}
	for s.Next() {
		r.readPathway(s)
	}
	s.noteCount(codePathwaysUnmeasured, s.unmeasured)
	r.lookAround(s)
	return s.close()
}

func (r *reader) readPathway(s *pathwayFile) {
	id, ok := r.pathways.own(s.file, s.id)
	if !ok {
		return
	}
	mode, err := strconv.ParseUint(s.value(s.mode), 10, 8)
	if err != nil || mode < uint64(Walkway) || mode > uint64(ExitGate) {
		s.reject(codeBadPathwayMode, s.mode)
		return
	}
	p := Pathway{ID: r.id(id), Mode: PathwayMode(mode)}
	if p.From, ok = r.end(s, s.from); !ok {
		return
	}
	if p.To, ok = r.end(s, s.to); !ok {
		return
	}
	if p.From == p.To {
		s.reject(codePathwayNowhere, s.to)
		return
	}
	r.pathways.keep(id, 0)
	p.Sign, p.BothWays = s.Keep(s.sign.at), s.bothWays(p.Mode)
	s.measure(&p)
	p.Rise = r.rise(s.value(s.from), s.value(s.to), s.stairCount())
	if r.stationOf(p.From) != r.stationOf(p.To) {
		s.warn(codePathwayAcross, s.to)
	}
	s.joined[p.From], s.joined[p.To] = true, true
	r.feed.Pathways = append(r.feed.Pathways, p)
}

// end follows a reference to a platform or a spot. It is false, and the row
// rejected, where there is none; a station is none.
func (r *reader) end(s *pathwayFile, c field) (End, bool) {
	if spot, known := r.spotOf[s.value(c)]; known {
		return End{transit.Stop(transit.None), spot}, true
	}
	stop, ok := r.stops.refer(s.file, c, "stops.txt")
	if ok && r.station[stop] {
		s.reject(codePathwayAtStation, c)
		return End{}, false
	}
	return End{Stop: stop}, ok
}

// stationOf is the station of an end, the stop itself where it is in none.
func (r *reader) stationOf(e End) transit.Stop {
	stop := e.Stop
	if uint32(stop) == transit.None {
		spot := r.feed.Spots[e.Spot]
		if stop = spot.Parent; uint32(stop) == transit.None || spot.Kind != BoardingArea {
			return stop
		}
	}
	if parent := r.into.SoFar().Stops.Parent[stop]; uint32(parent) != transit.None {
		return parent
	}
	return stop
}

// bothWays reads the direction. What is no direction is taken as both, but for
// exit gates, which lead out.
func (s *pathwayFile) bothWays(mode PathwayMode) bool {
	text := s.value(s.both)
	switch {
	case text == "0":
		return false
	case text == "1" && mode == ExitGate:
		s.warn(codeExitGateBothWays, s.both)
	case text != "1":
		s.warn(codePathwayDirection, s.both)
	}
	return mode != ExitGate
}

// measure reads how long a pathway is in meters, seconds and steps. What cannot
// be counts as not given.
func (s *pathwayFile) measure(p *Pathway) {
	p.Length, p.Width = s.real(s.length, 0, longestPathway), s.real(s.width, 0, widestPathway)
	p.Slope = math.Abs(s.real(s.slope, -steepest, steepest))
	p.Time = transit.Seconds(s.real(s.time, 1, slowestPathway))
	stairs := s.stairCount()
	if stairs == 0 && s.value(s.stairs) != "" && s.value(s.stairs) != "0" {
		s.warn(codePathwayValue, s.stairs)
	}
	p.Stairs = uint32(max(stairs, -stairs))
	if p.Time > 0 && p.Length > float64(fastestOnFoot*float64(p.Time)) && (p.Mode == Walkway || p.Mode == StairsMode) {
		s.warn(codePathwayTooFast, s.time, "meters", s.value(s.length))
		p.Time = noTraversalTime
	}
	if p.Length == 0 && p.Time == 0 && p.Stairs == 0 && p.Mode <= EscalatorMode {
		s.unmeasured++
	}
}

// stairCount is the steps up, or down when below 0; 0 where that is not given or cannot be.
func (s *pathwayFile) stairCount() int {
	n, err := strconv.Atoi(s.value(s.stairs))
	if err != nil || n < -mostStairs || n > mostStairs {
		return 0
	}
	return n
}

// real reads a number between two bounds; 0 when the cell is empty or, with a
// warning, holds something else.
func (f *file) real(c field, low, high float64) float64 {
	text, number := f.value(c), 0.0
	if text == "" {
		return 0
	}
	if !parseReal(text, &number) || number < low || number > high {
		f.warn(codePathwayValue, c)
		return 0
	}
	return number
}

func parseReal(text string, into *float64) bool {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
		return false
	}
	*into = number
	return true
}

// lookAround says which platforms no pathway joins although pathways join
// others of their station, and counts the spots that none joins.
func (r *reader) lookAround(s *pathwayFile) {
	stations, platforms := map[transit.Stop]bool{}, map[transit.Stop]bool{}
	for _, p := range r.feed.Pathways {
		for _, e := range []End{p.From, p.To} {
			stations[r.stationOf(e)] = true
			platforms[r.platformOf(e)] = true
		}
	}
	delete(stations, transit.Stop(transit.None))
	for i := range r.position {
		stop := r.base + transit.Stop(i)
		if !r.station[stop] && !platforms[stop] && stations[r.stationOf(End{Stop: stop})] {
			r.warnOf("stops.txt", r.line[i], codePlatformUnjoined, r.name[i])
		}
	}
	unused := 0
	for i := range r.feed.Spots {
		if !s.joined[End{transit.Stop(transit.None), i}] {
			unused++
		}
	}
	r.noteOf("stops.txt", codeLocationsUnused, unused)
}

// platformOf is the platform that an end is, or is an area of; else transit.None.
func (r *reader) platformOf(e End) transit.Stop {
	if uint32(e.Stop) == transit.None && r.feed.Spots[e.Spot].Kind == BoardingArea {
		return r.feed.Spots[e.Spot].Parent
	}
	return e.Stop
}

// warnOf records a warning about a row of a file that is closed already.
func (r *reader) warnOf(name string, line int, code finding.Code, value string) {
	for _, f := range r.opened {
		if f.name == name {
			f.WarnEarlier(line, code, "stop_id", value)
		}
	}
}
