package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// outside opens what a city file in a folder names beyond it.
func (h *house) outside(folder string) func(name string) (fs.FS, string, error) {
	return func(name string) (fs.FS, string, error) {
		expanded, err := h.expand(folder, name)
		if err != nil {
			return nil, "", err
		}
		path := filepath.FromSlash(expanded)
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		return os.DirFS(filepath.Dir(path)), filepath.Base(path), nil
	}
}

// dataFolder is the variable that city files may begin a path with: the folder
// of data that is too large, or not free enough, to lie beside the city file.
const dataFolder = "QALA_DATA"

var errNoDataFolder = errors.New(dataFolder + " is not set, and no folder above the city file has shared/data")

// expand replaces ${QALA_DATA} at the start of a path. No other variable is
// looked at: a city file from elsewhere learns nothing of this machine.
func (h *house) expand(folder, name string) (string, error) {
	variable, rest, found := strings.Cut(strings.TrimPrefix(name, "${"), "}")
	switch {
	case !strings.HasPrefix(name, "${"):
		return name, nil
	case !found || variable != dataFolder:
		return "", fmt.Errorf("a path may begin with ${%s} and no other variable", dataFolder)
	}
	if data := h.env(dataFolder); data != "" {
		absolute, err := filepath.Abs(data)
		return filepath.ToSlash(absolute) + rest, err
	}
	data, found := sharedData(folder)
	if !found {
		return "", errNoDataFolder
	}
	return filepath.ToSlash(data) + rest, nil
}

// sharedData is the nearest folder shared/data in a folder or above it.
func sharedData(folder string) (string, bool) {
	at, err := filepath.Abs(folder)
	for err == nil {
		data := filepath.Join(at, "shared", "data")
		if info, err := os.Stat(data); err == nil && info.IsDir() {
			return data, true
		}
		above := filepath.Dir(at)
		if above == at {
			break
		}
		at = above
	}
	return "", false
}
