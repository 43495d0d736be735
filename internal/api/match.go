package api

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/workspace"
)

var (
	errNoMatch  = errors.New("send If-Match with the ETag of what you have seen, so that nobody's change is lost; * changes whatever is there")
	errBadMatch = errors.New("If-Match is not an ETag of this resource")
)

// tag is the ETag of a revision.
func tag(revision int64) string { return fmt.Sprintf(`"r%d"`, revision) }

// Match is what a change of a document asks for.
type Match struct {
	IfMatch string `header:"If-Match" doc:"ETag of the revision that is changed, or *"`
}

// revision is the one that may be changed, 0 for any.
func (m Match) revision() (int64, error) {
	switch m.IfMatch {
	case "":
		return 0, errNoMatch
	case "*":
		return 0, nil
	}
	digits, found := strings.CutPrefix(strings.Trim(m.IfMatch, `"`), "r")
	n, err := strconv.ParseInt(digits, 10, 64)
	if !found || err != nil || n < 1 {
		return 0, errBadMatch
	}
	return n, nil
}

// NoneMatch is what a reader has already.
type NoneMatch struct {
	IfNoneMatch string `header:"If-None-Match" doc:"ETags of what the caller has"`
}

// has answers 304 where the caller has what stands under a tag.
func (n NoneMatch) has(tag string) error {
	for _, one := range strings.Split(n.IfNoneMatch, ",") {
		one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
		if one == tag || one == "*" {
			return huma.ErrorWithHeaders(huma.Status304NotModified(), http.Header{"ETag": {tag}})
		}
	}
	return nil
}

// PageIn is a part of a list.
type PageIn struct {
	After string `query:"after" maxLength:"128" doc:"The last id of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

func (p PageIn) page() workspace.Page { return workspace.Page{After: p.After, Limit: p.Limit} }

// List is a page of items. Link names the next page where there may be one.
type List[T any] struct {
	Link string `header:"Link" doc:"The next page, rel=next, where there is one"`
	Body struct {
		Items []T    `json:"items" nullable:"false"`
		Next  string `json:"next,omitempty" doc:"after= of the next page; absent on the last one"`
	}
}

// listed is a page; a full one may have another after it.
func listed[T any](path string, p PageIn, items []T, last string) *List[T] {
	out := &List[T]{}
	out.Body.Items = append([]T{}, items...)
	if len(items) == p.Limit && last != "" {
		out.Body.Next = last
		out.Link = fmt.Sprintf("<%s%s?after=%s&limit=%d>; rel=\"next\"", Prefix, path, escape(last), p.Limit)
	}
	return out
}
