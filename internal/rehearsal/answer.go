package rehearsal

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/plantest"
	"github.com/qala-city/qala/internal/transit"
)

// answers are how each table is printed; names are the feed's own, so that the
// text is the same in every language.
var answers = map[string]func(*sheet, plantest.Ask, Played) error{
	"totals": totals, "clearance": clearance, "worst": worst, "lines": lines, "quarters": quarters, "stop": stop,
	"fleets": fleets, "regret": regret, "assign": assigned, "vehicles": vehicles, "journeys": journeys,
}

// answer prints one table.
func answer(ask plantest.Ask, p Played) ([]string, error) {
	if len(p.Outcome.Refused) > 0 {
		return []string{"refused " + strings.Join(p.Outcome.Refused, " ")}, nil
	}
	s := newSheet()
	if err := answers[ask.Word](s, ask, p); err != nil {
		return nil, err
	}
	return s.lines(), nil
}

// sheet is a table in columns while it is printed.
type sheet struct {
	text strings.Builder
	tabs *tabwriter.Writer
}

func newSheet() *sheet {
	s := &sheet{}
	s.tabs = tabwriter.NewWriter(&s.text, 0, 0, 2, ' ', 0)
	return s
}

// row prints one line; tabs part the columns.
func (s *sheet) row(format string, values ...any) { fmt.Fprintf(s.tabs, format+"\n", values...) }

func (s *sheet) lines() []string {
	_ = s.tabs.Flush() // into memory
	var out []string
	for line := range strings.Lines(s.text.String()) {
		out = append(out, strings.TrimRight(line, " \n"))
	}
	return out
}

func clock(at int) string { return transit.Seconds(at).Clock() }

func length(seconds int) string { return claim.Length.Text(seconds) }

func totals(s *sheet, _ plantest.Ask, p Played) error {
	t := p.Outcome.Evaluation.Totals
	s.row("travellers %d arrived %d walking %d stranded %d", t.Travellers, t.Arrived, t.Walking, t.Stranded)
	s.row("boardings %d left behind %d denied %d on foot only %d", t.Boardings, t.LeftBehind, t.Denied, t.OnFootOnly)
	return nil
}

func clearance(s *sheet, _ plantest.Ask, p Played) error {
	e := p.Outcome.Evaluation
	for _, c := range e.Crowds {
		marks := make([]string, len(c.Clear))
		for i, m := range c.Clear {
			at := m.At
			if at < 0 {
				at = claim.Never
			}
			marks[i] = fmt.Sprintf("%d%% %s", m.Percent, claim.Clock.Text(at))
		}
		s.row("%s %s %d:\t%s", claim.SessionName(e, c.Session), c.Way, c.People, strings.Join(marks, "\t"))
	}
	return nil
}

func worst(s *sheet, _ plantest.Ask, p Played) error {
	e := p.Outcome.Evaluation
	for _, w := range e.Worst {
		s.row("%s\t%s-%s\tqueue %d at %s\twait %s\tleft behind %d\tdenied %d\tstranded %d\t%s", stopName(e, w.Stop), clock(w.From)[:5], clock(w.To)[:5],
			w.MaxQueue, clock(w.At)[:5], length(w.MaxWait), w.People, w.Denied, w.Stranded, strings.Join(w.Routes, " "))
	}
	return nil
}

// stopName is what the feed calls a stop, else its id.
func stopName(e *evaluation.Evaluation, id string) string {
	for _, stop := range e.Stops {
		if stop.ID == id && stop.Names[""] != "" {
			return stop.Names[""]
		}
	}
	return id
}

func stop(s *sheet, ask plantest.Ask, p Played) error {
	stops, err := claim.StopsOf(ask.Stop, p.Outcome)
	for _, one := range stops {
		s.row("%s\ton %d\toff %d\tqueue %d\twait %s\tleft behind %d\tdenied %d\tstranded %d", one.ID, one.Boardings, one.Alightings,
			one.MaxQueue, length(one.MaxWait), one.LeftBehind, one.Denied, one.Stranded)
	}
	return err
}

func fleets(s *sheet, _ plantest.Ask, p Played) error {
	for _, f := range p.Outcome.Evaluation.Fleets {
		best := make([]string, len(f.Best))
		for i, h := range f.Best {
			best[i] = fmt.Sprintf("%d every %s", h.Vehicles, length(h.Seconds))
		}
		s.row("%s\tneeds %d of %d\treserve %d\tbest %s", f.Name, f.Needed, f.Vehicles, f.Reserve, strings.Join(best, ", "))
	}
	return nil
}

func regret(s *sheet, _ plantest.Ask, p Played) error {
	f := p.Outcome.Evaluation.Feedback
	if f.Rounds < 2 { // nothing to compare with
		s.row("rounds %d", f.Rounds)
		return nil
	}
	s.row("rounds %d regret %d.%d%%", f.Rounds, f.RegretPermille/10, f.RegretPermille%10)
	return nil
}
