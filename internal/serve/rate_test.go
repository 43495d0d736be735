package serve

import (
	"testing"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/station"
)

// Five gates of 2 s a person let 9,000 an hour through; a door of a meter 4,788
// (1.33 a second); the two in one the lower; stairs of a meter at .61 m/s 3,060
// (.85 a second); a passage of which the width is not known everybody.
func TestPerHourIsWhatTheLawsSay(t *testing.T) {
	f := station.Facilities{
		ID: []string{"gates", "door", "both", "stairs", "way"}, Kind: []station.Kind{station.Gate, station.Door, station.Door, station.Stairs, station.Passage},
		Channels: []uint32{5, 0, 5, 0, 0}, Service: []uint32{2000, 0, 2000, 0, 0}, Variation: make([]uint8, 5),
		Length: []float32{0, 0, 0, 10, 10}, Width: []float32{0, 1, 1, 1, 0}, Speed: []float32{0, 0, 0, .61, 0},
	}
	s := New(&f, draw.Seed(1))
	for i, want := range []int{9000, 4787, 4787, 3058, 0} {
		if got := s.PerHour(station.Facility(i)); got < want || got > want+2 {
			t.Errorf("%s: %d an hour, want %d", f.ID[i], got, want)
		}
	}
}
