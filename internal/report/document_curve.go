package report

import (
	"math"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/typeset"
)

// frame is where a chart draws: its inside in millimetres, and what it spans.
type frame struct {
	left, top, right, bottom float64
	from, to                 int // minutes
	most                     int // people
}

func (f frame) at(minute, people int) typeset.Point {
	return typeset.Point{
		X: f.left + (f.right-f.left)*float64(minute-f.from)/float64(max(f.to-f.from, 1)),
		Y: f.bottom - (f.bottom-f.top)*float64(people)/float64(max(f.most, 1)),
	}
}

// curveDrawings are the clearance curves of the crowds of the event.
func (d *desk) curveDrawings() []typeset.Block {
	var blocks []typeset.Block
	for i, c := range d.e.Crowds {
		if c.Way == background || c.People <= 0 || len(c.Curve) < 2 || !spans(c.Curve) {
			continue
		}
		blocks = append(blocks, typeset.Heading{Level: 2, Text: d.crowd(c)}, d.curveDrawing(i, c))
		if d.hasBand(i) {
			blocks = append(blocks, typeset.Paragraph{Text: d.say.Say("eventplan.span_note", nil), Tone: typeset.Quiet})
		}
	}
	return blocks
}

// spans reports whether a curve goes forward, and no longer than a curve is told.
func spans(curve []evaluation.Point) bool {
	first, last := curve[0].Minute, curve[len(curve)-1].Minute
	return first < last && first > -mostMinutes && last < mostMinutes
}

func (d *desk) hasBand(crowd int) bool {
	return d.e.Spread != nil && crowd < len(d.e.Spread.Crowds) && len(d.e.Spread.Crowds[crowd].Curve) > 1
}

func (d *desk) curveDrawing(index int, c evaluation.Crowd) typeset.Figure {
	curve := telling(c)
	f := frame{left: 15, top: 8, right: typeset.Width - 4, bottom: 66, from: curve[0].Minute, to: curve[len(curve)-1].Minute, most: c.People}
	figure := typeset.Figure{Height: 74, Shapes: d.axes(f)}
	if d.hasBand(index) {
		figure.Shapes = append(figure.Shapes, d.bandShape(f, d.e.Spread.Crowds[index].Curve))
	}
	figure.Shapes = append(figure.Shapes, d.curveShapes(f, c, curve)...)
	return figure
}

// telling is a curve from where it rises to where it ends; the rest is flat.
func telling(c evaluation.Crowd) []evaluation.Point {
	first, last := 0, len(c.Curve)-1
	for first < last-1 && c.Curve[first+1].Started == 0 {
		first++
	}
	for last > first+1 && c.Curve[last-1] == (evaluation.Point{Minute: c.Curve[last-1].Minute, Started: c.Curve[last].Started, Away: c.Curve[last].Away, Arrived: c.Curve[last].Arrived}) {
		last--
	}
	return c.Curve[first : last+1]
}

// axes are the grid of a chart: people upwards, time across.
func (d *desk) axes(f frame) []typeset.Shape {
	var shapes []typeset.Shape
	for people := 0; people <= f.most; people += roundStep(f.most, 5) {
		y := f.at(f.from, people).Y
		shapes = append(shapes, straight(f.left, y, f.right, y, "E3E7EA", .15), typeset.Label{At: typeset.Point{X: f.left - 1.5, Y: y + 1}, Text: d.say.Number(people), Size: 7, Ink: "56616B", Anchor: typeset.Right})
	}
	step := timeStep(f.to - f.from)
	offset := d.base / 60 % step // marks stand at round times of day
	for minute := f.from + mod(step-mod(f.from+1+offset, step), step); minute <= f.to; minute += step {
		x := f.at(minute, 0).X
		shapes = append(shapes, straight(x, f.top, x, f.bottom, "E3E7EA", .15), typeset.Label{At: typeset.Point{X: x, Y: f.bottom + 3.6}, Text: d.clock((minute + 1) * 60)[:5], Size: 7, Ink: "56616B", Anchor: typeset.Middle})
	}
	return append(shapes, straight(f.left, f.bottom, f.right, f.bottom, "56616B", .3))
}

func mod(a, b int) int { return ((a % b) + b) % b }

// roundStep parts a span into about so many round steps.
func roundStep(most, parts int) int {
	rough := float64(max(most, 1)) / float64(parts)
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*unit >= rough {
			return max(int(m*unit), 1)
		}
	}
	return max(int(10*unit), 1)
}

// timeStep is how many minutes lie between the marks of an axis.
func timeStep(minutes int) int {
	for _, step := range []int{5, 10, 15, 30, 60, 120, 180, 360} {
		if minutes/step <= 14 {
			return step
		}
	}
	return 720
}

func straight(x1, y1, x2, y2 float64, c typeset.Color, wide float64) typeset.Path {
	return typeset.Path{Points: []typeset.Point{{X: x1, Y: y1}, {X: x2, Y: y2}}, Stroke: c, Width: wide}
}

// bandShape is the area between the fewest and the most who were away.
func (d *desk) bandShape(f frame, band []evaluation.AwayBand) typeset.Path {
	path := typeset.Path{Fill: bandColor, Alpha: .55}
	inside := func(b evaluation.AwayBand) bool { return b.Minute >= f.from && b.Minute <= f.to }
	for _, b := range band {
		if inside(b) {
			path.Points = append(path.Points, f.at(b.Minute, b.Away.P90))
		}
	}
	for i := len(band) - 1; i >= 0; i-- {
		if inside(band[i]) {
			path.Points = append(path.Points, f.at(band[i].Minute, band[i].Away.P10))
		}
	}
	return path
}

// curveShapes are the three curves with their key, and the moments at which shares were through.
func (d *desk) curveShapes(f frame, c evaluation.Crowd, curve []evaluation.Point) []typeset.Shape {
	var shapes []typeset.Shape
	x := f.left
	for i, name := range d.curveHeads(c) {
		path := typeset.Path{Stroke: typeset.Color(curveColors[i]), Width: .55}
		for _, p := range curve {
			path.Points = append(path.Points, f.at(p.Minute, [3]int{p.Started, p.Away, p.Arrived}[i]))
		}
		shapes = append(shapes, path, straight(x, 3.2, x+6, 3.2, typeset.Color(curveColors[i]), .7), typeset.Label{At: typeset.Point{X: x + 7.5, Y: 4.2}, Text: name, Size: 7.5})
		x += 13 + typeset.TextWidth(name, 7.5)
	}
	return append(shapes, d.clearMarks(f, c)...)
}

// clearMarks are discs where half, nine tenths and all but a hundredth were through.
func (d *desk) clearMarks(f frame, c evaluation.Crowd) []typeset.Shape {
	var shapes []typeset.Shape
	for _, mark := range c.Clear {
		minute := (mark.At+59)/60 - 1
		if mark.At < 0 || minute < f.from || minute > f.to || mark.Percent != 50 && mark.Percent != 90 && mark.Percent != 99 {
			continue
		}
		at := f.at(minute, c.People*mark.Percent/100)
		label := typeset.Label{At: typeset.Point{X: at.X + 1.8, Y: at.Y + 3}, Text: d.percent(mark.Percent) + " " + d.clock(mark.At), Size: 7, Strong: true}
		if at.X > f.right-28 {
			label.At.X, label.Anchor = at.X-1.8, typeset.Right
			label.At.Y = at.Y - 1.6
		}
		shapes = append(shapes, typeset.Disc{At: at, Radius: .9, Fill: "1B2126"}, label)
	}
	return shapes
}
