package station

import (
	"slices"

	"github.com/qala-city/qala/internal/basis"
)

// Usual is a value that is taken where nobody states one.
type Usual struct {
	ID     string // "assumption." + ID is its name in the catalogue
	Value  float64
	Unit   string
	Kind   basis.Kind
	Source string
}

const (
	gb50157 = "GB 50157, code for design of metro"
	weidman = "U. Weidmann, Transporttechnik der Fussgänger, ETH Zürich 1993"
)

// The usual values. Rates by the meter are of the width.
var (
	GateRate         = Usual{"gate_rate", 25, "people/min", basis.Standard, "London Underground, station planning: a ticket gate"}
	DoorRate         = Usual{"door_rate", 1.33 * 60, "people/min/m", basis.Fact, "IMO MSC.1/Circ.1533: 1.33 people a second and meter at most"}
	StairsRate       = Usual{"stairs_rate", 3200, "people/h/m", basis.Standard, gb50157 + ": both directions mixed"}
	StairsUpRate     = Usual{"stairs_up_rate", 3700, "people/h/m", basis.Standard, gb50157 + ": upwards"}
	StairsDownRate   = Usual{"stairs_down_rate", 4200, "people/h/m", basis.Standard, gb50157 + ": downwards"}
	EscalatorRate    = Usual{"escalator_rate", 6720, "people/h", basis.Standard, gb50157 + ": 1 m wide, 0.5 m/s"}
	PassageRate      = Usual{"passage_rate", 4000, "people/h/m", basis.Standard, gb50157 + ": both directions mixed"}
	PassageOneRate   = Usual{"passage_one_way_rate", 5000, "people/h/m", basis.Standard, gb50157 + ": one direction"}
	LiftRate         = Usual{"lift_rate", 10, "people/min", basis.Assumption, "a cabin of ten that comes once a minute"}
	LiftTime         = Usual{"lift_time", 30, "s", basis.Assumption, "wait and ride together"}
	StairsSpeed      = Usual{"stairs_speed", .65, "m/s", basis.Computed, weidman + ": the mean of up and down, along the ground"}
	StairsUpSpeed    = Usual{"stairs_up_speed", .61, "m/s", basis.Fact, weidman + ": along the ground"}
	StairsDownSpeed  = Usual{"stairs_down_speed", .69, "m/s", basis.Fact, weidman + ": along the ground"}
	EscalatorSpeed   = Usual{"escalator_speed", .5, "m/s", basis.Standard, gb50157}
	StepDepth        = Usual{"step_depth", .3, "m", basis.Assumption, "along the ground, of a step of stairs that are counted and not measured"}
	GatesInARow      = Usual{"gates_in_a_row", 4, "gates", basis.Assumption, "GTFS tells where ticket gates are and not how many"}
	StandingDensity  = Usual{"standing_density", 3.3, "people/m2", basis.Standard, "level of service D of a queue ends at 0.3 m2 a person (Fruin)"}
	SteepestStepFree = Usual{"steepest_ramp", 1.0 / 12, "", basis.Standard, "ISO 21542: ramps of at most 1 in 12"}
)

// Used remembers which usual values were taken.
type Used struct{ taken []Usual }

// Take is the value, remembered.
func (u *Used) Take(v Usual) float64 {
	if !slices.ContainsFunc(u.taken, func(t Usual) bool { return t.ID == v.ID }) {
		u.taken = append(u.taken, v)
	}
	return v.Value
}

// All are the values taken, by id.
func (u *Used) All() []Usual {
	sorted := slices.Clone(u.taken)
	slices.SortFunc(sorted, func(a, b Usual) int {
		switch {
		case a.ID < b.ID:
			return -1
		case a.ID > b.ID:
			return 1
		}
		return 0
	})
	return sorted
}
