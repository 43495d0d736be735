package demand

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// town has homes east and west of a stadium with two gates, and a station.
func town() (*Places, []Venue) {
	at := func(east geo.Meters) geo.Point { return geo.Offset(geo.Point{Lat: 51, Lon: 71}, 0, east) }
	places := &Places{
		ID:     []string{"near", "far", "gate-1", "gate-2", "station"},
		At:     []geo.Point{at(3000), at(9000), at(0), at(100), at(-5000)},
		People: []uint32{1000, 1000, 0, 0, 0},
	}
	return places, []Venue{
		{ID: "stadium", At: at(0), Gates: []Gate{{ID: "1", Place: 2, Share: 0.75}, {ID: "2", Place: 3, Share: 0.25}}},
		{ID: "station", At: at(-5000), Gates: []Gate{{ID: "1", Place: 4, Share: 1}}},
	}
}

func match() *Event {
	arrive, _ := FindProfile("football", Arriving)
	leave, _ := FindProfile("stadium", Leaving)
	return &Event{
		ID: "match", Venue: "stadium", TransitShare: 0.5,
		Sessions: []Session{{Name: "match", Start: 19 * transit.Hour, End: 21 * transit.Hour, Attendance: 20000, Arrive: arrive.Profile, Leave: leave.Profile}},
		Origins:  Origins{Residents: 0.8, DecayPerMin: 0.05, MetersPerMin: 300, FromVenues: []OriginVenue{{"station", 0.2}}},
	}
}

func people(t *testing.T, e *Event) *Travellers {
	t.Helper()
	places, venues := town()
	out, err := People(e, places, venues, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEverybodyComesAndGoesHome(t *testing.T) {
	all := people(t, match())
	if all.Len() != 20000 || len(all.Crowds) != 2 || all.Crowds[0].People != 10000 {
		t.Fatalf("%d travellers in crowds %v, want 10000 there and 10000 back", all.Len(), all.Crowds)
	}
	for i := range 10000 {
		if all.From[i] != all.To[10000+i] {
			t.Fatalf("traveller %d comes from %d and goes home to %d", i, all.From[i], all.To[10000+i])
		}
		if all.Ready[i] != Free || all.Due[10000+i] != Free {
			t.Fatalf("traveller %d is bound at both ends", i)
		}
	}
}

func TestOriginsFollowTheirShares(t *testing.T) {
	all := people(t, match())
	count := map[Place]int{}
	for _, p := range all.From[:10000] {
		count[p]++
	}
	near, far := math.Exp(-0.05*10), math.Exp(-0.05*30)
	for place, want := range map[Place]float64{0: 8000 * near / (near + far), 1: 8000 * far / (near + far), 4: 2000} {
		if got := float64(count[place]); math.Abs(got-want) > 2 {
			t.Errorf("%.0f people start at place %d, want %.1f", got, place, want)
		}
	}
	gates := map[Place]int{}
	for _, p := range all.To[:10000] {
		gates[p]++
	}
	if got := gates[2]; got < 7300 || got > 7700 { // three quarters; five standard errors are 217
		t.Errorf("%d of 10000 come through the gate of three quarters", got)
	}
}

func TestTimesFollowTheirProfiles(t *testing.T) {
	all := people(t, match())
	inside := 0
	for _, due := range all.Due[:10000] {
		if due <= 18*transit.Hour+30*transit.Minute {
			inside++
		}
	}
	if inside < 7290 || inside > 7710 { // 75% inside half an hour before the start
		t.Errorf("%d of 10000 are inside at -30 minutes, the profile says 7500", inside)
	}
	if last := slices.Max(all.Ready[10000:]); last > 21*transit.Hour+45*transit.Minute {
		t.Errorf("the last leaves at %s", last.Clock())
	}
}

func TestTheSamePeopleWhateverTheShare(t *testing.T) {
	few, many := match(), match()
	few.TransitShare = 0.25
	a, b := people(t, few), people(t, many)
	if !slices.Equal(a.Key[:5000], b.Key[:5000]) || !slices.Equal(a.Due[:5000], b.Due[:5000]) {
		t.Error("another share drew other times for the same people")
	}
}

func TestNobodyAndNowhere(t *testing.T) {
	places, venues := town()
	places.People = []uint32{0, 0, 0, 0, 0}
	e := match()
	e.Origins.FromVenues = nil
	if _, err := People(e, places, venues, 0, 1); !errors.Is(err, ErrNobody) {
		t.Errorf("without residents: %v", err)
	}
	e.Venue = "circus"
	if _, err := People(e, places, venues, 0, 1); !errors.Is(err, ErrNoVenue) {
		t.Errorf("without a venue: %v", err)
	}
}

func TestNamedProfilesAreProfiles(t *testing.T) {
	for _, n := range NamedProfiles() {
		p := n.Profile
		for i := 1; i < len(p); i++ {
			if p[i].At <= p[i-1].At || p[i].Share < p[i-1].Share {
				t.Errorf("%s: point %d does not follow", n.Name, i)
			}
		}
		if p[0].Share != 0 || p[len(p)-1].Share != 1 || n.Source == "" {
			t.Errorf("%s goes from %g to %g, source %q", n.Name, p[0].Share, p[len(p)-1].Share, n.Source)
		}
	}
}

func TestProfileIsInvertedAtItsPoints(t *testing.T) {
	n, _ := FindProfile("football", Arriving)
	for _, point := range n.Profile[1:] {
		if got := n.Profile.At(point.Share); got != point.At {
			t.Errorf("share %g at %d s, want %d", point.Share, got, point.At)
		}
	}
	steep := Profile{{0, 0}, {60, 0.5}, {120, 0.5}, {180, 1}}
	if got := steep.At(0.5); got != 60 {
		t.Errorf("a share reached before a flat stretch is at %d, want 60", got)
	}
}
