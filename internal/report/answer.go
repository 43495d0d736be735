package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// answer is the head of the page: did everyone get away, and what says so.
type answer struct {
	Good    bool
	Verdict string
	OnFoot  []string // that it is stations which hold people up, where it is so
	Lines   []string
	Foresee string // how far people knew of queues
	Tiles   []tile
	Rests   []numberView
}

// tile is one figure to be seen from afar.
type tile struct {
	Figure, Text, Note string
	Bad                bool
}

func (d *desk) answer() answer {
	t := d.e.Totals
	a := answer{Good: d.good(), Verdict: d.verdict(), Tiles: d.tiles(), Rests: d.deciding(), Foresee: d.foreseen()}
	a.OnFoot = d.onFoot()
	for _, c := range d.e.Crowds {
		if c.People > 0 {
			a.Lines = append(a.Lines, d.crowdLine(c))
		}
	}
	a.Lines = append(a.Lines, d.leftLine())
	if t.Stranded+t.Walking > 0 {
		a.Lines = append(a.Lines, d.say.Say("answer.stranded", map[string]any{"people": t.Stranded, "walking": t.Walking}))
	}
	if t.OnFootOnly > 0 {
		a.Lines = append(a.Lines, d.say.Say("answer.walked", map[string]any{"people": t.OnFootOnly}))
	}
	if len(d.e.Worst) > 0 {
		a.Lines = append(a.Lines, d.worstLine(d.e.Worst[0]))
	}
	return a
}

// good reports whether all people of the event got where they wanted; what the
// city's other travellers meet is told beside it.
func (d *desk) good() bool {
	if len(d.e.Crowds) == 0 {
		return d.e.Totals.Stranded+d.e.Totals.Walking == 0
	}
	for _, c := range d.e.Crowds {
		if c.Way != background && c.Stranded+c.Walking > 0 {
			return false
		}
	}
	return true
}

func (d *desk) worstLine(w evaluation.Worst) string {
	return d.say.Say("answer.worst", map[string]any{
		"stop": d.boarding(w.Stop), "people": w.People, "queue": w.MaxQueue, "at": d.clock(w.At),
	})
}

// verdict tells those who leave from those who come; where both fail, leaving
// is told: it is what the page is about.
func (d *desk) verdict() string {
	failed := map[string]int{}
	people := map[string]int{}
	for _, c := range d.e.Crowds {
		failed[c.Way] += c.Stranded + c.Walking
		people[c.Way] += c.People
	}
	switch {
	case d.e.Totals.Travellers == 0:
		return d.say.Say("answer.nobody", nil)
	case failed["leaving"] > 0:
		return d.say.Say("answer.not_away", map[string]any{"count": failed["leaving"]})
	case failed["arriving"] > 0:
		return d.say.Say("answer.not_there", map[string]any{"count": failed["arriving"]})
	case people["leaving"] > 0:
		return d.say.Say("answer.all_away", nil)
	}
	return d.say.Say("answer.all_there", nil)
}

func (d *desk) crowdLine(c evaluation.Crowd) string {
	if c.Way == background {
		return d.say.Say("answer.background", map[string]any{"crowd": d.crowd(c), "people": c.People, "left": c.LeftBehind, "failed": c.Stranded + c.Walking})
	}
	args := map[string]any{"crowd": d.crowd(c), "people": c.People, "late": c.Late, "milestones": d.milestones(c)}
	if d.punctual(c) {
		return d.say.Say("answer.arriving", args)
	}
	return d.say.Say("answer.leaving", args)
}

// punctual reports whether a crowd comes for a beginning, so that being late
// means something: at an exhibition more than a tenth leave home after it opened.
func (d *desk) punctual(c evaluation.Crowd) bool {
	if leaving(c) || c.Session < 0 || c.Session >= len(d.e.Event.Sessions) {
		return false
	}
	begin := d.e.Event.Sessions[c.Session].Start
	before := 0
	for _, p := range c.Curve {
		if (p.Minute+1)*60 <= begin {
			before = p.Started
		}
	}
	return before*10 >= c.People*9
}

// milestones says by when 50, 90, 99 and 100% were through, up to the first
// that never were.
func (d *desk) milestones(c evaluation.Crowd) string {
	var parts []string
	for _, mark := range c.Clear {
		if slices.Contains([]int{50, 90, 99, 100}, mark.Percent) || mark.At < 0 {
			parts = append(parts, d.milestone(c, mark))
		}
		if mark.At < 0 {
			break
		}
	}
	return strings.Join(parts, d.say.Say("answer.comma", nil))
}

func (d *desk) milestone(c evaluation.Crowd, mark evaluation.Clear) string {
	args := map[string]any{"percent": d.percent(mark.Percent), "at": d.clock(mark.At)}
	switch {
	case mark.At < 0:
		return d.say.Say("answer.never", args)
	case leaving(c):
		return d.say.Say("answer.away_by", args)
	}
	return d.say.Say("answer.there_by", args)
}

func (d *desk) percent(n int) string { return d.say.Percent(float64(n) / 100) }

func (d *desk) leftLine() string {
	t := d.e.Totals
	if t.LeftBehind == 0 {
		return d.say.Say("answer.nobody_left", nil)
	}
	return d.say.Say("answer.left", map[string]any{
		"people": t.LeftBehind, "all": t.Travellers, "times": t.Denied,
		"share": d.say.Percent(share(t.LeftBehind, t.Travellers)),
	})
}

// tiles are when the largest crowd that leaves (else that arrives) was
// through, and what went wrong.
func (d *desk) tiles() []tile {
	var tiles []tile
	if c := largest(d.e.Crowds); c != nil {
		for _, mark := range c.Clear {
			if slices.Contains([]int{50, 90, 99}, mark.Percent) {
				tiles = append(tiles, d.clearTile(*c, mark))
			}
		}
	}
	t := d.e.Totals
	return append(tiles,
		tile{Figure: d.say.Number(t.LeftBehind), Text: d.say.Say("tile.left", nil), Bad: t.LeftBehind > 0},
		tile{Figure: d.say.Number(t.Stranded), Text: d.say.Say("tile.stranded", nil), Bad: t.Stranded > 0},
		d.queueTile(), d.waitTile(),
	)
}

// queueTile is the longest queue anywhere; at a gate or stairs it says where.
func (d *desk) queueTile() tile {
	queue, t := 0, tile{Text: d.say.Say("tile.queue", nil)}
	for _, s := range d.e.Stops {
		queue = max(queue, s.MaxQueue)
	}
	for _, f := range d.e.Facilities {
		if f.MaxQueue > queue {
			queue, t.Note = f.MaxQueue, d.facilities[f.ID]
		}
	}
	t.Figure = d.say.Number(queue)
	return t
}

// waitTile is the longest wait anywhere; at a gate or stairs it says where.
func (d *desk) waitTile() tile {
	wait, t := 0, tile{Text: d.say.Say("tile.wait", nil)}
	for _, s := range d.e.Stops {
		wait = max(wait, s.MaxWait)
	}
	for _, f := range d.e.Facilities {
		if f.MaxWait > wait {
			wait, t.Note = f.MaxWait, d.facilities[f.ID]
		}
	}
	t.Figure = d.say.Duration(wait)
	return t
}

func (d *desk) clearTile(c evaluation.Crowd, mark evaluation.Clear) tile {
	id := "tile.there"
	if leaving(c) {
		id = "tile.away"
	}
	t := tile{Text: d.say.Say(id, map[string]any{"percent": d.percent(mark.Percent)})}
	if severalCrowds(d.e.Crowds, c.Way) {
		t.Note = d.crowd(c)
	}
	if mark.At < 0 {
		t.Figure, t.Bad = "—", true
		return t
	}
	t.Figure = d.clock(mark.At)
	return t
}

// severalCrowds reports whether a tile must say which crowd of a way it is about.
func severalCrowds(crowds []evaluation.Crowd, way string) bool {
	count := 0
	for _, c := range crowds {
		if c.Way == way && c.People > 0 {
			count++
		}
	}
	return count > 1
}

// largest is the crowd that the page is about: the largest that leaves, else
// the largest; nil where nobody travels for the event.
func largest(crowds []evaluation.Crowd) *evaluation.Crowd {
	var best *evaluation.Crowd
	for i := range crowds {
		c := &crowds[i]
		switch {
		case c.People == 0, c.Way == background:
		case best == nil, leaving(*c) && !leaving(*best), leaving(*c) == leaving(*best) && c.People > best.People:
			best = c
		}
	}
	return best
}

func plain(n uint64) string { return strconv.FormatUint(n, 10) }
