package eventfile

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/plainyaml"
)

// estimate is a number that may be a map: its most likely value, the middle,
// with low and high beside it, or with a spread, a share either way.
func estimate(s plainyaml.Spot, middle func(plainyaml.Spot) float64, least, most float64) (float64, demand.Span) {
	if !s.IsMap() {
		return middle(s), demand.Span{}
	}
	before := s.Mistakes()
	o := s.Object("low", "middle", "high", "spread")
	value, spread := middle(o.Need("middle")), o.May("spread")
	if spread.Present() {
		if o.May("low").Present() || o.May("high").Present() {
			spread.Refuse(codeSpanTwice)
		}
		part := spread.Number(0, 1)
		return value, demand.Span{Low: max(least, float64(value*(1-part))), High: min(most, float64(value*(1+part)))}
	}
	span := demand.Span{Low: o.Need("low").Number(least, most), High: o.Need("high").Number(least, most)}
	if s.Mistakes() == before && (span.Low > value || value > span.High) {
		o.Need("middle").Refuse(codeSpanOrder, "low", plain(span.Low), "high", plain(span.High))
	}
	return value, span
}

// people is an estimate of whole people.
func people(s plainyaml.Spot) (uint32, demand.Span) {
	whole := func(at plainyaml.Spot) float64 { return float64(at.Whole(1, mostPeople)) }
	middle, span := estimate(s, whole, 1, mostPeople)
	return uint32(middle), span
}

// share is an estimate of a share.
func share(s plainyaml.Spot) (float64, demand.Span) {
	return estimate(s, func(at plainyaml.Spot) float64 { return at.Number(0, 1) }, 0, 1)
}
