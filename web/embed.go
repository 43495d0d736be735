// Package web hands the report's script and style, built by `npm run build`, to the Go program.
package web

import "embed"

//go:embed all:dist
var dist embed.FS

// Report is the script and the style that draw the report's charts. ok is
// false when they were not built into this program.
func Report() (script, style []byte, ok bool) {
	script, err := dist.ReadFile("dist/report.js")
	if err != nil || len(script) == 0 {
		return nil, nil, false
	}
	// A build without rules of its own writes no style.
	style, _ = dist.ReadFile("dist/report.css")
	return script, style, true
}
