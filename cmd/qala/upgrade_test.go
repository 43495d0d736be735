package main

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/store/backup"
)

// TestAFolderOfTheFirstServerIsTakenUp: testdata/first-server.tar.gz was made by the program
// of commit 1698823, before there were accounts and a log. Today's program goes on with it,
// and the backup from before brings everything back as it was.
func TestAFolderOfTheFirstServerIsTakenUp(t *testing.T) {
	h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
	for _, round := range []string{"upgraded", "rolled back and upgraded again"} {
		folder := filepath.Join(t.TempDir(), "server")
		archive, err := os.Open("testdata/first-server.tar.gz")
		if err != nil {
			t.Fatal(err)
		}
		unzipped, err := gzip.NewReader(archive)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := backup.Restore(t.Context(), unzipped, folder); err != nil {
			t.Fatal(err)
		}
		_ = archive.Close()
		c, err := h.openCentre(t.Context(), folder, serveOrder{workers: 1, processors: 1, lease: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		said := answers(t, h, c, []string{"/api/v1/cities/astana", "/api/v1/cities/astana/events/small/scenarios"})
		for path, part := range map[string]string{"/api/v1/cities/astana": `"id":"astana"`, "/api/v1/cities/astana/events/small/scenarios": `"title":"As it is"`} {
			if !strings.Contains(said[path], part) || strings.Contains(said[path], "Later") {
				t.Errorf("%s, %s: %s", round, path, said[path])
			}
		}
		if _, _, err := c.office.CreateScenario(t.Context(), office.By{Who: "test"}, "astana/small", office.ScenarioAsk{ID: "later", Name: "Later"}); err != nil {
			t.Errorf("%s: %v", round, err)
		}
		if link, err := c.firstLink(t.Context(), ""); link != "" || err != nil {
			t.Errorf("an open house has a first link: %q %v", link, err)
		}
		if err := c.admit(h, peopleOrder{}); err != nil {
			t.Fatal(err)
		}
		if link, err := c.firstLink(t.Context(), ""); link == "" || err != nil {
			t.Errorf("%s: nobody can become the first administrator: %v", round, err)
		}
		c.close()
	}
}
