package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/store/networkfile"
	"github.com/qala-city/qala/internal/street"
)

func (h *house) benchStreetsCommand() *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use:     "streets CITY [-o BENCH.md]",
		Short:   "Measure how long ways along a city's streets take to find",
		Long:    "Ways between random spots, by a hierarchy and by Dijkstra's algorithm alone. Both must find the same times, else the command fails.",
		Example: "  qala bench streets porto.qala -o docs/BENCH.md",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return h.benchStreets(cmd.Context(), args[0], output)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "the Markdown page whose section is written")
	return cmd
}

func (h *house) benchStreets(ctx context.Context, city, output string) error {
	path, err := h.networkFile(city)
	if err != nil {
		return err
	}
	n, _, err := networkfile.Open(path)
	if err != nil {
		return err
	}
	if n.Streets == nil || len(n.Streets.From) == 0 {
		return usage(errors.New("the city has no streets: name a map in city.yaml"))
	}
	page, err := streetsPage(n.City.ID, n.Streets.Walked(street.Pace{Speed: n.Walking.Speed, Steps: n.Walking.Steps}))
	if err != nil {
		return err
	}
	h.say("%s", page)
	if output == "" {
		return nil
	}
	if err := putSection(ctx, output, "streets", page); err != nil {
		return err
	}
	h.wrote("bench", output)
	return nil
}

// How much is asked for a median.
const (
	streetRounds  = 7
	streetPairs   = 2000 // to the hierarchy, a round
	streetSearch  = 50   // to Dijkstra's algorithm, a round
	streetTargets = 1000 // each from as many
	streetSeed    = draw.Seed(2026)
)

// streetBench is streets that are asked over and over.
type streetBench struct {
	paced *street.Paced
	spots []street.Spot
	rows  bytes.Buffer
}

// spot is one of the random places that all measurements share.
func (s *streetBench) spot(i int) street.Spot { return s.spots[i%len(s.spots)] }

func randomSpots(g *street.Graph, n int) []street.Spot {
	spots := make([]street.Spot, n)
	for i := range spots {
		at := streetSeed.For(uint64(i))
		e := street.Edge(at.Below(0, uint64(len(g.From))))
		spots[i] = street.Spot{Edge: e, Along: street.Millimeters(at.Below(1, uint64(g.Length[e])+1)), Off: street.Millimeters(at.Below(2, 50_000))}
	}
	return spots
}

// row measures what is asked so many times a round; settled counts the work.
func (s *streetBench) row(name string, asked int, ask func(i int), settled func() uint64) {
	before := settled()
	took := medianOf(func(round int) {
		for i := range asked {
			ask(round*asked + i)
		}
	})
	labels := float64(settled()-before) / float64(streetRounds*asked)
	fmt.Fprintf(&s.rows, "| %s | %.1f us | %.0f |\n", name, float64(took.Nanoseconds())/1e3/float64(asked), labels)
}

// medianOf is how long a round takes, the middle one of some.
func medianOf(round func(int)) time.Duration {
	took := make([]time.Duration, streetRounds)
	for i := range took {
		began := time.Now()
		round(i)
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[streetRounds/2]
}

func streetsPage(city string, p *street.Paced) ([]byte, error) {
	s := &streetBench{paced: p, spots: randomSpots(p.Graph, streetRounds*streetPairs+1)}
	var h *street.Hierarchy
	var failed error
	made := medianOf(func(int) {
		made, err := p.Hierarchy()
		h, failed = made, errors.Join(failed, err)
	})
	if failed != nil {
		return nil, failed
	}
	same, err := s.compare(h)
	if err != nil {
		return nil, err
	}
	s.between(h)
	s.toMany(h)
	var page bytes.Buffer
	fmt.Fprintf(&page, "## Streets\n\nWays between random spots on %s's streets for people on foot, %d nodes and %d edges, on one of %d processors (%s/%s, %s). The hierarchy has\n"+
		"%d arcs and shortcuts and takes %.2f s to make. Medians of %d rounds; labels settled are the work. %d pairs were compared: the hierarchy and Dijkstra's\n"+
		"algorithm found the same time to the millisecond for each.\n\n| question | each | labels |\n|---|--:|--:|\n",
		city, len(p.Graph.At), len(p.Graph.From), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), h.Arcs(), made.Seconds(), streetRounds, same)
	page.Write(s.rows.Bytes())
	return page.Bytes(), nil
}

// between measures ways from spot to spot.
func (s *streetBench) between(h *street.Hierarchy) {
	climb, search := h.Climb(), s.paced.Search()
	work := func() uint64 { return search.Settled }
	s.row("from spot to spot, hierarchy", streetPairs, func(i int) { climb.Time(s.spot(i), s.spot(i+1)) }, climb.Settled)
	s.row("from spot to spot with its course, hierarchy", streetPairs, func(i int) { climb.Way(s.spot(i), s.spot(i+1)) }, climb.Settled)
	s.row("from spot to spot, Dijkstra", streetSearch, func(i int) { search.Time(s.spot(i), s.spot(i+1), street.Longest) }, work)
}

// toMany measures ways from a spot to all nodes and to many spots.
func (s *streetBench) toMany(h *street.Hierarchy) {
	climb, search := h.Climb(), s.paced.Search()
	work := func() uint64 { return search.Settled }
	none, many := s.paced.Targets(nil), s.spots[:min(streetTargets, len(s.spots))]
	s.row("from a spot to all nodes, hierarchy", streetSearch, func(i int) { climb.ToAll(s.spot(i)) }, climb.Settled)
	s.row("from a spot to all nodes, Dijkstra", streetSearch, func(i int) { search.Reach(s.spot(i), none, street.Longest, 0) }, work)
	gather := h.Targets(many).Gather()
	name := fmt.Sprintf("from a spot to %d others, hierarchy", len(many))
	s.row(name, streetPairs/2, func(i int) { gather.Reach(s.spot(i), street.Longest, 0) }, gather.Settled)
	near := s.paced.Off(1_300_000)
	s.row(name+", within 1,300 m", streetPairs/2, func(i int) { gather.Reach(s.spot(i), near, 0) }, gather.Settled)
	targets := s.paced.Targets(many)
	s.row(fmt.Sprintf("from a spot to %d others, Dijkstra, within 1,300 m", len(many)), streetPairs/2, func(i int) { search.Reach(s.spot(i), targets, near, 0) }, work)
}

// compare asks the hierarchy and Dijkstra's algorithm the same 10,000 questions.
func (s *streetBench) compare(h *street.Hierarchy) (int, error) {
	const sources, targets = 20, 500
	climb, search, to := h.Climb(), s.paced.Search(), s.spots[sources:sources+targets]
	prepared := s.paced.Targets(to)
	for _, from := range s.spots[:sources] {
		want := make([]street.Milliseconds, targets)
		for _, r := range search.Reach(from, prepared, street.Longest, 0) {
			want[r.Target] = r.Time + 1 // 0 where there is no way
		}
		for i, spot := range to {
			time, ok := climb.Time(from, spot)
			if ok != (want[i] > 0) || (ok && time+1 != want[i]) {
				return 0, fmt.Errorf("from %+v to %+v the hierarchy finds %d ms (%v), Dijkstra's algorithm %d", from, spot, time, ok, want[i]-1)
			}
		}
	}
	return sources * targets, nil
}
