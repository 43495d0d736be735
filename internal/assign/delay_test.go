package assign_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/transit"
)

// TestNoNewsIsTheIdentity: carried over to the same network made anew, or told what
// is known already, the day goes on as it would.
func TestNoNewsIsTheIdentity(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		city, p, full, s := halted(rt)
		moved, problem := onto(rt, s, ordered(rt, city, p, nil))
		same(rt, "onto the same network", full, resume(rt, problem, moved, whole))
		q := *p
		told := map[transit.Dated]transit.Seconds{}
		for _, d := range p.Delays {
			told[d.Trip] = d.By
		}
		q.Delays = nil
		for d := range p.Day.Trip {
			q.Delays = append(q.Delays, assign.Delay{Trip: transit.Dated(d), By: told[transit.Dated(d)]})
		}
		same(rt, "told again what is known", full, resume(rt, &q, s, whole))
	})
}

// TestDelaysPutOffWhatIsToCome: where vehicles keep the timetable, a delay moves
// all that its vehicle does from then on by itself and nothing else; of one that
// grows the rest is added.
func TestDelaysPutOffWhatIsToCome(t *testing.T) {
	moved := 0
	rapid.Check(t, func(rt *rapid.T) {
		_, _, p := posed(rt)
		if len(p.Day.Trip) == 0 {
			return
		}
		clear(p.Network.Stations.Platforms.Stands)
		full := load(t, p)
		at := moments(rt, full)[0]
		q := *p
		q.SnapshotAt = []transit.Seconds{at}
		s := load(t, &q).Snapshots[0]

		late := transit.Dated(rapid.IntRange(0, len(p.Day.Trip)-1).Draw(rt, "late"))
		by := transit.Seconds(rapid.IntRange(1, 1800).Draw(rt, "by"))
		later := at + transit.Seconds(rapid.IntRange(0, 1800).Draw(rt, "later"))
		q.Delays, q.SnapshotAt = []assign.Delay{{Trip: late, By: by}}, []transit.Seconds{later}
		first := resume(rt, &q, s, whole)
		checkPlayedOn(rt, &q, first)
		more := q
		more.Delays = []assign.Delay{{Trip: late, By: by + 60}}
		second := resume(rt, &more, first.Snapshots[0], whole)
		for v := range p.Day.Stop {
			want := full.Depart[v]
			if p.Day.Owner[v] == late && want >= at {
				want += by
				moved++
			}
			if first.Depart[v] != want {
				rt.Fatalf("visit %d leaves at %s, want %s", v, first.Depart[v].Clock(), want.Clock())
			}
			if p.Day.Owner[v] == late && want >= later {
				want += 60
			}
			if second.Depart[v] != want {
				rt.Fatalf("visit %d leaves at %s when more is known, want %s", v, second.Depart[v].Clock(), want.Clock())
			}
		}
	})
	if moved == 0 {
		t.Error("nothing ran late")
	}
}
