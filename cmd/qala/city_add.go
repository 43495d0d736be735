package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/download"
	"github.com/qala-city/qala/internal/upkeep"
)

// addOrder is what the command line of qala city add says.
type addOrder struct {
	city                                           string // a description, or the name of a city that is described by the flags
	title, zone, osm, venues, capacities, fleet    string
	gtfs, population, licence, attribution, sha256 []string
}

func (h *house) cityAddCommand() *cobra.Command {
	var order addOrder
	cmd := &cobra.Command{
		Use:   "add CITY.yaml | add NAME --gtfs URL --timezone ZONE",
		Short: "Take a city in: fetch its files and make its network",
		Long: "Take a city in: fetch its files and make its network.\n\n" +
			"A city file, on this machine or on the web, may name URLs in the place of paths. Without one the flags\n" +
			"describe the city; a path or URL each. --licence, --attribution and --sha256 are about one of them:\n" +
			"gtfs, osm, population, venues, capacities, fleet, or a feed by its id.",
		Example: "  qala city add porto/city.yaml\n" +
			"  qala city add hometown --timezone Europe/Lisbon --gtfs bus=https://example.org/gtfs.zip \\\n" +
			"      --osm https://example.org/town.osm.pbf --licence 'bus=CC BY 4.0' --licence osm=ODbL-1.0",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.city = args[0]
			return h.addCity(cmd.Context(), order)
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&order.gtfs, "gtfs", nil, "a GTFS zip or folder, or ID=ZIP; once for each feed")
	f.StringVar(&order.osm, "osm", "", "an OpenStreetMap extract (PBF) for the ways on foot")
	f.StringArrayVar(&order.population, "population", nil, "where people live: CSV, GeoJSON or GeoPackage")
	f.StringVar(&order.venues, "venues", "", "venues: YAML or GeoJSON")
	f.StringVar(&order.capacities, "capacities", "", "room of vehicles: CSV")
	f.StringVar(&order.fleet, "fleet", "", "vehicles of the lines: CSV")
	f.StringVar(&order.zone, "timezone", "", "IANA time zone, such as Asia/Almaty")
	f.StringVar(&order.title, "title", "", "the city's name as people read it (default: NAME)")
	f.StringArrayVar(&order.licence, "licence", nil, "WHAT=LICENCE")
	f.StringArrayVar(&order.attribution, "attribution", nil, "WHAT=WHOM the licence asks to name")
	f.StringArrayVar(&order.sha256, "sha256", nil, "WHAT=CHECKSUM; another content is refused")
	return cmd
}

func (h *house) addCity(ctx context.Context, order addOrder) error {
	from, err := order.description()
	if err != nil {
		return usage(err)
	}
	desk, done, err := h.upkeep()
	if err != nil {
		return err
	}
	defer done()
	outcome, err := desk.Add(ctx, from)
	done()
	h.tellOutcome(outcome, err)
	return h.advice(err, outcome.City.Name)
}

var errNoZone = errors.New("in which time zone are the city's days? add --timezone, such as Asia/Almaty")

// description is the city file, or the one that the flags make.
func (o addOrder) description() (upkeep.Description, error) {
	if len(o.gtfs) == 0 {
		if o.zone+o.osm+o.venues+o.capacities+o.fleet+o.title != "" || len(o.population)+len(o.licence)+len(o.attribution)+len(o.sha256) > 0 {
			return upkeep.Description{}, errors.New("without --gtfs the city is described by its file, and the other flags have no meaning")
		}
		location, err := absolute(o.city)
		return upkeep.Description{Location: location}, err
	}
	if o.zone == "" {
		return upkeep.Description{}, errNoZone
	}
	text, err := o.text()
	return upkeep.Description{Text: text}, err
}

// absolute is a path or URL that means the same from every folder.
func absolute(location string) (string, error) {
	if location == "" || strings.Contains(location, "://") || download.IsWeb(location) {
		return location, nil
	}
	return filepath.Abs(location)
}

// text is the city file that the flags make.
func (o addOrder) text() ([]byte, error) {
	outline := cityfile.Outline{ID: o.city, Name: o.title, Zone: o.zone}
	if outline.Name == "" {
		outline.Name = o.city
	}
	var called []word // what --licence and its like may speak of
	take := func(what, location string) (string, error) {
		location, err := absolute(location)
		if location != "" {
			location = filepath.ToSlash(location)
			called = append(called, word{what, location})
		}
		return location, err
	}
	var errs []error
	for i, feed := range o.gtfs {
		id, location := feedID(feed, i)
		location, err := take(id, location)
		called = append(called, word{"gtfs", location})
		outline.Feeds = append(outline.Feeds, cityfile.OutlineFeed{ID: id, Path: location})
		errs = append(errs, err)
	}
	for _, p := range o.population {
		location, err := take("population", p)
		outline.Population = append(outline.Population, location)
		errs = append(errs, err)
	}
	for _, f := range []struct {
		what, location string
		into           *string
	}{
		{"osm", o.osm, &outline.Streets},
		{"venues", o.venues, &outline.Venues},
		{"capacities", o.capacities, &outline.Capacities},
		{"fleet", o.fleet, &outline.Fleet},
	} {
		location, err := take(f.what, f.location)
		*f.into = location
		errs = append(errs, err)
	}
	sources, err := o.sources(called)
	outline.Sources = sources
	return outline.Text(), errors.Join(append(errs, err)...)
}

// word is a file under the word by which other flags speak of it.
type word struct{ what, location string }

// feedID splits ID=LOCATION; a feed without an id is called main, then feed2, feed3.
func feedID(flag string, i int) (id, location string) {
	id, location, found := strings.Cut(flag, "=")
	switch {
	case found && !strings.ContainsAny(id, `/\:?.`):
		return id, location
	case i == 0:
		return "main", flag
	}
	return fmt.Sprintf("feed%d", i+1), flag
}

// sources are what the flags say of the files.
func (o addOrder) sources(called []word) ([]cityfile.Source, error) {
	var all []cityfile.Source
	for _, f := range []struct {
		flag   string
		values []string
		field  func(*cityfile.Source) *string
	}{
		{"licence", o.licence, func(s *cityfile.Source) *string { return &s.Licence }},
		{"attribution", o.attribution, func(s *cityfile.Source) *string { return &s.Attribution }},
		{"sha256", o.sha256, func(s *cityfile.Source) *string { return &s.SHA256 }},
	} {
		for _, value := range f.values {
			what, text, _ := strings.Cut(value, "=")
			found := false
			for _, c := range called {
				if c.what == what {
					found = true
					*f.field(source(&all, c.location)) = text
				}
			}
			if !found || text == "" {
				return nil, fmt.Errorf("--%s %q: write WHAT=TEXT, where WHAT is one of the files that other flags name", f.flag, value)
			}
		}
	}
	return all, nil
}

// source is the entry of a location, made where there is none.
func source(all *[]cityfile.Source, location string) *cityfile.Source {
	i := slices.IndexFunc(*all, func(s cityfile.Source) bool { return s.Path == location })
	if i < 0 {
		*all = append(*all, cityfile.Source{Path: location})
		i = len(*all) - 1
	}
	return &(*all)[i]
}
