// Package web hands what `npm run build` made for browsers to the Go program:
// the report's script and style, and the planning console.
package web

import (
	"embed"
	"io/fs"
)

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

// Console is the folder of the planning console, with index.html and what it
// names in assets/. ok is false when it was not built into this program.
func Console() (site fs.FS, ok bool) {
	site, err := fs.Sub(dist, "dist/console")
	if err != nil {
		return nil, false
	}
	_, err = fs.Stat(site, "index.html")
	return site, err == nil
}
