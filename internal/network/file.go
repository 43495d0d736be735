package network

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/qala-city/qala/internal/transit"
)

// Format is the version of a network's bytes; it changes with any field.
const Format = 3

// magic opens every network file. Its last two bytes show a copy that mistook it for text.
var magic = []byte("QALANET\r\n")

// headerLength is magic, format, length of the payload and its SHA-256.
const headerLength = 9 + 4 + 8 + sha256.Size

// What can be wrong with the bytes of a network.
var (
	ErrNotNetwork = errors.New("not a network file")
	ErrTruncated  = errors.New("the network file is cut short: import the city again")
	ErrChecksum   = errors.New("the network file was changed or damaged, its checksum is wrong: import the city again")
	ErrDamaged    = errors.New("the network file is damaged: import the city again")
	ErrInvalid    = errors.New("the network contradicts itself")
)

// FormatError says that the bytes are of another version of the format.
type FormatError struct{ Found uint32 }

// Error names both versions and the way out.
func (e *FormatError) Error() string {
	if e.Found > Format {
		return fmt.Sprintf("the network file has format %d, which is newer than this program's %d: "+
			"use a newer qala, or import the city again with this one", e.Found, Format)
	}
	return fmt.Sprintf("the network file has the old format %d, this program reads %d: import the city again", e.Found, Format)
}

// Encode is the network as the bytes of a file; the same network gives the same bytes.
func Encode(n *Network) []byte { return head(encodeBehind(n, headerLength)) }

// seal puts the header before a payload.
func seal(payload []byte) []byte { return head(append(make([]byte, headerLength), payload...)) }

// head writes the header of a file into the bytes that are kept free for it.
func head(file []byte) []byte {
	payload := file[headerLength:]
	sum := sha256.Sum256(payload)
	out := binary.LittleEndian.AppendUint32(append(file[:0], magic...), Format)
	out = binary.LittleEndian.AppendUint64(out, uint64(len(payload)))
	copy(file[len(out):headerLength], sum[:])
	return file
}

func encodePayload(n *Network) []byte { return encodeBehind(n, 0) }

// encodeBehind leaves so many bytes free before the payload.
func encodeBehind(n *Network, free int) []byte {
	a := archive{bytes: make([]byte, free)}
	copied := *n
	if copied.Timetable == nil {
		copied.Timetable = &transit.Timetable{}
	}
	a.network(&copied)
	return a.bytes
}

// Decode reads what Encode wrote. The errors are ErrNotNetwork, FormatError,
// ErrTruncated, ErrChecksum, ErrDamaged and ErrInvalid; a network that comes
// back has passed Validate.
func Decode(data []byte) (*Network, error) {
	payload, err := payloadOf(data)
	if err != nil {
		return nil, err
	}
	n, err := decodePayload(payload)
	if err != nil {
		return nil, err
	}
	if err := Validate(n); err != nil {
		return nil, err
	}
	return n, nil
}

// payloadOf checks the header.
func payloadOf(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, magic) {
		return nil, ErrNotNetwork
	}
	if len(data) < headerLength {
		return nil, ErrTruncated
	}
	if format := binary.LittleEndian.Uint32(data[len(magic):]); format != Format {
		return nil, &FormatError{format}
	}
	payload := data[headerLength:]
	switch length := binary.LittleEndian.Uint64(data[len(magic)+4:]); {
	case uint64(len(payload)) < length:
		return nil, ErrTruncated
	case uint64(len(payload)) > length:
		return nil, fmt.Errorf("%w: bytes after its end", ErrDamaged)
	}
	if sum := sha256.Sum256(payload); !bytes.Equal(sum[:], data[headerLength-sha256.Size:headerLength]) {
		return nil, ErrChecksum
	}
	return payload, nil
}

func decodePayload(payload []byte) (*Network, error) {
	a := archive{reading: true, bytes: payload}
	n := &Network{Timetable: &transit.Timetable{}}
	a.network(n)
	if a.err == nil && len(a.bytes) > 0 {
		a.fail("values after the last column")
	}
	if a.err != nil {
		return nil, a.err
	}
	return n, nil
}

// Hash is the identity of a network's content: the SHA-256 of its payload in
// hexadecimal digits.
func Hash(n *Network) string {
	sum := sha256.Sum256(encodePayload(n))
	return hex.EncodeToString(sum[:])
}

// EncodedHash is the Hash that stands in the header of encoded bytes; "" when
// there is no header.
func EncodedHash(data []byte) string {
	if len(data) < headerLength || !bytes.HasPrefix(data, magic) {
		return ""
	}
	return hex.EncodeToString(data[headerLength-sha256.Size : headerLength])
}
