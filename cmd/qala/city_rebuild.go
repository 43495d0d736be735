package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/upkeep"
)

func (h *house) cityRebuildCommand() *cobra.Command {
	offline := false
	cmd := &cobra.Command{
		Use:   "rebuild NAME",
		Short: "Ask whether a city's files have changed, and make its network anew if so",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return h.rebuildCity(cmd.Context(), args[0], offline)
		},
	}
	cmd.Flags().BoolVar(&offline, "offline", false, "ask nobody; make the network of the files that are kept")
	return cmd
}

func (h *house) rebuildCity(ctx context.Context, name string, offline bool) error {
	desk, done, err := h.upkeep()
	if err != nil {
		return err
	}
	defer done()
	outcome, err := desk.Rebuild(ctx, name, offline)
	done()
	h.tellOutcome(outcome, err)
	return h.advice(err, name)
}

// tellOutcome prints what add or rebuild did; after an error, what is known of why.
func (h *house) tellOutcome(o *upkeep.Outcome, err error) {
	h.answer.Summary = map[string]any{"city": o.City.Name, "built": o.Built, "sources": o.Arrivals}
	for _, a := range o.Arrivals {
		h.tellArrival(a)
	}
	if err != nil {
		if len(o.Findings) > 0 {
			h.tell(o.Findings)
		}
		return
	}
	h.answer.Summary["version"] = o.Version
	if !o.Built {
		h.say("%s", h.words.Say("cli.city.same", map[string]any{
			"city": o.City.Name, "version": short(o.Version.Network), "made": o.Version.Made.Format("2006-01-02"),
		}))
		return // what was found when it was made, qala city show tells
	}
	h.say("%s", h.words.Say("cli.city.built", map[string]any{"city": o.City.Name, "version": short(o.Version.Network)}))
	h.tellCounts(o.Version)
	h.tell(o.Findings)
	if o.Previous.ID != "" && o.Difference != nil {
		h.answer.Summary["previous"] = o.Previous
		h.tellDifference(o.Previous, o.Version, *o.Difference)
	}
}

// stateWords are the messages that name the states of a source.
var stateWords = map[upkeep.State]string{
	upkeep.New:       "cli.source.new",
	upkeep.Changed:   "cli.source.changed",
	upkeep.Unchanged: "cli.source.unchanged",
	upkeep.Unasked:   "cli.source.unasked",
}

func (h *house) tellArrival(a upkeep.Arrival) {
	parts := []string{h.words.Say(stateWords[a.State], nil), h.size(a.Source.Bytes)}
	if a.Resumed > 0 {
		parts = append(parts, h.words.Say("cli.source.resumed", map[string]any{"size": h.size(a.Resumed)}))
	}
	if a.Source.Field != "" {
		parts = append(parts, h.licence(a.Source))
	}
	h.say("  %s: %s", a.Source.Path, strings.Join(parts, ", "))
}

// licence is the licence of a source, and whom it asks to name.
func (h *house) licence(s kept.Source) string {
	switch {
	case s.Licence == "":
		return h.words.Say("cli.source.no_licence", nil)
	case s.Attribution == "":
		return s.Licence
	}
	return s.Licence + ", " + s.Attribution
}

// size is a number of bytes as people read it.
func (h *house) size(bytes int64) string {
	if bytes < 1e6 {
		return h.words.Say("cli.size.small", map[string]any{"kilobytes": h.words.Decimal(float64(bytes)/1e3, 1)})
	}
	return h.words.Say("cli.size", map[string]any{"megabytes": h.words.Decimal(float64(bytes)/1e6, 1)})
}

// short are the digits of a hash that tell it from all others of a city.
func short(hash string) string { return hash[:min(len(hash), 12)] }

func (h *house) tellCounts(v kept.Version) {
	for _, c := range countWords {
		h.say("  %12s  %s", h.words.Number(v.Counts[c.name]), h.words.Say(c.words, nil))
	}
}

// countWords are the counts of a version with the messages that name them.
var countWords = []struct{ name, words string }{
	{"stops", "cli.count.stops"},
	{"routes", "cli.count.routes"},
	{"trips", "cli.count.trips"},
	{"homes", "cli.count.homes"},
	{"people", "cli.count.people"},
	{"venues", "cli.count.venues"},
}
