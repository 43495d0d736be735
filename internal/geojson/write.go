package geojson

import (
	"encoding/json"
	"math"

	"github.com/qala-city/qala/internal/geo"
)

// Feature is a thing with a shape, to be written.
type Feature struct {
	Type       string         `json:"type"`
	Properties map[string]any `json:"properties"`
	Geometry   Shape          `json:"geometry"`
}

// Shape is a geometry to be written: a point, a line or surfaces.
type Shape struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// Write is a FeatureCollection, with a new line at its end.
func Write(features []Feature) ([]byte, error) {
	if features == nil {
		features = []Feature{}
	}
	data, err := json.Marshal(struct {
		Type     string    `json:"type"`
		Features []Feature `json:"features"`
	}{"FeatureCollection", features})
	return append(data, '\n'), err
}

// NewFeature is a shape with its properties.
func NewFeature(s Shape, properties map[string]any) Feature { return Feature{"Feature", properties, s} }

// PointShape is one point.
func PointShape(at geo.Point) Shape { return Shape{"Point", degrees(at)} }

// LineShape is a line; RFC 7946 wants two points at least.
func LineShape(line []geo.Point) Shape { return Shape{"LineString", ringOf(line)} }

// SurfaceShape is polygons, each an outer ring and its holes, all closed.
func SurfaceShape[P ~[][]geo.Point](polygons []P) Shape {
	out := make([][][][2]float64, len(polygons))
	for i, p := range polygons {
		for _, ring := range p {
			out[i] = append(out[i], ringOf(ring))
		}
	}
	return Shape{"MultiPolygon", out}
}

func ringOf(points []geo.Point) [][2]float64 {
	out := make([][2]float64, len(points))
	for i, p := range points {
		out[i] = degrees(p)
	}
	return out
}

// degrees are longitude and latitude to about a decimeter.
func degrees(p geo.Point) [2]float64 {
	return [2]float64{math.Round(p.Lon*1e6) / 1e6, math.Round(p.Lat*1e6) / 1e6}
}
