package osm

import (
	"math/rand/v2"
	"testing"

	"github.com/qala-city/qala/internal/street"
)

func hierarchy(t testing.TB, p *street.Paced) *street.Hierarchy {
	t.Helper()
	h, err := p.Hierarchy()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func BenchmarkPortoHierarchy(b *testing.B) {
	m, _ := city(b, porto)
	p := m.Streets.Walked(pace)
	for b.Loop() {
		hierarchy(b, p)
	}
}

// Any two places of the city.
func BenchmarkPortoBetween(b *testing.B) {
	m, _ := city(b, porto)
	spots := randomSpots(m.Streets, rand.New(rand.NewPCG(1, 2)), 4096)
	c := hierarchy(b, m.Streets.Walked(pace)).Climb()
	asked := 0
	for b.Loop() {
		c.Time(spots[asked%4096], spots[(asked*7+1)%4096])
		asked++
	}
	b.ReportMetric(float64(c.Settled())/float64(asked), "labels/op")
}

func BenchmarkPortoToAll(b *testing.B) {
	m, _ := city(b, porto)
	spots := randomSpots(m.Streets, rand.New(rand.NewPCG(1, 2)), 4096)
	c := hierarchy(b, m.Streets.Walked(pace)).Climb()
	asked := 0
	for b.Loop() {
		c.ToAll(spots[asked%4096])
		asked++
	}
	b.ReportMetric(float64(c.Settled())/float64(asked), "labels/op")
}
