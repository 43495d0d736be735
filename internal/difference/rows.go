package difference

import "strconv"

// Rows is the difference as one table, its first row the header. What a row is
// about stands in its first column: route, stop, day, service or hour.
func (d Difference) Rows() [][]string {
	rows := [][]string{{"about", "change", "id", "name", "day", "hour", "measure", "before", "after"}}
	rows = append(rows, d.Routes.rows("route")...)
	rows = append(rows, d.Stops.rows("stop")...)
	for _, m := range d.Moved {
		rows = append(rows, []string{"stop", "moved", m.ID, m.Name, "", "", "m", "0", strconv.Itoa(int(m.Meters))})
	}
	for _, day := range d.Days {
		before := strconv.Itoa(day.Before)
		if !day.Covered {
			before = ""
		}
		rows = append(rows, []string{"day", changed(day.Before != day.After), "", "", day.Date, "", "trips", before, strconv.Itoa(day.After)})
	}
	for _, s := range d.Service {
		rows = append(rows, s.rows("service", "", s.Offer)...)
		for _, h := range s.Hours {
			rows = append(rows, s.rows("hour", strconv.Itoa(h.Hour), h.Offer)...)
		}
	}
	return rows
}

func changed(yes bool) string {
	if yes {
		return "changed"
	}
	return "same"
}

func (t Things) rows(about string) [][]string {
	var rows [][]string
	for _, n := range t.Added {
		rows = append(rows, []string{about, "added", n.ID, n.Name, "", "", "", "", ""})
	}
	for _, n := range t.Removed {
		rows = append(rows, []string{about, "removed", n.ID, n.Name, "", "", "", "", ""})
	}
	for _, r := range t.Renamed {
		rows = append(rows, []string{about, "renamed", r.ID, r.After, "", "", "name", r.Before, r.After})
	}
	for _, r := range t.Renumbered {
		rows = append(rows, []string{about, "renumbered", r.After, r.Name, "", "", "id", r.Before, r.After})
	}
	return rows
}

func (s RouteChange) rows(about, hour string, o Offer) [][]string {
	row := func(measure string, before, after int) []string {
		return []string{about, changed(before != after), s.Route, s.Name, s.Kind, hour, measure, strconv.Itoa(before), strconv.Itoa(after)}
	}
	room := "room"
	if s.Assumed {
		room = "room (assumed)"
	}
	return [][]string{row("trips", o.TripsBefore, o.TripsAfter), row(room, o.RoomBefore, o.RoomAfter)}
}
