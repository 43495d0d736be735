package osm

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
)

func position(north, east float64) street.Position {
	p := geo.Offset(geo.Point{Lat: 43.2, Lon: 76.9}, geo.Meters(north), geo.Meters(east))
	return street.Position{Lat: int32(math.Round(p.Lat * 1e7)), Lon: int32(math.Round(p.Lon * 1e7))}
}

func source(data []byte) Source {
	return Source{Name: "town.osm.pbf", Bytes: bytes.NewReader(data), Size: int64(len(data))}
}

func read(t *testing.T, data []byte) (*Map, *finding.Log) {
	t.Helper()
	var log finding.Log
	m, err := Read(t.Context(), source(data), &log)
	if err != nil {
		t.Fatal(err)
	}
	return m, &log
}

// town is a street of three nodes, steps up from its middle, a motorway across
// that shares no node, a house, and a yard behind a gate that may be tagged.
func town(gate ...string) drawing {
	return drawing{
		nodes: []node{
			{2, 0, 0, nil},
			{4, 0, 100, nil},
			{6, 0, 200, nil},
			{7, 60, 100, nil},
			{8, -50, 150, nil},
			{9, 50, 150, nil},
			{10, 0, 300, gate},
			{12, 0, 400, nil},
		},
		lines: []line{
			{1, []int64{2, 4, 6}, []string{"highway", "residential", "name", "Абай"}},
			{2, []int64{4, 7}, []string{"highway", "steps"}},
			{3, []int64{8, 9}, []string{"highway", "motorway"}},
			{4, []int64{2, 4, 7, 2}, []string{"building", "yes"}},
			{5, []int64{6, 10, 12}, []string{"highway", "service"}},
		},
	}
}

func TestTown(t *testing.T) {
	m, log := read(t, town("barrier", "gate").file())
	g := m.Streets
	if m.Nodes != 8 || m.Ways != 5 || m.Relations != 1 || m.Walked != 3 || m.Date != "2015-06-06" {
		t.Errorf("%+v", m)
	}
	// 2 - 4 - 12 along one street, and 4 - 7 up the steps.
	if diff := cmp.Diff([]street.Class{street.Street, street.Street, street.Steps}, g.Class); diff != "" || len(g.At) != 4 {
		t.Error(diff, g.At)
	}
	for e, want := range []float64{100, 300, 60} {
		if math.Abs(float64(g.Length[e].Meters())-want) > .05 {
			t.Errorf("edge %d is %.2f m long, want %.0f", e, g.Length[e].Meters(), want)
		}
	}
	if len(log.Findings()) > 0 {
		t.Error(log.Findings())
	}
}

func TestLockedGateCutsTheStreet(t *testing.T) {
	m, log := read(t, town("barrier", "gate", "access", "private").file())
	islands, _ := m.Streets.Islands()
	if len(islands) != 2 || math.Abs(float64(m.Streets.Total())-460) > .1 {
		t.Errorf("%d islands of %.1f m, want the yard beyond the gate to stand alone and no street to be lost", len(islands), m.Streets.Total())
	}
	want := []finding.Finding{{
		Level: finding.Note, Code: codeCut, File: "town.osm.pbf", Value: "node 10", Args: map[string]string{"count": "1"},
	}}
	if diff := cmp.Diff(want, log.Findings()); diff != "" {
		t.Error(diff)
	}
}

func TestStreetEndsWhereANodeIsMissing(t *testing.T) {
	d := town()
	d.nodes = append(d.nodes[:6], d.nodes[7]) // node 10 is beyond the extract's rim
	m, log := read(t, d.file())
	if math.Abs(float64(m.Streets.Total())-260) > .1 {
		t.Errorf("%.1f m of street, want 260", m.Streets.Total())
	}
	if f := log.Findings(); len(f) != 1 || f[0].Code != codeMissing || f[0].Value != "node 10" {
		t.Error(f)
	}
}

func TestNodesInAnyOrder(t *testing.T) {
	d := town()
	want, _ := read(t, d.file())
	for i := range len(d.nodes) / 2 {
		d.nodes[i], d.nodes[len(d.nodes)-1-i] = d.nodes[len(d.nodes)-1-i], d.nodes[i]
	}
	got, _ := read(t, d.file())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestIslandsAreTold(t *testing.T) {
	d := town()
	for i := range int64(200) {
		d.nodes = append(d.nodes, node{1000 + 2*i, 0, 400 + 100*float64(i), nil})
		d.lines = append(d.lines, line{100 + i, []int64{998 + 2*i, 1000 + 2*i}, []string{"highway", "primary"}})
	}
	d.lines[5].refs[0] = 12
	d.nodes = append(d.nodes, node{2001, 900, 900, nil}, node{2003, 900, 1020, nil})
	d.lines = append(d.lines, line{500, []int64{2001, 2003}, []string{"highway", "footway"}})
	m, log := read(t, d.file())
	f := log.Findings()
	if len(f) != 1 || f[0].Code != codeIslands || f[0].Args["count"] != "1" || f[0].Args["km"] != "0.1" || !strings.HasPrefix(f[0].Value, "43.2080") {
		t.Fatal(f)
	}
	main := m.Streets.Mainland()
	for e := range m.Streets.From {
		if want := m.Streets.Class[e] != street.Path; main(street.Edge(e)) != want {
			t.Errorf("edge %d on the mainland: %v", e, !want)
		}
	}
}

func TestWhoMayWalkWhere(t *testing.T) {
	for text, want := range map[string]string{
		"highway=footway":                                   "path",
		"highway=pedestrian area=yes":                       "path",
		"highway=corridor indoor=yes":                       "path",
		"highway=cycleway":                                  "path",
		"highway=cycleway foot=no":                          "",
		"highway=path foot=private":                         "",
		"highway=steps":                                     "steps",
		"highway=living_street":                             "street",
		"highway=secondary_link":                            "road",
		"highway=residential access=private":                "",
		"highway=residential access=private foot=yes":       "street",
		"highway=service access=customers":                  "street",
		"highway=primary foot=use_sidepath":                 "",
		"highway=primary motorroad=yes":                     "",
		"highway=primary motorroad=yes foot=designated":     "road",
		"highway=trunk":                                     "",
		"highway=trunk sidewalk=both":                       "road",
		"highway=trunk sidewalk:left=yes":                   "road",
		"highway=trunk sidewalk=no":                         "",
		"highway=trunk sidewalk=separate":                   "",
		"highway=trunk sidewalk=both foot=no":               "",
		"highway=trunk sidewalk=both motorroad=yes":         "",
		"highway=trunk_link foot=yes":                       "road",
		"highway=motorway":                                  "",
		"highway=motorway sidewalk=both":                    "",
		"highway=motorway foot=yes":                         "road",
		"highway=construction foot=yes":                     "",
		"highway=proposed":                                  "",
		"highway=bus_guideway":                              "",
		"highway=raceway":                                   "",
		"route=ferry foot=yes":                              "",
		"railway=platform":                                  "path",
		"public_transport=platform access=no":               "",
		"man_made=pier":                                     "path",
		"railway=tram":                                      "",
		"building=yes foot=yes":                             "",
		"highway=footway foot=designated access=no":         "path",
		"highway=footway access=no bicycle=yes":             "",
		"highway=track access=agricultural":                 "",
		"highway=track access=agricultural foot=permissive": "path",
	} {
		tags, names := tagged(text), []string{"path", "street", "road", "steps"}
		got := ""
		if class, walked := tags.street(); walked {
			got = names[class]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestWhatBlocks(t *testing.T) {
	for text, want := range map[string]bool{
		"highway=crossing":                                 false,
		"access=no":                                        false, // said of cars at a crossing of ways, and nothing stands there
		"barrier=gate":                                     false,
		"barrier=gate locked=yes":                          true,
		"barrier=gate locked=yes foot=yes":                 false,
		"barrier=gate access=private":                      true,
		"barrier=gate access=no foot=designated":           false,
		"barrier=lift_gate access=private foot=permissive": false,
		"barrier=bollard":                                  false,
		"barrier=stile":                                    false,
		"barrier=kissing_gate":                             false,
		"barrier=bollard foot=no":                          true,
		"barrier=wall":                                     true,
		"barrier=wall foot=yes":                            false,
		"barrier=fence access=yes":                         false,
		"barrier=city_wall":                                true,
	} {
		tags := tagged(text)
		if tags.blocks() != want {
			t.Errorf("%s: blocks %v", text, !want)
		}
	}
}

func tagged(text string) tags {
	var t tags
	for field := range strings.FieldsSeq(text) {
		key, value, _ := strings.Cut(field, "=")
		t.set([]byte(key), []byte(value))
	}
	return t
}

func TestFailures(t *testing.T) {
	good := town().file()
	header := headerBlock("OsmSchema-V0.6")
	huge := make([]byte, mostBlock+1)
	var lzma, farText, short pbf
	lzma.data(4, []byte("packed"))
	farText.data(2, []byte{3<<3 | 2, 6, 2<<3 | 2, 1, 77, 3<<3 | 2, 1, 77})
	short.data(2, []byte{3<<3 | 2, 100})
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	var zeros pbf // a field that nobody knows
	zeros.data(15, huge[:mostBlock-100])
	bomb := fileBlock("OSMData", zlibBlob(zeros.Bytes(), int64(zeros.Len())))
	for name, test := range map[string]struct {
		data []byte
		want finding.Code
	}{
		"nothing":             {nil, Empty},
		"XML":                 {[]byte("<?xml version='1.0'?><osm></osm>"), NotPBF},
		"a zip":               {[]byte("PK\x03\x04 and more of it, and more"), NotPBF},
		"three bytes":         {[]byte{0, 0, 0}, Truncated},
		"data first":          {fileBlock("OSMData", rawBlob(nil)), NotPBF},
		"another feature":     {headerBlock("OsmSchema-V0.6", "HistoricalInformation"), Unsupported},
		"header alone":        {header, NoStreets},
		"within a block":      {good[:len(good)-1], Truncated},
		"within a size":       {join(header, []byte{0, 0}), Truncated},
		"within a header":     {join(header, []byte{0, 0, 0, 9, 1}), Truncated},
		"no ways":             {drawing{nodes: town().nodes}.file(), NoStreets},
		"ways without nodes":  {drawing{lines: town().lines}.file(), NoStreets},
		"huge header":         {join(header, []byte{0x7f, 0xff, 0xff, 0xff}), Damaged},
		"huge block":          {join(header, fileBlock("OSMData", huge)), TooLarge},
		"hostile size":        {join(header, fileBlock("OSMData", zlibBlob(nil, 1<<62))), TooLarge},
		"negative size":       {join(header, fileBlock("OSMData", zlibBlob(nil, -1))), TooLarge},
		"more than announced": {join(header, fileBlock("OSMData", zlibBlob(huge[:100], 10))), Damaged},
		"less than announced": {join(header, fileBlock("OSMData", zlibBlob(huge[:10], 100))), Damaged},
		"two bombs":           {join(header, bomb, bomb), TooLarge},
		"lzma":                {join(header, fileBlock("OSMData", lzma.Bytes())), Unsupported},
		"no zlib":             {join(header, fileBlock("OSMData", []byte{2 << 3, 1, 3<<3 | 2, 1, 7})), Damaged},
		"text out of range":   {join(header, fileBlock("OSMData", rawBlob(farText.Bytes()))), Damaged},
		"list out of range":   {join(header, fileBlock("OSMData", rawBlob(short.Bytes()))), Damaged},
	} {
		var log finding.Log
		m, err := Read(t.Context(), source(test.data), &log)
		var failure *Failure
		if !errors.As(err, &failure) || failure.Code != test.want || m != nil {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		} else if f := failure.Finding(); f.Level != finding.Error || f.File != "town.osm.pbf" || f.Args["cause"] == "" {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// A file cut anywhere is a failure or, between two blocks, a file without ways.
func TestEveryCutIsNoticed(t *testing.T) {
	good := town().file()
	for n := range good {
		var failure *Failure
		if _, err := Read(t.Context(), source(good[:n]), &finding.Log{}); !errors.As(err, &failure) {
			t.Fatalf("the first %d of %d bytes: %v", n, len(good), err)
		}
	}
}

func TestProgressAndCancel(t *testing.T) {
	data := town().file()
	src, steps := source(data), 0
	last := int64(0)
	src.Progress = func(done, total int64) {
		steps++
		if done <= last || done > total || total != 2*src.Size {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last = done
	}
	if _, err := Read(t.Context(), src, &finding.Log{}); err != nil || last != 2*src.Size {
		t.Fatalf("%v, %d of %d bytes told", err, last, 2*src.Size)
	}
	for stop := range steps {
		ctx, cancel := context.WithCancel(t.Context())
		step := 0
		src.Progress = func(int64, int64) {
			if step == stop {
				cancel()
			}
			step++
		}
		if m, err := Read(ctx, src, &finding.Log{}); !errors.Is(err, context.Canceled) || m != nil {
			t.Errorf("canceled at step %d of %d: %v", stop, steps, err)
		}
		cancel()
	}
}

// Whatever the bytes are, the answer is a valid graph or a failure.
func FuzzRead(f *testing.F) {
	for _, d := range []drawing{{}, town("barrier", "gate", "locked", "yes"), {nodes: town().nodes[:3], lines: town().lines}} {
		f.Add(d.file())
		raw := headerBlock("OsmSchema-V0.6", "DenseNodes")
		for _, block := range [][]byte{d.ways(), d.plain(), d.dense()} {
			raw = append(raw, fileBlock("OSMData", rawBlob(block))...)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, data) })
}

// FuzzBlock gets past the framing: each input is the unpacked data of a block.
func FuzzBlock(f *testing.F) {
	d := town("barrier", "gate", "locked", "yes")
	f.Add(d.dense(), d.ways())
	f.Add(d.plain(), d.ways())
	f.Fuzz(func(t *testing.T, nodes, ways []byte) {
		data := headerBlock("OsmSchema-V0.6", "DenseNodes")
		data = append(data, fileBlock("OSMData", rawBlob(nodes))...)
		checkRead(t, append(data, fileBlock("OSMData", rawBlob(ways))...))
	})
}

func checkRead(t *testing.T, data []byte) {
	m, err := Read(t.Context(), source(data), &finding.Log{})
	var failure *Failure
	switch {
	case errors.As(err, &failure):
	case err != nil:
		t.Fatal(err)
	case m.Streets.Validate() != nil:
		t.Fatal(m.Streets.Validate())
	}
}
