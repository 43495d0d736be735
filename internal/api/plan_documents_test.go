package api_test

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/xuri/excelize/v2"
)

// planDocuments takes a released plan away, on paper and as a workbook.
func (w *world) planDocuments(planner *person, at, run string) {
	paper := w.want(200, planner.ask("GET", at+"/document/kk", nil))
	if !bytes.HasPrefix(paper.body, []byte("%PDF-")) || !strings.Contains(paper.header.Get("Content-Disposition"), "plan.kk.pdf") {
		w.t.Errorf("the plan on paper is %.40q, %v", paper.body, paper.header)
	}
	w.want(304, planner.ask("GET", at+"/document/kk", nil, "If-None-Match", paper.header.Get("ETag")))
	w.want(200, planner.ask("GET", at+"/document/zh", nil, "If-None-Match", paper.header.Get("ETag")))
	w.want(200, planner.ask("GET", at+"/document/kk?run="+run, nil))
	w.want(404, planner.ask("GET", at+"/document/kk?run=another", nil))
	if status := planner.ask("GET", at+"/document/de", nil).status; status != http.StatusUnprocessableEntity && status != http.StatusBadRequest {
		w.t.Errorf("a plan in a language without words: %d", status)
	}
	tables := w.want(200, planner.ask("GET", at+"/workbook/en", nil))
	book, err := excelize.OpenReader(bytes.NewReader(tables.body))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = book.Close() }() // it was only read
	said := ""
	rows, err := book.GetRows("Event profile")
	for _, row := range rows {
		said += strings.Join(row, ": ") + "\n"
	}
	for _, fact := range []string{"State: released, in force", "Number: 1", "Note: All trains in pairs", "Authors: ", "Approved by: ", "Released by: "} {
		if !strings.Contains(said, fact) {
			w.t.Errorf("the workbook does not say %s (%v): %s", fact, err, said)
		}
	}
}
