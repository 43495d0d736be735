package rehearsal

import (
	"fmt"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/plantest"
)

// assigned tells in one line what became of everybody.
func assigned(s *sheet, _ plantest.Ask, p Played) error {
	count, last := map[string]int{}, 0
	for _, j := range p.Trace.Journeys {
		count[j.State]++
		if j.State == evaluation.StateArrived {
			last = max(last, j.End)
		}
	}
	t := p.Outcome.Evaluation.Totals
	text := fmt.Sprintf("arrived %d walking %d stranded %d+%d boarded %d denied %d", count[evaluation.StateArrived], count[evaluation.StateOnTheWay],
		count[evaluation.StateNoService], count[evaluation.StateLastGone], t.Boardings, t.Denied)
	if count[evaluation.StateArrived] > 0 {
		text += " last arrival " + clock(last)
	}
	s.row("%s", text)
	return nil
}

// vehicles tells each departure at which somebody got on, off or was left behind.
func vehicles(s *sheet, _ plantest.Ask, p Played) error {
	for _, d := range p.Trace.Departures {
		s.row("%s %s %s on %d off %d load %d denied %d", d.Stop, d.Route, clock(d.At), d.On, d.Off, d.Load, d.Denied)
	}
	return nil
}

// journeys tells what travellers did, those who did the same together.
func journeys(s *sheet, _ plantest.Ask, p Played) error {
	all := p.Trace.Journeys
	for i := 0; i < len(all); {
		text, same := journeyText(all[i]), 1
		for i+same < len(all) && journeyText(all[i+same]) == text {
			same++
		}
		s.row("%d: %s", same, text)
		i += same
	}
	return nil
}

func journeyText(j evaluation.Journey) string {
	if j.State == evaluation.StateNoService {
		return "no service"
	}
	var b strings.Builder
	b.WriteString("sets off " + clock(j.SetOff))
	for _, r := range j.Rides {
		fmt.Fprintf(&b, ", %s %s-%s %s %s", r.Route, r.From, r.To, clock(r.Depart), clock(r.Arrive))
		if r.Denied > 0 {
			fmt.Fprintf(&b, " denied %d", r.Denied)
		}
	}
	switch j.State {
	case evaluation.StateArrived:
		return b.String() + ", there " + clock(j.End)
	case evaluation.StateLastGone:
		return b.String() + ", waits at " + j.WaitsAt
	}
	return b.String() + ", on the way"
}
