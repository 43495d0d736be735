// Package comparison tells what is different from one outcome to another: of the
// crowds, of the stops, and of each line in each quarter of an hour.
package comparison

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
)

// Comparison is the difference of two outcomes. Moments are seconds after the start of
// the horizon, -1 for never.
type Comparison struct {
	// Doubts say why the two can be compared in part only: other_event, other_network,
	// other_horizon, other_seed, other_people.
	Doubts   []string `json:"doubts" nullable:"false"`
	Totals   []Total  `json:"totals" nullable:"false"`
	Crowds   []Crowd  `json:"crowds" nullable:"false"`
	Stops    []Stop   `json:"stops" nullable:"false"` // the largest difference first
	Lines    []Line   `json:"lines" nullable:"false"`
	RedGone  int      `json:"red_gone"` // cells that were red before and are not now
	RedAdded int      `json:"red_added"`
}

// Pair is a number before and after.
type Pair struct {
	Before int `json:"before"`
	After  int `json:"after"`
}

// Total is one sum over all people.
type Total struct {
	Name string `json:"name"`
	Pair
}

// Crowd compares who came to, or left, a session.
type Crowd struct {
	Session    int     `json:"session"`
	Way        string  `json:"way"`
	People     Pair    `json:"people"`
	Stranded   Pair    `json:"stranded"`
	LeftBehind Pair    `json:"left_behind"`
	Clear      []Clear `json:"clear" nullable:"false"`
	WaitP50    Pair    `json:"wait_p50_seconds"`
	WaitP90    Pair    `json:"wait_p90_seconds"`
}

// Clear is when a share of a crowd was away, or at the gates.
type Clear struct {
	Percent int `json:"percent"`
	Pair
}

// Stop compares what happened at a stop.
type Stop struct {
	ID       string      `json:"id"`
	Names    label.Names `json:"names"`
	MaxQueue Pair        `json:"max_queue"`
	MaxWait  Pair        `json:"max_wait_seconds"`
	Denied   Pair        `json:"denied"`
	Stranded Pair        `json:"stranded"`
}

// Line compares a line's cells that were red in either outcome.
type Line struct {
	Route     string      `json:"route"`
	Names     label.Names `json:"names"`
	Direction int         `json:"direction"`
	Cells     []Cell      `json:"cells" nullable:"false"`
}

// Cell compares demand and capacity of a quarter of an hour.
type Cell struct {
	Bin      int  `json:"bin"`
	Demand   Pair `json:"demand"`
	Capacity Pair `json:"capacity"`
	Red      Pair `json:"red"` // 1 for a red cell
}

// Of compares two outcomes of one event's day.
func Of(before, after *evaluation.Evaluation) Comparison {
	c := Comparison{
		Doubts: doubts(before, after), Totals: totals(before, after), Crowds: crowds(before, after), Stops: stops(before, after), Lines: []Line{},
	}
	for _, line := range lines(before, after) {
		if len(line.Cells) > 0 {
			c.Lines = append(c.Lines, line)
		}
		for _, cell := range line.Cells {
			c.RedGone += max(cell.Red.Before-cell.Red.After, 0)
			c.RedAdded += max(cell.Red.After-cell.Red.Before, 0)
		}
	}
	return c
}

func doubts(a, b *evaluation.Evaluation) []string {
	out := []string{}
	for _, d := range []struct {
		name  string
		holds bool
	}{
		{"other_event", a.Event.ID != b.Event.ID || a.City.ID != b.City.ID},
		{"other_network", a.City.Network != b.City.Network},
		{"other_horizon", a.Horizon != b.Horizon},
		{"other_seed", a.Seed != b.Seed},
		{"other_people", a.Totals.Travellers != b.Totals.Travellers},
	} {
		if d.holds {
			out = append(out, d.name)
		}
	}
	return out
}

func totals(a, b *evaluation.Evaluation) []Total {
	x, y := a.Totals, b.Totals
	return []Total{
		{"travellers", Pair{x.Travellers, y.Travellers}},
		{"arrived", Pair{x.Arrived, y.Arrived}},
		{"walking", Pair{x.Walking, y.Walking}},
		{"stranded", Pair{x.Stranded, y.Stranded}},
		{"boardings", Pair{x.Boardings, y.Boardings}},
		{"denied", Pair{x.Denied, y.Denied}},
		{"left_behind", Pair{x.LeftBehind, y.LeftBehind}},
		{"replanned", Pair{x.Replanned, y.Replanned}},
	}
}

// crowds pairs those of the same session and way.
func crowds(a, b *evaluation.Evaluation) []Crowd {
	out := []Crowd{}
	for i := range a.Crowds {
		x := &a.Crowds[i]
		at := slices.IndexFunc(b.Crowds, func(y evaluation.Crowd) bool { return y.Session == x.Session && y.Way == x.Way })
		if at >= 0 {
			out = append(out, crowd(x, &b.Crowds[at]))
		}
	}
	return out
}

func crowd(x, y *evaluation.Crowd) Crowd {
	c := Crowd{
		Session: x.Session, Way: x.Way, People: Pair{x.People, y.People}, Stranded: Pair{x.Stranded, y.Stranded},
		LeftBehind: Pair{x.LeftBehind, y.LeftBehind}, Clear: []Clear{},
		WaitP50: Pair{x.Wait.P50, y.Wait.P50}, WaitP90: Pair{x.Wait.P90, y.Wait.P90},
	}
	for _, clear := range x.Clear {
		at := slices.IndexFunc(y.Clear, func(other evaluation.Clear) bool { return other.Percent == clear.Percent })
		if at >= 0 {
			c.Clear = append(c.Clear, Clear{clear.Percent, Pair{clear.At, y.Clear[at].At}})
		}
	}
	return c
}

// stops are those at which anything is different, the largest difference of queues first.
func stops(a, b *evaluation.Evaluation) []Stop {
	byID := map[string]*Stop{}
	for i := range a.Stops {
		s := &a.Stops[i]
		byID[s.ID] = &Stop{
			ID: s.ID, Names: s.Names, MaxQueue: Pair{Before: s.MaxQueue}, MaxWait: Pair{Before: s.MaxWait},
			Denied: Pair{Before: s.Denied}, Stranded: Pair{Before: s.Stranded},
		}
	}
	for i := range b.Stops {
		s := &b.Stops[i]
		if byID[s.ID] == nil {
			byID[s.ID] = &Stop{ID: s.ID, Names: s.Names}
		}
		d := byID[s.ID]
		d.MaxQueue.After, d.MaxWait.After, d.Denied.After, d.Stranded.After = s.MaxQueue, s.MaxWait, s.Denied, s.Stranded
	}
	out := []Stop{}
	for _, s := range byID {
		if s.MaxQueue.differ() || s.MaxWait.differ() || s.Denied.differ() || s.Stranded.differ() {
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(x, y Stop) int {
		return cmp.Or(cmp.Compare(y.MaxQueue.size(), x.MaxQueue.size()), cmp.Compare(y.Denied.size(), x.Denied.size()), cmp.Compare(x.ID, y.ID))
	})
	return out
}

func (p Pair) differ() bool { return p.Before != p.After }
func (p Pair) size() int    { return max(p.After-p.Before, p.Before-p.After) }

// lines are the lines of both with the cells that are red in either.
func lines(a, b *evaluation.Evaluation) []Line {
	type key struct {
		route     string
		direction int
	}
	var order []key
	found := map[key]*Line{}
	cells := map[key]map[int]*Cell{}
	take := func(e *evaluation.Evaluation, into func(c *Cell, demand, capacity, red int)) {
		for i := range e.Lines {
			l := &e.Lines[i]
			k := key{l.Route, l.Direction}
			if found[k] == nil {
				found[k] = &Line{Route: l.Route, Names: l.Names, Direction: l.Direction, Cells: []Cell{}}
				cells[k] = map[int]*Cell{}
				order = append(order, k)
			}
			for _, c := range l.Cells {
				if cells[k][c.Bin] == nil {
					cells[k][c.Bin] = &Cell{Bin: c.Bin}
				}
				red := 0
				if c.Red() {
					red = 1
				}
				into(cells[k][c.Bin], c.Demand(), c.Capacity, red)
			}
		}
	}
	take(a, func(c *Cell, demand, capacity, red int) {
		c.Demand.Before, c.Capacity.Before, c.Red.Before = demand, capacity, red
	})
	take(b, func(c *Cell, demand, capacity, red int) {
		c.Demand.After, c.Capacity.After, c.Red.After = demand, capacity, red
	})
	out := make([]Line, 0, len(order))
	for _, k := range order {
		for _, c := range cells[k] {
			if c.Red.Before+c.Red.After > 0 {
				found[k].Cells = append(found[k].Cells, *c)
			}
		}
		slices.SortFunc(found[k].Cells, func(x, y Cell) int { return cmp.Compare(x.Bin, y.Bin) })
		out = append(out, *found[k])
	}
	return out
}
