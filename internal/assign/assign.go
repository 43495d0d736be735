package assign

import "context"

// Progress is told how far a stage has come; it may be called from several goroutines.
type Progress func(stage string, done, total int)

// Stage is the one stage of Load. Its total is that of all rounds which may
// come; fewer may do.
const Stage = "play"

// Load plays the day of a Problem as often as its Rounds allow and Gap asks,
// each time with the queues of the rounds before in the prices. Its error is
// ctx's alone; the same Problem gives the same Outcome for any number of Workers.
func Load(ctx context.Context, p *Problem, progress Progress) (*Outcome, error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	r := newRounds(p, progress)
	for {
		out, err := r.play(ctx)
		if err != nil {
			return nil, err
		}
		if r.over() {
			return out, r.close(ctx, out)
		}
	}
}
