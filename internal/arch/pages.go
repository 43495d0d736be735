package arch

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// linkPattern finds the target of a Markdown link or picture, and of a picture written as HTML.
var linkPattern = regexp.MustCompile(`\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"`)

// machinePattern finds a path that exists on one person's machine only.
var machinePattern = regexp.MustCompile(`(?:^|[\s"'(=:` + "`" + `])(/(?:home|root|work|Users|tmp)/[\w.-]+)`)

// Links are the targets of a Markdown page that lie in the repository, as
// paths from its root; targets on the web and within the page are left out.
func Links(page, text string) []string {
	var targets []string
	for _, match := range linkPattern.FindAllStringSubmatch(text, -1) {
		target, _, _ := strings.Cut(match[1]+match[2], "#")
		if target == "" || strings.Contains(target, ":") {
			continue
		}
		targets = append(targets, path.Join(path.Dir(page), target))
	}
	return targets
}

// MachinePaths is every path in a text that means nothing on another machine.
func MachinePaths(page, text string) []string {
	var breaches []string
	for i, line := range strings.Split(text, "\n") {
		for _, match := range machinePattern.FindAllStringSubmatch(line, -1) {
			breaches = append(breaches, fmt.Sprintf("%s:%d: %s exists on one machine only", page, i+1, match[1]))
		}
	}
	return breaches
}

// Unnamed is every room of the plan that a page does not mention between backquotes.
func Unnamed(text string, rooms map[string]Layer) []string {
	var missing []string
	for folder := range rooms {
		name := strings.TrimPrefix(folder, "internal/")
		if folder != "." && !strings.Contains(text, "`"+name+"`") {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return missing
}
