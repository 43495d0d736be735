package works

import (
	"context"
	"errors"

	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/job"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/store/tree"
	"github.com/qala-city/qala/internal/workspace"
)

// importCity makes a network of a city's files.
func (s *Shop) importCity(ctx context.Context, in workspace.ImportInput, progress func(workspace.Progress)) (job.Outcome, error) {
	result, err := feed.Import(ctx, feed.Request{
		Dir:      tree.New(ctx, in.Files, s.Contents.Open),
		File:     in.Description,
		Progress: func(at feed.Progress) { progress(thousandths(at)) },
	})
	if errors.Is(err, feed.ErrRefused) {
		return job.Outcome{}, &job.Refused{Text: err.Error(), Findings: result.Findings}
	}
	if err != nil {
		return job.Outcome{}, err
	}
	imported, err := s.keepNetwork(ctx, result)
	return job.Outcome{Result: imported}, err
}

// thousandths is the progress of one file, whose bytes may be more than an int holds.
func thousandths(at feed.Progress) workspace.Progress {
	if at.Total <= 0 {
		return workspace.Progress{Stage: at.Stage}
	}
	return workspace.Progress{Stage: at.Stage, Done: int(at.Done * 1000 / at.Total), Total: 1000}
}

func (s *Shop) keepNetwork(ctx context.Context, result *feed.Result) (workspace.ImportResult, error) {
	data := network.Encode(result.Network)
	sum := result.Summary
	out := workspace.ImportResult{
		Hash: network.EncodedHash(data), Bytes: int64(len(data)), Tallies: result.Tallies, Levels: levels(result.Findings),
		Counts: map[string]int{
			"stops": sum.Stops, "routes": sum.Routes, "trips": sum.Trips, "homes": sum.Homes, "people": int(sum.People),
			"venues": sum.Venues, "facilities": sum.Facilities, "platforms": sum.Platforms,
		},
	}
	if sum.HasDates {
		out.FirstDate, out.LastDate = sum.FirstDate.String(), sum.LastDate.String()
	}
	var err error
	if out.Findings, err = s.keepJSON(ctx, append([]finding.Finding{}, result.Findings...)); err != nil {
		return out, err
	}
	out.Network, err = s.keep(ctx, data)
	return out, err
}

func levels(findings []finding.Finding) map[string]int {
	counts := map[string]int{}
	for _, f := range findings {
		counts[string(f.Level)]++
	}
	return counts
}
