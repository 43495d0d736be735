package cityfile

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Outline is the least that makes a city: what a command line has room for.
type Outline struct {
	ID, Name, Zone string
	Feeds          []OutlineFeed
	Streets        string // paths or URLs from here on; "" leaves the field out
	Population     []string
	Venues         string
	Capacities     string
	Fleet          string
	Sources        []Source
}

// OutlineFeed is one timetable of an outline.
type OutlineFeed struct{ ID, Path string }

// Text is the outline as a city file, which ReadCity judges.
func (o Outline) Text() []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "city: %s\nname: {en: %s}\ntimezone: %s\nfeeds:\n", quoted(o.ID), quoted(o.Name), quoted(o.Zone))
	for _, f := range o.Feeds {
		fmt.Fprintf(&out, "  - {id: %s, path: %s}\n", quoted(f.ID), quoted(f.Path))
	}
	if o.Streets != "" {
		fmt.Fprintf(&out, "streets: {path: %s}\n", quoted(o.Streets))
	}
	if len(o.Population) > 0 {
		out.WriteString("population:\n")
	}
	for _, p := range o.Population {
		fmt.Fprintf(&out, "  - {path: %s}\n", quoted(p))
	}
	for _, f := range []struct{ key, path string }{{"venues", o.Venues}, {"capacities", o.Capacities}, {"fleet", o.Fleet}} {
		if f.path != "" {
			fmt.Fprintf(&out, "%s: %s\n", f.key, quoted(f.path))
		}
	}
	if len(o.Sources) > 0 {
		out.WriteString("sources:\n")
	}
	for _, s := range o.Sources {
		out.WriteString("  - {" + s.fields() + "}\n")
	}
	return []byte(out.String())
}

// fields are what is said of a source, as the fields of a YAML map.
func (s Source) fields() string {
	fields := []string{"path: " + quoted(s.Path)}
	for _, f := range []struct{ key, value string }{{"licence", s.Licence}, {"attribution", s.Attribution}, {"sha256", s.SHA256}} {
		if f.value != "" {
			fields = append(fields, f.key+": "+quoted(f.value))
		}
	}
	return strings.Join(fields, ", ")
}

// quoted is a text as JSON writes it, which YAML reads as text whatever it looks like.
func quoted(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string can always be written
	return strings.TrimSuffix(out.String(), "\n")
}
