package ogc

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/qala-city/qala/internal/atlas"
)

// problem is what went wrong, as RFC 9457 has it.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
}

// refusal is an error that the caller can mend.
type refusal struct {
	status int
	detail string
}

func (r *refusal) Error() string { return r.detail }

// bad is the refusal of a query parameter.
func bad(format string, args ...any) error {
	return &refusal{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// Whoever hung up does not want the answer any more.
	_ = json.NewEncoder(w).Encode(problem{"about:blank", http.StatusText(status), status, detail})
}

// fail answers with what an error means to the caller.
func (d *door) fail(w http.ResponseWriter, r *http.Request, err error) {
	var refused *refusal
	switch {
	case errors.As(err, &refused):
		writeProblem(w, refused.status, refused.detail)
	case errors.Is(err, atlas.ErrUnknown):
		writeProblem(w, http.StatusNotFound, "there is no such collection or feature")
	default:
		if d.Failed != nil {
			d.Failed(r, err)
		}
		writeProblem(w, http.StatusInternalServerError, "the answer could not be made")
	}
}
