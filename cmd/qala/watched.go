package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/qala-city/qala/internal/monitor"
	"github.com/qala-city/qala/internal/workspace"
)

// flowing are the states of jobs that are not over.
var flowing = []workspace.JobState{workspace.Ordered, workspace.Queued, workspace.Running}

// countJobs is how many jobs there are in each state that is not over, up to a page of each.
func (c *centre) countJobs(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	for _, state := range flowing {
		jobs, err := c.office.Jobs(ctx, state, workspace.Page{Limit: workspace.MostPage})
		if err != nil {
			return nil, err
		}
		counts[string(state)] = len(jobs)
	}
	return counts, nil
}

// watchNumbers opens the address at which the server's numbers stand, and counts from then on.
func (c *centre) watchNumbers(ctx context.Context, address string) error {
	if address == "" {
		return nil
	}
	m := monitor.New(monitor.Options{Program: program, Jobs: c.countJobs, Failed: c.trouble("counting jobs")})
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return &failure{exitFile, fmt.Errorf("listening on %s: %w", address, err)}
	}
	server := &http.Server{Handler: m.Handler(), ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	c.goOn(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			c.trouble("telling numbers")(err)
		}
	})
	c.around = append(c.around, m.Watch)
	return nil
}

// goodbyeTraces is how long the last spans may take on their way.
const goodbyeTraces = 5 * time.Second

// watchTraces sends a span of every request to a collector from then on.
func (c *centre) watchTraces(ctx context.Context, address string) error {
	if address == "" {
		return nil
	}
	at, err := url.Parse(address)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return usage(fmt.Errorf("--traces %s: the address of a collector, like http://127.0.0.1:4318", address))
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(at.JoinPath("v1/traces").String()))
	if err != nil {
		return usage(err)
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter), trace.WithResource(resource.NewSchemaless(
		attribute.String("service.name", "qala"), attribute.String("service.version", version), attribute.String("service.instance.id", c.name),
	)))
	c.closers = append(c.closers, func() error {
		goodbye, stop := context.WithTimeout(context.Background(), goodbyeTraces)
		defer stop()
		return provider.Shutdown(goodbye)
	})
	c.around = append(c.around, func(next http.Handler) http.Handler {
		return otelhttp.NewHandler(next, "request", otelhttp.WithTracerProvider(provider), otelhttp.WithPropagators(propagation.TraceContext{}))
	})
	return nil
}
