package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/finding"
)

// findingGroup is all findings of one code and level: a hundred bad rows have one cause.
type findingGroup struct {
	Level, LevelText, Code, Count, Fix, More string
	Examples                                 []findingView
	Located                                  bool // whether a place in a file is known
}

// findingView is one finding in words.
type findingView struct{ Where, Field, Value, Sentence string }

// examples is how many findings of a group the page shows; findings.csv has them all.
const examples = 5

func (d *desk) findings() []findingGroup {
	type key struct {
		level finding.Level
		code  finding.Code
	}
	groups := map[key][]finding.Finding{}
	var keys []key
	for _, f := range d.e.Findings {
		k := key{f.Level, f.Code}
		if len(groups[k]) == 0 {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], f)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(rank(a.level)-rank(b.level), len(groups[b])-len(groups[a]), strings.Compare(string(a.code), string(b.code)))
	})
	views := make([]findingGroup, 0, len(keys))
	for _, k := range keys {
		views = append(views, d.findingGroup(groups[k]))
	}
	return views
}

// named is a finding that calls routes and directions as the page does.
func (d *desk) named(f finding.Finding) finding.Finding {
	if f.Args["route"] == "" {
		return f
	}
	f.Args = maps.Clone(f.Args)
	for _, l := range d.e.Lines {
		if l.Name == f.Args["route"] && l.Headsign == f.Args["headsign"] {
			f.Args["headsign"] = d.headsign(l)
		}
	}
	f.Args["route"] = d.line(f.Args["route"])
	return f
}

// rank puts what is gravest first.
func rank(level finding.Level) int {
	return slices.Index([]finding.Level{finding.Error, finding.Warning, finding.Note}, level)
}

func (d *desk) findingGroup(all []finding.Finding) findingGroup {
	_, fix := d.say.Finding(d.named(all[0]))
	g := findingGroup{
		Level: string(all[0].Level), LevelText: d.level(all[0].Level), Code: string(all[0].Code), Fix: fix,
		Count: d.say.Say("findings.count", map[string]any{"count": len(all)}),
	}
	for _, f := range all[:min(examples, len(all))] {
		sentence, _ := d.say.Finding(d.named(f))
		g.Located = g.Located || f.File != "" || f.Field != ""
		g.Examples = append(g.Examples, findingView{Where: d.located(f), Field: f.Field, Value: f.Value, Sentence: sentence})
	}
	if rest := len(all) - examples; rest > 0 {
		g.More = d.say.Say("findings.more", map[string]any{"count": rest})
	}
	return g
}

func (d *desk) level(level finding.Level) string {
	switch level {
	case finding.Error:
		return d.say.Say("findings.error", nil)
	case finding.Warning:
		return d.say.Say("findings.warning", nil)
	}
	return d.say.Say("findings.note", nil)
}

func (d *desk) located(f finding.Finding) string {
	if f.Line == 0 {
		return f.File
	}
	return d.say.Say("findings.place", map[string]any{"file": f.File, "line": plain(uint64(f.Line))})
}
