package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// details are the operations on what single vehicles and people of a run did.
func (d *door) details() {
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/runs/{run}/vehicles", id: "getVehicles", tag: "results",
		summary: "What every vehicle did: its stops, times, course and load, in columns. 404 for runs of before this was kept",
		errors:  []int{409}, kind: "application/json", shape: evaluation.Vehicles{},
	}, d.vehicles)
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/runs/{run}/journeys", id: "getJourneys", tag: "results",
		summary: "Which ways people of the event took, where they waited, and what left them behind. 404 for runs of before this was kept",
		errors:  []int{409},
	}, d.journeys)
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/runs/{run}/moments", id: "getMoments", tag: "results",
		summary: "What moves on the map of a run, in columns: queues by minute and loads by quarter of an hour, with the sums of stops",
		errors:  []int{409}, kind: "application/json", shape: atlas.Moments{},
	}, d.moments)
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/runs/{run}/spread", id: "getSpread", tag: "results",
		summary: "How far the results vary over several runs; 404 where there was one", errors: []int{409},
	}, d.spread)
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/runs/{run}/stops/{stop}", id: "getStopResult", tag: "results",
		summary: "What happened at one stop", errors: []int{409},
	}, d.stopResult)
}

func (d *door) spread(ctx context.Context, in *ResultsOf) (*Whole[evaluation.Spread], error) {
	e, etag, err := d.outcome(ctx, *in)
	switch {
	case err != nil:
		return nil, err
	case e.Spread == nil:
		return nil, workspace.ErrNotFound
	}
	return &Whole[evaluation.Spread]{etag, forever, *e.Spread}, nil
}

func (d *door) stopResult(ctx context.Context, in *struct {
	ResultsOf
	Stop string `path:"stop" maxLength:"256" doc:"Its id"`
},
) (*Whole[evaluation.Stop], error) {
	e, etag, err := d.outcome(ctx, in.ResultsOf)
	if err != nil {
		return nil, err
	}
	for i := range e.Stops {
		if e.Stops[i].ID == in.Stop {
			return &Whole[evaluation.Stop]{etag, forever, e.Stops[i]}, nil
		}
	}
	return nil, workspace.ErrNotFound
}

func (d *door) moments(ctx context.Context, in *Packable) (*huma.StreamResponse, error) {
	run, err := d.Office.Run(ctx, in.Run)
	if err != nil {
		return nil, err
	}
	result, err := run.Result()
	if err != nil {
		return nil, err
	}
	return d.sendMade(in, result.Results+".moments", func() ([]byte, error) {
		e, err := d.Office.Results(ctx, in.Run)
		if err != nil {
			return nil, err
		}
		return json.Marshal(atlas.MomentsOf(e))
	})
}

func (d *door) vehicles(ctx context.Context, in *Packable) (*huma.StreamResponse, error) {
	body, file, err := d.Office.OpenVehicles(ctx, in.Run)
	if err != nil {
		return nil, err
	}
	return d.sendPacked(in, body, file)
}

func (d *door) journeys(ctx context.Context, in *struct {
	RunIn
	Stop       string `query:"stop" maxLength:"256" doc:"Who waited at this stop"`
	From       int    `query:"from" minimum:"0" doc:"Who waited there then, or without a stop who set off then: seconds from the start of the horizon"`
	To         int    `query:"to" minimum:"0" doc:"Until then; 0 for the end"`
	Crowd      int    `query:"crowd" minimum:"0" doc:"Of which crowd, counted from 1 in the order of getCrowds; 0 for all"`
	Class      string `query:"class" maxLength:"128" doc:"Of which class of travellers"`
	Place      string `query:"place" maxLength:"256" doc:"Whose journey begins or ends at this place"`
	Within     int    `query:"within" minimum:"0" maximum:"50000" doc:"Meters around the place that belong to it"`
	LeftBehind bool   `query:"left_behind" doc:"Only whom a full vehicle left behind; at the stop, where one is given"`
	Limit      int    `query:"limit" minimum:"1" maximum:"500" default:"20" doc:"Groups"`
},
) (*Whole[office.Journeys], error) {
	out, err := d.Office.Journeys(ctx, in.Run, office.JourneysAsk{
		Stop: in.Stop, From: in.From, To: in.To, Crowd: in.Crowd, Class: in.Class, Place: in.Place, Within: in.Within, LeftBehind: in.LeftBehind, Most: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return &Whole[office.Journeys]{CacheControl: forever, Body: out}, nil
}
