package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/kept"
)

func (h *house) cityListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Tell which cities are kept",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return h.listCities() },
	}
}

// listed is a city as the list tells it.
type listed struct {
	Name     string        `json:"name"`
	Version  *kept.Version `json:"version,omitempty"` // none while the city is not made
	Fetched  time.Time     `json:"fetched,omitzero"`  // when the newest content came
	Checked  time.Time     `json:"checked,omitzero"`
	Bytes    int64         `json:"bytes"` // of the sources
	Licences []string      `json:"licences"`

	Unlicensed int `json:"unlicensed"` // sources of which no licence is stated
}

func (h *house) listCities() error {
	shelf, err := h.shelf()
	if err != nil {
		return err
	}
	names, err := shelf.Names()
	if err != nil {
		return err
	}
	all, broken := []listed{}, []error{}
	for _, name := range names {
		city, err := shelf.Read(name)
		if err != nil {
			broken = append(broken, err) // the others are told all the same
			continue
		}
		all = append(all, h.listed(city))
	}
	h.answer.Summary = map[string]any{"cities": all}
	if len(names) == 0 {
		folder, _ := h.homeFolder()
		h.say("%s", h.words.Say("cli.city.none", map[string]any{"folder": folder}))
	}
	for _, c := range all {
		h.tellListed(c)
	}
	return errors.Join(broken...)
}

func (h *house) listed(c kept.City) listed {
	row := listed{Name: c.Name, Checked: c.Description.Checked, Licences: []string{}}
	if v, made := c.Current(); made {
		row.Version = &v
	}
	for _, s := range append(slices.Clone(c.Sources), c.Description) {
		row.Bytes += s.Bytes
		if s.Fetched.After(row.Fetched) {
			row.Fetched = s.Fetched
		}
		switch {
		case s.Field == "":
		case s.Licence == "":
			row.Unlicensed++
		case !slices.Contains(row.Licences, h.licence(s)):
			row.Licences = append(row.Licences, h.licence(s))
		}
	}
	return row
}

func (h *house) tellListed(c listed) {
	if c.Version == nil {
		h.say("%s", h.words.Say("cli.city.unfinished", map[string]any{"city": c.Name}))
		return
	}
	h.say("%s", h.words.Say("cli.city.row", map[string]any{
		"city": c.Name, "version": short(c.Version.Network), "first": c.Version.First, "last": c.Version.Last,
		"size": h.size(c.Bytes + c.Version.Bytes), "fetched": c.Fetched.Format(time.DateOnly),
	}))
	licences := c.Licences
	if c.Unlicensed > 0 {
		licences = append(licences, h.words.Say("cli.source.no_licence", nil)+" × "+h.words.Number(c.Unlicensed))
	}
	h.say("    %s", strings.Join(licences, "; "))
}

func (h *house) cityShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Tell what a city is made of, and its versions",
		Args:  cobra.ExactArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return h.showCity(args[0]) },
	}
}

func (h *house) showCity(name string) error {
	shelf, err := h.shelf()
	if err != nil {
		return err
	}
	city, err := shelf.Read(name)
	if err != nil {
		return h.advice(err, name)
	}
	h.answer.Summary = map[string]any{"city": city, "folder": shelf.Folder(name)}
	h.say("%s", city.Name)
	h.say("%s", h.words.Say("cli.city.folder", map[string]any{"folder": shelf.Folder(name)}))
	h.say("%s:", h.words.Say("cli.city.sources", nil))
	for _, s := range append([]kept.Source{city.Description}, city.Sources...) {
		h.tellSource(s)
	}
	current, made := city.Current()
	if !made {
		h.say("%s", h.words.Say("cli.city.unfinished", map[string]any{"city": name}))
		return nil
	}
	h.tellCounts(current)
	h.say("%s:", h.words.Say("cli.city.versions", nil))
	for _, v := range slices.Backward(city.Versions) {
		h.say("  %s", h.words.Say("cli.city.version", map[string]any{
			"version": short(v.Network), "made": v.Made.Format(time.DateOnly), "first": v.First, "last": v.Last, "size": h.size(v.Bytes),
			"errors": v.Findings[string(finding.Error)], "warnings": v.Findings[string(finding.Warning)], "notes": v.Findings[string(finding.Note)],
		}))
	}
	return nil
}

func (h *house) tellSource(s kept.Source) {
	h.say("  %s", s.Location)
	facts := []string{h.size(s.Bytes), fmt.Sprintf("sha256 %s", short(s.SHA256)), s.Fetched.Format(time.DateOnly)}
	if s.Field != "" {
		facts = append(facts, h.licence(s))
	}
	h.say("    %s", strings.Join(facts, ", "))
}
