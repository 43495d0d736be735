package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/difference"
	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/transit"
)

// diffOrder is what the command line of qala city diff says.
type diffOrder struct {
	city, from, to, csv string
	dates               []string
}

func (h *house) cityDiffCommand() *cobra.Command {
	var order diffOrder
	cmd := &cobra.Command{
		Use:   "diff NAME [OLD [NEW]]",
		Short: "Tell what changed from one version of a city to another",
		Long: "Tell what changed from one version of a city to another: routes, stops, trips by day, room by hour.\n\n" +
			"A version is named by the first digits of its hash, as qala city show tells them; without them the last\n" +
			"version is compared with the one before.",
		Example: "  qala city diff porto --csv changes.csv\n  qala city diff porto 3f2a 91bc --date 2026-08-15",
		Args:    cobra.RangeArgs(1, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			args = append(args, "", "")
			order.city, order.from, order.to = args[0], args[1], args[2]
			return h.diffCity(cmd.Context(), order)
		},
	}
	cmd.Flags().StringArrayVar(&order.dates, "date", nil, "compare the hours of this date, such as 2026-08-15, in place of a typical weekday, Saturday and Sunday")
	cmd.Flags().StringVar(&order.csv, "csv", "", "write every change to this file")
	return cmd
}

func (h *house) diffCity(ctx context.Context, order diffOrder) error {
	var dates []transit.Date
	for _, text := range order.dates {
		date, err := transit.ParseDate(text)
		if err != nil {
			return usage(fmt.Errorf("--date: %w", err))
		}
		dates = append(dates, date)
	}
	desk, done, err := h.upkeep()
	if err != nil {
		return err
	}
	defer done()
	before, after, diff, err := desk.Compare(order.city, order.from, order.to, dates...)
	if err != nil {
		return h.advice(err, order.city)
	}
	h.answer.Summary = map[string]any{"city": order.city, "previous": before, "version": after}
	h.tellDifference(before, after, diff)
	if order.csv == "" {
		return nil
	}
	var table bytes.Buffer
	if err := csv.NewWriter(&table).WriteAll(diff.Rows()); err != nil {
		return err
	}
	if err := keep(ctx, order.csv, table.Bytes()); err != nil {
		return err
	}
	h.wrote("changes", order.csv)
	return nil
}

// told at most of one kind of change.
const mostTold = 8

// tellDifference prints the greatest changes; --json holds all of them.
func (h *house) tellDifference(before, after kept.Version, d difference.Difference) {
	h.answer.Summary["difference"] = d
	h.say("%s", h.words.Say("cli.diff.versions", map[string]any{"before": short(before.Network), "after": short(after.Network)}))
	if d.Same() {
		h.say("  %s", h.words.Say("cli.diff.same", nil))
		return
	}
	if d.Before != d.After {
		h.say("  %s", h.words.Say("cli.diff.window", map[string]any{"before": span(d.Before), "after": span(d.After)}))
	}
	h.say("  %s", h.words.Say("cli.diff.routes", thingArgs(d.Routes, 0)))
	h.tellThings(d.Routes)
	h.say("  %s", h.words.Say("cli.diff.stops", thingArgs(d.Stops, len(d.Moved))))
	h.tellThings(d.Stops)
	h.tellMoved(d.Moved)
	h.tellDays(d.Days)
	h.tellService(d)
}

func span(w difference.Window) string { return w.First + " – " + w.Last }

func thingArgs(t difference.Things, moved int) map[string]any {
	return map[string]any{
		"before": t.Before, "after": t.After, "added": len(t.Added), "removed": len(t.Removed),
		"renamed": len(t.Renamed), "renumbered": len(t.Renumbered), "moved": moved,
	}
}

// tellThings names some of what was added, removed and renamed.
func (h *house) tellThings(t difference.Things) {
	var lines []string
	for _, n := range t.Added {
		lines = append(lines, "+ "+n.Name+" ("+n.ID+")")
	}
	for _, n := range t.Removed {
		lines = append(lines, "- "+n.Name+" ("+n.ID+")")
	}
	for _, r := range t.Renamed {
		lines = append(lines, "~ "+h.words.Say("cli.diff.renamed", map[string]any{"before": r.Before, "after": r.After}))
	}
	h.tellSome(lines)
}

func (h *house) tellMoved(moved []difference.Moved) {
	var lines []string
	for _, m := range moved {
		lines = append(lines, "→ "+h.words.Say("cli.diff.moved", map[string]any{"name": m.Name, "id": m.ID, "meters": int(m.Meters)}))
	}
	h.tellSome(lines)
}

func (h *house) tellSome(lines []string) {
	for _, line := range lines[:min(len(lines), mostTold)] {
		h.say("    %s", line)
	}
	if more := len(lines) - mostTold; more > 0 {
		h.say("    … + %s", h.words.Number(more))
	}
}

// tellDays prints the days on which the number of trips changed most.
func (h *house) tellDays(days []difference.Day) {
	covered := slices.DeleteFunc(slices.Clone(days), func(d difference.Day) bool { return !d.Covered })
	differ := slices.DeleteFunc(slices.Clone(covered), func(d difference.Day) bool { return d.Before == d.After })
	if len(differ) == 0 {
		return
	}
	slices.SortStableFunc(differ, func(a, b difference.Day) int {
		return cmp.Compare(abs(b.After-b.Before), abs(a.After-a.Before))
	})
	h.say("  %s", h.words.Say("cli.diff.days", map[string]any{"count": len(differ), "days": len(covered)}))
	for _, d := range differ[:min(len(differ), 3)] {
		h.say("    %s", h.words.Say("cli.diff.day", map[string]any{"date": d.Date, "before": d.Before, "after": d.After}))
	}
}

func abs(n int) int { return max(n, -n) }

// tellService prints the routes whose room changed most.
func (h *house) tellService(d difference.Difference) {
	if len(d.Service) == 0 {
		return
	}
	var compared, lines []string
	for _, p := range d.Compared {
		compared = append(compared, h.pair(p))
	}
	h.say("  %s", h.words.Say("cli.diff.compared", map[string]any{"days": strings.Join(compared, ", ")}))
	for _, s := range d.Service {
		hour := slices.MaxFunc(s.Hours, func(a, b difference.Hour) int {
			return cmp.Or(cmp.Compare(abs(a.Room()), abs(b.Room())), cmp.Compare(abs(a.Trips()), abs(b.Trips())))
		})
		lines = append(lines, h.words.Say("cli.diff.service", map[string]any{
			"route": s.Name + mark(s.Assumed), "day": h.kind(s.Kind), "room_before": s.RoomBefore, "room_after": s.RoomAfter,
			"trips_before": s.TripsBefore, "trips_after": s.TripsAfter,
			"hour": h.words.Clock(hour.Hour * 3600), "hour_before": hour.RoomBefore, "hour_after": hour.RoomAfter,
		}))
	}
	h.tellSome(lines)
	if slices.ContainsFunc(d.Service, func(s difference.RouteChange) bool { return s.Assumed }) {
		h.say("    %s", h.words.Say("cli.diff.assumed", nil))
	}
}

// mark is the sign of a route whose room is assumed.
func mark(assumed bool) string {
	if assumed {
		return "*"
	}
	return ""
}

// pair names two dates of one kind, once where they are the same.
func (h *house) pair(p difference.Pair) string {
	switch {
	case p.Kind == p.After:
		return p.Kind
	case p.Before == p.After:
		return h.kind(p.Kind) + " " + p.After
	}
	return h.kind(p.Kind) + " " + cmp.Or(p.Before, "—") + " / " + cmp.Or(p.After, "—")
}

// dayWords are the messages that name the kinds of days.
var dayWords = map[string]string{
	"weekday":  "cli.diff.weekday",
	"saturday": "cli.diff.saturday",
	"sunday":   "cli.diff.sunday",
}

func (h *house) kind(kind string) string {
	if words, known := dayWords[kind]; known {
		return h.words.Say(words, nil)
	}
	return kind
}
