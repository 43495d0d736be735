package demand

import "math"

// Span is what a number may be besides its most likely value, the middle: at
// least Low, at most High. The zero Span is a number that is taken as it stands.
type Span struct{ Low, High float64 }

// Given reports whether the number may differ from its middle.
func (s Span) Given() bool { return s.High > s.Low }

// At is the value below which a part of all cases lies, 0..1: the quantile of
// the triangle with its corners at Low, middle and High.
func (s Span) At(part, middle float64) float64 {
	width := s.High - s.Low
	if width <= 0 {
		return middle
	}
	rising, falling := float64(middle-s.Low), float64(s.High-middle)
	if part < s.Below(middle) {
		return s.Low + math.Sqrt(float64(float64(part*width)*rising))
	}
	return s.High - math.Sqrt(float64(float64((1-part)*width)*falling))
}

// Below is the part of all cases in which the number is less than its middle.
func (s Span) Below(middle float64) float64 {
	if !s.Given() {
		return 0
	}
	return float64(middle-s.Low) / (s.High - s.Low)
}
