package report

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qala-city/qala/internal/evaluation"
)

// CSV is the evaluation as tables for a spreadsheet, by file name. They begin
// with a byte order mark, so that spreadsheets read their letters rightly.
// Columns end in their unit; times are local, RFC 3339, empty where something
// never happened. A word that a spreadsheet would run as a formula begins with
// an apostrophe.
func CSV(e *evaluation.Evaluation) map[string][]byte {
	start, _ := time.Parse(time.RFC3339, e.Horizon.Start)
	t := tables{e: e, start: start, names: map[string]string{}}
	for _, s := range e.Stops {
		t.names[s.ID] = s.Names[""]
	}
	files := map[string][]byte{
		"crowds.csv":      t.crowds(),
		"clearance.csv":   t.clearance(),
		"lines.csv":       t.lines(),
		"stops.csv":       t.stops(),
		"fleets.csv":      t.fleets(),
		"assumptions.csv": t.assumptions(),
		"findings.csv":    t.findings(),
		"worst.csv":       t.worst(),

		"facilities.csv":       t.facilities(),
		"facility_minutes.csv": t.facilityMinutes(),
		"platforms.csv":        t.platforms(),
		"platform_minutes.csv": t.platformMinutes(),
		"reasons.csv":          t.reasons(),
		"deviations.csv":       t.deviations(),
		"blocks.csv":           t.blocks(),
		"rounds.csv":           t.rounds(),
		"replans.csv":          t.replans(),
	}
	if e.Spread != nil {
		files["spread.csv"] = t.spread()
	}
	return files
}

type tables struct {
	e     *evaluation.Evaluation
	start time.Time
	names map[string]string // stop id -> the feed's own name
}

// crowds.csv: one row a crowd, with when 50..100% were through.
func (t tables) crowds() []byte {
	s := newSheet("session", "way", "people", "arrived_people", "walking_people", "stranded_people", "denied_times",
		"late_people", "clear_50_local", "clear_90_local", "clear_95_local", "clear_99_local", "clear_100_local",
		"travel_p50_s", "travel_p90_s", "wait_p50_s", "wait_p90_s", "wait_max_s")
	for _, c := range t.e.Crowds {
		row := []any{c.Session, c.Way, c.People, c.Arrived, c.Walking, c.Stranded, c.Denied, c.Late}
		for _, percent := range []int{50, 90, 95, 99, 100} {
			row = append(row, t.local(clearAt(c, percent)))
		}
		s.row(append(row, c.Travel.P50, c.Travel.P90, c.Wait.P50, c.Wait.P90, c.Wait.Max)...)
	}
	return s.bytes()
}

func clearAt(c evaluation.Crowd, percent int) int {
	for _, mark := range c.Clear {
		if mark.Percent == percent {
			return mark.At
		}
	}
	return -1
}

// clearance.csv: one row a crowd and minute; people are cumulative at the minute's end.
func (t tables) clearance() []byte {
	s := newSheet("session", "way", "minute_end_local", "started_people", "away_people", "arrived_people")
	for _, c := range t.e.Crowds {
		for _, p := range c.Curve {
			s.row(c.Session, c.Way, t.local((p.Minute+1)*60), p.Started, p.Away, p.Arrived)
		}
	}
	return s.bytes()
}

// lines.csv: one row a line, direction and quarter of an hour: demand against capacity.
func (t tables) lines() []byte {
	s := newSheet("route_id", "route_name", "direction", "headsign", "vehicle", "room_people", "room_is_default",
		"bin_start_local", "stop_id", "stop_name", "departures", "capacity_people", "carried_people", "left_behind_people",
		"demand_percent", "red")
	for _, l := range t.e.Lines {
		for _, c := range l.Cells {
			s.row(l.Route, l.Name, l.Direction, l.Headsign, l.Vehicle, l.Room, l.RoomDefault,
				t.local(c.Bin*evaluation.BinSeconds), c.Stop, t.names[c.Stop], c.Departures, c.Capacity, c.Carried, c.LeftBehind,
				demandPercent(c), c.Red())
		}
	}
	return s.bytes()
}

// demandPercent is empty where nothing departed.
func demandPercent(c evaluation.Cell) string {
	if c.Capacity == 0 {
		return ""
	}
	return strconv.Itoa(percentOf(c))
}

// stops.csv: one row a stop and minute with a queue or a denial.
func (t tables) stops() []byte {
	s := newSheet("stop_id", "stop_name", "minute_end_local", "queue_people", "denied_times")
	for _, stop := range t.e.Stops {
		for _, m := range stop.Minutes {
			s.row(stop.ID, stop.Names[""], t.local((m.Minute+1)*60), m.Queue, m.Denied)
		}
	}
	return s.bytes()
}

// fleets.csv: one row a line and number of vehicles in use.
func (t tables) fleets() []byte {
	s := newSheet("route_id", "route_name", "vehicles", "reserve_vehicles", "cycle_s", "turnback_s", "room_people",
		"vehicles_in_use", "headway_s", "passengers_per_hour_direction", "needed_vehicles", "needed_at_local", "kind", "source")
	for _, f := range t.e.Fleets {
		for _, b := range f.Best {
			s.row(f.Route, f.Name, f.Vehicles, f.Reserve, f.Cycle, f.Turnback, f.Room,
				b.Vehicles, b.Seconds, b.PerHour, f.Needed, t.local(f.NeededAt), string(f.Kind), f.Source)
		}
	}
	return s.bytes()
}

// assumptions.csv: one row a number behind the result.
func (t tables) assumptions() []byte {
	s := newSheet("id", "subject", "value", "unit", "kind", "source")
	for _, n := range t.e.Numbers {
		s.row(n.ID, n.Subject, n.Value, n.Unit, string(n.Kind), n.Source)
	}
	return s.bytes()
}

// findings.csv: one row a finding; args are name=value with blanks between.
func (t tables) findings() []byte {
	s := newSheet("level", "code", "file", "line", "field", "value", "args")
	for _, f := range t.e.Findings {
		s.row(string(f.Level), string(f.Code), f.File, f.Line, f.Field, f.Value, pairs(f.Args))
	}
	return s.bytes()
}

// worst.csv: one row a place, worst first.
func (t tables) worst() []byte {
	s := newSheet("stop_id", "stop_name", "routes", "queue_from_local", "queue_to_local", "max_queue_people",
		"max_queue_local", "max_wait_s", "denied_times", "denied_people", "stranded_people")
	for _, w := range t.e.Worst {
		s.row(w.Stop, t.names[w.Stop], strings.Join(w.Routes, " "), t.local(w.From), t.local(w.To), w.MaxQueue,
			t.local(w.At), w.MaxWait, w.Denied, w.People, w.Stranded)
	}
	return s.bytes()
}

// local is a moment of the horizon; "" for never.
func (t tables) local(at int) string {
	if at < 0 {
		return ""
	}
	return t.start.Add(time.Duration(at) * time.Second).Format(time.RFC3339)
}

// sheet is a table being written.
type sheet struct {
	out    bytes.Buffer
	writer *csv.Writer
}

func newSheet(columns ...string) *sheet {
	s := &sheet{}
	s.out.WriteString("\uFEFF")
	s.writer = csv.NewWriter(&s.out)
	_ = s.writer.Write(columns) // a buffer takes everything
	return s
}

func (s *sheet) row(values ...any) {
	fields := make([]string, len(values))
	for i, value := range values {
		switch v := value.(type) {
		case int:
			fields[i] = strconv.Itoa(v)
		case bool:
			fields[i] = strconv.FormatBool(v)
		case string:
			fields[i] = unarmed(v)
		}
	}
	_ = s.writer.Write(fields)
}

// unarmed keeps a spreadsheet from taking a word for a formula, also where it
// takes wide signs for narrow ones, as in Chinese. A number below nought is no
// formula and stays one: whoever computes with a table needs it.
func unarmed(word string) string {
	if first, _ := utf8.DecodeRuneInString(word); word != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && !negative.MatchString(word) {
		return "'" + word
	}
	return word
}

var negative = regexp.MustCompile(`^-[0-9]+(\.[0-9]+)?$`)

func (s *sheet) bytes() []byte {
	s.writer.Flush()
	return s.out.Bytes()
}
