package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/message"
)

// measured is what one command took.
type measured struct {
	command   string
	wall, cpu time.Duration
	memory    int64 // bytes of the largest resident set, 0 where the system does not tell
	work      *evaluation.Work
}

func (h *house) benchCommand() *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use:     "bench (CITY.yaml EVENT.yaml...)... -o BENCH.md",
		Short:   "Measure import and run of cities on this machine, as a table",
		Long:    "Each file whose name begins with city is a city; the events after it are run on it.",
		Example: "  qala bench examples/astana/city.yaml examples/astana/events/match.yaml -o docs/BENCH.md",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if output == "" {
				return usage(errors.New("where shall the table go? add -o BENCH.md"))
			}
			var rows []measured
			for _, city := range citiesOf(args) {
				more, err := h.bench(cmd.Context(), city[0], city[1:])
				if err != nil {
					return err
				}
				rows = append(rows, more...)
			}
			before, _ := os.ReadFile(output) // one that is not there has no sections
			if err := keep(cmd.Context(), output, append(benchPage(rows), sectionsOf(before)...)); err != nil {
				return err
			}
			h.wrote("bench", output)
			return nil
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "the Markdown page to write (required)")
	cmd.AddCommand(h.benchReadersCommand(), h.benchStreetsCommand(), h.benchLoadCommand(), h.benchFeedCommand())
	return cmd
}

// citiesOf splits the arguments into cities, each with its events.
func citiesOf(args []string) [][]string {
	var cities [][]string
	for i, arg := range args {
		if i == 0 || strings.HasPrefix(filepath.Base(arg), "city") {
			cities = append(cities, nil)
		}
		cities[len(cities)-1] = append(cities[len(cities)-1], arg)
	}
	return cities
}

// named is a file by the folder of its city, as a table shows it.
func named(city, file string) string {
	folder, err := filepath.Abs(filepath.Dir(city))
	if err != nil {
		return filepath.Base(file)
	}
	return filepath.Base(folder) + " " + filepath.Base(file)
}

// bench runs every command in a process of its own, so that each has its own peak of memory.
func (h *house) bench(ctx context.Context, city string, events []string) ([]measured, error) {
	folder, err := os.MkdirTemp("", "qala-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // what is left in the system's folder for such files harms nobody
	file := filepath.Join(folder, "city.qala")
	first, err := measure(ctx, "import "+named(city, city), "import", city, "-o", file)
	if err != nil {
		return nil, err
	}
	rows := []measured{first}
	for _, event := range events {
		for _, workers := range slices.Compact([]string{"1", strconv.Itoa(runtime.NumCPU())}) {
			results := filepath.Join(folder, "results.json")
			row, err := measure(ctx, "run "+named(city, event)+" --workers "+workers, "run", file, event, "-o", results, "--workers", workers)
			if err != nil {
				return nil, err
			}
			e, err := readResults(results)
			if err != nil {
				return nil, err
			}
			if workers == "1" {
				row.work = &e.Work // the same for any number of workers
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// measure runs this program with the arguments.
func measure(ctx context.Context, name string, args ...string) (measured, error) {
	_, m, err := measureOutput(ctx, name, args...)
	return m, err
}

// measureOutput is measure that also keeps what the program says.
func measureOutput(ctx context.Context, name string, args ...string) ([]byte, measured, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, measured{}, err
	}
	cmd := exec.CommandContext(ctx, self, args...)
	var said, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &complaints
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return nil, measured{}, fmt.Errorf("%s: %w: %s", name, err, complaints.String())
	}
	return said.Bytes(), measured{
		command: name,
		wall:    time.Since(start),
		cpu:     cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		memory:  peakMemory(cmd.ProcessState),
	}, nil
}

// benchPage is the table as Markdown.
func benchPage(rows []measured) []byte {
	words, err := message.For("en")
	if err != nil {
		panic(err) // English is compiled in
	}
	var page strings.Builder
	fmt.Fprintf(&page, "# What it takes\n\nMeasured by `make bench` with %s on %d cores (%s/%s, %s). Wall and processor time depend on the machine;\n"+
		"the counters of work do not: the same input gives the same counts everywhere, and they are what changes are judged by.\n\n",
		program, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	page.WriteString("| command | wall | processor | peak memory |\n|---|--:|--:|--:|\n")
	for _, row := range rows {
		fmt.Fprintf(&page, "| %s | %.2f s | %.2f s | %d MB |\n", row.command, row.wall.Seconds(), row.cpu.Seconds(), row.memory>>20)
	}
	page.WriteString("\n| command | counter | count |\n|---|---|--:|\n")
	for _, row := range rows {
		for _, c := range counters(row.work) {
			fmt.Fprintf(&page, "| %s | %s | %s |\n", row.command, c.name, words.Number(c.count))
		}
	}
	return []byte(page.String())
}

// counter is one of the work counters under its name in the results file.
type counter struct {
	name  string
	count int
}

// counters are the work counters in the order of the results file.
func counters(work *evaluation.Work) []counter {
	if work == nil {
		return nil
	}
	return []counter{
		{"dated_trips", work.DatedTrips},
		{"visits", work.Visits},
		{"destinations", work.Destinations},
		{"scanned", work.Scanned},
		{"choices", work.Choices},
		{"joins", work.Joins},
		{"boardings", work.Boardings},
	}
}
