package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/grid"
)

// loadOrder is what the command line of qala bench load says.
type loadOrder struct {
	city            string // empty: the grid
	date            string // of a city's day
	streets         int
	room            uint32
	seed            uint64
	rounds, workers int
	people          int  // of all cases; 0: as many as each has
	plainly         bool // without the processor's vectors
	cases           []string
	profile         string // a folder
	write, output   string
	one             string // a case, in this process
}

func (h *house) benchLoadCommand() *cobra.Command {
	var order loadOrder
	cmd := &cobra.Command{
		Use:     "load [CITY] [-o BENCH.md]",
		Aliases: []string{"grid"},
		Short:   "Measure how long a crowd takes to load onto a day, case by case",
		Long: "Without a city it is a grid of streets, at full size that on which KIT's ConnectionBasedAssignment was measured: then the page\n" +
			"has its figures beside. With a city its people travel at random. The day is played once, with hard room and nobody who knows of queues.\n" +
			"Cases: " + caseNames() + ".",
		Example: "  qala bench load -o docs/BENCH.md\n  qala bench load --streets 12 --people 100000 --case everyday\n  qala bench load porto.qala --case everyday --people 500000\n" +
			"  qala bench load --case everyday --write grid/",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				order.city = args[0]
			}
			return h.benchLoad(cmd.Context(), &order)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&order.streets, "streets", grid.Full, "how many streets the grid has each way")
	flags.Uint32Var(&order.room, "room", 100, "how many people a vehicle of the grid takes")
	flags.Uint64Var(&order.seed, "seed", 1, "from which all chance is drawn")
	flags.StringVar(&order.date, "date", "", "the day of a city, YYYY-MM-DD (default: that with the most trips)")
	flags.IntVar(&order.people, "people", 0, "how many travel (default: as many as each case has)")
	flags.StringSliceVar(&order.cases, "case", nil, "the cases to measure (default: all)")
	flags.IntVar(&order.rounds, "rounds", 5, "how often each case is measured; the median is told")
	flags.IntVar(&order.workers, "workers", 1, "how many processors price")
	flags.BoolVar(&order.plainly, "plainly", false, "price all cases without the processor's vectors")
	flags.StringVar(&order.write, "write", "", "a folder for the work as CSV tables; nothing is measured then")
	flags.StringVar(&order.profile, "profile", "", "a folder for a processor profile of each case (pprof)")
	flags.StringVarP(&order.output, "output", "o", "", "the Markdown page whose section is written")
	flags.StringVar(&order.one, "one", "", "")
	if err := flags.MarkHidden("one"); err != nil {
		panic(err) // the flag was just defined
	}
	return cmd
}

// loadCase is a crowd that is loaded, and what is known of others on the full grid.
type loadCase struct {
	name    string
	what    string
	people  int
	plainly bool
	draw    func(c grid.Crowds, people int) *demand.Travellers
	kit     float64 // seconds; 0: not measured
	spike   float64
}

// loadCases are those for which the figures of other engines are known.
var loadCases = []loadCase{
	{"everyday", "everyday travellers", 1_000_000, false, grid.Crowds.Everyday, 231, 4.2},
	{"everyday-100k", "everyday travellers", 100_000, false, grid.Crowds.Everyday, 208, 2.2},
	{"egress", "leave one zone from 21:45 to 23:00", 70_000, false, grid.Crowds.Egress, 33.8, .33},
	{"ingress", "travel to one zone from 17:45 to 19:00", 70_000, false, grid.Crowds.Ingress, .74, .142},
	{"everyday-plainly", "everyday travellers, without vectors", 1_000_000, true, grid.Crowds.Everyday, 231, 0},
	{"egress-plainly", "leave one zone, without vectors", 70_000, true, grid.Crowds.Egress, 33.8, 0},
}

func caseNames() string {
	names := ""
	for i, c := range loadCases {
		if i > 0 {
			names += ", "
		}
		names += c.name
	}
	return names
}

func (h *house) benchLoad(ctx context.Context, order *loadOrder) error {
	if order.streets < 2 || order.rounds < 1 || order.workers < 1 || order.people < 0 {
		return usage(errors.New("--streets is at least 2, --rounds and --workers are positive"))
	}
	cases, err := order.chosen()
	if err != nil {
		return err
	}
	switch {
	case order.write != "":
		return h.writeInstance(ctx, order, cases[0])
	case order.one != "":
		return h.benchOne(ctx, order, cases[0])
	}
	var all []timing
	for _, c := range cases {
		t, err := order.child(ctx, c)
		if err != nil {
			return err
		}
		h.say("%s", t.row(order))
		all = append(all, t)
	}
	page := loadPage(order, all)
	h.say("%s", page)
	if order.output == "" {
		return nil
	}
	if err := putSection(ctx, order.output, "loading", page); err != nil {
		return err
	}
	h.wrote("bench", order.output)
	return nil
}

// chosen are the cases that are asked for. Those of a grid alone are none of a city.
func (o *loadOrder) chosen() ([]loadCase, error) {
	var cases []loadCase
	names := o.cases
	if o.one != "" {
		names = []string{o.one}
	}
	for _, c := range loadCases {
		if o.people > 0 {
			c.people = o.people
		}
		c.plainly = c.plainly || o.plainly
		if len(names) == 0 || slices.Contains(names, c.name) {
			cases = append(cases, c)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(loadCases, func(c loadCase) bool { return c.name == name }) {
			return nil, usage(fmt.Errorf("there is no case %q; there are %s", name, caseNames()))
		}
	}
	return cases, nil
}

// child measures a case in a process of its own, so that it has its own peak of memory.
func (o *loadOrder) child(ctx context.Context, c loadCase) (timing, error) {
	args := []string{
		"bench", "load", "--one", c.name, "--people", strconv.Itoa(c.people), "--streets", strconv.Itoa(o.streets), "--room", strconv.Itoa(int(o.room)),
		"--seed", strconv.FormatUint(o.seed, 10), "--rounds", strconv.Itoa(o.rounds), "--workers", strconv.Itoa(o.workers),
		"--plainly=" + strconv.FormatBool(o.plainly), "--date=" + o.date, "--profile=" + o.profile,
	}
	if o.city != "" {
		args = append(args, o.city)
	}
	out, m, err := measureOutput(ctx, c.name, args...)
	if err != nil {
		return timing{}, err
	}
	t := timing{}
	if err := json.Unmarshal(out, &t); err != nil {
		return timing{}, fmt.Errorf("%s: %w", c.name, err)
	}
	t.memory, t.of = m.memory, c
	return t, nil
}
