package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/store/networkfile"
)

// importOrder is what the command line of qala import says.
type importOrder struct {
	city, output, findings string
	strict                 bool
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
	cmd.Flags().StringVar(&order.findings, "findings", "", "write every finding to this file, by its ending .csv or .json")
	cmd.Flags().BoolVar(&order.strict, "strict", false, "write no network when any finding is of level error")
	return cmd
}

// errStrict is why qala import --strict gives no network.
var errStrict = errors.New("findings of level error, and --strict allows none")

func (h *house) importCity(ctx context.Context, order importOrder) error {
	if order.output == "" {
		return usage(errors.New("where shall the network go? add -o FILE"))
	}
	result, err := h.readCity(ctx, order.city)
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
		return err
	}
	h.tellNetwork(result.Network, hash)
	h.wrote("network", order.output)
	return nil
}

// readCity runs the import and shows how far it is.
func (h *house) readCity(ctx context.Context, city string) (*feed.Result, error) {
	p := &progress{h: h}
	defer p.close()
	return feed.Import(ctx, feed.Request{City: city, Progress: p.report})
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
func (h *house) tellNetwork(n *network.Network, hash string) {
	tt := n.Timetable
	places, people := homes(n.Places.People)
	h.answer.Summary["city"], h.answer.Summary["hash"] = n.City.ID, hash
	h.say("%s", n.City.Names.In(h.words.Language(), n.City.ID))
	for _, c := range []struct {
		name, words string
		count       int
	}{
		{"stops", h.words.Say("cli.count.stops", nil), len(tt.Stops.ID)},
		{"routes", h.words.Say("cli.count.routes", nil), len(tt.Routes.ID)},
		{"trips", h.words.Say("cli.count.trips", nil), len(tt.Trips.ID)},
		{"places", h.words.Say("cli.count.places", nil), places},
		{"people", h.words.Say("cli.count.people", nil), people},
		{"venues", h.words.Say("cli.count.venues", nil), len(n.Venues)},
	} {
		h.answer.Summary[c.name] = c.count
		h.say("  %12s  %s", h.words.Number(c.count), c.words)
	}
}

// homes counts the places where people live, and the people.
func homes(residents []uint32) (places, people int) {
	for _, count := range residents {
		if count > 0 {
			places++
		}
		people += int(count)
	}
	return places, people
}
