package gtfs

import (
	"path"

	"github.com/qala-city/qala/internal/finding"
)

// Why a feed cannot be used as a whole: the codes of a Failure.
var (
	NotZip       = finding.Register("gtfs.feed_not_zip")    // the bytes are no zip at all
	Truncated    = finding.Register("gtfs.feed_truncated")  // a zip that ends too early
	Empty        = finding.Register("gtfs.feed_empty")      // no bytes, or a zip without files
	TooLarge     = finding.Register("gtfs.feed_too_large")  // more than Limits allow, a zip bomb perhaps
	Damaged      = finding.Register("gtfs.feed_damaged")    // a file of it cannot be read to its end
	NoFeed       = finding.Register("gtfs.no_feed")         // no file of GTFS in it
	SeveralFeeds = finding.Register("gtfs.several_feeds")   // several folders that hold one
	Incomplete   = finding.Register("gtfs.feed_incomplete") // a file that a feed must have is not there
	BadFile      = finding.Register("gtfs.bad_file")        // such a file is there but is no table with its columns
	NothingRuns  = finding.Register("gtfs.nothing_runs")    // no trip is left that runs on any date
)

// Failure is a feed that cannot be used as a whole.
type Failure struct {
	Code  finding.Code
	Feed  string // Source.Name
	File  string // the file or files that it is about; "" when it is the whole feed
	Cause error  // may be nil
}

// Error is the failure in English, for logs.
func (f *Failure) Error() string {
	text := "reading feed " + path.Join(f.Feed, f.File) + ": " + string(f.Code)
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
	return finding.Finding{
		Level: finding.Error, Code: f.Code, File: f.Feed, Value: f.File, Args: map[string]string{"cause": cause},
	}
}

func (r *reader) failure(code finding.Code, file string, cause error) error {
	return &Failure{Code: code, Feed: r.src.Name, File: file, Cause: cause}
}
