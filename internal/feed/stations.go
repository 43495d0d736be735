package feed

import (
	"cmp"
	"strconv"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// readStations lays out the stations: as the city's file states them, the
// others by the pathways of their feeds.
func (d *desk) readStations() error {
	d.builder = station.NewBuilder(d.city.Walking.Speed)
	known := d.stops()
	if d.city.Stations.Given() {
		d.tell(Progress{Stage: StagePlaces, File: d.city.Stations.Name})
		data, err := d.read(d.city.Stations)
		if err != nil {
			return err
		}
		d.stations = cityfile.ReadStations(d.city.Stations.Name, data, known, &d.log)
	}
	stated := map[transit.Stop]bool{}
	for i := range d.stations {
		s := &d.stations[i]
		if s.Passed() {
			stated[known.stationOf(s.Stop)] = true
		}
		d.layStation(s, known)
	}
	for _, p := range d.pathways {
		d.layPathways(p, known, stated)
	}
	return nil
}

// layStation lays out a station as it is stated.
func (d *desk) layStation(s *cityfile.Station, known *stops) {
	for _, p := range s.Platforms {
		if p.Takes() {
			d.builder.AddPlatform(p.PlatformRow)
		}
	}
	switch {
	case !s.Passed():
	case len(s.Entrances) == 0 && len(s.Hall) == 0:
		d.layPlatforms(s, known)
	default:
		d.layHall(s, known)
	}
}

// layPlatforms lets people come up to each boarding place from the street by itself.
func (d *desk) layPlatforms(s *cityfile.Station, known *stops) {
	for _, p := range s.Platforms {
		if len(p.Passes) == 0 {
			continue
		}
		door := d.builder.AddSpot(station.SpotRow{
			ID: s.ID, Station: s.Stop, Stop: transit.Stop(transit.None), Door: true, At: known.At(p.Stop),
		})
		d.layPasses(door, d.platformSpot(p.Stop, s), p.Passes, s)
	}
}

// layHall leads all entrances into one hall, and from it to every boarding place.
func (d *desk) layHall(s *cityfile.Station, known *stops) {
	front, back := d.corner(s), d.corner(s)
	entrances := s.Entrances
	if len(entrances) == 0 {
		entrances = []cityfile.Entrance{{At: known.At(s.Stop)}}
	}
	for _, e := range entrances {
		d.layEntrance(e, front, s, known.At(s.Stop))
	}
	d.layPasses(front, back, s.Hall, s)
	for _, stop := range known.Platforms(s.Stop) {
		var passes []cityfile.Pass
		for _, p := range s.Platforms {
			if p.Stop == stop {
				passes = p.Passes
			}
		}
		d.layPasses(back, d.platformSpot(stop, s), passes, s)
	}
}

// layEntrance leads from the street to the hall. What the straight line to the
// station is longer than all that is stated on the way is walked too.
func (d *desk) layEntrance(e cityfile.Entrance, front station.Spot, s *cityfile.Station, at geo.Point) {
	door := d.builder.AddSpot(station.SpotRow{
		ID: s.ID + "/" + cmp.Or(e.ID, "street"), Station: s.Stop, Stop: transit.Stop(transit.None), Door: true, At: e.At,
	})
	inner := d.corner(s)
	d.layPasses(door, inner, e.Passes, s)
	rest := 0.0
	if at.Valid() && e.At.Valid() {
		rest = max(0, float64(geo.Distance(e.At, at))-float64(d.meters(e.Passes)+d.meters(s.Hall)))
	}
	d.builder.AddStep(inner, front, rest)
	d.builder.AddStep(front, inner, rest)
}

// meters is how long what is stated is to walk.
func (d *desk) meters(passes []cityfile.Pass) float64 {
	total := 0.0
	for _, p := range passes {
		total += max(p[0].Length, float64(p[0].Seconds*d.city.Walking.Speed))
	}
	return total
}

// layPasses leads from spot to spot, and back, past one thing after another.
func (d *desk) layPasses(from, into station.Spot, passes []cityfile.Pass, s *cityfile.Station) {
	if len(passes) == 0 {
		d.builder.AddStep(from, into, 0)
		d.builder.AddStep(into, from, 0)
	}
	for i, p := range passes {
		next := into
		if i < len(passes)-1 {
			next = d.corner(s)
		}
		for _, row := range p {
			d.builder.Pass(from, next, d.builder.AddFacility(row), row)
		}
		from = next
	}
}

// corner is a spot between two things that are passed.
func (d *desk) corner(s *cityfile.Station) station.Spot {
	return d.builder.AddSpot(station.SpotRow{ID: s.ID, Station: s.Stop, Stop: transit.Stop(transit.None)})
}

func (d *desk) platformSpot(stop transit.Stop, s *cityfile.Station) station.Spot {
	return d.builder.AddSpot(station.SpotRow{ID: string(d.timetable.Stops.ID[stop]), Station: s.Stop, Stop: stop})
}

// stationNumbers are the usual values that stand in for what nobody stated of
// stations, and how many stations are stated on which origin.
func (d *desk) stationNumbers() []basis.Number {
	var all []basis.Number
	for _, u := range d.builder.Used.All() {
		all = append(all, basis.Number{ID: u.ID, Value: rounded(u.Value), Unit: u.Unit, Kind: u.Kind, Source: u.Source})
	}
	for _, o := range countOrigins(len(d.stations), func(i int) (origin, uint64) {
		return origin{string(d.stations[i].Basis), d.stations[i].Source}, 1
	}) {
		all = append(all, basis.Number{
			ID: "stations_stated", Value: strconv.FormatUint(o.count, 10), Unit: "stations", Kind: basis.Kind(o.kind), Source: o.source,
		})
	}
	if n := d.pathwayCount(); n > 0 {
		all = append(all, basis.Number{ID: "pathways", Value: strconv.Itoa(n), Kind: basis.Fact, Source: "pathways.txt"})
	}
	return all
}

func rounded(v float64) string { return decimal(float64(int64(float64(v*1000)+.5)) / 1000) }
