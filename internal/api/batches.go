package api

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Batch is many runs that were asked for at once.
type Batch struct {
	Kept
	City  string   `json:"city"`
	Title string   `json:"title"`
	Runs  []string `json:"runs" nullable:"false" doc:"In the order of the table"`
}

func batchOf(item office.Item[workspace.Batch]) Batch {
	return Batch{kept(item.Document), item.Parent, item.Content.Name, append([]string{}, item.Content.Runs...)}
}

// BatchText asks for every combination of what it lists.
type BatchText struct {
	Title     string   `json:"title" minLength:"1" maxLength:"200"`
	Scenarios []string `json:"scenarios" minItems:"1" maxItems:"200" doc:"As event/scenario"`
	Seeds     []uint64 `json:"seeds,omitempty" maxItems:"1000" doc:"Each run has one; the event's where none is listed"`
	Crowds    []int    `json:"crowd_percents,omitempty" maxItems:"100" doc:"Of the attendance; 100 where none is listed"`
	Settings  Ask      `json:"settings,omitempty" doc:"Of every run, but for its seed and crowd"`
}

// BatchRow is one run of a batch.
type BatchRow struct {
	Run      string              `json:"run"`
	Scenario string              `json:"scenario"`
	Seed     uint64              `json:"seed"`
	Crowd    int                 `json:"crowd_percent"`
	State    workspace.JobState  `json:"state"`
	Headline *workspace.Headline `json:"headline,omitempty"`
}

// BatchTable is what the runs of a batch gave, as far as they are.
type BatchTable struct {
	Over  int        `json:"over" doc:"Runs that are"`
	Total int        `json:"total"`
	Rows  []BatchRow `json:"rows" nullable:"false"`
}

// BatchIn names a batch.
type BatchIn struct {
	Batch string `path:"batch" maxLength:"64"`
}

func (d *door) batches() {
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/cities/{city}/batches", id: "listBatches", tag: "batches", summary: "The batches of a city"}, d.listBatches)
	add(d, operation{
		need: role.Plan, method: http.MethodPost, path: "/cities/{city}/batches", id: "createBatch", tag: "batches",
		summary: "Run many scenarios, seeds and attendances at once", status: http.StatusCreated, errors: []int{409, 413, 422},
	}, d.createBatch)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/batches/{batch}", id: "getBatch", tag: "batches", summary: "A batch"}, d.getBatch)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/batches/{batch}/table", id: "getBatchTable", tag: "batches", summary: "What its runs gave, a row each"}, d.batchTable)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/batches/{batch}/table.csv", id: "getBatchCSV", tag: "batches", summary: "The same as CSV", kind: "text/csv"}, d.batchCSV)
	add(d, operation{need: role.Plan, method: http.MethodPost, path: "/batches/{batch}/cancel", id: "cancelBatch", tag: "batches", summary: "End its runs; what is finished stays"}, d.cancelBatch)
}

func (d *door) listBatches(ctx context.Context, in *struct {
	CityIn
	PageIn
},
) (*List[Batch], error) {
	if _, err := d.Office.City(ctx, in.City); err != nil {
		return nil, err
	}
	items, err := d.Office.Batches(ctx, in.City, in.page())
	return mapped("/cities/"+in.City+"/batches", in.PageIn, items, batchOf, err)
}

func (d *door) createBatch(ctx context.Context, in *struct {
	CityIn
	Body BatchText
},
) (*One[Batch], error) {
	if err := plainText(in.Body.Title); err != nil {
		return nil, err
	}
	ask := office.BatchAsk{Name: in.Body.Title, Seeds: in.Body.Seeds, Crowds: in.Body.Crowds, Ask: in.Body.Settings.ask()}
	for _, scenario := range in.Body.Scenarios {
		ask.Scenarios = append(ask.Scenarios, in.City+"/"+scenario)
	}
	item, _, err := d.Office.CreateBatch(ctx, by(ctx), in.City, ask)
	if err != nil {
		return nil, err
	}
	out := one(batchOf(item), item.Revision)
	out.Location = Prefix + "/batches/" + item.ID
	return out, nil
}

func (d *door) getBatch(ctx context.Context, in *struct {
	BatchIn
	NoneMatch
},
) (*One[Batch], error) {
	item, err := d.Office.Batch(ctx, in.Batch)
	if err != nil {
		return nil, err
	}
	return seen(in.NoneMatch, batchOf(item), item.Revision)
}

// tableOf are the rows of a batch, as of one moment.
func (d *door) tableOf(ctx context.Context, batch string) (BatchTable, error) {
	runs, err := d.Office.Table(ctx, batch)
	out := BatchTable{Total: len(runs), Rows: []BatchRow{}}
	for _, r := range runs {
		if r.Job.State.Over() {
			out.Over++
		}
		in := r.Content.Input
		out.Rows = append(out.Rows, BatchRow{r.ID, r.Content.Scenario, in.Seed, in.Crowd, r.Job.State, headline(r.Job)})
	}
	return out, err
}

func (d *door) batchTable(ctx context.Context, in *BatchIn) (*struct{ Body BatchTable }, error) {
	table, err := d.tableOf(ctx, in.Batch)
	if err != nil {
		return nil, err
	}
	return &struct{ Body BatchTable }{table}, nil
}

func (d *door) batchCSV(ctx context.Context, in *BatchIn) (*huma.StreamResponse, error) {
	table, err := d.tableOf(ctx, in.Batch)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", "text/csv; charset=utf-8")
		w := csv.NewWriter(ctx.BodyWriter())
		_ = w.Write(strings.Split("run,scenario,seed,crowd_percent,state,people,arrived,stranded,left_behind,max_queue,max_queue_stop,max_wait_seconds,away_90_percent,cleared,red_cells,regret_permille,findings", ","))
		for _, row := range table.Rows {
			_ = w.Write(row.fields()) // the writer keeps its first error, and whoever hung up does not want the rest
		}
		w.Flush()
	}}, nil
}

func (r BatchRow) fields() []string {
	out := []string{r.Run, r.Scenario, fmt.Sprint(r.Seed), fmt.Sprint(r.Crowd), string(r.State)}
	if h := r.Headline; h != nil {
		for _, v := range []any{h.People, h.Arrived, h.Stranded, h.LeftBehind, h.MaxQueue, h.QueueStop, h.MaxWait, h.Away90, h.Cleared, h.RedCells, h.Regret, h.Findings} {
			out = append(out, fmt.Sprint(v))
		}
	}
	for len(out) < 17 {
		out = append(out, "")
	}
	return out
}

func (d *door) cancelBatch(ctx context.Context, in *BatchIn) (*struct{ Body BatchTable }, error) {
	if err := d.Office.CancelBatch(ctx, by(ctx), in.Batch); err != nil {
		return nil, err
	}
	return d.batchTable(ctx, in)
}
