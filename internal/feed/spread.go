package feed

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

var codeSpreadNowhere = finding.Register("feed.spread_nowhere")

// spread is an area's total that lives at stops.
type spread struct {
	total  cityfile.Total
	places int
}

// spreadTotals lets the people of areas without a finer count live at the
// served stops of their zones, as many at each place.
func (d *desk) spreadTotals(totals []cityfile.Total) {
	if len(totals) == 0 {
		return
	}
	served := network.Served(d.timetable)
	for _, total := range totals {
		stops := d.placesOfZone(total.Prefix, served)
		if len(stops) == 0 {
			d.log.Add(finding.Finding{
				Level: finding.Error, Code: codeSpreadNowhere, File: total.File, Line: total.Line, Field: "prefix", Value: total.Prefix,
				Args: map[string]string{"area": total.ID, "people": whole(total.People)},
			})
			continue
		}
		d.spreads = append(d.spreads, spread{total, len(stops)})
		for i, stop := range stops {
			d.homes = append(d.homes, cityfile.Home{
				ID: total.ID + "@" + string(d.timetable.Stops.ID[stop]), At: d.timetable.Stops.At[stop],
				People: part(total.People, i, len(stops)), File: total.File, Line: total.Line,
				Basis: string(basis.Assumption), Source: total.Source,
			})
		}
	}
}

// part is the i-th of n parts of a whole; they differ by one at most and sum to it.
func part(people uint32, i, n int) uint32 {
	all, parts := uint64(people), uint64(n)
	return uint32(all*uint64(i+1)/parts - all*uint64(i)/parts)
}

// placesOfZone are the first served stops at each place whose zone begins with
// a prefix: several stops at one place count as one, as several feeds name them.
func (d *desk) placesOfZone(prefix string, served []bool) []transit.Stop {
	var stops []transit.Stop
	taken := map[[2]int64]bool{}
	for s, at := range d.timetable.Stops.At {
		zone := d.zones[transit.Stop(s)]
		if !served[s] || !strings.HasPrefix(zone, prefix) || taken[spot(at)] {
			continue
		}
		taken[spot(at)] = true
		stops = append(stops, transit.Stop(s))
	}
	return stops
}

// spot is a square of ten meters or so.
func spot(at geo.Point) [2]int64 {
	const perDegree = 1e4
	return [2]int64{int64(math.Round(at.Lat * perDegree)), int64(math.Round(at.Lon * perDegree))}
}

// spreadNumbers state each spread as what it is: an assumption.
func (d *desk) spreadNumbers() []basis.Number {
	var all []basis.Number
	for _, s := range d.spreads {
		from := fmt.Sprintf("as many at each of %s places with stops whose zone_id begins with %s", strconv.Itoa(s.places), s.total.Prefix)
		if s.total.Source != "" {
			from = s.total.Source + "; " + from
		}
		all = append(all, basis.Number{
			ID: "population_spread", Subject: s.total.ID, Value: whole(s.total.People), Unit: "people", Kind: basis.Assumption, Source: from,
		})
	}
	return all
}
