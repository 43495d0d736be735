package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/store/networkfile"
)

// importOrder is what the command line of qala import says.
type importOrder struct {
	city, capacities, output, findings string
	strict                             bool
}

func (h *house) importCommand() *cobra.Command {
	var order importOrder
	cmd := &cobra.Command{
		Use:     "import CITY.yaml -o FILE",
		Short:   "Make a network file of a city's files",
		Example: "  qala import city.yaml -o city.qala --findings findings.csv",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.city = args[0]
			return h.importCity(cmd.Context(), order)
		},
	}
	cmd.Flags().StringVarP(&order.output, "output", "o", "", "the network file to write (required)")
	cmd.Flags().StringVar(&order.capacities, "capacities", "", "a table of vehicles in place of the one that the city file names")
	cmd.Flags().StringVar(&order.findings, "findings", "", "write every finding to this file, by its ending .csv or .json")
	cmd.Flags().BoolVar(&order.strict, "strict", false, "write no network when any finding is of level error")
	return cmd
}

// errStrict is why qala import --strict gives no network.
var errStrict = errors.New("findings of level error, and --strict allows none")

func (h *house) importCity(ctx context.Context, order importOrder) error {
	switch ending := strings.ToLower(filepath.Ext(order.findings)); {
	case order.output == "":
		return usage(errors.New("where shall the network go? add -o FILE"))
	case order.findings != "" && ending != ".csv" && ending != ".json":
		return usage(fmt.Errorf("--findings %s: the file's name must end in .csv or .json", order.findings))
	}
	vehicles, err := tableOf(order.capacities)
	if err != nil {
		return err
	}
	result, err := h.readCity(ctx, order.city, vehicles)
	if result != nil {
		h.tellRows(result.Tallies)
		h.tell(result.Findings)
		if order.findings != "" {
			err = errors.Join(err, h.keepFindings(ctx, order.findings))
		}
	}
	switch {
	case err != nil:
		return err
	case order.strict && h.answer.Counts[string(finding.Error)] > 0:
		return rejected(errStrict)
	case ctx.Err() != nil:
		return ctx.Err()
	}
	hash, err := networkfile.Save(order.output, result.Network)
	if err != nil {
		return unwritten(err)
	}
	h.tellNetwork(result, hash)
	h.wrote("network", order.output)
	return nil
}

// tableOf is the table in a file; nil where none is named.
func tableOf(path string) (*feed.Table, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the table of vehicles: %w", err)
	}
	return &feed.Table{Name: filepath.ToSlash(path), Text: string(data)}, nil
}

// readCity runs the import and shows how far it is.
func (h *house) readCity(ctx context.Context, city string, vehicles *feed.Table) (*feed.Result, error) {
	p := &progress{h: h}
	defer p.close()
	folder := filepath.Dir(city)
	result, err := feed.Import(ctx, feed.Request{
		Dir:        os.DirFS(folder),
		File:       filepath.Base(city),
		Outside:    h.outside(folder),
		Capacities: vehicles,
		Progress:   func(at feed.Progress) { p.report(at.Stage, int(at.Done), int(at.Total)) },
	})
	switch {
	case errors.Is(err, feed.ErrRefused):
		return result, rejected(err)
	case err != nil:
		return result, fmt.Errorf("importing %s: %w", city, err)
	}
	return result, nil
}

// tellRows prints how many rows of which files were left out.
func (h *house) tellRows(tallies []finding.Tally) {
	rows, left := 0, 0
	for _, t := range tallies {
		rows, left = rows+t.Rows, left+t.Rejected
	}
	h.answer.Summary = map[string]any{"rows": rows, "rows_left_out": left, "files": tallies}
	if left == 0 {
		return
	}
	h.say("%s", h.words.Say("cli.rows.left_out", map[string]any{"count": left, "rows": rows}))
	for _, t := range tallies {
		if t.Rejected > 0 {
			h.say("  %s", h.words.Say("cli.rows.file", map[string]any{"file": t.File, "rejected": t.Rejected, "rows": t.Rows}))
		}
	}
}

// tellNetwork prints what the network holds.
func (h *house) tellNetwork(result *feed.Result, hash string) {
	city, sum := result.Network.City, result.Summary
	h.answer.Summary["city"], h.answer.Summary["hash"] = city.ID, hash
	if sum.HasDates {
		h.answer.Summary["first_date"], h.answer.Summary["last_date"] = sum.FirstDate.String(), sum.LastDate.String()
	}
	h.say("%s", city.Names.In(h.words.Language(), city.ID))
	for _, c := range []struct {
		name, words string
		count       int
		optional    bool // not told where there is none
	}{
		{"stops", "cli.count.stops", sum.Stops, false},
		{"routes", "cli.count.routes", sum.Routes, false},
		{"trips", "cli.count.trips", sum.Trips, false},
		{"homes", "cli.count.homes", sum.Homes, false},
		{"people", "cli.count.people", int(sum.People), false},
		{"venues", "cli.count.venues", sum.Venues, false},
		{"facilities", "cli.count.facilities", sum.Facilities, true},
		{"platforms", "cli.count.platforms", sum.Platforms, true},
	} {
		h.answer.Summary[c.name] = c.count
		if c.count == 0 && c.optional {
			continue
		}
		h.say("  %12s  %s", h.words.Number(c.count), h.words.Say(c.words, nil))
	}
}
