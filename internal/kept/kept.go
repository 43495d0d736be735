// Package kept says what is known of a city that qala keeps: where its files
// come from, and which networks were made of them. Package upkeep changes it,
// package store/cities holds it on disk.
package kept

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Format is the version of a City as it is written; it changes with any field's meaning.
const Format = 1

// City is one kept city. The last of its versions is the current one.
type City struct {
	Format      int       `json:"format"`
	Name        string    `json:"name"` // the id in its description
	Description Source    `json:"description"`
	Sources     []Source  `json:"sources"`  // what the description names, in its order
	Versions    []Version `json:"versions"` // oldest first
}

// Source is one file that the city is made of, and the content that is kept of it.
type Source struct {
	Path         string    `json:"path"`            // as the description writes it
	Field        string    `json:"field,omitempty"` // where it does, such as feeds[0].path
	Location     string    `json:"location"`        // a URL, or a path from the root of this machine
	SHA256       string    `json:"sha256,omitempty"`
	Bytes        int64     `json:"bytes,omitempty"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Fetched      time.Time `json:"fetched,omitzero"` // when the content came
	Checked      time.Time `json:"checked,omitzero"` // when it was last compared
	Licence      string    `json:"licence,omitempty"`
	Attribution  string    `json:"attribution,omitempty"`
}

// Version is one network of the city.
type Version struct {
	ID       string         `json:"id"`      // of its inputs, see Identity
	Network  string         `json:"network"` // content hash of the network: what results name
	Format   int            `json:"network_format"`
	Program  string         `json:"program"` // that made it
	Made     time.Time      `json:"made"`
	Bytes    int64          `json:"bytes"` // of the network file
	Inputs   []Input        `json:"inputs"`
	First    string         `json:"first_date,omitempty"` // of service
	Last     string         `json:"last_date,omitempty"`
	Counts   map[string]int `json:"counts"`   // stops, routes, trips, ...
	Findings map[string]int `json:"findings"` // by level
}

// Input is the content of one file that a version was made of.
type Input struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// Current is the newest version, if there is one.
func (c *City) Current() (Version, bool) {
	if len(c.Versions) == 0 {
		return Version{}, false
	}
	return c.Versions[len(c.Versions)-1], true
}

// Source is the source with a path as the description writes it; an empty one where there is none.
func (c *City) Source(path string) Source {
	i := slices.IndexFunc(c.Sources, func(s Source) bool { return s.Path == path })
	if i < 0 {
		return Source{}
	}
	return c.Sources[i]
}

// Inputs are the contents that a version made now would have: the description
// first, then what it names.
func (c *City) Inputs() []Input {
	all := []Input{{c.Description.Path, c.Description.SHA256}}
	for _, s := range c.Sources {
		all = append(all, Input{s.Path, s.SHA256})
	}
	return all
}

// Identity is what a version is told apart by: the contents that it is made of,
// the format of networks and the program that makes them. Times and places do not matter.
func Identity(inputs []Input, format int, program string) string {
	hash := sha256.New()
	fmt.Fprintf(hash, "%d\n%q\n", format, program)
	for _, in := range inputs {
		fmt.Fprintf(hash, "%q %s\n", in.Path, in.SHA256)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// Find is the version whose network hash or id begins with the digits; a word
// that fits several, or none, finds nothing.
func (c *City) Find(digits string) (Version, bool) {
	var found []Version
	for _, v := range c.Versions {
		if digits != "" && (strings.HasPrefix(v.Network, digits) || strings.HasPrefix(v.ID, digits)) {
			found = append(found, v)
		}
	}
	if len(found) != 1 {
		return Version{}, false
	}
	return found[0], true
}

// nameShape is the shape of a city's name: that of an id, so that it can be a folder.
var nameShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// ValidName reports whether a word can be the name of a kept city.
func ValidName(name string) bool { return nameShape.MatchString(name) }
