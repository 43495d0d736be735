package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// stopLog gathers what happened at one stop.
type stopLog struct {
	out    evaluation.Stop
	lines  map[lineKey]bool // that somebody boarded or was denied
	change map[int]int      // by minute: who joined the queue less who boarded
	denied map[int]int
}

// stops measures every boarding place where somebody was.
func (d *day) stops() []evaluation.Stop {
	logs := make([]*stopLog, len(d.net.Timetable.Stops.ID))
	at := func(s transit.Stop) *stopLog {
		if logs[s] == nil {
			logs[s] = &stopLog{lines: map[lineKey]bool{}, change: map[int]int{}, denied: map[int]int{}}
		}
		return logs[s]
	}
	d.logVisits(at)
	d.logLegs(at)
	d.logGivenUp(at)
	d.logStranded(at)
	out := []evaluation.Stop{}
	for s, log := range logs {
		if log != nil {
			out = append(out, d.stop(transit.Stop(s), log))
		}
	}
	return out
}

func (d *day) logVisits(at func(transit.Stop) *stopLog) {
	day, o := d.problem.Day, d.outcome
	for v, stop := range day.Stop {
		if o.Boarded[v]+o.Alighted[v]+o.Denied[v] == 0 {
			continue
		}
		log := at(stop)
		log.out.Boardings += int(o.Boarded[v])
		log.out.Alightings += int(o.Alighted[v])
		log.out.Denied += int(o.Denied[v])
		if o.Boarded[v]+o.Denied[v] > 0 {
			log.lines[d.keyOf(transit.Visit(v))] = true
		}
		if o.Denied[v] > 0 {
			log.denied[int(o.Depart[v])/60] += int(o.Denied[v])
		}
	}
}

func (d *day) logLegs(at func(transit.Stop) *stopLog) {
	day := d.problem.Day
	for _, leg := range d.outcome.Legs {
		log := at(day.Stop[leg.On])
		log.change[int(leg.Join)/60]++
		log.change[int(d.outcome.Depart[leg.On])/60]--
		log.out.MaxWait = max(log.out.MaxWait, int(d.outcome.Depart[leg.On]-leg.Join))
		if leg.Denied > 0 {
			log.out.LeftBehind++
		}
	}
}

// logGivenUp notes those who left a queue for another way.
func (d *day) logGivenUp(at func(transit.Stop) *stopLog) {
	for _, t := range d.outcome.Thoughts {
		log := at(t.Stop)
		log.change[int(t.Since)/60]++
		log.change[int(t.At)/60]--
		if t.Denied > 0 {
			log.out.LeftBehind++
		}
	}
}

func (d *day) logStranded(at func(transit.Stop) *stopLog) {
	for i, state := range d.outcome.State {
		if state == assign.LastGone {
			log := at(d.outcome.Stop[i])
			log.change[int(d.outcome.Join[i])/60]++
			log.out.Stranded++
			if d.outcome.Left[i] > 0 {
				log.out.LeftBehind++
			}
		}
	}
}

// stop turns a log into the stop's minutes.
func (d *day) stop(s transit.Stop, log *stopLog) evaluation.Stop {
	tt := d.net.Timetable
	out := log.out
	out.ID, out.Names, out.At = string(tt.Stops.ID[s]), d.names(tt.Stops.Name[s]), tt.Stops.At[s]
	out.Lines = d.lineRefs(log.lines)
	out.Minutes = []evaluation.Minute{}
	queue, last := 0, int(d.problem.Day.Horizon.Length-1)/60
	for minute := 0; minute <= last; minute++ {
		queue += log.change[minute]
		out.MaxQueue = max(out.MaxQueue, queue)
		if queue > 0 || log.denied[minute] > 0 {
			out.Minutes = append(out.Minutes, evaluation.Minute{Minute: minute, Queue: queue, Denied: log.denied[minute]})
		}
	}
	return out
}

// lineRefs names lines in their order.
func (d *day) lineRefs(lines map[lineKey]bool) []evaluation.LineRef {
	keys := make([]lineKey, 0, len(lines))
	for k := range lines {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compareLines)
	out := []evaluation.LineRef{}
	for _, k := range keys {
		out = append(out, evaluation.LineRef{Route: string(d.net.Timetable.Routes.ID[k.route]), Direction: int(k.direction)})
	}
	return out
}

// worstPlaces is how many places the report tells in words.
const worstPlaces = 5

// worst are the stops that left the most people behind, then those with the longest queues.
func (d *day) worst(stops []evaluation.Stop) []evaluation.Worst {
	people, routes := d.leftBehind()
	out := []evaluation.Worst{}
	for _, s := range stops {
		if s.MaxQueue == 0 {
			continue
		}
		w := evaluation.Worst{
			Stop: s.ID, Routes: listed(routes[s.ID]), MaxQueue: s.MaxQueue, MaxWait: s.MaxWait,
			Denied: s.Denied, People: people[s.ID], Stranded: s.Stranded,
		}
		w.From, w.To, w.At = stretch(s)
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b evaluation.Worst) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(b.MaxQueue, a.MaxQueue), cmp.Compare(a.Stop, b.Stop))
	})
	out = out[:min(len(out), worstPlaces)]
	for i := range out {
		at := slices.IndexFunc(stops, func(s evaluation.Stop) bool { return s.ID == out[i].Stop })
		out[i].Hours = d.hours(stops[at], out[i].From, out[i].To)
	}
	return out
}

// stretch is when a stop was at its worst: between its first and its last
// denial, or, without any, while the queue was at least half of its longest.
func stretch(s evaluation.Stop) (from, to, at int) {
	first, last := -1, -1
	for _, m := range s.Minutes {
		if m.Queue == s.MaxQueue && at == 0 {
			at = (m.Minute + 1) * 60
		}
		if m.Denied > 0 || s.Denied == 0 && 2*m.Queue >= s.MaxQueue {
			last = m.Minute
			if first < 0 {
				first = m.Minute
			}
		}
	}
	return max(first, 0) * 60, (last + 1) * 60, at
}

// leftBehind counts by stop the people whom a full vehicle left behind, and names the routes that did.
func (d *day) leftBehind() (people map[string]int, routes map[string][]string) {
	day, tt, o := d.problem.Day, d.net.Timetable, d.outcome
	people, routes = map[string]int{}, map[string][]string{}
	for _, leg := range o.Legs {
		if leg.Denied > 0 {
			people[string(tt.Stops.ID[day.Stop[leg.On]])]++
		}
	}
	for _, t := range o.Thoughts {
		if t.Denied > 0 {
			people[string(tt.Stops.ID[t.Stop])]++
		}
	}
	for i, state := range o.State {
		if state == assign.LastGone {
			people[string(tt.Stops.ID[o.Stop[i]])]++
		}
	}
	for v, n := range o.Denied {
		id := string(tt.Stops.ID[day.Stop[v]])
		name := tt.Routes.Name[d.keyOf(transit.Visit(v)).route]
		if n > 0 && !slices.Contains(routes[id], name) {
			routes[id] = append(routes[id], name)
		}
	}
	for _, names := range routes {
		slices.Sort(names)
	}
	return people, routes
}
