package report_test

import (
	"fmt"
	"math"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
)

// The sample is a made-up city with nine lines on the evening of a match with
// 30,000 people: no engine ran, the figures only look like an answer.

const sampleLines, firstBin, lastBin = 9, 14, 42 // bins from 14:00: 17:30 to 24:30

var sampleVenue = geo.Point{Lat: 51.108, Lon: 71.402}

// sample is the made-up evening; a new one at every call.
func sample() *evaluation.Evaluation {
	e := &evaluation.Evaluation{
		Format: evaluation.Format, Program: "qala 0.0-test", Seed: 1,
		City: evaluation.City{
			ID: "sample", Names: label.Names{"en": "Sample City", "kk": "Үлгі қала", "ru": "Город-образец", "zh": "示例市"},
			Network: "5b0c6f3e9a", Illustration: true,
		},
		Event:   sampleEvent(),
		Horizon: evaluation.Horizon{Start: "2026-08-15T14:00:00+05:00", Zone: "Asia/Almaty", OffsetSeconds: 18000, Seconds: 43200},
		Scenario: evaluation.Scenario{Hash: "77aa01", Modifications: []evaluation.Modification{
			{Kind: "extra_trips", Args: map[string]string{"route": "r3", "direction": "0", "from": "21:00:00", "to": "23:30:00", "every": "00:05:00"}, Note: "standby at the depot"},
			{Kind: "headway", Args: map[string]string{"route": "r1", "from": "20:30:00", "to": "25:00:00", "every": "00:05:12"}},
			{Kind: "cancel_trip", Args: map[string]string{"trip": "t-9-77", "start": "24:20:00"}},
		}},
		Totals: evaluation.Totals{
			Travellers: 25200, Arrived: 24871, Walking: 41, Stranded: 288, Boardings: 33120, Denied: 18233, LeftBehind: 7410, OnFootOnly: 1904,
		},
		Numbers: sampleNumbers(), Findings: sampleFindings(),
		Credits: []basis.Credit{{Holder: "OpenStreetMap contributors", Licence: "ODbL 1.0", For: "stops and streets"}},
		Work:    evaluation.Work{DatedTrips: 2210, Visits: 46410, Destinations: 44, Scanned: 1830000, Choices: 503000, Joins: 34010, Boardings: 33120},
	}
	e.Crowds = []evaluation.Crowd{sampleCrowd("arriving", 150, 20), sampleCrowd("leaving", 405, 8)}
	for line := range sampleLines {
		addLine(e, line)
	}
	addWorst(e)
	addLoading(e)
	e.Streets = sampleStreets()
	return e
}

// sampleStreets are a grid of streets 400 m apart.
func sampleStreets() [][]geo.Point {
	var streets [][]geo.Point
	for i := -12; i <= 12; i++ {
		var across, along []geo.Point
		for j := -12; j <= 12; j++ {
			across = append(across, geo.Offset(sampleVenue, geo.Meters(i*400), geo.Meters(j*400)))
			along = append(along, geo.Offset(sampleVenue, geo.Meters(j*400), geo.Meters(i*400)))
		}
		streets = append(streets, across, along)
	}
	return streets
}

func sampleEvent() evaluation.Event {
	return evaluation.Event{
		ID: "match", Date: "2026-08-15", TransitShare: .42,
		Names: label.Names{"en": "Cup match: Home v. Guests", "kk": "Кубок матчы: «Үй иелері» — «Қонақтар»", "ru": "Кубковый матч «Хозяева» — «Гости»", "zh": "杯赛：主队对客队"},
		Venue: evaluation.Venue{
			ID: "arena", Names: label.Names{"en": "Sample Arena", "kk": "Үлгі Арена", "ru": "Образец Арена", "zh": "示例体育场"}, At: sampleVenue, Capacity: 30254,
			Gates: []evaluation.Gate{{ID: "north", At: geo.Offset(sampleVenue, 140, 0)}, {ID: "south", At: geo.Offset(sampleVenue, -140, 30)}},
		},
		Sessions: []evaluation.Session{{Start: 18000, End: 24600, Attendance: 30000}},
	}
}

// sampleCrowd draws three curves of the form of a logistic one.
func sampleCrowd(way string, middle, width float64) evaluation.Crowd {
	c := evaluation.Crowd{
		Way: way, People: 12600, Arrived: 12436, Walking: 20, Stranded: 144, Denied: 9116, Late: 0,
		Travel: evaluation.Quantiles{P10: 1080, P50: 2140, P90: 4380, P99: 6200, Max: 7900},
		Wait:   evaluation.Quantiles{P10: 60, P50: 540, P90: 2460, P99: 3800, Max: 4310},
	}
	marked, shift, stretch := 0, 28.0, 2.4
	if way == "arriving" {
		c.Late, marked, shift, stretch, c.Denied = 912, 2, 6, 1.2, 204
	}
	share := func(minute int, at, width float64) int {
		return int(12600 / (1 + math.Exp((at-float64(minute))/width)))
	}
	for minute := int(middle - 8*width); minute < int(middle+8*width+120); minute++ {
		started := share(minute, middle, width)
		away := min(started, share(minute, middle+shift, width*stretch))
		arrived := min(away, share(minute, middle+shift+25, width*stretch))
		c.Curve = append(c.Curve, evaluation.Point{Minute: minute, Started: started, Away: min(away, 12456), Arrived: min(arrived, 12436)})
	}
	for _, percent := range []int{50, 90, 95, 99, 100} {
		c.Clear = append(c.Clear, evaluation.Clear{Percent: percent, At: whenShare(c.Curve, percent*126, marked)})
	}
	return c
}

func whenShare(curve []evaluation.Point, people, which int) int {
	for _, p := range curve {
		if (which == 0 && p.Away >= people) || (which == 2 && p.Arrived >= people) {
			return (p.Minute + 1) * 60
		}
	}
	return -1
}

// addLine adds a line that passes the venue (the first four) or the centre.
func addLine(e *evaluation.Evaluation, number int) {
	route := fmt.Sprintf("r%d", number+1)
	vehicle, room, name := "bus", 80, fmt.Sprint([]int{10, 12, 15, 18, 21, 28, 37, 46, 53}[number])
	if number == 0 {
		vehicle, room, name = "lrt", 652, "LRT"
	}
	stops := 18 + number*7%8
	angle := float64(number) * 2 * math.Pi / sampleLines / 2
	center := geo.Offset(sampleVenue, geo.Meters(number*number*40), geo.Meters(-number*110))
	var way []geo.Point
	for i := range stops {
		along := float64(i-stops/2) * 520
		bend := 500 * math.Sin(float64(i)/4+float64(number))
		p := geo.Offset(center, geo.Meters(along*math.Sin(angle)+bend*math.Cos(angle)), geo.Meters(along*math.Cos(angle)-bend*math.Sin(angle)))
		way = append(way, p)
		addStop(e, number, i, p, max(0, 1-math.Abs(along)/3500))
	}
	signs := []string{"West Station", "East Market"}
	for direction := range 2 {
		headsign := []string{"Батыс вокзалы", "Шығыс базары"}[direction]
		line := evaluation.Line{
			Route: route, Name: name, Names: label.Names{"": name}, Direction: direction,
			Headsign: headsign, Headsigns: label.Names{"": headsign, "en": signs[direction], "zh": []string{"西站", "东市场"}[direction]},
			Vehicle: vehicle, Room: room,
			RoomDefault: number > 2, Color: fmt.Sprintf("%06x", (number*1973+517)*997%0xffffff),
		}
		for bin := firstBin; bin <= lastBin; bin++ {
			line.Cells = append(line.Cells, sampleCell(number, direction, bin, room, stops))
		}
		e.Lines = append(e.Lines, line)
		addSegments(e, line, number, way)
	}
	if number < 2 {
		addFleet(e, route, name, room, number)
	}
}

// surge is how busy a bin is: a hill before the match and a steeper one after it.
func surge(bin int) float64 {
	hill := func(middle, width float64) float64 {
		off := (float64(bin) - middle) / width
		return math.Exp(-off * off)
	}
	return .7*hill(18, 3) + 2.1*hill(29.5, 2.4)
}

func sampleCell(number, direction, bin, room, stops int) evaluation.Cell {
	departures := 2 + number%3
	c := evaluation.Cell{Bin: bin, Stop: fmt.Sprintf("s%d-%d", number, stops/2), Departures: departures, Capacity: departures * room}
	demand := int(float64(c.Capacity) * surge(bin) * (1.1 - .09*float64(number)) * (1 - .35*float64(direction)))
	c.Carried = min(demand, c.Capacity)
	c.LeftBehind = demand - c.Carried
	return c
}

func addStop(e *evaluation.Evaluation, line, i int, at geo.Point, busy float64) {
	id := fmt.Sprintf("s%d-%d", line, i)
	names := label.Names{"": []string{"Бәйтерек", "Қабанбай батыр даңғылы", "Ұлттық кітапхана", "Сарыарқа", "Нұржол гүлзары"}[(line*3+i)%5] + fmt.Sprintf(" %d", line*20+i)}
	if i%2 == 0 {
		names["en"], names["ru"] = fmt.Sprintf("Library Square %d", line*20+i), fmt.Sprintf("Площадь библиотеки %d", line*20+i)
		names["zh"] = fmt.Sprintf("图书馆广场%d", line*20+i)
	}
	s := evaluation.Stop{
		ID: id, Names: names, At: at, Lines: []evaluation.LineRef{{Route: fmt.Sprintf("r%d", line+1), Direction: i % 2}},
		Boardings: int(900 * busy), Alightings: int(700 * busy),
	}
	tall := busy * busy * float64(9-line) * 160
	if tall < 20 {
		e.Stops = append(e.Stops, s)
		return
	}
	for minute := 400; minute < 560; minute++ {
		off := (float64(minute) - 438) / 32
		queue := int(tall * math.Exp(-off*off))
		if queue > 0 {
			m := evaluation.Minute{Minute: minute, Queue: queue}
			if minute%6 == line%6 {
				m.Denied = queue * 2 / 3
			}
			s.Minutes, s.Denied, s.MaxQueue = append(s.Minutes, m), s.Denied+m.Denied, max(s.MaxQueue, queue)
		}
	}
	s.MaxWait, s.Stranded = int(tall*3), int(tall/40)
	e.Stops = append(e.Stops, s)
}

func addSegments(e *evaluation.Evaluation, line evaluation.Line, number int, way []geo.Point) {
	for i := 1; i < len(way); i++ {
		from, to, a, b := i-1, i, way[i-1], way[i]
		if line.Direction == 1 {
			from, to, a, b = i, i-1, b, a
		}
		middle := geo.Point{Lat: (a.Lat+b.Lat)/2 + .0004, Lon: (a.Lon + b.Lon) / 2}
		s := evaluation.Segment{
			Route: line.Route, Direction: line.Direction, From: fmt.Sprintf("s%d-%d", number, from), To: fmt.Sprintf("s%d-%d", number, to),
			Line: []geo.Point{a, middle, b},
		}
		near := max(0, 1-math.Abs(float64(i-len(way)/2))/float64(len(way)/2))
		for _, c := range line.Cells {
			if carried := int(float64(c.Carried) * near); carried > 0 {
				s.Loads = append(s.Loads, evaluation.Load{Bin: c.Bin, Carried: carried, Room: c.Capacity})
			}
		}
		e.Segments = append(e.Segments, s)
	}
}

func addFleet(e *evaluation.Evaluation, route, name string, room, number int) {
	e.Fleets = append(e.Fleets, evaluation.Fleet{
		Route: route, Name: name, Vehicles: 19, Reserve: 2, Cycle: 5280, Turnback: 240, Room: room,
		Best:   []evaluation.Headway{{Vehicles: 19, Seconds: 278, PerHour: room * 3600 / 278}, {Vehicles: 17, Seconds: 311, PerHour: room * 3600 / 311}},
		Needed: 17 + number*4, NeededAt: 27000, Kind: basis.Fact, Source: "operator, 2026",
	})
}

func addWorst(e *evaluation.Evaluation) {
	for line := range 6 {
		e.Worst = append(e.Worst, evaluation.Worst{
			Stop: fmt.Sprintf("s%d-%d", line, 9), Routes: []string{fmt.Sprintf("r%d", line+1), "r9", "r2"}, From: 24060, To: 31200 - line*600,
			MaxQueue: 1390 - line*170, At: 26340, MaxWait: 4140 - line*300, Denied: 6022 - line*900, People: 2105 - line*250, Stranded: 144 - line*24,
		})
	}
}

func sampleNumbers() []basis.Number {
	return []basis.Number{
		{ID: "walking_speed", Value: "1.34", Unit: "m/s", Kind: basis.Fact, Source: "Weidmann 1993"},
		{ID: "walking_detour", Value: "1.3", Kind: basis.Assumption},
		{ID: "transit_share", Value: "42", Unit: "%", Kind: basis.Assumption, Source: "between 37 and 48% at comparable stadiums"},
		{ID: "attendance", Subject: "0", Value: "30000", Unit: "people", Kind: basis.Assumption, Source: "sold out"},
		{ID: "leaving_profile", Value: "5% early, 80% in 20 min", Kind: basis.Assumption},
		{ID: "room", Subject: "lrt", Value: "652", Unit: "people", Kind: basis.Fact, Source: "manufacturer"},
		{ID: "room", Subject: "bus", Value: "80", Unit: "people", Kind: basis.Assumption, Source: "default for a 12 m bus"},
		{ID: "turnback", Subject: "r1", Value: "240", Unit: "s", Kind: basis.Assumption},
		{ID: "fleet", Subject: "r1", Value: "19", Unit: "trains", Kind: basis.Fact, Source: "operator"},
		{ID: "something_new", Value: "7", Kind: basis.Computed},
		{ID: "seed", Value: "1", Kind: basis.Assumption},
	}
}

func sampleFindings() []finding.Finding {
	findings := []finding.Finding{
		{Level: finding.Warning, Code: "findings.too_many", Args: map[string]string{"count": "1204"}},
		{Level: finding.Note, Code: "sample.without_words", File: "stops.txt", Line: 12, Field: "stop_name", Value: "x"},
	}
	for line := range 8 {
		findings = append(findings, finding.Finding{Level: finding.Error, Code: "sample.bad_row", File: "stop_times.txt", Line: 1200 + line, Field: "arrival_time", Value: "25:61:00"})
	}
	return findings
}
