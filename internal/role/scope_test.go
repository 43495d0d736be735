package role

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

var (
	noon  = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	later = noon.Add(time.Hour)
)

func TestScopesCoverWhatIsInThem(t *testing.T) {
	city := Place{City: "astana"}
	match := Place{City: "astana", Event: "astana/match"}
	buses := Place{City: "astana", Agency: "astana/buses"}
	busesAtMatch := Place{City: "astana", Event: "astana/match", Agency: "astana/buses"}
	elsewhere := Place{City: "porto", Event: "porto/match"}
	mixed := Place{City: "porto", Event: "astana/match"}
	for _, c := range []struct {
		scope Scope
		want  [6]bool // city, match, buses, busesAtMatch, elsewhere, mixed
	}{
		{Everything, [6]bool{true, true, true, true, true, false}},
		{InCity("astana"), [6]bool{true, true, true, true, false, false}},
		{OfEvent("astana/match"), [6]bool{false, true, false, true, false, false}},
		{OfAgency("astana/buses"), [6]bool{false, false, true, true, false, false}},
		{Scope{}, [6]bool{}},
	} {
		for i, place := range []Place{city, match, buses, busesAtMatch, elsewhere, mixed} {
			if got := c.scope.Covers(place); got != c.want[i] {
				t.Errorf("%q covers %+v: %v", c.scope, place, got)
			}
		}
	}
}

func TestAllowed(t *testing.T) {
	police := Subject{Who: "p", Grants: []Grant{{Police, OfEvent("astana/match"), later}}}
	planner := Subject{Who: "l", Grants: []Grant{{Planner, InCity("astana"), time.Time{}}, {Viewer, Everything, time.Time{}}}}
	key := Subject{Who: "k", Grants: planner.Grants, Only: []string{"look"}}
	none := Subject{Who: "n", Grants: planner.Grants, Only: []string{}}
	match, city, porto := PlaceOf("astana/match/extra"), PlaceOf("astana"), PlaceOf("porto/match")
	for name, c := range map[string]struct {
		by   Subject
		need Need
		on   Place
		at   time.Time
		want bool
	}{
		"a guest sees his event":              {police, Look, match, noon, true},
		"and the city around it":              {police, Look, city, noon, true},
		"not another event of the city":       {police, Look, PlaceOf("astana/fair"), noon, false},
		"nor another city":                    {police, Look, porto, noon, false},
		"not an agency of it":                 {police, Look, Place{City: "astana", Agency: "astana/buses"}, noon, false},
		"not the list of all":                 {police, Look, Place{}, noon, false},
		"not after the end":                   {police, Look, match, later, false},
		"he does not plan":                    {police, Plan, match, noon, false},
		"a planner plans in his city":         {planner, Plan, match, noon, true},
		"and not elsewhere":                   {planner, Plan, porto, noon, false},
		"where he only looks":                 {planner, Look, porto, noon, true},
		"a key looks":                         {key, Look, match, noon, true},
		"and does not plan, though he may":    {key, Plan, match, noon, false},
		"a key for nothing does nothing":      {none, Look, match, noon, false},
		"nobody may do what anyone may":       {Subject{}, Anyone, match, noon, true},
		"nobody looks":                        {Subject{}, Look, match, noon, false},
		"the need of a route without one":     {planner, Need{}, match, noon, false},
		"a planner approves":                  {planner, Approve, match, noon, true},
		"and does not release":                {planner, Release, match, noon, false},
		"nobody plans the city for an event":  {Subject{Grants: []Grant{{Planner, OfEvent("astana/match"), time.Time{}}}}, Plan, city, noon, false},
		"a device says where it is":           {Subject{Grants: []Grant{{Device, InCity("astana"), time.Time{}}}}, Locate, city, noon, true},
		"and does not look":                   {Subject{Grants: []Grant{{Device, InCity("astana"), time.Time{}}}}, Look, city, noon, false},
		"a grant without a scope is none":     {Subject{Grants: []Grant{{Role: Administrator}}}, Look, city, noon, false},
		"a place of two cities is in no city": {planner, Plan, Place{City: "astana", Event: "porto/match"}, noon, false},
	} {
		if got := Allowed(c.by, c.need, c.on, c.at); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if !police.Anywhere(Look, noon) || police.Anywhere(Look, later) || police.Anywhere(Plan, noon) || key.Anywhere(Plan, noon) {
		t.Error("what somebody may do somewhere is not what his grants say")
	}
	if roles := planner.Roles(noon); len(roles) != 2 || len(police.Roles(later)) != 0 {
		t.Errorf("roles %v", roles)
	}
}

func TestGrantsMakeSense(t *testing.T) {
	for name, c := range map[string]struct {
		grant Grant
		want  error
	}{
		"administrator":           {Grant{Role: Administrator, Scope: Everything}, nil},
		"administrator of a city": {Grant{Role: Administrator, Scope: InCity("a")}, ErrWhole},
		"guest":                   {Grant{Organiser, OfEvent("a/b"), noon}, nil},
		"guest for good":          {Grant{Organiser, OfEvent("a/b"), time.Time{}}, ErrGuest},
		"guest of everything":     {Grant{Depot, Everything, noon}, ErrGuest},
		"unknown role":            {Grant{Role: "king", Scope: Everything}, ErrRole},
		"device":                  {Grant{Role: Device, Scope: Everything}, ErrRole},
		"nowhere":                 {Grant{Role: Viewer}, ErrScope},
		"a place that is none":    {Grant{Role: Viewer, Scope: OfEvent("a")}, ErrScope},
	} {
		if got := c.grant.Check(); !errors.Is(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestNeedsHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, need := range Needs {
		got, ok := NeedNamed(need.Name())
		if !ok || got.Name() != need.Name() || seen[need.Name()] {
			t.Errorf("need %q is not found by its name, or is there twice", need.Name())
		}
		seen[need.Name()] = true
	}
	if _, ok := NeedNamed("anyone"); ok {
		t.Error("a key may be for anyone")
	}
}

func FuzzScope(f *testing.F) {
	for _, text := range []string{"everything", "city:astana", "agency:a/b", "event:a/b", "event:a/b/c", "city:", "", "event:a/\x00", "everything:"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		scope, err := ParseScope(text)
		if err != nil {
			return
		}
		if scope.String() != text || !scope.Valid() {
			t.Fatalf("%q became %q", text, scope)
		}
		data, err := json.Marshal(Grant{Role: Viewer, Scope: scope})
		var back Grant
		if err != nil || json.Unmarshal(data, &back) != nil || back.Scope != scope {
			t.Fatalf("%q came back as %q from %s", scope, back.Scope, data)
		}
	})
}
