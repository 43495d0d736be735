package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/download"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/store/cities"
	"github.com/qala-city/qala/internal/upkeep"
)

func (h *house) cityCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "city",
		Short: "Keep cities: fetch their files, rebuild what has changed, compare versions",
		Long: "Keep cities: fetch their files, rebuild what has changed, compare versions.\n\n" +
			"Cities are kept in one folder: --data, else QALA_HOME, else the user's own folder for data.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage(errors.New("what shall be done? add, list, show, rebuild or diff"))
		},
	}
	cmd.PersistentFlags().StringVar(&h.data, "data", "", "the folder of kept cities (default: QALA_HOME, else the user's own folder for data)")
	cmd.AddCommand(h.cityAddCommand(), h.cityListCommand(), h.cityShowCommand(), h.cityRebuildCommand(), h.cityDiffCommand())
	return cmd
}

// homeFolder is where cities are kept.
func (h *house) homeFolder() (string, error) {
	for _, folder := range []string{h.data, h.env("QALA_HOME")} {
		if folder != "" {
			return filepath.Abs(folder)
		}
	}
	for _, place := range homes(runtime.GOOS) {
		if folder := h.env(place.variable); folder != "" {
			return filepath.Join(folder, place.below, "qala"), nil
		}
	}
	return "", usage(errors.New("nobody knows where cities are kept: add --data DIR, or set QALA_HOME"))
}

// home is a folder below the one that a variable names.
type home struct{ variable, below string }

// homes are where a system keeps a user's data, the best first.
func homes(system string) []home {
	switch system {
	case "windows":
		return []home{{"LOCALAPPDATA", ""}, {"USERPROFILE", filepath.Join("AppData", "Local")}}
	case "darwin", "ios":
		return []home{{"HOME", filepath.Join("Library", "Application Support")}}
	}
	return []home{{"XDG_DATA_HOME", ""}, {"HOME", filepath.Join(".local", "share")}}
}

func (h *house) shelf() (*cities.Shelf, error) {
	folder, err := h.homeFolder()
	if err != nil {
		return nil, err
	}
	return cities.At(folder), nil
}

// upkeep is the desk that keeps cities, wired to this machine; done ends its progress.
func (h *house) upkeep() (desk *upkeep.Desk, done func(), err error) {
	shelf, err := h.shelf()
	if err != nil {
		return nil, nil, err
	}
	p := &progress{h: h}
	return &upkeep.Desk{
		Shelf: shelf, Program: program, Now: h.now, Expand: h.expand,
		Waiting: func() { p.report(stageWaiting, 0, 0) },
		Fetch:   h.fetch(p),
		Import:  h.importKept(p),
	}, p.close, nil
}

// The stages of upkeep itself; those of an import are package feed's.
const (
	stageDownload = "download"
	stageWaiting  = "waiting"
)

// fetch brings a file for the desk, and tells how far it is.
func (h *house) fetch(p *progress) func(context.Context, upkeep.Order) (upkeep.Came, error) {
	return func(ctx context.Context, a upkeep.Order) (upkeep.Came, error) {
		got, err := h.web.Fetch(ctx, download.Request{
			From: a.From, Part: a.Part, SHA256: a.SHA256,
			Known:    download.Known{SHA256: a.Known, ETag: a.ETag, LastModified: a.LastModified},
			Progress: func(done, total int64) { p.report(stageDownload, int(done), int(total)) },
		})
		return upkeep.Came{
			SHA256: got.SHA256, ETag: got.ETag, LastModified: got.LastModified,
			Unchanged: got.Unchanged, Bytes: got.Bytes, Resumed: got.Resumed,
		}, unfetched(err)
	}
}

// unfetched sorts what went wrong with a fetch: a file that is there and not
// the right one was rejected, any other could not be read.
func unfetched(err error) error {
	switch {
	case err == nil || errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, download.ErrChecksum), errors.Is(err, download.ErrTooLarge):
		return rejected(err)
	}
	return &failure{exitFile, err}
}

// importKept makes a network of kept files.
func (h *house) importKept(p *progress) func(context.Context, upkeep.Files) (upkeep.Imported, error) {
	return func(ctx context.Context, files upkeep.Files) (upkeep.Imported, error) {
		result, err := feed.Import(ctx, feed.Request{
			Dir: files.Dir, File: files.File, Outside: files.Outside,
			Progress: func(at feed.Progress) { p.report(at.Stage, int(at.Done), int(at.Total)) },
		})
		if errors.Is(err, feed.ErrRefused) {
			err = rejected(err)
		}
		if result == nil {
			return upkeep.Imported{}, err
		}
		imported := upkeep.Imported{Network: result.Network, Findings: result.Findings, Tallies: result.Tallies, Counts: countsOf(result.Summary)}
		if result.Summary.HasDates {
			imported.First, imported.Last = result.Summary.FirstDate.String(), result.Summary.LastDate.String()
		}
		return imported, err
	}
}

// countsOf are the counts that stay with a version.
func countsOf(s feed.Summary) map[string]int {
	return map[string]int{
		"stops": s.Stops, "routes": s.Routes, "trips": s.Trips, "homes": s.Homes, "people": int(s.People), "venues": s.Venues,
	}
}

// keptCodes are the errors of kept cities with their exit codes.
var keptCodes = []struct {
	err  error
	code int
}{
	{upkeep.ErrKept, exitUsage},
	{upkeep.ErrNoVersion, exitUsage},
	{upkeep.ErrDescription, exitRejected},
	{upkeep.ErrOtherCity, exitRejected},
	{upkeep.ErrOutside, exitRejected},
	{upkeep.ErrChecksum, exitRejected},
	{cities.ErrIndex, exitRejected},
	{cities.ErrDamaged, exitRejected},
	{upkeep.ErrNotFetched, exitFile},
	{cities.ErrNoCity, exitFile},
}

// advice is what to do about an error of a kept city.
func (h *house) advice(err error, name string) error {
	for _, a := range []struct {
		err  error
		what string
	}{
		{upkeep.ErrKept, "to bring it up to date: qala city rebuild " + name},
		{upkeep.ErrNotFetched, "leave out --offline"},
		{upkeep.ErrNoVersion, "qala city show " + name + " lists the versions"},
		{cities.ErrNoCity, "qala city list tells which are; to add one: qala city add CITY.yaml"},
		{cities.ErrDamaged, "run the command again to fetch it"},
	} {
		if errors.Is(err, a.err) {
			return fmt.Errorf("%w; %s", err, a.what)
		}
	}
	return err
}

// networkFile is the file of a network that is named by its path, or by the
// name of a kept city. A file of that name comes first.
func (h *house) networkFile(named string) (string, error) {
	if _, err := os.Stat(named); !errors.Is(err, fs.ErrNotExist) {
		return named, nil
	}
	shelf, err := h.shelf()
	if err != nil {
		return named, nil // no city is kept; the missing file is told as such
	}
	city, err := shelf.Read(named)
	current, made := city.Current()
	switch {
	case errors.Is(err, cities.ErrNoCity):
		return named, nil
	case err != nil:
		return "", err
	case !made:
		return "", &failure{exitFile, fmt.Errorf("%s is not made yet; go on with: qala city rebuild %s", named, named)}
	}
	return shelf.NetworkPath(named, current.ID), nil
}
