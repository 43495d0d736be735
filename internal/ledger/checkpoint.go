package ledger

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// Checkpoint says how long a log was at a moment. A copy of it elsewhere shows
// that nobody has cut the log off before that entry, or written it anew.
type Checkpoint struct {
	Number    int64         `json:"number"` // of the last entry; 0 for a log without any
	Hash      workspace.Sum `json:"hash"`   // of it
	At        time.Time     `json:"at"`
	Key       string        `json:"key,omitempty"`       // the public key, in hexadecimal digits
	Signature string        `json:"signature,omitempty"` // Ed25519, over the checkpoint without it
}

// Sign is the checkpoint with a signature.
func (c Checkpoint) Sign(key ed25519.PrivateKey) Checkpoint {
	public, _ := key.Public().(ed25519.PublicKey)
	c.Key = hex.EncodeToString(public)
	c.Signature = hex.EncodeToString(ed25519.Sign(key, c.message()))
	return c
}

// message is what is signed. The words before it keep the signature from being
// of use anywhere else.
func (c Checkpoint) message() []byte {
	return fmt.Appendf(nil, "qala audit checkpoint 1\n%d\n%s\n%d\n%s\n", c.Number, c.Hash, c.At.UnixMicro(), c.Key)
}

// SignedBy reports whether one of these keys has signed it.
func (c Checkpoint) SignedBy(keys ...ed25519.PublicKey) bool {
	signature, err := hex.DecodeString(c.Signature)
	if err != nil {
		return false
	}
	for _, key := range keys {
		if len(key) == ed25519.PublicKeySize && hex.EncodeToString(key) == c.Key && ed25519.Verify(key, c.message(), signature) {
			return true
		}
	}
	return false
}

// Line is the checkpoint as an exported log has it, without the end of the line.
func (c Checkpoint) Line() ([]byte, error) { return json.Marshal(row{Checkpoint: &c}) }

// ParseCheckpoint reads such a line.
func ParseCheckpoint(line []byte) (Checkpoint, error) {
	r, err := parseRow(line)
	if err != nil || r.Checkpoint == nil || r.Aside != nil || r.Checkpoint.Number < 0 || !r.Checkpoint.Hash.Valid() {
		return Checkpoint{}, ErrForm
	}
	return *r.Checkpoint, nil
}

// ErrKey is the error of a text that is no public key.
var ErrKey = errors.New("a public key is 64 hexadecimal digits")

// ParseKey reads a public key.
func ParseKey(text string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, ErrKey
	}
	return key, nil
}
