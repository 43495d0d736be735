package api

import (
	"errors"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/approval"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Code says what kind of problem it is, for programs and for whoever tells it in
// another language. A code keeps its meaning.
type Code string

// The codes of what no single error of a desk is the reason for.
const (
	codeRequest  Code = "request"   // not as the contract says
	codeSignIn   Code = "sign-in"   // nobody knows who asks
	codeRight    Code = "right"     // not for whoever asks
	codeNothing  Code = "not-found" // there is no such thing
	codeConflict Code = "conflict"
	codeStale    Code = "stale" // somebody else has changed it since
	codeLong     Code = "too-long"
	codeWait     Code = "wait" // tried, or asked, too often
	codeFault    Code = "server-fault"
	codeFindings Code = "findings" // the findings say what is wrong
	codeDevice   Code = "device-key"
	// Those of the gate before the door.
	codeForeign Code = "foreign-page"
	codeWord    Code = "word" // of another session
	codeHouse   Code = "this-machine-only"
	codeQuota   Code = "quota"
)

// kinds are the errors of the house as answers, the first that fits.
var kinds = []struct {
	err    error
	status int
	code   Code
}{
	{workspace.ErrNotFound, http.StatusNotFound, codeNothing},
	{workspace.ErrNoContent, http.StatusNotFound, codeNothing},
	{workspace.ErrExists, http.StatusConflict, "exists"},
	{workspace.ErrStale, http.StatusPreconditionFailed, codeStale},
	{workspace.ErrLimit, http.StatusRequestEntityTooLarge, codeLong},
	{office.ErrName, http.StatusUnprocessableEntity, "name"},
	{office.ErrPath, http.StatusUnprocessableEntity, "path"},
	{office.ErrRange, http.StatusUnprocessableEntity, "range"},
	{office.ErrText, http.StatusUnprocessableEntity, "text"},
	{office.ErrTooMany, http.StatusUnprocessableEntity, "too-many"},
	{office.ErrKeyReused, http.StatusUnprocessableEntity, "key-reused"},
	{office.ErrNoNetwork, http.StatusConflict, "no-network"},
	{office.ErrNoResults, http.StatusConflict, "no-results"},
	{office.ErrInUse, http.StatusConflict, "in-use"},
	{access.ErrRefused, http.StatusUnauthorized, "refused"},
	{access.ErrCode, http.StatusUnauthorized, "code"},
	{access.ErrToken, http.StatusUnauthorized, codeSignIn},
	{access.ErrLink, http.StatusGone, "link"},
	{access.ErrPassword, http.StatusUnprocessableEntity, "password"},
	{access.ErrLogin, http.StatusUnprocessableEntity, "login"},
	{access.ErrName, http.StatusUnprocessableEntity, "person-name"},
	{access.ErrNeed, http.StatusUnprocessableEntity, "key-need"},
	{access.ErrTaken, http.StatusConflict, "login-taken"},
	{access.ErrLast, http.StatusConflict, "last-administrator"},
	{access.ErrClosed, http.StatusConflict, "account-closed"},
	{access.ErrFactor, http.StatusConflict, "no-factor"},
	{access.ErrBegun, http.StatusConflict, "begun"},
	{role.ErrRole, http.StatusUnprocessableEntity, "role"},
	{role.ErrGuest, http.StatusUnprocessableEntity, "guest"},
	{role.ErrWhole, http.StatusUnprocessableEntity, "whole"},
	{role.ErrScope, http.StatusUnprocessableEntity, "scope"},
	{approval.ErrAllowed, http.StatusForbidden, codeRight},
	{approval.ErrSecond, http.StatusForbidden, "second-person"},
	{approval.ErrPerson, http.StatusForbidden, "not-by-key"},
	{approval.ErrState, http.StatusConflict, "plan-state"},
	{approval.ErrOutdated, http.StatusConflict, "run-outdated"},
	{approval.ErrSigned, http.StatusPreconditionFailed, "plan-changed"},
	{approval.ErrRuns, http.StatusUnprocessableEntity, "plan-runs"},
	{approval.ErrName, http.StatusUnprocessableEntity, "plan-name"},
	{approval.ErrRule, http.StatusUnprocessableEntity, "rule"},
	{errNobody, http.StatusConflict, "open-house"},
	{errNoMatch, http.StatusPreconditionRequired, "revision-missing"},
	{errBadMatch, http.StatusBadRequest, "revision"},
	{errKey, http.StatusBadRequest, "idempotency-key"},
	{errTooLong, http.StatusRequestEntityTooLarge, codeLong},
}

// codeOf is the code of an error; ok is false for one that the table does not know.
func codeOf(err error) (code Code, ok bool) {
	var p *Problem
	if errors.As(err, &p) {
		return p.Code, true
	}
	for _, k := range kinds {
		if errors.Is(err, k.err) {
			return k.code, true
		}
	}
	return "", false
}

// codeOfStatus is the code where only the status is known.
func codeOfStatus(status int) Code {
	switch status {
	case http.StatusUnauthorized:
		return codeSignIn
	case http.StatusForbidden:
		return codeRight
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return codeNothing
	case http.StatusConflict:
		return codeConflict
	case http.StatusPreconditionFailed:
		return codeStale
	case http.StatusRequestEntityTooLarge:
		return codeLong
	case http.StatusTooManyRequests:
		return codeWait
	}
	if status >= http.StatusInternalServerError {
		return codeFault
	}
	return codeRequest
}

// Schema is an enumeration of all codes, so that whoever tells them in a language finds them in the contract.
func (Code) Schema(huma.Registry) *huma.Schema {
	all := []Code{
		codeRequest, codeSignIn, codeRight, codeNothing, codeConflict, codeStale, codeLong, codeWait, codeFault, codeFindings, codeDevice,
		codeForeign, codeWord, codeHouse, codeQuota,
	}
	for _, k := range kinds {
		all = append(all, k.code)
	}
	slices.Sort(all)
	s := &huma.Schema{Type: huma.TypeString}
	for _, code := range slices.Compact(all) {
		s.Enum = append(s.Enum, string(code))
	}
	return s
}
