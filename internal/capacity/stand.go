package capacity

import "github.com/qala-city/qala/internal/transit"

// Stand is a bus stop where several vehicles may load, with what the TCQSM
// gives for it where nobody measured.
type Stand struct {
	Areas     int             // loading areas, one behind the other
	Clearance transit.Seconds // from one vehicle's doors closing until the next can open its own
	Variation float64         // standard deviation of the dwell over its mean
	Failure   float64         // share of vehicles, 0..1, that find no free area
	Green     float64         // share of the time in which vehicles can leave; 1 without a signal
}

// DefaultStand has one loading area away from signals: clearance 10 to 15 s,
// variation .6, failure 7.5% (TCQSM).
var DefaultStand = Stand{Areas: 1, Clearance: 12, Variation: .6, Failure: .075, Green: 1}

// effective is what loading areas in a row are worth together, by their number,
// in hundredths: who stands behind is held by who stands ahead (TCQSM).
var effective = [...]int{0, 100, 175, 245, 265, 275}

// EffectiveAreas is what so many loading areas in a row are worth, in hundredths
// of one. A sixth adds nothing.
func EffectiveAreas(areas int) int { return effective[max(min(areas, len(effective)-1), 0)] }

// failures are the standard normal deviates that a share of failures leaves to its right (TCQSM).
var failures = []struct{ share, z float64 }{
	{.01, 2.33}, {.025, 1.96}, {.05, 1.645}, {.075, 1.44}, {.10, 1.28}, {.15, 1.04}, {.20, .84}, {.25, .675}, {.30, .525}, {.50, 0},
}

// Deviate is how many standard deviations above its mean a dwell may be planned
// to last for a share of failures, between the rows of the TCQSM by straight lines.
func Deviate(failure float64) float64 {
	if failure <= failures[0].share {
		return failures[0].z
	}
	for i := 1; i < len(failures); i++ {
		a, b := failures[i-1], failures[i]
		if failure <= b.share {
			return a.z + float64(float64(failure-a.share)/float64(b.share-a.share)*float64(b.z-a.z))
		}
	}
	return 0
}

// PerHour is how many vehicles an hour the stand takes when one stands for dwell
// milliseconds on average (TCQSM):
//
//	3600 g / (clearance + g dwell + Z variation dwell) * effective areas
func (s Stand) PerHour(dwell int) int {
	mean := float64(dwell) / 1000
	margin := float64(float64(Deviate(s.Failure)*s.Variation) * mean)
	each := float64(s.Clearance) + float64(s.Green*mean) + margin
	if each <= 0 {
		return 0
	}
	return int(float64(float64(3600*s.Green)*float64(EffectiveAreas(s.Areas))) / float64(100*each))
}
