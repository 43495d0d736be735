package claim

import (
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// LinesOf are the directions of an evaluation that a claim's line means.
func LinesOf(l Line, e *evaluation.Evaluation) ([]evaluation.Line, error) {
	var out []evaluation.Line
	known := false
	for _, line := range e.Lines {
		if line.Route != l.Name && !oneOf(line.Names, l.Name) {
			continue
		}
		known = true
		if (l.Direction < 0 || l.Direction == line.Direction) && (l.Towards == "" || oneOf(line.Headsigns, l.Towards)) {
			out = append(out, line)
		}
	}
	switch {
	case !known:
		return nil, unknown(nil, "no line %q runs on that day", l.Name)
	case len(out) == 0:
		return nil, unknown(nil, "line %q does not run in that direction", l.Name)
	}
	return out, nil
}

// oneOf reports whether a name is one of a thing's, in any language.
func oneOf(names map[string]string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// load is what a line had to carry at its worst place and quarter of an hour,
// in hundredths of a percent of its room there.
func load(c Claim, o Outcome) (int, error) {
	lines, err := LinesOf(c.Line, o.Evaluation)
	worst := 0
	for _, l := range lines {
		for _, cell := range l.Cells {
			from := cell.Bin * evaluation.BinSeconds
			if c.Span.Touches(from, from+evaluation.BinSeconds) {
				worst = max(worst, Loaded(cell))
			}
		}
	}
	return worst, err
}

// Loaded is a cell's demand in hundredths of a percent of its capacity, rounded
// up so that nothing above a bound is taken for it; Never without any capacity.
func Loaded(cell evaluation.Cell) int {
	switch {
	case cell.Demand() == 0:
		return 0
	case cell.Capacity == 0:
		return Never
	}
	return int((int64(cell.Demand())*10_000 + int64(cell.Capacity) - 1) / int64(cell.Capacity))
}

// fleetNamed is a line's fleet.
func fleetNamed(c Claim, o Outcome) (evaluation.Fleet, error) {
	var known []string
	for _, f := range o.Evaluation.Fleets {
		known = append(known, f.Name)
		if f.Route == c.Line.Name || strings.EqualFold(f.Name, c.Line.Name) {
			return f, nil
		}
	}
	return evaluation.Fleet{}, unknown(known, "the city states no fleet of %q", c.Line.Name)
}

// needed is how many vehicles of a line move at once.
func needed(c Claim, o Outcome) (int, error) {
	f, err := fleetNamed(c, o)
	return f.Needed, err
}

// vehicles is how many a line has, its reserve kept back where the claim says so.
func vehicles(c Claim, o Outcome) (int, error) {
	f, err := fleetNamed(c, o)
	if c.Line.Reserve {
		return f.Vehicles - f.Reserve, err
	}
	return f.Vehicles, err
}
