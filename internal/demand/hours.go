package demand

import "sort"

// Hours are shares of a day's journeys by the clock hour in which they begin.
type Hours [24]float64

// NamedHours is a course of the day that an event file may call by name.
type NamedHours struct {
	Name   string
	Hours  Hours
	Kind   string // a basis.Kind
	Source string
}

const railHours = "Metro do Porto, validations by hour of September 2022 to September 2023 (TIP), mean of "

// NamedDays are the courses of the day known by name.
func NamedDays() []NamedHours {
	return []NamedHours{
		{"working_day", Hours{
			.0064, .0005, 0, 0, .0001, .0021, .022, .0678, .0901, .0624, .0499, .0469,
			.0518, .0633, .0591, .062, .0745, .1007, .0968, .0588, .0322, .0202, .0173, .0151,
		}, "computed", railHours + "282 days from Monday to Friday"},
		{"saturday", Hours{
			.0196, .0042, .002, .0015, .0013, .0035, .0163, .0298, .0456, .058, .0638, .0639,
			.0599, .0621, .0696, .0743, .074, .0768, .0731, .0635, .0457, .0329, .0302, .0284,
		}, "computed", railHours + "57 Saturdays"},
		{"sunday", Hours{
			.0246, .0032, .0007, .0002, .0002, .003, .014, .0223, .0329, .0481, .0564, .0595,
			.0588, .061, .0724, .0815, .0814, .0828, .0787, .0702, .0542, .0371, .0311, .0257,
		}, "computed", railHours + "56 Sundays"},
	}
}

// FindDay is the course of the day with a name.
func FindDay(name string) (NamedHours, bool) {
	for _, n := range NamedDays() {
		if n.Name == name {
			return n, true
		}
	}
	return NamedHours{}, false
}

// HoursOf are the shares of counts by hour; false where nothing was counted.
func HoursOf(counts [24]uint32) (Hours, bool) {
	total := 0.0
	for _, n := range counts {
		total += float64(n)
	}
	var h Hours
	if total == 0 {
		return h, false
	}
	for i, n := range counts {
		h[i] = float64(n) / total
	}
	return h, true
}

// split parts a number in proportion to weights, whole numbers only: what
// rounding down leaves goes to the largest fractions, of equals to the first.
func split(total uint32, weights []float64) []uint32 {
	parts, rest := make([]uint32, len(weights)), make([]float64, len(weights))
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	if sum <= 0 {
		return parts
	}
	left, order := total, make([]int, len(weights))
	for i, w := range weights {
		exact := float64(float64(total)*w) / sum
		parts[i] = min(uint32(exact), left)
		rest[i], order[i], left = exact-float64(parts[i]), i, left-parts[i]
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]] > rest[order[b]] })
	for i := 0; left > 0; i = (i + 1) % len(order) {
		if weights[order[i]] > 0 {
			parts[order[i]]++
			left--
		}
	}
	return parts
}
