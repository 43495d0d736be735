package serve_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/serve"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

const (
	minute = transit.Minute
	hour   = transit.Hour
)

// thing is one facility as a test says it.
type thing struct {
	kind                 station.Kind
	channels, service    uint32
	variation            uint8
	length, width, speed float32
}

func facilities(things ...thing) *station.Facilities {
	f := &station.Facilities{}
	for i, x := range things {
		f.ID, f.Kind = append(f.ID, fmt.Sprint("f", i)), append(f.Kind, x.kind)
		f.Channels, f.Service, f.Variation = append(f.Channels, x.channels), append(f.Service, x.service), append(f.Variation, x.variation)
		f.Length, f.Width, f.Speed = append(f.Length, x.length), append(f.Width, x.width), append(f.Speed, x.speed)
	}
	return f
}

func one(x thing) *serve.Servers { return serve.New(facilities(x), 1) }

// crowd passes n people at once and tells when the last is through.
func crowd(s *serve.Servers, f station.Facility, n int, at transit.Seconds) (last transit.Seconds) {
	for i := range n {
		last = max(last, s.Pass(f, uint64(i), at))
	}
	return last
}

// A queue of M/M/c or M/D/c at nine tenths of what its channels can serve.
// Expected: Erlang's C for exponential service; 4.05 is rho^2 / 2(1-rho), and
// 3.495128 the exact mean of M/D/5, for constant service.
func TestQueuesAtChannels(t *testing.T) {
	for _, x := range []struct {
		channels   uint32
		variation  uint8
		held, mean float64 // share who wait, mean number who wait
	}{{5, 100, .762493, 6.862439}, {10, 100, .668732, 6.018584}, {1, 0, .9, 4.05}, {5, 0, math.NaN(), 3.495128}} {
		name := fmt.Sprintf("%d channels, variation %d", x.channels, x.variation)
		held, mean := queueAt(x.channels, x.variation, .9)
		sampled(t, name+": mean queue", mean, x.mean)
		if !math.IsNaN(x.held) {
			sampled(t, name+": share who wait", held, x.held)
		}
	}
}

// batches of a long time; the first is thrown away, because nobody was there before.
const batches = 40

// queueAt lets people come at random to channels of 3,600 s each, for which the
// whole seconds in which they come are small, and tells by batch the share who
// had to wait and the mean number who waited.
func queueAt(channels uint32, variation uint8, load float64) (held, mean []float64) {
	const service, part = 3600, transit.Seconds(2_000_000_000 / (batches + 1))
	s := one(thing{kind: station.Gate, channels: channels, service: service * 1000, variation: variation})
	at, before := 0.0, serve.Log{}
	for key, end := uint64(0), part; end < part*(batches+1); key++ {
		at += draw.Seed(99).Exponential(key) * service / (load * float64(channels))
		for transit.Seconds(at) >= end {
			now := *s.Log(0)
			if end > part {
				held = append(held, float64(now.Queued-before.Queued)/float64(now.Passed-before.Passed))
				mean = append(mean, float64(now.Wait-before.Wait)/1000/float64(part))
			}
			before, end = now, end+part
		}
		s.Pass(0, key, transit.Seconds(at))
	}
	return held, mean
}

// sampled accepts three standard errors of the batch means.
func sampled(t *testing.T, what string, batch []float64, want float64) {
	t.Helper()
	mean, square := 0.0, 0.0
	for _, x := range batch {
		mean += x / float64(len(batch))
	}
	for _, x := range batch {
		square += (x - mean) * (x - mean)
	}
	err := math.Sqrt(square / float64(len(batch)-1) / float64(len(batch)))
	t.Logf("%s: %.6f +- %.6f, want %.6f", what, mean, 3*err, want)
	if err == 0 || math.Abs(mean-want) > 3*err {
		t.Errorf("%s: %.6f +- %.6f, want %.6f", what, mean, 3*err, want)
	}
}

// IMO MSC.1/Circ.1533: at most 1.33 people a second and meter.
func TestDoors(t *testing.T) {
	if last := crowd(one(thing{kind: station.Door, width: 1}), 0, 100, 0); last != 76 {
		t.Errorf("100 people through a door of 1 m take %d s, want 75.19, rounded up", last)
	}
	for doors, want := range map[int]transit.Seconds{4: 188, 2: 376} {
		s := serve.New(facilities(slices.Repeat([]thing{{kind: station.Door, width: 1}}, doors)...), 1)
		last := transit.Seconds(0)
		for i := range 1000 {
			last = max(last, s.Pass(station.Facility(i%doors), uint64(i), 0))
		}
		if last != want {
			t.Errorf("1,000 people through %d doors of 1 m take %d s, want %d", doors, last, want)
		}
	}
}

// RiMEA 1 and 2: a corridor of 40 m at 1.33 m/s in 26 to 34 s, stairs of 10 m at 1 m/s in 10 s.
func TestWalksAlone(t *testing.T) {
	s := serve.New(facilities(
		thing{kind: station.Passage, length: 40, width: 2, speed: 1.33},
		thing{kind: station.Stairs, length: 10, width: 2, speed: 1},
		thing{kind: station.Stairs, length: 10, speed: 1},
		thing{kind: station.Escalator, length: 15, width: 1, speed: .5, channels: 1, service: 536},
		thing{kind: station.Passage},
	), 1)
	for f, want := range []transit.Seconds{31, 10, 10, 31, 0} {
		if got := s.Pass(station.Facility(f), 0, 100); got != 100+want || s.Free(station.Facility(f)) != want {
			t.Errorf("facility %d: out after %d s, free %d, want %d", f, got-100, s.Free(station.Facility(f)), want)
		}
	}
}

// The queue for moving stairs stands at their foot: who comes in the first minute
// waits in the first minute, though the ride takes two.
func TestQueueForAnEscalatorStandsAtItsFoot(t *testing.T) {
	s := one(thing{kind: station.Escalator, channels: 1, service: 1000, length: 60, width: 1, speed: .5})
	if last := crowd(s, 0, 30, 0); last != 150 {
		t.Errorf("the last of 30 is up after %d s, want 30 + 120", last)
	}
	if log := s.Log(0); log.LongestQueue != 29 || log.Minutes[0].Queued != 29 || log.Minutes[0].Queue != 0 || log.Wait != 29*30/2*1000 {
		t.Errorf("%+v", log)
	}
}

// A passage through which people come at a steady rate carries, at the density
// that it then has, what Weidmann's law says; more than its largest flow it never does.
func TestFlowAndDensityOfAPassage(t *testing.T) {
	const length, width = 100, 10
	for _, rate := range []int{1, 2, 4, 6, 8, 10, 11, 12, 13, 20, 40} { // people a second
		s := one(thing{kind: station.Passage, length: length, width: width, speed: capacity.FreeSpeed})
		for at := range hour {
			for i := range rate {
				s.Pass(0, uint64(i), at)
			}
		}
		flow, density := 0.0, 0.0
		for _, m := range s.Log(0).Minutes[30:60] {
			flow += float64(m.Through) / 1800 / width
			density += float64(m.Inside) / 30 / (length * width)
		}
		law := density * capacity.FreeSpeed * capacity.Level.Share(density)
		want := min(float64(rate)/width, 1.2249)
		t.Logf("%2d a second: flow %.4f at density %.4f; the law %.4f", rate, flow, density, law)
		if math.Abs(flow-want) > .002 || math.Abs(flow-law) > .01*law {
			t.Errorf("%d a second: flow %.4f at density %.4f; want %.4f, the law has %.4f", rate, flow, density, want, law)
		}
		// Who is out within a second counts as inside until its end: 12 people on 1,000 m2.
		if density > 1.7507+.013 || rate > 12 && density < 1.7507 {
			t.Errorf("%d a second: density %.4f, want the best one, 1.7507", rate, density)
		}
	}
}

// A point queue: 3,600 come in an hour to what takes 1,800 an hour.
func TestPointQueue(t *testing.T) {
	s := one(thing{kind: station.Gate, channels: 1, service: 2000})
	for at := range hour {
		s.Pass(0, uint64(at), at)
	}
	log := s.Log(0)
	if got := log.Minutes[59].Queue; got != 1800 || log.LongestQueue != 1800 {
		t.Errorf("%d wait after an hour, %d at most; want 1,800", got, log.LongestQueue)
	}
	if log.Minutes[118].Queue == 0 || log.Minutes[119].Queue != 0 || len(log.Minutes) != 121 {
		t.Errorf("the queue is not empty after exactly two hours: %v", log.Minutes[115:])
	}
	hours := float64(log.Wait) / 1000 / 3600
	if math.Abs(hours-1800) > 1800./3600 || math.Abs(hours/3600*60-30) > .01 {
		t.Errorf("%.1f vehicle-hours lost, want 1,800 within half a second each", hours)
	}
}

func TestNobodyIsHeldUpWhereNothingIsKnown(t *testing.T) {
	s := one(thing{kind: station.Passage})
	if last := crowd(s, 0, 10_000, 7); last != 7 {
		t.Errorf("last out at %d, want 7", last)
	}
	if log := s.Log(0); log.Passed != 10_000 || log.Wait != 0 || log.LongestQueue != 0 || log.Minutes[0].Through != 10_000 {
		t.Errorf("%+v", log)
	}
}

func anything(t *rapid.T) thing {
	x := thing{
		kind:      rapid.SampledFrom([]station.Kind{station.Gate, station.Door, station.Stairs, station.Escalator, station.Lift, station.Passage}).Draw(t, "kind"),
		channels:  uint32(rapid.IntRange(1, 9).Draw(t, "channels")),
		service:   uint32(rapid.SampledFrom([]int{0, 1, 333, 2400, 60_000}).Draw(t, "service")),
		variation: rapid.SampledFrom([]uint8{0, 100}).Draw(t, "variation"),
		length:    float32(rapid.IntRange(0, 30).Draw(t, "length")),
		width:     float32(rapid.IntRange(0, 12).Draw(t, "width")) / 4,
		speed:     1 + float32(rapid.IntRange(-3, 3).Draw(t, "speed"))/8,
	}
	return x
}

// visit is somebody who comes to a facility.
type visit struct {
	key     uint64
	at, out transit.Seconds
}

func visits(t *rapid.T) []visit {
	at, all := transit.Seconds(rapid.IntRange(-100, 5000).Draw(t, "start")), []visit(nil)
	for range rapid.IntRange(1, 40).Draw(t, "bursts") {
		at += transit.Seconds(rapid.IntRange(0, 90).Draw(t, "pause"))
		for range rapid.IntRange(1, 15).Draw(t, "burst") {
			all = append(all, visit{key: rapid.Uint64().Draw(t, "key"), at: at})
		}
	}
	return all
}

// TestServersOnRandomFacilities: nobody is through before he could be alone,
// nobody overtakes who cannot, no width or set of channels lets more through
// than it may, everybody is counted, and a copy goes on as the original does.
func TestServersOnRandomFacilities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, all := anything(t), visits(t)
		s := one(x)
		var twin *serve.Servers
		split := rapid.IntRange(0, len(all)-1).Draw(t, "split")
		for i := range all {
			if i == split {
				twin = s.Clone()
			}
			all[i].out = s.Pass(0, all[i].key, all[i].at)
		}
		checkVisits(t, x, s.Free(0), all)
		checkLog(t, s.Log(0), all)
		for _, v := range all[split:] {
			if out := twin.Pass(0, v.key, v.at); out != v.out {
				t.Fatalf("a copy lets through at %d, the original at %d", out, v.out)
			}
		}
		if !reflect.DeepEqual(s, twin) {
			t.Fatal("a copy that went the same way is not equal")
		}
	})
}

func checkVisits(t *rapid.T, x thing, free transit.Seconds, all []visit) {
	random := x.service > 0 && x.variation > 0
	for i, v := range all {
		if v.out < v.at || !random && v.out < v.at+free {
			t.Fatalf("%+v came at %d and was through at %d; alone it takes %d", x, v.at, v.out, free)
		}
		if i > 0 && !random && v.out < all[i-1].out {
			t.Fatalf("%+v: overtaken: %v", x, all[i-1:i+1])
		}
	}
	if x.service > 0 && x.variation == 0 {
		checkRate(t, all, float64(x.channels)*1000/float64(x.service), float64(x.channels))
	}
	crowded := x.width > 0 && !random && x.kind != station.Escalator && x.kind != station.Lift
	if crowded && x.length == 0 {
		checkRate(t, all, capacity.DoorPerSecond*float64(x.width), 1)
	}
	if crowded && x.length > 0 {
		law := capacity.Level
		if x.kind == station.Stairs {
			law = capacity.Steps
		}
		checkRate(t, all, law.PerSecond(float64(x.speed), float64(x.width)), 1)
	}
}

// checkRate fails when more people come out between two seconds than the rate
// and those who may come out at once explain.
func checkRate(t *rapid.T, all []visit, perSecond, atOnce float64) {
	outs := make([]transit.Seconds, 0, len(all))
	for _, v := range all {
		outs = append(outs, v.out)
	}
	slices.Sort(outs)
	for i := range outs {
		for j := i; j < len(outs); j++ {
			if n, most := float64(j-i+1), perSecond*float64(outs[j]-outs[i]+1)+atOnce; n > most+1e-6 {
				t.Fatalf("%g came out from %d to %d, at most %g can", n, outs[i], outs[j], most)
			}
		}
	}
}

func checkLog(t *rapid.T, log *serve.Log, all []visit) {
	came, through, queued := 0, 0, 0
	for i, m := range log.Minutes {
		came, through, queued = came+int(m.Came), through+int(m.Through), queued+int(m.Queued)
		inside, wantCame := 0, 0
		end := transit.Seconds(i+1) * minute
		for _, v := range all {
			if v.at < end {
				wantCame++
				if v.out >= end {
					inside++
				}
			}
		}
		if came != wantCame || int(m.Queue+m.Inside) != inside || m.Queue > 2*log.LongestQueue || m.LongestWait > log.LongestWait {
			t.Fatalf("minute %d: %+v; came %d want %d, there %d want %d", i, m, came, wantCame, m.Queue+m.Inside, inside)
		}
	}
	if came != len(all) || through != len(all) || int(log.Passed) != len(all) || int(log.Queued) != queued {
		t.Fatalf("%d came: %d, %d, %d through by minutes; %d queued, %d by minutes", len(all), log.Passed, came, through, log.Queued, queued)
	}
	if log.Wait > 0 && log.LongestWait == 0 || (log.LongestQueue > 0) != (log.Queued > 0) {
		t.Fatalf("waits do not fit each other: %+v", log)
	}
}

func TestPassingAllocatesNothing(t *testing.T) {
	s := one(thing{kind: station.Gate, channels: 8, service: 3000, variation: 100, length: 20, width: 3, speed: 1})
	const late = transit.Seconds(20_000_000) // beyond the last minute that is told apart
	crowd(s, 0, 1000, late)
	at := late
	if n := testing.AllocsPerRun(2000, func() { s.Pass(0, uint64(at), at); at++ }); n != 0 {
		t.Errorf("%g allocations a person", n)
	}
}

func BenchmarkPass(b *testing.B) {
	for _, x := range []thing{
		{kind: station.Gate, channels: 10, service: 2400, variation: 100},
		{kind: station.Stairs, length: 20, width: 3, speed: .65},
	} {
		b.Run(fmt.Sprintf("kind %d", x.kind), func(b *testing.B) {
			s := one(x)
			for i := 0; b.Loop(); i++ {
				s.Pass(0, uint64(i), transit.Seconds(i/3))
			}
		})
	}
}

// Every architecture lets the same people through at the same seconds.
func TestSameOnEveryArchitecture(t *testing.T) {
	s := serve.New(facilities(
		thing{kind: station.Gate, channels: 7, service: 2700, variation: 100},
		thing{kind: station.Stairs, length: 14, width: 2.5, speed: .61},
		thing{kind: station.Passage, length: 60, width: 3, speed: 1.31},
		thing{kind: station.Door, width: 1.7},
	), 7)
	var words []string
	for i := range uint64(20_000) {
		at := transit.Seconds(i / 3)
		for f := range station.Facility(4) {
			words = append(words, s.Pass(f, i, at).Clock())
		}
	}
	if got := draw.Key(words...); got != 0x32693551a83df538 {
		t.Errorf("digest %#x, elsewhere 0x32693551a83df538", got)
	}
}
