package assign_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
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
	os.Exit(m.Run())
}

// randomCity draws a small city in the language of package drawn, so that a
// failure prints something that a person can read and try.
func randomCity(t *rapid.T) string {
	var b strings.Builder
	stops := rapid.IntRange(2, 7).Draw(t, "stops")
	for s := range stops {
		gap := rapid.IntRange(0, 6).Draw(t, "gap")
		b.WriteString(string(rune('A'+s)) + strings.Repeat("-", gap))
		if rapid.IntRange(0, 3).Draw(t, "row") == 0 {
			b.WriteString("\n" + strings.Repeat(" ", rapid.IntRange(0, 20).Draw(t, "indent")))
		}
	}
	fmt.Fprintf(&b, "\nwalking transfer %d access %d direct %d\n", rapid.IntRange(0, 300).Draw(t, "transfer"),
		rapid.IntRange(0, 200).Draw(t, "access"), rapid.IntRange(0, 400).Draw(t, "direct"))
	for l := range rapid.IntRange(1, 5).Draw(t, "lines") {
		randomLine(t, &b, l, stops)
	}
	for range rapid.IntRange(1, 6).Draw(t, "crowds") {
		randomCrowd(t, &b, stops)
	}
	for range rapid.IntRange(0, 2).Draw(t, "changes") {
		randomChange(t, &b)
	}
	return b.String()
}

func letter(t *rapid.T, stops int) string {
	return string(rune('A' + rapid.IntRange(0, stops-1).Draw(t, "stop")))
}

func clock(t *rapid.T) string {
	return fmt.Sprintf("%d:%02d", rapid.IntRange(17, 26).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
}

func randomLine(t *rapid.T, b *strings.Builder, number, stops int) {
	fmt.Fprintf(b, "line l%d", number)
	for range rapid.IntRange(2, 5).Draw(t, "calls") {
		b.WriteString(" " + letter(t, stops))
	}
	if rapid.Bool().Draw(t, "regular") {
		word := rapid.SampledFrom([]string{"every", "about"}).Draw(t, "word")
		fmt.Fprintf(b, " %s %dm 18:00-%d:30", word, rapid.IntRange(1, 40).Draw(t, "headway"), rapid.IntRange(18, 25).Draw(t, "until"))
	} else {
		b.WriteString(" at")
		for range rapid.IntRange(1, 5).Draw(t, "trips") {
			b.WriteString(" " + clock(t))
		}
	}
	fmt.Fprintf(b, " room %d", rapid.IntRange(1, 20).Draw(t, "room"))
	if rapid.Bool().Draw(t, "timed") {
		fmt.Fprintf(b, " hop %ds dwell %ds", rapid.IntRange(1, 400).Draw(t, "hop"), rapid.IntRange(1, 60).Draw(t, "dwell"))
	}
	if rapid.Bool().Draw(t, "both") {
		b.WriteString(" both")
	}
	b.WriteByte('\n')
}

func randomCrowd(t *rapid.T, b *strings.Builder, stops int) {
	n := rapid.IntRange(1, 40).Draw(t, "people")
	from, to := letter(t, stops), letter(t, stops)
	if rapid.Bool().Draw(t, "leaving") {
		fmt.Fprintf(b, "crowd %d at %s %s over %dm to %s\n", n, from, clock(t), rapid.IntRange(1, 30).Draw(t, "over"), to)
		return
	}
	fmt.Fprintf(b, "crowd %d at %s to %s by %s\n", n, from, to, clock(t))
}

func randomChange(t *rapid.T, b *strings.Builder) {
	word := rapid.SampledFrom([]string{"headway", "extra"}).Draw(t, "change")
	fmt.Fprintf(b, "%s l%d every %dm 18:10-%d:10\n", word, rapid.IntRange(0, 4).Draw(t, "line"),
		rapid.IntRange(1, 20).Draw(t, "every"), rapid.IntRange(18, 25).Draw(t, "until"))
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

func load(t testing.TB, p *assign.Problem) *assign.Outcome {
	t.Helper()
	out, err := assign.Load(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestInvariantsOnRandomCities: everybody is accounted for, room is never
// exceeded, first come first served, travellers' and vehicles' counts agree,
// and any number of workers gives the same outcome.
func TestInvariantsOnRandomCities(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, _, p := posed(rt)
		p.Rounds = rapid.IntRange(0, 4).Draw(rt, "rounds")
		one := load(t, p)
		checkInvariants(t, p, one)
		many := *p
		many.Workers = rapid.IntRange(2, 7).Draw(rt, "workers")
		if other := load(t, &many); !reflect.DeepEqual(one, other) {
			rt.Fatalf("%d workers differ from one:\n%s", many.Workers, cmp.Diff(one, other, cmp.Exporter(func(reflect.Type) bool { return true })))
		}
	})
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
		q := *p
		q.Network = same
		if !reflect.DeepEqual(load(t, p), load(t, &q)) {
			rt.Fatal("the empty scenario changed the outcome")
		}
	})
}
