package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
)

// placeSpreads are the places that left people behind most often over all runs,
// then those with the longest queues: where it is worst when it is bad.
func placeSpreads(runs []*evaluation.Evaluation) []evaluation.PlaceSpread {
	sums := map[string]*evaluation.Stop{}
	for _, run := range runs {
		for _, s := range run.Stops {
			if sums[s.ID] == nil {
				sums[s.ID] = &evaluation.Stop{}
			}
			sums[s.ID].Denied += s.Denied
			sums[s.ID].MaxQueue = max(sums[s.ID].MaxQueue, s.MaxQueue)
		}
	}
	places := slices.SortedFunc(maps.Keys(sums), func(a, b string) int {
		return cmp.Or(cmp.Compare(sums[b].Denied, sums[a].Denied), cmp.Compare(sums[b].MaxQueue, sums[a].MaxQueue), cmp.Compare(a, b))
	})
	out := []evaluation.PlaceSpread{}
	for _, id := range places[:min(len(places), worstPlaces)] {
		if sums[id].MaxQueue > 0 {
			out = append(out, placeSpread(runs, id))
		}
	}
	return out
}

func placeSpread(runs []*evaluation.Evaluation, id string) evaluation.PlaceSpread {
	of := func(number func(evaluation.Stop) int) evaluation.Band {
		return over(runs, func(e *evaluation.Evaluation) int {
			at := slices.IndexFunc(e.Stops, func(s evaluation.Stop) bool { return s.ID == id })
			if at < 0 {
				return 0
			}
			return number(e.Stops[at])
		})
	}
	return evaluation.PlaceSpread{
		Stop:     id,
		MaxWait:  of(func(s evaluation.Stop) int { return s.MaxWait }),
		MaxQueue: of(func(s evaluation.Stop) int { return s.MaxQueue }),
		Denied:   of(func(s evaluation.Stop) int { return s.Denied }),
	}
}
