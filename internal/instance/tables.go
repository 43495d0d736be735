package instance

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// sheet is one table: its columns, how many rows it has, and its cells by row.
type sheet struct {
	file    string
	columns []string
	rows    func(*Instance) int
	put     func(*Instance, int, []string)
	take    func(*Instance, *cells)
}

// sheets are all tables, those first to which others refer.
var sheets = []sheet{
	{
		"stops.csv",
		[]string{"stop", "lat", "lon"},
		func(in *Instance) int { return len(in.Stops) },
		func(in *Instance, i int, c []string) { point(c, i, in.Stops[i]) },
		func(in *Instance, c *cells) { in.Stops = append(in.Stops, c.point(len(in.Stops))) },
	},
	{
		"trips.csv",
		[]string{"trip", "seats", "room"},
		func(in *Instance) int { return len(in.Trips) },
		func(in *Instance, i int, c []string) { numbers(c, i, int(in.Trips[i].Seats), int(in.Trips[i].Room)) },
		func(in *Instance, c *cells) {
			c.is(0, len(in.Trips))
			in.Trips = append(in.Trips, Trip{uint32(c.below(1, most)), uint32(c.below(2, most))})
		},
	},
	{
		"connections.csv",
		[]string{"trip", "from", "to", "depart", "arrive", "board", "alight"},
		func(in *Instance) int { return len(in.Connections) }, putConnection, takeConnection,
	},
	{
		"footpaths.csv",
		[]string{"from", "to", "seconds"},
		func(in *Instance) int { return len(in.Footpaths) },
		func(in *Instance, i int, c []string) {
			numbers(c, int(in.Footpaths[i].From), int(in.Footpaths[i].To), int(in.Footpaths[i].Walk))
		},
		func(in *Instance, c *cells) {
			in.Footpaths = append(in.Footpaths, Footpath{c.stop(0, in), c.stop(1, in), transit.Seconds(c.below(2, most))})
		},
	},
	{
		"zones.csv",
		[]string{"zone", "lat", "lon"},
		func(in *Instance) int { return len(in.Zones) },
		func(in *Instance, i int, c []string) { point(c, i, in.Zones[i]) },
		func(in *Instance, c *cells) { in.Zones = append(in.Zones, c.point(len(in.Zones))) },
	},
	{
		"access.csv",
		[]string{"zone", "stop", "seconds"},
		func(in *Instance) int { return len(in.Access) },
		func(in *Instance, i int, c []string) {
			numbers(c, int(in.Access[i].Zone), int(in.Access[i].Stop), int(in.Access[i].Walk))
		},
		func(in *Instance, c *cells) {
			in.Access = append(in.Access, Access{c.zone(0, in), c.stop(1, in), transit.Seconds(c.below(2, most))})
		},
	},
	{
		"demand.csv",
		[]string{"traveller", "from", "to", "ready", "due"},
		func(in *Instance) int { return len(in.Demand) }, putTraveller, takeTraveller,
	},
}

// most is more than any number of a table.
const most = 1 << 31

func putConnection(in *Instance, i int, c []string) {
	k := &in.Connections[i]
	numbers(c, int(k.Trip), int(k.From), int(k.To), int(k.Depart), int(k.Arrive), bit(k.Board), bit(k.Alight))
}

func takeConnection(in *Instance, c *cells) {
	in.Connections = append(in.Connections, Connection{
		Trip: transit.Dated(c.below(0, len(in.Trips))), From: c.stop(1, in), To: c.stop(2, in),
		Depart: c.time(3), Arrive: c.time(4), Board: c.below(5, 2) == 1, Alight: c.below(6, 2) == 1,
	})
}

func putTraveller(in *Instance, i int, c []string) {
	t := &in.Demand[i]
	numbers(c, i, int(t.From), int(t.To))
	c[3], c[4] = wish(t.Ready), wish(t.Due)
}

func takeTraveller(in *Instance, c *cells) {
	c.is(0, len(in.Demand))
	t := Traveller{c.zone(1, in), c.zone(2, in), c.wish(3), c.wish(4)}
	if (t.Ready == demand.Free) == (t.Due == demand.Free) {
		c.fail(3, "one of ready and due is to be given")
	}
	in.Demand = append(in.Demand, t)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func numbers(cells []string, n ...int) {
	for i, v := range n {
		cells[i] = strconv.Itoa(v)
	}
}

// point writes a row of a position, to the micro-degree at least: as many digits as tell it exactly.
func point(cells []string, i int, p geo.Point) {
	numbers(cells, i)
	cells[1], cells[2] = strconv.FormatFloat(p.Lat, 'f', -1, 64), strconv.FormatFloat(p.Lon, 'f', -1, 64)
}

func wish(s transit.Seconds) string {
	if s == demand.Free {
		return ""
	}
	return strconv.Itoa(int(s))
}

// Write writes every table to what create makes for its file name. The same
// Instance gives the same bytes.
func (in *Instance) Write(create func(file string) (io.WriteCloser, error)) error {
	for _, s := range sheets {
		out, err := create(s.file)
		if err != nil {
			return err
		}
		if err := errors.Join(in.writeSheet(s, out), out.Close()); err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
	}
	return nil
}

func (in *Instance) writeSheet(s sheet, out io.Writer) error {
	buffer := bufio.NewWriterSize(out, 1<<16)
	w, cells := csv.NewWriter(buffer), make([]string, len(s.columns))
	_ = w.Write(s.columns) // its error is that of Flush
	for i := range s.rows(in) {
		s.put(in, i, cells)
		_ = w.Write(cells)
	}
	w.Flush()
	return errors.Join(w.Error(), buffer.Flush())
}

// Read reads the tables of a folder.
func Read(folder fs.FS) (*Instance, error) {
	in := &Instance{}
	for _, s := range sheets {
		file, err := folder.Open(s.file)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(in.readSheet(s, file), file.Close()); err != nil {
			return nil, err
		}
	}
	return in, nil
}
