package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

func (h *house) reachCommand() *cobra.Command {
	var order askOrder
	cmd := &cobra.Command{
		Use:     "reach CITY FROM --leave HH:MM --within 45m",
		Short:   "Tell what lies within reach: stops, places, people, and the surface as GeoJSON",
		Long:    "Tell what lies within reach: stops, places, people, and the surface as GeoJSON.\n\n" + endsHelp,
		Example: "  qala reach porto dragao --leave 22:30 --within 45m --date 2023-09-23 --geojson > reach.geojson",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.city, order.from = args[0], args[1]
			switch {
			case order.leave == "":
				return usage(errors.New("when? add --leave HH:MM"))
			case order.within < time.Minute || order.within > 24*time.Hour:
				return usage(fmt.Errorf("--within %s: from 1m to 24h", order.within))
			}
			return h.findReach(order)
		},
	}
	cmd.Flags().DurationVar(&order.within, "within", 45*time.Minute, "how long one may take")
	h.askFlags(cmd, &order)
	return cmd
}

// areaCell is the grid on which the surface within reach is drawn.
const areaCell = geo.Meters(50)

func (h *house) findReach(order askOrder) error {
	a, err := h.open(order)
	if err != nil {
		return err
	}
	from, err := a.endpoint(order.from)
	if err != nil {
		return err
	}
	leave, err := clockOf("--leave", order.leave)
	if err != nil {
		return err
	}
	within := transit.Seconds(order.within / time.Second)
	reached := a.search.OneToMany(journey.Query{From: from.end, Leave: leave}, within)
	if order.geojson {
		return h.printGeoJSON(a.reachFeatures(reached, from, within))
	}
	h.tellReach(a, reached, from, within)
	return nil
}

// band is how much lies within some minutes.
type band struct {
	Seconds int `json:"seconds"`
	Stops   int `json:"stops"`
	Places  int `json:"places"`
	People  int `json:"people"`
}

// bandsTold is in how many steps the reach is told.
const bandsTold = 3

// bands count stops, places and people by thirds of the time.
func (a *asked) bands(r *journey.Reached, within transit.Seconds) []band {
	bands := make([]band, bandsTold)
	for i := range bands {
		b := &bands[i]
		limit := within * transit.Seconds(i+1) / bandsTold
		b.Seconds = int(limit)
		for _, s := range r.Stop {
			if s != journey.Unreached && s <= limit {
				b.Stops++
			}
		}
		for p, s := range r.Place {
			if s != journey.Unreached && s <= limit {
				b.Places++
				b.People += int(a.net.Places.People[p])
			}
		}
	}
	return bands
}

func (h *house) tellReach(a *asked, r *journey.Reached, from endpoint, within transit.Seconds) {
	bands := a.bands(r, within)
	stops, places := map[string]int{}, map[string]int{}
	for s, seconds := range r.Stop {
		if seconds != journey.Unreached {
			stops[string(a.net.Timetable.Stops.ID[s])] = int(seconds)
		}
	}
	for p, seconds := range r.Place {
		if seconds != journey.Unreached {
			places[a.net.Places.ID[p]] = int(seconds)
		}
	}
	h.answer.Summary = map[string]any{
		"city": a.net.City.ID, "date": a.date.String(), "from": from.named, "leave": a.stamp(r.Leave), "within_seconds": int(within),
		"steps_known": a.stepsKnown(), "bands": bands, "stops": stops, "places": places,
		"work": map[string]uint64{"scanned": a.search.Work.Scanned, "relaxed": a.search.Work.Relaxed},
	}
	h.say("%s, %s %s", from.name(h.words.Language()), a.date, h.at(r.Leave))
	for _, b := range bands {
		h.say("  %s", h.words.Say("cli.reach.band", map[string]any{
			"duration": h.words.Duration(b.Seconds), "stops": b.Stops, "places": b.Places, "people": b.People,
		}))
	}
}
