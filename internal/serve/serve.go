// Package serve plays how people get through what they pass on foot, one
// facility after another: gates that serve one at a time, doors, stairs and
// passages where a crowd slows itself down. Package capacity holds the laws.
package serve

import (
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// Servers are all facilities of a run with the people in them. Its clock counts
// microseconds, so that 1.33 people a second stay 1.33 people a second.
type Servers struct {
	each []server
}

// second is one second of the servers' clock.
const second = 1_000_000

// New are the facilities with nobody there.
func New(f *station.Facilities, seed draw.Seed) *Servers {
	s := &Servers{each: make([]server, f.Len())}
	for i := range s.each {
		s.each[i] = newServer(f, station.Facility(i), seed)
	}
	return s
}

// Pass lets somebody come to a facility at a second; out is the second, rounded
// up, at which he is through. Calls must come in the order of time: who is said
// to come earlier than the one before him is taken to come with him. What he
// draws depends on the seed, his key and the facility alone.
func (s *Servers) Pass(f station.Facility, key uint64, at transit.Seconds) (out transit.Seconds) {
	return s.each[f].pass(key, at)
}

// Free is how long a facility takes when nobody else is there, rounded up.
func (s *Servers) Free(f station.Facility) transit.Seconds { return s.each[f].free() }

// Clone is a copy that goes on by itself.
func (s *Servers) Clone() *Servers {
	out := &Servers{each: make([]server, len(s.each))}
	for i := range s.each {
		out.each[i] = s.each[i].clone()
	}
	return out
}

// server is one facility: first people walk through it and slow each other down,
// then its channels serve, then comes what takes everybody the same, such as a
// ride on moving stairs.
type server struct {
	walk     walk
	channels channels
	ride     int64 // microseconds
	seed     draw.Seed
	last     transit.Seconds // when the one before came
	diary    diary
}

func newServer(f *station.Facilities, i station.Facility, seed draw.Seed) server {
	s := server{channels: newChannels(f, i), seed: seed.For(draw.Key("serve", f.ID[i])), last: earliest}
	s.walk, s.ride = newWalk(f, i)
	return s
}

// earliest lies before all that happens.
const earliest = transit.Seconds(-1 << 31)

func (s *server) pass(key uint64, at transit.Seconds) transit.Seconds {
	s.last = max(s.last, at)
	came := micros(s.last)
	entered, walked := s.walk.pass(came)
	started, done := s.channels.pass(s.seed.For(key), walked)
	out := seconds(done + s.ride)
	s.diary.queued(beforeWay, came, entered)
	s.diary.queued(beforeChannels, walked, started)
	held := entered > came || started > walked
	s.diary.passed(s.last, out, held, walked-came-s.walk.alone()+started-walked)
	return out
}

func (s *server) free() transit.Seconds { return seconds(s.walk.alone() + s.channels.mean + s.ride) }

func (s *server) clone() server {
	out := *s
	out.walk, out.channels, out.diary = s.walk.clone(), s.channels.clone(), s.diary.clone()
	return out
}

func micros(s transit.Seconds) int64 { return int64(s) * second }

// seconds is a time rounded up to whole seconds.
func seconds(micros int64) transit.Seconds {
	whole := micros / second
	if micros > whole*second {
		whole++
	}
	return transit.Seconds(min(whole, 1<<31-1))
}
