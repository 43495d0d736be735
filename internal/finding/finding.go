// Package finding says what is wrong, odd or worth knowing in an input: bad
// input is data, not an error that stops the work.
package finding

import "strings"

// Level is how much a finding matters.
type Level string

// The levels.
const (
	Note    Level = "note"    // worth knowing
	Warning Level = "warning" // kept, but the result may be wrong
	Error   Level = "error"   // rejected: the row or the request is not in the result
)

// Code names a kind of finding. The message catalogue holds its sentence
// ("finding." + code) and what to do about it ("fix." + code).
type Code string

// Finding is one observation about one place of an input.
type Finding struct {
	Level Level             `json:"level"`
	Code  Code              `json:"code"`
	File  string            `json:"file,omitempty"`
	Line  int               `json:"line,omitempty"` // 1 is the first line of the file
	Field string            `json:"field,omitempty"`
	Value string            `json:"value,omitempty"`
	Args  map[string]string `json:"args,omitempty"` // the words that the sentence needs
}

// Rejects reports whether the finding means that its row was left out.
func (f Finding) Rejects() bool { return f.Level == Error }

// Tally counts the rows of one file: Rows = Kept + Rejected.
type Tally struct {
	File     string `json:"file"`
	Rows     int    `json:"rows"`
	Kept     int    `json:"kept"`
	Rejected int    `json:"rejected"`
}

// Log gathers findings and tallies in the order in which they were met. The
// zero Log is ready. It keeps at most Limit findings and counts the rest, so
// that a hostile file cannot fill the memory.
type Log struct {
	Limit    int // 0 means DefaultLimit
	findings []Finding
	dropped  int
	counts   map[Level]int
	tallies  []Tally
}

// DefaultLimit is how many findings a Log keeps word for word.
const DefaultLimit = 100_000

// Add records one finding.
func (l *Log) Add(f Finding) {
	l.count(f.Level, 1)
	if len(l.findings) >= l.limit() {
		l.dropped++
		return
	}
	f.Value = clip(f.Value)
	l.findings = append(l.findings, f)
}

// Append adds what another Log holds, as if it had been recorded here.
func (l *Log) Append(other *Log) {
	for _, f := range other.findings {
		l.Add(f)
	}
	for level, count := range other.counts {
		l.count(level, count-kept(other.findings, level))
	}
	l.dropped += other.dropped
	l.tallies = append(l.tallies, other.tallies...)
}

// kept is how many findings are of a level.
func kept(findings []Finding, level Level) int {
	n := 0
	for _, f := range findings {
		if f.Level == level {
			n++
		}
	}
	return n
}

func (l *Log) count(level Level, n int) {
	if l.counts == nil {
		l.counts = map[Level]int{}
	}
	l.counts[level] += n
}

func (l *Log) limit() int {
	if l.Limit > 0 {
		return l.Limit
	}
	return DefaultLimit
}

// Count records how many rows of a file were kept and how many were not.
func (l *Log) Count(t Tally) { l.tallies = append(l.tallies, t) }

// Findings are the recorded findings; where some were only counted, the last one says how many.
func (l *Log) Findings() []Finding {
	if l.dropped == 0 {
		return l.findings
	}
	return append(l.findings[:len(l.findings):len(l.findings)], TooMany(l.dropped))
}

// Tallies are the recorded counts, one a file.
func (l *Log) Tallies() []Tally { return l.tallies }

// Total is how many findings of a level were added, kept or only counted.
func (l *Log) Total(level Level) int { return l.counts[level] }

// clip shortens a value so that a finding stays readable, and drops bytes that are no text.
func clip(value string) string {
	const longest = 120
	value = strings.ToValidUTF8(value, "\uFFFD")
	runes := []rune(value)
	if len(runes) <= longest {
		return value
	}
	return string(runes[:longest]) + "…"
}
