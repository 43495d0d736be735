package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/basis"
)

// numberView is one number behind the result, with how firm it is.
type numberView struct {
	Name, Subject, Value, Kind, KindText, Source string
	Profile                                      curve
}

// numberGroup is the numbers about one thing.
type numberGroup struct {
	Title, Count string
	Numbers      []numberView
	Open         bool // else folded
}

// aboutEvent and aboutChoice are the numbers of the first two groups; all
// others are about the service.
var (
	aboutEvent = strings.Fields("attendance transit_share arrival_profile leaving_profile origin_residents origin_venue gravity_decay gravity_speed seed " +
		"attendance_span transit_share_span informed step_free class_speed class_crowding others_journeys others_hours others_returns others_by_arrival " +
		"others_decay others_speed others_least others_elasticity others_attraction others_entries others_walk others_informed others_step_free others_class_speed others_class_crowding")

	aboutChoice = strings.Fields("weight_walk weight_wait weight_transfer_wait transfer_penalty early_cost late_cost tolerance taste buffer patience stranded " +
		"crowding_full crowding_standing replan signs")
)

// numbers are those of the event, of the choice of journey and of the service,
// in this order; groups without any are left out.
func (d *desk) numbers() []numberGroup {
	groups := []numberGroup{
		{Title: d.say.Say("numbers.event", nil), Open: true}, {Title: d.say.Say("numbers.choice", nil)}, {Title: d.say.Say("numbers.service", nil)},
	}
	for _, n := range d.e.Numbers {
		at := 2
		switch {
		case slices.Contains(aboutEvent, n.ID):
			at = 0
		case slices.Contains(aboutChoice, n.ID):
			at = 1
		}
		groups[at].Numbers = append(groups[at].Numbers, d.number(n))
	}
	groups = slices.DeleteFunc(groups, func(g numberGroup) bool { return len(g.Numbers) == 0 })
	for i := range groups {
		groups[i].Count = d.say.Number(len(groups[i].Numbers))
	}
	return groups
}

// decisive are the numbers that move the answer most; they stand beside it.
var decisive = []string{"transit_share", "transit_share_span", "attendance", "attendance_span", "others_journeys", "informed", "arrival_profile", "leaving_profile", "room", "streets_absent"}

// deciding are the decisive numbers, each room only where it is on a line that
// somebody rides.
func (d *desk) deciding() []numberView {
	ridden := map[string]bool{}
	for _, l := range d.e.Lines {
		ridden[l.Vehicle] = ridden[l.Vehicle] || busy(l)
	}
	var views []numberView
	for _, id := range decisive {
		for _, n := range d.e.Numbers {
			if n.ID == id && (id != "room" || n.Subject == "" || ridden[n.Subject]) {
				views = append(views, d.brief(n))
			}
		}
	}
	return append(views, d.foresight()...)
}

// brief tells of a profile its most telling points only.
func (d *desk) brief(n basis.Number) numberView {
	view := d.number(n)
	if p, ok := readProfile(n); ok {
		view.Value = d.profileWords(n.ID, p.telling())
	}
	return view
}

// foresight is how far people know of queues; nothing for results that do not tell.
func (d *desk) foresight() []numberView {
	rounds := d.rounds()
	if rounds == "" {
		return nil
	}
	kind := basis.Computed
	if d.e.Feedback.Rounds == 1 {
		kind = basis.Assumption
	}
	return []numberView{{Name: d.say.Say("rests.foresight", nil), Value: rounds, Kind: string(kind), KindText: d.kind(kind)}}
}

func (d *desk) number(n basis.Number) numberView {
	name := n.ID
	if id := "assumption." + n.ID; d.say.Has(id) {
		name = d.say.Say(id, nil)
	}
	view := numberView{
		Name: name, Subject: d.subject(n), Value: d.value(n),
		Kind: string(n.Kind), KindText: d.kind(n.Kind), Source: n.Source,
	}
	if p, ok := readProfile(n); ok {
		view.Value, view.Profile = d.profileWords(n.ID, p), p.curve()
	}
	return view
}

// subject is what a number is about: a line, a session, a venue or, as it
// stands, a type of vehicle. An event's only session is not told.
func (d *desk) subject(n basis.Number) string {
	switch n.ID {
	case "room": // of a type of vehicle
		return n.Subject
	case "attendance", "attendance_span", "arrival_profile", "leaving_profile":
		if len(d.e.Event.Sessions) == 1 {
			return ""
		}
		if number, err := strconv.Atoi(n.Subject); err == nil {
			return d.session(number)
		}
	case "origin_venue":
		if venue := d.e.Event.Venue; venue.ID == n.Subject {
			return d.own(venue.Names, n.Subject)
		}
	}
	return d.line(n.Subject)
}

// value writes the number and its unit in the language's way; a value that is
// no number stays as it is.
func (d *desk) value(n basis.Number) string {
	x, err := strconv.ParseFloat(n.Value, 64)
	switch {
	case strings.HasPrefix(n.Value, times):
		return times + d.value(basis.Number{Value: n.Value[len(times):], Unit: n.Unit})
	case err != nil || n.ID == "seed":
		return d.measured(n.Value, n.Unit)
	case n.Unit == "%":
		return d.say.Percent(x / 100)
	}
	_, decimals, _ := strings.Cut(n.Value, ".")
	return d.measured(d.say.Decimal(x, len(decimals)), n.Unit)
}

// times stands before a factor.
const times = "× "

// measured puts a unit behind a number; Chinese leaves no blank between them.
func (d *desk) measured(number, unit string) string {
	switch {
	case unit == "" || number == "":
		return number
	case d.say.Language() == "zh":
		return number + d.unit(unit)
	}
	return number + "\u00a0" + d.unit(unit)
}

func (d *desk) unit(unit string) string {
	if id := "unit." + unit; d.say.Has(id) {
		return d.say.Say(id, nil)
	}
	return unit
}

// kind is how firm a number is, in words; a kind that is not known as it stands.
func (d *desk) kind(kind basis.Kind) string {
	if kinds := []basis.Kind{basis.Fact, basis.Computed, basis.Standard, basis.Assumption}; slices.Contains(kinds, kind) {
		return d.say.Say("kind."+string(kind), nil)
	}
	return string(kind)
}
