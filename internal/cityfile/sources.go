package cityfile

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/plainyaml"
)

// Source is what city.yaml says of a file that it names elsewhere: whose it
// is, and how to know that it is the right one.
type Source struct {
	Path        string // as it is named elsewhere: a file, a folder or a URL
	Licence     string // "" where nothing is said
	Attribution string // whom the licence asks to name
	SHA256      string // in lower-case hexadecimal digits; "" lets every content pass
}

// Paths are all files that city.yaml names, in the order of City's fields.
// Whatever field is added to City is found too: a path that was forgotten here
// would never be fetched.
func (c City) Paths() []Path {
	var found []Path
	gatherPaths(reflect.ValueOf(c), &found)
	return found
}

func gatherPaths(v reflect.Value, found *[]Path) {
	if !v.CanInterface() {
		return
	}
	if p, ok := v.Interface().(Path); ok {
		if p.Given() {
			*found = append(*found, p)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			gatherPaths(v.Field(i), found)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			gatherPaths(v.Index(i), found)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			gatherPaths(v.Elem(), found)
		}
	}
}

// Field is where city.yaml names the file, such as feeds[0].path.
func (p Path) Field() string { return p.spot.Field() }

// Line is where city.yaml names the file; 0 where it does not.
func (p Path) Line() int { return p.spot.Line() }

// shaShape is a SHA-256 as it is usually written.
var shaShape = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)

// addSources reads what is said of the files, and credits their makers.
func (c *City) addSources(s plainyaml.Spot) {
	var names []string
	for _, p := range c.Paths() {
		names = append(names, p.Name)
	}
	known := map[string]bool{}
	for _, entry := range s.List() {
		source, at := readSource(entry)
		switch {
		case source.Path == "":
			continue
		case !slices.Contains(names, source.Path):
			at.Refuse(codeUnknownSource, "known", strings.Join(names, ", "))
		case known[source.Path]:
			at.Refuse(codeTwice)
		}
		known[source.Path] = true
		c.Sources = append(c.Sources, source)
		c.credit(source)
	}
}

func readSource(entry plainyaml.Spot) (Source, plainyaml.Spot) {
	o := entry.Object("path", "licence", "attribution", "sha256")
	at, sum := o.Need("path"), o.May("sha256")
	source := Source{at.Word(), o.May("licence").Word(), o.May("attribution").Word(), strings.ToLower(sum.Written())} // which may look like a number
	if source.SHA256 != "" && !shaShape.MatchString(source.SHA256) {
		sum.Refuse(codeNotSHA256)
	}
	return source, at
}

// credit names a source that has a licence in every result.
func (c *City) credit(s Source) {
	if s.Licence == "" {
		return
	}
	credit := basis.Credit{Holder: s.Attribution, Licence: s.Licence, For: shown(s.Path)}
	if credit.Holder == "" {
		credit.Holder = credit.For
	}
	c.Credits = append(c.Credits, credit)
}

// shown is a path without the parts of a URL that may hold somebody's key.
func shown(path string) string {
	scheme, rest, isURL := strings.Cut(path, "://")
	if !isURL {
		return strings.TrimPrefix(path, "${QALA_DATA}/")
	}
	rest, _, _ = strings.Cut(rest, "?")
	rest, _, _ = strings.Cut(rest, "#")
	host, file, _ := strings.Cut(rest, "/")
	if at := strings.LastIndex(host, "@"); at >= 0 {
		host = host[at+1:]
	}
	return strings.TrimSuffix(scheme+"://"+host+"/"+file, "/")
}
