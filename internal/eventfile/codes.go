package eventfile

import "github.com/qala-city/qala/internal/finding"

// What can be wrong with one value; package plainyaml tells what any YAML file can have wrong.
var (
	codeTooLarge    = finding.Register("event.too_large")
	codeEmptyList   = finding.Register("event.empty_list")
	codeNotTime     = finding.Register("event.not_a_time")
	codeNotDate     = finding.Register("event.not_a_date")
	codeNotDuration = finding.Register("event.not_a_duration")
)

// What can be wrong between values.
var (
	codeEndBefore     = finding.Register("event.end_before_start")
	codeProfileName   = finding.Register("event.unknown_profile")
	codeProfilePoint  = finding.Register("event.profile_point")
	codeProfileTimes  = finding.Register("event.profile_times")
	codeProfileFalls  = finding.Register("event.profile_falls")
	codeProfileEnd    = finding.Register("event.profile_end")
	codeShares        = finding.Register("event.origin_shares")
	codeOutline       = finding.Register("event.outline")
	codeOriginTwice   = finding.Register("event.origin_twice")
	codeOriginIsVenue = finding.Register("event.origin_is_venue")
	codeOneKind       = finding.Register("event.one_modification")
	codeVehicleTwice  = finding.Register("event.vehicle_twice")
	codeStopsCount    = finding.Register("event.stops_count")
	codePointsCount   = finding.Register("event.points_count")
	codePointAtEnd    = finding.Register("event.point_at_end")
	codeSpot          = finding.Register("event.spot")
	codeSourceNothing = finding.Register("event.source_of_nothing")
	codeOneDeparture  = finding.Register("event.longer_than_window")
)

// What can be wrong with spans, classes and the background.
var (
	codeSpanOrder   = finding.Register("event.span_order")
	codeSpanTwice   = finding.Register("event.span_twice")
	codeClassShares = finding.Register("event.class_shares")
	codeNameTwice   = finding.Register("event.name_twice")
	codeHours       = finding.Register("event.hours")
	codeHoursTwice  = finding.Register("event.hours_twice")
	codeElasticity  = finding.Register("event.elasticity")
	codeUnknownDay  = finding.Register("event.unknown_day")
)

// What can be wrong with the tables of counts that an event file names.
var (
	codeNoTable      = finding.Register("event.no_table")
	codeNoCounts     = finding.Register("event.no_counts")
	codeNotHour      = finding.Register("event.not_an_hour")
	codeNotCount     = finding.Register("event.not_a_count")
	codeNoStop       = finding.Register("event.no_stop")
	codeStationTwice = finding.Register("event.station_twice")
)
