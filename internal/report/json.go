package report

import (
	"bytes"
	"encoding/json"

	"github.com/qala-city/qala/internal/evaluation"
)

// JSON is the evaluation in its file format, indented, each innermost object and
// list on a line of its own: the same bytes for the same evaluation. It fails
// only on a number that JSON cannot write.
func JSON(e *evaluation.Evaluation) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(e)
	return joinInnermost(out.Bytes()), err
}

// joinInnermost writes what has no brackets inside on one line. In indented JSON
// a line opens a bracket at its end, closes one at its beginning, or does neither:
// texts begin and end with a quotation mark.
func joinInnermost(indented []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(indented))
	var open [][]byte // the line of the bracket that was opened last, and those after it; none when it was closed
	for line := range bytes.Lines(indented) {
		words := bytes.Trim(line, " \n")
		closes, opens := words[0] == '}' || words[0] == ']', words[len(words)-1] == '{' || words[len(words)-1] == '['
		switch {
		case opens:
			out.Write(bytes.Join(open, nil))
			open = append(open[:0], line)
		case closes && len(open) > 0:
			out.Write(oneLine(open))
			out.Write(bytes.TrimLeft(line, " "))
			open = open[:0]
		case len(open) > 0:
			open = append(open, line)
		default:
			out.Write(line)
		}
	}
	return out.Bytes()
}

// oneLine is a bracket's line with its content behind it.
func oneLine(lines [][]byte) []byte {
	out := bytes.TrimRight(lines[0], "\n")
	out = out[:len(out):len(out)]
	for i, line := range lines[1:] {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, bytes.Trim(line, " \n")...)
	}
	return out
}
