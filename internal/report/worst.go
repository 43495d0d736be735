package report

import (
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// worstView is one of the worst places in sentences.
type worstView struct {
	Where, Text string
	Hours       []hourView
}

// hourView is what a place had to carry in an hour and what left from it.
type hourView struct {
	Hour, Joined, Departures, Places, Boarded, Waiting, Verdict string
	Lines                                                       string // who left how often
	Over                                                        bool
}

// most is how many of the worst places are told.
const most = 5

func (d *desk) worst() []worstView {
	var views []worstView
	for _, w := range d.e.Worst[:min(most, len(d.e.Worst))] {
		views = append(views, worstView{Where: d.where(w), Text: d.join(d.trouble(w)), Hours: d.hours(w.Hours)})
	}
	return views
}

func (d *desk) where(w evaluation.Worst) string {
	if len(w.Routes) == 0 {
		return d.boarding(w.Stop)
	}
	return d.say.Say("worst.where", map[string]any{"stop": d.boarding(w.Stop), "lines": d.lineList(w.Routes)})
}

func (d *desk) trouble(w evaluation.Worst) []string {
	sentences := []string{d.say.Say("worst.queue", map[string]any{
		"from": d.clock(w.From), "to": d.clock(w.To), "at": d.clock(w.At), "queue": w.MaxQueue,
	})}
	if w.MaxWait > 0 {
		sentences = append(sentences, d.say.Say("worst.wait", map[string]any{"wait": d.say.Duration(w.MaxWait)}))
	}
	if w.Denied > 0 {
		sentences = append(sentences, d.say.Say("worst.denied", map[string]any{"count": w.People, "times": w.Denied}))
	}
	if w.Stranded > 0 {
		sentences = append(sentences, d.say.Say("worst.stranded", map[string]any{"count": w.Stranded}))
	}
	if reasons := d.reasonsAt(w.Stop); reasons != "" {
		sentences = append(sentences, reasons)
	}
	return sentences
}

// hours sets what came to a place against what left from it.
func (d *desk) hours(hours []evaluation.Hour) []hourView {
	var views []hourView
	for _, h := range hours {
		if h.Joined+h.Waiting == 0 {
			continue
		}
		sum := evaluation.HourLine{}
		for _, l := range h.Lines {
			sum.Departures, sum.Places, sum.Boarded = sum.Departures+l.Departures, sum.Places+l.Places, sum.Boarded+l.Boarded
		}
		verdict := d.say.Say("hours.carried", nil)
		if !h.Carried() {
			verdict = d.say.Say("hours.left", map[string]any{"people": h.LeftBehind})
		}
		views = append(views, hourView{
			Hour: d.clock(h.From) + "–" + d.clock(h.From+3600), Joined: d.say.Number(h.Joined), Departures: d.say.Number(sum.Departures),
			Places: d.say.Number(sum.Places), Boarded: d.say.Number(sum.Boarded), Waiting: d.say.Number(h.Waiting),
			Verdict: verdict, Lines: d.offered(h.Lines), Over: !h.Carried(),
		})
	}
	return views
}

// offered names the lines of an hour with their departures: A → Centre 4.
func (d *desk) offered(lines []evaluation.HourLine) string {
	var parts []string
	for _, offer := range lines {
		for _, l := range d.e.Lines {
			if offer.Departures > 0 && l.Route == offer.Route && l.Direction == offer.Direction {
				parts = append(parts, d.line(l.Route)+" "+d.toward(l)+"\u00a0"+d.say.Number(offer.Departures))
			}
		}
	}
	return strings.Join(parts, " · ")
}
