package geojson

import (
	"encoding/json"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/polygon"
)

// geometry is where a feature lies.
type geometry struct {
	Type        string
	Coordinates json.RawMessage
}

// position is a point: longitude, latitude and perhaps a height.
type position []float64

// point stands for the geometry; else why says what it is instead.
func (g *geometry) point() (at geo.Point, why string) {
	if g == nil {
		return geo.Point{}, "null"
	}
	switch g.Type {
	case "Point":
		var p position
		if json.Unmarshal(g.Coordinates, &p) == nil && len(p) >= 2 {
			return geo.Point{Lat: p[1], Lon: p[0]}, ""
		}
	case "Polygon":
		var rings [][]position
		if json.Unmarshal(g.Coordinates, &rings) == nil {
			return surface(g.Type, rings)
		}
	case "MultiPolygon":
		var polygons [][][]position
		if json.Unmarshal(g.Coordinates, &polygons) == nil {
			var rings [][]position
			for _, p := range polygons {
				rings = append(rings, p...)
			}
			return surface(g.Type, rings)
		}
	}
	return geo.Point{}, g.Type
}

// surface is the point that stands for rings.
func surface(kind string, rings [][]position) (geo.Point, string) {
	var s polygon.Surface
	for _, ring := range rings {
		var corners polygon.Ring
		for _, p := range ring {
			if len(p) < 2 {
				return geo.Point{}, kind
			}
			corners = append(corners, polygon.XY{X: p[0], Y: p[1]})
		}
		s = append(s, corners)
	}
	at, ok := s.Point()
	if !ok {
		return geo.Point{}, kind
	}
	return geo.Point{Lat: at.Y, Lon: at.X}, ""
}
