package report

import (
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// facilities.csv: one row a facility; its busiest quarter of an hour beside its rate.
func (t tables) facilities() []byte {
	s := newSheet("facility_id", "facility_name", "kind", "station_id", "place_name", "channels", "capacity_people_per_hour",
		"busiest_bin_start_local", "busiest_bin_came_people", "red", "passed_people", "waited_people", "max_queue_people",
		"max_queue_local", "max_wait_s", "waiting_person_s", "basis", "source")
	for _, f := range t.e.Facilities {
		from := -1
		busiest, found := f.Busiest()
		if found {
			from = busiest.Bin * evaluation.BinSeconds
		}
		s.row(f.ID, f.Names[""], string(f.Kind), f.Station, f.Place[""], f.Channels, known(f.PerHour), t.local(from), busiest.Came, f.Red(),
			f.Passed, f.Waited, f.MaxQueue, t.local(f.QueueAt), f.MaxWait, f.PersonSeconds, string(f.Basis), f.Source)
	}
	return s.bytes()
}

// known is a number, "" for the nought that stands for one that is not known.
func known(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// facility_minutes.csv: one row a facility and minute with a queue or somebody passing.
func (t tables) facilityMinutes() []byte {
	s := newSheet("facility_id", "minute_end_local", "came_people", "passed_people", "queue_people")
	for _, f := range t.e.Facilities {
		for _, m := range f.Minutes {
			s.row(f.ID, t.local((m.Minute+1)*60), m.Came, m.Passed, m.Queue)
		}
	}
	return s.bytes()
}

// platforms.csv: one row a boarding place of which it is known what it takes.
func (t tables) platforms() []byte {
	s := newSheet("stop_id", "stop_name", "area_m2", "holds_people", "max_people", "max_people_local", "level_of_service",
		"level_e_or_f_min", "held_back_people", "max_held_people", "max_held_wait_s", "held_person_s", "basis", "source")
	for _, p := range t.e.Platforms {
		area := ""
		if p.Area > 0 {
			area = strconv.FormatFloat(p.Area, 'f', -1, 64)
		}
		s.row(p.Stop, t.names[p.Stop], area, known(p.Holds), p.MaxPeople, t.local(p.PeopleAt), p.Level, p.Dense,
			p.HeldBack, p.MaxHeld, p.MaxHeldWait, p.PersonSeconds, string(p.Basis), p.Source)
	}
	return s.bytes()
}

// platform_minutes.csv: one row a platform and minute with somebody there.
func (t tables) platformMinutes() []byte {
	s := newSheet("stop_id", "stop_name", "minute_end_local", "platform_people", "held_people")
	for _, p := range t.e.Platforms {
		for _, m := range p.Minutes {
			s.row(p.Stop, t.names[p.Stop], t.local((m.Minute+1)*60), m.People, m.Held)
		}
	}
	return s.bytes()
}

// reasons.csv: one row a reason of waiting, first of the whole day (no stop), then of each stop.
func (t tables) reasons() []byte {
	s := newSheet("stop_id", "stop_name", "reason", "people", "times", "waiting_person_s")
	of := func(stop string, reasons []evaluation.Reason) {
		for _, r := range reasons {
			s.row(stop, t.names[stop], string(r.Why), r.People, r.Times, r.PersonSeconds)
		}
	}
	of("", t.e.Totals.Reasons)
	for _, stop := range t.e.Stops {
		of(stop.ID, stop.Reasons)
	}
	return s.bytes()
}

// deviations.csv: one row a line and direction (no bin), then one for each of its bins; + is late.
func (t tables) deviations() []byte {
	s := newSheet("route_id", "direction", "bin_start_local", "departures", "deviation_p50_s", "deviation_p90_s", "deviation_max_s",
		"latest_stop_id", "latest_trip_id", "latest_local", "at_full_stands_vehicle_s")
	for _, d := range t.e.Deviations {
		s.row(d.Route, d.Direction, "", d.Departures, d.P50, d.P90, d.Latest.Seconds, d.Latest.Stop, d.Latest.Trip, t.local(d.Latest.At), d.Kerb)
		for _, b := range d.Bins {
			s.row(d.Route, d.Direction, t.local(b.Bin*evaluation.BinSeconds), b.Departures, b.P50, b.P90, b.Max, "", "", "", "")
		}
	}
	return s.bytes()
}

// blocks.csv: one row a block that carried lateness on.
func (t tables) blocks() []byte {
	s := newSheet("block_id", "inferred", "routes", "trips", "late_starts", "latest_start_s", "latest_start_local")
	for _, b := range t.e.Blocks.Late {
		s.row(b.ID, b.Inferred, strings.Join(b.Routes, " "), b.Trips, b.Late, b.MaxStart, t.local(b.At))
	}
	return s.bytes()
}

// rounds.csv: one row a playing of the day.
func (t tables) rounds() []byte {
	s := newSheet("round", "regret_permille", "changed_people", "denied_times")
	for _, r := range t.e.Feedback.Convergence {
		s.row(r.Round, r.RegretPermille, r.Changed, r.Denied)
	}
	return s.bytes()
}

// replans.csv: one row a stop where people changed their mind after being left behind.
func (t tables) replans() []byte {
	s := newSheet("stop_id", "stop_name", "replanned_people", "waiting_person_s")
	for _, r := range t.e.Replans {
		s.row(r.Stop, t.names[r.Stop], r.People, r.PersonSeconds)
	}
	return s.bytes()
}
