package rehearsal

import (
	"fmt"

	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/plantest"
)

// lines tells each direction's worst quarter of an hour; those that carried nobody are left out.
func lines(s *sheet, _ plantest.Ask, p Played) error {
	e := p.Outcome.Evaluation
	for _, l := range e.Lines {
		var worst evaluation.Cell
		for _, cell := range l.Cells {
			if claim.Loaded(cell) > claim.Loaded(worst) {
				worst = cell
			}
		}
		if worst.Demand() > 0 {
			s.row("%s\t%d\t%s\t%s", l.Name, l.Direction, l.Headsign, cellText(e, worst))
		}
	}
	return nil
}

// quarters tells a line's quarters of an hour in which anybody wanted to ride.
func quarters(s *sheet, ask plantest.Ask, p Played) error {
	e := p.Outcome.Evaluation
	found, err := claim.LinesOf(ask.Line, e)
	for _, l := range found {
		for _, cell := range l.Cells {
			from := cell.Bin * evaluation.BinSeconds
			if cell.Demand() > 0 && ask.Span.Touches(from, from+evaluation.BinSeconds) {
				s.row("%d\t%s", l.Direction, cellText(e, cell))
			}
		}
	}
	return err
}

// cellText is one quarter of an hour: from when, where, and demand against room.
func cellText(e *evaluation.Evaluation, c evaluation.Cell) string {
	return fmt.Sprintf("%s\t%s\tdemand %d of %d\t%s\tleft behind %d", clock(c.Bin * evaluation.BinSeconds)[:5], stopName(e, c.Stop),
		c.Demand(), c.Capacity, claim.Percent.Text(claim.Loaded(c)), c.LeftBehind)
}
