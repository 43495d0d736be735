package main

import (
	"fmt"
	"sync"

	"github.com/schollz/progressbar/v3"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/feed"
)

// progress shows how far a long command is: a bar that moves on a terminal,
// one line per stage elsewhere. Goroutines may share one.
type progress struct {
	h     *house
	mu    sync.Mutex
	stage string
	bar   *progressbar.ProgressBar
}

// stageWords are the messages that name the stages of the desks.
var stageWords = map[string]string{
	feed.StageTimetable: "stage.timetable",
	feed.StageStreets:   "stage.streets",
	feed.StagePlaces:    "stage.places",
	feed.StageWalks:     "stage.walks",
	assign.Stage:        "stage.play",
	stageDownload:       "stage.download",
	stageWaiting:        "stage.waiting",
	stageTests:          "stage.tests",
}

// report takes one step of a stage; total 0 means that nobody knows how many there are.
func (p *progress) report(stage string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stage != p.stage {
		p.begin(stage, total)
	}
	if p.bar != nil {
		_ = p.bar.Set(min(done, max(total, done))) // a bar that cannot be drawn is no reason to stop
	}
}

func (p *progress) begin(stage string, total int) {
	p.finish()
	p.stage = stage
	words := p.h.words.Say(stageWords[stage], nil)
	if !p.h.terminal {
		fmt.Fprintln(p.h.notes, words)
		return
	}
	if total <= 0 {
		total = -1
	}
	p.bar = progressbar.NewOptions(total,
		progressbar.OptionSetWriter(p.h.notes),
		progressbar.OptionSetDescription(words),
		progressbar.OptionSetWidth(30),
		progressbar.OptionClearOnFinish(),
	)
}

// finish takes the bar away.
func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar = nil
	}
}

// close ends the last stage.
func (p *progress) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}
