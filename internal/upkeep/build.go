package upkeep

import (
	"slices"

	"github.com/qala-city/qala/internal/difference"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/network"
)

// build makes a version of the kept files, unless there is one already.
func (j *job) build() error {
	id := kept.Identity(j.City.Inputs(), network.Format, j.Program)
	current, made := j.City.Current()
	old := j.network(current.ID)
	if made && current.ID == id && old != nil {
		j.Version = current
		return nil
	}
	if current.ID != id {
		j.Previous = current
	}
	fresh, err := j.make(id)
	if err != nil {
		return err
	}
	j.Built = current.ID != id
	j.compare(old, fresh)
	return j.Shelf.Write(j.City)
}

// network is that of a version, nil where it cannot be opened.
func (j *job) network(id string) *network.Network {
	if id == "" {
		return nil
	}
	n, err := j.Shelf.Network(j.City.Name, id)
	if err != nil {
		return nil
	}
	return n
}

// make makes the version with an id the current one: an old one whose network
// is kept, else a new one.
func (j *job) make(id string) (*network.Network, error) {
	i := slices.IndexFunc(j.City.Versions, func(v kept.Version) bool { return v.ID == id })
	if i >= 0 {
		version := j.City.Versions[i]
		j.City.Versions = slices.Delete(j.City.Versions, i, i+1)
		if n := j.network(id); n != nil {
			j.current(version)
			return n, nil
		}
	}
	for _, in := range j.City.Inputs() {
		if err := j.Shelf.Check(j.City.Name, in.SHA256); err != nil {
			return nil, err
		}
	}
	files := j.files()
	imported, err := j.Import(j.ctx, Files{Dir: files, File: j.City.Description.Path, Outside: files.outside})
	j.Findings, j.Tallies = append(j.Findings, imported.Findings...), imported.Tallies
	if err != nil {
		return nil, err
	}
	version := kept.Version{
		ID: id, Format: network.Format, Program: j.Program, Made: j.now(), Inputs: j.City.Inputs(),
		First: imported.First, Last: imported.Last, Counts: imported.Counts, Findings: levels(j.Findings),
	}
	if version.Network, version.Bytes, err = j.Shelf.SaveNetwork(j.City.Name, id, imported.Network); err != nil {
		return nil, err
	}
	j.current(version)
	return imported.Network, nil
}

func (j *job) current(v kept.Version) {
	j.City.Versions = append(j.City.Versions, v)
	j.Version = v
}

// compare says what the new network has changed.
func (j *job) compare(old, fresh *network.Network) {
	switch {
	case j.Previous.ID == "":
	case old == nil:
		j.Findings = append(j.Findings, finding.Finding{Level: finding.Note, Code: codeNoComparison, Value: j.Previous.Network})
	default:
		d := difference.Between(old.Timetable, fresh.Timetable)
		j.Difference = &d
	}
}

func levels(findings []finding.Finding) map[string]int {
	counts := map[string]int{}
	for _, f := range findings {
		counts[string(f.Level)]++
	}
	return counts
}
