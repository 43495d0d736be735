package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is the program's version; a release changes it together with CHANGELOG.md.
const version = "0.1.0"

// program is how results name what made them: without commit and machine, so
// that two builds of one version give the same bytes.
const program = "qala " + version

// commit is set by the build; where it is not, the go command's own record is asked.
var commit string

func (h *house) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Tell the version of qala, of Go, and the commit when it is known",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			h.answer.Summary = map[string]any{"version": version, "go": runtime.Version(), "commit": builtFrom()}
			h.say("%s", program)
			h.say("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
			if from := builtFrom(); from != "" {
				h.say("commit %s", from)
			}
			return nil
		},
	}
}

// builtFrom is the commit that the program was built from, "" when nobody knows.
func builtFrom() string {
	if commit != "" {
		return commit
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value
		}
	}
	return ""
}
