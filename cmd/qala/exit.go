package main

import (
	"context"
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/plan"
)

// The exit codes of every command.
const (
	exitOK          = 0
	exitInternal    = 1
	exitUsage       = 2
	exitRejected    = 3
	exitRefused     = 4
	exitFile        = 5
	exitPartial     = 6
	exitClaim       = 7
	exitInterrupted = 130
)

// exitCodes is the help page about them.
const exitCodes = `Exit codes of every qala command:

    0  done; findings, if any, were told
    1  internal failure: a mistake in qala itself
    2  the command line is wrong: unknown command or flag, argument missing
    3  the input was rejected: a file that is not what it should be (bad YAML,
       a broken network or results file), a city of which nothing usable is
       left, or, with --strict, any finding of level error
    4  the plan was refused: the event cannot be run on this network (unknown
       venue, not enough vehicles, ...)
    5  a file cannot be read or written, or not be fetched; a city is not kept
    6  qala run --seeds was interrupted after one run at least: the results of
       the runs that were finished are written and marked as partial
    7  qala test: a claim does not hold, or an answer is another one than expected
  130  interrupted with Ctrl-C or ended by the system; no half file is left`

// exitCodesTopic is the page that qala help exit-codes shows.
func exitCodesTopic() *cobra.Command {
	return &cobra.Command{Use: "exit-codes", Short: "What the exit codes mean", Long: exitCodes}
}

// failure is an error whose exit code is known where it arises.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func usage(err error) error    { return &failure{exitUsage, err} }
func rejected(err error) error { return &failure{exitRejected, err} }

// unwritten marks what went wrong with a file that was to be written: a full
// disk comes as a bare number of the system.
func unwritten(err error) error {
	if err == nil {
		return nil
	}
	return &failure{exitFile, err}
}

// exitCode sorts an error into its kind.
func exitCode(err error) int {
	var known *failure
	var some *partial
	var refused *plan.Refused
	var path *fs.PathError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &some):
		return exitPartial
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &known):
		return known.code
	case errors.As(err, &refused):
		return exitRefused
	case errors.As(err, &path):
		return exitFile
	case brokenNetwork(err):
		return exitRejected
	}
	for _, kept := range keptCodes {
		if errors.Is(err, kept.err) {
			return kept.code
		}
	}
	return exitInternal
}

// brokenNetwork reports whether a file was read but is no sound network.
func brokenNetwork(err error) bool {
	var format *network.FormatError
	if errors.As(err, &format) {
		return true
	}
	for _, kind := range []error{
		network.ErrNotNetwork, network.ErrTruncated, network.ErrChecksum, network.ErrDamaged, network.ErrInvalid,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
