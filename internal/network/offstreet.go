package network

import (
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/street"
)

// What is told about stops and places that no street reaches.
var (
	codeStopsOff  = finding.Register("network.stops_off_streets")
	codePlacesOff = finding.Register("network.places_off_streets")
	codeGatesOff  = finding.Register("network.gates_off_streets")
)

// mostExamples is how many are named where many are counted.
const mostExamples = 3

// offStreet counts what stands at no street.
type offStreet struct {
	count, islands int
	examples       []string
}

// tellOffStreet records which stops, gates and other places are walked to by a
// straight line although there are streets.
func (f *foot) tellOffStreet(n *Network, log *finding.Log) {
	if n.Streets == nil || log == nil {
		return
	}
	isGate := map[uint32]bool{}
	for _, g := range gatesOf(n.Venues) {
		isGate[uint32(g)] = true
	}
	anywhere := street.NewIndex(n.Streets, nil)
	var stops, gates, places offStreet
	for s, id := range n.Timetable.Stops.ID {
		stops.look(f.stops, uint32(s), string(id), anywhere)
	}
	for d, id := range f.inside.id {
		stops.look(f.stops, f.inside.row(d), id, anywhere)
	}
	for p, id := range n.Places.ID {
		into := &places
		if isGate[uint32(p)] {
			into = &gates
		}
		into.look(f.places, uint32(p), id, anywhere)
	}
	stops.tell(log, finding.Note, codeStopsOff)
	places.tell(log, finding.Note, codePlacesOff)
	gates.tell(log, finding.Warning, codeGatesOff)
}

// look counts a goal that stands at no street, and whether it is a small
// island that it would stand at.
func (o *offStreet) look(in *goals, row uint32, id string, anywhere *street.Index) {
	s := in.stand[row]
	if !in.wanted[row] || s.onStreet || !s.at.Valid() {
		return
	}
	o.count++
	if _, ok := anywhere.Snap(s.at, MaxOffStreet); ok {
		o.islands++
	}
	if len(o.examples) < mostExamples {
		o.examples = append(o.examples, id)
	}
}

func (o *offStreet) tell(log *finding.Log, level finding.Level, code finding.Code) {
	if o.count == 0 {
		return
	}
	log.Add(finding.Finding{Level: level, Code: code, Value: strings.Join(o.examples, ", "), Args: map[string]string{
		"count": strconv.Itoa(o.count), "islands": strconv.Itoa(o.islands), "meters": strconv.Itoa(int(MaxOffStreet)),
	}})
}
