package require

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// probe is a testing.TB that remembers how the test under it ended.
type probe struct {
	testing.TB
	ended string
}

func (p *probe) Helper()      {}
func (p *probe) Name() string { return "TestProbe" }

func (p *probe) Skip(...any)           { p.end("skipped") }
func (p *probe) Fatal(...any)          { p.end("failed") }
func (p *probe) Fatalf(string, ...any) { p.end("failed") }

func (p *probe) end(how string) {
	p.ended = how
	runtime.Goexit()
}

// ending runs need on a probe of its own and tells how it ended, "" for a return.
func ending(need func(testing.TB) string) (ended, returned string) {
	p := &probe{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		returned = need(p)
	}()
	<-done
	return p.ended, returned
}

func TestWithoutDataATestIsToldAsNotRun(t *testing.T) {
	list := filepath.Join(t.TempDir(), "not-run")
	t.Setenv("QALA_DATA", filepath.Join(t.TempDir(), "absent"))
	t.Setenv("QALA_REQUIRE", "")
	t.Setenv("QALA_NOT_RUN", list)
	if ended, _ := ending(Data); ended != "skipped" {
		t.Errorf("the test %s, want skipped", ended)
	}
	text, err := os.ReadFile(list)
	if want := "NOT RUN: TestProbe (data absent)\n"; err != nil || string(text) != want {
		t.Errorf("list holds %q (%v), want %q", text, err, want)
	}
}

func TestWithoutRequiredDataATestFails(t *testing.T) {
	t.Setenv("QALA_DATA", filepath.Join(t.TempDir(), "absent"))
	t.Setenv("QALA_REQUIRE", "chromium, data")
	if ended, _ := ending(Data); ended != "failed" {
		t.Errorf("the test %s, want failed", ended)
	}
}

func TestWithoutABrowserATestIsToldAsNotRun(t *testing.T) {
	t.Setenv("QALA_CHROMIUM", "")
	t.Setenv("PATH", t.TempDir())
	t.Setenv("QALA_NOT_RUN", "")
	for requires, want := range map[string]string{"data": "skipped", "data,chromium": "failed"} {
		t.Setenv("QALA_REQUIRE", requires)
		if ended, _ := ending(Chromium); ended != want {
			t.Errorf("with QALA_REQUIRE=%s the test %s, want %s", requires, ended, want)
		}
	}
}

func TestWithoutStraceATestIsToldAsNotRun(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("QALA_NOT_RUN", "")
	for requires, want := range map[string]string{"data": "skipped", "strace": "failed"} {
		t.Setenv("QALA_REQUIRE", requires)
		if ended, _ := ending(Strace); ended != want {
			t.Errorf("with QALA_REQUIRE=%s the test %s, want %s", requires, ended, want)
		}
	}
}

func TestADatabaseIsThereForOneTest(t *testing.T) {
	var address, other string
	t.Run("one", func(t *testing.T) {
		address, other = Postgres(t), Postgres(t)
		if !strings.HasPrefix(address, "postgres://") || address == other {
			t.Errorf("%s, %s", address, other)
		}
	})
	if !t.Run("gone", func(t *testing.T) { Postgres(t) }) {
		t.Error("no database after those of another test")
	}
}

func TestWhatIsThereIsReturned(t *testing.T) {
	folder := t.TempDir()
	browser := filepath.Join(folder, "browser")
	if err := os.WriteFile(browser, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("QALA_DATA", folder)
	t.Setenv("QALA_CHROMIUM", browser)
	if _, got := ending(Data); got != folder {
		t.Errorf("data in %q, want %q", got, folder)
	}
	if _, got := ending(Chromium); got != browser {
		t.Errorf("browser %q, want %q", got, browser)
	}
}

func TestRootHasTheModule(t *testing.T) {
	if got, want := Root(t), absolute(t, "../.."); got != want {
		t.Errorf("root %q, want %q", got, want)
	}
}
