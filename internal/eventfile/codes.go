package eventfile

import "github.com/qala-city/qala/internal/finding"

// What can be wrong with the file as YAML.
var (
	codeSyntax     = finding.Register("event.syntax")
	codeNotUTF8    = finding.Register("event.not_utf8")
	codeTooLarge   = finding.Register("event.too_large")
	codeTooDeep    = finding.Register("event.too_deep")
	codeDocuments  = finding.Register("event.documents")
	codePlainYAML  = finding.Register("event.plain_yaml")
	codeTwice      = finding.Register("event.key_twice")
	codeUnknownKey = finding.Register("event.unknown_key")
	codeMisspelt   = finding.Register("event.misspelt_key")
	codeMissing    = finding.Register("event.missing_field")
)

// What can be wrong with one value.
var (
	codeNotMap      = finding.Register("event.not_a_map")
	codeNotList     = finding.Register("event.not_a_list")
	codeEmptyList   = finding.Register("event.empty_list")
	codeNotText     = finding.Register("event.not_text")
	codeBadID       = finding.Register("event.bad_id")
	codeNotNumber   = finding.Register("event.not_a_number")
	codeNotWhole    = finding.Register("event.not_whole")
	codeRange       = finding.Register("event.out_of_range")
	codeNotTime     = finding.Register("event.not_a_time")
	codeNotDate     = finding.Register("event.not_a_date")
	codeNotDuration = finding.Register("event.not_a_duration")
	codeLanguage    = finding.Register("event.unknown_language")
	codeChoice      = finding.Register("event.not_a_choice")
)

// What can be wrong between values.
var (
	codeEndBefore      = finding.Register("event.end_before_start")
	codeProfileName    = finding.Register("event.unknown_profile")
	codeProfilePoint   = finding.Register("event.profile_point")
	codeProfileTimes   = finding.Register("event.profile_times")
	codeProfileFalls   = finding.Register("event.profile_falls")
	codeProfileEnd     = finding.Register("event.profile_end")
	codeShares         = finding.Register("event.origin_shares")
	codeOriginTwice    = finding.Register("event.origin_twice")
	codeOriginIsVenue  = finding.Register("event.origin_is_venue")
	codeOneKind        = finding.Register("event.one_modification")
	codeSourceNothing  = finding.Register("event.source_of_nothing")
	codeNothingChanges = finding.Register("event.longer_than_window")
)
