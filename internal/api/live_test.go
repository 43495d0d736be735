package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const (
	events    = "/api/v1/cities/astana/events"
	event     = events + "/small"
	scenarios = event + "/scenarios"
)

// TestEveryOperationAnswersAsTheContractSays walks through the whole door; what
// the contract has and the walk does not is an error.
func TestEveryOperationAnswersAsTheContractSays(t *testing.T) {
	w := newWorld(t)
	w.want(200, w.call("GET", "/api/v1", nil))
	w.want(200, w.call("GET", "/api/v1/me", nil))
	w.takeIn()
	w.lookAtTheCity()
	w.plan()
	run := w.run()
	w.lookAtResults(run)
	w.batch()
	w.report(run)
	w.forget()
	w.people(run)
	w.spec.mu.Lock()
	defer w.spec.mu.Unlock()
	for path, item := range w.spec.doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			id := fmt.Sprint(op.(map[string]any)["operationId"])
			well := slices.ContainsFunc([]int{200, 201, 202, 204}, func(status int) bool { return w.spec.exercised[id][status] })
			if !well {
				t.Errorf("%s %s (%s) was never answered well", method, path, id)
			}
		}
	}
}

func (w *world) lookAtTheCity() {
	t := w.t
	const city = "/api/v1/cities/astana"
	w.want(200, w.call("GET", "/api/v1/cities", nil))
	one := w.want(200, w.call("GET", city, nil))
	w.want(304, w.call("GET", city, nil, "If-None-Match", one.header.Get("ETag")))
	w.want(200, w.call("GET", city+"/files/city.yaml", nil))
	w.want(404, w.call("GET", city+"/files/none", nil))
	w.want(404, w.call("GET", "/api/v1/cities/none", nil))
	w.want(200, w.call("GET", city+"/versions", nil))
	w.want(200, w.call("GET", city+"/versions/current", nil))
	w.want(200, w.call("GET", city+"/versions/current/findings?lang=ru", nil))
	for _, what := range []string{"routes", "venues", "vehicles", "facilities", "missing", "stops"} {
		w.want(200, w.call("GET", city+"/versions/current/"+what+"?limit=3", nil))
	}
	if all := w.want(200, w.call("GET", city+"/profiles", nil)).body; !bytes.Contains(all, []byte(`"football"`)) {
		t.Errorf("profiles: %s", all)
	}
	line := w.want(200, w.call("GET", city+"/versions/current/lines/LRT?date=2026-08-15", nil)).json(t)
	if directions := line["directions"].([]any); len(directions) != 2 || len(directions[0].(map[string]any)["departures"].([]any)) < 100 || line["fleet"].(map[string]any)["vehicles"].(float64) != 19 {
		t.Errorf("a line's day: %v", line)
	}
	w.want(404, w.call("GET", city+"/versions/current/lines/none?date=2026-08-15", nil))
	w.want(422, w.call("GET", city+"/versions/current/lines/LRT?date=tomorrow", nil))
	course := w.want(200, w.call("GET", city+"/versions/current/course?through=51.1,71.4;51.11,71.4;51.11,71.42&speed=20", nil)).json(t)
	if legs := course["features"].([]any); len(legs) != 2 || course["streets"] != false || course["seconds"].(float64) < 500 {
		t.Errorf("a course without streets: %v", course)
	}
	if shut := w.want(200, w.call("GET", city+"/versions/current/closure?points=51.1,71.4", nil)).json(t); shut["streets"] != false {
		t.Errorf("a closure without streets: %v", shut)
	}
	for _, wrong := range []string{"51.1,71.4", "51.1,71.4;91,71", "51.1;71.4", ";", strings.Repeat("51.1,71.4;", 301) + "51,71", ""} {
		w.want(422, w.call("GET", city+"/versions/current/course?through="+wrong, nil))
	}
	found := w.want(200, w.call("GET", city+"/versions/current/stops?q=%D0%9D%D2%B1%D1%80%D0%B0", nil)).json(t)
	if found["total"].(float64) < 1 {
		t.Errorf("no stop is called Нұра: %v", found)
	}
	w.want(200, w.call("PUT", city+"/files/extra.csv", []byte("a,b\n"), "If-Match", "*"))
	w.want(200, w.call("DELETE", city+"/files/extra.csv", nil, "If-Match", "*"))
	w.want(428, w.call("DELETE", city+"/files/fleet.csv", nil))
	w.want(409, w.call("DELETE", city+"/files/city.yaml", nil, "If-Match", "*"))
	w.want(422, w.call("PUT", city+"/files/..%2F..%2Fetc%2Fpasswd", []byte("x"), "If-Match", "*"))
	w.want(422, w.call("PUT", city+"/files/city.yaml", []byte("city: other\n"), "If-Match", "*"))
	w.want(422, w.call("PUT", city+"/files/people.xlsx", []byte("no workbook"), "If-Match", "*"))
	w.want(200, w.call("PUT", city+"/files/people.xlsx", workbook(t), "If-Match", "*"))
	if table := w.call("GET", city+"/files/people.csv", nil); string(table.body) != "id,people\nold town,18200\n" {
		t.Errorf("the workbook became %q", table.body)
	}
	w.want(413, w.call("PUT", city+"/files/large.csv", bytes.Repeat([]byte("x"), 9<<20), "If-Match", "*"))
	w.want(200, w.call("GET", "/api/v1/jobs?state=done", nil))
}

func workbook(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "id", "B1": "people", "A2": "old town", "B2": 18200} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (w *world) plan() {
	t := w.t
	made := w.want(201, w.call("POST", events, smallEvent, "Idempotency-Key", "one"))
	if made.header.Get("Location") != event {
		t.Errorf("made at %q", made.header.Get("Location"))
	}
	w.want(201, w.call("POST", events, smallEvent, "Idempotency-Key", "one"))
	w.want(422, w.call("POST", events, strings.Replace(smallEvent, "small", "other", 1), "Idempotency-Key", "one"))
	w.want(409, w.call("POST", events, smallEvent))
	wrong := w.want(422, w.call("POST", events, `{"event": "x", "city": "astana", "venu": "y"}`, "Accept-Language", "ru")).json(t)
	if findings, _ := wrong["findings"].([]any); len(findings) == 0 || !strings.Contains(fmt.Sprint(findings[0].(map[string]any)["sentence"]), "Ключ") {
		t.Errorf("findings in Russian: %v", wrong)
	}
	w.want(422, w.call("POST", events, `{`))
	w.want(200, w.call("GET", events+"?limit=1", nil))
	one := w.want(200, w.call("GET", event, nil))
	tag := one.header.Get("ETag")
	w.want(200, w.call("PUT", event, strings.Replace(smallEvent, "2000", "3000", 1), "If-Match", tag))
	w.want(412, w.call("PUT", event, smallEvent, "If-Match", tag))
	w.want(400, w.call("PUT", event, smallEvent, "If-Match", "nonsense"))
	w.want(200, w.call("PUT", event+"/tables/counts.csv", []byte("hour,people\n")))
	w.want(201, w.call("POST", scenarios, map[string]any{"name": "timetable", "title": "As it is"}))
	w.want(201, w.call("POST", scenarios, map[string]any{"name": "more", "title": "More trains", "modifications": []any{
		map[string]any{"headway": map[string]any{"route": "LRT", "from": "20:00", "to": "23:00", "every": "5m"}},
	}}))
	w.want(422, w.call("POST", scenarios, map[string]any{"title": "Wrong", "modifications": []any{map[string]any{"fly": 1}}}))
	w.want(422, w.call("POST", scenarios, map[string]any{"title": "turned \u202e around"}))
	w.want(422, w.call("POST", scenarios, map[string]any{"title": ""}))
	w.want(200, w.call("GET", scenarios, nil))
	more := w.want(200, w.call("GET", scenarios+"/more", nil))
	w.want(200, w.call("PUT", scenarios+"/more", map[string]any{"title": "More", "modifications": []any{
		map[string]any{"headway": map[string]any{"route": "LRT", "from": "20:00", "to": "23:00", "every": "6m"}},
	}}, "If-Match", more.header.Get("ETag")))
	w.want(412, w.call("PUT", scenarios+"/more", map[string]any{"title": "Late"}, "If-Match", more.header.Get("ETag")))
}

func (w *world) run() string {
	t := w.t
	w.want(404, w.call("POST", scenarios+"/none/runs", map[string]any{}))
	w.want(422, w.call("POST", scenarios+"/timetable/runs", map[string]any{"seeds": 5000}))
	asked := w.want(202, w.call("POST", scenarios+"/timetable/runs", map[string]any{"rounds": 2})).json(t)
	run := "/api/v1/runs/" + fmt.Sprint(asked["id"])
	w.want(409, w.call("GET", run+"/summary", nil))
	w.follow(run + "/progress")
	w.follow("/api/v1/jobs/" + fmt.Sprint(asked["job"].(map[string]any)["id"]) + "/progress")
	done := w.await(run)
	if done["job"].(map[string]any)["state"] != "done" {
		t.Fatalf("%v", done)
	}
	again := w.want(200, w.call("POST", scenarios+"/timetable/runs", map[string]any{"rounds": 2})).json(t)
	if again["id"] != asked["id"] {
		t.Error("the same was run twice")
	}
	w.want(200, w.call("POST", run+"/cancel", nil))
	w.want(200, w.call("GET", scenarios+"/timetable/runs", nil))
	w.want(200, w.call("POST", "/api/v1/jobs/"+fmt.Sprint(done["job"].(map[string]any)["id"])+"/cancel", nil))
	refused := w.want(202, w.call("POST", scenarios+"/more/runs", map[string]any{"rounds": 1, "version": ""})).json(t)
	w.await("/api/v1/runs/" + fmt.Sprint(refused["id"]))
	return run
}

// follow reads the events of a job until it is over.
func (w *world) follow(path string) {
	w.t.Helper()
	got := w.want(200, w.call("GET", path, nil))
	if kind := got.header.Get("Content-Type"); kind != "text/event-stream" {
		w.t.Fatalf("a stream of %q", kind)
	}
	last := ""
	for lines := bufio.NewScanner(bytes.NewReader(got.body)); lines.Scan(); {
		if data, found := strings.CutPrefix(lines.Text(), "data: "); found {
			last = data
		}
	}
	var notice struct{ State string }
	if err := json.Unmarshal([]byte(last), &notice); err != nil || notice.State != "done" {
		w.t.Errorf("the last event is %q", last)
	}
}

func (w *world) lookAtResults(run string) {
	t := w.t
	whole := w.want(200, w.call("GET", run+"/results", nil, "Accept-Encoding", "identity"))
	packed := w.want(200, w.call("GET", run+"/results", nil))
	if len(whole.body) == 0 || !bytes.Equal(whole.body, packed.body) {
		t.Errorf("%d bytes plain, %d unpacked", len(whole.body), len(packed.body))
	}
	w.want(304, w.call("GET", run+"/results", nil, "If-None-Match", packed.header.Get("ETag")))
	w.want(200, w.call("GET", run+"/summary?", nil))
	for _, what := range []string{"crowds", "stops", "lines", "segments", "facilities", "platforms", "fleets", "numbers"} {
		got := w.want(200, w.call("GET", run+"/"+what+"?limit=2", nil))
		w.want(304, w.call("GET", run+"/"+what+"?limit=2", nil, "If-None-Match", got.header.Get("ETag")))
	}
	w.lookAtDetails(run)
	w.want(200, w.call("GET", run+"/minutes/1270", nil))
	w.want(200, w.call("GET", run+"/tables/stops.csv", nil))
	w.want(404, w.call("GET", run+"/tables/none.csv", nil))
	id := strings.TrimPrefix(run, "/api/v1/runs/")
	same := w.want(200, w.call("GET", "/api/v1/comparisons?before="+id+"&after="+id, nil)).json(t)
	if len(same["stops"].([]any)) > 0 || len(same["doubts"].([]any)) > 0 {
		t.Errorf("a run differs from itself: %v", same)
	}
	w.want(404, w.call("GET", "/api/v1/comparisons?before="+id+"&after=none", nil))
	w.want(422, w.call("GET", "/api/v1/comparisons?before="+id, nil))
}

func (w *world) batch() {
	t := w.t
	made := w.want(201, w.call("POST", "/api/v1/cities/astana/batches", map[string]any{
		"title": "Both", "scenarios": []string{"small/timetable", "small/more"}, "crowd_percents": []int{50, 100}, "settings": map[string]any{"rounds": 1},
	})).json(t)
	path := "/api/v1/batches/" + fmt.Sprint(made["id"])
	for _, run := range made["runs"].([]any) {
		w.await("/api/v1/runs/" + fmt.Sprint(run))
	}
	table := w.want(200, w.call("GET", path+"/table", nil)).json(t)
	if rows := table["rows"].([]any); len(rows) != 4 || table["over"].(float64) != 4 || rows[0].(map[string]any)["headline"] == nil {
		t.Errorf("%v", table)
	}
	csv := w.want(200, w.call("GET", path+"/table.csv", nil))
	if lines := strings.Count(string(csv.body), "\n"); lines != 5 {
		t.Errorf("%d lines: %s", lines, csv.body)
	}
	w.want(200, w.call("GET", path, nil))
	w.want(200, w.call("GET", "/api/v1/cities/astana/batches", nil))
	w.want(200, w.call("POST", path+"/cancel", nil))
	w.want(404, w.call("POST", "/api/v1/cities/astana/batches", map[string]any{"title": "None", "scenarios": []string{"small/none"}}))
	w.want(422, w.call("POST", "/api/v1/cities/astana/batches", map[string]any{
		"title": "Too many", "scenarios": []string{"small/timetable"}, "seeds": slices.Repeat([]int{1}, 1000), "crowd_percents": []int{1, 2, 3},
	}))
}

func (w *world) report(run string) {
	w.call("POST", run+"/reports/kk", nil)
	w.await(run + "/reports/kk")
	w.want(422, w.call("GET", run+"/reports/la", nil))
	page := w.want(200, w.call("GET", run+"/reports/kk/report.kk.html", nil))
	if !strings.Contains(string(page.body), `lang="kk"`) || !strings.Contains(page.header.Get("Content-Security-Policy"), "sandbox") {
		w.t.Errorf("a page of %d bytes, policy %q", len(page.body), page.header.Get("Content-Security-Policy"))
	}
	w.want(200, w.call("GET", run+"/reports/kk/stops.csv", nil))
	w.want(404, w.call("GET", run+"/reports/kk/none.csv", nil))
}

func (w *world) forget() {
	w.want(201, w.call("POST", events, strings.Replace(smallEvent, `"small"`, `"brief"`, 1)))
	w.want(201, w.call("POST", events+"/brief/scenarios", map[string]any{"name": "one", "title": "One"}))
	w.want(409, w.call("DELETE", events+"/brief", nil, "If-Match", "*"))
	w.want(204, w.call("DELETE", events+"/brief/scenarios/one", nil, "If-Match", "*"))
	w.want(204, w.call("DELETE", events+"/brief", nil, "If-Match", "*"))
	w.want(409, w.call("DELETE", "/api/v1/cities/astana", nil, "If-Match", "*"))
	w.want(201, w.call("POST", "/api/v1/cities", []byte("city: other\nname: {en: Other}\ntimezone: Asia/Almaty\nfeeds: [{id: a, path: gtfs.zip}]\n")))
	w.want(204, w.call("DELETE", "/api/v1/cities/other", nil, "If-Match", `"r1"`))
}

// TestNobodyPassesWithoutTheRight asks for every operation of the contract with every role.
func TestNobodyPassesWithoutTheRight(t *testing.T) {
	w := newWorld(t)
	asked := 0
	for path, item := range w.spec.doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			need := fmt.Sprint(op.(map[string]any)["x-need"])
			at := strings.NewReplacer("{minute}", "1", "{number}", "1", "{lang}", "en").Replace(path)
			for strings.Contains(at, "{") {
				from, to := strings.Index(at, "{"), strings.Index(at, "}")
				at = at[:from] + "x" + at[to+1:]
			}
			for _, roles := range []string{"", "viewer", "police", "depot", "organiser", "dispatcher", "planner", "administrator", "nobody"} {
				asked++
				status := w.as(roles, strings.ToUpper(method), at, nil).status
				let := status != http.StatusUnauthorized && status != http.StatusForbidden
				if want := lets(need, roles); let != want {
					t.Errorf("%s %s needs %s; as %q: %d", method, path, need, roles, status)
				}
			}
		}
	}
	if asked < 400 {
		t.Errorf("only %d requests", asked)
	}
}

// lets is the table of rights, written down a second time.
func lets(need, roles string) bool {
	switch need {
	case "anyone":
		return true
	case "look":
		return roles != "" && roles != "nobody"
	case "plan":
		return roles == "planner" || roles == "administrator"
	case "dispatch":
		return roles == "dispatcher" || roles == "administrator"
	case "approve":
		return roles == "planner" || roles == "dispatcher" || roles == "administrator"
	case "release":
		return roles == "dispatcher" || roles == "administrator"
	case "self":
		return roles != ""
	case "administer":
		return roles == "administrator"
	}
	return false
}

func TestOddRequestsAreProblems(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		method, path string
		body         any
		headers      []string
		status       int
	}{
		{"GET", "/api/v1/nothing", nil, nil, 404},
		{"GET", "/api/v2/cities", nil, nil, 404},
		{"PATCH", "/api/v1/cities", nil, nil, 405},
		{"TRACE", "/api/v1/cities", nil, nil, 405},
		{"GET", "/api/v1/cities?limit=0", nil, nil, 422},
		{"GET", "/api/v1/cities?limit=many", nil, nil, 422},
		{"GET", "/api/v1/cities?nonsense=1", nil, nil, 422},
		{"POST", "/api/v1/cities", bytes.Repeat([]byte("x"), 2<<20), nil, 413},
		{"POST", "/api/v1/cities", bytes.Repeat([]byte("x"), 2<<20), []string{"Idempotency-Key", "k"}, 413},
		{"POST", "/api/v1/cities", []byte("x"), []string{"Idempotency-Key", strings.Repeat("k", 200)}, 400},
		{"POST", "/api/v1/cities", []byte("&a [*a,*a,*a]"), nil, 422},
		{"POST", "/api/v1/cities", []byte("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"), nil, 422},
		{"GET", "/api/v1/cities/%2e%2e%2f%2e%2e%2fetc", nil, nil, 404},
		{"GET", "/api/v1/runs/" + strings.Repeat("x", 300), nil, nil, 404},
	} {
		got := w.call(c.method, c.path, c.body, c.headers...)
		if got.status != c.status || got.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %s, want %d: %.200s", c.method, c.path, got.status, got.header.Get("Content-Type"), c.status, got.body)
			continue
		}
		if p := got.json(t); int(p["status"].(float64)) != c.status || p["title"] == "" {
			t.Errorf("%s %s: %v", c.method, c.path, p)
		}
		if got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %s: without its headers", c.method, c.path)
		}
	}
}

func TestBesideTheContract(t *testing.T) {
	w := newWorld(t)
	for path, part := range map[string]string{
		"/healthz": "ok", "/readyz": `"database":"ok"`, "/api/docs": "askRun", "/api/docs/style.css": "color", "/api/v1/openapi.yaml": "openapi: 3.1",
	} {
		if got := w.as("", "GET", path, nil); got.status != 200 || !strings.Contains(string(got.body), part) {
			t.Errorf("%s: %d %.200s", path, got.status, got.body)
		}
	}
}
