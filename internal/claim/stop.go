package claim

import (
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// StopsOf are the boarding places of an evaluation that a name means: those with
// this id or this name in any language, and those of a station with it. Nobody
// may have been there; then there are none.
func StopsOf(name string, o Outcome) ([]evaluation.Stop, error) {
	ids := map[string]bool{}
	for i := range o.Timetable.Stops.ID {
		s := transit.Stop(i)
		if called(o.Timetable, s, name) || called(o.Timetable, o.Timetable.Stops.Parent[i], name) {
			ids[string(o.Timetable.Stops.ID[i])] = true
		}
	}
	if len(ids) == 0 {
		return nil, unknown(nil, "there is no stop %q", name)
	}
	var out []evaluation.Stop
	for _, s := range o.Evaluation.Stops {
		if ids[s.ID] {
			out = append(out, s)
		}
	}
	return out, nil
}

// called reports whether a stop has an id or a name.
func called(tt *transit.Timetable, s transit.Stop, name string) bool {
	if uint32(s) == transit.None {
		return false
	}
	if string(tt.Stops.ID[s]) == name || strings.EqualFold(tt.Stops.Name[s], name) {
		return true
	}
	for _, translated := range tt.Translated(tt.Stops.Name[s]) {
		if strings.EqualFold(translated, name) {
			return true
		}
	}
	return false
}

// queue is the longest queue; where a name means several boarding places, that
// of all of them together.
func queue(c Claim, o Outcome) (int, error) {
	stops, err := StopsOf(c.Stop, o)
	waiting := map[int]int{}
	longest := 0
	for _, s := range stops {
		for _, m := range s.Minutes {
			if c.Span.Touches(m.Minute*60, (m.Minute+1)*60) {
				waiting[m.Minute] += m.Queue
				longest = max(longest, waiting[m.Minute])
			}
		}
	}
	return longest, err
}
