package headway

import "github.com/qala-city/qala/internal/transit"

// Outlook is what standing at a stop is worth, and what it makes of the time.
type Outlook struct {
	Price  Cost
	Later  transit.Seconds // until the destination, as expected
	Unsure transit.Seconds // of these, waiting for a vehicle whose minute nobody knows
}

// Outlook is Back with its times; o is the outlook at the time at. ride is by
// line how long it takes from boarding its vehicle to the destination.
func (s *Streams) Outlook(o Outlook, at, gap transit.Seconds, wait Cost, price []Cost, ride []transit.Seconds) Outlook {
	now, end := instantOf(at), instantOf(at-gap)
	if o.Price >= Never {
		if o.Price = s.settled(now, wait, price); o.Price < Never {
			t := s.taking(o.Price, now, false, price, ride)
			o.Later, o.Unsure = t.whole(), t.unsure()
		}
	}
	for now > end && o.Price < Never {
		m := s.moving(o.Price, now, wait, price)
		t := s.taking(o.Price, now, m.drift >= 0, price, ride)
		price, then := m.back(o.Price, now, max(end, m.until))
		t.back(&o, now-then)
		o.Price, now = price, then
	}
	o.Price = min(o.Price, Never)
	return o
}

// taken are the lines that somebody at a stop takes: their rate, and their
// rides weighed by their rates.
type taken struct{ rate, ride int64 }

func (s *Streams) taking(v Cost, now instant, level bool, price []Cost, ride []transit.Seconds) taken {
	t := taken{}
	for l, p := range price {
		if p >= Never || !s.comes(l, now) || t.rate >= rateMost || p > v || p == v && !level {
			continue
		}
		t.rate += int64(s.Rate[l])
		t.ride += int64(s.Rate[l]) * int64(ride[l])
	}
	return t
}

// unsure is the mean wait for the first of these lines.
func (t *taken) unsure() transit.Seconds {
	return transit.Seconds((1<<rateBits + t.rate/2) / max(t.rate, 1))
}

// whole is the mean time to the destination by them.
func (t *taken) whole() transit.Seconds {
	return transit.Seconds((1<<rateBits + t.ride + t.rate/2) / max(t.rate, 1))
}

// back moves the times of an outlook to an earlier moment.
func (t *taken) back(o *Outlook, by instant) {
	if t.rate == 0 {
		o.Later += transit.Seconds(rounded(uint64(by), instantBits))
		return
	}
	t.part(o, whole-decay(nats(t.rate, by)))
}

// part moves them by a part of their way.
func (t *taken) part(o *Outlook, gone uint64) {
	o.Later += part(t.whole()-o.Later, gone)
	o.Unsure += part(t.unsure()-o.Unsure, gone)
}

// part of some seconds, in parts of 2^-32.
func part(s transit.Seconds, gone uint64) transit.Seconds {
	way := rounded(magnitude(int64(s))*gone, decayBits)
	if s < 0 {
		way = -way
	}
	return transit.Seconds(way)
}
