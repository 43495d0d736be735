package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	example "github.com/qala-city/qala/examples/astana"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/workspace"
)

// exampleBy is who takes in the built-in city.
var exampleBy = office.By{Who: "qala"}

// exampleCity is the id of the built-in city.
const exampleCity = "astana"

// exampleEvents are the events of the built-in city that are run, with the
// files whose modifications are scenarios of them.
var exampleEvents = []struct {
	file      string
	scenarios []string
}{
	{"match", []string{"match", "match-lrt-19", "match-buses"}},
	{"expo-peak", []string{"expo-peak"}},
}

// loadExample takes in the built-in city, its events and their scenarios, and
// orders their runs. What is there already stays as it is.
func (h *house) loadExample(ctx context.Context, c *centre) {
	if err := takeInExample(ctx, c.office); err != nil {
		if ctx.Err() == nil {
			c.events.Warn("taking in the example", "error", err)
		}
		return
	}
	h.say("%s", h.words.Say("cli.serve.example", nil))
}

func takeInExample(ctx context.Context, desk *office.Desk) error {
	if err := takeInCity(ctx, desk); err != nil {
		return err
	}
	for _, e := range exampleEvents {
		if err := exampleEvent(ctx, desk, exampleCity, e.file, e.scenarios); err != nil {
			return err
		}
	}
	return nil
}

// takeInCity keeps the built-in city and has its network made.
func takeInCity(ctx context.Context, desk *office.Desk) error {
	description, err := example.Files.ReadFile(office.DescriptionPath)
	if err != nil {
		return err
	}
	city, _, err := desk.CreateCity(ctx, exampleBy, description)
	if errors.Is(err, workspace.ErrExists) {
		city, err = desk.City(ctx, exampleCity)
	}
	if err != nil || city.Content.Version != "" {
		return err
	}
	return importExample(ctx, desk, city.ID)
}

// importExample keeps the files of the city and waits for its network.
func importExample(ctx context.Context, desk *office.Desk, city string) error {
	err := fs.WalkDir(example.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(name, "events/") {
			return err
		}
		data, err := example.Files.Open(name)
		if err != nil {
			return err
		}
		defer func() { _ = data.Close() }() // it was only read
		_, err = desk.PutFile(ctx, exampleBy, city, name, data, 0)
		return err
	})
	if err != nil {
		return err
	}
	job, err := desk.Import(ctx, exampleBy, city)
	if err != nil {
		return err
	}
	return awaitJob(ctx, desk, job.ID)
}

// awaitJob waits until a job is over, and fails when it has not ended well.
func awaitJob(ctx context.Context, desk *office.Desk, id string) error {
	notices, err := desk.Watch(ctx, id)
	if err != nil {
		return err
	}
	for notice := range notices {
		if notice.State.Over() && notice.State != workspace.Done {
			return fmt.Errorf("job %s is %s", id, notice.State)
		}
	}
	return ctx.Err()
}

// exampleEvent keeps an event and its scenarios, and orders their runs.
func exampleEvent(ctx context.Context, desk *office.Desk, city, file string, scenarios []string) error {
	text, err := exampleText(file)
	if err != nil {
		return err
	}
	delete(text, "modifications")
	event, err := json.Marshal(text)
	if err != nil {
		return err
	}
	kept, _, err := desk.CreateEvent(ctx, exampleBy, city, event)
	if errors.Is(err, workspace.ErrExists) {
		kept.ID, err = city+"/"+fmt.Sprint(text["event"]), nil
	}
	for _, name := range scenarios {
		if err == nil {
			err = exampleScenario(ctx, desk, kept.ID, name)
		}
	}
	return err
}

// exampleText is an event file of the built-in city.
func exampleText(file string) (map[string]any, error) {
	data, err := example.Files.ReadFile(path.Join("events", file+".yaml"))
	if err != nil {
		return nil, err
	}
	var text map[string]any
	return text, yaml.Unmarshal(data, &text)
}

func exampleScenario(ctx context.Context, desk *office.Desk, event, file string) error {
	text, err := exampleText(file)
	if err != nil {
		return err
	}
	ask := office.ScenarioAsk{ID: file, Name: scenarioName(text, file)}
	list, _ := text["modifications"].([]any)
	for _, m := range list {
		one, err := json.Marshal(m)
		if err != nil {
			return err
		}
		ask.Modifications = append(ask.Modifications, one)
	}
	if slices.Contains([]string{"match", "expo-peak"}, file) {
		ask.ID, ask.Name = "timetable", "Timetable as published"
	}
	kept, _, err := desk.CreateScenario(ctx, exampleBy, event, ask)
	if errors.Is(err, workspace.ErrExists) {
		kept.ID, err = event+"/"+ask.ID, nil
	}
	if err != nil {
		return err
	}
	_, err = desk.AskRun(ctx, exampleBy, kept.ID, office.Ask{})
	return err
}

// scenarioName is the English name of an event file.
func scenarioName(text map[string]any, file string) string {
	if names, ok := text["name"].(map[string]any); ok {
		if name, ok := names["en"].(string); ok {
			return name
		}
	}
	return file
}
