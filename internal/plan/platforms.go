package plan

import (
	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// platformLog gathers who waits on a platform and before it.
type platformLog struct {
	row          int   // in the network's platforms
	people, held []int // by minute: who came less who went
	kept         map[uint32]bool
	wait, most   int
}

// platforms measures the boarding places of which it is known how many people they take.
func (d *day) platforms() []evaluation.Platform {
	known := &d.net.Stations.Platforms
	logs := map[transit.Stop]*platformLog{}
	for i, stop := range known.Stop {
		if known.Area[i] > 0 || known.Holds[i] > 0 {
			logs[stop] = &platformLog{row: i, people: make([]int, d.minutes()+1), held: make([]int, d.minutes()+1), kept: map[uint32]bool{}}
		}
	}
	d.logPlatforms(logs)
	out := []evaluation.Platform{}
	for _, stop := range known.Stop {
		if log := logs[stop]; log != nil {
			if p := d.platform(stop, log); len(p.Minutes) > 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

// logPlatforms notes everybody who stood on one of the platforms, and from when until when.
func (d *day) logPlatforms(logs map[transit.Stop]*platformLog) {
	day, o := d.problem.Day, d.outcome
	end := day.Horizon.Length
	on := func(stop transit.Stop, from, to transit.Seconds) {
		if log := logs[stop]; log != nil {
			stay(log.people, from, to)
		}
	}
	for _, leg := range o.Legs {
		on(day.Stop[leg.On], leg.Join, o.Depart[leg.On])
	}
	for _, t := range o.Thoughts {
		on(t.Stop, t.Since, t.At)
	}
	outside := map[uint32]bool{} // until the end
	for _, k := range o.Kept {
		outside[k.Traveller] = outside[k.Traveller] || k.To == end
		if log := logs[k.Stop]; log != nil {
			stay(log.held, k.From, k.To)
			log.kept[k.Traveller] = true
			wait := int(d.kept(k))
			log.wait, log.most = log.wait+wait, max(log.most, wait)
		}
	}
	for i, state := range o.State {
		if state == assign.LastGone && !outside[uint32(i)] {
			on(o.Stop[i], o.Join[i], end)
		}
	}
}

// kept is how long somebody waited before a full platform; nothing for who stood
// there until the end: that wait ends nowhere.
func (d *day) kept(k assign.Kept) transit.Seconds {
	if k.To == d.problem.Day.Horizon.Length {
		return 0
	}
	return k.To - k.From
}

// stay counts somebody from one second until another, by minute.
func stay(change []int, from, to transit.Seconds) {
	minute := func(at transit.Seconds) int { return min(max(int(at), 0)/60, len(change)-1) }
	change[minute(from)]++
	change[minute(to)]--
}

func (d *day) platform(stop transit.Stop, log *platformLog) evaluation.Platform {
	known := &d.net.Stations.Platforms
	p := evaluation.Platform{
		Stop: d.stopID(stop), Area: float64(known.Area[log.row]), Holds: int(known.Holds[log.row]), PeopleAt: -1, Minutes: []evaluation.PlatformMinute{},
		Basis: basis.Kind(known.Basis[log.row]), Source: known.Source[log.row],
		HeldBack: len(log.kept), MaxHeldWait: log.most, PersonSeconds: log.wait,
	}
	people, held := 0, 0
	for minute := range d.minutes() {
		people, held = people+log.people[minute], held+log.held[minute]
		if people+held == 0 {
			continue
		}
		p.Minutes = append(p.Minutes, evaluation.PlatformMinute{Minute: minute, People: people, Held: held})
		p.MaxHeld = max(p.MaxHeld, held)
		if people > p.MaxPeople {
			p.MaxPeople, p.PeopleAt = people, (minute+1)*60
		}
		if p.Area > 0 && capacity.QueueGrade(people, p.Area) >= 'E' {
			p.Dense++
		}
	}
	if p.Area > 0 {
		p.Level = string(rune(capacity.QueueGrade(p.MaxPeople, p.Area)))
	}
	return p
}
