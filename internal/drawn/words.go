package drawn

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// args are the words of a line, taken one after the other.
type args struct {
	rest []string
	err  error
}

// next is the next word, or "" with an error.
func (a *args) next(what string) string {
	if len(a.rest) == 0 {
		a.fail("%s is missing", what)
		return ""
	}
	word := a.rest[0]
	a.rest = a.rest[1:]
	return word
}

func (a *args) fail(format string, values ...any) {
	if a.err == nil {
		a.err = fmt.Errorf(format, values...)
	}
}

func (a *args) expect(word string) {
	if got := a.next(word); got != word {
		a.fail("%q stands where %q is due", got, word)
	}
}

func (a *args) number(what string) int {
	n, err := strconv.ParseUint(a.next(what), 10, 20)
	if err != nil {
		a.fail("%s: %v", what, err)
	}
	return int(n)
}

func (a *args) length(what string) transit.Seconds {
	d, err := time.ParseDuration(a.next(what))
	if err != nil || d <= 0 || d > 48*time.Hour {
		a.fail("%s is not a length of time (10m, 30s)", what)
		return 1
	}
	return max(transit.Seconds(d/time.Second), 1)
}

func (a *args) clock(what string) transit.Seconds {
	at, err := transit.ParseClock(a.next(what))
	if err != nil {
		a.fail("%s: %v", what, err)
	}
	return at
}

// span reads "18:00-21:00".
func (a *args) span() (from, to transit.Seconds) {
	first, last, _ := strings.Cut(a.next("from-to"), "-")
	from, err := transit.ParseClock(first)
	if err != nil {
		a.fail("%v", err)
	}
	to, err = transit.ParseClock(last)
	if err != nil {
		a.fail("%v", err)
	}
	return from, to
}

// service is a line while its words are read.
type service struct {
	name     string
	stops    []transit.Stop
	room     uint32
	hop      transit.Seconds // 0: by distance
	dwell    transit.Seconds
	both     bool
	inexact  bool
	every    transit.Seconds
	from, to transit.Seconds
	at       []transit.Seconds
}

func (s *sheet) line(fields []string) error {
	a := &args{rest: fields}
	v := service{name: a.next("name"), room: 100}
	for len(a.rest) > 0 && isStop(a.rest[0]) {
		stop, err := s.stop(a.next("stop"))
		if err != nil {
			return err
		}
		v.stops = append(v.stops, stop)
	}
	for a.err == nil && len(a.rest) > 0 {
		v.word(a)
	}
	if len(v.stops) < 2 {
		a.fail("a line needs two stops at least")
	}
	if a.err == nil {
		s.run(v)
	}
	return a.err
}

func isStop(word string) bool { return len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' }

// word reads one property of a line.
func (v *service) word(a *args) {
	switch word := a.next("word"); word {
	case "every", "about":
		v.inexact = word == "about"
		v.every = a.length("headway")
		v.from, v.to = a.span()
	case "room":
		v.room = uint32(a.number("room"))
	case "hop":
		v.hop = a.length("hop")
	case "dwell":
		v.dwell = a.length("dwell")
	case "both":
		v.both = true
	case "at":
		v.times(a)
	default:
		a.fail("a line does not know the word %q", word)
	}
}

// times reads clocks as long as there are some.
func (v *service) times(a *args) {
	for len(a.rest) > 0 && strings.Contains(a.rest[0], ":") {
		v.at = append(v.at, a.clock("time"))
	}
}

// run puts a line into the timetable.
func (s *sheet) run(v service) {
	route := s.b.AddRoute(transit.RouteID(v.name), s.agency, v.name, "", 3, "")
	vehicle := s.b.AddVehicle(transit.VehicleRow{Name: v.name, Seats: v.room, Room: v.room, Doors: 1, Kind: "fact"})
	s.runOneWay(v, route, vehicle, 0, "")
	if v.both {
		back := v
		back.stops = nil
		for i := len(v.stops) - 1; i >= 0; i-- {
			back.stops = append(back.stops, v.stops[i])
		}
		s.runOneWay(back, route, vehicle, 1, "-back")
	}
}

func (s *sheet) runOneWay(v service, route transit.Route, vehicle transit.Vehicle, d transit.Direction, mark string) {
	trip := func(id string, at transit.Seconds) transit.Trip {
		return s.b.AddTrip(transit.TripRow{
			ID: transit.TripID(id), Route: route, Direction: d, Calendar: s.daily, Vehicle: vehicle,
			Shape: transit.Shape(transit.None), Calls: s.calls(v, at),
		})
	}
	for _, at := range v.at {
		trip(v.name+mark+"@"+at.Clock()[:5], at)
	}
	if v.every > 0 {
		row := transit.FrequencyRow{Trip: trip(v.name+mark, 0), Start: v.from, End: v.to, Headway: v.every, Exact: !v.inexact}
		s.b.AddFrequency(row)
	}
}

// calls are the stops of one trip; without a hop's time vehicles make 400 m a minute.
func (s *sheet) calls(v service, at transit.Seconds) []transit.Call {
	var calls []transit.Call
	for i, stop := range v.stops {
		if i > 0 {
			at += v.hopTime(s.places.At[v.stops[i-1]], s.places.At[stop])
		}
		leave := at
		if i > 0 && i < len(v.stops)-1 {
			leave += v.dwell
		}
		calls = append(calls, transit.Call{Stop: stop, Arrive: at, Depart: leave, Boarding: transit.MayBoard | transit.MayAlight})
		at = leave
	}
	return calls
}

func (v service) hopTime(a, b geo.Point) transit.Seconds {
	if v.hop > 0 {
		return v.hop
	}
	return transit.Seconds(float64(geo.Distance(a, b))/400*60 + 0.5)
}

// crowd adds people: "300 at A 19:00 over 15m to C", or "40 at A to C by 19:30".
func (s *sheet) crowd(fields []string) error {
	a := &args{rest: fields}
	n := a.number("people")
	a.expect("at")
	from := a.next("stop")
	ready, due, over := demand.Free, demand.Free, transit.Seconds(0)
	if len(a.rest) > 0 && strings.Contains(a.rest[0], ":") {
		ready = a.clock("time")
	}
	if len(a.rest) > 0 && a.rest[0] == "over" {
		a.expect("over")
		over = a.length("over")
	}
	a.expect("to")
	to := a.next("stop")
	if ready == demand.Free {
		a.expect("by")
		due = a.clock("time")
	}
	if a.err != nil {
		return a.err
	}
	return s.add(n, [2]string{from, to}, ready, due, over)
}

// add spreads n people evenly over their time.
func (s *sheet) add(n int, ends [2]string, ready, due, over transit.Seconds) error {
	origin, err := s.stop(ends[0])
	if err != nil {
		return err
	}
	goal, err := s.stop(ends[1])
	if err != nil {
		return err
	}
	t := &s.people
	crowd := uint16(len(t.Crowds))
	t.Crowds = append(t.Crowds, demand.Crowd{Session: 0, Way: demand.Leaving, People: uint32(n)})
	for i := range n {
		t.Key = append(t.Key, draw.Key("drawn", strconv.Itoa(int(crowd)))+uint64(i))
		t.From, t.To, t.Crowd = append(t.From, demand.Place(origin)), append(t.To, demand.Place(goal)), append(t.Crowd, crowd)
		late := over * transit.Seconds(i) / transit.Seconds(n)
		t.Ready, t.Due = append(t.Ready, moved(ready, late)), append(t.Due, due)
	}
	return nil
}

func moved(at, by transit.Seconds) transit.Seconds {
	if at == demand.Free {
		return at
	}
	return at + by
}

// walk sets how people walk: "speed 1 detour 1 access 100 transfer 100 direct 0".
func (s *sheet) walk(fields []string) error {
	a := &args{rest: fields}
	for a.err == nil && len(a.rest) > 0 {
		word := a.next("word")
		value := float64(a.number(word))
		switch word {
		case "speed":
			s.walking.Speed = max(value, 1)
		case "detour":
			s.walking.Detour = max(value, 1)
		case "access":
			s.walking.MaxAccess = value
		case "transfer":
			s.walking.MaxTransfer = value
		case "direct":
			s.walking.MaxDirect = value
		default:
			a.fail("walking does not know the word %q", word)
		}
	}
	return a.err
}

func (s *sheet) headway(fields []string) error {
	m, err := regular(fields)
	s.changes = append(s.changes, m)
	return err
}

func (s *sheet) extra(fields []string) error {
	m, err := regular(fields)
	s.changes = append(s.changes, scenario.ExtraTrips(m))
	return err
}

// regular reads "red every 5m 18:30-19:30", departures of a line in both directions.
func regular(fields []string) (scenario.ChangeHeadway, error) {
	a := &args{rest: fields}
	m := scenario.ChangeHeadway{Route: a.next("line"), Direction: -1}
	a.expect("every")
	m.Every = a.length("headway")
	m.From, m.To = a.span()
	return m, a.err
}

// cancel takes out a trip: "red 18:20" of a line with a headway, "blue@18:05" of one with times.
func (s *sheet) cancel(fields []string) error {
	a := &args{rest: fields}
	m := scenario.CancelTrip{Trip: a.next("trip"), Start: scenario.All}
	if len(a.rest) > 0 {
		m.Start = a.clock("start")
	}
	s.changes = append(s.changes, m)
	return a.err
}
