package workspace

import "github.com/qala-city/qala/internal/finding"

// ImportInput is what an import depends on.
type ImportInput struct {
	City        string `json:"city"`
	Description string `json:"description"` // path of the city file among Files
	Files       []File `json:"files"`       // by path
}

// ImportResult is what an import gave.
type ImportResult struct {
	Network   Sum             `json:"network"` // content of the network file
	Hash      string          `json:"hash"`    // of the network: what results name
	Bytes     int64           `json:"bytes"`
	Counts    map[string]int  `json:"counts"` // stops, routes, trips, ...
	FirstDate string          `json:"first_date,omitempty"`
	LastDate  string          `json:"last_date,omitempty"`
	Tallies   []finding.Tally `json:"tallies"`
	Levels    map[string]int  `json:"findings"`         // how many, by level
	Findings  Sum             `json:"findings_content"` // a JSON list of them
}

// RunInput is what a run depends on.
type RunInput struct {
	Network Sum    `json:"network"`
	Hash    string `json:"hash"`   // of the network
	Event   string `json:"event"`  // the event file with the modifications of the scenario, canonical JSON
	Tables  []File `json:"tables"` // that the event file names
	Seed    uint64 `json:"seed"`
	Seeds   int    `json:"seeds"` // runs with different seeds, 1 to 1000
	Rounds  int    `json:"rounds"`
	Gap     int    `json:"gap_per_mille"` // regret at which rounds end early
	Exact   bool   `json:"exact,omitempty"`
	Crowd   int    `json:"crowd_percent"` // of the event's attendance, 100 for what its file says
}

// RunResult is what a run gave.
type RunResult struct {
	Results  Sum      `json:"results"` // the evaluation
	Bytes    int64    `json:"bytes"`
	Headline Headline `json:"headline"`
	// Vehicles and Diaries are the details of the run, with their lengths; "" in runs of before there were any.
	Vehicles      Sum   `json:"vehicles,omitempty"`
	VehiclesBytes int64 `json:"vehicles_bytes,omitempty"`
	Diaries       Sum   `json:"diaries,omitempty"`
	DiariesBytes  int64 `json:"diaries_bytes,omitempty"`
}

// Headline is a run on one row of a table. Moments are seconds after the start of the horizon, -1 for never.
type Headline struct {
	People     int    `json:"people"` // of the event
	Arrived    int    `json:"arrived"`
	Stranded   int    `json:"stranded"`
	LeftBehind int    `json:"left_behind"` // people who were, at least once
	MaxQueue   int    `json:"max_queue"`
	QueueStop  string `json:"max_queue_stop,omitempty"`
	MaxWait    int    `json:"max_wait_seconds"`
	Away90     int    `json:"away_90_percent"` // when nine of ten of those who leave are away
	Cleared    int    `json:"cleared"`         // when all are
	RedCells   int    `json:"red_cells"`
	Regret     int    `json:"regret_permille"` // of all cost
	Findings   int    `json:"findings"`
}

// ReportInput is what documents of a run depend on.
type ReportInput struct {
	Results Sum    `json:"results"`
	Lang    string `json:"lang"`
}

// ReportResult is what a report gave.
type ReportResult struct {
	Files []File `json:"files"`
}
