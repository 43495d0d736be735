package cityfile

import (
	"math"
	"strconv"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
)

// homes gathers places of a format that is no table, and counts them.
type homes struct {
	from  Population
	area  Area
	log   *finding.Log
	known map[string]bool
	all   []Home
	rows  int
}

func (p Population) homes(area Area, log *finding.Log) *homes {
	return &homes{from: p, area: area, log: log, known: map[string]bool{}}
}

// done counts the rows; rejected are those that never came to take.
func (h *homes) done(rejected int) []Home {
	rows := h.rows + rejected
	h.log.Count(finding.Tally{File: h.from.Path.Name, Rows: rows, Kept: len(h.all), Rejected: rows - len(h.all)})
	return h.all
}

// take keeps a home whose people are still a text, or says why not.
func (h *homes) take(home Home, people string) {
	h.rows++
	home.File, home.Basis, home.Source = h.from.Path.Name, string(h.from.Basis), h.from.Source
	reject := func(code finding.Code, field, value string, args map[string]string) {
		h.log.Add(finding.Finding{Level: finding.Error, Code: code, File: home.File, Line: home.Line, Field: field, Value: value, Args: args})
	}
	number, err := strconv.ParseFloat(people, 64)
	switch {
	case home.ID == "" && h.from.ID != "":
		reject(codeNoID, h.from.ID, "", nil)
	case home.ID != "" && h.known[home.ID]:
		reject(codeTwice, "id", home.ID, nil)
	case err != nil || math.IsNaN(number):
		reject(codeNotNumber, h.people(), people, nil)
	case number < 0 || number > mostPeople:
		reject(codeRange, h.people(), people, map[string]string{"least": "0", "most": plain(mostPeople)})
	case h.area.swapped(home.At):
		reject(codeSwapped, "geometry", home.ID, nil)
	case !home.At.Valid():
		reject(codePosition, "geometry", place(home.At), nil)
	default:
		h.known[home.ID] = true
		home.People = uint32(math.Round(number))
		h.all = append(h.all, home)
	}
}

// people is what the column with the people is called.
func (h *homes) people() string {
	if h.from.People != "" {
		return h.from.People
	}
	return "people"
}

func place(at geo.Point) string { return plain(at.Lat) + ", " + plain(at.Lon) }
