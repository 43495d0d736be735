package arch

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Package is what the import rules need to know of one package.
type Package struct {
	Folder  string // below the module's root, "." for the root itself
	Doc     string // its first sentence
	Imports []string
}

// Imports is every breach of the import rules, one sentence each, in the order of the packages.
func Imports(packages []Package, rooms map[string]Layer) []string {
	var breaches []string
	for _, p := range packages {
		layer, known := rooms[p.Folder]
		if !known {
			breaches = append(breaches, fmt.Sprintf("%s is in no layer: add it to arch.Rooms and to docs/ARCHITECTURE.md", p.Folder))
			continue
		}
		for _, imported := range p.Imports {
			if why := forbids(layer, imported, rooms); why != "" {
				breaches = append(breaches, fmt.Sprintf("%s (%s) imports %s: %s", p.Folder, layer, imported, why))
			}
		}
	}
	return breaches
}

// forbids says why a layer may not import a path, "" where it may.
func forbids(layer Layer, imported string, rooms map[string]Layer) string {
	if folder, inside := folderOf(imported); inside {
		to, known := rooms[folder]
		if !known || slices.Contains(mayImport[layer], to) {
			return "" // an unknown room is told once, as itself
		}
		return fmt.Sprintf("%s may not use %s", layer, to)
	}
	for _, root := range outside[layer] {
		if imported == root || strings.HasPrefix(imported, root+"/") {
			return fmt.Sprintf("%s do without %s", layer, root)
		}
	}
	return ""
}

// folderOf is the folder of a package of this module.
func folderOf(imported string) (folder string, inside bool) {
	if imported == Module {
		return ".", true
	}
	return strings.CutPrefix(imported, Module+"/")
}

// Names is every package whose name or description says nothing.
func Names(packages []Package) []string {
	var breaches []string
	for _, p := range packages {
		if name := path.Base(p.Folder); slices.Contains(emptyNames, name) {
			breaches = append(breaches, fmt.Sprintf("%s: the name %q says nothing about what lives there", p.Folder, name))
		}
		if len(strings.Fields(p.Doc)) < 5 || !strings.HasSuffix(strings.TrimSpace(p.Doc), ".") {
			breaches = append(breaches, fmt.Sprintf("%s has no sentence that says what it is for (%q)", p.Folder, p.Doc))
		}
	}
	return breaches
}

// Gone is every room of the plan that no package has.
func Gone(packages []Package, rooms map[string]Layer) []string {
	var breaches []string
	for folder := range rooms {
		if !slices.ContainsFunc(packages, func(p Package) bool { return p.Folder == folder }) {
			breaches = append(breaches, fmt.Sprintf("%s is in arch.Rooms but not in the house", folder))
		}
	}
	slices.Sort(breaches)
	return breaches
}
