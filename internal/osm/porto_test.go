package osm

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/require"
)

// extract reads a real city's streets.
func extract(t testing.TB, name string) (*Map, *finding.Log) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(require.Data(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	var log finding.Log
	m, err := Read(t.Context(), Source{Name: filepath.Base(name), Bytes: bytes.NewReader(data), Size: int64(len(data))}, &log)
	if err != nil {
		t.Fatal(err)
	}
	return m, &log
}

func TestPorto(t *testing.T) {
	m, log := extract(t, "porto/osm/porto_portugal.osm.pbf")
	g := m.Streets
	t.Log(m.Date, m.Nodes, m.Ways, m.Relations, m.Walked, len(g.At), len(g.From), len(g.Bend), g.Total(), log.Findings())
	is, _ := g.Islands()
	t.Log(len(is), is[:5])
}

func TestAlmaty(t *testing.T) {
	m, log := extract(t, "almaty/osm/almaty.osm.pbf")
	g := m.Streets
	t.Log(m.Date, m.Nodes, m.Ways, m.Relations, m.Walked, len(g.At), len(g.From), len(g.Bend), g.Total(), log.Findings())
	is, _ := g.Islands()
	t.Log(len(is), is[:5])
}
