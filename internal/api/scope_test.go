package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestRightsHoldInTheirPlaceOnly asks for every operation of the contract as people
// whose rights are for another city, and as guests of one event.
func TestRightsHoldInTheirPlaceOnly(t *testing.T) {
	w := newWorld(t)
	w.takeIn()
	w.plan()
	run := strings.TrimPrefix(w.run(), "/api/v1/runs/")
	batch := w.want(201, w.call("POST", "/api/v1/cities/astana/batches", map[string]any{
		"title": "One", "scenarios": []string{"small/timetable"}, "settings": map[string]any{"rounds": 1},
	})).json(t)["id"]
	job := w.want(200, w.call("POST", "/api/v1/cities/astana/imports", nil)).json(t)["id"]
	plan := w.want(201, w.call("POST", event+"/plans", map[string]any{"name": "First", "scenario": "astana/small/timetable", "runs": []string{run}})).json(t)["id"]
	fill := strings.NewReplacer("{run}", run, "{batch}", fmt.Sprint(batch), "{job}", fmt.Sprint(job), "{city}", "astana",
		"{event}", "small", "{scenario}", "timetable", "{version}", "current", "{minute}", "1", "{number}", "1", "{plan}", fmt.Sprint(plan), "{account}", "x", "{session}", "x", "{lang}", "en", "{path}", "x.csv", "{file}", "x", "{table}", "lines")
	sifts := map[string]bool{"listCities": true, "listJobs": true, "compare": true, "getRules": true}
	asked := 0
	for path, item := range w.spec.doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			id, need := fmt.Sprint(op.(map[string]any)["operationId"]), fmt.Sprint(op.(map[string]any)["x-need"])
			if need == "anyone" || need == "self" || sifts[id] {
				continue
			}
			asked++
			at, method := fill.Replace(path), strings.ToUpper(method)
			for _, roles := range elsewhere(need, path) {
				if got := w.as(roles, method, at, nil).status; got != http.StatusForbidden {
					t.Errorf("%s %s as %s: %d", method, at, roles, got)
				}
			}
		}
	}
	if asked < 40 {
		t.Errorf("only %d operations were asked for", asked)
	}
	w.sifted(run)
	w.guest(run)
}

// elsewhere are people who must not pass although they may do the same in another place.
func elsewhere(need, path string) []string {
	who := []string{"planner@city:almaty,viewer@city:almaty", "administrator@city:almaty", "organiser@event:almaty/match,planner@event:almaty/match"}
	ofEvent := strings.Contains(path, "{event}") || strings.Contains(path, "{run}") || strings.Contains(path, "{plan}")
	if ofEvent {
		who = append(who, "planner@event:astana/expo,viewer@event:astana/expo")
	}
	if need == "plan" && !ofEvent {
		who = append(who, "planner@event:astana/small") // who plans an event does not change its city
	}
	return who
}

// sifted looks at lists without what is not for the caller.
func (w *world) sifted(run string) {
	const other = "planner@city:almaty,viewer@city:almaty"
	for _, path := range []string{"/api/v1/cities", "/api/v1/jobs?state=done"} {
		if all := w.want(200, w.call("GET", path, nil)).json(w.t)["items"].([]any); len(all) == 0 {
			w.t.Errorf("%s: there is nothing to be left out", path)
		}
		if some := w.want(200, w.as(other, "GET", path, nil)).json(w.t)["items"].([]any); len(some) != 0 {
			w.t.Errorf("%s: %v", path, some)
		}
	}
	w.want(403, w.as(other, "GET", "/api/v1/comparisons?before="+run+"&after="+run, nil))
	w.want(200, w.call("GET", "/api/v1/comparisons?before="+run+"&after="+run, nil))
}

// guest looks at what somebody of one event may see.
func (w *world) guest(run string) {
	sees := map[string]int{
		"/api/v1/cities/astana": 200, event: 200, scenarios: 200, "/api/v1/runs/" + run: 200, "/api/v1/runs/" + run + "/summary": 200,
		"/api/v1/cities/astana/events/other": 403,
	}
	for _, path := range slices.Sorted(maps.Keys(sees)) {
		w.want(sees[path], w.as("organiser@event:astana/small", "GET", path, nil))
	}
	w.want(403, w.as("organiser@event:astana/small", "POST", "/api/v1/runs/"+run+"/cancel", nil))
}
