package tiles

import (
	"strings"

	"github.com/qala-city/qala/internal/atlas"
)

// expr and thing are what a style is made of.
type (
	expr  = []any
	thing = map[string]any
)

// palette are the colours of a map: those of the report.
type palette struct {
	paper, ink, halo, quiet, road, street, path, people, line, low, mid, high, red, venue string
}

var (
	light = palette{
		paper: "#f6f7f8", ink: "#1b2126", halo: "#ffffff", quiet: "#56616b", road: "#d3d9de", street: "#e3e7ea", path: "#e9ecee",
		people: "#7d8893", line: "#0b5394", low: "#a9c3d6", mid: "#5f93bb", high: "#eba43c", red: "#9b1c1c", venue: "#1d6b3c",
	}
	dark = palette{
		paper: "#15191d", ink: "#e4e8eb", halo: "#15191d", quiet: "#a3adb6", road: "#3a434b", street: "#2c343b", path: "#252c32",
		people: "#98a3ad", line: "#7fb8ef", low: "#33506a", mid: "#4a82b3", high: "#c98a2b", red: "#f29a93", venue: "#7fcf9d",
	}
)

// fonts are drawn by the browser itself: a style without glyphs asks nobody for
// them. The page that shows the map brings them, or its system stands in.
var fonts = expr{"Noto Sans Variable", "Noto Sans SC", "sans-serif"}

// source is the name of the one source of a style.
const source = "atlas"

// styleOf draws everything that an atlas has on its tiles, in a language where
// the names are known in it.
func styleOf(a *atlas.Atlas, tiles, language string, isDark bool) thing {
	p := light
	if isDark {
		p = dark
	}
	from := thing{"type": "vector", "tiles": expr{tiles}, "minzoom": 0, "maxzoom": atlas.MaxZoom, "promoteId": "id", "attribution": attribution(a)}
	style := thing{"version": 8, "name": a.Title(), "sources": thing{source: from}}
	if b, placed := a.Box(); placed {
		from["bounds"] = expr{b.West, b.South, b.East, b.North}
		style["center"], style["zoom"] = expr{(b.West + b.East) / 2, (b.South + b.North) / 2}, 10
	}
	layers := expr{thing{"id": "background", "type": "background", "paint": thing{"background-color": p.paper}}}
	layers = append(layers, p.streets()...)
	layers = append(layers, p.service()...)
	layers = append(layers, p.load()...)
	layers = append(layers, p.points()...)
	style["layers"] = append(layers, p.labels(named(language))...)
	return style
}

// attribution is whose data is shown.
func attribution(a *atlas.Atlas) string {
	var holders []string
	for _, c := range a.Credits {
		holders = append(holders, c.Holder+" ("+c.Licence+")")
	}
	return plain.Replace(strings.Join(holders, "; "))
}

// plain keeps a text from being read as HTML, which maps do with attributions.
var plain = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func named(language string) any {
	if language == "" {
		return get("name")
	}
	return expr{"coalesce", get("name_" + language), get("name")}
}

func get(property string) expr { return expr{"get", property} }

// byZoom grows with the zoom: pairs of zoom and value.
func byZoom(pairs ...any) expr {
	return append(expr{"interpolate", expr{"exponential", 1.6}, expr{"zoom"}}, pairs...)
}

// layer draws what one layer of the tiles holds.
func layer(id, kind, of string, paint thing, more thing) thing {
	l := thing{"id": id, "type": kind, "source": source, "source-layer": of, "paint": paint}
	for k, v := range more {
		l[k] = v
	}
	return l
}

var round = thing{"line-cap": "round", "line-join": "round"}

func (p palette) streets() expr {
	street := func(class, color string, width expr) thing {
		return layer("streets-"+class, "line", atlas.StreetsLayer, thing{"line-color": color, "line-width": width},
			thing{"filter": expr{"==", get("class"), class}, "layout": round})
	}
	return expr{
		street("steps", p.path, byZoom(15, .6, 18, 3)),
		street("path", p.path, byZoom(14, .5, 18, 3)),
		street("street", p.street, byZoom(13, .6, 18, 8)),
		street("road", p.road, byZoom(10, .4, 13, 1.4, 18, 12)),
	}
}

// service are the places where people live and the lines of a city.
func (p palette) service() expr {
	return expr{
		layer("places", "circle", "places", thing{
			"circle-color": p.people, "circle-opacity": .35,
			"circle-radius": byZoom(10, expr{"max", .8, expr{"/", expr{"sqrt", get("people")}, 40}}, 16, expr{"max", 2, expr{"/", expr{"sqrt", get("people")}, 6}}),
		}, nil),
		layer("lines", "line", "lines", thing{
			"line-color": expr{"to-color", get("color"), p.line}, "line-opacity": .8,
			"line-width": byZoom(8, ofMode(.8, 1.4), 12, ofMode(1.2, 3), 16, ofMode(2.5, 6)),
		}, thing{"layout": thing{"line-cap": "round", "line-join": "round", "line-sort-key": expr{"match", get("mode"), expr{"bus", "trolleybus"}, 0, 1}}}),
	}
}

// ofMode is a width for buses and one for all else.
func ofMode(bus, other float64) expr {
	return expr{"match", get("mode"), expr{"bus", "trolleybus"}, bus, other}
}

// load are the segments of a run: the fuller, the warmer; the more people, the
// wider. The two directions lie beside each other.
func (p palette) load() expr {
	people := func(scale float64) expr {
		return expr{"max", .6, expr{"/", expr{"sqrt", expr{"coalesce", get("peak_carried"), expr{"*", 10, get("peak_percent")}}}, scale}}
	}
	return expr{layer("segments", "line", "segments", thing{
		"line-color":  expr{"interpolate", expr{"linear"}, get("peak_percent"), 0, p.low, 50, p.mid, 80, p.high, 100, p.red},
		"line-width":  byZoom(9, people(28), 13, people(12), 16, people(5)),
		"line-offset": byZoom(11, 0, 14, 2.5, 16, 5),
	}, thing{"layout": thing{"line-join": "round", "line-sort-key": get("peak_percent")}})}
}

// points are what stands somewhere: of a run the bigger, the longer the queue,
// and red where somebody was left behind.
func (p palette) points() expr {
	queue := func(scale, least float64) expr {
		return expr{"max", least, expr{"/", expr{"sqrt", expr{"coalesce", get("max_queue"), 0}}, scale}}
	}
	dot := func(id string, color any, radius expr, more thing) thing {
		return layer(id, "circle", id, thing{
			"circle-color": color, "circle-radius": radius, "circle-stroke-color": p.halo, "circle-stroke-width": byZoom(10, .3, 14, 1.2),
		}, more)
	}
	stops := dot("stops", expr{"case", expr{">", expr{"coalesce", get("denied"), 0}, 0}, p.red, p.ink}, byZoom(9, queue(12, .8), 12, queue(6, 1.8), 14, queue(3, 3), 16, queue(1.6, 5)),
		thing{"layout": thing{"circle-sort-key": expr{"coalesce", get("max_queue"), get("line_count"), 0}}})
	return expr{
		stops,
		dot("platforms", p.mid, byZoom(13, 2, 16, 4), nil),
		dot("facilities", expr{"case", expr{"==", get("red"), true}, p.red, p.quiet}, byZoom(13, 1.5, 16, 3.5), nil),
		dot("gates", p.venue, byZoom(13, 2, 16, 5), nil),
		dot("venues", p.venue, byZoom(8, 4, 16, 11), nil),
	}
}

func (p palette) labels(name any) expr {
	label := func(of string, size expr, from float64, more thing) thing {
		layout := thing{
			"text-field": name, "text-font": fonts, "text-size": size, "text-variable-anchor": expr{"left", "right", "top", "bottom"},
			"text-radial-offset": .7, "text-justify": "auto", "text-max-width": 9,
		}
		for k, v := range more {
			layout[k] = v
		}
		return layer(of+"-names", "symbol", of, thing{"text-color": p.ink, "text-halo-color": p.halo, "text-halo-width": 1.4}, thing{"minzoom": from, "layout": layout})
	}
	stops := label("stops", byZoom(12, 10, 16, 12), 12, thing{"text-padding": 6, "symbol-sort-key": expr{"-", 0, expr{"coalesce", get("max_queue"), get("line_count"), 0}}})
	// Stations and long queues first; the others when the map is close enough, where
	// they have no station whose name is there already.
	stops["filter"] = expr{
		"any",
		expr{"all", expr{">=", expr{"zoom"}, 14.5}, expr{"!", expr{"has", "station"}}},
		expr{"==", get("kind"), "station"},
		expr{">=", expr{"coalesce", get("max_queue"), 0}, 50},
	}
	return expr{
		stops,
		label("venues", byZoom(9, 11, 16, 15), 8, nil),
	}
}
