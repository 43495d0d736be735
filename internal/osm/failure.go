package osm

import "github.com/qala-city/qala/internal/finding"

// Why a file cannot be used as a whole: the codes of a Failure.
var (
	Empty       = finding.Register("osm.empty")       // no bytes
	NotPBF      = finding.Register("osm.not_pbf")     // it does not begin as such a file does
	Truncated   = finding.Register("osm.truncated")   // it ends within a block
	Damaged     = finding.Register("osm.damaged")     // a block of it is wrong
	TooLarge    = finding.Register("osm.too_large")   // a block or the whole unfolds to more than is allowed
	Unsupported = finding.Register("osm.unsupported") // packed, or written, in a way that is not read here
	NoStreets   = finding.Register("osm.no_streets")  // no way on which people may walk
)

// What is odd about a file that can be used.
var (
	codeMissing = finding.Register("osm.missing_nodes")
	codeCut     = finding.Register("osm.barriers")
	codeBeyond  = finding.Register("osm.bad_positions")
	codeIslands = finding.Register("osm.islands")
)

// Failure is a file that cannot be used as a whole.
type Failure struct {
	Code  finding.Code
	File  string
	Cause error // may be nil
}

// Error is the failure in English, for logs.
func (f *Failure) Error() string {
	text := "reading streets of " + f.File + ": " + string(f.Code)
	if f.Cause != nil {
		text += ": " + f.Cause.Error()
	}
	return text
}

// Unwrap is the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// Finding is the failure in the words of the catalogue. Nobody has put it into
// a log yet.
func (f *Failure) Finding() finding.Finding {
	cause := "-"
	if f.Cause != nil {
		cause = f.Cause.Error()
	}
	return finding.Finding{Level: finding.Error, Code: f.Code, File: f.File, Args: map[string]string{"cause": cause}}
}

func (r *reader) failure(code finding.Code, cause error) error {
	return &Failure{Code: code, File: r.src.Name, Cause: cause}
}
