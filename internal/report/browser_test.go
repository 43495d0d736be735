package report_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/report"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/web"
)

// TestPageInBrowser opens the pages in Chromium, in every language, light and
// dark. web/test/e2e.mjs says what is looked at; QALA_SHOTS names a folder for
// pictures of it.
func TestPageInBrowser(t *testing.T) {
	chromium := require.Chromium(t)
	script := filepath.Join(require.Root(t), "web", "test", "e2e.mjs")
	driver := filepath.Join(require.Root(t), "web", "node_modules", "playwright-core")
	_, _, built := web.Report()
	_, err := os.Stat(driver)
	require.Met(t, built && err == nil, "node")
	folder := t.TempDir()
	writePages(t, folder)
	run := exec.CommandContext(t.Context(), "node", script, folder)
	run.Env = append(os.Environ(), "QALA_CHROMIUM="+chromium)
	out, err := run.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal(err)
	}
}

func writePages(t *testing.T, folder string) {
	t.Helper()
	for _, language := range message.Languages() {
		page, err := report.Render(sample(), language, message.Languages()...)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, report.FileName(language)), page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
