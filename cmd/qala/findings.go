package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
)

// keepFindings writes every finding to a file, as CSV or as JSON by its ending.
func (h *house) keepFindings(ctx context.Context, path string) error {
	var data []byte
	var err error
	if strings.EqualFold(filepath.Ext(path), ".json") {
		data, err = json.MarshalIndent(h.answer.Findings, "", "  ")
	} else {
		data, err = findingsCSV(h.answer.Findings)
	}
	if err != nil {
		return err
	}
	if err := keep(ctx, path, data); err != nil {
		return err
	}
	h.wrote("findings", path)
	return nil
}

func findingsCSV(all []told) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{{"level", "code", "file", "line", "field", "value", "sentence", "fix"}}
	for _, f := range all {
		line := ""
		if f.Line > 0 {
			line = strconv.Itoa(f.Line)
		}
		rows = append(rows, []string{string(f.Level), string(f.Code), f.File, line, f.Field, f.Value, f.Sentence, f.Fix})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
