package eventfile

import (
	"math"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/plainyaml"
)

// What holds where the file does not say: working values for a large city.
const (
	DefaultDecayPerMin  = 0.04
	DefaultMetersPerMin = 300
)

// origins are where the people of an event at a venue come from. Without any
// word on it all are residents.
func origins(s plainyaml.Spot, venue string) demand.Origins {
	if !s.Present() {
		return demand.Origins{Residents: 1, DecayPerMin: DefaultDecayPerMin, MetersPerMin: DefaultMetersPerMin}
	}
	before := s.Mistakes()
	o := s.Object("residents", "venues", "areas")
	from := residents(o.May("residents"))
	from.FromVenues = originVenues(o.May("venues"), venue)
	from.FromAreas = originAreas(o.May("areas"))
	sum := from.Residents
	for _, a := range from.FromAreas {
		sum += a.Share
	}
	for _, v := range from.FromVenues {
		sum += v.Share
	}
	if s.Mistakes() == before && math.Abs(sum-1) > 1e-6 {
		s.Refuse(codeShares, "sum", plain(math.Round(sum*1e6)/1e6))
	}
	return from
}

func residents(s plainyaml.Spot) demand.Origins {
	from := demand.Origins{DecayPerMin: DefaultDecayPerMin, MetersPerMin: DefaultMetersPerMin}
	if !s.Present() {
		return from
	}
	o := s.Object("share", "decay_per_min", "speed_m_per_min")
	from.Residents = o.Need("share").Number(0, 1)
	if decay := o.May("decay_per_min"); decay.Present() {
		from.DecayPerMin = decay.Number(0, 1)
	}
	if speed := o.May("speed_m_per_min"); speed.Present() {
		from.MetersPerMin = speed.Number(1, 5000)
	}
	return from
}

// originVenues are the shares that start at other venues, each venue once.
func originVenues(s plainyaml.Spot, eventVenue string) []demand.OriginVenue {
	var list []demand.OriginVenue
	seen := map[string]bool{}
	for _, item := range s.List() {
		o := item.Object("venue", "share")
		venue := o.Need("venue").Word()
		switch {
		case venue != "" && venue == eventVenue:
			o.Need("venue").Refuse(codeOriginIsVenue)
		case venue != "" && seen[venue]:
			o.Need("venue").Refuse(codeOriginTwice)
		}
		seen[venue] = true
		list = append(list, demand.OriginVenue{Venue: venue, Share: o.Need("share").Number(0, 1)})
	}
	return list
}

// mostCorners is far more than a person draws.
const mostCorners = 1000

// originAreas are the shares that start at the homes within outlines.
func originAreas(s plainyaml.Spot) []demand.OriginArea {
	var list []demand.OriginArea
	for _, item := range s.List() {
		o := item.Object("name", "outline", "share")
		area := demand.OriginArea{Name: o.Need("name").Word(), Share: o.Need("share").Number(0, 1)}
		outline := o.Need("outline")
		corners := outline.List()
		if n := len(corners); outline.IsList() && (n < 3 || n > mostCorners) {
			outline.Refuse(codeOutline)
			corners = nil
		}
		for _, corner := range corners {
			area.Outline = append(area.Outline, spot(corner))
		}
		list = append(list, area)
	}
	return list
}

// sources say where the numbers of the file come from; fields are all that it has.
func sources(s plainyaml.Spot, fields map[string]int) []demand.Sourced {
	var list []demand.Sourced
	for _, item := range s.List() {
		o := item.Object("field", "kind", "source")
		sourced := demand.Sourced{
			Field: o.Need("field").Word(), Kind: o.Need("kind").Choice("fact", "computed", "standard", "assumption"), Source: o.Need("source").Word(),
		}
		if sourced.Field != "" && fields[sourced.Field] == 0 {
			o.Need("field").Refuse(codeSourceNothing)
		}
		list = append(list, sourced)
	}
	return list
}
