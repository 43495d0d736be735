package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/plantest"
	"github.com/qala-city/qala/internal/rehearsal"
)

// testOrder is what the command line of qala test says.
type testOrder struct {
	targets             []string // files, and folders of files
	run, junit, network string
	rewrite, verbose    bool
	workers             int
}

func (h *house) testCommand() *cobra.Command {
	var order testOrder
	cmd := &cobra.Command{
		Use:   "test [FILE or FOLDER]...",
		Short: "Does the plan still hold? Play the tests of a city and compare",
		Long: "Play the cases of test files (*" + plantest.Ending + ") and compare what comes out with what they expect.\n" +
			"Without any file or folder those of this folder, and below it, are played.",
		Example: "  qala test tests/ --junit tests.xml\n  qala test match" + plantest.Ending + " --rewrite",
		RunE: func(cmd *cobra.Command, args []string) error {
			order.targets = args
			return h.testPlans(cmd.Context(), order)
		},
	}
	cmd.Flags().BoolVar(&order.rewrite, "rewrite", false, "write the answers anew below the ---- lines; claims stay as they are")
	cmd.Flags().StringVar(&order.run, "run", "", "only the cases with this text in their name")
	cmd.Flags().StringVar(&order.junit, "junit", "", "write the results to this file as JUnit XML")
	cmd.Flags().StringVar(&order.network, "network", "", "play on this network, in place of the one that the plans name")
	cmd.Flags().BoolVarP(&order.verbose, "verbose", "v", false, "tell what was obtained for the claims that hold too")
	cmd.Flags().StringVar(&h.data, "data", "", "the folder of kept cities, where a network is the name of one")
	cmd.Flags().IntVar(&order.workers, "workers", runtime.GOMAXPROCS(0), "how many processors work; the results do not depend on it")
	return cmd
}

func (h *house) testPlans(ctx context.Context, order testOrder) error {
	if order.workers < 1 {
		return usage(fmt.Errorf("--workers %d: at least one must work", order.workers))
	}
	files, err := testFiles(order.targets)
	if err != nil {
		return err
	}
	t := &trial{h: h, order: order, networks: map[string]openNetwork{}, events: map[string]openEvent{}}
	if err := t.read(files); err != nil {
		return err
	}
	if t.plays == 0 {
		return usage(fmt.Errorf("--run %q: no case has this in its name", order.run))
	}
	for _, file := range t.files {
		if err := t.file(ctx, file); err != nil {
			return err
		}
	}
	return t.finish(ctx)
}

// testFiles are the files that are meant, each once: a file whatever its name
// is, of a folder those with the ending.
func testFiles(targets []string) ([]string, error) {
	if len(targets) == 0 {
		targets = []string{"."}
	}
	var all []string
	for _, target := range targets {
		found, err := testFilesOf(target)
		switch {
		case err != nil:
			return nil, err
		case len(found) == 0:
			return nil, &failure{exitFile, fmt.Errorf("no file *%s in %s", plantest.Ending, target)}
		}
		for _, path := range found {
			if !slices.Contains(all, path) {
				all = append(all, path)
			}
		}
	}
	return all, nil
}

func testFilesOf(target string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(target, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != target && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case !entry.IsDir() && (path == target || strings.HasSuffix(path, plantest.Ending)):
			found = append(found, filepath.Clean(path))
		}
		return nil
	})
	return found, err
}

// trial is one run of qala test.
type trial struct {
	h        *house
	order    testOrder
	files    []*plantest.File
	networks map[string]openNetwork
	events   map[string]openEvent
	plays    int // that may come
	played   int
	results  []rehearsal.Result
}

// read reads all files before any is played, and tells all mistakes at once.
func (t *trial) read(paths []string) error {
	var wrong []error
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("reading the tests: %w", err)
		}
		file, err := plantest.Read(filepath.ToSlash(path), data)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		t.files = append(t.files, file)
		for i := range file.Cases {
			if t.meant(file, i) {
				t.plays += playsOf(file.Cases[i])
			}
		}
	}
	if len(wrong) > 0 {
		return rejected(errors.Join(wrong...))
	}
	return nil
}

// playsOf is how many plays a case takes at most.
func playsOf(c plantest.Case) int {
	n := 0
	for _, v := range c.Variants {
		n += v.Seeds
	}
	return n
}

// meant reports whether a case is to be played.
func (t *trial) meant(file *plantest.File, i int) bool {
	r := rehearsal.Result{Name: file.Cases[i].Name, Line: file.Cases[i].Line}
	return strings.Contains(r.Title(), t.order.run)
}

// file plays the cases of a file, tells them, and writes it anew where that is wanted.
func (t *trial) file(ctx context.Context, file *plantest.File) error {
	texts := map[int][]string{}
	for i, c := range file.Cases {
		if !t.meant(file, i) {
			continue
		}
		result, err := t.play(ctx, file.Name, c)
		if err != nil {
			return err
		}
		if t.order.rewrite && result.Text != nil && result.Error == "" {
			texts[i] = result.Text.Got
			result.Accept()
		}
		t.results = append(t.results, result)
		t.tell(result)
	}
	return t.rewrite(ctx, file, texts)
}

// rewrite writes a file with its new answers, if they are new.
func (t *trial) rewrite(ctx context.Context, file *plantest.File, texts map[int][]string) error {
	if len(texts) == 0 {
		return nil
	}
	path := filepath.FromSlash(file.Name)
	before, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("reading the tests: %w", err)
	}
	after := file.Rewrite(texts)
	if string(before) == string(after) {
		return nil
	}
	if err := keep(ctx, path, after); err != nil {
		return err
	}
	t.h.wrote(file.Name, file.Name)
	return nil
}

// finish writes the report for other programs and sums up.
func (t *trial) finish(ctx context.Context) error {
	t.tellSum()
	if t.order.junit != "" {
		report, err := rehearsal.JUnit(t.results)
		if err == nil {
			err = keep(ctx, t.order.junit, report)
		}
		if err != nil {
			return err
		}
		t.h.wrote("junit", t.order.junit)
	}
	return t.verdict()
}
