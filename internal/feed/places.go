package feed

import (
	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/street"
)

// readPlaces reads where people live and where they meet.
func (d *desk) readPlaces() error {
	area := cityfile.NewArea(servedPoints(d.timetable.Stops.At, network.Served(d.timetable)))
	if err := d.readPopulation(area); err != nil {
		return err
	}
	if d.city.Venues.Given() {
		d.tell(Progress{Stage: StagePlaces, File: d.city.Venues.Name})
		data, err := d.read(d.city.Venues)
		if err != nil {
			return err
		}
		d.venues = cityfile.ReadVenues(d.city.Venues.Name, data, area, &d.log)
	}
	return nil
}

func servedPoints(at []geo.Point, served []bool) []geo.Point {
	var points []geo.Point
	for s, point := range at {
		if served[s] {
			points = append(points, point)
		}
	}
	return points
}

// places are the homes and, after them, the gates.
func (d *desk) places() (demand.Places, []demand.Venue) {
	var places demand.Places
	for _, h := range d.homes {
		addPlace(&places, h.ID, h.At, h.People)
	}
	var venues []demand.Venue
	for _, v := range d.venues {
		venue := demand.Venue{
			ID: v.ID, Names: v.Names, Kind: v.Kind, At: v.At, Capacity: v.Capacity, Basis: v.Basis, Source: v.Source,
		}
		for _, g := range v.Gates {
			place := addPlace(&places, v.ID+"/"+g.ID, g.At, 0)
			venue.Gates = append(venue.Gates, demand.Gate{ID: g.ID, Place: place, PerMinute: g.PerMinute, InPerMin: g.InPerMin, Share: g.Share})
		}
		venues = append(venues, venue)
	}
	return places, venues
}

func addPlace(p *demand.Places, id string, at geo.Point, people uint32) demand.Place {
	p.ID, p.At, p.People = append(p.ID, id), append(p.At, at), append(p.People, people)
	return demand.Place(len(p.ID) - 1)
}

// assemble makes the network.
func (d *desk) assemble() error {
	d.tell(Progress{Stage: StageWalks})
	places, venues := d.places()
	var streets *street.Graph
	if d.streets != nil {
		streets = d.streets.Streets
	}
	n, err := network.Assemble(network.Parts{
		City: d.city.City, Timetable: d.timetable, Streets: streets, Places: places, Venues: venues,
		Walking: d.city.Walking, Stations: d.builder.Layout(), Overrides: d.overrides, Numbers: d.numbers(), Credits: d.city.Credits, Log: &d.log,
	})
	d.network = n
	return err
}
