package gtfs

import (
	"fmt"
	"strings"
)

// Kind says why a feed cannot be used; "error.gtfs." + Kind is its sentence.
type Kind string

// The kinds of failure.
const (
	NotZip       Kind = "not_zip"        // the bytes are no zip at all
	Truncated    Kind = "truncated"      // a zip that ends too early
	Empty        Kind = "empty"          // no bytes, or a zip without files
	TooLarge     Kind = "too_large"      // more than Limits allow, a zip bomb perhaps
	Damaged      Kind = "damaged"        // a file of it cannot be read to its end
	NoFeed       Kind = "no_feed"        // no file of GTFS in it
	SeveralFeeds Kind = "several_feeds"  // several folders that hold one
	MissingFile  Kind = "missing_file"   // a file that a feed must have is not there
	BadFile      Kind = "bad_file"       // such a file is there but is no table with its columns
	NothingRuns  Kind = "nothing_usable" // no trip is left that runs on any date
)

// Failure is a feed that cannot be used as a whole.
type Failure struct {
	Kind  Kind
	Feed  string // Source.Name
	File  string // "" when it is about the whole feed
	Cause error  // may be nil
}

// Error is the failure in English, for logs.
func (f *Failure) Error() string {
	about := strings.Trim(f.Feed+"/"+f.File, "/")
	text := fmt.Sprintf("reading feed %s: %s", about, strings.ReplaceAll(string(f.Kind), "_", " "))
	if f.Cause != nil {
		text += ": " + f.Cause.Error()
	}
	return text
}

// Unwrap is the cause.
func (f *Failure) Unwrap() error { return f.Cause }

func (r *reader) failure(kind Kind, file string, cause error) error {
	return &Failure{Kind: kind, Feed: r.src.Name, File: file, Cause: cause}
}
