package works

import (
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/workspace"
)

// The ways of crowds that belong to the event.
const (
	arriving = "arriving"
	leaving  = "leaving"
)

// headline is a run on one row.
func headline(e *evaluation.Evaluation) workspace.Headline {
	h := workspace.Headline{Away90: -1, Cleared: -1, Regret: e.Feedback.RegretPermille, Findings: len(e.Findings)}
	for _, c := range e.Crowds {
		if c.Way != arriving && c.Way != leaving {
			continue
		}
		h.People += c.People
		h.Arrived += c.Arrived
		h.Stranded += c.Stranded
		h.LeftBehind += c.LeftBehind
		if c.Way == leaving {
			h.Away90, h.Cleared = cleared(c, 90), cleared(c, 100)
		}
	}
	for i := range e.Stops {
		if s := &e.Stops[i]; s.MaxQueue > h.MaxQueue {
			h.MaxQueue, h.QueueStop = s.MaxQueue, s.ID
		}
		h.MaxWait = max(h.MaxWait, e.Stops[i].MaxWait)
	}
	h.RedCells = redCells(e.Lines)
	return h
}

// cleared is when a share of a crowd was away, -1 for never. Of several sessions the last one counts.
func cleared(c evaluation.Crowd, percent int) int {
	for _, clear := range c.Clear {
		if clear.Percent == percent {
			return clear.At
		}
	}
	return -1
}

func redCells(lines []evaluation.Line) (red int) {
	for _, l := range lines {
		for _, c := range l.Cells {
			if c.Red() {
				red++
			}
		}
	}
	return red
}
