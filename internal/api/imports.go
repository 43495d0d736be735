package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Version is a network that was made of a city's files.
type Version struct {
	Kept
	Program   string          `json:"program"`
	Network   string          `json:"network" doc:"Hash of the network, which results name"`
	Counts    map[string]int  `json:"counts" doc:"Stops, routes, trips, ..."`
	FirstDate string          `json:"first_date,omitempty"`
	LastDate  string          `json:"last_date,omitempty"`
	Findings  map[string]int  `json:"findings" doc:"How many, by level"`
	Tallies   []finding.Tally `json:"tallies" nullable:"false" doc:"Rows of each file, kept and left out"`
}

func versionOf(item office.Item[workspace.Version]) Version {
	v := item.Content
	return Version{kept(item.Document), v.Program, v.Hash, v.Counts, v.FirstDate, v.LastDate, v.Levels, append([]finding.Tally{}, v.Tallies...)}
}

// VersionIn names a version.
type VersionIn struct {
	CityIn
	Version string `path:"version" maxLength:"64" doc:"Id of a version, or current"`
}

func (d *door) imports() {
	add(d, operation{need: role.Plan, method: http.MethodPost, path: "/cities/{city}/imports", id: "importCity", tag: "cities", summary: "Have a network made of the city's files; the same files are not imported twice", status: http.StatusAccepted, errors: []int{422}}, d.importCity)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/cities/{city}/versions", id: "listVersions", tag: "cities", summary: "The networks that were made of a city"}, d.listVersions)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/cities/{city}/versions/{version}", id: "getVersion", tag: "cities", summary: "A network"}, d.getVersion)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/cities/{city}/versions/{version}/findings", id: "listFindings", tag: "cities", summary: "What was found in the files, in the language that is asked for"}, d.listFindings)
}

func (d *door) importCity(ctx context.Context, in *CityIn) (*Accepted, error) {
	job, err := d.Office.Import(ctx, by(ctx), in.City)
	if err != nil {
		return nil, err
	}
	return accepted(job), nil
}

func (d *door) listVersions(ctx context.Context, in *struct {
	CityIn
	PageIn
},
) (*List[Version], error) {
	if _, err := d.Office.City(ctx, in.City); err != nil {
		return nil, err
	}
	items, err := d.Office.Versions(ctx, in.City, in.page())
	return mapped("/cities/"+in.City+"/versions", in.PageIn, items, versionOf, err)
}

// version is the one that a path names.
func (d *door) version(ctx context.Context, in VersionIn) (office.Item[workspace.Version], error) {
	id := in.Version
	if id == "current" {
		city, err := d.Office.City(ctx, in.City)
		if err != nil {
			return office.Item[workspace.Version]{}, err
		}
		if id = city.Content.Version; id == "" {
			return office.Item[workspace.Version]{}, office.ErrNoNetwork
		}
	}
	item, err := d.Office.Version(ctx, id)
	if err == nil && item.Parent != in.City {
		err = fmt.Errorf("version %q of %s: %w", id, in.City, workspace.ErrNotFound)
	}
	return item, err
}

// network is the network of a version.
func (d *door) network(ctx context.Context, in VersionIn) (*network.Network, error) {
	item, err := d.version(ctx, in)
	if err != nil {
		return nil, err
	}
	return d.Office.Network(ctx, item.Content)
}

func (d *door) getVersion(ctx context.Context, in *struct {
	VersionIn
	NoneMatch
},
) (*One[Version], error) {
	item, err := d.version(ctx, in.VersionIn)
	if err != nil {
		return nil, err
	}
	return seen(in.NoneMatch, versionOf(item), item.Revision)
}

// Cut asks for a part of a list that is held in memory.
type Cut struct {
	Offset int `query:"offset" minimum:"0" doc:"How many are passed over"`
	Limit  int `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

// Part is a part of a list, with how many there are.
type Part[T any] struct {
	Link string `header:"Link"`
	Body struct {
		Items []T `json:"items" nullable:"false"`
		Total int `json:"total"`
	}
}

// part is the part of a list that is asked for.
func part[T any](path string, c Cut, all []T) *Part[T] {
	out := &Part[T]{}
	from := min(c.Offset, len(all))
	to := min(from+c.Limit, len(all))
	out.Body.Items, out.Body.Total = append([]T{}, all[from:to]...), len(all)
	if to < len(all) {
		out.Link = fmt.Sprintf("<%s%s?offset=%d&limit=%d>; rel=\"next\"", Prefix, path, to, c.Limit)
	}
	return out
}

func (d *door) listFindings(ctx context.Context, in *struct {
	VersionIn
	Cut
	Level string `query:"level" enum:"note,warning,error" doc:"Only those of this level"`
	Lang  string `query:"lang" enum:"en,kk,ru,zh"`
},
) (*Part[Told], error) {
	item, err := d.version(ctx, in.VersionIn)
	if err != nil {
		return nil, err
	}
	findings, err := d.Office.Findings(ctx, item.ID)
	if err != nil {
		return nil, err
	}
	var wanted []finding.Finding
	for _, f := range findings {
		if in.Level == "" || string(f.Level) == in.Level {
			wanted = append(wanted, f)
		}
	}
	path := "/cities/" + in.City + "/versions/" + in.Version + "/findings"
	return part(path, in.Cut, told(wanted, callOf(ctx).language)), nil
}
