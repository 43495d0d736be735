package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/basis"
)

// numberView is one number behind the result, with how firm it is.
type numberView struct{ Name, Subject, Value, Kind, KindText, Source string }

func (d *desk) numbers() []numberView {
	views := make([]numberView, 0, len(d.e.Numbers))
	for _, n := range d.e.Numbers {
		views = append(views, d.number(n))
	}
	return views
}

// decisive are the numbers that move the answer most; they stand beside it.
var decisive = []string{"transit_share", "attendance", "leaving_profile", "arrival_profile", "room", "streets_absent"}

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
	return views
}

// brief leaves the figures of a profile to the table of numbers.
func (d *desk) brief(n basis.Number) numberView {
	view := d.number(n)
	if n.Unit == profileUnit {
		view.Value = ""
	}
	return view
}

func (d *desk) number(n basis.Number) numberView {
	name := n.ID
	if id := "assumption." + n.ID; d.say.Has(id) {
		name = d.say.Say(id, nil)
	}
	return numberView{
		Name: name, Subject: d.subject(n), Value: d.value(n),
		Kind: string(n.Kind), KindText: d.kind(n.Kind), Source: n.Source,
	}
}

// subject is what a number is about: a line, a session, a venue or, as it
// stands, a type of vehicle. An event's only session is not told.
func (d *desk) subject(n basis.Number) string {
	switch n.ID {
	case "room": // of a type of vehicle
		return n.Subject
	case "attendance", "arrival_profile", "leaving_profile":
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

// profileUnit is the unit of a profile: minutes and percents with colons and commas between.
const profileUnit = "min: %"

// value writes the number and its unit in the language's way; a value that is
// no number stays as it is.
func (d *desk) value(n basis.Number) string {
	x, err := strconv.ParseFloat(n.Value, 64)
	switch {
	case n.Unit == profileUnit:
		return d.profile(n.Value)
	case err != nil || n.ID == "seed":
		return strings.TrimSpace(n.Value + " " + d.unit(n.Unit))
	case n.Unit == "%":
		return d.say.Percent(x / 100)
	}
	_, decimals, _ := strings.Cut(n.Value, ".")
	return strings.TrimSpace(d.say.Decimal(x, len(decimals)) + " " + d.unit(n.Unit))
}

// profile writes "-20: 0, 8: 84" as −20 min 0% · +8 min 84%.
func (d *desk) profile(value string) string {
	var points []string
	for point := range strings.SplitSeq(value, ",") {
		minute, percent, _ := strings.Cut(point, ":")
		at, err := strconv.Atoi(strings.TrimSpace(minute))
		share, err2 := strconv.ParseFloat(strings.TrimSpace(percent), 64)
		if err != nil || err2 != nil {
			return value
		}
		points = append(points, signed(at)+" "+d.unit("min")+" "+d.say.Percent(share/100))
	}
	return strings.Join(points, " · ")
}

// signed is a number of minutes before or after something.
func signed(n int) string {
	switch {
	case n < 0:
		return "−" + strconv.Itoa(-n)
	case n > 0:
		return "+" + strconv.Itoa(n)
	}
	return "0"
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
