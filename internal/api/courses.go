package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/street"
)

// Course is the way of a vehicle by road, as GeoJSON.
type Course struct {
	Type     string  `json:"type" enum:"FeatureCollection"`
	Features []Leg   `json:"features" nullable:"false" doc:"A leg from each point to the next"`
	Seconds  int     `json:"seconds" doc:"Of driving; stands at stops are not counted"`
	Meters   float64 `json:"meters"`
	Streets  bool    `json:"streets" doc:"False where the city's streets are not known: then every leg is a straight line"`
	// The working values behind the time.
	RoadSpeed     float64 `json:"road_speed" doc:"km/h on main roads, an assumption"`
	StreetSpeed   float64 `json:"street_speed" doc:"km/h on other streets, an assumption"`
	StraightSpeed float64 `json:"straight_speed" doc:"km/h where no streets are known, an assumption"`
	Detour        float64 `json:"detour" doc:"What a straight line counts"`
}

// Leg is a part of a course.
type Leg struct {
	Type       string    `json:"type" enum:"Feature"`
	Geometry   Line      `json:"geometry"`
	Properties LegNumber `json:"properties"`
}

// Line is a line of GeoJSON.
type Line struct {
	Type        string       `json:"type" enum:"LineString"`
	Coordinates [][2]float64 `json:"coordinates" nullable:"false" doc:"Longitude and latitude"`
}

// LegNumber is what a leg takes.
type LegNumber struct {
	Seconds  int     `json:"seconds"`
	Meters   float64 `json:"meters"`
	Straight bool    `json:"straight" doc:"No road is known that leads there"`
}

// Closure are the pieces of street that points stand for, as GeoJSON.
type Closure struct {
	Type     string      `json:"type" enum:"FeatureCollection"`
	Features []ShutPiece `json:"features" nullable:"false" doc:"Each between two crossings; none where no street lies there"`
	Meters   float64     `json:"meters"`
	Streets  bool        `json:"streets" doc:"False where the city's streets are not known"`
}

// ShutPiece is one piece of street.
type ShutPiece struct {
	Type       string   `json:"type" enum:"Feature"`
	Geometry   Line     `json:"geometry"`
	Properties struct{} `json:"properties"`
}

// Points are places on the map in a query: lat,lon;lat,lon.
type Points struct{ list []geo.Point }

// UnmarshalText reads points; one that is not on the earth is refused.
func (p *Points) UnmarshalText(text []byte) error {
	for _, pair := range strings.Split(string(text), ";") {
		lat, lon, _ := strings.Cut(pair, ",")
		point := geo.Point{}
		var err, also error
		point.Lat, err = strconv.ParseFloat(strings.TrimSpace(lat), 64)
		point.Lon, also = strconv.ParseFloat(strings.TrimSpace(lon), 64)
		if err != nil || also != nil || !point.Valid() {
			return fmt.Errorf("%q is no place on the earth: write lat,lon;lat,lon", pair)
		}
		p.list = append(p.list, point)
	}
	return nil
}

// Schema tells the contract that points are text.
func (Points) Schema(huma.Registry) *huma.Schema {
	most := 10_000
	return &huma.Schema{Type: huma.TypeString, MaxLength: &most}
}

func (d *door) courses() {
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/cities/{city}/versions/{version}/course", id: "getCourse", tag: "network",
		summary: "The way of a vehicle along the streets, by the points that it passes", errors: []int{422},
	}, d.getCourse)
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/cities/{city}/versions/{version}/closure", id: "getClosure", tag: "network",
		summary: "The pieces of street that points stand for, as a closure has them", errors: []int{422},
	}, d.getClosure)
}

func (d *door) getClosure(ctx context.Context, in *struct {
	VersionIn
	Points Points `query:"points" required:"true" doc:"lat,lon;lat,lon; 1 to 100"`
},
) (*struct{ Body Closure }, error) {
	if len(in.Points.list) > 100 {
		return nil, huma.Error422UnprocessableEntity("a closure has 1 to 100 points")
	}
	n, err := d.network(ctx, in.VersionIn)
	if err != nil {
		return nil, err
	}
	return &struct{ Body Closure }{closureOf(n.Streets, in.Points.list)}, nil
}

func closureOf(streets *street.Graph, points []geo.Point) Closure {
	out := Closure{Type: "FeatureCollection", Features: []ShutPiece{}, Streets: streets != nil}
	if streets == nil {
		return out
	}
	edges, _ := streets.Pieces().Along(points)
	for _, e := range edges {
		out.Meters += float64(streets.Length[e].Meters())
		out.Features = append(out.Features, ShutPiece{Type: "Feature", Geometry: lineOf(streets.Line(e))})
	}
	return out
}

func (d *door) getCourse(ctx context.Context, in *struct {
	VersionIn
	Through Points  `query:"through" required:"true" doc:"The points in their order, lat,lon;lat,lon; 2 to 300"`
	Speed   float64 `query:"speed" minimum:"0" maximum:"200" doc:"km/h; left out: by the class of the streets"`
},
) (*struct{ Body Course }, error) {
	through := in.Through.list
	if n := len(through); n < 2 || n > 300 {
		return nil, huma.Error422UnprocessableEntity("a course has 2 to 300 points")
	}
	item, err := d.version(ctx, in.VersionIn)
	if err != nil {
		return nil, err
	}
	roads, err := d.Office.Roads(ctx, item.Content)
	if err != nil {
		return nil, err
	}
	return &struct{ Body Course }{courseOf(roads, through, in.Speed)}, nil
}

// courseOf drives from point to point, as a shuttle does.
func courseOf(roads *street.Roads, through []geo.Point, speed float64) Course {
	out := Course{
		Type: "FeatureCollection", Features: []Leg{}, Streets: roads != nil, Detour: scenario.ShuttleDetour,
		RoadSpeed: scenario.ShuttleOnRoads, StreetSpeed: scenario.ShuttleOnStreets, StraightSpeed: scenario.ShuttleSpeed,
	}
	for i, from := range through[:len(through)-1] {
		leg := scenario.Drive(roads, from, through[i+1], speed)
		out.Seconds, out.Meters = out.Seconds+int(leg.Time), out.Meters+float64(leg.Length)
		out.Features = append(out.Features, Leg{
			Type: "Feature", Geometry: lineOf(leg.Line),
			Properties: LegNumber{Seconds: int(leg.Time), Meters: float64(leg.Length), Straight: leg.Straight},
		})
	}
	return out
}

func lineOf(points []geo.Point) Line {
	line := Line{Type: "LineString", Coordinates: [][2]float64{}}
	for _, p := range points {
		line.Coordinates = append(line.Coordinates, [2]float64{p.Lon, p.Lat})
	}
	return line
}
