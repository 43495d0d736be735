package main

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/workspace"
)

// logged is a server's folder in which somebody did so many things.
func logged(t *testing.T, things int) (home string) {
	t.Helper()
	home = t.TempDir()
	if err := os.MkdirAll(filepath.Join(home, "server"), 0o700); err != nil {
		t.Fatal(err)
	}
	more(t, home, things)
	return home
}

// more does further things.
func more(t *testing.T, home string, things int) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(home, "server", "qala.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	desk := &audit.Desk{Store: store, Now: func() time.Time { return time.Date(2026, 8, 1, 9, 0, 0, 0, time.UTC) }, Random: rand.Reader}
	for range things {
		err := store.Write(t.Context(), func(w workspace.Writer) error {
			return desk.Append(w, ledger.Act{
				Origin: ledger.Origin{Who: "u1", Address: "192.0.2.77"}, Verb: ledger.SignIn, Kind: workspace.KindAccount, ID: "u1",
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAuditIsExportedAndVerified(t *testing.T) {
	home, folder := logged(t, 5), t.TempDir()
	log, stick := filepath.Join(folder, "log.jsonl"), filepath.Join(folder, "stick.json")
	first := answered(t, must(t, "audit", "export", "--data", home, "-o", log, "--checkpoint", stick, "--json"))
	key, _ := first.Summary["key"].(string)
	if first.Summary["entries"] != 6.0 || len(key) != 64 || !slices.Equal(left(t, folder), []string{"log.jsonl", "stick.json"}) {
		t.Errorf("%+v %v", first, left(t, folder))
	}
	if bytes.Contains(content(t, log), []byte("192.0.2.77")) {
		t.Error("a whole address stands in the log")
	}
	if info, err := os.Stat(filepath.Join(home, "server", "audit.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	sound := answered(t, must(t, "audit", "verify", log, "--key", key, "--anchor", stick, "--json"))
	if sound.Summary["entries"] != 6.0 || sound.Summary["signed"] != true || sound.Summary["fault"] != nil {
		t.Errorf("%+v", sound)
	}
	if got := must(t, "audit", "verify", log); !strings.Contains(got.out, "--key") {
		t.Errorf("that nobody vouches for the end is not told: %s", got.out)
	}
	more(t, home, 3)
	must(t, "audit", "export", "--data", home, "-o", log, "--private")
	if !bytes.Contains(content(t, log), []byte("192.0.2.77")) {
		t.Error("what is personal is not there though it was asked for")
	}
	must(t, "audit", "verify", log, "--key", key, "--anchor", stick)
}

func TestAuditTellsTheFirstBadEntry(t *testing.T) {
	home, folder := logged(t, 5), t.TempDir()
	log, old, stick := filepath.Join(folder, "log.jsonl"), filepath.Join(folder, "old.jsonl"), filepath.Join(folder, "stick.json")
	must(t, "audit", "export", "--data", home, "-o", old)
	key, _ := answered(t, must(t, "audit", "export", "--data", home, "-o", log, "--checkpoint", stick, "--json")).Summary["key"].(string)
	lines := bytes.SplitAfter(content(t, log), []byte("\n"))
	lines = lines[:len(lines)-1]
	for name, c := range map[string]struct {
		lines        [][]byte
		line, number float64
		why          string
	}{
		"changed":   {slices.Concat(lines[:2], [][]byte{bytes.Replace(lines[2], []byte("u1"), []byte("u2"), 1)}, lines[3:]), 3, 3, "changed"},
		"removed":   {slices.Concat(lines[:2], lines[3:]), 3, 3, "order"},
		"reordered": {slices.Concat(lines[:2], [][]byte{lines[3], lines[2]}, lines[4:]), 3, 3, "order"},
		"truncated": {slices.Concat(lines[:4], [][]byte{lines[4][:30]}), 5, 5, "form"},
		"cut":       {lines[:4], 5, 5, "cut"},
		"empty":     {nil, 1, 1, "cut"},
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, bytes.Join(c.lines, nil), 0o600); err != nil {
			t.Fatal(err)
		}
		got := qala(t, "audit", "verify", path, "--json")
		fault, _ := answered(t, got).Summary["fault"].(map[string]any)
		if got.code != exitRejected || fault["line"] != c.line || fault["number"] != c.number || fault["why"] != c.why {
			t.Errorf("%s: %d %v", name, got.code, fault)
		}
	}
	if got := qala(t, "audit", "verify", old, "--key", key, "--anchor", stick); got.code != exitRejected || !strings.Contains(got.notes, "entry 7") {
		t.Errorf("an older log passes for the one of now: %d %s", got.code, got.notes)
	}
	other := strings.Repeat("ab", 32)
	if got := qala(t, "audit", "verify", log, "--key", other); got.code != exitRejected {
		t.Errorf("signed by nobody who is trusted: %d %s", got.code, got.notes)
	}
	for _, lang := range []string{"en", "kk", "ru", "zh"} {
		got := qala(t, "audit", "verify", filepath.Join(folder, "changed"), "--lang", lang)
		if got.code != exitRejected || !strings.Contains(got.notes, "3") || strings.Contains(got.notes, "cli.audit") {
			t.Errorf("%s: %d %s", lang, got.code, got.notes)
		}
	}
}

func TestAuditFailsAsCommandsDo(t *testing.T) {
	home, folder := logged(t, 1), t.TempDir()
	bad := filepath.Join(folder, "bad.key")
	if err := os.WriteFile(bad, []byte("my secret words"), 0o600); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(folder, "log.jsonl")
	for name, c := range map[string]struct {
		args []string
		code int
	}{
		"nowhere to write":       {[]string{"export", "--data", home}, exitUsage},
		"no server":              {[]string{"export", "--data", folder, "-o", log}, exitFile},
		"no folder to write":     {[]string{"export", "--data", home, "-o", filepath.Join(folder, "none", "x")}, exitFile},
		"a key that is none":     {[]string{"export", "--data", home, "-o", log, "--key", bad}, exitRejected},
		"no log":                 {[]string{"verify", log}, exitFile},
		"no public key":          {[]string{"verify", bad, "--key", "zz"}, exitUsage},
		"no anchor":              {[]string{"verify", bad, "--anchor", filepath.Join(folder, "none")}, exitFile},
		"an anchor that is none": {[]string{"verify", bad, "--anchor", bad}, exitRejected},
		"no file":                {[]string{"verify"}, exitUsage},
	} {
		got := qala(t, append([]string{"audit"}, c.args...)...)
		if got.code != c.code || strings.Contains(got.notes, "secret words") {
			t.Errorf("%s: %d, want %d: %s", name, got.code, c.code, got.notes)
		}
	}
	if got := left(t, folder); !slices.Equal(got, []string{"bad.key"}) {
		t.Errorf("something was left: %v", got)
	}
}
