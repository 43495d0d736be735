package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/message"
)

// desk is one evaluation read by one speaker: it knows what things are called
// and what time it was.
type desk struct {
	e     *evaluation.Evaluation
	say   *message.Speaker
	start time.Time // of the horizon
	base  int       // seconds from the event's midnight to the horizon's start
	stops map[string]*evaluation.Stop
	lines map[string]string // route id -> public name
}

func newDesk(e *evaluation.Evaluation, say *message.Speaker) *desk {
	d := &desk{e: e, say: say, stops: map[string]*evaluation.Stop{}, lines: map[string]string{}}
	d.start, _ = time.Parse(time.RFC3339, e.Horizon.Start)
	d.base = secondsFromMidnight(d.start, e.Event.Date)
	for i := range e.Stops {
		d.stops[e.Stops[i].ID] = &e.Stops[i]
	}
	for _, f := range e.Fleets {
		d.lines[f.Route] = f.Name
	}
	for _, l := range e.Lines {
		d.lines[l.Route] = l.Name
	}
	return d
}

// secondsFromMidnight is how far start lies from the beginning of the day named
// by date; from its own day's where date is no date.
func secondsFromMidnight(start time.Time, date string) int {
	ofDay := start.Hour()*3600 + start.Minute()*60 + start.Second()
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ofDay
	}
	own := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	return ofDay + int(own.Sub(day)/(24*time.Hour))*24*3600
}

// clock is the local time of a moment of the horizon; "never" in words before it.
func (d *desk) clock(at int) string {
	if at < 0 {
		return d.say.Say("report.never", nil)
	}
	return d.say.Clock(d.base + at)
}

// bin is a quarter of an hour as 22:15–22:30.
func (d *desk) bin(bin int) string {
	from := bin * evaluation.BinSeconds
	return d.clock(from) + "–" + d.clock(from+evaluation.BinSeconds)
}

// stop is what a stop is called: in the page's language, else as the feed calls
// it, else its id.
func (d *desk) stop(id string) string {
	if stop := d.stops[id]; stop != nil {
		return d.own(stop.Names, id)
	}
	return id
}

// own prefers the name without a language to a foreign one: it is what the sign says.
func (d *desk) own(names label.Names, fallback string) string {
	for _, language := range []string{d.say.Language(), ""} {
		if name := names[language]; name != "" {
			return name
		}
	}
	return names.In(d.say.Language(), fallback)
}

// line is what a route is called, else its id.
func (d *desk) line(route string) string {
	if name := d.lines[route]; name != "" {
		return name
	}
	return route
}

// lineList names routes in a natural order, commas between: 7, 10, 10A, LRT.
func (d *desk) lineList(routes []string) string {
	names := make([]string, len(routes))
	for i, route := range routes {
		names[i] = d.line(route)
	}
	slices.SortFunc(names, byNumber)
	return strings.Join(slices.Compact(names), d.say.Say("answer.list", nil))
}

// byNumber orders names by the number that they begin with, names without one last.
func byNumber(a, b string) int {
	na, nb := leading(a), leading(b)
	if na != nb {
		return na - nb
	}
	return strings.Compare(a, b)
}

func leading(name string) int {
	digits := 0
	for digits < len(name) && digits < 9 && name[digits] >= '0' && name[digits] <= '9' {
		digits++
	}
	if n, err := strconv.Atoi(name[:digits]); err == nil {
		return n
	}
	return 1 << 30
}

// toward says where a direction goes.
func (d *desk) toward(direction int, headsign string) string {
	if headsign != "" {
		return d.say.Say("demand.toward", map[string]any{"headsign": headsign})
	}
	return d.say.Say("demand.direction", map[string]any{"number": direction + 1})
}

// session is what a sitting is called: its name, else its number.
func (d *desk) session(number int) string {
	if number >= 0 && number < len(d.e.Event.Sessions) && d.e.Event.Sessions[number].Name != "" {
		return d.e.Event.Sessions[number].Name
	}
	return d.say.Say("session.number", map[string]any{"number": number + 1})
}

// crowd is the title of a crowd; the session is told only where there are several.
func (d *desk) crowd(c evaluation.Crowd) string {
	several := len(d.e.Event.Sessions) > 1
	args := map[string]any{"session": d.session(c.Session)}
	switch {
	case several && leaving(c):
		return d.say.Say("crowd.leaving", args)
	case several:
		return d.say.Say("crowd.arriving", args)
	case leaving(c):
		return d.say.Say("crowd.leaving_all", nil)
	}
	return d.say.Say("crowd.arriving_all", nil)
}

func leaving(c evaluation.Crowd) bool { return c.Way == "leaving" }

// join puts sentences after each other; Chinese leaves no blank between them.
func (d *desk) join(sentences []string) string {
	if d.say.Language() == "zh" {
		return strings.Join(sentences, "")
	}
	return strings.Join(sentences, " ")
}

// share is part of whole as a fraction, 0 of nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
