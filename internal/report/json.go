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
			oneLine(&out, open, bytes.TrimLeft(line, " "))
			open = open[:0]
		case len(open) > 0:
			open = append(open, line)
		default:
			out.Write(line)
		}
	}
	return out.Bytes()
}

// oneLine writes a bracket's line, its content without blanks, and its closing line.
func oneLine(out *bytes.Buffer, lines [][]byte, closing []byte) {
	head := bytes.TrimRight(lines[0], "\n")
	bracket := len(head) - 1
	out.Write(head[:bracket])
	content := bytes.Join([][]byte{head[bracket:], bytes.Join(lines[1:], nil), closing[:1]}, nil)
	if err := json.Compact(out, content); err != nil { // cannot be: an encoder wrote it
		out.Write(content)
	}
	out.Write(closing[1:])
}
