package ogc

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// format is how a resource is told.
type format int

const (
	asJSON format = iota
	asHTML
)

// The media types.
const (
	typeJSON    = "application/json"
	typeGeoJSON = "application/geo+json"
	typeOpenAPI = "application/vnd.oai.openapi+json;version=3.0"
	typeHTML    = "text/html"
	typeProblem = "application/problem+json"
)

// names are the values of the parameter f.
var names = map[string]format{"json": asJSON, "html": asHTML}

// chosen is the format that a caller wants: by the parameter f, else by Accept.
// JSON stands for each of its kinds, as a client that asks for GeoJSON reads the
// collections too.
func chosen(r *http.Request, f string) (format, error) {
	if f != "" {
		choice, known := names[f]
		if !known {
			return 0, bad("f=%q: json or html", f)
		}
		return choice, nil
	}
	accept := strings.Join(r.Header.Values("Accept"), ",")
	if strings.TrimSpace(accept) == "" {
		return asJSON, nil
	}
	json, html := weight(accept, false), weight(accept, true)
	switch {
	case json <= 0 && html <= 0:
		return 0, &refusal{http.StatusNotAcceptable, "told as JSON or as HTML only"}
	case html > json:
		return asHTML, nil
	}
	return asJSON, nil
}

// weight is how much a format is wanted, 0 to 1: what names it most closely decides.
func weight(accept string, html bool) float64 {
	best, closest := 0.0, 0
	for part := range strings.SplitSeq(accept, ",") {
		media, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		near := closeness(media, html)
		q := 1.0
		if text, told := parameters["q"]; told {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		if near > closest || near == closest && near > 0 && q > best {
			best, closest = q, near
		}
	}
	return best
}

// closeness is 3 for the format itself, 2 for its family, 1 for anything, 0 for another.
func closeness(media string, html bool) int {
	family, kind, _ := strings.Cut(media, "/")
	switch {
	case media == "*/*":
		return 1
	case html && media == typeHTML, !html && family == "application" && (kind == "json" || strings.HasSuffix(kind, "+json")):
		return 3
	case kind == "*" && family == "text" && html, kind == "*" && family == "application" && !html:
		return 2
	}
	return 0
}
