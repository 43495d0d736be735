package upkeep

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/kept"
)

// bring asks for every source of the description. The index is written after
// each, so that an interrupted command need not ask again for what has come.
func (j *job) bring() error {
	if err := j.listSources(); err != nil {
		return err
	}
	for i := range j.City.Sources {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		if err := j.bringOne(&j.City.Sources[i]); err != nil {
			return err
		}
	}
	if j.offline {
		return nil
	}
	return j.Shelf.Write(j.City)
}

// listSources lists what the description names now, each with the content
// that is kept from the same place.
func (j *job) listSources() error {
	before := j.City
	said := map[string]cityfile.Source{}
	for _, s := range j.read.Sources {
		said[s.Path] = s
	}
	j.City.Sources = nil
	for _, p := range j.read.Paths() {
		known := slices.ContainsFunc(j.City.Sources, func(s kept.Source) bool { return s.Path == p.Name })
		if known {
			continue // two feeds from one file
		}
		location, err := j.locate(p.Name)
		if err != nil {
			return err
		}
		s := before.Source(p.Name)
		if s.Location != location {
			s = kept.Source{Path: p.Name, Location: location}
		}
		s.Field, s.Licence, s.Attribution = p.Field(), said[p.Name].Licence, said[p.Name].Attribution
		j.City.Sources = append(j.City.Sources, s)
	}
	return nil
}

// locate is where a file is that the description names.
func (j *job) locate(name string) (string, error) {
	base := j.City.Description.Location
	if !onWeb(base) {
		expanded, err := j.Expand(filepath.Dir(base), name)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		name = expanded
	}
	return locate(name, base)
}

func (j *job) bringOne(s *kept.Source) error {
	want := j.checksum(s.Path)
	if j.offline {
		j.Arrivals = append(j.Arrivals, Arrival{Source: *s, State: Unasked})
		switch {
		case !j.Shelf.Has(j.City.Name, s.SHA256, s.Bytes):
			return fmt.Errorf("%s: %w", s.Path, ErrNotFetched)
		case want != "" && want != s.SHA256:
			return fmt.Errorf("%s: %w", s.Path, ErrChecksum)
		}
		return nil
	}
	part, came, err := j.ask(*s, want)
	if err != nil {
		return err
	}
	if came.Unchanged {
		j.settle(s, came, Unchanged)
		return nil
	}
	if err := j.Shelf.Keep(j.City.Name, part, came.SHA256); err != nil {
		return err
	}
	j.settle(s, came, arrived(s.SHA256, came.SHA256))
	return j.Shelf.Write(j.City)
}

// arrived is how a content that came stands to the one before. The same one
// comes when it was lost.
func arrived(before, now string) State {
	switch before {
	case "":
		return New
	case now:
		return Unchanged
	}
	return Changed
}

// checksum is the one that the description asks of a source; "" allows any.
func (j *job) checksum(name string) string {
	i := slices.IndexFunc(j.read.Sources, func(s cityfile.Source) bool { return s.Path == name })
	if i < 0 {
		return ""
	}
	return j.read.Sources[i].SHA256
}

// ask fetches a source unless it is the content that is kept.
func (j *job) ask(s kept.Source, want string) (part string, came Came, err error) {
	if part, err = j.Shelf.Part(j.City.Name, s.Location); err != nil {
		return "", Came{}, err
	}
	order := Order{From: s.Location, Part: part, SHA256: want}
	if j.Shelf.Has(j.City.Name, s.SHA256, s.Bytes) {
		order.Known, order.ETag, order.LastModified = s.SHA256, s.ETag, s.LastModified
	}
	came, err = j.Fetch(j.ctx, order)
	return part, came, err
}

// settle takes what came into a source.
func (j *job) settle(s *kept.Source, came Came, state State) {
	s.Checked = j.now()
	if !came.Unchanged {
		s.SHA256, s.Bytes, s.Fetched = came.SHA256, came.Bytes, s.Checked
	}
	if came.ETag != "" || came.LastModified != "" {
		s.ETag, s.LastModified = came.ETag, came.LastModified
	}
	j.Arrivals = append(j.Arrivals, Arrival{*s, state, came.Resumed})
}

// shelved is a city's kept files under the names that its description gives them.
type shelved struct {
	open func(sum string) (fs.File, error)
	sums map[string]string
}

// files are the kept files of the city.
func (j *job) files() shelved {
	s := shelved{
		open: func(sum string) (fs.File, error) { return j.Shelf.Open(j.City.Name, sum) },
		sums: map[string]string{sumName(j.City.Description.SHA256): j.City.Description.SHA256},
	}
	for _, source := range j.City.Sources {
		s.sums[path.Clean(source.Path)] = source.SHA256
	}
	s.sums[j.City.Description.Path] = j.City.Description.SHA256
	return s
}

// sumName is the name under which a content is found whatever a description calls it.
func sumName(sum string) string { return ".sha256-" + sum }

// Open opens a file by the name in the description, which may be a URL.
func (s shelved) Open(name string) (fs.File, error) {
	sum, known := s.sums[name]
	if !known {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return s.open(sum)
}

// outside opens what the description names beyond its folder.
func (s shelved) outside(name string) (fs.FS, string, error) { return s, path.Clean(name), nil }
