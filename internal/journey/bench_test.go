package journey_test

import (
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// report tells the work of one query beside its time.
func report(b *testing.B, s *journey.Search) {
	b.ReportMetric(float64(s.Work.Scanned)/float64(b.N), "scanned/op")
	b.ReportMetric(float64(s.Work.Relaxed)/float64(b.N), "relaxed/op")
}

func BenchmarkPortoIndex(b *testing.B) {
	c := porto(b)
	for b.Loop() {
		journey.NewIndex(c.net, c.day, demand.Ordinary)
	}
}

func BenchmarkPortoEarliestArrival(b *testing.B) {
	c := porto(b)
	s := journey.NewIndex(c.net, c.day, demand.Ordinary).Search()
	found, n := 0, 0
	for b.Loop() {
		from, to, leave := c.ask(n)
		if _, ok := s.EarliestArrival(journey.Query{From: journey.AtPlace(from), To: journey.AtPlace(to), Leave: leave}); ok {
			found++
		}
		n++
	}
	report(b, s)
	b.ReportMetric(float64(found)/float64(b.N), "found/op")
}

func BenchmarkPortoArriveBy(b *testing.B) {
	c := porto(b)
	s := journey.NewIndex(c.net, c.day, demand.Ordinary).Search()
	n := 0
	for b.Loop() {
		from, to, by := c.ask(n)
		s.ArriveBy(journey.Query{From: journey.AtPlace(from), To: journey.AtPlace(to), By: by})
		n++
	}
	report(b, s)
}

func BenchmarkPortoOneToMany(b *testing.B) {
	c := porto(b)
	s := journey.NewIndex(c.net, c.day, demand.Ordinary).Search()
	n := 0
	for b.Loop() {
		from, _, leave := c.ask(n)
		s.OneToMany(journey.Query{From: journey.AtPlace(from), Leave: leave}, 28*transit.Hour)
		n++
	}
	report(b, s)
}

// Two hours of departures of one pair.
func BenchmarkPortoProfile(b *testing.B) {
	c := porto(b)
	s := journey.NewIndex(c.net, c.day, demand.Ordinary).Search()
	n := 0
	for b.Loop() {
		from, to, leave := c.ask(n)
		s.Profile(journey.Query{From: journey.AtPlace(from), To: journey.AtPlace(to)}, journey.Window{From: leave, Until: leave + 2*transit.Hour})
		n++
	}
	report(b, s)
}

// The whole day from everywhere to one place, by number of boardings.
func BenchmarkPortoToward(b *testing.B) {
	c := porto(b)
	s := journey.NewIndex(c.net, c.day, demand.Ordinary).Search()
	n := 0
	for b.Loop() {
		_, to, _ := c.ask(n)
		s.Toward(journey.AtPlace(to), 0)
		n++
	}
	report(b, s)
}

func BenchmarkPortoAlternatives(b *testing.B) {
	c := porto(b)
	s := journey.NewIndex(c.net, c.day, demand.Ordinary).Search()
	n := 0
	for b.Loop() {
		from, to, leave := c.ask(n)
		s.Alternatives(journey.Query{From: journey.AtPlace(from), To: journey.AtPlace(to), Leave: leave}, 4, journey.DefaultWeights)
		n++
	}
	report(b, s)
}
