package api_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// zipped is a zip file with members.
func zipped(t *testing.T, members map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range members {
		m, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// alive fails unless the server goes on.
func (w *world) alive() {
	w.t.Helper()
	w.want(200, w.call("GET", "/api/v1/cities", nil))
	for _, f := range w.failed() {
		w.t.Errorf("the server's own fault: %s", f)
	}
}

// TestBombsAreRefused: files that are small on their way and large when they are read.
func TestBombsAreRefused(t *testing.T) {
	w := newWorld(t)
	const city = "/api/v1/cities/other"
	w.want(201, w.call("POST", "/api/v1/cities", []byte("city: other\nname: {en: Other}\ntimezone: Asia/Almaty\nfeeds: [{id: a, path: gtfs.zip}]\n")))
	zeros := strings.Repeat("0", 64<<20)
	sheet := zipped(t, map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"xl/workbook.xml":     "<workbook>" + zeros + "</workbook>", "xl/worksheets/sheet1.xml": "<worksheet>" + zeros + "</worksheet>",
	})
	laughs := zipped(t, map[string]string{"xl/workbook.xml": `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><workbook>&b;</workbook>`})
	for name, text := range map[string]string{"zeros.xlsx": sheet, "laughs.xlsx": laughs, "none.xlsx": "no zip", "empty.xlsx": ""} {
		w.want(422, w.call("PUT", city+"/files/"+name, text, "Content-Type", "application/octet-stream", "If-Match", "*"))
	}
	feed := zipped(t, map[string]string{"agency.txt": zeros, "stops.txt": zeros, "routes.txt": zeros, "trips.txt": zeros, "stop_times.txt": zeros, "calendar.txt": zeros})
	w.want(200, w.call("PUT", city+"/files/gtfs.zip", feed, "Content-Type", "application/octet-stream", "If-Match", "*"))
	asked := w.want(202, w.call("POST", city+"/imports", nil)).json(t)
	if job := w.await("/api/v1/jobs/" + fmt.Sprint(asked["id"])); job["state"] != "failed" {
		t.Errorf("%v", job)
	}
	anchors := "city: third\nname: &a {en: " + strings.Repeat("x", 100) + "}\nx: &b [*a, *a, *a, *a, *a, *a]\ny: &c [*b, *b, *b, *b, *b]\nz: [*c, *c, *c, *c]\n"
	w.want(422, w.call("POST", "/api/v1/cities", []byte(anchors)))
	w.want(422, w.call("POST", "/api/v1/cities", []byte("city: "+strings.Repeat("[", 100_000))))
	w.want(422, w.call("POST", events[:len(events)-len("astana/events")]+"other/events", strings.Repeat(`{"a":`, 100_000)))
	w.alive()
}

// TestPathsLeadNowhereElse whatever they are made of.
func TestPathsLeadNowhereElse(t *testing.T) {
	w := newWorld(t)
	w.want(201, w.call("POST", "/api/v1/cities", []byte("city: other\nname: {en: Other}\ntimezone: Asia/Almaty\nfeeds: [{id: a, path: gtfs.zip}]\n")))
	for _, path := range []string{
		"..%2f..%2fetc%2fpasswd", "%2e%2e", "a%2f..%2f..%2fb", "%2fetc%2fpasswd", "a%00b", "a%0ab", "c%3a%5cwindows", "%2e%2e%5cb", strings.Repeat("a", 5000), "%e2%80%aegnp.exe", "con", "%ff",
	} {
		for _, method := range []string{http.MethodPut, http.MethodGet, http.MethodDelete} {
			got := w.call(method, "/api/v1/cities/other/files/"+path, nil, "If-Match", "*")
			if fine := got.status >= 400 && got.status < 500 || path == "con" && got.status == http.StatusOK; !fine {
				t.Errorf("%s %s: %d %.200s", method, path, got.status, got.body)
			}
		}
	}
	w.alive()
}

// TestHostileNamesStayText: pages and tables show them as they are, or they are refused.
func TestHostileNamesStayText(t *testing.T) {
	w := newWorld(t)
	w.takeIn()
	const script = `<script>alert(1)</script>`
	w.want(201, w.call("POST", events, strings.Replace(smallEvent, `"name": {"en": "`, `"name": {"en": "`+script, 1)))
	w.want(201, w.call("POST", scenarios, map[string]any{"name": "timetable", "title": "=HYPERLINK(1)" + script}))
	for _, name := range []string{"turned \u202e around", "a\x00b", "bell\a", "\u2066x"} {
		w.want(422, w.call("POST", scenarios, map[string]any{"title": name}))
	}
	asked := w.want(202, w.call("POST", scenarios+"/timetable/runs", map[string]any{"rounds": 1})).json(t)
	run := "/api/v1/runs/" + fmt.Sprint(asked["id"])
	w.await(run)
	w.call("POST", run+"/reports/en", nil)
	w.await(run + "/reports/en")
	page := w.want(200, w.call("GET", run+"/reports/en/report.en.html", nil))
	if strings.Contains(string(page.body), script) || !strings.Contains(string(page.body), "alert(1)") {
		t.Error("a name became a part of the page")
	}
	got := w.want(200, w.call("GET", event, nil))
	if got.header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(got.header.Get("Content-Type"), "application/json") {
		t.Errorf("%v", got.header)
	}
	w.alive()
}

// TestHeadersAndQueriesAreNotBelieved where they are not a part of the contract.
func TestHeadersAndQueriesAreNotBelieved(t *testing.T) {
	w := newWorld(t)
	w.want(401, w.as("", "GET", "/api/v1/cities", nil, "X-Forwarded-User", "root", "Authorization", "Basic cm9vdDpyb290"))
	w.want(401, w.as("", "GET", "/api/v1/cities", nil, "Authorization", "Bearer qala_key_none_none"))
	w.want(401, w.as("", "GET", "/api/v1/cities", nil, "Authorization", "Bearer "+strings.Repeat("x", 5000)))
	w.want(200, w.call("GET", "/api/v1/cities", nil, "X-HTTP-Method-Override", "DELETE"))
	w.want(422, w.call("GET", "/api/v1/cities?"+strings.Repeat("a=1&", 2000), nil))
	w.want(422, w.call("GET", "/api/v1/cities?limit=1e9", nil))
	w.want(200, w.call("GET", "/api/v1/cities", nil, "Accept-Language", strings.Repeat("x-y;q=0.5,", 1000)))
	w.want(200, w.call("GET", "/api/v1/cities", nil, "Accept", "text/html", "Range", "bytes=0-1,2-3"))
	w.alive()
}

// TestAKeyOfARequestIsItsSendersAlone: somebody else's is another one, and the same with another body is refused.
func TestAKeyOfARequestIsItsSendersAlone(t *testing.T) {
	w := newWorld(t)
	w.takeIn()
	admin := w.administrator()
	other, _ := w.invited(admin, "planner", grant("planner", "city:astana"))
	one := strings.Replace(smallEvent, `"small"`, `"one"`, 1)
	ask := func(p *person, text string) reply { return p.askText("POST", events, text, "Idempotency-Key", "same") }
	first := w.want(201, ask(admin, one)).json(t)
	again := w.want(201, ask(admin, one)).json(t)
	if first["id"] != again["id"] || first["revision"] != again["revision"] {
		t.Errorf("%v is not %v", again, first)
	}
	w.want(422, ask(admin, strings.Replace(one, "one", "two", 1)))
	w.want(201, ask(other, strings.Replace(one, `"one"`, `"two"`, 1)))
	w.alive()
}
