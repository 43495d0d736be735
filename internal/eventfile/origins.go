package eventfile

import (
	"math"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
)

// What holds where the file does not say: working values for a large city.
const (
	DefaultDecayPerMin  = 0.04
	DefaultMetersPerMin = 300
)

// origins are where the people of an event at a venue come from. Without any
// word on it all are residents.
func origins(s spot, venue string) demand.Origins {
	if !s.present() {
		return demand.Origins{Residents: 1, DecayPerMin: DefaultDecayPerMin, MetersPerMin: DefaultMetersPerMin}
	}
	before := s.r.mistakes()
	o := s.object("residents", "venues")
	from := residents(o.may("residents"))
	from.FromVenues = originVenues(o.may("venues"), venue)
	sum := from.Residents
	for _, v := range from.FromVenues {
		sum += v.Share
	}
	if s.r.mistakes() == before && math.Abs(sum-1) > 1e-6 {
		s.refuse(codeShares, "sum", plain(math.Round(sum*1e6)/1e6))
	}
	return from
}

func residents(s spot) demand.Origins {
	from := demand.Origins{DecayPerMin: DefaultDecayPerMin, MetersPerMin: DefaultMetersPerMin}
	if !s.present() {
		return from
	}
	o := s.object("share", "decay_per_min", "speed_m_per_min")
	from.Residents = o.need("share").number(0, 1)
	if decay := o.may("decay_per_min"); decay.present() {
		from.DecayPerMin = decay.number(0, 1)
	}
	if speed := o.may("speed_m_per_min"); speed.present() {
		from.MetersPerMin = speed.number(1, 5000)
	}
	return from
}

// originVenues are the shares that start at other venues, each venue once.
func originVenues(s spot, eventVenue string) []demand.OriginVenue {
	var list []demand.OriginVenue
	seen := map[string]bool{}
	for _, item := range s.list() {
		o := item.object("venue", "share")
		venue := o.need("venue").word()
		switch {
		case venue != "" && venue == eventVenue:
			o.need("venue").refuse(codeOriginIsVenue)
		case venue != "" && seen[venue]:
			o.need("venue").refuse(codeOriginTwice)
		}
		seen[venue] = true
		list = append(list, demand.OriginVenue{Venue: venue, Share: o.need("share").number(0, 1)})
	}
	return list
}

// sources say where the file's own numbers come from. It is read last, when
// all fields of the file are known.
func sources(s spot) []demand.Sourced {
	var list []demand.Sourced
	for _, item := range s.list() {
		o := item.object("field", "kind", "source")
		sourced := demand.Sourced{
			Field: o.need("field").word(), Kind: o.need("kind").word(), Source: o.need("source").word(),
		}
		if sourced.Kind != "" && !basis.Kind(sourced.Kind).Known() {
			o.need("kind").refuse(codeChoice, "choices", "fact, computed, standard, assumption")
		}
		if sourced.Field != "" && !s.r.fields[sourced.Field] {
			o.need("field").refuse(codeSourceNothing)
		}
		list = append(list, sourced)
	}
	return list
}
