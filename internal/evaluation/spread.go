package evaluation

// Spread is how the outcome varies with chance and with what is not known of
// the event: the same request run several times, with another seed each and,
// where the event may be larger or smaller, with other sizes. The rest of an
// Evaluation is the first run, which has the most likely size.
type Spread struct {
	Seeds      []uint64      `json:"seeds"`       // of the runs that were finished
	Asked      int           `json:"asked"`       // runs that were asked for; more than Seeds after an interruption
	Runs       []SizedRun    `json:"runs"`        // as Seeds
	LeftBehind Band          `json:"left_behind"` // people whom a full vehicle left behind
	Stranded   Band          `json:"stranded"`
	Crowds     []CrowdSpread `json:"crowds"` // as Evaluation.Crowds
	Places     []PlaceSpread `json:"places"` // the worst of all runs, worst first
}

// Partial reports whether runs are missing that were asked for.
func (s *Spread) Partial() bool { return s.Asked > len(s.Seeds) }

// Sized reports whether the event was larger in some runs than in others.
func (s *Spread) Sized() bool {
	for _, run := range s.Runs {
		if run.Travellers != s.Runs[0].Travellers {
			return true
		}
	}
	return false
}

// SizedRun is the size of the event in one run.
type SizedRun struct {
	Seed         uint64   `json:"seed"`
	Attendance   []uint32 `json:"attendance"` // by session
	TransitShare float64  `json:"transit_share"`
	Travellers   int      `json:"travellers"`
}

// PlaceSpread is how one boarding place varies; a run in which nobody was there counts as 0.
type PlaceSpread struct {
	Stop     string `json:"stop"`      // id
	MaxWait  Band   `json:"max_wait"`  // seconds, of those who boarded
	MaxQueue Band   `json:"max_queue"` // people
	Denied   Band   `json:"denied"`    // times that somebody was left behind
}

// Band is three quantiles over the runs, by the nearest rank.
type Band struct {
	P10 int `json:"p10"`
	P50 int `json:"p50"`
	P90 int `json:"p90"`
}

// CrowdSpread is how one crowd's clearing varies.
type CrowdSpread struct {
	LeftBehind Band        `json:"left_behind"`
	Stranded   Band        `json:"stranded"`
	Late       Band        `json:"late"`
	Clear      []ClearBand `json:"clear"`
	Curve      []AwayBand  `json:"curve"`
}

// ClearBand is when a share of a crowd was away, in seconds from the horizon's
// start; Never is the number of runs in which it never was, and these count as
// the latest of all: a quantile that falls on one is -1.
type ClearBand struct {
	Percent int  `json:"percent"`
	At      Band `json:"at"`
	Never   int  `json:"never"`
}

// AwayBand is how many people were away by the end of a minute.
type AwayBand struct {
	Minute int  `json:"minute"`
	Away   Band `json:"away"`
}
