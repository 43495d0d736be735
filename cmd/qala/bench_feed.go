package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/gtfs"
	"github.com/qala-city/qala/internal/transit"
)

func (h *house) benchFeedCommand() *cobra.Command {
	output, rows := "", 20_000_000
	cmd := &cobra.Command{
		Use:   "feed FEED [-o BENCH.md]",
		Short: "Measure how fast a timetable is read, and the memory that a large one takes",
		Long: "The trips of a feed, a zip or a folder, are repeated until they have as many stop_times as --rows says. The large feed lies in a\n" +
			"temporary folder, which needs some gigabytes; it is read and imported from there.",
		Example: "  qala bench feed gtfs.zip -o docs/BENCH.md",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return h.benchFeed(cmd.Context(), args[0], rows, output)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "the Markdown page whose section is written")
	cmd.Flags().IntVar(&rows, "rows", rows, "how many stop_times the repeated feed has at least")
	return cmd
}

func (h *house) benchFeed(ctx context.Context, feed string, rows int, output string) error {
	folder, err := os.MkdirTemp("", "qala-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // what is left in the system's folder for such files harms nobody
	b := &feedBench{name: filepath.Base(feed), folder: folder}
	if err := b.prepare(ctx, feed, rows); err != nil {
		return err
	}
	if err := errors.Join(b.read(ctx), b.importAll(ctx)); err != nil {
		return err
	}
	page := b.page()
	h.say("%s", page)
	if output == "" {
		return nil
	}
	if err := putSection(ctx, output, "feed", page); err != nil {
		return err
	}
	h.wrote("bench", output)
	return nil
}

// feedBench is a large feed, unpacked and packed, that is read over and over.
type feedBench struct {
	name, folder string
	large        repeated
	bytes        int64 // of its stop_times.txt
	work         gtfs.Work
	kept         int // calls of the timetable
	rows         bytes.Buffer
}

// feedRounds is how often the feed is read for a median.
const feedRounds = 3

func (b *feedBench) unpacked() string { return filepath.Join(b.folder, "feed") }
func (b *feedBench) packed() string   { return filepath.Join(b.folder, "feed.zip") }

// prepare writes the large feed.
func (b *feedBench) prepare(ctx context.Context, feed string, rows int) error {
	source, closeFeed, err := openFeed(feed)
	if err != nil {
		return err
	}
	defer closeFeed()
	if err := os.Mkdir(b.unpacked(), 0o700); err != nil {
		return err
	}
	b.large = repeated{source: source, folder: b.unpacked(), rows: rows}
	if err := b.large.write(ctx); err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(b.unpacked(), "stop_times.txt"))
	if err != nil {
		return err
	}
	b.bytes = info.Size()
	return pack(b.packed(), os.DirFS(b.unpacked()))
}

// openFeed opens a zip or a folder; the second value closes it.
func openFeed(name string) (fs.FS, func(), error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		return os.DirFS(name), func() {}, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	closeFile := func() { _ = file.Close() } // it was only read
	folder, err := gtfs.OpenZip(filepath.Base(name), file, info.Size(), gtfs.DefaultLimits)
	if err != nil {
		closeFile()
		return nil, nil, rejected(err)
	}
	return folder, closeFile, nil
}

// pack makes a zip of a folder.
func pack(name string, folder fs.FS) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	w := zip.NewWriter(file)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	return errors.Join(w.AddFS(folder), w.Close(), file.Close())
}

// page tells what was measured.
func (b *feedBench) page() []byte {
	var page bytes.Buffer
	fmt.Fprintf(&page, "## Reading a timetable\n\nThe trips of %s, %d times: %d stop_times, %d MB of text, on %d processors (%s/%s, %s). Medians of %d rounds; processor time is\n"+
		"that of all threads. Parsing ends when the rows stand in columns, their trips and stops found; the timetable is ready when they are ordered\n"+
		"and checked trip by trip.\n\n| what | wall | processor | stop_times a second and core | peak memory |\n|---|--:|--:|--:|--:|\n",
		b.name, b.large.copies, b.large.rows, b.bytes>>20, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), feedRounds)
	page.Write(b.rows.Bytes())
	fmt.Fprintf(&page, "\n| counter | count |\n|---|--:|\n| bytes of stop_times.txt | %d |\n| blocks, shapes.txt included | %d |\n| blocks of plain lines | %d |\n"+
		"| calls read | %d |\n| calls in the timetable | %d |\n", b.bytes, b.work.Blocks, b.work.Plain, b.work.Calls, b.kept)
	return page.Bytes()
}

// read measures the reader within this process.
func (b *feedBench) read(ctx context.Context) error {
	for _, from := range []struct{ name, path string }{{"unpacked", b.unpacked()}, {"packed", b.packed()}} {
		folder, closeFeed, err := openFeed(from.path)
		if err != nil {
			return err
		}
		err = b.readFrom(ctx, from.name, folder)
		closeFeed()
		if err != nil {
			return err
		}
	}
	return nil
}

// readFrom measures parsing stop_times.txt and making the timetable apart.
func (b *feedBench) readFrom(ctx context.Context, name string, folder fs.FS) error {
	var parsed, ready []spent
	for range feedRounds {
		w := &watchedFeed{FS: folder}
		into := transit.NewBuilder()
		runtime.GC()
		b.work = gtfs.Work{}
		_, err := gtfs.Read(ctx, gtfs.Source{FS: w, Progress: w.hear, Work: &b.work}, into, &finding.Log{})
		if err != nil {
			return err
		}
		whole := now().since(w.opened)
		b.kept = len(into.SoFar().Trips.Arrive)
		parsed, ready = append(parsed, w.parsed.since(w.opened)), append(ready, whole)
	}
	b.row("parse stop_times.txt, "+name, typical(parsed), 0)
	b.row("the same to the timetable, "+name, typical(ready), 0)
	return nil
}

// importAll measures the whole import in a process of its own.
func (b *feedBench) importAll(ctx context.Context) error {
	city := "city: repeated\nname: {en: Repeated}\ntimezone: UTC\nfeeds:\n  - {id: feed, path: feed}\n"
	file := filepath.Join(b.folder, "city.yaml")
	if err := os.WriteFile(file, []byte(city), 0o600); err != nil {
		return err
	}
	took, err := measure(ctx, "import", "import", file, "-o", filepath.Join(b.folder, "city.qala"))
	if err != nil {
		return err
	}
	b.row("qala import, to the network file", spent{took.wall, took.cpu}, took.memory)
	return nil
}

func (b *feedBench) row(name string, took spent, memory int64) {
	fmt.Fprintf(&b.rows, "| %s | %.2f s | %.2f s | %.1f million | ", name, took.wall.Seconds(), took.processor.Seconds(),
		float64(b.large.rows)/1e6/max(took.processor, time.Millisecond).Seconds())
	if memory > 0 {
		fmt.Fprintf(&b.rows, "%d MB ", memory>>20)
	}
	b.rows.WriteString("|\n")
}

// watchedFeed notes when stop_times.txt is opened and when it is read.
type watchedFeed struct {
	fs.FS
	opened, parsed moment
}

// Open opens a file of the feed.
func (w *watchedFeed) Open(name string) (fs.File, error) {
	if filepath.Base(name) == "stop_times.txt" {
		w.opened = now()
	}
	return w.FS.Open(name)
}

// hear notes the first time that the file is said to be read to its end.
func (w *watchedFeed) hear(file string, done, total int64) {
	if file == "stop_times.txt" && done == total && w.parsed == (moment{}) {
		w.parsed = now()
	}
}

// moment is a point in time, and how long this process had the processors until then.
type moment struct {
	wall      time.Time
	processor time.Duration
}

// spent is what lies between two moments.
type spent struct{ wall, processor time.Duration }

func now() moment { return moment{time.Now(), processorTime()} }

func (m moment) since(before moment) spent {
	return spent{m.wall.Sub(before.wall), m.processor - before.processor}
}

func typical(all []spent) spent {
	slices.SortFunc(all, func(a, b spent) int { return int(a.processor - b.processor) })
	return all[len(all)/2]
}
