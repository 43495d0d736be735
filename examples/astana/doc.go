// Package astana is the built-in example city: an illustration from published
// facts and stated assumptions, not an official timetable. Its timetable,
// population and fleets are written by the program in make.
package astana

//go:generate go run ./make
