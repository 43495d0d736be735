package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

var key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func public(of ed25519.PrivateKey) ed25519.PublicKey { return of.Public().(ed25519.PublicKey) }

// written is an exported log of so many entries, as lines; the last is its end.
func written(t testing.TB, entries int) (lines [][]byte, end Checkpoint) {
	t.Helper()
	end = Checkpoint{Hash: Beginning, At: noon}
	for i := range entries {
		e := Entry{
			Number: int64(i + 1), At: noon.Add(time.Duration(i) * time.Second), Who: "u1", Verb: Change, Kind: "event", ID: fmt.Sprint("astana/e", i),
			Change: []byte(`{"date":{"to":"2026-11-26"}}`), Previous: end.Hash,
		}
		aside := Aside{e.Number, "00", map[string]string{"address": "192.0.2.7"}}
		e.Aside = aside.Sum()
		e = e.Seal()
		end.Number, end.Hash = e.Number, e.Hash
		lines = append(lines, line(t, e))
	}
	end = end.Sign(key)
	return append(lines, line(t, end)), end
}

func line(t testing.TB, what interface{ Line() ([]byte, error) }) []byte {
	t.Helper()
	text, err := what.Line()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func joined(lines [][]byte) io.Reader {
	return strings.NewReader(string(bytes.Join(lines, []byte("\n"))) + "\n")
}

func verdict(t testing.TB, lines [][]byte, trust Trust) Verdict {
	t.Helper()
	v, err := Verify(joined(lines), trust)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var trusted = Trust{Keys: []ed25519.PublicKey{public(key)}}

func TestASoundLogIsFoundSound(t *testing.T) {
	for _, n := range []int{0, 1, 7} {
		lines, end := written(t, n)
		v := verdict(t, lines, Trust{Keys: trusted.Keys, Anchors: []Checkpoint{end}})
		if v.Fault != nil || v.Entries != int64(n) || v.Head != end.Hash || !v.Signed {
			t.Errorf("%d entries: %+v %+v", n, v, v.Fault)
		}
		if v := verdict(t, lines, Trust{}); v.Fault != nil || v.Signed {
			t.Errorf("without a key: %+v", v)
		}
	}
}

func TestAsidesAreLookedAtWhereTheyAre(t *testing.T) {
	lines, _ := written(t, 2)
	right := line(t, Aside{2, "00", map[string]string{"address": "192.0.2.7"}})
	wrong := line(t, Aside{2, "00", map[string]string{"address": "192.0.2.8"}})
	if v := verdict(t, slices.Insert(slices.Clone(lines), 2, right), trusted); v.Fault != nil {
		t.Errorf("%+v", v.Fault)
	}
	v := verdict(t, slices.Insert(slices.Clone(lines), 2, wrong), trusted)
	if v.Fault == nil || *v.Fault != (Fault{WrongAside, 3, 2}) {
		t.Errorf("%+v", v.Fault)
	}
	if v := verdict(t, slices.Insert(slices.Clone(lines), 1, right), trusted); v.Fault == nil || v.Fault.Why != WrongAside {
		t.Errorf("beside another entry: %+v", v.Fault)
	}
}

// swap replaces what is old in the line with number i, and gives the entry the hash that fits.
func swap(t testing.TB, lines [][]byte, i int, to func(*Entry)) [][]byte {
	t.Helper()
	e, err := ParseEntry(lines[i])
	if err != nil {
		t.Fatal(err)
	}
	to(&e)
	lines = slices.Clone(lines)
	lines[i] = line(t, e)
	return lines
}

func TestWhatWasDoneToALogIsFound(t *testing.T) {
	lines, end := written(t, 6)
	longer, later := written(t, 9)
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
	resigned := Checkpoint{Number: end.Number, Hash: end.Hash, At: end.At}.Sign(other)
	forged := func(t *testing.T) [][]byte { // everything from entry 3 written anew, with hashes that fit
		lines := swap(t, lines, 2, func(e *Entry) { e.Who = "u2"; *e = e.Seal() })
		for i := 3; i < 6; i++ {
			before, _ := ParseEntry(lines[i-1])
			lines = swap(t, lines, i, func(e *Entry) { e.Previous = before.Hash; *e = e.Seal() })
		}
		last, _ := ParseEntry(lines[5])
		lines[6] = line(t, Checkpoint{Number: 6, Hash: last.Hash, At: noon})
		return lines
	}
	for name, c := range map[string]struct {
		lines   [][]byte
		anchors []Checkpoint
		want    Fault
	}{
		"another word":                {swap(t, lines, 2, func(e *Entry) { e.Who = "u2" }), nil, Fault{WasChanged, 3, 3}},
		"another moment":              {swap(t, lines, 0, func(e *Entry) { e.At = e.At.Add(1000) }), nil, Fault{WasChanged, 1, 1}},
		"another change":              {swap(t, lines, 1, func(e *Entry) { e.Change = nil }), nil, Fault{WasChanged, 2, 2}},
		"another word and its hash":   {swap(t, lines, 2, func(e *Entry) { e.Who = "u2"; *e = e.Seal() }), nil, Fault{NotNext, 4, 4}},
		"the last word and its hash":  {swap(t, lines, 5, func(e *Entry) { e.Who = "u2"; *e = e.Seal() }), nil, Fault{Contradicts, 7, 7}},
		"a space":                     {replaced(lines, 3, append(slices.Clone(lines[3]), ' ')), nil, Fault{NotForm, 4, 4}},
		"a second field":              {replaced(lines, 3, bytes.Replace(lines[3], []byte(`"who":"u1"`), []byte(`"who":"u2","who":"u1"`), 1)), nil, Fault{NotForm, 4, 4}},
		"a line is gone":              {slices.Delete(slices.Clone(lines), 1, 2), nil, Fault{OutOfOrder, 2, 2}},
		"the first is gone":           {lines[1:], nil, Fault{OutOfOrder, 1, 1}},
		"a line is twice there":       {slices.Insert(slices.Clone(lines), 2, lines[1]), nil, Fault{OutOfOrder, 3, 3}},
		"two lines changed places":    {replaced(replaced(lines, 1, lines[2]), 2, lines[1]), nil, Fault{OutOfOrder, 2, 2}},
		"something between":           {slices.Insert(slices.Clone(lines), 2, []byte("{}")), nil, Fault{NotForm, 3, 3}},
		"an empty line":               {slices.Insert(slices.Clone(lines), 2, []byte("")), nil, Fault{NotForm, 3, 3}},
		"the end is gone":             {lines[:6], nil, Fault{WasCut, 7, 7}},
		"the last entries are gone":   {append(slices.Clone(lines[:4]), lines[6]), nil, Fault{WasCut, 5, 5}},
		"cut, and an end made for it": {append(slices.Clone(lines[:4]), endOf(t, lines[3])), nil, Fault{NotSigned, 5, 5}},
		"an end of somebody else":     {replaced(lines, 6, line(t, resigned)), nil, Fault{NotSigned, 7, 7}},
		"something after the end":     {append(slices.Clone(lines), lines[0]), nil, Fault{NotForm, 8, 7}},
		"an older log":                {lines, []Checkpoint{later}, Fault{WasCut, 8, 7}},
		"written anew":                {forged(t), []Checkpoint{checkpointAt(t, lines, 4)}, Fault{Contradicts, 4, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			v := verdict(t, c.lines, Trust{trusted.Keys, c.anchors})
			if v.Fault == nil || *v.Fault != c.want {
				t.Errorf("%+v, want %+v", v.Fault, c.want)
			}
			if v.Signed {
				t.Error("and yet it counts as signed")
			}
		})
	}
	if v := verdict(t, longer, Trust{trusted.Keys, []Checkpoint{end}}); v.Fault != nil {
		t.Errorf("a log that has grown since its anchor: %+v", v.Fault)
	}
}

func replaced(lines [][]byte, i int, with []byte) [][]byte {
	lines = slices.Clone(lines)
	lines[i] = with
	return lines
}

func checkpointAt(t testing.TB, lines [][]byte, number int) Checkpoint {
	t.Helper()
	e, err := ParseEntry(lines[number-1])
	if err != nil {
		t.Fatal(err)
	}
	return Checkpoint{Number: e.Number, Hash: e.Hash, At: noon}
}

func endOf(t testing.TB, last []byte) []byte {
	t.Helper()
	e, err := ParseEntry(last)
	if err != nil {
		t.Fatal(err)
	}
	return line(t, Checkpoint{Number: e.Number, Hash: e.Hash, At: noon})
}

func TestALineThatIsCutOff(t *testing.T) {
	lines, _ := written(t, 3)
	whole := string(bytes.Join(lines, []byte("\n"))) + "\n"
	for length := range len(whole) {
		v, err := Verify(strings.NewReader(whole[:length]), Trust{})
		if err != nil || v.Fault == nil {
			t.Fatalf("cut after %d of %d bytes: %+v %v", length, len(whole), v, err)
		}
	}
}

// Whatever is done to the bytes of a log is found, or has changed nothing.
func TestEveryChangeOfBytesIsFound(t *testing.T) {
	lines, _ := written(t, 4)
	whole := append(bytes.Join(lines, []byte("\n")), '\n')
	rapid.Check(t, func(t *rapid.T) {
		changed := slices.Clone(whole)
		at := rapid.IntRange(0, len(changed)-1).Draw(t, "at")
		switch rapid.IntRange(0, 2).Draw(t, "what") {
		case 0:
			changed[at] = rapid.Byte().Draw(t, "byte")
		case 1:
			changed = slices.Delete(changed, at, min(len(changed), at+rapid.IntRange(1, 400).Draw(t, "bytes")))
		default:
			changed = slices.Insert(changed, at, rapid.SliceOfN(rapid.Byte(), 1, 9).Draw(t, "inserted")...)
		}
		if bytes.Equal(changed, whole) {
			return
		}
		v, err := Verify(bytes.NewReader(changed), trusted)
		if err != nil || v.Fault == nil {
			t.Fatalf("not found: %v\n%s", err, changed)
		}
	})
}

func TestAHashIsThatOfTheLineWithoutIt(t *testing.T) {
	lines, _ := written(t, 1)
	e, _ := ParseEntry(lines[0])
	text, hash, _ := bytes.Cut(lines[0], []byte(`,"hash":"`))
	sum := sha256.Sum256(append(text, '}'))
	if want := hex.EncodeToString(sum[:]); string(e.Hash) != want || string(hash) != want+`"}` {
		t.Errorf("hash %s, want %s", e.Hash, want)
	}
}

func TestAReaderThatFails(t *testing.T) {
	lines, _ := written(t, 2)
	broken := errors.New("the disk")
	if _, err := Verify(io.MultiReader(bytes.NewReader(append(lines[0], '\n')), iotest.ErrReader(broken)), Trust{}); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

func TestAnyWordsMakeALineThatComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOfN(rapid.Byte(), 0, 12).Draw(t, "bytes")) })
		e := Entry{
			Number: rapid.Int64Range(1, 1<<60).Draw(t, "number"), At: time.UnixMicro(rapid.Int64Range(0, 1<<52).Draw(t, "at")),
			Who: raw.Draw(t, "who"), From: raw.Draw(t, "from"), Request: raw.Draw(t, "request"), Verb: Verb(raw.Draw(t, "verb")),
			ID: raw.Draw(t, "id"), Previous: Beginning,
		}
		compared, err := Compare(map[string]string{"a": raw.Draw(t, "before")}, map[string]string{"a": raw.Draw(t, "after"), "b<": "c"})
		if err != nil {
			t.Fatal(err)
		}
		e.Change = compared.Change
		e = e.Seal()
		text, err := e.Line()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseEntry(text)
		if err != nil || back.sum() != e.Hash || back.Hash != e.Hash {
			t.Fatalf("%v: %s", err, text)
		}
	})
}

type profile struct {
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
	Text  string   `json:"text,omitempty"`
}

func TestCompareKeepsPersonsOut(t *testing.T) {
	got, err := Compare(profile{Name: "Aigerim", Roles: []string{"viewer"}}, profile{Name: "Dana", Roles: []string{"planner"}}, "name")
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"name":{"aside":true},"roles":{"from":["viewer"],"to":["planner"]}}`; string(got.Change) != want {
		t.Errorf("%s, want %s", got.Change, want)
	}
	if got.Private["name"] != `"Dana"` {
		t.Errorf("private: %v", got.Private)
	}
	same, _ := Compare(profile{Name: "Somebody", Roles: []string{"viewer"}}, profile{Name: "Else", Roles: []string{"planner"}}, "name")
	if same.Before != got.Before || same.After != got.After || got.Before == got.After {
		t.Error("the sums depend on the name, or on nothing")
	}
}

func TestCompareIsBrief(t *testing.T) {
	long := strings.Repeat("x", longestValue)
	got, err := Compare(nil, profile{Text: long})
	if err != nil || strings.Contains(string(got.Change), "xxx") || !strings.Contains(string(got.Change), string(Sum([]byte(`"`+long+`"`)))) {
		t.Errorf("%v: %s", err, got.Change)
	}
	many := map[string]string{}
	for i := range 100 {
		many[fmt.Sprint("field", i)] = long[:1000]
	}
	if got, err = Compare(nil, many); err != nil || got.Change != nil || got.After == "" || got.Before != "" {
		t.Errorf("%v: %d bytes", err, len(got.Change))
	}
	if got, err = Compare(many, many); err != nil || got.Change != nil || got.Before != got.After {
		t.Errorf("the same: %v %s", err, got.Change)
	}
	if _, err := Compare(1, nil); err == nil {
		t.Error("a number has fields")
	}
}

func TestSignatures(t *testing.T) {
	_, c := written(t, 2)
	if !c.SignedBy(public(key)) || c.SignedBy() || c.SignedBy(nil) {
		t.Error("a signature does not hold, or holds for nobody")
	}
	for name, change := range map[string]func(*Checkpoint){
		"number":    func(c *Checkpoint) { c.Number++ },
		"hash":      func(c *Checkpoint) { c.Hash = Beginning },
		"moment":    func(c *Checkpoint) { c.At = c.At.Add(time.Second) },
		"key":       func(c *Checkpoint) { c.Key = strings.Repeat("0", 64) },
		"signature": func(c *Checkpoint) { c.Signature = "zz" },
		"none":      func(c *Checkpoint) { c.Signature = "" },
	} {
		other := c
		change(&other)
		if other.SignedBy(public(key)) {
			t.Errorf("another %s does not matter", name)
		}
	}
	if k, err := ParseKey(c.Key + "\n"); err != nil || !k.Equal(public(key)) {
		t.Errorf("%v", err)
	}
	if _, err := ParseKey("ab"); !errors.Is(err, ErrKey) {
		t.Errorf("%v", err)
	}
}

func TestOriginGoesWithTheContext(t *testing.T) {
	by := Origin{"u1", "192.0.2.7", "r1"}
	if From(With(t.Context(), by)) != by || From(t.Context()) != (Origin{}) {
		t.Error("who asks is lost")
	}
}

func FuzzEntry(f *testing.F) {
	lines, _ := written(f, 2)
	for _, text := range lines {
		f.Add(text)
	}
	f.Add([]byte(`{"number":1,"at":"2026-11-26T12:00:00Z","who":"","verb":"","previous":""}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := ParseEntry(text)
		if err != nil {
			return
		}
		if again, err := e.Line(); err != nil || !bytes.Equal(again, text) {
			t.Fatalf("%q became %q: %v", text, again, err)
		}
	})
}

func FuzzVerify(f *testing.F) {
	lines, end := written(f, 3)
	f.Add(append(bytes.Join(lines, []byte("\n")), '\n'))
	f.Add([]byte(`{"aside":{"number":0,"salt":"","values":null}}` + "\n"))
	f.Add([]byte(`{"checkpoint":{"number":0,"hash":"` + string(Beginning) + `","at":"2026-11-26T12:00:00Z"}}` + "\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := Verify(bytes.NewReader(text), Trust{Anchors: []Checkpoint{end}})
		if err != nil {
			t.Fatal(err)
		}
		if v.Fault == nil && v.Entries < end.Number {
			t.Fatalf("%d entries pass for %d", v.Entries, end.Number)
		}
	})
}
