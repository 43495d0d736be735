package evaluation

import "github.com/qala-city/qala/internal/label"

// Details are what single vehicles and people did in a run. They are kept beside the
// results, each as a file of its own: most readers of results do not want them.
type Details struct {
	Vehicles *Vehicles
	Diaries  *Diaries
}

// DetailFormat is the version of both files.
const DetailFormat = 1

// CourseUnit is a unit of Courses.Point in degrees.
const CourseUnit = 1e-5

// Vehicles is what every vehicle of a run did: the dated trips that touch the horizon,
// in flat columns. Trip t has the visits from Trips.First[t] to Trips.First[t+1], one
// for each stop of its pattern.
type Vehicles struct {
	Format   int           `json:"format"`
	Stops    []string      `json:"stops" nullable:"false" doc:"Ids"`
	Names    []label.Names `json:"names" nullable:"false" doc:"Of the stops"`
	Lines    []LineRef     `json:"lines" nullable:"false"`
	Patterns Courses       `json:"patterns"`
	Trips    Trips         `json:"trips"`
	Visits   Visits        `json:"visits"`
}

// Courses are the stops of patterns and the way between them. Pattern p has the stops
// from Stop[First[p]] to Stop[First[p+1]], and the points from Point[2*From[p]] on.
type Courses struct {
	Line  []int `json:"line" nullable:"false" doc:"Position in lines"`
	First []int `json:"first" nullable:"false" doc:"Of each pattern and one more: position of its first stop in stop and reach"`
	Stop  []int `json:"stop" nullable:"false" doc:"Position in stops"`
	Reach []int `json:"reach" nullable:"false" doc:"At which of the pattern's points the stop lies"`
	From  []int `json:"from" nullable:"false" doc:"Of each pattern and one more: position of its first point"`
	Point []int `json:"point" nullable:"false" doc:"Longitude and latitude in 1e-5 degrees, each as the difference to the point before; a pattern's first as it is"`
}

// Trips are dated trips.
type Trips struct {
	ID      []string `json:"id" nullable:"false" doc:"The feed's own"`
	Pattern []int    `json:"pattern" nullable:"false"`
	Room    []int    `json:"room" nullable:"false" doc:"People"`
	First   []int    `json:"first" nullable:"false" doc:"Of each trip and one more: position of its first visit"`
	Start   []int    `json:"start" nullable:"false" doc:"Arrival at the first stop, in seconds from the start of the horizon"`
}

// Visits are vehicles at stops, as it happened.
type Visits struct {
	Run    []int `json:"run" nullable:"false" doc:"Seconds from the departure before; 0 at a trip's first stop"`
	Stay   []int `json:"stay" nullable:"false" doc:"Seconds from arrival to departure"`
	On     []int `json:"on" nullable:"false" doc:"People who got on"`
	Load   []int `json:"load" nullable:"false" doc:"People on board at departure"`
	Denied []int `json:"denied" nullable:"false" doc:"People whom it left behind"`
	Late   []int `json:"late" nullable:"false" doc:"Departure less that of the timetable, in seconds"`
}
