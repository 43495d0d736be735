package ledger

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/qala-city/qala/internal/workspace"
)

// longestValue is how long a value may be to be told word for word.
const longestValue = 2 << 10

// changed is what became of one field.
type changed struct {
	From  json.RawMessage `json:"from,omitempty"`
	To    json.RawMessage `json:"to,omitempty"`
	Aside bool            `json:"aside,omitempty"` // it is personal, and stands elsewhere
}

// Compared is what an entry tells of two states of a thing.
type Compared struct {
	Before, After workspace.Sum
	Change        json.RawMessage   // {"field":{"from":...,"to":...}}; nil when it is too long, or nothing
	Private       map[string]string // the values of veiled fields that are others now
}

// Compare finds out what is different between two JSON objects, field by field;
// nil stands for a thing that is not there. Of veiled fields neither values nor
// sums get into what is told.
func Compare(before, after any, veiled ...string) (Compared, error) {
	was, err := fields(before)
	if err != nil {
		return Compared{}, err
	}
	is, err := fields(after)
	if err != nil {
		return Compared{}, err
	}
	told, out := map[string]changed{}, Compared{Private: map[string]string{}}
	for _, name := range names(was, is) {
		from, to := was[name], is[name]
		switch {
		case bytes.Equal(from, to):
		case slices.Contains(veiled, name):
			told[name] = changed{Aside: true}
			out.Private[name] = string(to)
		default:
			told[name] = changed{From: brief(from), To: brief(to)}
		}
	}
	out.Before, out.After = sumOf(was, veiled), sumOf(is, veiled)
	if len(told) == 0 {
		return out, nil
	}
	text, err := json.Marshal(told)
	if err == nil && len(text) <= MostChange {
		out.Change = text
	}
	return out, err
}

// fields are those of a JSON object, each in one form.
func fields(value any) (map[string]json.RawMessage, error) {
	if value == nil {
		return nil, nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var parts map[string]json.RawMessage
	return parts, json.Unmarshal(text, &parts)
}

func names(a, b map[string]json.RawMessage) []string {
	all := slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b)))
	slices.Sort(all)
	return slices.Compact(all)
}

// brief is a value, or its sum where it is long.
func brief(value json.RawMessage) json.RawMessage {
	if len(value) <= longestValue {
		return value
	}
	text, _ := json.Marshal(map[string]workspace.Sum{"sha256": Sum(value)}) // a map of strings
	return text
}

// sumOf is the sum of an object without its veiled fields; "" for none.
func sumOf(parts map[string]json.RawMessage, veiled []string) workspace.Sum {
	if parts == nil {
		return ""
	}
	parts = maps.Clone(parts)
	maps.DeleteFunc(parts, func(name string, _ json.RawMessage) bool { return slices.Contains(veiled, name) })
	text, err := json.Marshal(parts)
	if err != nil {
		return ""
	}
	return Sum(text)
}
