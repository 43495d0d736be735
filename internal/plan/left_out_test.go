package plan

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
)

// 200 ride out after eight in the morning and back after nine in the evening; the
// match's 100 come by seven, and are away before ten. The venue is put far away, or
// all of this small town would be near it.
func TestWhatOthersDoAloneIsLeftOut(t *testing.T) {
	n := city(t, 60, 24*hour, false)
	n.Venues[0].At = geo.Point{Lat: 52, Lon: 71}
	r := request(n, evening(400))
	short := run(t, r)
	r.Whole = true
	whole := run(t, r)
	if whole.LeftOut != nil || short.LeftOut == nil {
		t.Fatalf("left out %v of the whole, %v else", whole.LeftOut, short.LeftOut)
	}
	dropped := 0
	for i, s := range whole.Segments {
		for _, l := range s.Loads {
			told := slices.Contains(short.Segments[i].Loads, l)
			if s.From == "arena" && l.Bin == 21*4 && !told {
				t.Errorf("%+v is left out, and the match is on board", l)
			}
			if full := 100*l.Carried >= fullPercent*l.Room; told != full && l.Bin < 15*4 {
				t.Errorf("%+v from %s is told: %v, at a time without anybody of the match", l, s.From, told)
			}
			if !told {
				dropped++
			}
		}
	}
	if dropped == 0 || dropped != short.LeftOut.Loads || short.LeftOut.Segments != 2 {
		t.Errorf("%d loads are left out, told are %+v", dropped, *short.LeftOut)
	}
	short.LeftOut = nil
	for i := range short.Segments {
		short.Segments[i].Loads, short.Segments[i].Partial = whole.Segments[i].Loads, false
	}
	if diff := cmp.Diff(whole, short); diff != "" {
		t.Errorf("more than loads is left out, also of the stops with the longest queues:\n%s", diff)
	}
}

func TestMinutesOfGuestsAndDenialsStay(t *testing.T) {
	s := evaluation.Stop{Minutes: []evaluation.Minute{{Minute: 1, Queue: 4}, {Minute: 2, Queue: 5, Denied: 1}, {Minute: 3, Queue: 6}, {Minute: 4, Queue: 1}}}
	var out evaluation.LeftOut
	thinStop(&s, map[int]bool{3: true}, &out)
	want := []evaluation.Minute{{Minute: 2, Queue: 5, Denied: 1}, {Minute: 3, Queue: 6}}
	if !slices.Equal(s.Minutes, want) || !s.Partial || out != (evaluation.LeftOut{Stops: 1, Minutes: 2}) {
		t.Errorf("%+v, %+v", s, out)
	}
	thinStop(&s, map[int]bool{3: true}, &out)
	if len(s.Minutes) != 2 || out.Stops != 1 {
		t.Errorf("%+v, %+v", s, out)
	}
}

func TestOfAnEventAloneNothingIsLeftOut(t *testing.T) {
	r := request(city(t, 60, 24*hour, false), match(300))
	short := run(t, r)
	r.Whole = true
	if diff := cmp.Diff(run(t, r), short); diff != "" {
		t.Error(diff)
	}
}
