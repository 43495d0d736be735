package plan

import "github.com/qala-city/qala/internal/finding"

var (
	codeOtherCity      = finding.Register("plan.other_city")
	codeUnknownVenue   = finding.Register("plan.unknown_venue")
	codeUnknownOrigin  = finding.Register("plan.unknown_origin")
	codeEmptyArea      = finding.Register("plan.empty_area")
	codeUnknownLate    = finding.Register("plan.unknown_late")
	codeUnknownZone    = finding.Register("plan.unknown_zone")
	codeNobody         = finding.Register("plan.nobody")
	codeNoService      = finding.Register("plan.no_service")
	codeOverCapacity   = finding.Register("plan.over_capacity")
	codeFleetExceeded  = finding.Register("plan.fleet_exceeded")
	codeReserveUsed    = finding.Register("plan.reserve_used")
	codeRoomDefault    = finding.Register("plan.room_default")
	codeRoomBinds      = finding.Register("plan.room_default_binds")
	codeRoomAssumed    = finding.Register("plan.room_assumed_binds")
	codeStranded       = finding.Register("plan.stranded")
	codeNowhere        = finding.Register("plan.others_nowhere")
	codeMoreCounted    = finding.Register("plan.more_counted")
	codeCountedNowhere = finding.Register("plan.counted_nowhere")
	codePhaseDrawn     = finding.Register("plan.phase_drawn")
)
