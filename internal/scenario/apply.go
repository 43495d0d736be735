package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// Apply makes the Network in which the modifications hold on a date, one after
// the other. The base is not touched. What cannot be done is left out and told
// as a finding of level error that names the modification by its number, from 1.
func Apply(base *network.Network, date transit.Date, changes []Modification) (*network.Network, []finding.Finding) {
	if len(changes) == 0 {
		return base, nil
	}
	open, faults := closed(base, changes)
	out := *open
	roads := roadsOf(out.Streets)
	var findings []finding.Finding
	for i, change := range changes {
		w := &work{base: out.Timetable, b: transit.Extend(out.Timetable), date: date, number: i + 1, roads: roads}
		if m, closes := change.(CloseStreet); closes {
			w.closeStreet(m, faults[i])
		}
		w.apply(change)
		w.settle(&out, change)
		out.Timetable = w.b.Timetable()
		findings = append(findings, w.findings...)
	}
	return &out, findings
}

// Identity is the hash that tells scenarios apart: of the base network's hash,
// the date and the canonical modifications in their order. Notes do not count.
func Identity(base string, date transit.Date, changes []Modification) string {
	hash := sha256.New()
	fmt.Fprintf(hash, "%s\n%s\n", base, date)
	for _, change := range changes {
		args := change.Args()
		keys := make([]string, 0, len(args))
		for key := range args {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		fmt.Fprint(hash, change.Kind())
		for _, key := range keys {
			fmt.Fprintf(hash, "\t%s=%q", key, args[key])
		}
		fmt.Fprintln(hash)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// work is one modification on its way into a Builder.
type work struct {
	base     *transit.Timetable
	b        *transit.Builder
	date     transit.Date
	number   int // of the modification, from 1
	calendar transit.Calendar
	dated    bool // calendar is made
	added    int
	roads    func() *street.Roads // those that vehicles drive on; nil where no streets are known
	findings []finding.Finding
}

// settle changes what a network holds beside its timetable.
func (w *work) settle(net *network.Network, change Modification) {
	switch m := change.(type) {
	case Meter:
		w.meter(net, m)
	case Shuttle:
		if w.added == 0 {
			return
		}
		net.Numbers = append(slices.Clip(net.Numbers), shuttleNumbers(m, net.Streets != nil)...)
	}
}

func (w *work) apply(change Modification) {
	switch m := change.(type) {
	case ExtraTrips:
		w.extraTrips(m)
	case ChangeHeadway:
		w.changeHeadway(m)
	case CancelTrip:
		w.cancelTrip(m)
	case ChangeVehicles:
		w.changeVehicles(m)
	case CloseStop:
		w.closeStop(m)
	case ShortTurn:
		w.shortTurn(m)
	case Shuttle:
		w.shuttle(m)
	}
}

// roadsOf are the roads of a city, found when they are first asked for.
func roadsOf(streets *street.Graph) func() *street.Roads {
	return sync.OnceValue(func() *street.Roads {
		if streets == nil {
			return nil
		}
		return streets.Driven(Driving())
	})
}

// reject tells why a modification was left out.
func (w *work) reject(code finding.Code, field, value string) {
	w.tell(finding.Error, code, field, value)
}

// warn tells what a modification does not do as somebody might think.
func (w *work) warn(code finding.Code, field, value string) {
	w.tell(finding.Warning, code, field, value)
}

func (w *work) tell(level finding.Level, code finding.Code, field, value string) {
	w.findings = append(w.findings, finding.Finding{
		Level: level, Code: code, Field: fmt.Sprintf("modifications[%d].%s", w.number-1, field),
		Value: value, Args: map[string]string{"number": fmt.Sprint(w.number), "date": w.date.String()},
	})
}

func (w *work) cancelTrip(m CancelTrip) {
	trip, found := w.base.FindTrip(m.Trip)
	if !found {
		w.reject(codeUnknownTrip, "trip", m.Trip)
		return
	}
	from, to := m.Start, m.Start+1
	if m.Start == All {
		from, to = 0, week
	}
	if len(departuresOf(w.base, trip, w.date, from, to)) == 0 {
		w.reject(codeNothingToCancel, "trip", m.Trip)
		return
	}
	w.b.Cancel(trip, w.date, from, to)
}

// week is later than any clock of a service day.
const week = 169 * transit.Hour

// shortest is the least headway that a modification may ask for: closer than
// this no doors open and close.
const shortest = 20 * transit.Second

// sound refuses a stretch of regular departures that no street could carry.
func (w *work) sound(from, to, every transit.Seconds) bool {
	switch {
	case every < shortest:
		w.reject(codeTooShort, "every", every.Clock())
	case from > to || from < 0 || to > week:
		w.reject(codeBadStretch, "to", to.Clock())
	default:
		return true
	}
	return false
}

func (w *work) extraTrips(m ExtraTrips) {
	if !w.sound(m.From, m.To, m.Every) {
		return
	}
	for _, s := range w.services(m.Route, m.Direction) {
		for at := m.From; at <= m.To; at += m.Every {
			w.add(s, at)
		}
	}
}

// services are what a route does in the wanted direction(s) on the date; a
// finding says why when there is nothing.
func (w *work) services(name string, direction int) []service {
	route, found := w.base.FindRoute(name)
	if !found {
		w.reject(codeUnknownRoute, "route", name)
		return nil
	}
	var out []service
	for d := range 2 {
		if direction >= 0 && direction != d {
			continue
		}
		if s, ok := serviceOf(w.base, route, transit.Direction(d), w.date); ok {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		w.reject(codeNoService, "route", strings.TrimSpace(name))
	}
	return out
}

// add puts one departure of a service on the date.
func (w *work) add(s service, at transit.Seconds) {
	w.b.AddTrip(w.unblocked(s.nearest(at), at))
}

// unblocked is a copy that belongs to no block: nobody says which vehicle makes it.
func (w *work) unblocked(t transit.Trip, at transit.Seconds) transit.TripRow {
	row := w.copy(t, at)
	row.Block = ""
	return row
}

// shifted are a trip's calls when it leaves its first stop at a time.
func shifted(tt *transit.Timetable, t transit.Trip, at transit.Seconds) []transit.Call {
	arrive, depart := tt.TripTimes(t)
	p := tt.Trips.Pattern[t]
	boarding := tt.PatternBoarding(p)
	var calls []transit.Call
	for i, stop := range tt.PatternStops(p) {
		shift := at - depart[0]
		calls = append(calls, transit.Call{Stop: stop, Arrive: arrive[i] + shift, Depart: depart[i] + shift, Boarding: boarding[i]})
	}
	return calls
}
