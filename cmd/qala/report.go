package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/report"
)

// allLanguages asks for one page in each language.
const allLanguages = "all"

// reportOrder is what the command line of qala report says.
type reportOrder struct {
	results, folder string
	languages       []string
	open            bool
	pdf, xlsx       bool
	unchanged       string // results of the same event without changes; "" for none
}

func (h *house) reportCommand() *cobra.Command {
	var order reportOrder
	cmd := &cobra.Command{
		Use:     "report RESULTS.json -o FOLDER",
		Short:   "Write the report of a run: an HTML page, JSON and CSV",
		Example: "  qala report match.json -o match-report --lang kk --open",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.results, order.languages = args[0], h.pages()
			return h.writeReport(cmd.Context(), order)
		},
	}
	cmd.Flags().StringVarP(&order.folder, "output", "o", "", "the folder to write into (required); it is made when it is not there")
	cmd.Flags().StringVar(&h.lang, "lang", "", "language of the page, and of the messages: en, kk, ru, zh, or all for a page in each (default en)")
	cmd.Flags().BoolVar(&order.pdf, "pdf", false, "write the event transport plan on A4 pages too, in each language")
	cmd.Flags().BoolVar(&order.xlsx, "xlsx", false, "write the tables of the event transport plan as a workbook too, in each language")
	cmd.Flags().StringVar(&order.unchanged, "unchanged", "", "results of the same event on the timetable as it is: the plan tells normal headways by them")
	cmd.Flags().BoolVar(&order.open, "open", false, "show the page in the browser")
	return cmd
}

// pages are the languages in which the page was asked for. They do not depend
// on the machine's locale, so that the same command gives the same files.
func (h *house) pages() []string {
	switch h.lang {
	case "":
		return []string{"en"}
	case allLanguages:
		return message.Languages()
	}
	return []string{h.lang}
}

// beside are the languages between which the pages link.
func (o *reportOrder) beside() []string {
	if len(o.languages) > 1 {
		return o.languages
	}
	return nil
}

func (h *house) writeReport(ctx context.Context, order reportOrder) error {
	if order.folder == "" {
		return usage(errors.New("where shall the report go? add -o FOLDER"))
	}
	e, err := readResults(order.results)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(order.folder, 0o755); err != nil {
		return fmt.Errorf("making the folder of the report: %w", err)
	}
	if err := h.writePlan(ctx, order, e); err != nil {
		return err
	}
	if err := h.writePages(ctx, order, e); err != nil {
		return err
	}
	if err := h.writeTables(ctx, order, e); err != nil {
		return err
	}
	if order.open {
		return h.show(filepath.Join(order.folder, report.FileName(order.languages[0])))
	}
	return nil
}

func (h *house) writePages(ctx context.Context, order reportOrder, e *evaluation.Evaluation) error {
	for _, lang := range order.languages {
		page, err := report.Render(e, lang, order.beside()...)
		if err != nil {
			return err
		}
		path := filepath.Join(order.folder, report.FileName(lang))
		if err := keep(ctx, path, page); err != nil {
			return err
		}
		h.wrote(report.FileName(lang), path)
	}
	return nil
}

// writePlan writes the event transport plan as it was asked for.
func (h *house) writePlan(ctx context.Context, order reportOrder, e *evaluation.Evaluation) error {
	var unchanged []*evaluation.Evaluation
	if order.unchanged != "" {
		u, err := readResults(order.unchanged)
		if err != nil {
			return err
		}
		unchanged = append(unchanged, u)
	}
	for _, lang := range order.languages {
		if order.pdf {
			data, err := report.Document(e, lang, report.Standing{}, unchanged...)
			if err := h.writeDocument(ctx, order.folder, report.DocumentName(lang), data, err); err != nil {
				return err
			}
		}
		if order.xlsx {
			data, err := report.Workbook(e, lang, report.Standing{}, unchanged...)
			if err := h.writeDocument(ctx, order.folder, report.WorkbookName(lang), data, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeDocument writes what was made, or tells why it was not.
func (h *house) writeDocument(ctx context.Context, folder, name string, data []byte, err error) error {
	if errors.Is(err, report.ErrUnlike) {
		return rejected(err)
	}
	if err != nil {
		return err
	}
	path := filepath.Join(folder, name)
	if err := keep(ctx, path, data); err != nil {
		return err
	}
	h.wrote(name, path)
	return nil
}

// writeTables writes the same results for those who compute further.
func (h *house) writeTables(ctx context.Context, order reportOrder, e *evaluation.Evaluation) error {
	files := report.CSV(e)
	results, err := report.JSON(e)
	if err != nil {
		return err
	}
	files["results.json"] = results
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(order.folder, name)
		if err := keep(ctx, path, files[name]); err != nil {
			return err
		}
		h.wrote(name, path)
	}
	return nil
}
