package cityfile

import "github.com/qala-city/qala/internal/finding"

// What can be wrong with city.yaml.
var (
	codeFileMissing   = finding.Register("city.file_missing")
	codeZone          = finding.Register("city.unknown_timezone")
	codeNoFeed        = finding.Register("city.no_feed")
	codeTwice         = finding.Register("city.id_twice")
	codeNotDate       = finding.Register("city.not_a_date")
	codeDatesReversed = finding.Register("city.dates_reversed")
	codeNoMeaning     = finding.Register("city.no_meaning_here")

	codeUnknownSource = finding.Register("city.unknown_source")
	codeNotSHA256     = finding.Register("city.not_a_checksum")
)

// What can be wrong with a row of a table.
var (
	codeNoID        = finding.Register("city.id_missing")
	codeNoPosition  = finding.Register("city.position_missing")
	codePosition    = finding.Register("city.bad_position")
	codeSwapped     = finding.Register("city.swapped_position")
	codeNotNumber   = finding.Register("city.not_a_number")
	codeRange       = finding.Register("city.out_of_range")
	codeBasis       = finding.Register("city.unknown_basis")
	codeFeed        = finding.Register("city.unknown_feed")
	codeRoute       = finding.Register("city.unknown_route")
	codeAgency      = finding.Register("city.unknown_agency")
	codeRouteType   = finding.Register("city.bad_route_type")
	codeSeats       = finding.Register("city.more_seats_than_room")
	codeReserve     = finding.Register("city.reserve_takes_all")
	codeSameKey     = finding.Register("city.capacity_twice")
	codeNoTurnback  = finding.Register("city.turnback_assumed")
	codeUnusedRooms = finding.Register("city.capacity_unused")
	codeUnknownArea = finding.Register("city.unknown_area")
)

// What can be wrong with a station.
var (
	codeStop               = finding.Register("city.unknown_stop")
	codeStopOfWhichFeed    = finding.Register("city.stop_of_several_feeds")
	codeStationClaimed     = finding.Register("city.station_claimed")
	codeStationEmpty       = finding.Register("city.station_says_nothing")
	codeStationNotPlatform = finding.Register("city.station_is_no_platform")
	codePlatformElsewhere  = finding.Register("city.platform_elsewhere")
	codeEntranceElsewhere  = finding.Register("city.entrance_elsewhere")
	codeFarEntrance        = finding.Register("city.entrance_far")
	codeDensityOfWhat      = finding.Register("city.density_without_area")
	codeHoldsTwice         = finding.Register("city.holds_and_density")
	codeCrowded            = finding.Register("city.platform_crowded")
	codeStepFreeStairs     = finding.Register("city.step_free_stairs")
	codePassTooFast        = finding.Register("city.pass_too_fast")
	codePassRate           = finding.Register("city.pass_rate_high")
	codePassUnlimited      = finding.Register("city.pass_without_limit")
)

// What can be wrong with a venue.
var (
	codeNoGate        = finding.Register("city.venue_without_gates")
	codeOutside       = finding.Register("city.venue_outside")
	codeSwappedVenue  = finding.Register("city.venue_swapped")
	codeFarVenue      = finding.Register("city.venue_far")
	codeFarGate       = finding.Register("city.gate_far")
	codeShares        = finding.Register("city.gate_shares")
	codeNotCollection = finding.Register("city.not_a_feature_collection")
	codeNotPoint      = finding.Register("city.not_a_point")
	codeProperty      = finding.Register("city.unused_property")
	codeNoSuchVenue   = finding.Register("city.gate_without_venue")
)
