package headway

import "github.com/qala-city/qala/internal/transit"

// Abreast is how many destinations Backs takes side by side.
const Abreast = 8

// Backs is Back towards several destinations: at are the prices of standing at
// the stop at a time, past those a gap earlier. Line i costs price[line[i]], and
// comes at that time already. Where at is Never it becomes what Back says of the time itself.
func (s *Streams) Backs(line []uint32, price [][Abreast]Cost, at, past *[Abreast]Cost, time, gap transit.Seconds, wait Cost) {
	b := s.abreast(time, gap)
	for k := range at {
		if at[k] < Never && b.steady {
			m := s.toward(line, price, k, at[k], wait)
			if v, ok := b.back(&m, at[k]); ok {
				past[k] = v
				continue
			}
		}
		var scratch [some]Cost
		prices := lane(line, price, k, scratch[:0])
		at[k] = s.Back(at[k], time, 0, wait, prices)
		past[k] = s.Back(at[k], time, gap, wait, prices)
	}
}

// Outlooks are outlooks towards several destinations.
type Outlooks struct {
	Price         *[Abreast]Cost
	Later, Unsure *[Abreast]transit.Seconds
}

func (o *Outlooks) one(k int) Outlook { return Outlook{o.Price[k], o.Later[k], o.Unsure[k]} }

func (o *Outlooks) put(k int, one Outlook) {
	o.Price[k], o.Later[k], o.Unsure[k] = one.Price, one.Later, one.Unsure
}

// Outlooks is Backs with its times; ride is by line, as price.
func (s *Streams) Outlooks(line []uint32, price [][Abreast]Cost, ride [][Abreast]transit.Seconds, at, past Outlooks, time, gap transit.Seconds, wait Cost) {
	b := s.abreast(time, gap)
	for k := range Abreast {
		o := at.one(k)
		if o.Price < Never && b.steady {
			m := s.toward(line, price, k, o.Price, wait)
			if v, ok := b.back(&m, o.Price); ok {
				t := taken{m.rate, s.riding(line, price, ride, k, o.Price, m.drift >= 0)}
				b.times(&t, &o)
				o.Price = v
				past.put(k, o)
				continue
			}
		}
		var scratch [some]Cost
		var scratches [some]transit.Seconds
		prices, rides := lane(line, price, k, scratch[:0]), lane(line, ride, k, scratches[:0])
		o = s.Outlook(o, time, 0, wait, prices, rides)
		at.put(k, o)
		past.put(k, s.Outlook(o, time, gap, wait, prices, rides))
	}
}

// some lines stop at most stops.
const some = 16

// lane puts what lines have for one destination side by side.
func lane[T any](line []uint32, column [][Abreast]T, k int, out []T) []T {
	for _, l := range line {
		out = append(out, column[l][k])
	}
	return out
}

// riding are the rides of the lines that are taken, weighed by their rates.
func (s *Streams) riding(line []uint32, price [][Abreast]Cost, ride [][Abreast]transit.Seconds, k int, v Cost, level bool) int64 {
	sum := int64(0)
	for i, l := range line {
		if p := price[l][k]; p < v || p == v && level {
			sum += int64(s.Rate[i]) * int64(ride[l][k])
		}
	}
	return sum
}

// toward is moving for one of several destinations, where all lines come.
func (s *Streams) toward(line []uint32, price [][Abreast]Cost, k int, v, wait Cost) move {
	m := move{drift: int64(wait) << rateBits}
	below, level, lower, upper := int64(0), int64(0), -Never, Never
	for i, l := range line {
		p := price[l][k]
		if p >= Never || below+level >= rateMost {
			continue
		}
		switch rate := int64(s.Rate[i]); {
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

// abreast is what destinations side by side share: the gap, and how much of a
// way the lines that were attractive to the last of them go in it.
type abreast struct {
	steady bool // all lines come during all of the gap
	gap    instant
	rate   int64
	gone   uint64
}

func (s *Streams) abreast(time, gap transit.Seconds) abreast {
	b := abreast{steady: gap >= 0, gap: instantOf(gap)}
	for _, since := range s.Since {
		b.steady = b.steady && since <= time-gap
	}
	return b
}

// part is how much of their way lines with a rate go in the gap.
func (b *abreast) part(rate int64) uint64 {
	if b.rate != rate {
		b.rate, b.gone = rate, whole-decay(nats(rate, b.gap))
	}
	return b.gone
}

// back moves a price back over the gap where that is one move; ok is false where it is not.
func (b *abreast) back(m *move, v Cost) (past Cost, ok bool) {
	if m.rate > 0 && int64(magnitude(m.drift)) < m.rate/2 {
		return v, true // it is where it ends
	}
	there := int64(v)
	if m.rate == 0 {
		there += m.after(b.gap)
	} else {
		there += m.part(b.part(m.rate))
	}
	if m.drift >= 0 && there > int64(m.bound) || m.drift < 0 && there < int64(m.bound) {
		return 0, false
	}
	return min(Cost(there), Never), true
}

// times moves the times of an outlook back over the gap.
func (b *abreast) times(t *taken, o *Outlook) {
	if t.rate == 0 {
		t.back(o, b.gap)
		return
	}
	t.part(o, b.part(t.rate))
}
