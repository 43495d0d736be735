package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/basis"
)

// profile is when people come or go: points of a curve that never falls.
type profile []profilePoint

// profilePoint is the share of people, in percent, up to a minute from the
// session's start (of those who come) or end (of those who go).
type profilePoint struct {
	minute int
	share  float64
}

// profileUnit is the unit of a profile: minutes and percents with colons and commas between.
const profileUnit = "min: %"

// readProfile reads "-20: 0, 0: 8, 8: 84"; ok is false for any other number.
func readProfile(n basis.Number) (p profile, ok bool) {
	if n.Unit != profileUnit {
		return nil, false
	}
	for word := range strings.SplitSeq(n.Value, ",") {
		minute, percent, _ := strings.Cut(word, ":")
		at, err := strconv.Atoi(strings.TrimSpace(minute))
		share, err2 := strconv.ParseFloat(strings.TrimSpace(percent), 64)
		if err != nil || err2 != nil {
			return nil, false
		}
		p = append(p, profilePoint{at, share})
	}
	return p, true
}

// profileWords tells the points at which somebody has come or gone: 8% before
// the end, 84% within 8 min of the end.
func (d *desk) profileWords(id string, p profile) string {
	before, there, after := "profile.before_end", "profile.at_end", "profile.after_end"
	if id == "arrival_profile" {
		before, there, after = "profile.before_start", "profile.at_start", "profile.after_start"
	}
	var words []string
	for _, point := range p {
		if point.share == 0 {
			continue
		}
		when, minutes := there, point.minute
		switch {
		case point.minute < 0:
			when, minutes = before, -point.minute
		case point.minute > 0:
			when = after
		}
		words = append(words, d.say.Say(when, map[string]any{
			"share": d.say.Percent(point.share / 100), "time": d.say.Duration(minutes * 60),
		}))
	}
	return strings.Join(words, d.say.Say("answer.list", nil))
}

// telling are the end of the steepest rise, the session's own start or end, and
// when everybody was through.
func (p profile) telling() profile {
	steepest, most := 0, -1.0
	for i := 1; i < len(p); i++ {
		if rise := (p[i].share - p[i-1].share) / float64(max(1, p[i].minute-p[i-1].minute)); rise > most {
			steepest, most = i, rise
		}
	}
	var told profile
	for i, point := range p {
		if i == steepest || point.minute == 0 || i == len(p)-1 {
			told = append(told, point)
		}
	}
	return told
}

// curve is a profile drawn small: its path, and where the session's start or end lies across.
type curve struct {
	Path   string
	Moment int
}

const curveWidth, curveHeight = 120, 22

func (p profile) curve() curve {
	first, last := p[0].minute, p[len(p)-1].minute
	if last <= first {
		return curve{}
	}
	x := func(minute int) int { return (min(max(minute, first), last) - first) * curveWidth / (last - first) }
	var path strings.Builder
	fmt.Fprintf(&path, "M0 %d", curveHeight)
	for _, point := range p {
		fmt.Fprintf(&path, "L%d %d", x(point.minute), curveHeight-int(point.share*(curveHeight-2)/100))
	}
	fmt.Fprintf(&path, "L%d %dZ", curveWidth, curveHeight)
	return curve{Path: path.String(), Moment: x(0)}
}
