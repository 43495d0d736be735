package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/store/networkfile"
)

// runOrder is what the command line of qala run says.
type runOrder struct {
	network, event, output string
	seed                   uint64
	seeded                 bool
	workers                int
}

func (h *house) runCommand() *cobra.Command {
	var order runOrder
	cmd := &cobra.Command{
		Use:     "run NETWORK EVENT.yaml -o RESULTS.json",
		Short:   "Run an event on a network and write the results",
		Example: "  qala run astana.qala match.yaml -o match.json",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.network, order.event = args[0], args[1]
			order.seeded = cmd.Flags().Changed("seed")
			return h.runEvent(cmd.Context(), order)
		},
	}
	cmd.Flags().StringVarP(&order.output, "output", "o", "", "the results file to write (required)")
	cmd.Flags().Uint64Var(&order.seed, "seed", 0, "the number that all chance is drawn from (default: the event file's)")
	cmd.Flags().IntVar(&order.workers, "workers", runtime.GOMAXPROCS(0), "how many processors work; the results do not depend on it")
	return cmd
}

func (h *house) runEvent(ctx context.Context, order runOrder) error {
	switch {
	case order.output == "":
		return usage(errors.New("where shall the results go? add -o RESULTS.json"))
	case order.workers < 1:
		return usage(fmt.Errorf("--workers %d: at least one must work", order.workers))
	}
	file, findings, err := h.readEvent(order.event)
	if err != nil {
		return err
	}
	request := plan.Request{
		City: file.City, Event: file.Event, Modifications: file.Modifications, Findings: findings,
		Seed: file.Seed, Weights: assign.DefaultWeights, Workers: order.workers, Program: program,
	}
	if order.seeded {
		request.Seed = order.seed
	}
	if request.Network, request.Hash, err = networkfile.Open(order.network); err != nil {
		return err
	}
	result, err := h.evaluate(ctx, request, order.event)
	if err != nil {
		return err
	}
	if err := h.keepResults(ctx, order.output, result); err != nil {
		return err
	}
	h.tellRun(result)
	h.wrote("results", order.output)
	return nil
}

// readEvent reads an event file; a refused one has its findings told.
func (h *house) readEvent(path string) (eventfile.File, []finding.Finding, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return eventfile.File{}, nil, fmt.Errorf("reading the event: %w", err)
	}
	file, findings, err := eventfile.Read(path, data)
	if err != nil {
		h.tell(findings)
		return eventfile.File{}, nil, rejected(err)
	}
	return file, findings, nil
}

// evaluate runs the plan; a refused one has its findings told.
func (h *house) evaluate(ctx context.Context, request plan.Request, event string) (*evaluation.Evaluation, error) {
	p := &progress{h: h}
	defer p.close()
	request.Progress = p.report
	result, err := plan.Run(ctx, request)
	p.close()
	var refused *plan.Refused
	if errors.As(err, &refused) {
		h.tell(inFile(event, refused.Findings))
	}
	return result, err
}

// inFile names the event file in findings that name a field of it only.
func inFile(path string, findings []finding.Finding) []finding.Finding {
	named := make([]finding.Finding, len(findings))
	for i, f := range findings {
		if f.File == "" && f.Field != "" {
			f.File = path
		}
		named[i] = f
	}
	return named
}
