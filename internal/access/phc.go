package access

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Parameters are those of argon2id.
type Parameters struct {
	Memory  uint32 // KiB
	Time    uint32 // passes
	Threads uint8
}

// Recommended is the second choice of RFC 9106, section 4, for machines whose
// memory is not all for hashing: 64 MiB, three passes, four lanes.
var Recommended = Parameters{Memory: 64 << 10, Time: 3, Threads: 4}

const (
	saltBytes = 16 // both as RFC 9106 recommends
	hashBytes = 32
)

// phc is a hashed password, as the string format of the Password Hashing
// Competition writes it: $argon2id$v=19$m=65536,t=3,p=4$SALT$HASH
type phc struct {
	Parameters
	salt, hash []byte
}

var errPHC = errors.New("a kept password is not what the house writes")

var phcText = base64.RawStdEncoding.Strict()

// String is the text that is kept. It is no password, and still nobody's business.
func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.Memory, p.Time, p.Threads,
		phcText.EncodeToString(p.salt), phcText.EncodeToString(p.hash))
}

// parsePHC reads such a text. What would take too much memory or time is refused.
func parsePHC(text string) (phc, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phc{}, errPHC
	}
	var p phc
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Time, &p.Threads); err != nil || !p.sound() {
		return phc{}, errPHC
	}
	var err, err2 error
	p.salt, err = phcText.DecodeString(parts[4])
	p.hash, err2 = phcText.DecodeString(parts[5])
	if err != nil || err2 != nil || len(p.salt) < 8 || len(p.salt) > 64 || len(p.hash) < 16 || len(p.hash) > 64 || p.String() != text {
		return phc{}, errPHC
	}
	return p, nil
}

func (p Parameters) sound() bool {
	return p.Threads >= 1 && p.Threads <= 64 && p.Time >= 1 && p.Time <= 64 &&
		p.Memory >= 8*uint32(p.Threads) && p.Memory <= 1<<20
}

func (p Parameters) of(password string, salt []byte, length int) []byte {
	return argon2.IDKey([]byte(password), salt, p.Time, p.Memory, p.Threads, uint32(length))
}

// hashed waits for its turn and hashes a password; the memory that this takes is
// that of Policy.Hashers at most.
func (d *Desk) hashed(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(d.Random, salt); err != nil {
		return "", err
	}
	if err := d.turn(ctx); err != nil {
		return "", err
	}
	defer d.endTurn()
	p := phc{d.Policy.Hashing, salt, d.Policy.Hashing.of(password, salt, hashBytes)}
	return p.String(), nil
}

// matches reports whether a password is the one of a kept text, and whether it
// should be hashed anew. Without a text it works as long, and is false.
func (d *Desk) matches(ctx context.Context, password, text string) (right, anew bool, err error) {
	p := phc{Parameters: d.Policy.Hashing, salt: make([]byte, saltBytes), hash: make([]byte, hashBytes)}
	if text != "" {
		if p, err = parsePHC(text); err != nil {
			return false, false, err
		}
	}
	if err := d.turn(ctx); err != nil {
		return false, false, err
	}
	defer d.endTurn()
	got := p.of(password, p.salt, len(p.hash))
	right = subtle.ConstantTimeCompare(got, p.hash) == 1 && text != ""
	return right, p.Parameters != d.Policy.Hashing || len(p.hash) != hashBytes, nil
}

func (d *Desk) turn(ctx context.Context) error {
	select {
	case d.hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *Desk) endTurn() { <-d.hashing }
