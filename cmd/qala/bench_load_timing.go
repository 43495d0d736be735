package main

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// timing is what a case took, in seconds of processors: the medians of its rounds.
type timing struct {
	Build   float64 // the network, the day and its timeline, and what can be caught from where, since somebody may be at a stop
	Pricing float64 // what every departure is worth towards every destination
	Choice  float64 // what everybody does
	Loading float64 // who gets on
	All     float64 // pricing, choice and loading of one round: its median

	Connections int
	Work        assign.Work
	Arrived     int
	Stranded    int    // no service, or left behind for good
	Denied      int    // times that somebody was left behind
	Fullest     int    // people on board
	Answer      string // who rode what and arrived when, as a checksum

	memory int64 // bytes at most
	of     loadCase
}

// benchOne measures a case in this process and says what it took as JSON.
func (h *house) benchOne(ctx context.Context, order *loadOrder, c loadCase) error {
	t, err := h.try(ctx, order, c)
	if err != nil {
		return err
	}
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(h.out, string(text))
	return err
}

func (h *house) try(ctx context.Context, order *loadOrder, c loadCase) (*timing, error) {
	began := processorTime()
	p, err := h.loadProblem(order, c)
	if err != nil {
		return nil, err
	}
	t := &timing{Connections: len(p.Day.Departures)}
	t.Build = (processorTime() - began).Seconds() + linked(p, assign.Since(p))
	stop, err := order.startProfile(c)
	if err != nil {
		return nil, err
	}
	defer stop()
	err = t.measure(ctx, p, order.rounds)
	return t, err
}

// linked is how long it takes to lay out the day and link it from a time on, as a round does.
func linked(p *assign.Problem, since transit.Seconds) float64 {
	began := processorTime()
	tl := journey.NewTimeline(p.Day, p.Day.Depart, len(p.Network.Timetable.Stops.ID))
	new(journey.Footing).Again(tl, p.Network, demand.Ordinary, p.Weights, since)
	return (processorTime() - began).Seconds()
}

// measure loads the crowd over and over. What pricing alone takes is measured with one traveller
// a destination, the first: for him the same is priced.
func (t *timing) measure(ctx context.Context, p *assign.Problem, rounds int) error {
	few := *p
	few.Travellers = firsts(p.Travellers)
	var pricing, choice, loading, all []float64
	since := assign.Since(p)
	for range rounds {
		link := linked(p, since)
		_, thin, err := loadTimed(ctx, &few)
		if err != nil {
			return err
		}
		out, full, err := loadTimed(ctx, p)
		if err != nil {
			return err
		}
		pricing, choice, loading = append(pricing, thin.priced-link), append(choice, full.priced-thin.priced), append(loading, full.all-full.priced)
		all = append(all, full.all-link)
		t.tell(out)
	}
	t.Pricing, t.Choice, t.Loading, t.All = median(pricing), median(choice), median(loading), median(all)
	return nil
}

// moments are when a load has priced and chosen, and when it is over.
type moments struct{ priced, all float64 }

// loadTimed loads once. Pricing and choice are the first part of the progress that it tells.
func loadTimed(ctx context.Context, p *assign.Problem) (*assign.Outcome, moments, error) {
	runtime.GC()
	began, m := processorTime(), moments{}
	out, err := assign.Load(ctx, p, func(_ string, done, total int) {
		if m.priced == 0 && assign.Priced(done, total) {
			m.priced = (processorTime() - began).Seconds()
		}
	})
	m.all = (processorTime() - began).Seconds()
	return out, m, err
}

// firsts are the first travellers to each destination.
func firsts(all *demand.Travellers) *demand.Travellers {
	first := map[demand.Place]int{}
	for i, to := range all.To {
		if j, known := first[to]; !known || all.Ready[i] < all.Ready[j] {
			first[to] = i
		}
	}
	some := &demand.Travellers{Crowds: all.Crowds, Classes: all.Classes}
	for i := range all.Key {
		if first[all.To[i]] == i {
			some.Key, some.From, some.To = append(some.Key, all.Key[i]), append(some.From, all.From[i]), append(some.To, all.To[i])
			some.Ready, some.Due, some.Crowd = append(some.Ready, all.Ready[i]), append(some.Due, all.Due[i]), append(some.Crowd, all.Crowd[i])
		}
	}
	return some
}

// tell notes what became of the crowd: the same in each round.
func (t *timing) tell(out *assign.Outcome) {
	t.Work, t.Arrived, t.Stranded, t.Denied, t.Fullest = out.Work, 0, 0, 0, 0
	t.Answer = checksum(out)
	for _, s := range out.State {
		switch s {
		case assign.Arrived:
			t.Arrived++
		case assign.NoService, assign.LastGone:
			t.Stranded++
		}
	}
	for v, denied := range out.Denied {
		t.Denied += int(denied)
		t.Fullest = max(t.Fullest, int(out.Load[transit.Visit(v)]))
	}
}

// checksum tells outcomes apart.
func checksum(out *assign.Outcome) string {
	sum, bytes := crc32.NewIEEE(), make([]byte, 0, 32)
	put := func(words ...uint32) {
		bytes = bytes[:0]
		for _, w := range words {
			bytes = append(bytes, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
		}
		_, _ = sum.Write(bytes) // a checksum takes everything
	}
	for _, l := range out.Legs {
		put(l.Traveller, uint32(l.On), uint32(l.Off), uint32(l.Join), uint32(l.At))
	}
	for t, state := range out.State {
		put(uint32(state), uint32(out.End[t]))
	}
	return fmt.Sprintf("%08x", sum.Sum32())
}

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

// startProfile begins a profile where one is asked for.
func (o *loadOrder) startProfile(c loadCase) (stop func(), err error) {
	if o.profile == "" {
		return func() {}, nil
	}
	if err := os.MkdirAll(o.profile, 0o750); err != nil {
		return nil, err
	}
	file, err := os.Create(filepath.Join(o.profile, c.name+".prof"))
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		_ = file.Close() // a profile that is cut off is told by who reads it
	}, nil
}
