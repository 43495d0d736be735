package gtfs

// outcomes are what is expected of each invalid or odd feed, looked at one by one.
var outcomes = map[string]outcome{
	// its files are called bad_agency.txt and bad_stops.txt
	"gtfs-realtime-validator/badgtfs.zip": {
		main: "gtfs.no_feed", failure: NoFeed,
	},
	"gtfs-realtime-validator/bullrunner-gtfs-no-shapes.zip": {
		main: "valid", trips: 15, calls: 473,
	},
	"gtfs-realtime-validator/bullrunner-gtfs-timepoints-only-legacy-exact-times-1.zip": {
		main: "valid", trips: 15, calls: 473, codes: "times_interpolated",
	},
	"gtfs-realtime-validator/bullrunner-gtfs.zip": {
		main: "valid", trips: 15, calls: 473,
	},
	// trip 18.bogus
	"gtfs-realtime-validator/testagency.zip": {
		main: "time_goes_back!", trips: 32, calls: 78, codes: "bad_parent? rejected_reference! same_names short_trip! stops_coincide stops_unserved " +
			"taken_as_zero? time_goes_back! times_interpolated too_fast? transfers_unused " +
			"unknown_columns",
	},
	// the same, and calls at a station
	"gtfs-realtime-validator/testagency2.zip": {
		main: "time_goes_back!", trips: 32, calls: 78, codes: "bad_parent? call_at_station? rejected_reference! same_names short_trip! stops_coincide " +
			"stops_unserved taken_as_zero? time_goes_back! times_interpolated too_fast? " +
			"transfers_unused unknown_columns",
	},
	// all stops at 0, 0
	"real-world/jdf2gtfs_ostrava_2018_broken.zip": {
		main: "bad_position!", failure: NothingRuns, codes: "bad_date! bad_position! calendar_without_dates? findings.too_many? rejected_reference! " +
			"unknown_reference!",
	},
	// agency and stops only
	"transitfeed/au-sydney-entrances.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file!",
	},
	"transitfeed/bad_date_format.zip": {
		main: "bad_date!", trips: 4, calls: 8, codes: "bad_date! rejected_reference! routes_unserved stops_unserved",
	},
	// every row is read
	"transitfeed/bad_eol.zip": {
		main: "table.mixed_line_endings", trips: 11, calls: 28, codes: "by_telephone table.mixed_line_endings",
	},
	"transitfeed/bad_utf8.zip": {
		main: "table.not_utf8?", trips: 11, calls: 28, codes: "by_telephone table.not_utf8? unknown_columns",
	},
	"transitfeed/contains_null.zip": {
		main: "table.nul!", trips: 11, calls: 26, codes: "by_telephone table.missing_cells? table.nul! unknown_reference!",
	},
	"transitfeed/duplicate_schedule_id.zip": {
		main: "duplicate_id!", trips: 11, calls: 28, codes: "by_telephone duplicate_id!",
	},
	// two ids at one place: legal
	"transitfeed/duplicate_stop.zip": {
		main: "stops_coincide", trips: 11, calls: 28, codes: "stops_coincide table.missing_cells?",
	},
	"transitfeed/duplicate_stop_sequence.zip": {
		main: "duplicate_sequence!", trips: 1, calls: 4, codes: "by_telephone duplicate_sequence!",
	},
	"transitfeed/empty_file.zip": {
		main: "table.empty!", failure: BadFile, codes: "table.empty!",
	},
	// the cell too many is empty
	"transitfeed/extra_row_cells.zip": {
		main: "table.empty_cells", trips: 11, calls: 28, codes: "table.empty_cells",
	},
	"transitfeed/filter_unusual_trips.zip": {
		main: "valid", trips: 21, calls: 78,
	},
	// called valid, but two trips have one stop and a third has none
	"transitfeed/flatten_feed.zip": {
		main: "short_trip!", trips: 8, calls: 25, codes: "rejected_reference! routes_unserved short_trip! stops_unserved trip_without_times!",
	},
	"transitfeed/good_feed.zip": {
		main: "valid", trips: 11, calls: 28, codes: "by_telephone",
	},
	"transitfeed/invalid_agency_ids.zip": {
		main: "agency_without_id", trips: 11, calls: 28, codes: "agency_without_id",
	},
	"transitfeed/invalid_route_agency.zip": {
		main: "agency_assumed?", trips: 11, calls: 28, codes: "agency_assumed?",
	},
	"transitfeed/missing_agency.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file!",
	},
	"transitfeed/missing_calendar.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file!",
	},
	// agency_name: nothing depends on it
	"transitfeed/missing_column.zip": {
		main: "no_name?", trips: 11, calls: 28, codes: "no_name? table.missing_cells?",
	},
	"transitfeed/missing_departure_time.zip": {
		main: "one_time_only", trips: 1, calls: 4, codes: "one_time_only stops_unserved",
	},
	"transitfeed/missing_endpoint_times.zip": {
		main: "no_end_time!", trips: 9, calls: 24, codes: "by_telephone no_end_time! rejected_reference! short_trip!",
	},
	"transitfeed/missing_routes.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file!",
	},
	"transitfeed/missing_row_cells.zip": {
		main: "table.missing_cells?", trips: 11, calls: 28, codes: "by_telephone table.missing_cells?",
	},
	"transitfeed/missing_stop_times.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file!",
	},
	"transitfeed/missing_stops.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file!",
	},
	"transitfeed/missing_trips.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file!",
	},
	"transitfeed/missing_weekday_column.zip": {
		main: "table.missing_column!", failure: BadFile, codes: "table.missing_cells? table.missing_column!",
	},
	"transitfeed/negative_stop_sequence.zip": {
		main: "bad_number!", trips: 11, calls: 27, codes: "bad_number!",
	},
	"transitfeed/only_calendar_dates.zip": {
		main: "valid", trips: 11, calls: 28,
	},
	"transitfeed/repeated_route_name.zip": {
		main: "route_name_twice?", trips: 11, calls: 28, codes: "route_name_twice? routes_unserved",
	},
	"transitfeed/same_short_long_name.zip": {
		main: "same_names", trips: 11, calls: 28, codes: "same_names",
	},
	"transitfeed/undefined_stop.zip": {
		main: "unknown_reference!", trips: 11, calls: 28, codes: "unknown_reference!",
	},
	"transitfeed/unknown_file.zip": {
		main: "unknown_file", trips: 11, calls: 28, codes: "by_telephone unknown_file",
	},
	"transitfeed/unknown_format.zip": {
		main: "gtfs.feed_not_zip", failure: NotZip,
	},
	"transitfeed/unrecognized_columns.zip": {
		main: "unknown_columns", trips: 11, calls: 28, codes: "unknown_columns",
	},
	"transitfeed/unused_stop.zip": {
		main: "stops_unserved", trips: 11, calls: 28, codes: "stops_unserved",
	},
	"transitfeed/utf16.zip": {
		main: "table.utf16!", failure: BadFile, codes: "table.utf16!",
	},
	"transitfeed/utf8bom.zip": {
		main: "valid", trips: 11, calls: 28,
	},
	// no route_id, no service_id, no stop_times; boarding areas of stations
	"transport-validator/accessibility.zip": {
		main: "missing_value!", failure: NothingRuns, codes: "bad_parent? locations_unused missing_value! stops_unserved unknown_columns",
	},
	// and no route_id, no service_id
	"transport-validator/agency.zip": {
		main: "bad_time_zone!", failure: NothingRuns, codes: "bad_time_zone! missing_value! rejected_reference! stops_coincide stops_unserved " +
			"unknown_columns",
	},
	// nearly all stop_sequence are 0: no trip has two calls
	"transport-validator/agency_multiple.zip": {
		main: "duplicate_sequence!", failure: NothingRuns, codes: "duplicate_sequence! missing_value! rejected_reference! route_name_twice? routes_unserved " +
			"same_names short_trip! stops_coincide time_goes_back! unknown_columns",
	},
	// no route_id, no service_id
	"transport-validator/agency_single.zip": {
		main: "missing_value!", failure: NothingRuns, codes: "missing_value! rejected_reference! stops_coincide stops_unserved unknown_columns",
	},
	// the only trip is of a route that is not there
	"transport-validator/arrange_by_phone_stops.zip": {
		main: "unknown_reference!", failure: NothingRuns, codes: "agency_assumed? bad_parent? rejected_reference! route_name_twice? route_type_assumed? " +
			"routes_unserved same_names stops_coincide stops_unserved unknown_columns " +
			"unknown_reference!",
	},
	// no route_id, no service_id, no shape_id
	"transport-validator/check_id.zip": {
		main: "missing_value!", failure: NothingRuns, codes: "bad_position! duplicate_id! missing_value! rejected_reference! stops_coincide " +
			"stops_unserved unknown_columns",
	},
	// and no service_id
	"transport-validator/check_name.zip": {
		main: "no_name?", failure: NothingRuns, codes: "agency_assumed? missing_value! no_name? rejected_reference! routes_unserved stops_coincide " +
			"stops_unserved unknown_columns",
	},
	// the only trip is of a route that is not there
	"transport-validator/coordinate_with_driver_stops.zip": {
		main: "unknown_reference!", failure: NothingRuns, codes: "agency_assumed? bad_parent? rejected_reference! route_name_twice? route_type_assumed? " +
			"routes_unserved same_names stops_coincide stops_unserved unknown_columns " +
			"unknown_reference!",
	},
	// the only trip is of a route that is not there
	"transport-validator/custom_route_color.zip": {
		main: "unknown_reference!", failure: NothingRuns, codes: "agency_assumed? bad_parent? rejected_reference! route_name_twice? route_type_assumed? " +
			"routes_unserved same_names stops_coincide stops_unserved unknown_columns " +
			"unknown_reference!",
	},
	// no feed but the settings of a program
	"transport-validator/custom_rules.zip": {
		main: "gtfs.no_feed", failure: NoFeed,
	},
	"transport-validator/duplicate_stop_sequence.zip": {
		main: "duplicate_sequence!", trips: 2, calls: 4, codes: "agency_assumed? duplicate_id! duplicate_sequence! rejected_reference! same_names " +
			"short_trip! stops_coincide unknown_columns",
	},
	// a route without an id; stops near each other are legal
	"transport-validator/duplicate_stops.zip": {
		main: "missing_value!", trips: 7, calls: 20, codes: "bad_parent? locations_unused missing_value! no_name? rejected_reference! stops_unserved " +
			"unknown_reference!",
	},
	"transport-validator/duplicates.zip": {
		main: "duplicate_id!", trips: 7, calls: 18, codes: "bad_parent? bad_position! duplicate_id! duplicate_row! duplicate_sequence! " +
			"locations_unused missing_value! no_name? pathway_at_station! rejected_reference! shape_left_away? " +
			"short_shape! stops_unserved unknown_reference!",
	},
	"transport-validator/duration_distance.zip": {
		main: "time_goes_back!", trips: 3, calls: 6, codes: "agency_assumed? bad_position! duplicate_id! rejected_reference! same_names short_trip! " +
			"stops_coincide time_goes_back! unknown_columns",
	},
	// the only trip is of a route that is not there
	"transport-validator/empty_calendar.zip": {
		main: "unknown_reference!", failure: NothingRuns, codes: "agency_assumed? bad_parent? rejected_reference! route_name_twice? route_type_assumed? " +
			"routes_unserved same_names stops_coincide stops_unserved unknown_columns " +
			"unknown_reference!",
	},
	// the only trip is of a route that is not there
	"transport-validator/fare_attributes.zip": {
		main: "unknown_reference!", failure: NothingRuns, codes: "agency_assumed? bad_parent? rejected_reference! route_name_twice? route_type_assumed? " +
			"routes_unserved same_names stops_coincide stops_unserved unknown_columns " +
			"unknown_reference!",
	},
	// and no service_id
	"transport-validator/feed_info.zip": {
		main: "duplicate_row!", failure: NothingRuns, codes: "agency_assumed? duplicate_row! missing_value! no_name? rejected_reference! routes_unserved " +
			"stops_coincide stops_unserved unknown_columns",
	},
	// both trips are of a route that is not there
	"transport-validator/interpolated_stop_times.zip": {
		main: "unknown_reference!", failure: NothingRuns, codes: "agency_assumed? bad_parent? duplicate_id! rejected_reference! route_name_twice? " +
			"route_type_assumed? routes_unserved same_names stops_coincide stops_unserved " +
			"unknown_columns unknown_reference!",
	},
	"transport-validator/invalid_references.zip": {
		main: "unknown_reference!", trips: 11, calls: 28, codes: "agency_assumed? bad_parent? duplicate_id! route_name_twice? routes_unserved stops_coincide " +
			"stops_unserved unknown_reference!",
	},
	"transport-validator/invalid_stop_file.zip": {
		main: "bad_position!", trips: 7, calls: 20, codes: "bad_parent? bad_position! missing_value! no_name? rejected_reference! stops_unserved " +
			"unknown_reference!",
	},
	// and nearly all stop_sequence are 0
	"transport-validator/missing_agency_id.zip": {
		main: "agency_assumed?", failure: NothingRuns, codes: "agency_assumed? duplicate_sequence! missing_value! rejected_reference! route_name_twice? " +
			"routes_unserved same_names short_trip! stops_coincide time_goes_back! unknown_columns",
	},
	"transport-validator/missing_mandatory_files.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file! unknown_file",
	},
	// the only trip is of a route that is not there
	"transport-validator/no_optional_files.zip": {
		main: "unknown_reference!", failure: NothingRuns, codes: "agency_assumed? bad_parent? rejected_reference! route_name_twice? route_type_assumed? " +
			"routes_unserved same_names stops_coincide stops_unserved unknown_columns " +
			"unknown_reference!",
	},
	// agency.txt has no row
	"transport-validator/optimisation_route_trips.zip": {
		main: "unknown_reference!", failure: NothingRuns, codes: "rejected_reference! stops_coincide stops_unserved unknown_columns unknown_reference!",
	},
	// and trips without route_id
	"transport-validator/route_type_invalid.zip": {
		main: "route_type_assumed?", failure: NothingRuns, codes: "agency_assumed? duplicate_id! missing_value! no_name? rejected_reference! " +
			"route_type_assumed? routes_unserved stops_coincide stops_unserved unknown_columns",
	},
	// and trips without route_id
	"transport-validator/route_type_missing.zip": {
		main: "route_type_assumed?", failure: NothingRuns, codes: "agency_assumed? duplicate_id! missing_value! no_name? rejected_reference! " +
			"route_type_assumed? routes_unserved stops_coincide stops_unserved unknown_columns",
	},
	"transport-validator/shapes.zip": {
		main: "shape_left_away?", trips: 7, calls: 20, codes: "bad_parent? bad_position! missing_value! no_name? rejected_reference! shape_left_away? " +
			"short_shape! stops_unserved unknown_reference!",
	},
	"transport-validator/stop_times_increase.zip": {
		main: "time_goes_back!", trips: 2, calls: 17, codes: "time_goes_back!",
	},
	"transport-validator/stop_times_location_type.zip": {
		main: "call_at_station?", trips: 7, calls: 19, codes: "bad_parent? call_at_station? missing_value! no_name? rejected_reference! stops_unserved " +
			"too_fast? unknown_reference!",
	},
	"transport-validator/stops.zip": {
		main: "bad_position!", trips: 7, calls: 20, codes: "bad_parent? bad_position! call_at_station? locations_unused missing_value! no_name? " +
			"rejected_reference! stops_unserved table.empty_cells unknown_reference!",
	},
	// no calendar at all
	"transport-validator/unusable_trip.zip": {
		main: "missing_file!", failure: Incomplete, codes: "missing_file!",
	},
	"transport-validator/unused_stop.zip": {
		main: "stops_unserved", trips: 7, calls: 20, codes: "locations_unused missing_value! no_name? rejected_reference! stops_unserved " +
			"unknown_reference!",
	},
}
