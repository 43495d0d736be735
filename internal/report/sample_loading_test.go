package report_test

import (
	"fmt"
	"math"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
)

// What the sample knows of stations, waiting, lateness and rounds. Flows are
// played minute by minute, so that a facility's figures agree with each other.

func addLoading(e *evaluation.Evaluation) {
	station := label.Names{"": "Арена станциясы", "en": "Arena station", "ru": "Станция «Арена»", "zh": "体育场站"}
	venue := e.Event.Venue.Names
	e.Facilities = []evaluation.Facility{
		sampleFacility("exit-north", evaluation.Exit, "", venue, "North", 9000, 14, 190),
		sampleFacility("exit-south", evaluation.Exit, "", venue, "South", 9000, 14, 140),
		sampleFacility("gates", evaluation.TicketGate, "st0", station, "", 1500, 16, 52),
		sampleFacility("gates-b", evaluation.TicketGate, "st0", station, "", 1800, 14, 38),
		sampleFacility("lift", evaluation.Lift, "st0", station, "", 180, 9, 2),
		sampleFacility("passage", evaluation.Passage, "st0", station, "", 0, 14, 70),
		sampleFacility("stairs", evaluation.Stairs, "st0", station, "Platform 1", 2400, 12, 44),
	}
	e.Platforms = []evaluation.Platform{
		samplePlatform("s0-9", 180, 700, 950), samplePlatform("s0-8", 220, 0, 120), samplePlatform("s1-9", 0, 150, 90),
	}
	e.Model = evaluation.Model{Dwell: true, Blocks: true, Crowding: true, Replan: true}
	e.Totals.Replanned = 1312
	e.Totals.Reasons = []evaluation.Reason{
		{Why: evaluation.ForService, People: 20110, Times: 31800, PersonSeconds: 3_910_000},
		{Why: evaluation.VehicleFull, People: 7410, Times: 18233, PersonSeconds: 2_410_000},
		{Why: evaluation.Why(evaluation.Exit), People: 9120, Times: 9120, PersonSeconds: 402_000},
		{Why: evaluation.Why(evaluation.TicketGate), People: 3390, Times: 3390, PersonSeconds: 1_804_000},
		{Why: evaluation.Why(evaluation.Stairs), People: 1210, Times: 1210, PersonSeconds: 96_000},
		{Why: evaluation.PlatformFull, People: 610, Times: 610, PersonSeconds: 310_000},
		{Why: evaluation.LastGone, People: 288, Times: 288},
	}
	for i := range e.Stops {
		if e.Stops[i].ID == "s0-9" {
			e.Stops[i].Reasons = e.Totals.Reasons[:4]
		}
	}
	e.Replans = []evaluation.Replan{{Stop: "s0-9", People: 802, PersonSeconds: 802 * 700}, {Stop: "s1-9", People: 310, PersonSeconds: 310 * 400}}
	e.Crowding = evaluation.Crowding{RidingSeconds: 41_000_000, StandingSeconds: 23_500_000}
	addLateness(e)
	addRounds(e)
}

// sampleFacility lets come what a hill of people an hour wide would bring, wide
// minutes about the 425th, and through what its rate allows.
func sampleFacility(id string, kind evaluation.FacilityKind, station string, place label.Names, name string, perHour, wide, tall int) evaluation.Facility {
	f := evaluation.Facility{
		ID: id, Kind: kind, Station: station, Place: place, Channels: perHour / 300, PerHour: perHour, QueueAt: -1,
		Basis: basis.Assumption, Source: "planning value", Names: label.Names{},
	}
	if name != "" {
		f.Names[""] = name
	}
	queue, carry := 0, 0
	for minute := 400; minute < 540; minute++ {
		off := (float64(minute) - 425) / float64(wide)
		came := int(float64(tall) * math.Exp(-off*off))
		queue += came
		pass := queue
		if perHour > 0 {
			carry += perHour
			pass = min(queue, carry/60)
			carry %= 60
		}
		queue -= pass
		if queue+pass == 0 {
			continue
		}
		f.Minutes = append(f.Minutes, evaluation.Flow{Minute: minute, Came: came, Passed: pass, Queue: queue})
		f.Passed, f.PersonSeconds = f.Passed+pass, f.PersonSeconds+queue*60
		if queue > f.MaxQueue {
			f.MaxQueue, f.QueueAt, f.MaxWait = queue, (minute+1)*60, queue*3600/perHour
		}
	}
	f.Waited = f.Passed / 2
	return f
}

func samplePlatform(stop string, area float64, holds, most int) evaluation.Platform {
	p := evaluation.Platform{Stop: stop, Area: area, Holds: holds, Basis: basis.Fact, Source: "station plan", PeopleAt: -1}
	for minute := 405; minute < 520; minute++ {
		off := (float64(minute) - 440) / 28
		people := int(float64(most) * math.Exp(-off*off))
		m := evaluation.PlatformMinute{Minute: minute, People: people}
		if holds > 0 {
			m.People, m.Held = min(people, holds), max(people-holds, 0)
		}
		p.Minutes = append(p.Minutes, m)
		if m.People > p.MaxPeople {
			p.MaxPeople, p.PeopleAt = m.People, (minute+1)*60
		}
		p.MaxHeld, p.HeldBack, p.PersonSeconds = max(p.MaxHeld, m.Held), p.HeldBack+m.Held/10, p.PersonSeconds+m.Held*60
		if area > 0 && area < .3*float64(m.People) {
			p.Dense++
		}
	}
	if area > 0 {
		p.Level = "FD"[bit(area >= .3*float64(p.MaxPeople)):][:1]
	}
	p.MaxHeldWait = p.MaxHeld * 3
	return p
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func addLateness(e *evaluation.Evaluation) {
	for _, l := range e.Lines {
		d := evaluation.Deviation{LineRef: evaluation.LineRef{Route: l.Route, Direction: l.Direction}, P50: 15, P90: 40}
		for _, c := range l.Cells {
			late := int(300 * surge(c.Bin) * float64(9-len(e.Deviations)/2) / 9)
			d.Bins = append(d.Bins, evaluation.DeviationBin{Bin: c.Bin, Departures: c.Departures * 18, P50: late / 3, P90: late, Max: late * 2})
			d.Departures += c.Departures * 18
			if late*2 > d.Latest.Seconds {
				d.Latest = evaluation.Latest{Seconds: late * 2, At: c.Bin*evaluation.BinSeconds + 400, Stop: c.Stop, Trip: fmt.Sprintf("t-%s-%d", l.Route, c.Bin)}
			}
		}
		d.P90, d.Kerb = d.P90+d.Latest.Seconds/3, d.Latest.Seconds*3
		e.Deviations = append(e.Deviations, d)
	}
	e.Blocks = evaluation.Blocks{Named: 12, Inferred: 141, Late: []evaluation.Block{
		{ID: "LRT-07", Routes: []string{"r1"}, Trips: 14, Late: 3, MaxStart: 610, At: 27240},
		{ID: "t-r2-18", Inferred: true, Routes: []string{"r2", "r3"}, Trips: 9, Late: 2, MaxStart: 340, At: 27900},
	}}
}

func addRounds(e *evaluation.Evaluation) {
	e.Feedback = evaluation.Feedback{Rounds: 12, RegretPermille: 31, InformedPermille: 600}
	for i, regret := range []int{1000, 412, 168, 131, 98, 80, 66, 55, 47, 40, 35, 31} {
		round := evaluation.Round{Round: i + 1, RegretPermille: regret, Denied: 18233 + 9000/(i+1)}
		if i > 0 {
			round.Changed = 9000 / i
		}
		e.Feedback.Convergence = append(e.Feedback.Convergence, round)
	}
}

// bareSample is the sample of a city of which no stations are known, played once.
func bareSample() *evaluation.Evaluation {
	e := sample()
	e.Facilities, e.Platforms, e.Deviations, e.Replans = nil, nil, nil, nil
	e.Blocks, e.Crowding, e.Feedback, e.Model = evaluation.Blocks{}, evaluation.Crowding{}, evaluation.Feedback{}, evaluation.Model{}
	e.Totals.Reasons, e.Totals.Replanned = nil, 0
	for i := range e.Stops {
		e.Stops[i].Reasons = nil
	}
	return e
}
