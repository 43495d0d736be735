package api_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/qala-city/qala/examples/astana"
	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/api"
	"github.com/qala-city/qala/internal/approval"
	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/gate"
	"github.com/qala-city/qala/internal/job"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/store/contents"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/stream"
	"github.com/qala-city/qala/internal/works"
	"github.com/qala-city/qala/internal/workspace"
)

// badge lets in whoever names his roles in a header, each with its scope where it has one: planner@city:astana.
func badge(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if text := r.Header.Get("X-Roles"); text != "" {
			r = r.WithContext(role.With(r.Context(), subjectOf(text)))
		}
		next.ServeHTTP(w, r)
	})
}

func subjectOf(text string) role.Subject {
	subject := role.Subject{Who: "tester"}
	for _, grant := range strings.Split(text, ",") {
		name, where, scoped := strings.Cut(grant, "@")
		scope := role.Everything
		if scoped {
			if scope, _ = role.ParseScope(where); !scope.Valid() {
				panic(where)
			}
		}
		subject.Grants = append(subject.Grants, role.Grant{Role: role.Role(name), Scope: scope})
	}
	return subject
}

type wall struct{}

func (wall) Now() time.Time { return time.Now() }
func (wall) Every(length time.Duration) (<-chan time.Time, func()) {
	ticker := time.NewTicker(length)
	return ticker.C, ticker.Stop
}

// world is a server with everything behind it.
type world struct {
	t      *testing.T
	server *httptest.Server
	desk   *office.Desk
	access *access.Desk
	failed func() []string
	spec   *contract
}

func newWorld(t *testing.T) *world {
	t.Helper()
	folder := t.TempDir()
	store, err := sqlite.Open(t.Context(), filepath.Join(folder, "qala.db"))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := contents.OpenFolder(filepath.Join(folder, "contents"))
	if err != nil {
		t.Fatal(err)
	}
	queue, err := stream.Embedded(t.Context(), filepath.Join(folder, "queue"), stream.AckWait(2*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	var mu sync.Mutex
	var failed []string
	newID := func() string { mu.Lock(); defer mu.Unlock(); count++; return fmt.Sprintf("id%06d", count) }
	log := &audit.Desk{Store: store, Now: time.Now, Random: rand.Reader}
	watched := audit.Watch(store, log)
	policy := access.Usual
	policy.Hashing = access.Parameters{Memory: 8, Time: 1, Threads: 1}
	people := access.New(access.Options{Store: watched, Log: log, Now: time.Now, Random: rand.Reader, NewID: newID, Key: [32]byte{1}, Policy: policy})
	plans := &approval.Desk{Store: watched, Log: log, Now: time.Now, NewID: newID}
	before := gate.New(gate.Options{Access: people, Now: time.Now, NewID: newID})
	desk := &office.Desk{
		Store: watched, Contents: kept, Notices: queue, Now: time.Now, Every: wall{}.Every, Program: "qala test", Shelf: office.NewShelf(64 << 20),
		NewID: newID,
	}
	w := &world{t: t, desk: desk, access: people, spec: readContract(t), failed: func() []string { mu.Lock(); defer mu.Unlock(); return slices.Clone(failed) }}
	stop := w.work(store, queue, kept)
	w.server = httptest.NewServer(before.Guard(badge(api.New(api.Options{
		Office: desk, Access: people, Audit: log, Plans: plans, SignIn: before, Now: time.Now, Version: "1", MostUpload: 8 << 20,
		Checks: map[string]func(context.Context) error{"database": store.Check},
		Failed: func(r *http.Request, err error) {
			mu.Lock()
			defer mu.Unlock()
			failed = append(failed, r.Method+" "+r.URL.Path+": "+err.Error())
		},
	}))))
	t.Cleanup(func() {
		w.server.Close()
		stop()
		_ = queue.Close(context.Background())
		_ = store.Close()
		for _, f := range w.failed() {
			t.Errorf("the server's own fault: %s", f)
		}
	})
	return w
}

// work starts a dispatcher and workers.
func (w *world) work(store job.Store, queue *stream.Stream, kept works.Contents) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	trouble := func(err error) { w.t.Logf("trouble: %v", err) }
	shop := &works.Shop{Contents: kept, Program: "qala test", Workers: 2}
	for i, task := range []workspace.Task{workspace.TaskImport, workspace.TaskRun, workspace.TaskReport} {
		worker := &job.Worker{
			Name: fmt.Sprint("w", i), Program: "qala test", Store: store, Queue: queue, Notices: queue, Clock: wall{},
			Works: shop.Works(), Lease: 2 * time.Second, Finish: w.desk.Finish, Trouble: trouble,
		}
		running.Go(func() { worker.Serve(ctx, task) })
	}
	d := &job.Dispatcher{Store: store, Queue: queue, Notices: queue, Clock: wall{}, Lease: 2 * time.Second, Trouble: trouble}
	running.Go(func() { d.Serve(ctx) })
	return func() { cancel(); running.Wait() }
}

// reply is an answer that was looked at.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) json(t *testing.T) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(r.body, &out); err != nil {
		t.Fatalf("%v in %.300s", err, r.body)
	}
	return out
}

// call sends a request as a planner who administers, and checks the answer against the contract.
func (w *world) call(method, path string, body any, headers ...string) reply {
	w.t.Helper()
	return w.as("planner,administrator", method, path, body, headers...)
}

func (w *world) as(roles, method, path string, body any, headers ...string) reply {
	w.t.Helper()
	var from io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case []byte:
		from, kind = bytes.NewReader(b), "application/yaml"
	case string:
		from = strings.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			w.t.Fatal(err)
		}
		from = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(w.t.Context(), method, w.server.URL+path, from)
	if err != nil {
		w.t.Fatal(err)
	}
	if from != nil {
		request.Header.Set("Content-Type", kind)
	}
	if roles != "" {
		request.Header.Set("X-Roles", roles)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return w.send(http.DefaultClient, request, path)
}

// send sends a request and checks its answer against the contract.
func (w *world) send(by *http.Client, request *http.Request, path string) reply {
	w.t.Helper()
	answer, err := by.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	got := reply{answer.StatusCode, answer.Header, data}
	w.spec.check(w.t, request.Method, path, got)
	return got
}

// want fails unless the answer has a status.
func (w *world) want(status int, r reply) reply {
	w.t.Helper()
	if r.status != status {
		w.t.Fatalf("status %d, want %d: %.600s", r.status, status, r.body)
	}
	return r
}

// await polls a job until it is over.
func (w *world) await(path string) map[string]any {
	w.t.Helper()
	for range 1200 {
		out := w.want(200, w.call("GET", path, nil)).json(w.t)
		j := out
		if inner, ok := out["job"].(map[string]any); ok {
			j = inner
		}
		if state := workspace.JobState(fmt.Sprint(j["state"])); state.Over() {
			return out
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.t.Fatalf("%s is not over", path)
	return nil
}

// contract is the document, with what was exercised of it.
type contract struct {
	mu        sync.Mutex
	doc       map[string]any
	compiler  *jsonschema.Compiler
	compiled  map[string]*jsonschema.Schema
	paths     map[string]*regexp.Regexp
	exercised map[string]map[int]bool // operation -> statuses
}

func readContract(t *testing.T) *contract {
	t.Helper()
	text, err := api.Contract()
	if err != nil {
		t.Fatal(err)
	}
	asJSON, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	c := &contract{
		doc: doc.(map[string]any), compiler: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{},
		paths: map[string]*regexp.Regexp{}, exercised: map[string]map[int]bool{},
	}
	if err := c.compiler.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	c.compiler.AssertFormat()
	variable := regexp.MustCompile(`\\\{[^}]*\\\}`)
	for path := range c.doc["paths"].(map[string]any) {
		c.paths[path] = regexp.MustCompile("^" + variable.ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`) + "$")
	}
	return c
}

// find is the operation of a request: its path in the contract and what stands there.
func (c *contract) find(method, path string) (string, map[string]any) {
	bare := path
	if u, err := url.Parse(path); err == nil {
		bare = u.EscapedPath()
	}
	best := ""
	for p, shape := range c.paths {
		if shape.MatchString(bare) && (best == "" || strings.Count(p, "{") < strings.Count(best, "{")) {
			best = p
		}
	}
	if best == "" {
		return "", nil
	}
	op, _ := c.doc["paths"].(map[string]any)[best].(map[string]any)[strings.ToLower(method)].(map[string]any)
	return best, op
}

func (c *contract) check(t *testing.T, method, path string, got reply) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	at, op := c.find(method, path)
	if op == nil || got.status == http.StatusNotModified {
		return
	}
	id := fmt.Sprint(op["operationId"])
	if c.exercised[id] == nil {
		c.exercised[id] = map[int]bool{}
	}
	c.exercised[id][got.status] = true
	answers := op["responses"].(map[string]any)
	answer, told := answers[fmt.Sprint(got.status)].(map[string]any)
	if !told && (got.status == 200 || got.status == 202) { // work that is over, or not yet
		answer, told = answers["202"].(map[string]any)
	}
	if !told {
		t.Errorf("%s %s: the contract tells nothing of %d: %.300s", method, path, got.status, got.body)
		return
	}
	c.checkBody(t, at, method, got, answer)
}

func (c *contract) checkBody(t *testing.T, at, method string, got reply, answer map[string]any) {
	t.Helper()
	kinds, _ := answer["content"].(map[string]any)
	kind, _, _ := strings.Cut(got.header.Get("Content-Type"), ";")
	if len(kinds) == 0 {
		if len(got.body) > 0 {
			t.Errorf("%s %s: a body where the contract has none: %.200s", method, at, got.body)
		}
		return
	}
	if _, told := kinds[kind]; !told {
		if _, any := kinds["application/octet-stream"]; !any {
			t.Errorf("%s %s %d: the contract does not tell of %q", method, at, got.status, kind)
		}
		return
	}
	if !strings.HasSuffix(kind, "json") || kinds[kind].(map[string]any)["schema"].(map[string]any)["type"] == "string" {
		return
	}
	status := fmt.Sprint(got.status)
	if _, told := c.doc["paths"].(map[string]any)[at].(map[string]any)[strings.ToLower(method)].(map[string]any)["responses"].(map[string]any)[status]; !told {
		status = "202"
	}
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")
	pointer := "openapi.json#/paths/" + escape.Replace(at) + "/" + strings.ToLower(method) + "/responses/" + status + "/content/" + escape.Replace(kind) + "/schema"
	schema := c.compiled[pointer]
	if schema == nil {
		compiled, err := c.compiler.Compile(pointer)
		if err != nil {
			t.Errorf("%s: %v", pointer, err)
			return
		}
		schema, c.compiled[pointer] = compiled, compiled
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(got.body))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%s %s %d: %v\n%.400s", method, at, got.status, err, got.body)
	}
}

// takeIn sends the built-in city and has it imported.
func (w *world) takeIn() {
	w.t.Helper()
	description, err := astana.Files.ReadFile("city.yaml")
	if err != nil {
		w.t.Fatal(err)
	}
	w.want(201, w.call("POST", "/api/v1/cities", description))
	err = fs.WalkDir(astana.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(name, "events/") || name == "city.yaml" {
			return err
		}
		data, err := astana.Files.ReadFile(name)
		w.want(200, w.call("PUT", "/api/v1/cities/astana/files/"+url.PathEscape(name), data, "If-Match", "*"))
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	ordered := w.call("POST", "/api/v1/cities/astana/imports", nil).json(w.t)
	if done := w.await("/api/v1/jobs/" + fmt.Sprint(ordered["id"])); done["state"] != "done" {
		w.t.Fatalf("%v", done)
	}
}

const smallEvent = `{"event": "small", "city": "astana", "name": {"en": "Small"}, "venue": "astana-arena", "date": "2026-08-15",
	"sessions": [{"start": "19:00", "end": "21:00", "attendance": 2000, "arrive": "football", "leave": "stadium"}], "transit_share": 0.5}`
