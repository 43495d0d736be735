package gate

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// refusal is an answer to somebody who is not let through, as RFC 9457 has it.
type refusal struct {
	status int
	detail string
	wait   time.Duration // before the next try; 0: none
	code   string        // as the API's contract has it; "": the status says enough
}

func tooMany(wait time.Duration, detail string) *refusal {
	return &refusal{status: http.StatusTooManyRequests, detail: detail, wait: wait, code: "wait"}
}

func (f *refusal) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if f.status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	if f.wait > 0 {
		h.Set("Retry-After", strconv.Itoa(int((f.wait+time.Second-1)/time.Second)))
	}
	w.WriteHeader(f.status)
	problem := map[string]any{"type": "about:blank", "title": http.StatusText(f.status), "status": f.status, "detail": f.detail}
	if f.code != "" {
		problem["code"] = f.code
	}
	_ = json.NewEncoder(w).Encode(problem) // whoever hung up does not want the answer
}
