package access

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
)

// Token is a secret that somebody shows instead of a password. Its text is
// qala_, its kind, its id and the secret, with low lines between: a text that is
// found where it should not be can be recognised, and the key that it is, too.
// What the house keeps is the id and a hash.
type Token struct{ kind, id, secret string }

// The kinds of tokens.
const (
	tokenSession  = "ses"
	tokenKey      = "key"
	tokenDevice   = "dev"
	tokenLink     = "inv"
	tokenFamiliar = "fam"
	tokenPassage  = "pas"
)

var tokenKinds = []string{tokenSession, tokenKey, tokenDevice, tokenLink, tokenFamiliar, tokenPassage}

const (
	tokenPrefix = "qala"
	idBytes     = 10
	secretBytes = 32
)

var (
	idText     = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	secretText = base64.RawURLEncoding.Strict()
)

// newToken is a token that nobody can guess.
func (d *Desk) newToken(kind string) (Token, error) {
	var random [idBytes + secretBytes]byte
	if _, err := io.ReadFull(d.Random, random[:]); err != nil {
		return Token{}, fmt.Errorf("drawing a token: %w", err)
	}
	return Token{kind, idText.EncodeToString(random[:idBytes]), secretText.EncodeToString(random[idBytes:])}, nil
}

// ParseToken reads the text of a token. The error is ErrToken and does not repeat the text.
func ParseToken(text string) (Token, error) {
	parts := strings.SplitN(text, "_", 4)
	if len(parts) != 4 || parts[0] != tokenPrefix || !slices.Contains(tokenKinds, parts[1]) {
		return Token{}, ErrToken
	}
	id, err := idText.DecodeString(parts[2])
	if err != nil || len(id) != idBytes || idText.EncodeToString(id) != parts[2] {
		return Token{}, ErrToken
	}
	secret, err := secretText.DecodeString(parts[3])
	if err != nil || len(secret) != secretBytes || secretText.EncodeToString(secret) != parts[3] {
		return Token{}, ErrToken
	}
	return Token{parts[1], parts[2], parts[3]}, nil
}

func parseToken(text string, kinds ...string) (Token, error) {
	t, err := ParseToken(text)
	if err == nil && !slices.Contains(kinds, t.kind) {
		return Token{}, ErrToken
	}
	return t, err
}

// ID tells tokens apart and is no secret.
func (t Token) ID() string { return t.id }

// IsZero reports whether there is no token.
func (t Token) IsZero() bool { return t == Token{} }

// Reveal is the text with the secret: for whom the token is, and for nobody else.
func (t Token) Reveal() string {
	if t.IsZero() {
		return ""
	}
	return strings.Join([]string{tokenPrefix, t.kind, t.id, t.secret}, "_")
}

// String is the text without the secret.
func (t Token) String() string {
	if t.IsZero() {
		return ""
	}
	return strings.Join([]string{tokenPrefix, t.kind, t.id, "..."}, "_")
}

// GoString is the text without the secret.
func (t Token) GoString() string { return t.String() }

// Format writes the text without the secret, whatever is asked for.
func (t Token) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

// LogValue is the text without the secret.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText is the text without the secret: a token does not get into a document by accident.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// hash is what is kept of it.
func (t Token) hash() string {
	sum := sha256.Sum256([]byte(t.kind + "_" + t.secret))
	return hex.EncodeToString(sum[:])
}

// fits compares with a hash that is kept, in the same time whatever is different.
func (t Token) fits(hash string) bool { return same(t.hash(), hash) }

// same compares two words in a time that does not tell where they differ.
func same(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
