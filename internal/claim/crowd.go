package claim

import (
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
)

// crowdNamed is the one crowd that a claim means.
func crowdNamed(c Claim, e *evaluation.Evaluation) (evaluation.Crowd, error) {
	wanted := Crowd{}
	if c.Crowd != nil {
		wanted = *c.Crowd
	}
	var found []evaluation.Crowd
	var known []string
	for _, one := range e.Crowds {
		name := SessionName(e, one.Session)
		known = append(known, name+" "+one.Way)
		if (wanted.Session == "" || wanted.Session == name) && (wanted.Way == "" || wanted.Way == demand.Way(one.Way)) {
			found = append(found, one)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return evaluation.Crowd{}, unknown(known, "there is no crowd %q", wanted.text())
	}
	return evaluation.Crowd{}, unknown(known, "several crowds could be meant; say which one")
}

func (c Crowd) text() string {
	if c.Session == "" || c.Way == "" {
		return c.Session + string(c.Way)
	}
	return c.Session + " " + string(c.Way)
}

// SessionName is a session's own name, else its number from 1.
func SessionName(e *evaluation.Evaluation, i int) string {
	if i >= 0 && i < len(e.Event.Sessions) && e.Event.Sessions[i].Name != "" {
		return e.Event.Sessions[i].Name
	}
	return fmt.Sprint(i + 1)
}

// cleared is when a share of a crowd was away: to the second for the shares
// that an evaluation holds, else by the end of a minute.
func cleared(c evaluation.Crowd, claim Claim) int {
	for _, mark := range c.Clear {
		if mark.Percent == claim.Percent {
			if mark.At < 0 {
				return Never
			}
			return mark.At
		}
	}
	rank := (c.People*claim.Percent + 99) / 100
	i := slices.IndexFunc(c.Curve, func(p evaluation.Point) bool {
		gone := p.Away
		if c.Way == string(demand.Arriving) {
			gone = p.Arrived
		}
		return gone >= rank
	})
	if i < 0 {
		return Never
	}
	return (c.Curve[i].Minute + 1) * 60
}

func travel(c evaluation.Crowd, claim Claim) int { return quantile(c.Travel, claim.Percent) }

// Quantiles are the shares of a crowd whose waits and journeys are known.
var Quantiles = []int{10, 50, 90, 99, 100}

// quantile is one of the known shares.
func quantile(q evaluation.Quantiles, percent int) int {
	values := []int{q.P10, q.P50, q.P90, q.P99, q.Max}
	return values[max(slices.Index(Quantiles, percent), 0)]
}

// wait is the longest at a stop, of a crowd, or of all; with a percentage that of
// a share of a crowd.
func wait(c Claim, o Outcome) (int, error) {
	if c.Crowd != nil || c.Percent > 0 {
		one, err := crowdNamed(c, o.Evaluation)
		if c.Percent == 0 {
			return one.Wait.Max, err
		}
		return quantile(one.Wait, c.Percent), err
	}
	stops, err := o.Evaluation.Stops, error(nil)
	if c.Stop != "" {
		stops, err = StopsOf(c.Stop, o)
	}
	longest := 0
	for _, s := range stops {
		longest = max(longest, s.MaxWait)
	}
	return longest, err
}
