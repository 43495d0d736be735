package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// loadView is one segment at its heaviest: the table behind the map.
type loadView struct {
	Line, From, To, Time, Carried, Room, Fullness string
}

// loadRows is how many segments the page tells.
const loadRows = 15

func (d *desk) loads() []loadView {
	type heavy struct {
		segment evaluation.Segment
		load    evaluation.Load
	}
	var all []heavy
	for _, s := range d.e.Segments {
		if top := heaviest(s.Loads); top.Carried > 0 {
			all = append(all, heavy{s, top})
		}
	}
	slices.SortStableFunc(all, func(a, b heavy) int {
		return cmp.Or(b.load.Carried-a.load.Carried, strings.Compare(a.segment.Route, b.segment.Route))
	})
	var views []loadView
	for _, h := range all[:min(loadRows, len(all))] {
		views = append(views, loadView{
			Line: d.line(h.segment.Route), From: d.stop(h.segment.From), To: d.stop(h.segment.To),
			Time: d.bin(h.load.Bin), Carried: d.say.Number(h.load.Carried), Room: d.say.Number(h.load.Room),
			Fullness: d.say.Percent(float64(int(share(h.load.Carried, h.load.Room)*100+.5)) / 100),
		})
	}
	return views
}

// leftOut says what the results tell of the city's other travellers in sums only.
func (d *desk) leftOut() string {
	out := d.e.LeftOut
	if out == nil {
		return ""
	}
	return d.say.Say("report.left_out", map[string]any{"stops": d.say.Number(out.Stops), "segments": d.say.Number(out.Segments)})
}

func heaviest(loads []evaluation.Load) evaluation.Load {
	top := evaluation.Load{}
	for _, l := range loads {
		if l.Carried > top.Carried {
			top = l
		}
	}
	return top
}
