package evaluation

// Spread is how the outcome varies with chance: the same request run with
// several seeds. The rest of an Evaluation is the run with the first of them.
type Spread struct {
	Seeds      []uint64      `json:"seeds"`
	LeftBehind Band          `json:"left_behind"` // people whom a full vehicle left behind
	Stranded   Band          `json:"stranded"`
	Crowds     []CrowdSpread `json:"crowds"` // as Evaluation.Crowds
}

// Band is three quantiles over the seeds, by the nearest rank.
type Band struct {
	P10 int `json:"p10"`
	P50 int `json:"p50"`
	P90 int `json:"p90"`
}

// CrowdSpread is how one crowd's clearing varies.
type CrowdSpread struct {
	Clear []ClearBand `json:"clear"`
	Curve []AwayBand  `json:"curve"`
}

// ClearBand is when a share of a crowd was away, in seconds from the horizon's
// start; Never is the number of seeds in which it never was, and these count as
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
