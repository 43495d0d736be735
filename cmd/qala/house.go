package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/download"
	"github.com/qala-city/qala/internal/message"
)

// house is the program wired together; the end-to-end test uses the same one.
type house struct {
	out      io.Writer // what was asked for
	notes    io.Writer // progress and complaints
	terminal bool      // notes is a terminal, where a bar may move
	show     func(path string) error
	env      func(name string) string
	now      func() time.Time // for the records of kept cities; results never ask
	web      *download.Client

	data    string // the folder of kept cities, where the command line names one
	json    bool
	lang    string
	started bool // the command line is understood; what fails now is no longer its fault
	words   *message.Speaker
	answer  answer
}

// run carries out one command line and gives its exit code.
func (h *house) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(h.notes, "qala: internal failure: %v\n%s", fault, debug.Stack())
			code = exitInternal
		}
	}()
	root := h.commands()
	h.json = slices.Contains(args, "--json") // also where the rest of the line is not understood
	root.SetArgs(args)
	root.SetOut(h.out)
	root.SetErr(h.notes)
	err := root.ExecuteContext(ctx)
	if err != nil && !h.started {
		err = usage(err)
	}
	return h.finish(err)
}

// commands is the tree of commands.
func (h *house) commands() *cobra.Command {
	root := &cobra.Command{
		Use:               "qala",
		Short:             "Plan a city's special days: import a city, run an event, write the report",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return h.prepare(cmd) },
	}
	root.PersistentFlags().BoolVar(&h.json, "json", false, "answer with one JSON document on standard output")
	root.PersistentFlags().StringVar(&h.lang, "lang", "", "language of the messages: en, kk, ru, zh (default: QALA_LANG, else the locale, else en)")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(h.importCommand(), h.cityCommand(), h.runCommand(), h.reportCommand(), h.testCommand(), h.journeyCommand(), h.reachCommand(), h.serveCommand(), h.workerCommand(), h.auditCommand(), h.backupCommand(), h.restoreCommand(), h.versionCommand(), h.benchCommand(), exitCodesTopic())
	return root
}

// prepare finds the language before a command starts.
func (h *house) prepare(cmd *cobra.Command) error {
	h.answer.Command = strings.TrimPrefix(cmd.CommandPath(), "qala ")
	h.answer.Program = program
	words, err := message.For(h.messageLanguage())
	if err != nil {
		return usage(err)
	}
	h.words, h.started = words, true
	return nil
}

// messageLanguage is the language that was asked for, by flag, by QALA_LANG or by the machine's locale.
func (h *house) messageLanguage() string {
	if h.lang != "" && h.lang != allLanguages {
		return h.lang
	}
	for _, name := range []string{"QALA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		lang, _, _ := strings.Cut(strings.ToLower(h.env(name)), "_")
		if slices.Contains(message.Languages(), lang) {
			return lang
		}
	}
	return "en"
}

// finish tells how the command ended, in the way that was asked for.
func (h *house) finish(err error) int {
	h.answer.Exit = exitCode(err)
	if err != nil {
		h.answer.Error = h.sentence(err)
		fmt.Fprintln(h.notes, "qala: "+h.answer.Error)
	}
	if h.answer.Exit == exitUsage {
		fmt.Fprintln(h.notes, "See: "+strings.TrimSpace("qala help "+h.answer.Command))
	}
	if h.json {
		h.printJSON()
	}
	return h.answer.Exit
}

// sentence is an error as people read it.
func (h *house) sentence(err error) string {
	var some *partial
	if errors.As(err, &some) && h.words != nil {
		return h.words.Say("cli.partial", map[string]any{"done": some.done, "asked": some.asked})
	}
	if errors.Is(err, context.Canceled) && h.words != nil {
		return h.words.Say("cli.interrupted", nil)
	}
	return err.Error()
}

func (h *house) printJSON() {
	encoder := json.NewEncoder(h.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(h.answer); err != nil {
		fmt.Fprintln(h.notes, "qala: "+err.Error())
	}
}

// say prints a line for people; with --json standard output stays free of it.
func (h *house) say(format string, args ...any) {
	if !h.json {
		fmt.Fprintf(h.out, format+"\n", args...)
	}
}
