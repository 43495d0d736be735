package scenario

import "github.com/qala-city/qala/internal/finding"

var (
	codeUnknownRoute    = finding.Register("scenario.unknown_route")
	codeUnknownTrip     = finding.Register("scenario.unknown_trip")
	codeNoService       = finding.Register("scenario.no_service")
	codeNothingToCancel = finding.Register("scenario.nothing_to_cancel")
	codeTooShort        = finding.Register("scenario.too_short")
	codeBadStretch      = finding.Register("scenario.bad_stretch")
	codeNothingThen     = finding.Register("scenario.nothing_then")
	codeNothingCut      = finding.Register("scenario.nothing_cut")
	codeUnknownStop     = finding.Register("scenario.unknown_stop")
	codeUnknownVehicle  = finding.Register("scenario.unknown_vehicle")
	codeUnknownFacility = finding.Register("scenario.unknown_facility")
	codeSameStop        = finding.Register("scenario.same_stop")
	codeNoStreets       = finding.Register("scenario.no_streets")
	codeNoStreetThere   = finding.Register("scenario.no_street_there")
	codeNoRoad          = finding.Register("scenario.no_road")
)
