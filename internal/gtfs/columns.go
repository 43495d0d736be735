package gtfs

import (
	"slices"
	"strings"
)

// columns are the columns that GTFS has in the files that are read.
var columns = map[string]string{
	"agency.txt": `agency_id agency_name agency_url agency_timezone agency_lang agency_phone agency_fare_url
		agency_email cemv_support`,
	"stops.txt": `stop_id stop_code stop_name tts_stop_name stop_desc stop_lat stop_lon zone_id stop_url location_type
		parent_station stop_timezone wheelchair_boarding level_id platform_code stop_access`,
	"routes.txt": `route_id agency_id route_short_name route_long_name route_desc route_type route_url route_color
		route_text_color route_sort_order continuous_pickup continuous_drop_off network_id cemv_support`,
	"trips.txt": `route_id service_id trip_id trip_headsign trip_short_name direction_id block_id shape_id
		wheelchair_accessible bikes_allowed cars_allowed safe_duration_factor safe_duration_offset`,
	"stop_times.txt": `trip_id arrival_time departure_time stop_id location_group_id location_id stop_sequence
		stop_headsign start_pickup_drop_off_window end_pickup_drop_off_window pickup_type drop_off_type
		continuous_pickup continuous_drop_off shape_dist_traveled timepoint pickup_booking_rule_id
		drop_off_booking_rule_id`,
	"calendar.txt": `service_id monday tuesday wednesday thursday friday saturday sunday start_date end_date`,

	"calendar_dates.txt": `service_id date exception_type`,
	"shapes.txt":         `shape_id shape_pt_lat shape_pt_lon shape_pt_sequence shape_dist_traveled`,
	"frequencies.txt":    `trip_id start_time end_time headway_secs exact_times`,
	"levels.txt":         `level_id level_index level_name`,
	"pathways.txt": `pathway_id from_stop_id to_stop_id pathway_mode is_bidirectional length traversal_time stair_count
		max_slope min_width signposted_as reversed_signposted_as`,
	"transfers.txt": `from_stop_id to_stop_id from_route_id to_route_id from_trip_id to_trip_id transfer_type
		min_transfer_time`,
	"translations.txt": `table_name field_name language translation record_id record_sub_id field_value trans_id lang`,
	"feed_info.txt": `feed_publisher_name feed_publisher_url feed_lang default_lang feed_start_date feed_end_date
		feed_version feed_contact_email feed_contact_url`,
}

// noteColumns names the columns that GTFS does not have: an extension, or a
// known one written wrong.
func (f *file) noteColumns() {
	known := strings.Fields(columns[f.name])
	var unknown []string
	for _, name := range f.Columns() {
		if name != "" && !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		f.Note(codeUnknownColumns, "", strings.Join(unknown, ", "))
	}
}
