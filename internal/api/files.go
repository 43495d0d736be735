package api

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/spreadsheet"
	"github.com/qala-city/qala/internal/workspace"
)

// upload is a body that is read as it comes.
type upload struct{ body io.Reader }

// Resolve takes the body of the request, which nothing else reads.
func (u *upload) Resolve(ctx huma.Context) []error {
	u.body = ctx.BodyReader()
	return nil
}

// FileIn names a file of a city. Folders within it are written with %2F.
type FileIn struct {
	CityIn
	Path string `path:"path" doc:"Path of the file below the city's folder, its slashes as %2F"`
}

func (d *door) files() {
	add(d, operation{need: role.Plan, method: http.MethodPut, path: "/cities/{city}/files/{path}", id: "putFile", tag: "cities", summary: "Keep a file of a city: a GTFS feed, streets, people, a table. A spreadsheet (.xlsx) is kept as CSV", errors: []int{412, 413, 415, 422, 428}, body: d.MostUpload, sends: "application/octet-stream"}, d.putFile)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/cities/{city}/files/{path}", id: "getFile", tag: "cities", summary: "A file of a city, as it was sent", kind: "application/octet-stream"}, d.getFile)
	add(d, operation{need: role.Plan, method: http.MethodDelete, path: "/cities/{city}/files/{path}", id: "deleteFile", tag: "cities", summary: "Take a file out of a city", errors: []int{409, 412, 428}}, d.deleteFile)
}

func (d *door) putFile(ctx context.Context, in *struct {
	FileIn
	Match
	upload
},
) (*One[City], error) {
	revision, err := in.revision()
	if err != nil {
		return nil, err
	}
	path, from, err := d.received(in.Path, in.body)
	if err != nil {
		return nil, err
	}
	item, err := d.Office.PutFile(ctx, by(ctx), in.City, path, from, revision)
	if err != nil {
		return nil, err
	}
	return one(cityOf(item), item.Revision), nil
}

// received is a file as it is kept: a spreadsheet as a table.
func (d *door) received(path string, body io.Reader) (string, io.Reader, error) {
	body = http.MaxBytesReader(nil, io.NopCloser(body), d.MostUpload)
	table, found := strings.CutSuffix(path, ".xlsx")
	if !found {
		return path, body, nil
	}
	text, err := spreadsheet.CSV(body)
	if err != nil {
		return "", nil, huma.NewError(http.StatusUnprocessableEntity, err.Error())
	}
	return table + ".csv", strings.NewReader(text), nil
}

func (d *door) getFile(ctx context.Context, in *struct {
	FileIn
	NoneMatch
},
) (*huma.StreamResponse, error) {
	body, file, err := d.Office.File(ctx, in.City, in.Path)
	if err != nil {
		return nil, err
	}
	return d.content(in.NoneMatch, body, file, map[string]string{"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"})
}

// content sends a kept content, with headers that say what it is.
func (d *door) content(n NoneMatch, body io.ReadSeekCloser, file workspace.File, headers map[string]string) (*huma.StreamResponse, error) {
	etag := `"` + string(file.Sum) + `"`
	if err := n.has(etag); err != nil {
		_ = body.Close() // it was not read
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer func() { _ = body.Close() }() // it was only read
		ctx.SetHeader("ETag", etag)
		ctx.SetHeader("Cache-Control", "private, no-cache")
		for name, value := range headers {
			ctx.SetHeader(name, value)
		}
		_, _ = io.Copy(ctx.BodyWriter(), body) // whoever hung up does not want the rest
	}}, nil
}

func (d *door) deleteFile(ctx context.Context, in *struct {
	FileIn
	Match
},
) (*One[City], error) {
	revision, err := in.revision()
	if err != nil {
		return nil, err
	}
	item, err := d.Office.RemoveFile(ctx, by(ctx), in.City, in.Path, revision)
	if err != nil {
		return nil, err
	}
	return one(cityOf(item), item.Revision), nil
}
