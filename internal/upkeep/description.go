package upkeep

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/qala-city/qala/internal/kept"
)

// take reads the description of a city that is new, and holds the city's lock
// when it succeeds.
func (j *job) take(from Description) (release func(), err error) {
	if from.Location == "" {
		return j.takeText(from.Text)
	}
	freeAll, err := j.Shelf.Lock(j.ctx, "", j.Waiting)
	if err != nil {
		return nil, err
	}
	defer freeAll()
	part, err := j.Shelf.Part("", from.Location)
	if err != nil {
		return nil, err
	}
	came, err := j.Fetch(j.ctx, Order{From: from.Location, Part: part})
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(part) }() // unless it was kept
	text, err := os.ReadFile(part)
	if err != nil {
		return nil, err
	}
	name := fileName(from.Location)
	if err := j.parse(name, text); err != nil {
		return nil, err
	}
	release, err = j.begin()
	if err != nil {
		return nil, err
	}
	if err := j.describe(part, name, from.Location, came); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// takeText keeps a description that was made on the command line as a file of
// the city, and takes the city from there.
func (j *job) takeText(text []byte) (release func(), err error) {
	if err := j.parse(madeName, text); err != nil {
		return nil, err
	}
	if release, err = j.begin(); err != nil {
		return nil, err
	}
	if err := j.describeText(text); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// madeName is how a description is called that has no file of its own.
const madeName = "city.yaml"

func (j *job) describeText(text []byte) error {
	at, err := j.Shelf.Describe(j.City.Name, text)
	if err != nil {
		return err
	}
	part, err := j.Shelf.Part(j.City.Name, at)
	if err != nil {
		return err
	}
	came, err := j.Fetch(j.ctx, Order{From: at, Part: part})
	if err != nil {
		return err
	}
	return j.describe(part, madeName, at, came)
}

// begin locks a city that has no version yet.
func (j *job) begin() (release func(), err error) {
	name := j.read.City.ID
	j.City.Name = name // also where it is not taken
	release, err = j.Shelf.Lock(j.ctx, name, j.Waiting)
	if err != nil {
		return nil, err
	}
	city, err := j.Shelf.Read(name)
	if _, made := city.Current(); made {
		err = fmt.Errorf("%s: %w", name, ErrKept)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		release()
		return nil, err
	}
	city.Format, city.Name = kept.Format, name
	j.City = city
	return release, nil
}

// describe keeps the content of a description.
func (j *job) describe(part, name, location string, came Came) error {
	if err := j.Shelf.Keep(j.City.Name, part, came.SHA256); err != nil {
		return err
	}
	state := arrived(j.City.Description.SHA256, came.SHA256)
	j.City.Description = kept.Source{Path: name, Location: location}
	j.settle(&j.City.Description, came, state)
	return j.Shelf.Write(j.City)
}

// refreshDescription looks for another description where the kept one came
// from. One with mistakes, or of another city, changes nothing.
func (j *job) refreshDescription() error {
	d := &j.City.Description
	if !j.offline {
		part, came, err := j.ask(*d, "")
		if err != nil {
			return err
		}
		if !came.Unchanged {
			return j.newDescription(part, came)
		}
		j.settle(d, came, Unchanged)
	} else {
		j.Arrivals = append(j.Arrivals, Arrival{Source: *d, State: Unasked})
	}
	text, err := j.content(d.SHA256)
	if err != nil {
		return err
	}
	return j.parse(d.Path, text)
}

func (j *job) newDescription(part string, came Came) error {
	text, err := os.ReadFile(part)
	if err != nil {
		return err
	}
	if err := j.parse(j.City.Description.Path, text); err != nil {
		return err
	}
	if j.read.City.ID != j.City.Name {
		return fmt.Errorf("%s: %w: %s", j.City.Name, ErrOtherCity, j.read.City.ID)
	}
	return j.describe(part, j.City.Description.Path, j.City.Description.Location, came)
}

// fileName is the last word of a location.
func fileName(location string) string {
	name := filepath.Base(location)
	if u, isURL := asURL(location); isURL {
		name = path.Base(u.Path)
	}
	if !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") {
		return madeName
	}
	return name
}

// asURL is a location as a URL; a path of this machine is none.
func asURL(location string) (*url.URL, bool) {
	if !strings.Contains(location, "://") {
		return nil, false
	}
	u, err := url.Parse(location)
	return u, err == nil
}

func onWeb(location string) bool {
	u, isURL := asURL(location)
	return isURL && u.Scheme != "file"
}

// errNoBase says that a relative path has nothing to count from.
var errNoBase = errors.New("a relative path needs a description with a place of its own")

// locate is where a file is that a description at base names.
func locate(name, base string) (string, error) {
	if _, isURL := asURL(name); isURL {
		if onWeb(base) && !onWeb(name) {
			return "", fmt.Errorf("%s: %w", name, ErrOutside)
		}
		return name, nil
	}
	from, isURL := asURL(base)
	switch {
	case base == "":
		return "", fmt.Errorf("%s: %w", name, errNoBase)
	case isURL && (filepath.IsAbs(name) || strings.HasPrefix(name, "/")) && onWeb(base):
		return "", fmt.Errorf("%s: %w", name, ErrOutside)
	case filepath.IsAbs(name):
		return filepath.FromSlash(name), nil
	case isURL:
		return from.ResolveReference(&url.URL{Path: name}).String(), nil
	}
	return filepath.Join(filepath.Dir(base), filepath.FromSlash(name)), nil
}
