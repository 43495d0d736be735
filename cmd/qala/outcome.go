package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/evaluation"
)

// tellRun prints what a run found out, in a few lines.
func (h *house) tellRun(e *evaluation.Evaluation) {
	lang := h.words.Language()
	h.answer.Summary = map[string]any{
		"city": e.City, "event": e.Event.ID, "date": e.Event.Date, "seed": e.Seed, "scenario": e.Scenario.Hash, "horizon": e.Horizon,
		"totals": e.Totals, "crowds": crowdsWithoutCurves(e.Crowds), "worst": e.Worst, "work": e.Work,
	}
	if e.Spread != nil {
		h.answer.Summary["spread"] = spreadWithoutCurves(e.Spread)
	}
	h.say("%s", h.words.Say("cli.run.event", map[string]any{
		"event": e.Event.Names.In(lang, e.Event.ID), "venue": e.Event.Venue.Names.In(lang, e.Event.Venue.ID), "date": e.Event.Date,
	}))
	h.say("  %s", h.words.Say("cli.run.totals", map[string]any{
		"travellers": e.Totals.Travellers, "arrived": e.Totals.Arrived, "walking": e.Totals.Walking, "stranded": e.Totals.Stranded,
	}))
	h.say("  %s", h.words.Say("cli.run.left_behind", map[string]any{"people": e.Totals.LeftBehind, "denied": e.Totals.Denied}))
	for i, crowd := range e.Crowds {
		h.tellCrowd(e, crowd)
		h.tellSpread(e, i)
	}
	if len(e.Worst) > 0 {
		h.tellWorst(e, e.Worst[0])
	}
	h.tellRuns(e.Spread)
	h.tell(e.Findings)
}

// crowdsWithoutCurves are the crowds as a summary holds them: the curves stay in the results file.
func crowdsWithoutCurves(crowds []evaluation.Crowd) []evaluation.Crowd {
	short := make([]evaluation.Crowd, len(crowds))
	for i, c := range crowds {
		c.Curve = nil
		short[i] = c
	}
	return short
}

// spreadWithoutCurves is a spread as a summary holds it.
func spreadWithoutCurves(s *evaluation.Spread) *evaluation.Spread {
	short := *s
	short.Crowds = make([]evaluation.CrowdSpread, len(s.Crowds))
	for i, c := range s.Crowds {
		c.Curve = nil
		short.Crowds[i] = c
	}
	return &short
}

func (h *house) tellCrowd(e *evaluation.Evaluation, c evaluation.Crowd) {
	shares := make([]string, 0, len(c.Clear))
	for _, mark := range c.Clear {
		shares = append(shares, fmt.Sprintf("%d%% %s", mark.Percent, h.cleared(e, mark.At)))
	}
	if c.Way == "background" {
		h.say("  %s", h.words.Say("cli.run.background", map[string]any{"people": c.People, "left": c.LeftBehind}))
		return
	}
	args := map[string]any{"session": sessionName(e, c.Session), "people": c.People, "shares": strings.Join(shares, ", ")}
	if c.Way == "arriving" {
		h.say("  %s", h.words.Say("cli.run.arriving", args))
		return
	}
	h.say("  %s", h.words.Say("cli.run.leaving", args))
}

// sessionName is a session's own name, else its number.
func sessionName(e *evaluation.Evaluation, i int) string {
	if i >= 0 && i < len(e.Event.Sessions) && e.Event.Sessions[i].Name != "" {
		return e.Event.Sessions[i].Name
	}
	return fmt.Sprint(i + 1)
}

// cleared is when a share of a crowd was away, as a clock shows it.
func (h *house) cleared(e *evaluation.Evaluation, at int) string {
	if at < 0 {
		return h.words.Say("cli.run.never", nil)
	}
	return h.clock(e, at)
}

// tellSpread prints from when to when four of five seeds cleared a crowd.
func (h *house) tellSpread(e *evaluation.Evaluation, crowd int) {
	if e.Spread == nil || crowd >= len(e.Spread.Crowds) || len(e.Spread.Crowds[crowd].Clear) == 0 {
		return
	}
	var shares []string
	for _, mark := range e.Spread.Crowds[crowd].Clear {
		shares = append(shares, fmt.Sprintf("%d%% %s–%s", mark.Percent, h.cleared(e, mark.At.P10), h.cleared(e, mark.At.P90)))
	}
	h.say("    %s", h.words.Say("cli.run.spread", map[string]any{"count": len(e.Spread.Seeds), "shares": strings.Join(shares, ", ")}))
}

// tellRuns prints how people left behind vary over several runs, and how many runs there were.
func (h *house) tellRuns(s *evaluation.Spread) {
	if s == nil {
		return
	}
	h.say("  %s", h.words.Say("cli.run.several", map[string]any{
		"runs": len(s.Seeds), "asked": s.Asked, "p10": s.LeftBehind.P10, "p50": s.LeftBehind.P50, "p90": s.LeftBehind.P90,
	}))
}

func (h *house) tellWorst(e *evaluation.Evaluation, w evaluation.Worst) {
	name := w.Stop
	for _, stop := range e.Stops {
		if stop.ID == w.Stop {
			name = stop.Names.In(h.words.Language(), stop.Names[""])
		}
	}
	h.say("  %s", h.words.Say("cli.run.worst", map[string]any{
		"stop": name, "queue": w.MaxQueue, "at": h.clock(e, w.At), "wait": h.words.Duration(w.MaxWait),
	}))
}

// clock turns seconds of the horizon into the time that a clock in the city shows.
func (h *house) clock(e *evaluation.Evaluation, seconds int) string {
	start, err := time.Parse(time.RFC3339, e.Horizon.Start)
	if err != nil {
		return fmt.Sprintf("+%d s", seconds)
	}
	hour, minute, second := start.Clock()
	return h.words.Clock(hour*3600 + minute*60 + second + seconds)
}
