package scenario

import "github.com/qala-city/qala/internal/finding"

var (
	codeUnknownRoute    = finding.Register("scenario.unknown_route")
	codeUnknownTrip     = finding.Register("scenario.unknown_trip")
	codeNoService       = finding.Register("scenario.no_service")
	codeNothingToCancel = finding.Register("scenario.nothing_to_cancel")
	codeTooShort        = finding.Register("scenario.too_short")
	codeBadStretch      = finding.Register("scenario.bad_stretch")
)
