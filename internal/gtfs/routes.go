package gtfs

import (
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/transit"
)

// bus is the route_type that stands in for an unknown one.
const bus = 3

// routeFile is routes.txt with its columns.
type routeFile struct {
	*file
	id, agency, short, long, kind, color field

	names map[[2]string]bool
	same  int // routes whose long name only repeats the short one
}

func (r *reader) readRoutes() error {
	f, err := r.open("routes.txt", "route_id")
	if f == nil {
		return err
	}
	s := &routeFile{
		file: f, id: f.field("route_id"), agency: f.field("agency_id"), short: f.field("route_short_name"),
		long: f.field("route_long_name"), kind: f.field("route_type"), color: f.field("route_color"),
		names: map[[2]string]bool{},
	}
	for s.Next() {
		r.readRoute(s)
	}
	s.noteCount(codeSameNames, s.same)
	return s.close()
}

func (r *reader) readRoute(s *routeFile) {
	id, ok := r.routes.own(s.file, s.id)
	if !ok {
		return
	}
	agency, ok := r.agencyOf(s)
	if !ok {
		r.routes.reject(id)
		return
	}
	name := s.routeName(id)
	at := r.into.AddRoute(transit.RouteID(r.id(id)), agency, clone(name), s.Keep(s.long.at), s.routeType(), s.routeColor())
	r.routes.keep(id, at)
}

// agencyOf is the agency of a route, or the one that stands in for it.
func (r *reader) agencyOf(s *routeFile) (transit.Agency, bool) {
	id := s.value(s.agency)
	if r.agencies.kept(id) {
		return r.agencies.known[id], true
	}
	at, certain := r.substitute()
	switch {
	case !certain && id == "" && len(r.zones) == 0:
		s.reject(codeRejectedReference, s.agency, "in", "agency.txt") // the only agency has no id
		return 0, false
	case !certain:
		return r.agencies.refer(s.file, s.agency, "agency.txt")
	case id != "" || len(r.agencies.known) > 1:
		s.warn(codeAgencyAssumed, s.agency)
	}
	return at, true
}

// routeName is the short name, else the long one, else the id.
func (s *routeFile) routeName(id string) string {
	short, long := s.value(s.short), s.value(s.long)
	if short == "" && long == "" {
		s.Warn(codeNoName, s.short.name, "")
		return id
	}
	if both := [2]string{short, long}; s.names[both] {
		s.Warn(codeRouteNameTwice, s.short.name, strings.TrimSpace(short+" "+long))
	} else {
		s.names[both] = true
	}
	switch short {
	case "":
		return long
	case long:
		s.same++
	}
	return short
}

// routeType reads a basic or extended type; bus, with a warning, for others.
func (s *routeFile) routeType() uint16 {
	n, err := strconv.ParseUint(s.value(s.kind), 10, 16)
	if err != nil || !knownType(n) {
		s.warn(codeRouteTypeAssumed, s.kind)
		return bus
	}
	return uint16(n)
}

func knownType(n uint64) bool { return n <= 7 || n == 11 || n == 12 || n >= 100 && n < 1800 }

// routeColor is six hexadecimal digits in capitals, or "".
func (s *routeFile) routeColor() string {
	text := s.value(s.color)
	if text == "" {
		return ""
	}
	if _, err := strconv.ParseUint(text, 16, 24); err != nil || len(text) != 6 {
		s.warn(codeBadColor, s.color)
		return ""
	}
	return strings.ToUpper(clone(text))
}
