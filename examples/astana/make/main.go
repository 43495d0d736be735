// Command make writes the files of the example city that follow from its
// tables: the GTFS folder, the population and the fleets. The same tables give
// the same bytes.
//
// Run it with: go generate ./examples/astana
package main

import (
	"bytes"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	folder := "."
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	if err := write(folder); err != nil {
		log.Fatal(err)
	}
}

// write puts every file of the city into a folder.
func write(folder string) error {
	files, err := city()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}

// city is every file by its path.
func city() (map[string][]byte, error) {
	t, err := readTables()
	if err != nil {
		return nil, fmt.Errorf("reading the tables: %w", err)
	}
	lines := append([]line{t.lrt()}, t.buses()...)
	files := map[string][]byte{}
	for name, s := range feed(t, lines) {
		files["gtfs/"+name] = s.bytes()
	}
	files["population.csv"] = t.homes(lines).bytes()
	files["fleet.csv"] = t.fleets(lines).bytes()
	return files, nil
}

// sheet is a CSV file in the making.
type sheet struct{ rows [][]string }

func newSheet(columns ...string) *sheet { return &sheet{rows: [][]string{columns}} }

func (s *sheet) add(cells ...string) { s.rows = append(s.rows, cells) }

func (s *sheet) bytes() []byte {
	var b bytes.Buffer
	writeRows(&b, s.rows)
	return b.Bytes()
}
