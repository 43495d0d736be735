package access

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/ephemeral"
)

func newStore() *ephemeral.Store { return ephemeral.NewStore() }

func secretOf(t testing.TB, uri string) []byte {
	t.Helper()
	address, err := url.Parse(uri)
	if err != nil || address.Scheme != "otpauth" || address.Host != "totp" {
		t.Fatal(uri, err)
	}
	secret, err := base32Text.DecodeString(address.Query().Get("secret"))
	if err != nil || len(secret) != factorBytes {
		t.Fatal(uri, err)
	}
	return secret
}

// The test vectors of RFC 6238, appendix B, for SHA-1.
func TestCodesOfTheRFC(t *testing.T) {
	secret := []byte("12345678901234567890")
	for seconds, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := code(secret, step(time.Unix(seconds, 0)), 8); got != want {
			t.Errorf("at %d: %s, want %s", seconds, got, want)
		}
	}
}

// The test vectors of RFC 4226, appendix D.
func TestCodesOfTheOlderRFC(t *testing.T) {
	for i, want := range []string{"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"} {
		if got := code([]byte("12345678901234567890"), int64(i), 6); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
}

func TestPasswordsThatAreStrongEnough(t *testing.T) {
	for _, good := range []string{
		"correct horse battery", "құрметті жолаушылар", "地铁站的门今天开得很早啊真的", "7392 1846 5027", "Tr0ub4dor&3 plus", "\u0435\u0449\u0435 один длинный",
	} {
		if _, err := strong(good, "dana"); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for bad, why := range map[string]string{
		"short one":                tooShort,
		"地铁站的门":                    tooShort,
		strings.Repeat("ab1 ", 70): tooLong,
		"Password2026!!":           tooCommon,
		"123administrator123":      tooCommon,
		"Казахстан 2026":           tooCommon,
		"aaaaaaaaaaaaaaaa":         tooSimple,
		"abcdefabcdef":             tooSimple,
		"123456789012":             tooSimple,
		"qwertyuiopasdf":           tooCommon,
		"Mnbvcxzlkjhgf":            tooSimple,
		"йцукенгшщзхъфы":           tooSimple,
		"dana and the bus":         tooNear,
		"the BUS of Dana":          tooNear,
		"with a \x00 in it ...":    notText,
		"\xff\xfe no text at all":  notText,
	} {
		if _, err := strong(bad, "dana@astana.example", "Dana"); !errors.Is(err, ErrPassword) || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, want %s", bad, err, why)
		} else if strings.Contains(err.Error(), bad) {
			t.Errorf("%q is in the error", bad)
		}
	}
}

func TestTheSameLettersAreTheSamePassword(t *testing.T) {
	a, err := strong("caf\u00e9 caf\u00e8 cafe!")
	b, err2 := strong("cafe\u0301 cafe\u0300 cafe!")
	if err != nil || err2 != nil || a != b {
		t.Errorf("%q %v, %q %v", a, err, b, err2)
	}
}

func TestLogins(t *testing.T) {
	for text, want := range map[string]string{"Dana": "dana", " a.b-c_d@e ": "a.b-c_d@e", "Ақмарал": "ақмарал", "ＤＡＮＡ": "dana"} {
		if got, err := login(text); err != nil || got != want {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
	for _, text := range []string{"", "a", "a b", "a/b", "a\x00b", "a\u202eb", strings.Repeat("a", 65), "<b>", "a\nb", "\xff\xff", strings.Repeat("ж", 65)} {
		if got, err := login(text); !errors.Is(err, ErrLogin) {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
}

func TestTheFormatOfKeptPasswords(t *testing.T) {
	salt := bytes.Repeat([]byte{1}, saltBytes)
	p := phc{quick, salt, argon2.IDKey([]byte("x"), salt, 1, 8, 1, hashBytes)}
	back, err := parsePHC(p.String())
	if err != nil || back.String() != p.String() {
		t.Fatalf("%s: %v", p, err)
	}
	good := p.String()
	for name, bad := range map[string]string{
		"empty": "", "argon2i": strings.Replace(good, "argon2id", "argon2i", 1), "version": strings.Replace(good, "v=19", "v=16", 1),
		"no memory": strings.Replace(good, "m=8", "m=0", 1), "much memory": strings.Replace(good, "m=8", "m=4294967295", 1),
		"no time": strings.Replace(good, "t=1", "t=0", 1), "much time": strings.Replace(good, "t=1", "t=99999", 1),
		"no thread": strings.Replace(good, "p=1", "p=0", 1), "a zero": strings.Replace(good, "m=8", "m=08", 1),
		"more": good + "$", "words after": strings.Replace(good, "p=1", "p=1 ", 1), "short": good[:len(good)-40], "padding": good + "=",
	} {
		if _, err := parsePHC(bad); !errors.Is(err, errPHC) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A hash that another implementation made: it is one of those by which the
// reference code of argon2id version 19 is tested.
func TestAHashOfTheReferenceIsUnderstood(t *testing.T) {
	const kept = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	h := empty(t, newStore())
	right, anew, err := h.matches(t.Context(), "password", kept)
	if err != nil || !right || !anew {
		t.Errorf("%v %v %v", right, anew, err)
	}
	if right, _, err := h.matches(t.Context(), "Password", kept); err != nil || right {
		t.Errorf("another password: %v %v", right, err)
	}
	if right, _, err := h.matches(t.Context(), "", ""); err != nil || right {
		t.Errorf("no account: %v %v", right, err)
	}
	if _, _, err := h.matches(t.Context(), "password", "damaged"); !errors.Is(err, errPHC) {
		t.Errorf("damaged: %v", err)
	}
}

func TestTokensDoNotTellTheirSecret(t *testing.T) {
	h := empty(t, newStore())
	token, err := h.newToken(tokenSession)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "token", token, "in", struct{ T Token }{token})
	text, _ := json.Marshal(map[string]any{"t": token, "p": &token})
	wrapped := fmt.Errorf("with %v: %w", token, ErrToken)
	for name, out := range map[string]string{
		"s": fmt.Sprintf("%s", token), "v": fmt.Sprintf("%v", token), "plus": fmt.Sprintf("%+v", token), "sharp": fmt.Sprintf("%#v", token),
		"x": fmt.Sprintf("%x", token), "q": fmt.Sprintf("%q", token), "d": fmt.Sprintf("%d", token), "within": fmt.Sprintf("%+v", Arrival{Session: token}),
		"pointer": fmt.Sprintf("%v", &token), "log": log.String(), "json": string(text), "error": wrapped.Error(), "println": fmt.Sprintln(token),
	} {
		if strings.Contains(out, token.secret) || strings.Contains(out, fmt.Sprintf("%x", token.secret)) {
			t.Errorf("%s tells the secret: %s", name, out)
		}
	}
	if back, err := ParseToken(token.Reveal()); err != nil || back != token || !back.fits(token.hash()) {
		t.Errorf("%v", err)
	}
	if (Token{}).Reveal() != "" || (Token{}).String() != "" {
		t.Error("no token has a text")
	}
	other := Token{tokenKey, token.id, token.secret}
	if other.fits(token.hash()) {
		t.Error("the secret of a session is that of a key")
	}
	if _, err := parseToken(token.Reveal(), tokenKey, tokenDevice); !errors.Is(err, ErrToken) {
		t.Error("a session is taken for a key")
	}
}

func TestPatienceGrowsAndEnds(t *testing.T) {
	p := Patience{Free: 3, Longest: time.Minute}
	for count, want := range map[int]time.Duration{
		0: 0, 2: 0, 3: time.Second, 4: 2 * time.Second, 8: 32 * time.Second, 9: time.Minute, 1000: time.Minute, 1 << 40: time.Minute,
	} {
		if got := p.Wait(Tries{count, noon}, noon); got != want {
			t.Errorf("after %d: %s, want %s", count, got, want)
		}
	}
	if got := p.Wait(Tries{1000, noon}, noon.Add(time.Minute)); got != 0 {
		t.Errorf("after the wait: %s", got)
	}
	if got := (Tries{1000, noon}).More(noon.Add(forgetTries)); got.Count != 1 {
		t.Errorf("nothing is forgotten: %+v", got)
	}
}

func TestNetworks(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8:1:2:3::4": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "": "", "odd": "odd",
	} {
		if got := network(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

// A bucket never gives more than its burst and what has dripped in since.
func TestBuckets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := Rate{Every: time.Duration(rapid.Int64Range(1, 1e10).Draw(t, "every")), Burst: rapid.IntRange(1, 9).Draw(t, "burst")}
		now, b := noon, Bucket{}
		var given []time.Time
		for range rapid.IntRange(1, 60).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.Int64Range(0, 2*int64(rate.Every)).Draw(t, "later")))
			next, wait := b.Take(now, rate)
			if wait > 0 {
				if _, still := b.Take(now.Add(wait-1), rate); still == 0 {
					t.Fatalf("a wait of %s is longer than it must be", wait)
				}
				if _, still := b.Take(now.Add(wait), rate); still != 0 {
					t.Fatalf("after the wait of %s there is another of %s", wait, still)
				}
				continue
			}
			b, given = next, append(given, now)
		}
		for i := rate.Burst; i < len(given); i++ {
			if given[i].Sub(given[i-rate.Burst]) < rate.Every {
				t.Fatalf("%d within %s", rate.Burst+1, given[i].Sub(given[i-rate.Burst]))
			}
		}
		for range rate.Burst {
			var wait time.Duration
			if b, wait = b.Take(now.Add(time.Duration(rate.Burst+1)*rate.Every), rate); wait != 0 {
				t.Fatal("a full bucket does not give its burst")
			}
		}
	})
}

func TestLimitsRememberSoMany(t *testing.T) {
	l := NewLimits(Rate{Every: time.Second, Burst: 2}, 3)
	for _, who := range []string{"a", "b", "c"} {
		for i, want := range []time.Duration{0, 0, time.Second} {
			if got := l.Take(who, noon); got != want {
				t.Errorf("%s, take %d: %s, want %s", who, i, got, want)
			}
		}
	}
	if wait := l.Take("d", noon); wait == 0 {
		t.Error("a fourth is remembered, or not limited")
	}
	if wait := l.Take("d", noon.Add(2*time.Second)); wait != 0 {
		t.Errorf("a fourth does not come when the others are done: %s", wait)
	}
}

func FuzzPHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
	f.Add("$argon2id$v=19$m=8,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parsePHC(text)
		if err != nil {
			return
		}
		if p.String() != text || !p.sound() || len(p.hash) < 16 {
			t.Fatalf("%q became %q", text, p)
		}
	})
}

func FuzzToken(f *testing.F) {
	f.Add("qala_ses_aaaaaaaaaaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("qala_key_aaaaaaaaaaaaaaaa____________________________________________8")
	f.Fuzz(func(t *testing.T, text string) {
		token, err := ParseToken(text)
		if err != nil {
			if err.Error() != ErrToken.Error() {
				t.Fatalf("the error tells more: %v", err)
			}
			return
		}
		if token.Reveal() != text || strings.Contains(token.String(), token.secret) {
			t.Fatalf("%q became %q", text, token.Reveal())
		}
	})
}

func FuzzPassword(f *testing.F) {
	f.Add("correct horse battery", "dana")
	f.Add("\u0000\u202e", "\xff")
	f.Fuzz(func(t *testing.T, password, name string) {
		form, err := strong(password, name)
		if err != nil {
			return
		}
		if again, err := opaque(form); err != nil || again != form {
			t.Fatalf("the form of %q is %q, and its form %q: %v", password, form, again, err)
		}
	})
}

func FuzzLogin(f *testing.F) {
	f.Add("Dana")
	f.Fuzz(func(t *testing.T, text string) {
		name, err := login(text)
		if err != nil {
			return
		}
		if again, err := login(name); err != nil || again != name {
			t.Fatalf("%q is %q, and that is %q: %v", text, name, again, err)
		}
	})
}

// BenchmarkSignIn is what one password costs, with the parameters of a house.
func BenchmarkSignIn(b *testing.B) {
	h := empty(b, newStore())
	h.Policy.Hashing = Recommended
	kept, err := h.hashed(b.Context(), adminWord)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if right, anew, err := h.matches(b.Context(), adminWord, kept); !right || anew || err != nil {
			b.Fatal(right, anew, err)
		}
	}
}
