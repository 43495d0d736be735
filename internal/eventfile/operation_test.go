package eventfile

import (
	"reflect"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

const operationHead = `
event: e
city: c
name: {en: E}
venue: v
date: 2026-08-15
sessions: [{start: "19:00", end: "21:00", attendance: 10, arrive: football, leave: stadium}]
transit_share: 0.5
modifications:
`

func TestOperationsAreRead(t *testing.T) {
	file, findings, err := Read("event.yaml", []byte(operationHead+`
  - vehicles: {route: LRT, direction: 1, from: "20:00", to: "23:00", room: 1304, note: two coupled}
  - vehicles: {route: LRT, from: "20:00", to: "23:00", vehicle: long}
  - close_stop: {stop: S1, from: "20:00", to: "25:00"}
  - short_turn: {route: r, from: "20:00", to: "21:00", last_stop: S2}
  - shuttle: {name: Sh, stops: [S1, S2], from: "20:00", to: "21:00", every: 5m, room: 80}
  - shuttle: {name: Sh, stops: [S1, S2], from: "20:00", to: "21:00", every: 5m, room: 80, speed: 25.5, one_way: true}
  - shuttle: {name: Sh, stops: [S1, S2, [51.1, 71.4], [51.2, 71.5], S3], from: "20:00", to: "21:00", every: 5m, room: 80}
  - close_street: {points: [[51.1, 71.4], [51.2, 71.4]], note: cordon}
  - meter: {facility: g, per_minute: 60}
`))
	if err != nil || len(findings) > 0 {
		t.Fatalf("%v %+v", err, findings)
	}
	h := transit.Hour
	want := []scenario.Modification{
		scenario.ChangeVehicles{Route: "LRT", Direction: 1, From: 20 * h, To: 23 * h, Room: 1304, Note: "two coupled"},
		scenario.ChangeVehicles{Route: "LRT", Direction: -1, From: 20 * h, To: 23 * h, Vehicle: "long"},
		scenario.CloseStop{Stop: "S1", From: 20 * h, To: 25 * h},
		scenario.ShortTurn{Route: "r", Direction: -1, From: 20 * h, To: 21 * h, Last: "S2"},
		scenario.Shuttle{Name: "Sh", Stops: []string{"S1", "S2"}, From: 20 * h, To: 21 * h, Every: 300, Room: 80},
		scenario.Shuttle{Name: "Sh", Stops: []string{"S1", "S2"}, From: 20 * h, To: 21 * h, Every: 300, Room: 80, Speed: 25.5, OneWay: true},
		scenario.Shuttle{
			Name: "Sh", Stops: []string{"S1", "S2", "S3"}, Via: [][]geo.Point{nil, {{Lat: 51.1, Lon: 71.4}, {Lat: 51.2, Lon: 71.5}}},
			From: 20 * h, To: 21 * h, Every: 300, Room: 80,
		},
		scenario.CloseStreet{Points: []geo.Point{{Lat: 51.1, Lon: 71.4}, {Lat: 51.2, Lon: 71.4}}, Note: "cordon"},
		scenario.Meter{Facility: "g", PerMinute: 60},
	}
	if !reflect.DeepEqual(file.Modifications, want) {
		t.Errorf("%+v\nwant %+v", file.Modifications, want)
	}
}

func TestAreasAreRead(t *testing.T) {
	text := strings.Replace(operationHead, "modifications:", "origins: {residents: {share: 0.6}, areas: [{name: left bank, outline: [[51, 71], [51, 72], [52, 72]], share: 0.4}]}", 1)
	file, findings, err := Read("event.yaml", []byte(text))
	want := []demand.OriginArea{{Name: "left bank", Outline: []geo.Point{{Lat: 51, Lon: 71}, {Lat: 51, Lon: 72}, {Lat: 52, Lon: 72}}, Share: 0.4}}
	if err != nil || len(findings) > 0 || !reflect.DeepEqual(file.Event.Origins.FromAreas, want) {
		t.Errorf("%v %+v %+v", err, findings, file.Event.Origins)
	}
	for _, wrong := range []string{"[[51, 71], [51, 72]]", "[1, 2, 3]", "[[51, 71], [51, 72], [91, 72]]"} {
		if _, findings, err := Read("event.yaml", []byte(strings.Replace(text, "[[51, 71], [51, 72], [52, 72]]", wrong, 1))); err == nil || !strings.Contains(findings[0].Field, "outline") {
			t.Errorf("%s: %+v", wrong, findings)
		}
	}
}

func TestOperationsWithMistakes(t *testing.T) {
	for text, field := range map[string]string{
		`vehicles: {route: r, from: "20:00", to: "23:00"}`:                                                  "room",
		`vehicles: {route: r, from: "20:00", to: "23:00", room: 5, vehicle: v}`:                             "room",
		`close_stop: {stop: s, from: "20:00", to: "19:00"}`:                                                 "to",
		`short_turn: {route: r, from: "20:00", to: "23:00"}`:                                                "last_stop",
		`shuttle: {name: s, stops: [a], from: "20:00", to: "21:00", every: 5m, room: 8}`:                    "stops",
		`shuttle: {name: s, stops: [a, b], from: "20:00", to: "21:00", every: 5m, room: 8, speed: 1}`:       "speed",
		`shuttle: {name: s, stops: a, from: "20:00", to: "21:00", every: 5m, room: 8}`:                      "stops",
		`shuttle: {name: s, stops: [[1, 2], [1, 2], a, b], from: "20:00", to: "21:00", every: 5m, room: 8}`: "stops[0]",
		`shuttle: {name: s, stops: [a, b, [1, 2]], from: "20:00", to: "21:00", every: 5m, room: 8}`:         "stops[2]",
		`shuttle: {name: s, stops: [a, [1], b], from: "20:00", to: "21:00", every: 5m, room: 8}`:            "stops[1]",
		`shuttle: {name: s, stops: [a, [91, 2], b], from: "20:00", to: "21:00", every: 5m, room: 8}`:        "stops[1][0]",
		`close_street: {points: []}`:           "points",
		`close_street: {points: [51.1, 71.4]}`: "points[0]",
		`meter: {facility: g, per_minute: 0}`:  "per_minute",
	} {
		_, findings, err := Read("event.yaml", []byte(operationHead+"  - "+text))
		if err == nil || len(findings) == 0 || !strings.HasSuffix(findings[0].Field, field) && !strings.Contains(findings[0].Value, field) {
			t.Errorf("%s: %v %+v", text, err, findings)
		}
	}
}
