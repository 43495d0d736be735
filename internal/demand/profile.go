package demand

import "github.com/qala-city/qala/internal/transit"

// Named is a profile that an event file may call by name.
type Named struct {
	Name    string
	Way     Way
	Profile Profile
	Kind    string // a basis.Kind
	Source  string
}

// NamedProfiles are the profiles known by name.
func NamedProfiles() []Named {
	return []Named{
		{
			"football", Arriving, minutes(-150, 0, -120, .08, -90, .18, -60, .40, -45, .56, -30, .75, -15, .92, 0, .98, 15, 1), "assumption",
			"working values for football; trade sources say that 60-70% come in the last 45 minutes",
		},
		{
			"concert", Arriving, minutes(-210, 0, -150, .08, -120, .18, -90, .40, -75, .54, -60, .70, -30, .92, 0, .99, 15, 1), "assumption",
			"football's shape thirty minutes earlier and flatter",
		},
		{
			"exhibition", Arriving, minutes(-30, 0, 0, .08, 60, .28, 120, .48, 240, .72, 360, .87, 480, .96, 600, 1), "assumption",
			"continuous arrival with its peak one to two hours after opening (China International Import Expo 2018: 10-11 h)",
		},
		{
			"stadium", Leaving, minutes(-20, 0, 0, .08, 8, .84, 25, .90, 45, 1), "assumption",
			"8% leave early, the stands empty within the 8 minutes of the Green Guide, the rest linger up to 45 minutes",
		},
		{
			"closing", Leaving, minutes(-360, 0, -240, .12, -120, .40, -60, .62, 0, .88, 30, 1), "assumption",
			"people leave from the early afternoon on, most in the last three hours before closing",
		},
	}
}

// FindProfile is the profile with a name, for one way.
func FindProfile(name string, way Way) (Named, bool) {
	for _, n := range NamedProfiles() {
		if n.Name == name && n.Way == way {
			return n, true
		}
	}
	return Named{}, false
}

// minutes makes a profile of pairs: minute, cumulative share.
func minutes(pairs ...float64) Profile {
	profile := make(Profile, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		profile = append(profile, ProfilePoint{transit.Seconds(pairs[i]) * transit.Minute, pairs[i+1]})
	}
	return profile
}

// At is when a share of the people has come: the inverse of the profile.
func (p Profile) At(share float64) transit.Seconds {
	for i := 1; i < len(p); i++ {
		if share <= p[i].Share && p[i].Share > p[i-1].Share {
			part := float64(share-p[i-1].Share) / float64(p[i].Share-p[i-1].Share)
			span := float64(p[i].At - p[i-1].At)
			return p[i-1].At + transit.Seconds(float64(max(part, 0)*span))
		}
	}
	return p[len(p)-1].At
}
