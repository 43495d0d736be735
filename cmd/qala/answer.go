package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/finding"
)

// answer is the one document that --json prints, the same shape for every command.
type answer struct {
	Command  string            `json:"command"`
	Program  string            `json:"program"`
	Exit     int               `json:"exit"`
	Error    string            `json:"error,omitempty"`
	Summary  map[string]any    `json:"summary,omitempty"`
	Counts   map[string]int    `json:"finding_counts,omitempty"` // by level
	Findings []told            `json:"findings,omitempty"`
	Paths    map[string]string `json:"paths,omitempty"` // what was written, by what it is
}

// told is a finding with its words in the language of the messages.
type told struct {
	finding.Finding
	Sentence string `json:"sentence"`
	Fix      string `json:"fix,omitempty"`
}

// examples is how many findings of one kind are told word for word.
const examples = 3

// tell takes the findings into the answer and prints them, gathered by level and code.
func (h *house) tell(findings []finding.Finding) {
	h.answer.Counts = map[string]int{}
	for _, f := range findings {
		sentence, fix := h.words.Finding(f)
		h.answer.Findings = append(h.answer.Findings, told{f, sentence, fix})
		h.answer.Counts[string(f.Level)]++
	}
	if len(findings) == 0 {
		h.say("%s", h.words.Say("cli.findings.none", nil))
		return
	}
	h.say("%s", h.words.Say("cli.findings.total", map[string]any{
		"errors":   h.answer.Counts[string(finding.Error)],
		"warnings": h.answer.Counts[string(finding.Warning)],
		"notes":    h.answer.Counts[string(finding.Note)],
	}))
	for _, kind := range kinds(h.answer.Findings) {
		h.tellKind(kind)
	}
}

// kinds gathers findings by level and code, the gravest first.
func kinds(all []told) [][]told {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b told) int {
		return cmp.Or(cmp.Compare(gravity(b.Level), gravity(a.Level)), cmp.Compare(a.Code, b.Code))
	})
	var gathered [][]told
	for start := 0; start < len(sorted); {
		end := start + 1
		for end < len(sorted) && sorted[end].Code == sorted[start].Code && sorted[end].Level == sorted[start].Level {
			end++
		}
		gathered = append(gathered, sorted[start:end])
		start = end
	}
	return gathered
}

func gravity(level finding.Level) int {
	return slices.Index([]finding.Level{finding.Note, finding.Warning, finding.Error}, level)
}

// levelWords are the messages that name the levels.
var levelWords = map[finding.Level]string{
	finding.Error:   "cli.level.error",
	finding.Warning: "cli.level.warning",
	finding.Note:    "cli.level.note",
}

// tellKind prints the first findings of one kind, and once what to do about it.
func (h *house) tellKind(kind []told) {
	level := h.words.Say(levelWords[kind[0].Level], nil)
	h.say("  %s  %s  × %s", level, kind[0].Code, h.words.Number(len(kind)))
	for _, f := range kind[:min(len(kind), examples)] {
		h.say("    %s%s", place(f.Finding), f.Sentence)
	}
	if more := len(kind) - examples; more > 0 {
		h.say("    … + %s", h.words.Number(more))
	}
	if fix := kind[0].Fix; fix != "" {
		h.say("    → %s", fix)
	}
}

// place is where a finding is, as file:line field="value": , "" where it is nowhere.
func place(f finding.Finding) string {
	var parts []string
	if f.File != "" && f.Line > 0 {
		parts = append(parts, fmt.Sprintf("%s:%d", f.File, f.Line))
	} else if f.File != "" {
		parts = append(parts, f.File)
	}
	switch {
	case f.Field != "" && f.Value != "":
		parts = append(parts, fmt.Sprintf("%s=%q", f.Field, f.Value))
	case f.Field != "":
		parts = append(parts, f.Field)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, " ") + ": "
}

// wrote takes a written file into the answer and tells it.
func (h *house) wrote(what, path string) {
	if h.answer.Paths == nil {
		h.answer.Paths = map[string]string{}
	}
	h.answer.Paths[what] = path
	h.say("%s", h.words.Say("cli.wrote", map[string]any{"path": path}))
}
