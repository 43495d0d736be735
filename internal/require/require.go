// Package require is how a test says what it needs from the machine: the folder
// of real data, a browser, a PostgreSQL server. A test whose need is not met is told as NOT
// RUN, never passed over in silence.
package require

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Data is the absolute path of the folder of real data: QALA_DATA, else
// ../shared/data beside the repository. Without it the test is skipped as NOT
// RUN, or fails when QALA_REQUIRE names "data".
func Data(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("QALA_DATA")
	if folder == "" {
		folder = filepath.Join(Root(t), "..", "shared", "data")
	}
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		notRun(t, "data")
	}
	return absolute(t, folder)
}

// Chromium is the path of a Chromium browser: QALA_CHROMIUM, else the first
// found on PATH. Without one the test is skipped as NOT RUN, or fails when
// QALA_REQUIRE names "chromium".
func Chromium(t testing.TB) string {
	t.Helper()
	names := []string{os.Getenv("QALA_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return absolute(t, path)
		}
	}
	notRun(t, "chromium")
	return ""
}

// Strace is the path of strace, where it may trace; it makes calls of the system
// fail. Without it the test is skipped as NOT RUN, or fails when QALA_REQUIRE
// names "strace".
func Strace(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("strace")
	if err != nil || exec.Command(path, "-f", "-o", os.DevNull, "true").Run() != nil {
		notRun(t, "strace")
	}
	return absolute(t, path)
}

// Met skips the test as NOT RUN unless met is true, or fails it when
// QALA_REQUIRE names what. It is for needs that have no function of their own.
func Met(t testing.TB, met bool, what string) {
	t.Helper()
	if !met {
		notRun(t, what)
	}
}

// Root is the folder of the repository: the nearest one upwards with a go.mod.
func Root(t testing.TB) string {
	t.Helper()
	folder := absolute(t, ".")
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			t.Fatal("no go.mod in this folder or above it")
		}
		folder = parent
	}
}

// notRun ends the test: a failure where QALA_REQUIRE names what is absent,
// else a skip whose line is also appended to the file named by QALA_NOT_RUN,
// because go test hides the words of a package that passes.
func notRun(t testing.TB, what string) {
	t.Helper()
	line := fmt.Sprintf("NOT RUN: %s (%s absent)", t.Name(), what)
	if required(what) {
		t.Fatal(line + ", and QALA_REQUIRE asks for it")
	}
	if file := os.Getenv("QALA_NOT_RUN"); file != "" {
		if err := appendLine(file, line); err != nil {
			t.Fatalf("writing down %q: %v", line, err)
		}
	}
	t.Skip(line)
}

// required reports whether QALA_REQUIRE, a list with commas, names what.
func required(what string) bool {
	names := strings.Split(os.Getenv("QALA_REQUIRE"), ",")
	return slices.ContainsFunc(names, func(name string) bool { return strings.TrimSpace(name) == what })
}

// appendLine writes the line in one call: tests of many packages share the file.
func appendLine(file, line string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(line + "\n"); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func absolute(t testing.TB, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}
