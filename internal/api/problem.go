package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/office"
)

// Problem is an error as RFC 9457 has it, with the findings that explain it.
type Problem struct {
	Type     string              `json:"type" doc:"about:blank: the status says what kind of problem it is"`
	Title    string              `json:"title" doc:"What the status means"`
	Status   int                 `json:"status"`
	Detail   string              `json:"detail,omitempty" doc:"What is wrong with this request"`
	Code     Code                `json:"code,omitempty" doc:"The same for programs"`
	Errors   []*huma.ErrorDetail `json:"errors,omitempty" doc:"Which fields of the request are not as the contract says"`
	Findings []Told              `json:"findings,omitempty" doc:"What is wrong in a text or file that was sent"`
}

// Error is the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of a problem, for any kind of JSON.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func problemOf(status int, detail string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Code: codeOfStatus(status)}
}

func init() { //nolint:gochecknoinits // huma has one variable for how all errors look
	huma.NewError = func(status int, detail string, errs ...error) huma.StatusError {
		p := problemOf(status, detail)
		for _, err := range errs {
			if code, ok := codeOf(err); ok {
				p.Code = code
				continue
			}
			var part huma.ErrorDetailer
			if errors.As(err, &part) {
				p.Errors = append(p.Errors, part.ErrorDetail())
			}
		}
		return p
	}
}

// problem is the one place where an error becomes an answer. What is not the
// caller's fault is told to nobody but the log.
func (d *door) problem(ctx context.Context, err error) error {
	var asked huma.StatusError
	if errors.As(err, &asked) {
		return asked
	}
	var refused *office.Refused
	if errors.As(err, &refused) {
		p := problemOf(http.StatusUnprocessableEntity, refused.What+" is refused; the findings say why")
		p.Code = codeFindings
		p.Findings = told(refused.Findings, callOf(ctx).language)
		return p
	}
	var wait *access.Wait
	if errors.As(err, &wait) {
		seconds := strconv.Itoa(int((wait.For + time.Second - 1) / time.Second))
		return huma.ErrorWithHeaders(problemOf(http.StatusTooManyRequests, err.Error()), http.Header{"Retry-After": {seconds}})
	}
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		return problemOf(http.StatusRequestEntityTooLarge, errTooLong.Error())
	}
	for _, k := range kinds {
		if errors.Is(err, k.err) {
			p := problemOf(k.status, err.Error())
			p.Code = k.code
			return p
		}
	}
	if ctx.Err() == nil && d.Failed != nil {
		d.Failed(callOf(ctx).request, err)
	}
	return problemOf(http.StatusInternalServerError, "something is wrong with the server; its log says what")
}

// write answers with a problem outside of an operation.
func (p *Problem) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // whoever hung up does not want the answer
}
