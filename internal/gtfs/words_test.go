package gtfs

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/qala-city/qala/internal/finding"
)

var (
	entry       = regexp.MustCompile(`(?m)^(?:finding|fix)\.([\w.]+):\n((?:  .*\n)+)`)
	placeholder = regexp.MustCompile(`\{(\w+)\}`)
)

// needed are the placeholders of each code's sentences, read once from the catalogue.
var needed = sync.OnceValue(func() map[finding.Code][]string {
	out := map[finding.Code][]string{}
	for _, subject := range []string{"gtfs", "table", "findings"} {
		text, err := os.ReadFile(filepath.Join("..", "message", "catalogue", subject+".yaml"))
		if err != nil {
			panic(err)
		}
		for _, match := range entry.FindAllStringSubmatch(string(text), -1) {
			code := finding.Code(match[1])
			out[code] = append(out[code], names(match[2])...)
		}
	}
	return out
})

func names(sentences string) (out []string) {
	for _, match := range placeholder.FindAllStringSubmatch(sentences, -1) {
		out = append(out, match[1])
	}
	return out
}

// checkWords makes sure that a finding brings what its sentences name.
func checkWords(t testing.TB, f finding.Finding) {
	t.Helper()
	for _, name := range needed()[f.Code] {
		if _, given := f.Args[name]; !given && !slices.Contains([]string{"file", "line", "field", "value"}, name) {
			t.Errorf("%s does not say {%s}: %v", f.Code, name, f)
		}
	}
}

func TestTheCatalogueIsRead(t *testing.T) {
	if got := needed()["gtfs.too_fast"]; !slices.Contains(got, "meters") {
		t.Errorf("placeholders %v", got)
	}
}

func TestAFailureSpeaksLikeAFinding(t *testing.T) {
	r := readAll(t, change(map[string]string{"agency.txt": "", "trips.txt": ""}))
	var failure *Failure
	if !errors.As(r.err, &failure) {
		t.Fatal(r.err)
	}
	failure.Feed, failure.Cause = "bus", errors.New("gone")
	want := "reading feed bus/agency.txt, trips.txt: gtfs.feed_incomplete: gone"
	if failure.Error() != want || !errors.Is(failure, failure.Cause) {
		t.Errorf("error %q", failure.Error())
	}
	f := failure.Finding()
	checkWords(t, f)
	if f.Level != finding.Error || f.File != "bus" || !strings.Contains(f.Value, "trips.txt") || f.Args["cause"] != "gone" {
		t.Errorf("finding %+v", f)
	}
}
