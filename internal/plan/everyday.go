package plan

import (
	"math"
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// Travellers are the people of a request, those of the event first, before
// anybody travels. Its error is that of Run.
func Travellers(r Request) (*demand.Travellers, error) {
	d, err := prepare(r)
	if err != nil {
		return nil, err
	}
	return d.problem.Travellers, nil
}

// addEveryday adds the city's other travellers to those of the event.
func (d *day) addEveryday(people *demand.Travellers, dated *transit.Day) {
	e := &d.request.Event.Everyday
	if e.Journeys == 0 {
		return
	}
	dated = d.unchanged(dated)
	town := &demand.Town{Places: &d.net.Places, Homes: d.homes(dated, e.ServiceElasticity), Attraction: d.attraction(dated), Stations: d.countedStations(e)}
	if counted := e.Counted(); counted > uint64(e.Journeys) && e.EntriesShare == 0 {
		d.add(finding.Finding{
			Level: finding.Warning, Code: codeMoreCounted, Field: "background.journeys", Value: count(int(e.Journeys)),
			Args: map[string]string{"count": strconv.FormatUint(counted, 10)},
		})
	}
	if err := e.Travel(people, town, 0, draw.Seed(d.request.Seed)); err != nil {
		d.add(finding.Finding{Level: finding.Error, Code: codeNowhere, Field: "background", Value: count(int(e.Journeys))})
	}
}

// unchanged is the day without the modifications: people live and go where they
// do in the baseline, so that scenarios share them.
func (d *day) unchanged(dated *transit.Day) *transit.Day {
	if len(d.request.Modifications) == 0 {
		return dated
	}
	base, err := transit.NewDay(d.request.Network.Timetable, d.horizon(), draw.Seed(d.request.Seed))
	if err != nil {
		return dated // its zones were read for the changed day already
	}
	return base
}

// attraction is how much draws people to each place: the day's departures from
// each stop, shared out evenly among the places that are linked to it. Where
// much leaves, many have something to do; nothing better is known.
func (d *day) attraction(dated *transit.Day) []float64 {
	access, places := &d.request.Network.Access, len(d.net.Places.ID)
	departures, linked := d.departuresFrom(dated), make([]float64, len(d.net.Timetable.Stops.ID))
	for p := range places {
		stops, _ := access.Row(uint32(p))
		for _, s := range stops {
			linked[s]++
		}
	}
	out := make([]float64, places)
	for p := range out {
		stops, _ := access.Row(uint32(p))
		for _, s := range stops {
			out[p] += departures[s] / linked[s]
		}
	}
	return out
}

// departuresFrom is how often a day's vehicles leave each stop and take people.
func (d *day) departuresFrom(dated *transit.Day) []float64 {
	out := make([]float64, len(d.net.Timetable.Stops.ID))
	for _, v := range dated.Departures {
		if dated.Boarding[v]&transit.MayBoard != 0 {
			out[dated.Stop[v]]++
		}
	}
	return out
}

// homes is how many people of each place ride, up to a common factor: the more,
// the more leaves from the stops around.
func (d *day) homes(dated *transit.Day, elasticity float64) []float64 {
	departures, out := d.departuresFrom(dated), make([]float64, len(d.net.Places.ID))
	for p := range out {
		service := 0.0
		stops, _ := d.request.Network.Access.Row(uint32(p))
		for _, s := range stops {
			service += departures[s]
		}
		switch elasticity {
		case 0:
			service = 1
		case 0.5:
			service = math.Sqrt(service)
		}
		out[p] = float64(float64(d.net.Places.People[p]) * service)
	}
	return out
}

// countedStations finds who comes to which counted station: the people of a
// place to the nearest one within the walk that the event file allows. A station
// with no place so near has its nearest one, for itself if the other can spare it.
func (d *day) countedStations(e *demand.Everyday) []demand.Station {
	stations := make([]demand.Station, len(e.Entries))
	nearest := make([]demand.Near, len(stations))
	found := make([]bool, len(stations))
	of := d.stationOfStop(e)
	for p := range d.net.Places.ID {
		best, walk := -1, transit.Seconds(0)
		stops, walks := d.request.Network.Access.Row(uint32(p))
		for i, stop := range stops {
			s := of[stop]
			if s < 0 {
				continue
			}
			if best < 0 || walks[i] < walk {
				best, walk = s, walks[i]
			}
			if !found[s] || walks[i] < nearest[s].Walk {
				nearest[s], found[s] = demand.Near{Place: demand.Place(p), Walk: walks[i]}, true
			}
		}
		if best >= 0 && float64(walk)*d.net.Walking.Speed <= e.EntriesMeters {
			stations[best].Around = append(stations[best].Around, demand.Near{Place: demand.Place(p), Walk: walk})
		}
	}
	for s := range stations {
		if len(stations[s].Around) == 0 && found[s] {
			give(stations, nearest[s].Place)
			stations[s].Around = nearest[s : s+1 : s+1]
		}
	}
	d.tellLeftOut(e, stations)
	return stations
}

// give takes a place from the station that has it, unless it has no other.
func give(stations []demand.Station, place demand.Place) {
	for s := range stations {
		around := stations[s].Around
		if at := slices.IndexFunc(around, func(n demand.Near) bool { return n.Place == place }); at >= 0 && len(around) > 1 {
			stations[s].Around = slices.Delete(around, at, at+1)
		}
	}
}

// stationOfStop is the counted station of each stop, or -1: the one with its
// own id, else that of its parent.
func (d *day) stationOfStop(e *demand.Everyday) []int {
	stops := &d.net.Timetable.Stops
	byID := make(map[transit.StopID]int, len(e.Entries))
	for i := range e.Entries {
		byID[transit.StopID(e.Entries[i].Stop)] = i
	}
	of := make([]int, len(stops.ID))
	for s, id := range stops.ID {
		of[s] = -1
		if i, counted := byID[id]; counted {
			of[s] = i
		} else if parent := stops.Parent[s]; uint32(parent) != transit.None {
			if i, counted := byID[stops.ID[parent]]; counted {
				of[s] = i
			}
		}
	}
	return of
}

// tellLeftOut names the counted stations that the city does not have, or that
// nobody can walk to: their people are not in the day.
func (d *day) tellLeftOut(e *demand.Everyday, stations []demand.Station) {
	for i := range stations {
		people := uint64(0)
		for _, n := range e.Entries[i].ByHour {
			people += uint64(n)
		}
		if len(stations[i].Around) == 0 && people > 0 {
			d.add(finding.Finding{
				Level: finding.Warning, Code: codeCountedNowhere, Field: "background.entries", Value: e.Entries[i].Stop,
				Args: map[string]string{"count": strconv.FormatUint(people, 10)},
			})
		}
	}
}
