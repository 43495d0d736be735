package porto_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	_ "time/tzdata"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// imported reads a city whose files lie in a folder and in the data.
func imported(t testing.TB, dir fs.FS, vehicles *feed.Table) *feed.Result {
	t.Helper()
	data := require.Data(t)
	result, err := feed.Import(context.Background(), feed.Request{Dir: dir, Capacities: vehicles, Outside: func(name string) (fs.FS, string, error) {
		rest, ok := strings.CutPrefix(name, "${QALA_DATA}/")
		if !ok {
			return nil, "", fmt.Errorf("%s is not in the data", name)
		}
		path := filepath.Join(data, filepath.FromSlash(rest))
		return os.DirFS(filepath.Dir(path)), filepath.Base(path), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestPortoFromPublicFiles imports the whole example: nothing may be found wrong.
func TestPortoFromPublicFiles(t *testing.T) {
	result := imported(t, os.DirFS("."), nil)
	for _, f := range result.Findings {
		if f.Level != "note" {
			t.Errorf("%+v", f)
		}
	}
	// The census counts 231,800 in the city; its seven neighbours had 1,020,912 in 2019.
	if s := result.Summary; s.People != 231_800+1_020_912 || s.Routes != 80 || s.Stops != 2586 || s.Trips != 15_642 || s.StopTimes != 519_514 {
		t.Errorf("%+v", s)
	}
	if s := result.Summary; s.FirstDate != transit.DateOf(2023, 9, 11) || s.LastDate != transit.DateOf(2024, 7, 14) {
		t.Errorf("service from %v to %v", s.FirstDate, s.LastDate)
	}
	spread := 0
	for _, n := range result.Network.Numbers {
		if n.ID == "population_spread" {
			spread++
		}
	}
	if spread != 7 {
		t.Errorf("%d spreads are told, want one for each neighbour", spread)
	}
}

// TestMatchIsReadWithoutAnyFinding, and meant for this city.
func TestMatchIsReadWithoutAnyFinding(t *testing.T) {
	files, err := filepath.Glob("events/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no event")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		event, findings, err := eventfile.Read(file, data)
		if err != nil || len(findings) > 0 || event.City != "porto" {
			t.Errorf("%s: %v %v", file, err, findings)
		}
	}
}

// stadiumStop is the light-rail station at the stadium as the feed names it.
const stadiumStop = "5708"

// night is a city of the light rail alone, in which everybody stands at the
// stadium's station and wants to be at Trindade.
const night = `city: porto
name: {en: Porto}
timezone: Europe/Lisbon
feeds: [{id: metro, path: "${QALA_DATA}/porto/gtfs/gtfs_metro_do_porto.zip", from: 2023-09-11, to: 2024-07-14}]
venues: venues.yaml
walking: {max_access_m: 0, max_transfer_m: 0, max_direct_m: 0, nearest_stops: 1}
`

const twoStops = `- {id: stadium, kind: stadium, name: {en: Stadium}, lat: 41.160716, lon: -8.582416}
- {id: centre, kind: landmark, name: {en: Trindade}, lat: 41.152277, lon: -8.609299}
`

// people is how many more than usual validated at the station that night.
const people = 4799

// TestEverybodyBoundForTheCentre is the arithmetic of a queue on the real
// departures of 23 September 2023: with N people at the station at the end of
// the match and room for C in each tram, the ceil(N / C)-th tram takes the last.
func TestEverybodyBoundForTheCentre(t *testing.T) {
	for _, c := range []struct {
		room int
		last string // "" where service ends before
	}{{1000, "22:43"}, {432, "23:23"}, {216, "24:32"}, {180, ""}} {
		t.Run(fmt.Sprint("room ", c.room), func(t *testing.T) {
			p, leaving := nightOf(t, c.room)
			if hour := between(leaving, 22*transit.Hour, 23*transit.Hour); hour != 10 {
				t.Errorf("%d departures towards the centre from 22:00 to 22:59, want 10", hour)
			}
			out, err := assign.Load(context.Background(), p, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkQueue(t, p, out, leaving[slices.IndexFunc(leaving, func(s transit.Seconds) bool { return s >= whistle }):], c.room, c.last)
		})
	}
}

// whistle is when the people are at the station.
const whistle = 22*transit.Hour + 20*transit.Minute

// nightOf is the problem and the departures from the stadium that reach the centre.
func nightOf(t *testing.T, room int) (*assign.Problem, []transit.Seconds) {
	t.Helper()
	dir := fstest.MapFS{"city.yaml": {Data: []byte(night)}, "venues.yaml": {Data: []byte(twoStops)}}
	n := imported(t, dir, &feed.Table{Name: "room.csv", Text: fmt.Sprintf("vehicle,room,seats\ntram,%d,80\n", room)}).Network
	date := transit.DateOf(2023, 9, 23)
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(date)*86400 - 3600, Length: 28 * transit.Hour}, 1) // UTC+1
	if err != nil {
		t.Fatal(err)
	}
	stadium, centre := gateOf(t, n, "stadium"), gateOf(t, n, "centre")
	who := &demand.Travellers{Crowds: []demand.Crowd{{Way: demand.Leaving, People: people}}}
	for i := range people {
		who.Key = append(who.Key, uint64(i))
		who.From, who.To = append(who.From, stadium), append(who.To, centre)
		who.Ready, who.Due = append(who.Ready, whistle), append(who.Due, demand.Free)
		who.Crowd = append(who.Crowd, 0)
	}
	// A minute's wait counts as one on board, else some would ride out a station
	// to come back on a tram that is still empty, as people do at times.
	weights := journey.DefaultWeights
	weights.Wait = 100
	p := &assign.Problem{Network: n, Day: day, Travellers: who, Weights: weights, Seed: 1, Workers: 2}
	return p, departures(n, day)
}

func gateOf(t *testing.T, n *network.Network, venue string) demand.Place {
	t.Helper()
	v, found := demand.FindVenue(n.Venues, venue)
	if !found {
		t.Fatal("no venue " + venue)
	}
	return n.Venues[v].Gates[0].Place
}

// departures are when trams leave the stadium that later call at Trindade,
// found in the timetable itself.
func departures(n *network.Network, day *transit.Day) []transit.Seconds {
	tt := n.Timetable
	stadium, centre := slices.Index(tt.Stops.ID, stadiumStop), slices.Index(tt.Stops.Name, "Trindade")
	var all []transit.Seconds
	for v, stop := range day.Stop {
		if stop != transit.Stop(stadium) {
			continue
		}
		for next := v + 1; next < len(day.Stop) && day.Owner[next] == day.Owner[v]; next++ {
			if day.Stop[next] == transit.Stop(centre) {
				all = append(all, day.Depart[v])
			}
		}
	}
	slices.Sort(all)
	return all
}

func between(times []transit.Seconds, from, to transit.Seconds) int {
	n := 0
	for _, at := range times {
		if from <= at && at < to {
			n++
		}
	}
	return n
}

// checkQueue compares a run with the arithmetic: minute by minute, and the last.
func checkQueue(t *testing.T, p *assign.Problem, out *assign.Outcome, leaving []transit.Seconds, room int, last string) {
	t.Helper()
	boarded, trams := map[transit.Seconds]int{}, map[transit.Seconds]int{}
	for _, leg := range out.Legs {
		boarded[p.Day.Depart[leg.On]]++
	}
	for _, at := range leaving { // lines share the platform: two trams may leave at once
		trams[at]++
	}
	left := people
	for _, at := range slices.Compact(slices.Clone(leaving)) {
		want := min(room*trams[at], left)
		if boarded[at] != want {
			t.Errorf("%d trams at %s take %d, want %d", trams[at], at.Clock(), boarded[at], want)
		}
		if left -= want; left == 0 && want > 0 && at.Clock()[:5] != last {
			t.Errorf("the last are away at %s, want %q", at.Clock(), last)
		}
	}
	if needed := (people + room - 1) / room; (needed > len(leaving)) != (last == "") || (left > 0) != (last == "") {
		t.Errorf("%d trams of %d are needed, %d people are left; want the last away at %q", needed, len(leaving), left, last)
	}
	stranded := len(out.State)
	for _, state := range out.State {
		if state == assign.Arrived {
			stranded--
		}
	}
	if stranded != left {
		t.Errorf("%d do not arrive, want %d", stranded, left)
	}
}

// TestMatchNight runs the example and holds it against what was measured: how
// many board, and that the room of a tram decides whether the hour of the match's
// end can be carried. For a single person, or a single queue, more room may be
// worse; for all who wait there together it is not.
func TestMatchNight(t *testing.T) {
	data, err := os.ReadFile("events/match-2023-09-23.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := eventfile.Read("match", data)
	if err != nil {
		t.Fatal(err)
	}
	single, coupled := stationOn(t, file, "capacities-single.csv"), stationOn(t, file, "capacities.csv")
	for _, s := range []station{single, coupled} {
		if s.Boardings < 3500 || s.Boardings > 6000 {
			t.Errorf("%d board at the stadium's station; 4,799 more than usual validated there", s.Boardings)
		}
	}
	if single.joined < single.places || coupled.joined > coupled.places {
		t.Errorf("from 22:00 to 23:00 %d come and single trams have %d places; %d come and coupled ones have %d: the hour can be carried by the latter only",
			single.joined, single.places, coupled.joined, coupled.places)
	}
	if single.LeftBehind <= coupled.LeftBehind || 2*single.full() <= 3*coupled.full() {
		t.Errorf("full trams leave %d people behind and make them wait %d s in all with single trams, %d and %d s with coupled ones",
			single.LeftBehind, single.full(), coupled.LeftBehind, coupled.full())
	}
}

// station is what happened at the stadium's station, and in the hour of the match's end.
type station struct {
	evaluation.Stop
	joined, places int // who came to the queue, and the free places of the hour's trams
}

// full is the waiting of all because trams were full, in seconds.
func (s station) full() int {
	for _, r := range s.Reasons {
		if r.Why == evaluation.VehicleFull {
			return r.PersonSeconds
		}
	}
	return 0
}

// stationOn is what happens at the stadium's station with a table of vehicles.
func stationOn(t *testing.T, file eventfile.File, vehicles string) station {
	t.Helper()
	text, err := os.ReadFile(vehicles)
	if err != nil {
		t.Fatal(err)
	}
	n := imported(t, os.DirFS("."), &feed.Table{Name: vehicles, Text: string(text)}).Network
	e, err := plan.Run(context.Background(), plan.Request{
		Network: n, Hash: "x", City: file.City, Event: file.Event, Seed: file.Seed, Weights: journey.DefaultWeights, Rounds: 1, Workers: 2,
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Totals; got.Arrived+got.Walking+got.Stranded != got.Travellers || got.Travellers != 16_000 {
		t.Errorf("%+v: people are lost", got)
	}
	out := station{Stop: stopOf(t, e)}
	for _, w := range e.Worst {
		for _, h := range w.Hours {
			if w.Stop == out.ID && h.From == 22*int(transit.Hour) {
				out.joined = h.Joined
				for _, l := range h.Lines {
					out.places += l.Places
				}
			}
		}
	}
	if out.joined == 0 {
		t.Fatal("the stadium's station is not among the worst places, or not from 22:00 on")
	}
	return out
}

func stopOf(t *testing.T, e *evaluation.Evaluation) evaluation.Stop {
	t.Helper()
	for _, s := range e.Stops {
		if s.ID == "metro:"+stadiumStop {
			return s
		}
	}
	t.Fatal("nobody is at the stadium's station")
	return evaluation.Stop{}
}
