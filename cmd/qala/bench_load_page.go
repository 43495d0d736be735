package main

import (
	"bytes"
	"fmt"
	"runtime"

	"github.com/qala-city/qala/internal/grid"
)

// known reports whether a case is one that others were measured by.
func (t *timing) known(o *loadOrder) bool {
	return o.city == "" && o.streets == grid.Full && o.people == 0
}

// against is another engine's figure, and how many times faster this one is.
func against(theirs, ours float64) string {
	if theirs == 0 {
		return " | "
	}
	return fmt.Sprintf("%g s | %.1fx", theirs, theirs/ours)
}

// row is a line of the table.
func (t *timing) row(o *loadOrder) string {
	kit, spike := t.of.kit, t.of.spike
	if !t.known(o) {
		kit, spike = 0, 0
	}
	return fmt.Sprintf("| %s | %d | %.2f s | %.3f s | %.3f s | %.3f s | **%.3f s** | %d MB | %s | %s |",
		t.of.name, t.of.people, t.Build, t.Pricing, t.Choice, t.Loading, t.All, t.memory>>20, against(kit, t.All), against(spike, t.All))
}

// counts is a line of the table of work.
func (t *timing) counts() string {
	return fmt.Sprintf("| %s | %d | %d | %d | %.2f | %d | %d | %d | %d | %d | %s |", t.of.name, t.Work.Destinations, t.Work.Scanned, t.Work.Weighed,
		t.Pricing*1e9/float64(max(t.Work.Scanned, 1)), t.Work.Joins, t.Work.Boardings, t.Denied, t.Arrived, t.Stranded, t.Answer)
}

func loadPage(o *loadOrder, all []timing) []byte {
	var page bytes.Buffer
	fmt.Fprintf(&page, "## Loading a crowd\n\n`qala bench load`, on %s, %s/%s, %s, %d at work. Seconds are those of processors (the machine is shared),\n"+
		"medians of %d rounds: pricing is measured with one traveller a destination, choice is what all of them take more, loading is the rest; the sum is measured\n"+
		"by itself. Build is left out of it, as in the figures beside: KIT's ConnectionBasedAssignment, which knows no room, and the spike, which gave room by line.\n\n",
		o.place(), runtime.GOOS, runtime.GOARCH, runtime.Version(), o.workers, o.rounds)
	page.WriteString("| case | people | build | pricing | choice | loading | sum | peak memory | KIT | | spike | |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for i := range all {
		fmt.Fprintln(&page, all[i].row(o))
	}
	page.WriteString("\n| case | destinations | departures priced | ways weighed | ns to price one | queues joined | boardings | left behind | arrived | stranded | answer |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n")
	for i := range all {
		fmt.Fprintln(&page, all[i].counts())
	}
	return page.Bytes()
}

// place says what is measured.
func (o *loadOrder) place() string {
	if o.city != "" {
		return o.city
	}
	c := grid.City{Streets: o.streets}.Counts()
	return fmt.Sprintf("a grid of %d streets each way: %d stops, %d trips, %d connections, %d footpaths, %d zones; vehicles take %d",
		o.streets, c.Stops, c.Trips, c.Connections, c.Footpaths, c.Zones, o.room)
}
