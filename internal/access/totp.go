package access

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// The numbers of RFC 6238 that every app knows. With SHA-1 too: what matters is
// the key, and other hashes are not known to all apps.
const (
	codeDigits  = 6
	codePeriod  = 30 // seconds
	factorBytes = 20
)

// step is the number of the period in which a moment lies.
func step(at time.Time) int64 { return at.Unix() / codePeriod }

// code is the number that an app shows in a period (RFC 4226, section 5.3).
func code(secret []byte, step int64, digits int) string {
	mac := hmac.New(sha1.New, secret)
	_ = binary.Write(mac, binary.BigEndian, step) // a hash takes everything
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	number := uint64(binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff)
	modulus := uint64(1)
	for range digits {
		modulus *= 10
	}
	return fmt.Sprintf("%0*d", digits, number%modulus)
}

// used finds the period to which a code belongs: the one of now, the one before
// or the one after, for clocks that are not quite right; but none up to last,
// for a code is used once.
func used(secret []byte, given string, now time.Time, last int64) (int64, bool) {
	found, ok := int64(0), false
	for at := step(now) - 1; at <= step(now)+1; at++ {
		if same(code(secret, at, codeDigits), given) && at > last {
			found, ok = at, true
		}
	}
	return found, ok
}

var base32Text = base32.StdEncoding.WithPadding(base32.NoPadding)

// factorURI is what an app reads from a picture.
func factorURI(secret []byte, login string) string {
	values := url.Values{"secret": {base32Text.EncodeToString(secret)}, "issuer": {"qala"}, "algorithm": {"SHA1"}, "digits": {fmt.Sprint(codeDigits)}, "period": {fmt.Sprint(codePeriod)}}
	address := url.URL{Scheme: "otpauth", Host: "totp", Path: "/qala:" + login, RawQuery: values.Encode()}
	return address.String()
}
