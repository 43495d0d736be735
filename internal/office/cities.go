package office

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/workspace"
)

// DescriptionPath is where a city's description is kept among its files.
const DescriptionPath = "city.yaml"

// MostFiles is how many files a city may have.
const MostFiles = 1000

// CreateCity takes a city in by its description, the text of a city file. Its
// id is the one that the description gives.
func (d *Desk) CreateCity(ctx context.Context, by By, description []byte) (Item[workspace.City], bool, error) {
	city, _, err := readDescription(description)
	if err != nil {
		return Item[workspace.City]{}, false, err
	}
	sum, length, err := d.Contents.Put(ctx, bytes.NewReader(description))
	if err != nil {
		return Item[workspace.City]{}, false, err
	}
	body := workspace.City{
		Names: city.City.Names, Description: DescriptionPath,
		Files: []workspace.File{{Path: DescriptionPath, Sum: sum, Bytes: length}},
	}
	id, again, err := d.once(ctx, by, workspace.KindCity, func(w workspace.Writer) (string, error) {
		return city.City.ID, d.insert(w, by, workspace.Document{Kind: workspace.KindCity, ID: city.City.ID}, body)
	})
	if err != nil {
		return Item[workspace.City]{}, false, err
	}
	item, err := d.City(ctx, id)
	return item, again, err
}

func readDescription(text []byte) (cityfile.City, []finding.Finding, error) {
	var log finding.Log
	city, ok := cityfile.ReadCity(DescriptionPath, text, &log)
	if !ok || !kept.ValidName(city.City.ID) {
		return city, log.Findings(), &Refused{"the description of the city", log.Findings()}
	}
	return city, log.Findings(), nil
}

// City is one city.
func (d *Desk) City(ctx context.Context, id string) (Item[workspace.City], error) {
	return get[workspace.City](ctx, d, workspace.KindCity, id)
}

// Cities are those that are kept.
func (d *Desk) Cities(ctx context.Context, page workspace.Page) ([]Item[workspace.City], error) {
	return list[workspace.City](ctx, d, workspace.KindCity, "", page)
}

// RemoveCity forgets a city without events.
func (d *Desk) RemoveCity(ctx context.Context, id string, revision int64) error {
	return d.remove(ctx, workspace.KindCity, id, revision, workspace.KindEvent, workspace.KindBatch)
}

// PutFile keeps a file of a city in place of the one with that path, if there
// is one. At revision 0 of the city it does not matter who changed it meanwhile.
func (d *Desk) PutFile(ctx context.Context, by By, city, path string, from io.Reader, revision int64) (Item[workspace.City], error) {
	if err := checkPath(path); err != nil {
		return Item[workspace.City]{}, err
	}
	if _, err := d.City(ctx, city); err != nil {
		return Item[workspace.City]{}, err
	}
	var text bytes.Buffer
	if path == DescriptionPath {
		from = io.TeeReader(from, &text)
	}
	sum, length, err := d.Contents.Put(ctx, from)
	if err != nil {
		return Item[workspace.City]{}, err
	}
	var names *cityfile.City
	if path == DescriptionPath {
		described, _, err := readDescription(text.Bytes())
		if err != nil {
			return Item[workspace.City]{}, err
		}
		if described.City.ID != city {
			return Item[workspace.City]{}, fmt.Errorf("%w: the description is of city %q", ErrName, described.City.ID)
		}
		names = &described
	}
	file := workspace.File{Path: path, Sum: sum, Bytes: length}
	return change(ctx, d, by, workspace.KindCity, city, revision, func(_ workspace.Writer, body *workspace.City) error {
		if names != nil {
			body.Names = names.City.Names
		}
		body.Files = withFile(body.Files, file)
		if len(body.Files) > MostFiles {
			return fmt.Errorf("%d files: %w", len(body.Files), ErrTooMany)
		}
		return nil
	})
}

// withFile is a list of files, in the order of their paths, with one more or another one.
func withFile(files []workspace.File, file workspace.File) []workspace.File {
	at, found := slices.BinarySearchFunc(files, file.Path, func(f workspace.File, path string) int { return cmp.Compare(f.Path, path) })
	if found {
		files[at] = file
		return files
	}
	return slices.Insert(files, at, file)
}

// RemoveFile takes a file out of a city; the description stays.
func (d *Desk) RemoveFile(ctx context.Context, by By, city, path string, revision int64) (Item[workspace.City], error) {
	return change(ctx, d, by, workspace.KindCity, city, revision, func(_ workspace.Writer, body *workspace.City) error {
		at := slices.IndexFunc(body.Files, func(f workspace.File) bool { return f.Path == path })
		if at < 0 {
			return fmt.Errorf("file %q: %w", path, workspace.ErrNotFound)
		}
		if path == body.Description {
			return fmt.Errorf("%s: %w", path, ErrInUse)
		}
		body.Files = slices.Delete(body.Files, at, at+1)
		return nil
	})
}

// File is a file of a city, to be closed by the caller.
func (d *Desk) File(ctx context.Context, city, path string) (io.ReadSeekCloser, workspace.File, error) {
	item, err := d.City(ctx, city)
	if err != nil {
		return nil, workspace.File{}, err
	}
	return d.open(ctx, item.Content.Files, path)
}

func (d *Desk) open(ctx context.Context, files []workspace.File, path string) (io.ReadSeekCloser, workspace.File, error) {
	at := slices.IndexFunc(files, func(f workspace.File) bool { return f.Path == path })
	if at < 0 {
		return nil, workspace.File{}, fmt.Errorf("file %q: %w", path, workspace.ErrNotFound)
	}
	body, _, err := d.Contents.Open(ctx, files[at].Sum)
	return body, files[at], err
}

// Import orders a network to be made of a city's files as they are now. The
// same files are not imported twice by the same program.
func (d *Desk) Import(ctx context.Context, by By, city string) (workspace.Job, error) {
	var job workspace.Job
	err := d.Store.Write(ctx, func(w workspace.Writer) error {
		item, err := fetch[workspace.City](w, workspace.KindCity, city)
		if err != nil {
			return err
		}
		input := workspace.ImportInput{City: city, Description: item.Content.Description, Files: item.Content.Files}
		if job, err = d.order(w, by, workspace.TaskImport, input); err != nil {
			return err
		}
		item.Content.Import = job.ID
		if job.State == workspace.Done { // a version that was made before is the current one again
			if err := d.keepVersion(w, by, job); err != nil {
				return err
			}
			item.Content.Version = job.ID
		}
		_, err = d.replace(w, by, item.Document, item.Content)
		return err
	})
	d.announce(ctx, job, err)
	return job, err
}

// Version is a network that was made of a city.
func (d *Desk) Version(ctx context.Context, id string) (Item[workspace.Version], error) {
	return get[workspace.Version](ctx, d, workspace.KindVersion, id)
}

// Versions are the networks that were made of a city.
func (d *Desk) Versions(ctx context.Context, city string, page workspace.Page) ([]Item[workspace.Version], error) {
	return list[workspace.Version](ctx, d, workspace.KindVersion, city, page)
}

// Findings are what was found in the files of a version.
func (d *Desk) Findings(ctx context.Context, version string) ([]finding.Finding, error) {
	item, err := d.Version(ctx, version)
	if err != nil {
		return nil, err
	}
	var findings []finding.Finding
	return findings, d.readJSON(ctx, item.Content.Findings, &findings)
}

func (d *Desk) readJSON(ctx context.Context, sum workspace.Sum, to any) error {
	body, _, err := d.Contents.Open(ctx, sum)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(body)
	if err := errors.Join(err, body.Close()); err != nil {
		return err
	}
	return json.Unmarshal(data, to)
}
