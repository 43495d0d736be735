package feed

import (
	"strings"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/transit"
)

// lines knows the routes and agencies by the ids that their feeds gave them.
type lines struct {
	feeds    map[string]bool
	only     string // the feed's name where there is one
	routes   map[string][]transit.Route
	agencies map[string]bool
	of       []cityfile.Line // by route
}

func (d *desk) lines() *lines {
	l := &lines{feeds: map[string]bool{}, routes: map[string][]transit.Route{}, agencies: map[string]bool{}}
	for _, f := range d.city.Feeds {
		l.feeds[f.ID] = true
	}
	if len(d.city.Feeds) == 1 {
		l.only = d.city.Feeds[0].ID
	}
	for _, id := range d.timetable.Agencies.ID {
		feed, own := l.split(string(id))
		l.agencies[key(feed, own)], l.agencies[key("", own)] = true, true
	}
	for r := range d.timetable.Routes.ID {
		l.addRoute(d.timetable, transit.Route(r))
	}
	return l
}

func (l *lines) addRoute(tt *transit.Timetable, r transit.Route) {
	feed, route := l.split(string(tt.Routes.ID[r]))
	_, agency := l.split(string(tt.Agencies.ID[tt.Routes.Agency[r]]))
	l.of = append(l.of, cityfile.Line{Feed: feed, Agency: agency, Route: route, Type: tt.Routes.Type[r]})
	for _, k := range []string{key(feed, route), key("", route)} {
		l.routes[k] = append(l.routes[k], r)
	}
}

// split takes the feed's name off an id. A feed's name has no colon.
func (l *lines) split(id string) (feed, own string) {
	if l.only != "" {
		return l.only, id
	}
	feed, own, _ = strings.Cut(id, ":")
	return feed, own
}

func key(feed, id string) string { return feed + "\x00" + id }

// FeedKnown reports whether the city has a feed of that name.
func (l *lines) FeedKnown(feed string) bool { return l.feeds[feed] }

// AgencyKnown reports whether a feed, or any when feed is "", has an agency.
func (l *lines) AgencyKnown(feed, agency string) bool { return l.agencies[key(feed, agency)] }

// Routes are those with an id in a feed, or in any when feed is "".
func (l *lines) Routes(feed, route string) []transit.Route { return l.routes[key(feed, route)] }
