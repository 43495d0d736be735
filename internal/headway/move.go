package headway

import "github.com/qala-city/qala/internal/transit"

// instant is a time in parts of 2^-16 s.
type instant int64

const instantBits = 16

func instantOf(s transit.Seconds) instant { return instant(s) << instantBits }

// move is how the price of standing at a stop changes while the same lines are attractive.
type move struct {
	drift int64   // back in time, a second, in parts of 2^-28
	rate  int64   // of the attractive lines
	bound Cost    // where others are
	until instant // before it one of the lines does not come
}

// moving looks at the lines from a price on.
func (s *Streams) moving(v Cost, now instant, wait Cost, price []Cost) move {
	below, level, lower, upper := int64(0), int64(0), -Never, Never
	m := move{drift: int64(wait) << rateBits, until: instantOf(-1 << 31)}
	for l, p := range price {
		if p >= Never || !s.comes(l, now) || below+level >= rateMost {
			continue
		}
		m.until = max(m.until, instantOf(s.Since[l]))
		switch rate := int64(s.Rate[l]); {
		case p < v:
			below, lower = below+rate, max(lower, p)
			m.drift -= rate * int64(v-p)
		case p == v:
			level += rate
		default:
			upper = min(upper, p)
		}
	}
	m.rate, m.bound = below, lower
	if m.drift >= 0 {
		m.rate, m.bound = below+level, upper
	}
	return m
}

// back moves a price back in time, to an instant or to the bound, whichever comes first.
func (m *move) back(v Cost, now, to instant) (Cost, instant) {
	there := int64(v) + m.after(now-to)
	if m.drift >= 0 && there > int64(m.bound) || m.drift < 0 && there < int64(m.bound) {
		return m.bound, max(now-m.time(m.bound-v), to)
	}
	return Cost(there), to
}

// after is by how much the price has moved after a time.
func (m *move) after(t instant) int64 {
	if m.rate == 0 {
		return rounded(uint64(m.drift>>rateBits)*uint64(t), instantBits)
	}
	return m.part(whole - decay(nats(m.rate, t)))
}

// part is by how much the price has moved when so much of its way is gone, in
// parts of 2^-32.
func (m *move) part(gone uint64) int64 {
	way := scaled(magnitude(m.drift), gone, uint64(m.rate))
	if m.drift < 0 {
		return -rounded(way, decayBits)
	}
	return rounded(way, decayBits)
}

// time is how long the price takes for a way that it goes.
func (m *move) time(way Cost) instant {
	far := magnitude(int64(way))
	if m.rate == 0 {
		return instant(far << instantBits / uint64(m.drift>>rateBits))
	}
	gone := scaled(far*uint64(m.rate), whole, magnitude(m.drift))
	t := scaled(decayed(whole-min(gone, whole)), 1<<(rateBits+instantBits-decayBits), uint64(m.rate))
	return instant(min(t, 1<<48))
}

// nats is rate * t in parts of 2^-32.
func nats(rate int64, t instant) uint64 {
	return product(uint64(rate), uint64(t), rateBits+instantBits-decayBits)
}

// rounded is x / 2^bits, where that is below 2^31.
func rounded(x uint64, bits uint) int64 { return int64((min(x, 1<<63) + 1<<(bits-1)) >> bits) }

func magnitude(x int64) uint64 { return uint64(max(x, -x)) }
