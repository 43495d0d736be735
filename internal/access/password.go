package access

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/secure/precis"
)

// The lengths of passwords. NIST SP 800-63B-4 asks for 15 where a password
// stands alone and for 8 beside a second factor, for no rules of composition,
// and for a look at what is common; twelve lies between.
const (
	shortestPassword = 12  // characters
	longestPassword  = 256 // bytes
)

// The reasons why a password is refused, as words of a message.
const (
	tooShort  = "it has fewer than 12 characters"
	tooLong   = "it has more than 256 bytes"
	tooCommon = "it is among the first that somebody would try"
	tooSimple = "it is one sign, or one row of keys, again and again"
	tooNear   = "the name is in it"
	notText   = "it has characters that are not for passwords"
)

// opaque is a password in the one form in which it is hashed (RFC 8265): the
// same letters give the same bytes, whatever keyboard wrote them.
func opaque(password string) (string, error) {
	if len(password) > 4*longestPassword {
		return "", weak(tooLong)
	}
	text, err := precis.OpaqueString.String(password)
	if err != nil || !utf8.ValidString(password) {
		return "", weak(notText)
	}
	return text, nil
}

func weak(why string) error { return fmt.Errorf("%w: %s", ErrPassword, why) }

// strong gives the form of a new password, or why it is refused. Names are those of the person.
func strong(password string, names ...string) (string, error) {
	text, err := opaque(password)
	switch {
	case err != nil:
		return "", err
	case utf8.RuneCountInString(text) < shortestPassword:
		return "", weak(tooShort)
	case len(text) > longestPassword:
		return "", weak(tooLong)
	case common[stripped(text)]:
		return "", weak(tooCommon)
	case simple(text):
		return "", weak(tooSimple)
	}
	low := strings.ToLower(text)
	for _, name := range names {
		for _, part := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if utf8.RuneCountInString(part) >= 4 && strings.Contains(low, part) {
				return "", weak(tooNear)
			}
		}
	}
	return text, nil
}

// stripped is what is left of a password without the figures and signs that
// people put around a word to satisfy rules.
func stripped(text string) string {
	return strings.TrimFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}

// rows are keys side by side, and the alphabet.
var rows = []string{
	"0123456789", "1234567890", "qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзхъфывапролджэячсмитьбю", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp",
}

// simple reports whether a password is few different signs, or runs along a row
// of keys.
func simple(text string) bool {
	low, seen := strings.ToLower(text), map[rune]bool{}
	for _, r := range low {
		seen[r] = true
	}
	if len(seen) < 5 || repeats(low) {
		return true
	}
	for _, row := range rows {
		if strings.Contains(row+row, low) || strings.Contains(reversed(row+row), low) {
			return true
		}
	}
	return false
}

// repeats reports whether a text is a short one again and again.
func repeats(text string) bool {
	for length := 1; length <= len(text)/2; length++ {
		if strings.HasPrefix(strings.Repeat(text[:length], len(text)/length+1), text) {
			return true
		}
	}
	return false
}

func reversed(text string) string {
	var out strings.Builder
	for runes := []rune(text); len(runes) > 0; runes = runes[:len(runes)-1] {
		out.WriteRune(runes[len(runes)-1])
	}
	return out.String()
}

// common are words that begin the lists of everybody who tries, without the
// figures around them, and words that are near at hand here.
var common = func() map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(`password passwordpassword passw0rd p@ssw0rd p@ssword pa$$word
		mypassword newpassword changeme changemenow changeit letmein letmeinnow welcome welcomehome iloveyou
		iloveyousomuch iloveyouforever admin administrator superadmin superuser root rootroot master dragon
		monkey sunshine princess football baseball starwars whatever trustno trustnoone qwerty qwertyuiop
		qwertyuiopasdf asdfghjkl zxcvbnm abcdef abcdefg secret supersecret topsecret test testtest testing
		temp temporary default guest login user username hello helloworld dispatcher dispatch planner viewer
		transport transit busstation qala qalaqala qalacity astana almaty kazakhstan qazaqstan nursultan
		пароль парольпароль админ администратор йцукен йцукенгшщз привет приветпривет любовь казахстан
		құпиясөз қазақстан астана алматы woaini wodemima mima 密码`) {
		set[stripped(word)] = true
	}
	return set
}()
