package role

import "testing"

func TestNeeds(t *testing.T) {
	for _, c := range []struct {
		need Need
		by   []Role
		want bool
	}{
		{Anyone, nil, true},
		{Look, nil, false},
		{Look, []Role{Police}, true},
		{Plan, []Role{Viewer}, false},
		{Plan, []Role{Viewer, Planner}, true},
		{Dispatch, []Role{Planner}, false},
		{Administer, []Role{Dispatcher}, false},
		{Administer, []Role{Administrator}, true},
		{Approve, []Role{Viewer}, false},
		{Approve, []Role{Planner}, true},
		{Release, []Role{Planner}, false},
		{Release, []Role{Dispatcher}, true},
		{Locate, []Role{Device}, true},
		{Locate, []Role{Administrator}, false},
		{Look, []Role{Device}, false},
		{Need{}, []Role{Administrator}, false},
	} {
		if got := c.need.Met(c.by...); got != c.want {
			t.Errorf("%s by %v: %v", c.need.Name(), c.by, got)
		}
	}
}

func TestAdministratorsMeetEveryNeed(t *testing.T) {
	for _, need := range []Need{Anyone, Look, Plan, Dispatch, Administer, Approve, Release} {
		if !need.Met(Administrator) {
			t.Errorf("an administrator may not %s", need.Name())
		}
	}
}
