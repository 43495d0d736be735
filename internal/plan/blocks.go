package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// lateStart is how late a vehicle must be for its next trip to be told.
const lateStart = transit.Minute

// blocks tells which vehicles carried lateness from one trip to the next.
func (d *day) blocks() evaluation.Blocks {
	out := evaluation.Blocks{Late: []evaluation.Block{}}
	chains := d.problem.Model.Blocks
	if chains == nil {
		return out
	}
	out.Named, out.Inferred = chains.Named, chains.Guessed
	for trip := range chains.Before {
		if chains.Before[trip] != block.None {
			continue
		}
		if b := d.block(chains, transit.Dated(trip)); b.Late > 0 {
			out.Late = append(out.Late, b)
		}
	}
	slices.SortFunc(out.Late, func(a, b evaluation.Block) int {
		return cmp.Or(cmp.Compare(b.MaxStart, a.MaxStart), cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// block follows a vehicle from its first trip on.
func (d *day) block(chains *block.Blocks, first transit.Dated) evaluation.Block {
	tt, day := d.net.Timetable, d.problem.Day
	out := evaluation.Block{ID: string(tt.Trips.Block[day.Trip[first]])}
	for trip := first; trip != block.None; trip = chains.Next[trip] {
		route := string(tt.Routes.ID[tt.RouteOf(day.Trip[trip])])
		if !slices.Contains(out.Routes, route) {
			out.Routes = append(out.Routes, route)
		}
		out.Trips++
		out.Inferred = out.Inferred || chains.Inferred[trip]
		if before := chains.Before[trip]; before != block.None {
			d.start(&out, trip, d.outcome.Arrive[day.First[before+1]-1]+chains.Turn[before])
		}
	}
	if out.ID == "" || out.Inferred {
		out.ID = string(tt.Trips.ID[day.Trip[first]])
	}
	return out
}

// start notes a trip whose vehicle was ready for it at a time only.
func (d *day) start(b *evaluation.Block, trip transit.Dated, ready transit.Seconds) {
	day := d.problem.Day
	v := transit.Visit(day.First[trip])
	if ready-day.Depart[v] < lateStart || !day.Within(day.Depart[v]) {
		return
	}
	b.Late++
	if late := d.late(v); late > b.MaxStart {
		b.MaxStart, b.At = late, int(d.outcome.Depart[v])
	}
}
