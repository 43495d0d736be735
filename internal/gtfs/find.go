package gtfs

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/finding"
)

// mandatory are the files without which there is no feed; of the calendars one
// is enough.
var mandatory = []string{"agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt"}

// used are the files that Read reads if they are there.
var used = append(slices.Clone(mandatory), "calendar.txt", "calendar_dates.txt", "frequencies.txt",
	"transfers.txt", "shapes.txt", "translations.txt", "feed_info.txt", "levels.txt", "pathways.txt")

// unused are the files of GTFS that a timetable can do without.
var unused = []string{
	"areas.txt", "attributions.txt", "booking_rules.txt", "fare_attributes.txt", "fare_leg_join_rules.txt",
	"fare_leg_rules.txt", "fare_media.txt", "fare_products.txt", "fare_rules.txt", "fare_transfer_rules.txt",
	"location_group_stops.txt", "location_groups.txt", "networks.txt",
	"rider_categories.txt", "route_networks.txt", "stop_areas.txt", "timeframes.txt",
}

// Bounds of the search in a folder that is no feed at all.
const (
	deepest     = 4
	mostEntries = 20_000
)

var errTooMany = errors.New("too many files to search")

// find looks for the folder with the feed and notes where each file is.
func (r *reader) find() error {
	folders, err := r.folders()
	if err != nil {
		return r.failure(Damaged, "", err)
	}
	folder, failed := chooseFolder(folders)
	if failed != "" {
		return r.failure(failed, "", nil)
	}
	r.paths = map[string]string{}
	for _, file := range folders[folder] {
		r.place(file)
	}
	return r.complete()
}

// folders are the text files by folder, in alphabetical order.
func (r *reader) folders() (map[string][]string, error) {
	found, entries := map[string][]string{}, 0
	err := fs.WalkDir(r.src.FS, ".", func(file string, d fs.DirEntry, err error) error {
		if entries++; err != nil || entries > mostEntries {
			return errors.Join(err, errIf(entries > mostEntries, errTooMany), r.ctx.Err())
		}
		if d.IsDir() {
			return skipFolder(file)
		}
		if base := path.Base(file); strings.HasSuffix(strings.ToLower(base), ".txt") && !strings.HasPrefix(base, ".") {
			found[path.Dir(file)] = append(found[path.Dir(file)], file)
		}
		return nil
	})
	return found, err
}

func errIf(holds bool, err error) error {
	if holds {
		return err
	}
	return nil
}

// skipFolder passes over what a Mac adds to a zip, hidden folders and depths
// where no feed lies.
func skipFolder(folder string) error {
	base := path.Base(folder)
	hidden := base != "." && strings.HasPrefix(base, ".")
	if base == "__MACOSX" || hidden || strings.Count(folder, "/") >= deepest {
		return fs.SkipDir
	}
	return nil
}

// chooseFolder is the one nearest to the top that holds a mandatory file.
func chooseFolder(folders map[string][]string) (folder string, failed finding.Code) {
	failed = NoFeed
	least := deepest + 2
	for name, files := range folders {
		depth := strings.Count(name+"/", "/")
		if name == "." {
			depth = 0
		}
		if !slices.ContainsFunc(files, isMandatory) || depth > least {
			continue
		}
		if depth == least {
			failed = SeveralFeeds
			continue
		}
		folder, failed, least = name, "", depth
	}
	return folder, failed
}

func isMandatory(file string) bool {
	return slices.Contains(mandatory, strings.ToLower(path.Base(file)))
}

// place notes where a file is; of two whose names differ by capitals the one
// in small letters counts, else the first.
func (r *reader) place(file string) {
	name := strings.ToLower(path.Base(file))
	if !slices.Contains(used, name) {
		if !slices.Contains(unused, name) {
			r.log.Add(finding.Finding{Level: finding.Note, Code: codeUnknownFile, File: r.label(path.Base(file))})
		}
		return
	}
	if _, twice := r.paths[name]; twice {
		r.log.Add(finding.Finding{Level: finding.Warning, Code: codeFileTwice, File: r.label(name)})
		if path.Base(file) != name {
			return
		}
	}
	r.paths[name] = file
}

// complete makes sure that all mandatory files are there.
func (r *reader) complete() error {
	var missing []string
	for _, name := range mandatory {
		if r.paths[name] == "" {
			missing = append(missing, name)
		}
	}
	if r.paths["calendar.txt"] == "" && r.paths["calendar_dates.txt"] == "" {
		missing = append(missing, "calendar.txt")
	}
	for _, name := range missing {
		r.log.Add(finding.Finding{Level: finding.Error, Code: codeMissingFile, File: r.label(name)})
	}
	if len(missing) > 0 {
		return r.failure(Incomplete, strings.Join(missing, ", "), nil)
	}
	return nil
}

// label is a file's name in findings.
func (r *reader) label(file string) string { return path.Join(r.src.Name, file) }
