package assign

import (
	"math"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// gumbel holds quantiles of the Gumbel distribution with scale 1, in
// thousandths, at the middles of its equal parts. A table of whole numbers
// makes the draws the same on every architecture.
var gumbel = gumbelTable()

const gumbelParts = 1024

func gumbelTable() [gumbelParts]int32 {
	var table [gumbelParts]int32
	for i := range table {
		u := (float64(i) + 0.5) / gumbelParts
		table[i] = int32(math.Round(-math.Log(-math.Log(u)) * 1000))
	}
	return table
}

// taste is how much dearer (or cheaper) a traveller finds an option than its
// price says. The same traveller finds the same of the same option in every
// scenario.
func (p *Problem) taste(traveller int, option uint64) journey.Cost {
	if p.Weights.Spread == 0 {
		return 0
	}
	drawn := p.Seed.For(p.Travellers.Key[traveller]).Below(option, gumbelParts)
	return -journey.Cost(int64(gumbel[drawn]) * int64(journey.Ride.Of(p.Weights.Spread)) / 1000)
}

// footOption is the option of walking all the way; the others are boarding places.
const footOption = uint64(1) << 40

func stopOption(s transit.Stop) uint64 { return uint64(s) }
