// Command qala plans a city's special days: it turns a city's files into a
// network, runs an event on it, and writes the report.
//
// Every command can answer with one JSON document (--json) and ends with an
// exit code that says what kind of thing went wrong: see qala help exit-codes.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // event days are found on machines without a time-zone database too

	"golang.org/x/term"

	"github.com/qala-city/qala/internal/download"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	h := &house{
		out:      os.Stdout,
		notes:    os.Stderr,
		terminal: term.IsTerminal(int(os.Stderr.Fd())),
		show:     showInBrowser,
		env:      os.Getenv,
		now:      time.Now,
		web:      download.New(program),
	}
	os.Exit(h.run(ctx, os.Args[1:]))
}
