package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// The names of atlases: of a city's current network, and of the results of a run.
const (
	cityAtlas = "city."
	runAtlas  = "run."
)

// mostAtlases is how many are held in memory, and how many runs are listed.
const (
	mostAtlases = 32
	mostListed  = 50
)

// atlases are the maps of what the office keeps.
type atlases struct {
	office *office.Desk
	now    func() time.Time

	mu    sync.Mutex
	drawn map[string]*drawnAtlas
	clock int
}

// drawnAtlas is drawn once, however many ask for it.
type drawnAtlas struct {
	once sync.Once
	of   *atlas.Atlas
	err  error
	used int
}

func newAtlases(desk *office.Desk, now func() time.Time) *atlases {
	return &atlases{office: desk, now: now, drawn: map[string]*drawnAtlas{}}
}

// looks reports whether whoever asks may look at a place.
func (a *atlases) looks(ctx context.Context, at role.Place) bool {
	return role.Allowed(role.Of(ctx), role.Look, at, a.now())
}

// Atlases are the cities with a network, and the runs that were done last, as far
// as whoever asks may look at them.
func (a *atlases) Atlases(ctx context.Context) ([]string, error) {
	cities, err := a.office.Cities(ctx, workspace.Page{Limit: workspace.MostPage})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range cities {
		if c.Content.Version != "" && a.looks(ctx, role.Place{City: c.ID}) {
			names = append(names, cityAtlas+c.ID)
		}
	}
	runs, err := a.office.LastRuns(ctx, mostListed)
	for _, run := range runs {
		if a.looks(ctx, run.Place()) {
			names = append(names, runAtlas+run.ID)
		}
	}
	return names, err
}

// Atlas is one of them, or atlas.ErrUnknown.
func (a *atlases) Atlas(ctx context.Context, name string) (*atlas.Atlas, error) {
	identity, draw, err := a.find(ctx, name)
	if errors.Is(err, workspace.ErrNotFound) || errors.Is(err, office.ErrNoResults) || errors.Is(err, office.ErrNoNetwork) {
		return nil, atlas.ErrUnknown
	}
	if err != nil {
		return nil, err
	}
	d := a.take(identity)
	d.once.Do(func() {
		if d.of, d.err = draw(); d.err != nil {
			a.drop(identity)
		}
	})
	return d.of, d.err
}

// find gives what an atlas is told apart by, and how it is drawn.
func (a *atlases) find(ctx context.Context, name string) (string, func() (*atlas.Atlas, error), error) {
	ctx = context.WithoutCancel(ctx) // others may wait for the same atlas
	if id, found := strings.CutPrefix(name, cityAtlas); found {
		if !a.looks(ctx, role.Place{City: id}) {
			return "", nil, workspace.ErrNotFound
		}
		n, hash, err := a.network(ctx, id, "")
		return hash, func() (*atlas.Atlas, error) { return atlas.OfNetwork(n), nil }, err
	}
	id, found := strings.CutPrefix(name, runAtlas)
	if !found {
		return "", nil, workspace.ErrNotFound
	}
	run, err := a.office.Run(ctx, id)
	if err != nil {
		return "", nil, err
	}
	if !a.looks(ctx, run.Place()) {
		return "", nil, workspace.ErrNotFound
	}
	result, err := run.Result()
	return string(result.Results), func() (*atlas.Atlas, error) { return a.ofRun(ctx, run) }, err
}

func (a *atlases) ofRun(ctx context.Context, run office.Outcome) (*atlas.Atlas, error) {
	var e *evaluation.Evaluation
	e, err := a.office.Results(ctx, run.ID)
	if err != nil {
		return nil, err
	}
	n, _, err := a.network(ctx, run.Content.City, run.Content.Version)
	if err != nil {
		return nil, err
	}
	return atlas.OfResults(e, n), nil
}

// network is that of a version of a city, the current one for "", and its hash.
func (a *atlases) network(ctx context.Context, city, version string) (*network.Network, string, error) {
	if version == "" {
		c, err := a.office.City(ctx, city)
		if err != nil {
			return nil, "", err
		}
		if version = c.Content.Version; version == "" {
			return nil, "", office.ErrNoNetwork
		}
	}
	v, err := a.office.Version(ctx, version)
	if err != nil {
		return nil, "", err
	}
	n, err := a.office.Network(ctx, v.Content)
	return n, v.Content.Hash, err
}

func (a *atlases) take(identity string) *drawnAtlas {
	a.mu.Lock()
	defer a.mu.Unlock()
	d := a.drawn[identity]
	if d == nil {
		a.makeRoom()
		d = &drawnAtlas{}
		a.drawn[identity] = d
	}
	a.clock++
	d.used = a.clock
	return d
}

// makeRoom puts the longest unused atlas away when there are as many as may be.
func (a *atlases) makeRoom() {
	if len(a.drawn) < mostAtlases {
		return
	}
	oldest := ""
	for identity, d := range a.drawn {
		if oldest == "" || d.used < a.drawn[oldest].used {
			oldest = identity
		}
	}
	delete(a.drawn, oldest)
}

func (a *atlases) drop(identity string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.drawn, identity)
}
