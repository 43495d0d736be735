package message_test

import (
	"testing"
	"time"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/message"
)

func speaker(t *testing.T, lang string) *message.Speaker {
	t.Helper()
	s, err := message.For(lang)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNumbersDurationsAndDates(t *testing.T) {
	day := time.Date(2026, time.August, 15, 0, 0, 0, 0, time.UTC)
	cases := map[string][]string{
		"en": {"1,234,567", "4.6", "50.5%", "1\u00a0h 28\u00a0min", "5.2\u00a0min", "45\u00a0s", "2\u00a0h", "Saturday, 15 August 2026"},
		"kk": {"1\u00a0234\u00a0567", "4,6", "50,5%", "1\u00a0сағ 28\u00a0мин", "5,2\u00a0мин", "45\u00a0сек", "2\u00a0сағ", "2026 ж. 15 тамыз, сенбі"},
		"ru": {"1\u00a0234\u00a0567", "4,6", "50,5\u00a0%", "1\u00a0ч 28\u00a0мин", "5,2\u00a0мин", "45\u00a0с", "2\u00a0ч", "суббота, 15 августа 2026 г."},
		"zh": {"1,234,567", "4.6", "50.5%", "1小时28分", "5.2分钟", "45秒", "2小时", "2026年8月15日，星期六"},
	}
	for lang, want := range cases {
		s := speaker(t, lang)
		got := []string{
			s.Number(1234567), s.Decimal(4.63, 1), s.Percent(.505), s.Duration(88 * 60),
			s.Minutes(310), s.Duration(45), s.Duration(7200), s.Date(day),
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: got %q, want %q", lang, got[i], want[i])
			}
		}
	}
}

func TestClockPassesMidnight(t *testing.T) {
	s := speaker(t, "en")
	for seconds, want := range map[int]string{0: "00:00", 83400: "23:10", 88320: "00:32 (+1)", -60: "23:59 (-1)"} {
		if got := s.Clock(seconds); got != want {
			t.Errorf("%d s: got %s, want %s", seconds, got, want)
		}
	}
}

func TestSeparators(t *testing.T) {
	for lang, want := range map[string][2]string{"en": {",", "."}, "kk": {"\u00a0", ","}, "ru": {"\u00a0", ","}, "zh": {",", "."}} {
		if group, decimal := speaker(t, lang).Separators(); group != want[0] || decimal != want[1] {
			t.Errorf("%s: %q %q", lang, group, decimal)
		}
	}
}

func TestPluralsAreChosenByCount(t *testing.T) {
	say := func(lang, count string) string {
		sentence, fix := speaker(t, lang).Finding(finding.Finding{Code: "findings.too_many", Args: map[string]string{"count": count}})
		if fix == "" {
			t.Errorf("%s: no fix", lang)
		}
		return sentence
	}
	cases := []struct{ lang, count, want string }{
		{"en", "1", "1 more finding was counted but not kept word for word."},
		{"en", "1200", "1,200 more findings were counted but not kept word for word."},
		{"ru", "21", "Ещё 21 замечание подсчитано, но дословно не сохранено."},
		{"ru", "3", "Ещё 3 замечания подсчитаны, но дословно не сохранены."},
		{"ru", "11", "Ещё 11 замечаний подсчитано, но дословно не сохранено."},
		{"kk", "5", "Тағы 5 ескерту саналды, бірақ мәтіні сақталмады."},
		{"zh", "5", "另有5条问题只计数，未逐条保存。"},
	}
	for _, c := range cases {
		if got := say(c.lang, c.count); got != c.want {
			t.Errorf("%s %s: %s", c.lang, c.count, got)
		}
	}
}

func TestWhatIsUnknownStaysVisible(t *testing.T) {
	s := speaker(t, "kk")
	if got := s.Say("no.such.id", nil); got != "no.such.id" {
		t.Error(got)
	}
	if got := s.Say("duration.hours_minutes", map[string]any{"hours": 2}); got != "2\u00a0сағ {rest}\u00a0мин" {
		t.Error(got)
	}
	if sentence, fix := s.Finding(finding.Finding{Code: "no.such"}); sentence != "no.such" || fix != "" {
		t.Error(sentence, fix)
	}
	if _, err := message.For("de"); err == nil {
		t.Error("a language without words got a speaker")
	}
}

func TestArgumentsAreNotReadAgain(t *testing.T) {
	got := speaker(t, "en").Say("duration.hours_minutes", map[string]any{"hours": "{rest}", "rest": 5})
	if got != "{rest}\u00a0h 5\u00a0min" {
		t.Error(got)
	}
}
