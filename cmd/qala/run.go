package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/store/networkfile"
)

// runOrder is what the command line of qala run says.
type runOrder struct {
	network, event, output string
	seed                   uint64
	seeded                 bool
	workers, rounds, seeds int
	gap                    float64 // percent
	exact                  bool
}

const runHelp = `Run an event on a network and write the results. NETWORK is a network file, or
the name of a kept city.

With --seeds the event is run several times, each with another seed and, where the event
file says low, middle and high, with another size of the event. Interrupted then, it
writes what the finished runs gave, marked as partial, and ends with exit code 6.`

func (h *house) runCommand() *cobra.Command {
	var order runOrder
	cmd := &cobra.Command{
		Use:     "run NETWORK EVENT.yaml -o RESULTS.json",
		Short:   "Run an event on a network and write the results",
		Long:    runHelp,
		Example: "  qala run astana.qala match.yaml -o match.json",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.network, order.event = args[0], args[1]
			order.seeded = cmd.Flags().Changed("seed")
			return h.runEvent(cmd.Context(), order)
		},
	}
	cmd.Flags().StringVarP(&order.output, "output", "o", "", "the results file to write (required)")
	cmd.Flags().StringVar(&h.data, "data", "", "the folder of kept cities, where NETWORK is the name of one")
	cmd.Flags().Uint64Var(&order.seed, "seed", 0, "the number that all chance is drawn from (default: the event file's)")
	cmd.Flags().IntVar(&order.workers, "workers", runtime.GOMAXPROCS(0), "how many processors work; the results do not depend on it")
	cmd.Flags().IntVar(&order.rounds, "rounds", assign.DefaultRounds, "how often people may learn from the queues; 1: nobody foresees them")
	cmd.Flags().Float64Var(&order.gap, "gap", assign.DefaultGap*100, "percent of all cost that people may still regret when the rounds end early")
	cmd.Flags().IntVar(&order.seeds, "seeds", 1, "run so many times, with other seeds and sizes of the event, and tell how the outcome varies")
	cmd.Flags().BoolVar(&order.exact, "exact", false, "vehicles keep the timetable to the second, nobody minds crowding or changes his mind in a queue")
	return cmd
}

func (h *house) runEvent(ctx context.Context, order runOrder) error {
	switch {
	case order.output == "":
		return usage(errors.New("where shall the results go? add -o RESULTS.json"))
	case order.workers < 1:
		return usage(fmt.Errorf("--workers %d: at least one must work", order.workers))
	case !(order.gap >= 0 && order.gap <= 100):
		return usage(fmt.Errorf("--gap %g: percent of all cost, from 0 to 100", order.gap))
	case order.rounds < 1:
		return usage(fmt.Errorf("--rounds %d: the day must be played once at least", order.rounds))
	case order.seeds < 1 || order.seeds > 1000:
		return usage(fmt.Errorf("--seeds %d: from 1 to 1000", order.seeds))
	}
	file, findings, err := h.readEvent(order.event)
	if err != nil {
		return err
	}
	request := plan.Request{
		City: file.City, Event: file.Event, Modifications: file.Modifications, Findings: findings,
		Seed: file.Seed, Weights: journey.DefaultWeights, Rounds: order.rounds, Gap: order.gap / 100, Exact: order.exact,
		Workers: order.workers, Program: program,
	}
	if order.seeded {
		request.Seed = order.seed
	}
	path, err := h.networkFile(order.network)
	if err != nil {
		return err
	}
	if request.Network, request.Hash, err = networkfile.Open(path); err != nil {
		return err
	}
	result, err := h.evaluate(ctx, request, order.seeds, eventText{order.event, file.Lines})
	return h.finishRun(ctx, order.output, result, err)
}

// readEvent reads an event file; a refused one has its findings told.
func (h *house) readEvent(path string) (eventfile.File, []finding.Finding, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return eventfile.File{}, nil, fmt.Errorf("reading the event: %w", err)
	}
	file, findings, err := eventfile.Read(path, data)
	if err == nil {
		var more []finding.Finding
		more, err = file.Complete(path, h.beside(path))
		findings = append(findings, more...)
	}
	if err != nil {
		h.tell(findings)
		return eventfile.File{}, nil, rejected(err)
	}
	return file, findings, nil
}

// evaluate runs the plan; a refused one has its findings told.
func (h *house) evaluate(ctx context.Context, request plan.Request, seeds int, event eventText) (*evaluation.Evaluation, error) {
	p := &progress{h: h}
	defer p.close()
	request.Progress, request.Finished = p.report, h.countRuns(p)
	result, err := plan.RunSeeds(ctx, request, seeds)
	p.close()
	var refused *plan.Refused
	if errors.As(err, &refused) {
		h.tell(event.place(refused.Findings))
	}
	return result, err
}

// eventText is where the fields of an event file stand.
type eventText struct {
	path  string
	lines map[string]int
}

// place names the event file, and the line, in findings that name a field of it only.
func (e eventText) place(findings []finding.Finding) []finding.Finding {
	placed := slices.Clone(findings)
	for i := range placed {
		if f := &placed[i]; f.File == "" && f.Field != "" {
			f.File, f.Line = e.path, e.line(f.Field)
		}
	}
	return placed
}

// line is that of a field, or of the nearest one that holds it: a plan calls
// the headway of a modification modifications[0].every.
func (e eventText) line(field string) int {
	for field != "" {
		if line := e.lines[field]; line > 0 {
			return line
		}
		field = field[:max(0, strings.LastIndexAny(field, ".["))]
	}
	return 0
}
