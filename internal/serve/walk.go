package serve

import (
	"math"
	"slices"

	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/station"
)

// walk is what people walk through and slow each other down on: the way takes
// the longer, the more are on it already, and nobody overtakes. The zero walk
// holds nobody up.
//
// No more people are on it at once than at the density at which most of them
// get through. Whoever comes more waits in front, as at the foot of stairs: a
// crowd that pushes in from behind, with nothing in its way ahead, does not
// press itself to a standstill.
type walk struct {
	times []int64 // microseconds the way takes, by how many are ahead on it; nil for a door
	gap   int64   // microseconds between two who come out, at least; 0: nobody is held up
	out   []int64 // when those on the way come out, in a ring
	first int     // in out: who comes out next
	on    int     // how many
	last  int64   // when the last one came out
}

// newWalk is the walk of a facility, and what of it takes everybody the same.
func newWalk(f *station.Facilities, i station.Facility) (w walk, ride int64) {
	length, width, speed := float64(f.Length[i]), float64(f.Width[i]), float64(f.Speed[i])
	if !(speed > 0) {
		speed = capacity.FreeSpeed
	}
	w.last = micros(earliest)
	switch crowded := f.Kind[i] != station.Escalator && f.Kind[i] != station.Lift; {
	case length > 0 && width > 0 && crowded:
		w.crowd(lawOf(f.Kind[i]), length, width, speed)
	case length > 0:
		return w, wholeMillis(length / speed)
	case width > 0 && crowded:
		w.gap = capacity.DoorGap(width)
	}
	return w, 0
}

func lawOf(k station.Kind) capacity.FootLaw {
	if k == station.Stairs {
		return capacity.Steps
	}
	return capacity.Level
}

// roomy is how many people a way takes at most before it holds some back.
const roomy = 1 << 17

// crowd makes the way one on which people slow each other down.
func (w *walk) crowd(law capacity.FootLaw, length, width, speed float64) {
	area := float64(length * width)
	most := max(int(min(math.Ceil(float64(law.Best*area)), roomy)), 1)
	w.times, w.out = make([]int64, most), make([]int64, most)
	for ahead := range w.times {
		w.times[ahead] = wholeMillis(length / float64(speed*law.Share(float64(ahead)/area)))
	}
	w.gap = law.Gap(speed, width)
}

// wholeMillis is seconds in microseconds, to the nearest millisecond: sizes are
// known no better, and ten meters at one a second take ten seconds.
func wholeMillis(seconds float64) int64 {
	return int64(float64(1000*seconds)+.5) * (second / 1000)
}

// alone is how long the way takes when nobody else is there.
func (w *walk) alone() int64 {
	if w.times == nil {
		return w.gap
	}
	return w.times[0]
}

// pass lets somebody come at a time: when he is on the way and when he is out.
func (w *walk) pass(at int64) (entered, out int64) {
	switch {
	case w.times != nil:
		entered, out = w.passCrowd(at)
	case w.gap > 0: // a door: one after another
		entered = max(at, w.last)
		out = entered + w.gap
	default:
		return at, at
	}
	w.last = out
	return entered, out
}

func (w *walk) passCrowd(at int64) (entered, out int64) {
	entered = at
	if w.on == len(w.out) {
		entered = max(at, w.out[w.first])
	}
	for w.on > 0 && w.out[w.first] <= entered {
		w.first = (w.first + 1) % len(w.out)
		w.on--
	}
	out = max(entered+w.times[w.on], w.last+w.gap)
	w.out[(w.first+w.on)%len(w.out)] = out
	w.on++
	return entered, out
}

func (w *walk) clone() walk {
	out := *w
	out.out = slices.Clone(w.out) // times are never changed
	return out
}
