package cityfile

import (
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/finding"
)

// Total is how many people live in an area that has no finer count.
type Total struct {
	ID     string
	Prefix string // of the zone_id of the stops in the area
	People uint32
	File   string
	Line   int
	Basis  string // a basis.Kind: of the total, not of how it is spread
	Source string
}

// ReadTotals reads the areas of a source with Spread: id, people and the
// column with the prefix, and optionally basis and source. Areas that are
// excepted are counted as kept and left out.
func (p Population) ReadTotals(text string, log *finding.Log) []Total {
	var totals []Total
	known := map[string]bool{}
	called := p.columns()
	called["prefix"] = strings.ToLower(p.Spread.Prefix)
	eachCalled(p.Path.Name, text, log, called, []string{"id", "people", "prefix"}, func(r *rows) {
		total := Total{ID: r.need("id"), Prefix: r.need("prefix"), People: r.people(), File: p.Path.Name, Line: r.Line()}
		total.Basis, total.Source = p.origin(r)
		if known[total.ID] {
			r.reject(codeTwice, "id")
		}
		if r.broken {
			return
		}
		known[total.ID] = true
		if !slices.Contains(p.Spread.Except, total.ID) {
			totals = append(totals, total)
		}
	})
	p.reportExcept(known, log)
	return totals
}

// reportExcept names exceptions that are no area: a misspelt one would let its
// people be counted twice.
func (p Population) reportExcept(known map[string]bool, log *finding.Log) {
	for _, area := range p.Spread.Except {
		if !known[area] {
			log.Add(finding.Finding{Level: finding.Error, Code: codeUnknownArea, File: p.Path.Name, Field: "except", Value: area})
		}
	}
}
