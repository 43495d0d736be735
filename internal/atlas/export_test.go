package atlas

import "github.com/paulmach/orb"

// Meets is Box.meets.
func Meets(b Box, shape orb.Geometry) bool { return b.meets(shape) }

var Units = units
