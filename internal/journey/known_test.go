package journey_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// told is a journey as a person would note it: A 18:00 red B 18:05 walk C.
func told(c *town, j journey.Journey) string {
	var b strings.Builder
	tt := c.net.Timetable
	for i, l := range j.Legs {
		if i == 0 && !l.Walk {
			b.WriteString(string(tt.Stops.ID[l.From]) + " ")
		}
		line := "walk"
		if !l.Walk {
			line = string(tt.Routes.ID[tt.RouteOf(c.day.Trip[l.Trip])])
		}
		to := "end"
		if uint32(l.To) != transit.None {
			to = string(tt.Stops.ID[l.To])
		}
		fmt.Fprintf(&b, "%s %s %s %s ", l.Depart.Clock(), line, to, l.Arrive.Clock())
	}
	return strings.TrimSpace(b.String())
}

func drawnTown(t *testing.T, text string) *town {
	t.Helper()
	city, err := drawn.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(city.Network.Timetable, transit.Horizon{Start: int64(city.Date) * 86400, Length: 28 * transit.Hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return &town{net: city.Network, day: day}
}

// TestKnownJourneys are answers that a reader can find with a pencil.
func TestKnownJourneys(t *testing.T) {
	for name, c := range map[string]struct {
		city  string
		ask   func(s *journey.Search, q journey.Query) []journey.Journey
		leave string
		want  []string
	}{
		// The slow vehicle leaves first and is overtaken within its pattern.
		"overtaking": {
			"A-----B-----C\nline red A B C at 18:00 hop 30m\nline red2 A B C at 18:10 hop 5m\n", earliest, "17:55",
			[]string{"A 18:10:00 red2 C 18:20:00"},
		},
		// The last vehicle leaves yesterday's service day at half past midnight.
		"past midnight": {
			"A-----B\nline red A B at 24:30 hop 10m\n", earliest, "0:10",
			[]string{"A 00:30:00 red B 00:40:00"},
		},
		// The loop passes B twice: one gets on the second time only to stay for C.
		"a stop twice": {
			"A-----B-----C\nline red A B A B C at 18:00 hop 10m\n", earliest, "17:55",
			[]string{"A 18:20:00 red C 18:40:00"},
		},
		// Of two ways as fast the one without a change.
		"fewest boardings": {
			"A-----B-----C\nline red A B at 18:00 hop 10m\nline blue B C at 18:12 hop 8m\nline green A C at 18:00 hop 20m\n", earliest, "17:55",
			[]string{"A 18:00:00 green C 18:20:00"},
		},
		"arrive by": {
			"A-----B-----C\nline red A B every 10m 18:00-20:00 hop 5m\nline blue B C every 15m 18:00-20:00 hop 5m\n",
			func(s *journey.Search, q journey.Query) []journey.Journey {
				q.By = 19*transit.Hour + 6*transit.Minute
				j, _ := s.ArriveBy(q)
				return []journey.Journey{j}
			}, "0:00",
			[]string{"A 18:50:00 red B 18:55:00 19:00:00 blue C 19:05:00"},
		},
		// A later start, an earlier arrival or fewer vehicles: each is worth telling.
		"profile": {
			"A-----B-----C\nline red A B at 18:00 18:20 hop 5m\nline blue B C at 18:07 18:27 hop 5m\nline green A C at 18:05 hop 40m\n",
			func(s *journey.Search, q journey.Query) []journey.Journey {
				return s.Profile(q, journey.Window{From: q.Leave, Until: q.Leave + transit.Hour})
			}, "17:50",
			[]string{
				"A 18:00:00 red B 18:05:00 18:07:00 blue C 18:12:00", "A 18:05:00 green C 18:45:00",
				"A 18:20:00 red B 18:25:00 18:27:00 blue C 18:32:00",
			},
		},
		// 20 minutes on board; 2 * 9 and 5 for a change; 30 minutes on board and 2 of waiting.
		"alternatives": {
			"A-----B-----C\nline red A B at 18:00 hop 9m\nline blue B C at 18:09 hop 9m\nline green A C at 18:00 hop 20m\nline slow A C at 18:02 hop 30m\n",
			func(s *journey.Search, q journey.Query) []journey.Journey {
				return s.Alternatives(q, 5, journey.DefaultWeights)
			}, "18:00",
			[]string{"A 18:00:00 green C 18:20:00", "A 18:00:00 red B 18:09:00 18:09:00 blue C 18:18:00", "A 18:02:00 slow C 18:32:00"},
		},
	} {
		town := drawnTown(t, c.city)
		leave, err := transit.ParseClock(c.leave)
		if err != nil {
			t.Fatal(err)
		}
		last := demand.Place(len(town.net.Places.ID) - 1)
		s := journey.NewIndex(town.net, town.day, demand.Ordinary).Search()
		var got []string
		for _, j := range c.ask(s, journey.Query{From: journey.AtPlace(0), To: journey.AtPlace(last), Leave: leave}) {
			got = append(got, told(town, j))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

func earliest(s *journey.Search, q journey.Query) []journey.Journey {
	j, ok := s.EarliestArrival(q)
	if !ok {
		return nil
	}
	return []journey.Journey{j}
}

// A day without vehicles leaves the walks.
func TestDayWithoutVehicles(t *testing.T) {
	town := drawnTown(t, "AB----C\nline red A B C at 18:00\nwalking direct 100\n")
	day, err := transit.NewDay(town.net.Timetable, transit.Horizon{Start: 0, Length: transit.Hour}, 1)
	if err != nil || len(day.Trip) != 0 {
		t.Fatalf("%d trips: %v", len(day.Trip), err)
	}
	s := journey.NewIndex(town.net, day, demand.Ordinary).Search()
	for to, near := range []bool{true, true, false} {
		q := journey.Query{From: journey.AtPlace(0), To: journey.AtPlace(demand.Place(to)), Leave: 60, By: 600}
		j, found := s.EarliestArrival(q)
		back, there := s.ArriveBy(q)
		if found != near || there != near || len(s.Alternatives(q, 3, journey.DefaultWeights)) != len(s.Profile(q, journey.Window{From: 0, Until: 60})) {
			t.Errorf("to %d: %v and %v, want %v", to, found, there, near)
		}
		if near && (j.Depart != 60 || back.Arrive != 600 || j.Arrive-j.Depart != back.Arrive-back.Depart) {
			t.Errorf("to %d: %+v and %+v", to, j, back)
		}
	}
	if r := s.OneToMany(journey.Query{From: journey.AtPlace(0), Leave: 60}, transit.Hour); r.Place[1] != 81 || r.Place[2] != journey.Unreached {
		t.Errorf("%+v", r)
	}
}
