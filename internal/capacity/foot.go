package capacity

import "github.com/qala-city/qala/internal/exact"

// FootLaw is how a crowd slows down that walks one way (Weidmann 1993): at a
// density of d people a square meter the speed is
//
//	free speed * (1 - exp(-Shape * (1/d - 1/Jam)))
type FootLaw struct {
	Shape float64 // people per square meter
	Jam   float64 // at this density nobody moves
	Best  float64 // at this density most people get through
	Flow  float64 // the largest flow per meter of width, over the free speed: people per square meter
}

// The laws of level ground and of steps. On level ground, at FreeSpeed, 1.2249
// people get through a second and meter, at 1.7507 a square meter. On steps
// people walk closer: the constant is the one that gives Weidmann's .85 a second
// and meter at .61 m/s, upwards; with his .69 m/s downwards it gives .96 for his .98.
var (
	Level = FootLaw{Shape: 1.913, Jam: 5.4, Best: 1.7507, Flow: .914118}
	Steps = FootLaw{Shape: 3.722, Jam: 5.4, Best: 2.2259, Flow: 1.392892}
)

// FreeSpeed is how fast somebody walks on level ground whom nobody hinders, in
// meters per second (Weidmann 1993).
const FreeSpeed = 1.34

// Share is the part of the free speed that is left at a density, 0..1.
func (l FootLaw) Share(density float64) float64 {
	switch {
	case density <= 0:
		return 1
	case density >= l.Jam:
		return 0
	}
	return 1 - exact.Decay(float64(l.Shape*float64(1/density-1/l.Jam)))
}

// PerSecond is how many people get through a width of meters at most.
func (l FootLaw) PerSecond(freeSpeed, width float64) float64 {
	return float64(float64(l.Flow*freeSpeed) * width)
}
