// Package astana is the built-in example city: an illustration from published
// facts and stated assumptions, not an official timetable. Its timetable,
// population and fleets are written by the program in make.
package astana

import "embed"

// Files are the city's files, below city.yaml, and its events.
//
//go:embed city.yaml venues.yaml stations.yaml *.csv gtfs events
var Files embed.FS

//go:generate go run ./make
