package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/store/networkfile"
	"github.com/qala-city/qala/internal/transit"
)

// askOrder is what the command lines of qala journey and qala reach say.
type askOrder struct {
	city, from, to string
	date           string
	leave, by      string
	alternatives   int
	within         time.Duration
	stepFree       bool
	geojson        bool
}

// endsHelp is what the help pages say about places.
const endsHelp = "CITY is a network file, or the name of a kept city. A place is named by the id of a venue, a stop, a\n" +
	"station or a place where people live, or by its position LAT,LON; of the same id the first of these counts.\n" +
	"Times are the service day's: 25:10 is ten past one in the night after."

func (h *house) journeyCommand() *cobra.Command {
	var order askOrder
	cmd := &cobra.Command{
		Use:     "journey CITY FROM TO [--leave HH:MM | --by HH:MM]",
		Short:   "Find a journey: the first to arrive, the last to set off, or the best few",
		Long:    "Find a journey: the first to arrive, the last to set off, or the best few.\n\n" + endsHelp,
		Example: "  qala journey porto 41.1579,-8.6291 dragao --by 19:45 --date 2023-09-23\n  qala journey astana.qala home-12 arena --leave 18:00 --alternatives 3",
		Args:    cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.city, order.from, order.to = args[0], args[1], args[2]
			if (order.leave == "") == (order.by == "") {
				return usage(errors.New("when? add --leave HH:MM or --by HH:MM"))
			}
			if order.alternatives < 0 || order.alternatives > 100 {
				return usage(fmt.Errorf("--alternatives %d: from 1 to 100", order.alternatives))
			}
			return h.findJourney(order)
		},
	}
	cmd.Flags().StringVar(&order.by, "by", "", "be there by this time, and set off as late as that allows")
	cmd.Flags().IntVar(&order.alternatives, "alternatives", 0, "so many journeys by what they cost in comfort, each by other lines")
	h.askFlags(cmd, &order)
	return cmd
}

// askFlags are the flags that both commands have.
func (h *house) askFlags(cmd *cobra.Command, order *askOrder) {
	cmd.Flags().StringVar(&order.leave, "leave", "", "set off at this time or later")
	cmd.Flags().StringVar(&order.date, "date", "", "the service day, such as 2026-08-15 (default: today)")
	cmd.Flags().BoolVar(&order.stepFree, "step-free", false, "for somebody who takes no steps")
	cmd.Flags().BoolVar(&order.geojson, "geojson", false, "answer with GeoJSON on standard output")
	cmd.Flags().StringVar(&h.data, "data", "", "the folder of kept cities, where CITY is the name of one")
}

// asked is a city on a day, ready to be asked.
type asked struct {
	net    *network.Network
	day    *transit.Day
	date   transit.Date
	zone   *time.Location
	search *journey.Search
}

// nightAfter is how far the day of a journey reaches: to four in the morning.
const nightAfter = 28 * transit.Hour

// open reads the city and lays out the day.
func (h *house) open(order askOrder) (*asked, error) {
	if order.geojson && h.json {
		return nil, usage(errors.New("--json and --geojson: one of them"))
	}
	path, err := h.networkFile(order.city)
	if err != nil {
		return nil, err
	}
	a := &asked{}
	if a.net, _, err = networkfile.Open(path); err != nil {
		return nil, err
	}
	if a.zone, err = time.LoadLocation(a.net.City.Zone); err != nil {
		return nil, rejected(fmt.Errorf("time zone of %s: %w", order.city, err))
	}
	if a.date, err = h.serviceDay(order.date, a); err != nil {
		return nil, err
	}
	horizon := transit.Horizon{Start: a.date.Origin(a.zone), Length: nightAfter}
	if a.day, err = transit.NewDay(a.net.Timetable, horizon, 1); err != nil {
		return nil, rejected(err)
	}
	class := demand.Ordinary
	class.StepFree = order.stepFree
	a.search = journey.NewIndex(a.net, a.day, class).Search()
	if order.stepFree && !a.stepsKnown() && !order.geojson {
		h.say("%s", h.words.Say("cli.journey.steps_unknown", nil))
	}
	return a, nil
}

// stepsKnown reports whether the network tells walks with steps from others.
func (a *asked) stepsKnown() bool { return a.net.Access.FreeWalk != nil }

// serviceDay is the date that was asked for, else today; one without service
// is refused with the dates that have some.
func (h *house) serviceDay(text string, a *asked) (transit.Date, error) {
	now := h.now().In(a.zone)
	date := transit.DateOf(now.Year(), int(now.Month()), now.Day())
	if text != "" {
		var err error
		if date, err = transit.ParseDate(text); err != nil {
			return 0, usage(fmt.Errorf("--date: %w", err))
		}
	}
	dates := a.net.Timetable.Calendars.Date
	if len(dates) == 0 {
		return 0, rejected(errors.New("the city's timetable has no date"))
	}
	first, last := dates[0], dates[0]
	for _, d := range dates {
		first, last = min(first, d), max(last, d)
	}
	if date < first || date > last {
		return 0, usage(fmt.Errorf("the timetable runs from %s to %s, not on %s: add --date", first, last, date))
	}
	return date, nil
}

// clockOf reads a time of the service day.
func clockOf(flag, text string) (transit.Seconds, error) {
	at, err := transit.ParseClock(text)
	if err == nil && at >= nightAfter {
		err = fmt.Errorf("%s is after %s", text, nightAfter.Clock()[:5])
	}
	if err != nil {
		return 0, usage(fmt.Errorf("%s: %w", flag, err))
	}
	return at, nil
}

// query reads the ends and the time.
func (a *asked) query(order askOrder) (q journey.Query, from, to endpoint, err error) {
	if from, err = a.endpoint(order.from); err != nil {
		return
	}
	if to, err = a.endpoint(order.to); err != nil {
		return
	}
	q = journey.Query{From: from.end, To: to.end, Leave: demand.Free, By: demand.Free}
	if order.leave != "" {
		q.Leave, err = clockOf("--leave", order.leave)
	} else {
		q.By, err = clockOf("--by", order.by)
	}
	return
}

func (h *house) findJourney(order askOrder) error {
	a, err := h.open(order)
	if err != nil {
		return err
	}
	q, from, to, err := a.query(order)
	if err != nil {
		return err
	}
	journeys := a.find(q, order.alternatives)
	if order.geojson {
		return h.printGeoJSON(a.journeyFeatures(journeys, from, to))
	}
	h.tellJourneys(a, journeys, from, to)
	return nil
}

// find asks for the best journey, or for the best few.
func (a *asked) find(q journey.Query, alternatives int) []journey.Journey {
	if alternatives > 0 {
		return a.search.Alternatives(q, alternatives, journey.DefaultWeights)
	}
	best := a.search.ArriveBy
	if q.Leave != demand.Free {
		best = a.search.EarliestArrival
	}
	if j, found := best(q); found {
		return []journey.Journey{j}
	}
	return []journey.Journey{}
}
