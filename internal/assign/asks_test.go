package assign_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

func (p *played) ask(b *strings.Builder, ask string) {
	switch ask {
	case "assign":
		p.totals(b)
	case "vehicles":
		p.vehicles(b)
	case "journeys":
		p.journeys(b)
	case "late":
		p.late(b)
	case "held":
		p.held(b)
	case "thoughts":
		p.thoughts(b)
	default:
		fmt.Fprintf(b, "cannot answer %q\n", ask)
	}
}

func (p *played) totals(b *strings.Builder) {
	var states [4]int
	last := transit.Seconds(0)
	for i, s := range p.out.State {
		states[s]++
		if s == assign.Arrived {
			last = max(last, p.out.End[i])
		}
	}
	denied := uint32(0)
	for _, n := range p.out.Denied {
		denied += n
	}
	fmt.Fprintf(b, "arrived %d walking %d stranded %d+%d boarded %d denied %d", states[assign.Arrived], states[assign.Walking],
		states[assign.NoService], states[assign.LastGone], len(p.out.Legs), denied)
	if states[assign.Arrived] > 0 {
		fmt.Fprintf(b, " last arrival %s", last.Clock())
	}
	b.WriteByte('\n')
}

// vehicles tells each departure at which somebody got on, off or was left behind.
func (p *played) vehicles(b *strings.Builder) {
	day, tt := p.problem.Day, p.problem.Network.Timetable
	visits := make([]transit.Visit, 0, len(day.Stop))
	for v := range day.Stop {
		if p.out.Boarded[v]+p.out.Alighted[v]+p.out.Denied[v] > 0 {
			visits = append(visits, transit.Visit(v))
		}
	}
	slices.SortStableFunc(visits, func(a, b transit.Visit) int { return int(p.out.Depart[a] - p.out.Depart[b]) })
	for _, v := range visits {
		route := tt.Routes.Name[tt.RouteOf(day.Trip[day.Owner[v]])]
		fmt.Fprintf(b, "%s %s %s on %d off %d load %d denied %d\n", tt.Stops.ID[day.Stop[v]], route, p.out.Depart[v].Clock(),
			p.out.Boarded[v], p.out.Alighted[v], p.out.Load[v], p.out.Denied[v])
	}
}

// journeys tells what travellers did, those who did the same together.
func (p *played) journeys(b *strings.Builder) {
	journeys := p.out.Journeys()
	before, same := "", 0
	flush := func() {
		if same > 0 {
			fmt.Fprintf(b, "%d: %s\n", same, before)
		}
	}
	for i := range p.out.State {
		if text := p.journey(i, journeys); text != before {
			flush()
			before, same = text, 0
		}
		same++
	}
	flush()
}

func (p *played) journey(i int, journeys assign.Journeys) string {
	day, tt := p.problem.Day, p.problem.Network.Timetable
	if p.out.State[i] == assign.NoService {
		return "no service"
	}
	text := "sets off " + p.out.Set[i].Clock()
	for _, l := range journeys.Of(i) {
		leg := p.out.Legs[l]
		text += fmt.Sprintf(", %s %s-%s %s %s", tt.Routes.Name[tt.RouteOf(day.Trip[day.Owner[leg.On]])],
			tt.Stops.ID[day.Stop[leg.On]], tt.Stops.ID[day.Stop[leg.Off]], p.out.Depart[leg.On].Clock(), p.out.Arrive[leg.Off].Clock())
		if leg.Denied > 0 {
			text += fmt.Sprintf(" denied %d", leg.Denied)
		}
	}
	switch p.out.State[i] {
	case assign.Arrived:
		return text + ", there " + p.out.End[i].Clock()
	case assign.LastGone:
		return text + ", waits at " + string(tt.Stops.ID[p.out.Stop[i]])
	}
	return text + ", on the way"
}

// late tells each time that a vehicle was not where the timetable says.
func (p *played) late(b *strings.Builder) {
	day, tt, o := p.problem.Day, p.problem.Network.Timetable, p.out
	for v, stop := range day.Stop {
		if o.Arrive[v] == day.Arrive[v] && o.Depart[v] == day.Depart[v] {
			continue
		}
		trip := day.Owner[v]
		fmt.Fprintf(b, "%s of %s at %s: comes %s (%+d s)", tt.Routes.Name[tt.RouteOf(day.Trip[trip])], day.Start[trip].Clock()[:5], tt.Stops.ID[stop],
			(o.Arrive[v] - o.Kerb[v]).Clock(), o.Arrive[v]-o.Kerb[v]-day.Arrive[v])
		if o.Kerb[v] > 0 {
			fmt.Fprintf(b, " waits %d s for a stand", o.Kerb[v])
		}
		fmt.Fprintf(b, " leaves %s (%+d s)\n", o.Depart[v].Clock(), o.Depart[v]-day.Depart[v])
	}
}

// held tells where people were held up on foot.
func (p *played) held(b *strings.Builder) {
	names := p.problem.Network.Stations.Facilities.ID
	for f := range facilities(p.problem, &p.out.Doors) {
		name := "the gate of a venue"
		if f < len(names) {
			name = names[f]
		}
		log := p.out.Servers.Log(station.Facility(f))
		fmt.Fprintf(b, "%s: %d through, %d queued, %d at most, the longest wait %d s\n", name, log.Passed, log.Queued, log.LongestQueue, log.LongestWait)
	}
	for i := 0; i < len(p.out.Kept); {
		first, n := p.out.Kept[i], 0
		for ; i < len(p.out.Kept) && p.out.Kept[i].Stop == first.Stop && p.out.Kept[i].From == first.From && p.out.Kept[i].To == first.To; i++ {
			n++
		}
		fmt.Fprintf(b, "%d outside of %s %s-%s\n", n, p.problem.Network.Timetable.Stops.ID[first.Stop], first.From.Clock(), first.To.Clock())
	}
}

// thoughts tells who gave up a queue, those who did it together in one line.
func (p *played) thoughts(b *strings.Builder) {
	for i := 0; i < len(p.out.Thoughts); {
		first, n := p.out.Thoughts[i], 0
		for ; i < len(p.out.Thoughts); i++ {
			if next := p.out.Thoughts[i]; next.Stop != first.Stop || next.At != first.At || next.Since != first.Since || next.Denied != first.Denied {
				break
			}
			n++
		}
		fmt.Fprintf(b, "%d give up at %s %s since %s denied %d\n", n, p.problem.Network.Timetable.Stops.ID[first.Stop], first.At.Clock(), first.Since.Clock(), first.Denied)
	}
}
