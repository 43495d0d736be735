//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// kills is how often a server is killed; QALA_KILLS asks for another number.
func kills(t *testing.T) int {
	t.Helper()
	text := os.Getenv("QALA_KILLS")
	if text == "" {
		return 6
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("QALA_KILLS=%q is no number of kills", text)
	}
	return n
}

// victim is a server that is killed and started again on the same folder.
type victim struct {
	t      *testing.T
	folder string
	cmd    *exec.Cmd
	url    string
	more   []string // flags
}

func (v *victim) start() {
	v.t.Helper()
	args := []string{"serve", "--open", "--data", v.folder, "--listen", "127.0.0.1:0", "--lease", "1s", "--processors", "1"}
	v.cmd = started(v.t, append(args, v.more...)...)
	out, err := v.cmd.StdoutPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	v.cmd.Env = append(os.Environ(), "QALA_LANG=en")
	if err := v.cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
	line := make([]byte, 200)
	n, err := out.Read(line)
	if err != nil {
		v.t.Fatalf("the server said nothing: %v", err)
	}
	_, rest, found := strings.Cut(string(line[:n]), "http://")
	if !found {
		v.t.Fatalf("the server said %q", line[:n])
	}
	v.url = "http://" + strings.TrimRight(strings.Fields(rest)[0], ";")
	go func() { _, _ = io.Copy(io.Discard, out) }() // so that the server can go on speaking
}

func (v *victim) kill() {
	_ = v.cmd.Process.Signal(syscall.SIGKILL)
	_ = v.cmd.Wait()
}

// send gives the status of a request, 0 where no answer came.
func (v *victim) send(ctx context.Context, method, path, body string, headers ...string) (int, []byte) {
	request, err := http.NewRequestWithContext(ctx, method, v.url+path, strings.NewReader(body))
	if err != nil {
		return 0, nil
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil
	}
	return answer.StatusCode, data
}

// must fails unless a request is answered well.
func (v *victim) must(method, path, body string, headers ...string) []byte {
	v.t.Helper()
	status, data := v.send(v.t.Context(), method, path, body, headers...)
	if status < 200 || status > 299 {
		v.t.Fatalf("%s %s: %d %.300s", method, path, status, data)
	}
	return data
}

// written is what was acknowledged.
type written struct {
	mu        sync.Mutex
	scenarios map[string]string // id -> title
	files     map[string]string // path -> content
	runs      map[string]bool
}

// write writes as fast as it can until ctx ends.
func (w *written) write(ctx context.Context, v *victim, writer, round int) {
	for n := 0; ctx.Err() == nil; n++ {
		name := fmt.Sprintf("s%d-%d-%d", writer, round, n)
		switch n % 4 {
		case 0, 1:
			if status, _ := v.send(ctx, "POST", "/api/v1/cities/astana/events/small/scenarios", fmt.Sprintf(`{"name": %q, "title": "Title of %s"}`, name, name)); status == 201 {
				w.mu.Lock()
				w.scenarios[name] = "Title of " + name
				w.mu.Unlock()
			}
		case 2:
			content := strings.Repeat(name+"\n", 1+rand.IntN(3000)) //nolint:gosec // any length does
			if status, _ := v.send(ctx, "PUT", "/api/v1/cities/other/files/"+name+".csv", content, "If-Match", "*"); status == 200 {
				w.mu.Lock()
				w.files[name+".csv"] = content
				w.mu.Unlock()
			}
		case 3:
			if n > 3 {
				continue // a run for each writer and round is work enough
			}
			body := fmt.Sprintf(`{"rounds": 1, "seed": %d}`, writer*1_000_000+round*1000+n)
			if status, data := v.send(ctx, "POST", "/api/v1/cities/astana/events/small/scenarios/timetable/runs", body); status == 202 || status == 200 {
				var run struct{ ID string }
				_ = json.Unmarshal(data, &run)
				w.mu.Lock()
				w.runs[run.ID] = true
				w.mu.Unlock()
			}
		}
	}
}

// check fails where something that was acknowledged is not there.
func (w *written) check(v *victim) {
	v.t.Helper()
	for name, title := range w.scenarios {
		if data := v.must("GET", "/api/v1/cities/astana/events/small/scenarios/"+name, ""); !bytes.Contains(data, []byte(title)) {
			v.t.Errorf("scenario %s: %s", name, data)
		}
	}
	for path, content := range w.files {
		if data := v.must("GET", "/api/v1/cities/other/files/"+path, ""); string(data) != content {
			v.t.Errorf("file %s has %d bytes, not %d", path, len(data), len(content))
		}
	}
	for run := range w.runs {
		v.must("GET", "/api/v1/runs/"+run, "")
	}
}

// TestAServerThatIsKilledLosesNothingThatItAcknowledged kills a server under load
// again and again, at moments drawn anew each time.
func TestAServerThatIsKilledLosesNothingThatItAcknowledged(t *testing.T) {
	v := &victim{t: t, folder: t.TempDir()}
	v.start()
	t.Cleanup(v.kill)
	sendExample(t, v)
	w := &written{scenarios: map[string]string{}, files: map[string]string{}, runs: map[string]bool{}}
	for round := range kills(t) {
		ctx, stop := context.WithCancel(t.Context())
		var writing sync.WaitGroup
		for writer := range 4 {
			writing.Go(func() { w.write(ctx, v, writer, round) })
		}
		time.Sleep(time.Duration(20+rand.IntN(800)) * time.Millisecond) //nolint:gosec // any moment does
		v.kill()
		stop()
		writing.Wait()
		v.start()
		if round%10 == 9 {
			w.check(v)
		}
	}
	w.check(v)
	v.settle(w)
	t.Logf("%d kills: %d scenarios, %d files and %d runs were acknowledged, and all are there", kills(t), len(w.scenarios), len(w.files), len(w.runs))
}

// settle waits until every run is over; a run whose worker was killed twice has
// failed visibly, and no other has.
func (v *victim) settle(w *written) {
	v.t.Helper()
	states := map[workspace.JobState]int{}
	for run := range w.runs {
		states[v.settled(run)]++
	}
	v.t.Logf("runs by their end: %v", states)
	if states[workspace.Done] == 0 {
		v.t.Error("no run was done")
	}
}

func (v *victim) settled(run string) workspace.JobState {
	v.t.Helper()
	for range 6000 {
		var out struct {
			Job struct {
				State workspace.JobState
				Fault *struct{ Code string }
			}
		}
		if err := json.Unmarshal(v.must("GET", "/api/v1/runs/"+run, ""), &out); err != nil {
			v.t.Fatal(err)
		}
		if out.Job.State.Over() {
			if out.Job.State != workspace.Done && (out.Job.Fault == nil || out.Job.Fault.Code != workspace.FaultLost) {
				v.t.Errorf("run %s is %s: %+v", run, out.Job.State, out.Job.Fault)
			}
			return out.Job.State
		}
		time.Sleep(50 * time.Millisecond)
	}
	v.t.Fatalf("run %s is not over", run)
	return ""
}

// sendExample takes in the built-in city with a small event, as a client would.
func sendExample(t *testing.T, v *victim) {
	t.Helper()
	description := exampleFile(t, "city.yaml")
	v.must("POST", "/api/v1/cities", description, "Content-Type", "application/yaml")
	for _, name := range exampleFiles(t) {
		v.must("PUT", "/api/v1/cities/astana/files/"+strings.ReplaceAll(name, "/", "%2F"), exampleFile(t, name), "If-Match", "*")
	}
	v.must("POST", "/api/v1/cities", "city: other\nname: {en: Other}\ntimezone: Asia/Almaty\nfeeds: [{id: a, path: gtfs.zip}]\n", "Content-Type", "application/yaml")
	var job struct{ ID string }
	if err := json.Unmarshal(v.must("POST", "/api/v1/cities/astana/imports", ""), &job); err != nil {
		t.Fatal(err)
	}
	for range 600 {
		if bytes.Contains(v.must("GET", "/api/v1/jobs/"+job.ID, ""), []byte(`"state":"done"`)) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	v.must("POST", "/api/v1/cities/astana/events", smallEvent)
	v.must("POST", "/api/v1/cities/astana/events/small/scenarios", `{"name": "timetable", "title": "As it is"}`)
}
