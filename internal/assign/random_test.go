package assign_test

import (
	"context"
	"flag"
	"os"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// TestMain asks for thousands of random cities where the caller names no number.
func TestMain(m *testing.M) {
	flag.Parse()
	named := false
	flag.Visit(func(f *flag.Flag) { named = named || f.Name == "rapid.checks" })
	if !named {
		if err := flag.Set("rapid.checks", "2000"); err != nil {
			panic(err)
		}
	}
	if err := flag.Set("rapid.nofailfile", "true"); err != nil { // every file of testdata is read as drawn cities
		panic(err)
	}
	os.Exit(m.Run())
}

// randomWeights are those of the program or plain ones, with and without taste and eagerness.
func randomWeights(t *rapid.T) journey.Weights {
	w := rapid.SampledFrom([]journey.Weights{journey.DefaultWeights, plain}).Draw(t, "weights")
	if rapid.Bool().Draw(t, "eager") {
		w.Eager = 0
	}
	if rapid.Bool().Draw(t, "hasty") { // the first departures that may be taken are soon the ones before them
		w.Window = 5 * transit.Minute
	}
	return w
}

// posed is a random city with its changes applied and its day laid out.
func posed(t *rapid.T) (*drawn.City, *network.Network, *assign.Problem) {
	text := randomCity(t)
	t.Log(text)
	city, err := drawn.Parse(text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	base := network.Hash(city.Network)
	changed, _ := scenario.Apply(city.Network, city.Date, city.Changes)
	if network.Hash(city.Network) != base {
		t.Fatalf("applying the changes changed the base of\n%s", text)
	}
	return city, changed, problemOf(t, city, changed)
}

func problemOf(t *rapid.T, city *drawn.City, n *network.Network) *assign.Problem {
	seed := draw.Seed(rapid.Uint64().Draw(t, "seed"))
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(city.Date) * 86400, Length: 28 * transit.Hour}, seed)
	if err != nil {
		t.Fatal(err)
	}
	return &assign.Problem{Network: n, Day: day, Travellers: city.Travellers, Weights: randomWeights(t), Seed: seed, Workers: 1}
}

func load(t rapid.TB, p *assign.Problem) *assign.Outcome {
	t.Helper()
	out, err := assign.Load(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestInvariantsOnRandomCities: everybody is accounted for, room is never
// exceeded on vehicles, platforms and stands, first come first served
// everywhere, vehicles keep their times, travellers' and vehicles' counts agree,
// and any number of workers gives the same outcome.
func TestInvariantsOnRandomCities(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, n, p := posed(rt)
		base := network.Hash(n)
		p.Model, p.Rounds = randomModel(rt, p), rapid.IntRange(0, 4).Draw(rt, "rounds")
		p.Settle, p.Ask = rapid.IntRange(0, 3).Draw(rt, "settle"), rapid.SampledFrom([]float64{0, .3, 1}).Draw(rt, "ask")
		one := load(rt, p)
		checkInvariants(rt, p, one)
		many := *p
		many.Workers = rapid.IntRange(2, 7).Draw(rt, "workers")
		if other := load(rt, &many); !reflect.DeepEqual(one, other) {
			rt.Fatalf("%d workers differ from one:\n%s", many.Workers, cmp.Diff(one, other, cmp.Exporter(func(reflect.Type) bool { return true })))
		}
		if network.Hash(n) != base {
			rt.Fatal("playing the day changed the network")
		}
	})
}

// randomModel plays any of what can be played.
func randomModel(t *rapid.T, p *assign.Problem) assign.Model {
	m := assign.Model{Dwell: rapid.Bool().Draw(t, "dwell"), Crowding: rapid.Bool().Draw(t, "crowding"), Replan: rapid.Bool().Draw(t, "replan")}
	if rapid.Bool().Draw(t, "blocks") {
		rules := block.DefaultRules
		rules.Interline = rapid.Bool().Draw(t, "interline")
		m.Blocks = block.Chain(p.Network, p.Day, rules)
	}
	return m
}

// TestEmptyScenarioIsTheBaseline: applying nothing gives the very same outcome.
func TestEmptyScenarioIsTheBaseline(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		city, _, _ := posed(rt)
		same, findings := scenario.Apply(city.Network, city.Date, nil)
		if network.Hash(same) != network.Hash(city.Network) || len(findings) != 0 {
			rt.Fatal("the empty scenario changed the network")
		}
		p := problemOf(rt, city, city.Network)
		p.Model = randomModel(rt, p)
		q := *p
		q.Network = same
		if !reflect.DeepEqual(load(rt, p), load(rt, &q)) {
			rt.Fatal("the empty scenario changed the outcome")
		}
	})
}
