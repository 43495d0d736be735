package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// endpoint is one end of a journey as the command line names it.
type endpoint struct {
	end   journey.End
	named string                   // as it was written
	name  func(lang string) string // what it is called
	at    geo.Point
}

// endpoint finds what a word of the command line names.
func (a *asked) endpoint(named string) (endpoint, error) {
	plain := func(name string) func(string) string { return func(string) string { return name } }
	if v, found := demand.FindVenue(a.net.Venues, named); found {
		venue := &a.net.Venues[v]
		return endpoint{journey.AtVenue(venue), named, func(lang string) string { return venue.Names.In(lang, venue.ID) }, venue.At}, nil
	}
	stops := &a.net.Timetable.Stops
	if s := slices.Index(stops.ID, transit.StopID(named)); s >= 0 {
		return endpoint{journey.AtStop(transit.Stop(s)), named, plain(stops.Name[s]), stops.At[s]}, nil
	}
	if p := slices.Index(a.net.Places.ID, named); p >= 0 {
		return endpoint{journey.AtPlace(demand.Place(p)), named, plain(named), a.net.Places.At[p]}, nil
	}
	if at, ok := position(named); ok {
		return endpoint{journey.AtPoint(at), named, plain(named), at}, nil
	}
	return endpoint{}, usage(fmt.Errorf("nothing in %s is called %q%s", a.net.City.ID, named, a.alike(named)))
}

// position reads LAT,LON.
func position(text string) (geo.Point, bool) {
	lat, lon, both := strings.Cut(text, ",")
	north, err := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	east, err2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	at := geo.Point{Lat: north, Lon: east}
	return at, both && err == nil && err2 == nil && at.Valid()
}

// mostAlike is how many ids are offered for one that is not known.
const mostAlike = 5

// alike offers ids of what sounds like the word.
func (a *asked) alike(named string) string {
	word := strings.ToLower(named)
	var ids []string
	offer := func(id string, names ...string) {
		for _, name := range append(names, id) {
			if len(ids) < mostAlike && strings.Contains(strings.ToLower(name), word) {
				ids = append(ids, id)
				return
			}
		}
	}
	for i := range a.net.Venues {
		v := &a.net.Venues[i]
		names := []string{}
		for _, lang := range []string{"en", "kk", "ru", "zh"} {
			names = append(names, v.Names.In(lang, v.ID))
		}
		offer(v.ID, names...)
	}
	for s, id := range a.net.Timetable.Stops.ID {
		offer(string(id), a.net.Timetable.Stops.Name[s])
	}
	for _, id := range a.net.Places.ID {
		offer(id)
	}
	if len(ids) == 0 || word == "" {
		return ""
	}
	return "; alike are: " + strings.Join(ids, ", ")
}
