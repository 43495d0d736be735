package journey

import (
	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// expecting is what a scan knows of the lines without minutes: of each the
// vehicle that the timetable draws next. Nobody who waits knows when it comes.
type expecting struct {
	*promises
	comes []transit.Seconds // by slot: from when its line comes
	every []headway.Rate    // by slot
	price []costs           // by slot: boarding
	ride  []times           // by slot: from boarding to the destination; timed scans only

	// by event, as rows have them but to the hundredth: prices that move a little with every
	// second that nobody knows a vehicle's minute would stand still in whole seconds
	board []costs
	ends  []times // the second at which it is; timed scans only

	little, long column

	// scratch of one stop: the slots of its lines that come
	slots   []uint32
	streams headway.Streams
}

// column is what standing at stops is worth, for who waits a little or for who waits long.
type column struct {
	second Cost    // of waiting
	at     []costs // by event: just before it
	reach  []times // by event: when the destination is reached, as expected; timed scans only
	unsure []times // by event: of the time until then, waiting here for vehicles without minutes
	// the same when the time since of an event begins
	past   []costs
	later  []times
	before []times
}

func newColumn(second Cost, n int) column {
	return column{second, make([]costs, n), make([]times, n), make([]times, n), make([]costs, n), make([]times, n), make([]times, n)}
}

func newExpecting(p *Prices) *expecting {
	if p.promises == nil {
		return nil
	}
	slots, events := p.promises.first[len(p.promises.first)-1], len(p.steps)
	return &expecting{
		promises: p.promises, comes: make([]transit.Seconds, slots), every: make([]headway.Rate, slots),
		price: make([]costs, slots), ride: make([]times, slots), board: make([]costs, events), ends: make([]times, events),
		little: newColumn(p.weights.Wait, events), long: newColumn(Ride, events),
	}
}

// forget is before the last departure of the day: no line comes any more.
func (x *expecting) forget() {
	for slot := range x.price {
		x.price[slot] = nothing
	}
}

// Promises reports whether a stop has lines that promise headways and no minutes.
func (p *Prices) Promises(stop transit.Stop) bool { return p.expect != nil && p.expect.some(stop) }

// expectant is waiting where some lines have no minutes. A departure with a
// minute is taken or let go as anywhere. One without is no news to who waits:
// he expected its line all the time, and now expects the vehicle before it.
func (p *Prices) expectant(e Event) {
	x, turns := p.expect, p.memory.Queues.of(p.tl.Visit(e))
	if slot := x.slot[e]; slot != transit.None {
		p.promise(e, slot, turns)
	}
	x.gather(p.tl.Day.Stop[p.tl.Visit(e)], p.tl.Leave(e))
	p.stand(&x.little, e, turns)
	if p.weights.idle() < Never {
		p.stand(&x.long, e, turns)
		return
	}
	x.long.at[e], x.long.past[e] = nothing, nothing
}

// stand works out a column's entries of an event.
func (p *Prices) stand(c *column, e Event, turns []Turn) {
	s := p.onward(c, e, turns)
	if p.expect.slot[e] == transit.None && joins(turns, e) {
		for k, board := range p.expect.board[e] {
			if board <= s.price[k] {
				s.price[k], s.reach[k], s.unsure[k] = board, p.expect.ends[e][k], 0
			}
		}
	}
	c.at[e] = s.price
	if p.timed {
		c.reach[e], c.unsure[e] = s.reach, s.unsure
		p.goBackTimed(c, e)
		return
	}
	p.goBack(c, e)
}

// standing is what it is worth at a stop at a time.
type standing struct {
	price         costs
	reach, unsure times // timed scans only
}

// onward is standing at an event's stop when it has left. In a queue one knows on which
// vehicles with minutes one's turn comes; to come earlier than for the next one cannot hurt.
func (p *Prices) onward(c *column, e Event, turns []Turn) standing {
	s := standing{price: nothing}
	if next := p.tl.next[e]; next != NoEvent {
		gap, past := c.second.Of(p.expect.since[next]-p.tl.Leave(e)), &c.past[next]
		for k := range s.price {
			s.price[k] = min(past[k]+gap, Never)
		}
		if p.timed {
			s.reach, s.unsure = c.later[next], c.before[next]
		}
	}
	if p.expect.slot[e] == transit.None {
		for _, t := range turns {
			if t.Event != e && t.Event != NoEvent && p.expect.slot[t.Event] == transit.None {
				p.queue(c, e, t, &s)
			}
		}
	}
	return s
}

// queue is waiting for one's turn on a vehicle with a minute.
func (p *Prices) queue(c *column, e Event, t Turn, s *standing) {
	gap, late := c.second.Of(t.Wait), p.tl.Leave(e)+t.Wait-p.tl.Leave(t.Event)
	for k, board := range p.expect.board[t.Event] {
		if cost := min(board+gap, Never); cost < s.price[k] {
			s.price[k], s.reach[k], s.unsure[k] = cost, p.expect.ends[t.Event][k]+late, 0
		}
	}
}

// accepts is boards where some lines have no minutes. Whether a vehicle is
// taken that has come is up to what else there is to expect, not to its minute.
func (p *Prices) accepts(e Event, lane int, waited transit.Seconds) bool {
	x, turns := p.expect, p.memory.Queues.of(p.tl.Visit(e))
	let := p.onward(&x.little, e, turns).price[lane]
	if still := p.weights.stillIdle(waited); still < Never {
		let = min(let, p.onward(&x.long, e, turns).price[lane]+still)
	}
	return x.board[e][lane] <= min(let, Never)+Ride.Of(p.weights.Eager)
}

// promise makes an event what its line draws next. Where one has to queue for
// the line, that is the vehicle that takes who comes when this one does.
func (p *Prices) promise(e Event, slot uint32, turns []Turn) {
	x := p.expect
	x.comes[slot], x.every[slot] = x.starts(p.tl, e), x.trip[p.tl.Day.Owner[p.tl.Visit(e)]].Rate
	by, more := e, transit.Seconds(0)
	if len(turns) > 0 {
		by, more = p.turnOf(e, turns)
	}
	if by == NoEvent {
		x.price[slot] = nothing
		return
	}
	gap := p.weights.Waiting(more)
	for k, board := range x.board[by] {
		x.price[slot][k] = min(board+gap, Never)
	}
	if p.timed {
		for k, ends := range x.ends[by] {
			x.ride[slot][k] = ends - p.tl.Leave(by) + more
		}
	}
}

// turnOf is the vehicle of an event's own line and place that takes somebody when
// his turn in the queue comes, and how long after the event.
func (p *Prices) turnOf(e Event, turns []Turn) (Event, transit.Seconds) {
	v := p.tl.Visit(e)
	for _, t := range turns {
		if t.Event == NoEvent {
			continue
		}
		if u := p.tl.Visit(t.Event); p.patternOf(u) == p.patternOf(v) && p.tl.Day.Place(u) == p.tl.Day.Place(v) {
			return t.Event, t.Wait
		}
	}
	return NoEvent, 0
}

// goBack works out what standing at an event's stop was worth before it, as
// long as nothing else left.
func (p *Prices) goBack(c *column, e Event) {
	x, leaves := p.expect, p.tl.Leave(e)
	x.streams.Backs(x.slots, x.price, &c.at[e], &c.past[e], leaves, leaves-x.since[e], c.second)
}

// goBackTimed is goBack with its times.
func (p *Prices) goBackTimed(c *column, e Event) {
	x, leaves := p.expect, p.tl.Leave(e)
	gap := leaves - x.since[e]
	at := headway.Outlooks{Price: &c.at[e], Later: &c.reach[e], Unsure: &c.unsure[e]}
	past := headway.Outlooks{Price: &c.past[e], Later: &c.later[e], Unsure: &c.before[e]}
	for k := range at.Later {
		at.Later[k] -= leaves
	}
	x.streams.Outlooks(x.slots, x.price, x.ride, at, past, leaves, gap, c.second)
	for k := range at.Later {
		at.Later[k], past.Later[k] = at.Later[k]+leaves, past.Later[k]+leaves-gap
	}
}

// gather looks which lines of a stop come just before a time.
func (x *expecting) gather(stop transit.Stop, now transit.Seconds) {
	x.slots, x.streams.Rate, x.streams.Since = x.slots[:0], x.streams.Rate[:0], x.streams.Since[:0]
	for slot := x.first[stop]; slot < x.first[stop+1]; slot++ {
		if x.comes[slot] < now {
			x.slots = append(x.slots, slot)
			x.streams.Rate, x.streams.Since = append(x.streams.Rate, x.every[slot]), append(x.streams.Since, x.comes[slot])
		}
	}
}
