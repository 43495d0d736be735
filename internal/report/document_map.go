package report

import (
	"cmp"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/typeset"
)

// The map on paper, in millimetres.
const (
	mapTall    = 100.0
	widestLine = 2.8
	widestDisc = 5.0
	mapQueues  = 40 // circles that are drawn
	mapNames   = 12 // of which are named near the venue
)

// sheetOf is where places lie on the map: metres east and north of the venue, and how many a millimetre is.
type sheetOf struct {
	plane       geo.Plane
	west, north float64
	scale       float64 // metres a millimetre
}

func (s sheetOf) at(p geo.Point) typeset.Point {
	north, east := s.plane.Offset(p)
	return typeset.Point{X: (float64(east) - s.west) / s.scale, Y: (s.north - float64(north)) / s.scale}
}

// mapDrawing is the loads between stops, the queues at them, and the venue, over
// the city and near the venue; streets where they are known.
func (d *desk) mapDrawing() []typeset.Block {
	loaded := d.loadedWays()
	if len(loaded) == 0 || !d.e.Event.Venue.At.Valid() {
		return nil
	}
	blocks := []typeset.Block{
		typeset.Heading{Level: 2, Text: d.say.Say("section.map", nil)}, typeset.Paragraph{Text: d.say.Say("eventplan.map_note", nil), Tone: typeset.Quiet},
	}
	city, near := d.mapSheet(loaded), d.nearSheet()
	blocks = append(blocks, d.mapFigure(city, loaded, 4))
	if near.scale*1.5 < city.scale {
		blocks = append(blocks, typeset.Heading{Level: 2, Text: d.say.Say("eventplan.map_near", nil)}, d.mapFigure(near, loaded, mapNames))
	}
	return blocks
}

// mapFigure is a sheet with its key, the longest queues with their names.
func (d *desk) mapFigure(sheet sheetOf, loaded []loadedWay, names int) typeset.Figure {
	frame := typeset.Clip{To: typeset.Point{X: typeset.Width, Y: mapTall}}
	frame.Shapes = append(frame.Shapes, box(0, 0, typeset.Width, mapTall, "F6F7F8"))
	for _, street := range d.e.Streets {
		if path := sheet.line(street); onSheet(path) {
			frame.Shapes = append(frame.Shapes, typeset.Path{Points: path, Stroke: "D3D9DE", Width: .15})
		}
	}
	for _, way := range loaded {
		if shape := d.wayShape(sheet, way, loaded[len(loaded)-1].load.Carried); onSheet(shape.Points) {
			frame.Shapes = append(frame.Shapes, shape)
		}
	}
	queues, labels := d.queueShapes(sheet, names)
	frame.Shapes = append(frame.Shapes, queues...)
	frame.Shapes = append(frame.Shapes, d.venueShapes(sheet)...)
	frame.Shapes = append(frame.Shapes, labels...)
	return typeset.Figure{Height: mapTall + 7, Shapes: append([]typeset.Shape{frame}, d.mapKey(sheet)...)}
}

// onSheet reports whether any of a line may be seen.
func onSheet(points []typeset.Point) bool {
	west, east, north, south := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range points {
		west, east, north, south = min(west, p.X), max(east, p.X), min(north, p.Y), max(south, p.Y)
	}
	return len(points) > 1 && east >= 0 && west <= typeset.Width && south >= 0 && north <= mapTall
}

// nearMetres is how far north and south of the venue the second map reaches.
const nearMetres = 1200

func (d *desk) nearSheet() sheetOf {
	scale := 2 * nearMetres / mapTall
	return sheetOf{plane: geo.PlaneAround(d.e.Event.Venue.At), scale: scale, west: -float64(scale*typeset.Width) / 2, north: nearMetres}
}

// loadedWay is a segment at its heaviest.
type loadedWay struct {
	line []geo.Point
	load evaluation.Load
}

// loadedWays are the segments with somebody on board, the heaviest last: it is drawn over the others.
func (d *desk) loadedWays() []loadedWay {
	var all []loadedWay
	for _, s := range d.e.Segments {
		if top := heaviest(s.Loads); top.Carried > 0 && len(s.Line) > 1 && s.Line[len(s.Line)/2].Valid() {
			all = append(all, loadedWay{s.Line, top})
		}
	}
	slices.SortStableFunc(all, func(a, b loadedWay) int { return cmp.Compare(a.load.Carried, b.load.Carried) })
	return all
}

// mapSheet shows where nearly all riding is, and the venue: a line that leaves the
// city with five people on board does not make everything else small.
func (d *desk) mapSheet(loaded []loadedWay) sheetOf {
	plane := geo.PlaneAround(d.e.Event.Venue.At)
	var easts, norths []weighted
	for _, way := range loaded {
		north, east := plane.Offset(way.line[len(way.line)/2])
		easts, norths = append(easts, weighted{float64(east), way.load.Carried}), append(norths, weighted{float64(north), way.load.Carried})
	}
	west, east := within(easts)
	south, north := within(norths)
	scale := max((east-west)/typeset.Width, (north-south)/mapTall, 1) * 1.12
	return sheetOf{
		plane: plane, scale: scale,
		west: (west+east)/2 - float64(scale*typeset.Width)/2, north: (north+south)/2 + float64(scale*mapTall)/2,
	}
}

type weighted struct {
	at     float64
	weight int
}

// within is from where to where all but a fiftieth of the weight at either side lies, 0 included.
func within(all []weighted) (from, to float64) {
	slices.SortStableFunc(all, func(a, b weighted) int { return cmp.Compare(a.at, b.at) })
	sum, so := 0, 0
	for _, w := range all {
		sum += w.weight
	}
	for _, w := range all {
		if so*50 <= sum {
			from = w.at
		}
		if so*50 <= sum*49 {
			to = w.at
		}
		so += w.weight
	}
	return min(from, 0), max(to, 0)
}

func (s sheetOf) line(points []geo.Point) []typeset.Point {
	out := make([]typeset.Point, 0, len(points))
	for _, p := range points {
		if !p.Valid() {
			continue
		}
		at := s.at(p)
		if last := len(out) - 1; last >= 0 && math.Abs(out[last].X-at.X)+math.Abs(out[last].Y-at.Y) < .08 {
			continue // not to be told apart on paper
		}
		out = append(out, at)
	}
	return out
}

// The colours of lines on the map by how full their vehicles were, as in the key.
const (
	roomLeft   typeset.Color = "9DB8CC"
	nearlyFull typeset.Color = "3F7FB5"
	full       typeset.Color = "E8892B"
	queueColor typeset.Color = "9B1C1C"
)

func (d *desk) wayShape(sheet sheetOf, way loadedWay, most int) typeset.Path {
	path := typeset.Path{Points: sheet.line(way.line), Stroke: roomLeft, Width: .25 + float64(widestLine*math.Sqrt(share(way.load.Carried, most)))}
	switch used := share(way.load.Carried, way.load.Room); {
	case used > .85:
		path.Stroke = full
	case used > .6:
		path.Stroke = nearlyFull
	}
	return path
}

// queueShapes are circles as large as the longest queues, and the names of some
// that do not stand in each other's way, or in that of the venue's.
func (d *desk) queueShapes(sheet sheetOf, most int) (circles, names []typeset.Shape) {
	queued := queuedStops(d.e.Stops)
	venue := sheet.at(d.e.Event.Venue.At)
	half := typeset.TextWidth(d.own(d.e.Event.Venue.Names, d.e.Event.Venue.ID), 8)/2 + 2
	taken := []extent{{venue.X - half, venue.Y - 6, venue.X + half, venue.Y + 2}}
	for _, s := range queued[:min(len(queued), mapQueues)] {
		if !s.At.Valid() {
			continue
		}
		at := sheet.at(s.At)
		radius := discRadius(s.MaxQueue, queued[0].MaxQueue)
		circles = append(circles, typeset.Disc{At: at, Radius: radius, Fill: queueColor, Stroke: "FFFFFF", Alpha: .7})
		name := d.stop(s.ID)
		place := extent{at.X + radius + .8, at.Y - 2, at.X + radius + 1.5 + typeset.TextWidth(name, 7), at.Y + 2}
		if len(names) < most && place.x2 < typeset.Width && !slices.ContainsFunc(taken, place.meets) {
			taken = append(taken, place)
			names = append(names, typeset.Label{At: typeset.Point{X: place.x1, Y: at.Y + .9}, Text: name, Size: 7})
		}
	}
	return circles, names
}

func discRadius(queue, longest int) float64 {
	return max(float64(widestDisc*math.Sqrt(share(queue, max(longest, 1)))), .5)
}

// extent is where a name stands.
type extent struct{ x1, y1, x2, y2 float64 }

func (e extent) meets(o extent) bool {
	return e.x1 < o.x2 && o.x1 < e.x2 && e.y1 < o.y2 && o.y1 < e.y2
}

func (d *desk) venueShapes(sheet sheetOf) []typeset.Shape {
	at := sheet.at(d.e.Event.Venue.At)
	name := d.own(d.e.Event.Venue.Names, d.e.Event.Venue.ID)
	edge := box(at.X-1.6, at.Y-1.6, 3.2, 3.2, "1B2126")
	edge.Stroke, edge.Width = "FFFFFF", .4
	return []typeset.Shape{edge, typeset.Label{At: typeset.Point{X: at.X, Y: at.Y - 2.8}, Text: name, Size: 8, Strong: true, Anchor: typeset.Middle}}
}

// mapKey is what colours and circles mean, and how long a kilometre is.
func (d *desk) mapKey(sheet sheetOf) []typeset.Shape {
	const y = mapTall + 4
	var shapes []typeset.Shape
	x := 0.0
	for _, key := range []struct {
		color typeset.Color
		text  string
	}{
		{roomLeft, d.say.Say("demand.legend_low", nil)}, {nearlyFull, d.say.Say("demand.legend_mid", nil)}, {full, d.say.Say("demand.legend_high", nil)},
	} {
		shapes = append(shapes, straight(x, y-.9, x+6, y-.9, key.color, 1.4), typeset.Label{At: typeset.Point{X: x + 8, Y: y}, Text: key.text, Size: 7})
		x += 12 + typeset.TextWidth(key.text, 7)
	}
	if queued := queuedStops(d.e.Stops); len(queued) > 0 && queued[0].MaxQueue > 0 {
		text := d.say.Say("eventplan.queue_key", map[string]any{"people": queued[0].MaxQueue})
		shapes = append(shapes, typeset.Disc{At: typeset.Point{X: x + 2, Y: y - .9}, Radius: 2, Fill: queueColor, Alpha: .7}, typeset.Label{At: typeset.Point{X: x + 5.5, Y: y}, Text: text, Size: 7})
	}
	return append(shapes, d.scaleBar(sheet, y)...)
}

// scaleBar is a round length at the map's lower right.
func (d *desk) scaleBar(sheet sheetOf, y float64) []typeset.Shape {
	metres := roundStep(int(sheet.scale*30), 1)
	long := float64(metres) / sheet.scale
	for long > 45 && metres > 1 {
		metres /= 2
		long = float64(metres) / sheet.scale
	}
	text := d.measured(d.say.Decimal(float64(metres)/1000, 2), "km")
	return []typeset.Shape{
		straight(typeset.Width-long, y-.9, typeset.Width, y-.9, "1B2126", .5),
		typeset.Label{At: typeset.Point{X: typeset.Width - long - 1.5, Y: y}, Text: text, Size: 7, Anchor: typeset.Right},
	}
}
