package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"
)

// serveOrder is what the command line of qala serve says.
type serveOrder struct {
	listen, database, nats string
	workers, processors    int
	example, noWork        bool
	lease                  time.Duration
	people                 peopleOrder
	monitor, traces        string // addresses; "" for none
}

const serveHelp = `Serve the API to a team: cities, events, scenarios, runs and their results.

Everything is kept below one folder (--data, else QALA_HOME, else the user's own folder
for data), with nothing else to install. With --database and --nats the same program
keeps its documents in PostgreSQL and its queue in a NATS cluster; qala worker on other
machines then takes runs from that queue.`

func (h *house) serveCommand() *cobra.Command {
	var order serveOrder
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Serve the API to a team",
		Long:    serveHelp,
		Example: "  qala serve --listen 127.0.0.1:8080 --example",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return h.serve(cmd.Context(), order) },
	}
	cmd.Flags().StringVar(&order.listen, "listen", "127.0.0.1:8080", "the address to listen on")
	cmd.Flags().BoolVar(&order.example, "example", false, "take in the built-in city with its events, and run them")
	cmd.Flags().BoolVar(&order.noWork, "no-work", false, "leave all work to qala worker")
	cmd.Flags().StringVar(&order.monitor, "monitor", "", "an address of its own at which Prometheus finds /metrics: 127.0.0.1:9090")
	cmd.Flags().StringVar(&order.traces, "traces", "", "a collector of OpenTelemetry (OTLP over HTTP) that gets a span of every request: http://127.0.0.1:4318")
	h.workFlags(cmd, &order)
	order.people.flags(cmd)
	return cmd
}

// workFlags are those of a server and of a worker alike.
func (h *house) workFlags(cmd *cobra.Command, order *serveOrder) {
	cmd.Flags().StringVar(&h.data, "data", "", "the folder to keep everything in (default: QALA_HOME, else the user's own folder for data)")
	cmd.Flags().StringVar(&order.database, "database", "", "PostgreSQL in place of the embedded database: postgres://user@host/name")
	cmd.Flags().StringVar(&order.nats, "nats", "", "NATS servers in place of the embedded one: nats://host:4222,nats://...")
	cmd.Flags().IntVar(&order.workers, "workers", 1, "how many runs are worked on at the same time here")
	cmd.Flags().IntVar(&order.processors, "processors", runtime.GOMAXPROCS(0), "how many processors one run may use; the results do not depend on it")
	cmd.Flags().DurationVar(&order.lease, "lease", 20*time.Second, "how long a worker that is not heard of is believed to live")
}

func (h *house) workerCommand() *cobra.Command {
	var order serveOrder
	cmd := &cobra.Command{
		Use:     "worker --database URL --nats URL",
		Short:   "Work off the runs of a server, on this machine",
		Long:    "Take imports, runs and reports from the queue of a qala server and work them off.\nA network is fetched once and kept by its hash below the data folder.",
		Example: "  qala worker --database postgres://qala@db/qala --nats nats://queue:4222",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return h.work(cmd.Context(), order) },
	}
	h.workFlags(cmd, &order)
	return cmd
}

func (o *serveOrder) check() error {
	switch {
	case (o.database == "") != (o.nats == ""):
		return usage(errors.New("--database and --nats go together: either both are embedded, or neither is"))
	case o.workers < 1 || o.workers > 256:
		return usage(fmt.Errorf("--workers %d: from 1 to 256", o.workers))
	case o.processors < 1:
		return usage(fmt.Errorf("--processors %d: at least one must work", o.processors))
	case o.lease < time.Second || o.lease > time.Hour:
		return usage(fmt.Errorf("--lease %s: from 1s to 1h", o.lease))
	}
	return nil
}

// serve runs a server until ctx ends.
func (h *house) serve(ctx context.Context, order serveOrder) error {
	if err := errors.Join(order.check(), order.people.check(order.listen)); err != nil {
		return err
	}
	folder, err := h.homeFolder()
	if err != nil {
		return err
	}
	centre, err := h.openCentre(ctx, filepath.Join(folder, "server"), order)
	if err != nil {
		return err
	}
	defer centre.close()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", order.listen)
	if err != nil {
		return &failure{exitFile, fmt.Errorf("listening on %s: %w", order.listen, err)}
	}
	order.people.meet(listener.Addr().String())
	watching := errors.Join(centre.watchNumbers(ctx, order.monitor), centre.watchTraces(ctx, order.traces))
	if err := errors.Join(watching, centre.admit(h, order.people)); err != nil {
		return err
	}
	if !order.noWork {
		centre.startWorkers(ctx, order)
	}
	centre.startDispatcher(ctx, order)
	if order.example {
		centre.goOn(func() { h.loadExample(ctx, centre) })
	}
	centre.goOn(func() { centre.sweep(ctx) })
	h.say("%s", h.words.Say("cli.serve.ready", map[string]any{"address": order.people.base}))
	link, err := centre.firstLink(ctx, order.people.base)
	if err != nil {
		return err
	}
	if link != "" {
		h.say("%s", h.words.Say("cli.serve.first", map[string]any{"link": link}))
	}
	return centre.serveHTTP(ctx, h, listener, order.people)
}

// work runs a worker until ctx ends.
func (h *house) work(ctx context.Context, order serveOrder) error {
	if err := order.check(); err != nil {
		return err
	}
	if order.database == "" {
		return usage(errors.New("a worker needs the server's --database and --nats; a server without them has workers of its own"))
	}
	folder, err := h.homeFolder()
	if err != nil {
		return err
	}
	centre, err := h.openCentre(ctx, filepath.Join(folder, "worker"), order)
	if err != nil {
		return err
	}
	defer centre.close()
	h.say("%s", h.words.Say("cli.worker.ready", map[string]any{"name": centre.name}))
	centre.startWorkers(ctx, order)
	centre.wait()
	return nil
}
