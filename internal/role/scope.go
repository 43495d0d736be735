package role

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Scope is where a grant holds. The zero Scope is nowhere.
type Scope struct{ kind, id string }

// The kinds of scopes, which are the words before the colon of a scope's text.
const (
	scopeEverything = "everything"
	scopeCity       = "city"
	scopeAgency     = "agency"
	scopeEvent      = "event"
)

// Everything is the scope of the whole house.
var Everything = Scope{kind: scopeEverything}

// InCity is the scope of one city and all that belongs to it.
func InCity(id string) Scope { return Scope{scopeCity, id} }

// OfAgency is the scope of one agency; its id is the city's and its own, with a slash between.
func OfAgency(id string) Scope { return Scope{scopeAgency, id} }

// OfEvent is the scope of one event; its id is the city's and its own, with a slash between.
func OfEvent(id string) Scope { return Scope{scopeEvent, id} }

// ErrScope is the error of a text that is no scope.
var ErrScope = errors.New("a scope is everything, city:ID, agency:CITY/ID or event:CITY/ID")

// ParseScope reads the text of a scope.
func ParseScope(text string) (Scope, error) {
	kind, id, _ := strings.Cut(text, ":")
	s := Scope{kind, id}
	if !s.Valid() || s.String() != text {
		return Scope{}, fmt.Errorf("%.64q: %w", text, ErrScope)
	}
	return s, nil
}

// Valid reports whether the scope is one of those that there are.
func (s Scope) Valid() bool {
	if len(s.id) > 128 || !utf8.ValidString(s.id) || strings.ContainsFunc(s.id, unicode.IsControl) {
		return false
	}
	city, own, below := strings.Cut(s.id, "/")
	switch s.kind {
	case scopeEverything:
		return s.id == ""
	case scopeCity:
		return city != "" && !below
	case scopeAgency, scopeEvent:
		return city != "" && own != "" && !strings.Contains(own, "/")
	}
	return false
}

// String is the text of the scope; "" for the zero one.
func (s Scope) String() string {
	if s.id == "" {
		return s.kind
	}
	return s.kind + ":" + s.id
}

// MarshalText is the text of the scope.
func (s Scope) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads it. An empty text is nowhere.
func (s *Scope) UnmarshalText(text []byte) (err error) {
	*s = Scope{}
	if len(text) > 0 {
		*s, err = ParseScope(string(text))
	}
	return err
}

// ofEvent reports whether the scope is that of an event.
func (s Scope) ofEvent() bool { return s.kind == scopeEvent }

// city is the city that the scope lies in; "" for everything.
func (s Scope) city() string {
	city, _, _ := strings.Cut(s.id, "/")
	return city
}

// Place is what a request is about. Fields that it has nothing to do with are empty.
type Place struct {
	City   string
	Agency string // the city's id and its own, with a slash between
	Event  string // the same; also that of its scenarios, runs and plans
}

// PlaceOf is the place of a thing below an event by its id, as scenarios have
// it: city/event/..., and of a city by its own.
func PlaceOf(id string) Place {
	parts := strings.SplitN(id, "/", 3)
	place := Place{City: parts[0]}
	if len(parts) > 1 {
		place.Event = parts[0] + "/" + parts[1]
	}
	return place
}

// city is the city that the place lies in.
func (p Place) city() string {
	for _, id := range []string{p.City, p.Event, p.Agency} {
		if city, _, _ := strings.Cut(id, "/"); city != "" {
			return city
		}
	}
	return ""
}

// Covers reports whether the scope takes a place in.
//
//	scope        the city   its agency A   its event E   elsewhere
//	everything   yes        yes            yes           yes
//	city         yes        yes            yes           no
//	agency A     no         yes            with A only   no
//	event E      no         with E only    yes           no
//
// A place that names several cities is in none.
func (s Scope) Covers(p Place) bool {
	if !p.sound() {
		return false
	}
	switch s.kind {
	case scopeEverything:
		return true
	case scopeCity:
		return p.city() == s.id
	case scopeAgency:
		return p.Agency == s.id
	case scopeEvent:
		return p.Event == s.id
	}
	return false
}

func (p Place) sound() bool {
	city := p.city()
	for _, id := range []string{p.City, p.Event, p.Agency} {
		if its, _, _ := strings.Cut(id, "/"); id != "" && its != city {
			return false
		}
	}
	return true
}

// background reports whether the place is the city around a scope, and nothing
// particular in it: whoever may look at an event sees the city that it is in.
func (s Scope) background(p Place) bool {
	return p.City != "" && p.City == s.city() && p.Event == "" && p.Agency == ""
}

// Grant is a role that somebody has somewhere, until some day.
type Grant struct {
	Role  Role      `json:"role"`
	Scope Scope     `json:"scope"`
	Until time.Time `json:"until,omitzero"` // zero: without an end
}

// The errors of grants.
var (
	ErrRole  = errors.New("there is no such role")
	ErrGuest = errors.New("guests have an event, and an end")
	ErrWhole = errors.New("an administrator administers everything")
)

// Check is nil for a grant that makes sense.
func (g Grant) Check() error {
	switch {
	case !slices.Contains(Roles, g.Role):
		return fmt.Errorf("%.32q: %w", g.Role, ErrRole)
	case !g.Scope.Valid():
		return ErrScope
	case g.Role.Guest() && (!g.Scope.ofEvent() || g.Until.IsZero()):
		return fmt.Errorf("%s: %w", g.Role, ErrGuest)
	case g.Role == Administrator && g.Scope != Everything:
		return ErrWhole
	}
	return nil
}

// Holds reports whether the grant has not ended.
func (g Grant) Holds(at time.Time) bool { return g.Until.IsZero() || at.Before(g.Until) }

// Subject is somebody whose rights are asked about.
type Subject struct {
	Who    string // a reference
	Grants []Grant
	// Only, unless it is nil, are the names of the needs that the subject may meet
	// at all: those of an API key.
	Only []string
}

// Allowed reports whether a subject may do at a place what a need says. A
// grant for an event or an agency also lets its holder look at the city around it.
func Allowed(s Subject, need Need, on Place, at time.Time) bool {
	if need.Open() {
		return true
	}
	return s.has(need, at, func(g Grant) bool {
		return g.Scope.Covers(on) || (need.Name() == Look.Name() && g.Scope.background(on))
	})
}

// Anywhere reports whether a subject meets a need in some place: a door asks it
// before it knows the place, and of a list, from which it then leaves out what
// is not Allowed.
func (s Subject) Anywhere(need Need, at time.Time) bool {
	if need.Own() {
		return s.Who != "" && s.Only == nil
	}
	return need.Open() || s.has(need, at, func(Grant) bool { return true })
}

func (s Subject) has(need Need, at time.Time, where func(Grant) bool) bool {
	if s.Only != nil && !slices.Contains(s.Only, need.Name()) {
		return false
	}
	return slices.ContainsFunc(s.Grants, func(g Grant) bool {
		return g.Holds(at) && g.Scope.Valid() && need.Met(g.Role) && where(g)
	})
}

// Roles are those that the subject has somewhere at a moment.
func (s Subject) Roles(at time.Time) []Role {
	var roles []Role
	for _, g := range s.Grants {
		if g.Holds(at) && !slices.Contains(roles, g.Role) {
			roles = append(roles, g.Role)
		}
	}
	return roles
}
