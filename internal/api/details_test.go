package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/retrace"
)

// lookAtDetails asks what vehicles and people of a run did.
func (w *world) lookAtDetails(run string) {
	t := w.t
	whole := w.want(200, w.call("GET", run+"/vehicles", nil, "Accept-Encoding", "identity"))
	packed := w.want(200, w.call("GET", run+"/vehicles", nil))
	w.want(304, w.call("GET", run+"/vehicles", nil, "If-None-Match", packed.header.Get("ETag")))
	var v evaluation.Vehicles
	if err := json.Unmarshal(whole.body, &v); err != nil || len(v.Trips.ID) == 0 || !bytes.Equal(whole.body, packed.body) {
		t.Fatalf("%d trips: %v", len(v.Trips.ID), err)
	}
	var all, some retrace.Answer
	if err := json.Unmarshal(w.want(200, w.call("GET", run+"/journeys?limit=3", nil)).body, &all); err != nil || all.People == 0 || len(all.Groups) > 3 {
		t.Errorf("%d people in %d groups: %v", all.People, len(all.Groups), err)
	}
	stage := all.Groups[0].Journey.Stages
	at := ""
	for _, s := range stage {
		if s.Kind == "wait" {
			at = s.Stop
		}
	}
	if err := json.Unmarshal(w.want(200, w.call("GET", run+"/journeys?stop="+at, nil)).body, &some); err != nil || some.People == 0 || some.People > all.People {
		t.Errorf("%d people waited at %q, of %d: %v", some.People, at, all.People, err)
	}
	moments := w.want(200, w.call("GET", run+"/moments", nil))
	plain := w.want(200, w.call("GET", run+"/moments", nil, "Accept-Encoding", "identity"))
	w.want(304, w.call("GET", run+"/moments", nil, "If-None-Match", moments.header.Get("ETag")))
	if !bytes.Equal(moments.body, plain.body) {
		t.Errorf("%d bytes of moments plain, %d unpacked", len(plain.body), len(moments.body))
	}
	w.want(200, w.call("GET", run+"/stops/"+at, nil))
	w.want(404, w.call("GET", run+"/stops/none", nil))
	w.want(404, w.call("GET", run+"/spread", nil)) // it was run once
	several := w.want(202, w.call("POST", scenarios+"/timetable/runs", map[string]any{"rounds": 1, "seeds": 2})).json(t)
	w.await("/api/v1/runs/" + fmt.Sprint(several["id"]))
	w.want(200, w.call("GET", "/api/v1/runs/"+fmt.Sprint(several["id"])+"/spread", nil))
	w.want(404, w.call("GET", "/api/v1/runs/none/vehicles", nil))
	w.want(404, w.call("GET", "/api/v1/runs/none/journeys", nil))
}
