package report

import (
	"strings"
	"time"

	"github.com/qala-city/qala/internal/evaluation"
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
	lines map[string]string // route id or the feed's own name -> what the route is called
	ways  map[evaluation.LineRef]*evaluation.Line
	place map[string]string // stop id -> its name, with what tells it from its namesakes

	facilities map[string]string // facility id -> what it is called

	unchanged *evaluation.Evaluation // the same day on the timetable as it is; nil where it is not known
}

func newDesk(e *evaluation.Evaluation, say *message.Speaker) *desk {
	d := &desk{e: e, say: say, stops: map[string]*evaluation.Stop{}, ways: map[evaluation.LineRef]*evaluation.Line{}}
	d.start, _ = time.Parse(time.RFC3339, e.Horizon.Start)
	d.base = secondsFromMidnight(d.start, e.Event.Date)
	for i := range e.Stops {
		d.stops[e.Stops[i].ID] = &e.Stops[i]
	}
	for i := range e.Lines {
		d.ways[evaluation.LineRef{Route: e.Lines[i].Route, Direction: e.Lines[i].Direction}] = &e.Lines[i]
	}
	d.lines = d.lineNames()
	d.place = d.boardingPlaces()
	d.facilities = d.facilityNames()
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

// session is what a sitting is called: its name, else its number.
func (d *desk) session(number int) string {
	if number >= 0 && number < len(d.e.Event.Sessions) && d.e.Event.Sessions[number].Name != "" {
		return d.e.Event.Sessions[number].Name
	}
	return d.say.Say("session.number", map[string]any{"number": number + 1})
}

// crowd is the title of a crowd; the session is told only where there are several.
func (d *desk) crowd(c evaluation.Crowd) string {
	if c.Way == background {
		return d.say.Say("crowd.background", nil)
	}
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

// background is the way of the city's other travellers, who come for no session.
const background = "background"

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
