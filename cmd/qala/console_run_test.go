package main

import "testing"

// TestConsoleResultsInBrowser looks at the results of a run, in Chromium: vehicles that
// move, pages of a line, a stop and a gate, why somebody was left behind, what stands
// behind a figure, and what changed from one run to another.
func TestConsoleResultsInBrowser(t *testing.T) {
	walkConsole(t, "results.mjs")
}
