package network

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// filler puts a different value into every exported field that it can reach.
type filler struct{ next int }

func (f *filler) fill(v reflect.Value) {
	f.next++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2+f.next%3, 2+f.next%3))
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			f.fill(key)
			f.fill(value)
			v.SetMapIndex(key, value)
		}
	case reflect.String:
		v.SetString(fmt.Sprint("қала ", f.next))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(f.next) + .5)
	case reflect.Int32:
		v.SetInt(int64(-f.next))
	case reflect.Uint8:
		v.SetUint(uint64(f.next % 256))
	case reflect.Uint16, reflect.Uint32:
		v.SetUint(uint64(f.next))
	default:
		panic("the filler does not know " + v.Type().String())
	}
}

func TestEveryFieldSurvives(t *testing.T) {
	var n Network
	(&filler{}).fill(reflect.ValueOf(&n).Elem())
	got, err := decodePayload(encodePayload(&n))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&n, got); diff != "" {
		t.Error(diff)
	}
}

func TestTownSurvives(t *testing.T) {
	n := assembled(t, smallTown())
	data := Encode(n)
	got, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(n, got); diff != "" {
		t.Error(diff)
	}
	if Hash(n) != Hash(got) || Hash(n) != EncodedHash(data) || len(Hash(n)) != 64 {
		t.Errorf("hashes %s, %s, %s", Hash(n), Hash(got), EncodedHash(data))
	}
}

func TestHashFollowsTheContent(t *testing.T) {
	one, other := smallTown(), smallTown()
	other.Timetable.Trips.Depart[0]++
	other.Timetable.Trips.Arrive[0]++
	if Hash(assembled(t, one)) == Hash(assembled(t, other)) {
		t.Error("a second later and the same hash")
	}
}

func TestDecodeNamesWhatIsWrong(t *testing.T) {
	good := Encode(assembled(t, smallTown()))
	changed := func(change func([]byte) []byte) []byte { return change(append([]byte{}, good...)) }
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"empty":     {nil, ErrNotNetwork},
		"a zip":     {[]byte("PK\x03\x04 something"), ErrNotNetwork},
		"header":    {good[:20], ErrTruncated},
		"cut":       {good[:len(good)-1], ErrTruncated},
		"longer":    {append(changed(func(b []byte) []byte { return b }), 0), ErrDamaged},
		"one bit":   {changed(func(b []byte) []byte { b[len(b)-5] ^= 1; return b }), ErrChecksum},
		"no column": {seal(nil), ErrDamaged},
		"surplus":   {seal(append(append([]byte{}, good[headerLength:]...), 0)), ErrDamaged},
	} {
		if n, err := Decode(test.data); !errors.Is(err, test.want) || n != nil {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func TestDecodeTellsOldFromNew(t *testing.T) {
	for _, format := range []uint32{0, Format + 1} {
		data := Encode(assembled(t, smallTown()))
		binary.LittleEndian.PutUint32(data[len(magic):], format)
		_, err := Decode(data)
		var wrong *FormatError
		if !errors.As(err, &wrong) || wrong.Found != format {
			t.Errorf("format %d: %v", format, err)
		}
	}
}

// use does what engines do with a network that passed Validate: nothing of it may panic.
func use(n *Network) {
	for s := range n.Timetable.Stops.ID {
		n.Transfers.Row(uint32(s))
	}
	for p := range n.Places.ID {
		n.Access.Row(uint32(p))
		n.Direct(demand.Place(p), 0)
	}
	if n.Streets != nil {
		n.Streets.Islands()
		street.NewIndex(n.Streets, n.Streets.Mainland()).Snap(center, 200)
	}
	for _, v := range n.Venues {
		for _, g := range v.Gates {
			_ = n.Places.At[g.Place]
		}
	}
	for p, shape := range n.Timetable.Patterns.Shape {
		n.Timetable.ShapePoints(shape)
		n.Timetable.PatternBoarding(transit.Pattern(p))
	}
	if len(n.Timetable.Trips.ID) < 100 && calm(n.Timetable) {
		start := transit.DateOf(2026, 8, 15)
		_, _ = transit.NewDay(n.Timetable, transit.Horizon{Start: int64(start) * 86400, Length: 86400}, draw.Seed(1))
	}
}

// calm leaves out the frequencies that only cost time.
func calm(tt *transit.Timetable) bool {
	for i := range tt.Frequencies.Headway {
		if (tt.Frequencies.End[i]-tt.Frequencies.Start[i])/tt.Frequencies.Headway[i] > 10_000 {
			return false
		}
	}
	return true
}

func FuzzDecode(f *testing.F) {
	good := Encode(assembled(f, smallTown()))
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte("QALANET\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if n, err := Decode(data); err == nil {
			again(t, n, data)
		}
	})
}

// FuzzPayload gets past the checksum.
func FuzzPayload(f *testing.F) {
	f.Add(encodePayload(assembled(f, smallTown())))
	f.Add(encodePayload(assembled(f, detour(f))))
	f.Add(encodePayload(&Network{Walking: DefaultWalking}))
	f.Fuzz(func(t *testing.T, payload []byte) {
		data := seal(payload)
		if n, err := Decode(data); err == nil {
			again(t, n, data)
			use(n)
		}
	})
}

// again makes sure that a network has one encoding only.
func again(t *testing.T, n *Network, data []byte) {
	t.Helper()
	if string(Encode(n)) != string(data) {
		t.Error("decoded and encoded again, the bytes differ")
	}
}

func BenchmarkDecode(b *testing.B) {
	data := Encode(assembled(b, smallTown()))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}
