package plan

import (
	"strconv"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/transit"
)

// modelNumbers are the values of what is played of the day, with their origin.
func modelNumbers(m assign.Model) []basis.Number {
	out := dwellNumbers(m.Dwell)
	if m.Blocks != nil {
		out = append(out, blockNumbers(block.DefaultRules)...)
	}
	if m.Crowding {
		out = append(out, crowdingNumbers()...)
	}
	if m.Replan {
		out = append(out, basis.Number{
			ID: "replan", Value: strconv.Itoa(assign.StatedThoughts), Kind: basis.Assumption,
			Source: "so often at most on one journey somebody whom a full vehicle left behind takes another way; only who does not foresee queues, others came in spite of them; when nothing comes any more, everybody",
		})
	}
	return append(out, basis.Number{
		ID: "signs", Value: strconv.Itoa(100 / assign.StatedSigns), Unit: "%", Kind: basis.Assumption,
		Source: "who does not foresee queues follows the signs from a gate to the nearest stop from which the way costs at most so much more than the best",
	})
}

// dwellNumbers are how long vehicles stand.
func dwellNumbers(played bool) []basis.Number {
	if !played {
		return []basis.Number{{ID: "dwell", Kind: basis.Assumption, Source: "vehicles keep the timetable to the second, however many get on"}}
	}
	const room = "a working value; where the timetable gives a stop two times, they count"
	doorway := capacity.DoorwayOf(&transit.Vehicles{
		Doors: []uint32{2}, BoardTime: []float32{0}, AlightTime: []float32{0},
	}, 0)
	return []basis.Number{
		{ID: "dwell_dead", Value: seconds(doorway.Dead), Unit: "s", Kind: basis.Standard, Source: "TCQSM: doors take 2 to 5 s to open and close"},
		{ID: "dwell_boarding", Value: seconds(doorway.Board), Unit: "s", Kind: basis.Standard, Source: "TCQSM: a boarding and door with two doors and fares paid before; where the vehicle's own time is not stated"},
		{ID: "dwell_allowed", Value: strconv.Itoa(int(assign.StatedStand)), Unit: "s", Kind: basis.Assumption, Source: "of a run between two stops, and a third of it at most: so long a vehicle may stand and is not late; " + room},
		{ID: "dwell_first", Value: minutes(assign.StatedAhead), Unit: "min", Kind: basis.Assumption, Source: "a vehicle stands ready so long at its first stop"},
		{ID: "dwell_doors", Value: strconv.Itoa(assign.StatedPeopleADoor), Unit: "people", Kind: basis.Assumption, Source: "of a vehicle's room for each door, where its doors are not stated"},
	}
}

// blockNumbers are how the vehicles' next trips are told that no feed names.
func blockNumbers(r block.Rules) []basis.Number {
	return []basis.Number{
		{ID: "block_layover", Value: minutes(r.Layover), Unit: "min", Kind: basis.Assumption, Source: "least time between two trips of a vehicle, where its line states no turnback"},
		{ID: "block_longest", Value: minutes(r.Longest), Unit: "min", Kind: basis.Assumption, Source: "who waits longer for a next trip goes to the depot; so the blocks of New York's bus B63 and Seattle's Link are told best, with 76 and 82% of their links"},
		{ID: "block_reach", Value: strconv.Itoa(int(r.Reach)), Unit: "m", Kind: basis.Assumption, Source: "so far a vehicle goes empty from its last stop to its next first stop"},
	}
}

// crowdingNumbers are how much longer time on board feels in a full vehicle.
func crowdingNumbers() []basis.Number {
	const source = "how passengers in Hong Kong feel time on board, revealed by what they chose"
	const room = 1000
	seated, standing := capacity.Crowding(room, room, false), capacity.Crowding(room, room, true)
	return []basis.Number{
		{ID: "crowding_full", Value: thousandths(seated), Unit: "min/min", Kind: basis.Standard, Source: source},
		{ID: "crowding_standing", Value: thousandths(standing), Unit: "min/min", Kind: basis.Standard, Source: source},
	}
}

// seconds writes milliseconds, and thousandths a number of them, with the decimals that they need.
func seconds(milliseconds int) string { return thousandths(milliseconds) }

func thousandths(n int) string { return strconv.FormatFloat(float64(n)/1000, 'f', -1, 64) }

func minutes(s transit.Seconds) string {
	return strconv.FormatFloat(float64(s)/float64(transit.Minute), 'f', -1, 64)
}
