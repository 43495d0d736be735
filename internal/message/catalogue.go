package message

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// catalogue maps a message id and a language to a text.
type catalogue map[string]map[string]text

// text maps a plural category to a form; a text without plurals has "other" only.
type text map[string]string

// form is the text of a category, else of "other".
func (t text) form(category string) string {
	if form, present := t[category]; present {
		return form
	}
	return t["other"]
}

// UnmarshalYAML reads either a string or a map of plural categories.
func (t *text) UnmarshalYAML(read func(any) error) error {
	single := ""
	if read(&single) == nil {
		*t = text{"other": single}
		return nil
	}
	forms := map[string]string{}
	if err := read(&forms); err != nil {
		return err
	}
	*t = forms
	return nil
}

func (c catalogue) ids() []string { return slices.Sorted(maps.Keys(c)) }

// read joins all files of the catalogue; an id in two files is an error.
func read(folder fs.FS) (catalogue, error) {
	names, err := fs.Glob(folder, "catalogue/*.yaml")
	if err != nil {
		return nil, err
	}
	all := catalogue{}
	var faults []error
	for _, name := range names {
		part, err := readFile(folder, name)
		faults = append(faults, err)
		for _, id := range part.ids() {
			if _, twice := all[id]; twice {
				faults = append(faults, fmt.Errorf("%s: message %s is already in another file", name, id))
			}
			all[id] = part[id]
		}
	}
	return all, errors.Join(faults...)
}

func readFile(folder fs.FS, name string) (catalogue, error) {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, err
	}
	part := catalogue{}
	if err := yaml.Unmarshal(content, &part); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return part, nil
}

// fill replaces every {name} by what lookup gives; a name unknown to lookup stays as it is.
func fill(form string, lookup func(name string) (string, bool)) string {
	var out strings.Builder
	for {
		before, rest, open := strings.Cut(form, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			out.WriteString(form)
			return out.String()
		}
		out.WriteString(before)
		if word, known := lookup(name); known {
			out.WriteString(word)
		} else {
			out.WriteString("{" + name + "}")
		}
		form = after
	}
}
