package journey

import "fmt"

// CaughtAfter tells what can be caught where an event's ride ends, and by which links.
func (f *Footing) CaughtAfter(e Event) string {
	from, to := f.first[e], f.first[e+1]
	parts := f.parts
	if f.promises != nil {
		parts = parts[from:to]
	}
	return fmt.Sprint(f.of(e), f.links[from:to], parts)
}

// Linked is how many events there are, and the first that is linked.
func (f *Footing) Linked() (events int, begin Event) { return len(f.first) - 1, f.begin }

// Nothing is what CaughtAfter tells where nothing is caught.
func (f *Footing) Nothing() string { return fmt.Sprint([]catch{}, []uint32{}, f.parts[:0]) }
