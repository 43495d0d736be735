package feed

import (
	"strconv"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
)

var (
	codeDefaultRoom   = finding.Register("feed.default_room")
	codeFarPopulation = finding.Register("feed.far_population")
	codeNoPopulation  = finding.Register("feed.no_population")
	codeNoVenue       = finding.Register("feed.no_venue")
)

// farHome is a straight line to the nearest stop that makes one doubt a point.
const farHome = geo.Meters(5000)

// reportWhole says what is odd about the city as a whole; what is odd about a
// feed, package gtfs has said.
func (d *desk) reportWhole() {
	d.reportFarHomes()
	if len(d.homes) == 0 {
		d.log.Add(finding.Finding{Level: finding.Warning, Code: codeNoPopulation, File: d.populationFile()})
	}
	if len(d.venues) == 0 {
		d.log.Add(finding.Finding{Level: finding.Warning, Code: codeNoVenue, File: d.city.Venues.Name})
	}
}

// reportFarHomes counts the points far from any stop, and names the farthest.
func (d *desk) reportFarHomes() {
	count, people, farthest, worst := 0, uint64(0), geo.Meters(0), cityfile.Home{}
	for p, h := range d.homes {
		far := d.toNearest(uint32(p), h.At)
		if far <= farHome {
			continue
		}
		count, people = count+1, people+uint64(h.People)
		if far > farthest {
			farthest, worst = far, h
		}
	}
	if count > 0 {
		d.log.Add(finding.Finding{
			Level: finding.Warning, Code: codeFarPopulation, File: worst.File, Line: worst.Line, Field: "lat", Value: worst.ID,
			Args: map[string]string{
				"count": strconv.Itoa(count), "people": strconv.FormatUint(people, 10), "km": cityfile.Kilometers(farthest),
			},
		})
	}
}

// toNearest is the straight line to the stop that is the shortest walk away,
// where a place is linked to one; else to the nearest served stop.
func (d *desk) toNearest(place uint32, at geo.Point) geo.Meters {
	if to, _ := d.network.Access.Row(place); len(to) > 0 {
		return geo.Distance(at, d.timetable.Stops.At[to[0]])
	}
	nearest := geo.Meters(0)
	for s, served := range network.Served(d.timetable) {
		if far := geo.Distance(at, d.timetable.Stops.At[s]); served && (nearest == 0 || far < nearest) {
			nearest = far
		}
	}
	return nearest
}
