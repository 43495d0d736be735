package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"
)

// readersOrder is what the command line of qala bench readers says.
type readersOrder struct {
	server, output string
	paths          []string
	readers        int
	length, pause  time.Duration
	note           string
}

func (h *house) benchReadersCommand() *cobra.Command {
	var order readersOrder
	cmd := &cobra.Command{
		Use:     "readers URL PATH... [-o BENCH.md]",
		Short:   "Measure how long a server lets many readers wait",
		Long:    "Each reader keeps a connection, asks for one path after another, reads the whole answer, and looks at it for a while (--pause).",
		Example: "  qala bench readers http://127.0.0.1:8080 /api/v1/cities /api/v1/runs/ID",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.server, order.paths = args[0], args[1:]
			return h.benchReaders(cmd.Context(), order)
		},
	}
	cmd.Flags().StringVarP(&order.output, "output", "o", "", "the Markdown page whose section is written")
	cmd.Flags().IntVar(&order.readers, "readers", 500, "how many read at the same time")
	cmd.Flags().DurationVar(&order.length, "length", 30*time.Second, "for how long")
	cmd.Flags().DurationVar(&order.pause, "pause", time.Second, "how long a reader looks at an answer before he asks again")
	cmd.Flags().StringVar(&order.note, "note", "", "what else went on meanwhile, for the page")
	return cmd
}

// reading is one request and its answer.
type reading struct {
	path  string
	took  time.Duration
	bytes int64
	err   error
}

func (h *house) benchReaders(ctx context.Context, order readersOrder) error {
	base, err := url.Parse(order.server)
	if err != nil || base.Host == "" {
		return usage(fmt.Errorf("%q is not the address of a server", order.server))
	}
	if order.readers < 1 || order.length <= 0 || order.pause < 0 {
		return usage(errors.New("--readers, --length and --pause are positive"))
	}
	all := readAll(ctx, order)
	page := readersPage(order, all)
	h.say("%s", page)
	if order.output != "" {
		if err := putSection(ctx, order.output, "readers", page); err != nil {
			return err
		}
		h.wrote("bench", order.output)
	}
	for _, a := range all {
		if a.err != nil {
			return &failure{exitFile, fmt.Errorf("%s: %w", a.path, a.err)}
		}
	}
	return ctx.Err()
}

// readAll lets all readers read, spread over the first pause, until the time is over.
func readAll(ctx context.Context, order readersOrder) []reading {
	ctx, cancel := context.WithTimeout(ctx, order.length)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: order.readers, MaxConnsPerHost: order.readers}}
	defer client.CloseIdleConnections()
	each := make([][]reading, order.readers)
	var busy sync.WaitGroup
	for i := range each {
		busy.Go(func() {
			rest(ctx, order.pause*time.Duration(i)/time.Duration(order.readers))
			for n := i; ctx.Err() == nil; n++ {
				path := order.paths[n%len(order.paths)]
				took, length, err := readOne(ctx, client, order.server+path)
				if ctx.Err() == nil {
					each[i] = append(each[i], reading{path, took, length, err})
				}
				rest(ctx, order.pause)
			}
		})
	}
	busy.Wait()
	return slices.Concat(each...)
}

func rest(ctx context.Context, length time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(length):
	}
}

func readOne(ctx context.Context, client *http.Client, address string) (time.Duration, int64, error) {
	began := time.Now()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, 0, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return 0, 0, err
	}
	length, err := io.Copy(io.Discard, answer.Body)
	err = errors.Join(err, answer.Body.Close())
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		err = fmt.Errorf("answered %s", answer.Status)
	}
	return time.Since(began), length, err
}

// readersPage is the table, a row a path and one of all.
func readersPage(order readersOrder, all []reading) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "## Readers\n\n%d readers at once for %s, each %s after his last answer, on %d processors that they share with the server%s.\n\n",
		order.readers, order.length, order.pause, runtime.NumCPU(), order.note)
	out.WriteString("| path | answers | errors | p50 | p95 | p99 | longest | kB each |\n|---|---|---|---|---|---|---|---|\n")
	for _, path := range order.paths {
		readersRow(&out, path, slices.DeleteFunc(slices.Clone(all), func(a reading) bool { return a.path != path }))
	}
	readersRow(&out, "all", all)
	return out.Bytes()
}

func readersRow(out *bytes.Buffer, path string, some []reading) {
	var times []time.Duration
	errs, length := 0, int64(0)
	for _, a := range some {
		times = append(times, a.took)
		length += a.bytes
		if a.err != nil {
			errs++
		}
	}
	slices.Sort(times)
	at := func(share float64) string {
		if len(times) == 0 {
			return ""
		}
		return times[min(int(share*float64(len(times))), len(times)-1)].Round(100 * time.Microsecond).String()
	}
	fmt.Fprintf(out, "| `%s` | %d | %d | %s | %s | %s | %s | %.1f |\n", path, len(some), errs, at(.5), at(.95), at(.99), at(1),
		float64(length)/1000/float64(max(1, len(some))))
}
