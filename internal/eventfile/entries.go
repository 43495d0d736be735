package eventfile

import (
	"maps"
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/table"
)

// entries are the people who came into each stop, sorted by stop. Stations that
// the table of stops does not know are left out, with a warning.
func (c *completion) entries(from *counts) []demand.Entries {
	sums := c.sums(from)
	stops, ok := c.stops(&from.stops)
	if !ok {
		return nil
	}
	byStop := map[string]*[24]uint32{}
	for _, station := range slices.Sorted(maps.Keys(sums)) {
		stop := station
		if stops != nil {
			stop = stops[station]
		}
		if stop == "" {
			c.unmapped(from, station, sums[station])
			continue
		}
		if byStop[stop] == nil {
			byStop[stop] = &[24]uint32{}
		}
		for hour, n := range sums[station] {
			byStop[stop][hour] += n
		}
	}
	list := make([]demand.Entries, 0, len(byStop))
	for _, stop := range slices.Sorted(maps.Keys(byStop)) {
		list = append(list, demand.Entries{Stop: stop, ByHour: *byStop[stop]})
	}
	return list
}

func (c *completion) unmapped(from *counts, station string, byHour [24]uint32) {
	people := uint64(0)
	for _, n := range byHour {
		people += uint64(n)
	}
	if people == 0 {
		return
	}
	c.log.Add(finding.Finding{
		Level: finding.Warning, Code: codeNoStop, File: c.name, Line: from.path.Line(), Field: from.path.Field(), Value: station,
		Args: map[string]string{"count": strconv.FormatUint(people, 10)},
	})
}

// stops is which stop each station is; nil without a table.
func (c *completion) stops(from *stopTable) (map[string]string, bool) {
	if from.file == "" {
		return nil, true
	}
	text, ok := c.text(from.path, from.file)
	if !ok {
		return nil, false
	}
	t, err := table.Open(from.file, text, c.log)
	if err != nil || !t.Require(from.station, from.stop) {
		return nil, false // the log says why
	}
	defer t.Done()
	station, _ := t.Column(from.station)
	stop, _ := t.Column(from.stop)
	stops := map[string]string{}
	for t.Next() {
		id := t.Get(stop)
		known, twice := stops[t.Get(station)]
		switch {
		case id == "":
		case twice && known != from.prefix+id:
			t.Reject(codeStationTwice, from.station, t.Get(station), "stop", known)
		default:
			stops[t.Keep(station)] = from.prefix + id
		}
	}
	return stops, true
}
