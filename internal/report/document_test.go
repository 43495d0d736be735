package report_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/report"
)

var streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)

// paperPages are the pages of a document as a reader finds them: its streams unpacked.
type paperPages string

func document(t *testing.T, e *evaluation.Evaluation, language string, s report.Standing) (data []byte, pages paperPages) {
	t.Helper()
	data, err := report.Document(e, language, s)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, found := range streams.FindAllSubmatch(data, -1) {
		unpacked, err := zlib.NewReader(bytes.NewReader(found[1]))
		if err != nil {
			continue // a face
		}
		if text, _ := io.ReadAll(unpacked); bytes.Contains(text, []byte(" Tf")) || bytes.Contains(text, []byte(" RG")) {
			all.Write(text) // a page, not a table of a face
		}
	}
	return data, paperPages(all.String())
}

// say reports whether a word stands on the pages: their letters are UTF-16.
func (p paperPages) say(word string) bool {
	var want []byte
	for _, unit := range utf16.Encode([]rune(word)) {
		want = binary.BigEndian.AppendUint16(want, unit)
	}
	return strings.Contains(string(p), strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "\r", `\r`).Replace(string(want)))
}

// chapters are first words of every chapter of the field, so short that no line parts them.
var chapters = map[string]string{
	"en": "Event profile|Demand by origin|Supply|Demand against capacity|Clearance|Service plan|Stop and stand plan|Pedestrian routes|Road closures|Contingency|Public information|Cost per passenger|Post-event report|Findings|Numbers|Sources",
	"kk": "Іс-шараның сипаттамасы|Бастапқы орын|Тасымал ұсынысы|Сұраныс пен|Тарқау|Қозғалыс жоспары|Аялдамалар мен тұрақ|Жаяу жүргіншілер|Жолдарды жабу|Күтпеген|Жұртшылықты|Бір жолаушыны|Іс-шарадан кейінгі|Кіріс|Нәтиже|Дереккөздер",
	"ru": "Паспорт мероприятия|Спрос по местам|Предложение перевозок|Спрос и провозная|Ход разъезда|План движения|План остановок|Пешеходные|Перекрытия|Действия в нештатных|Информирование|Стоимость вывоза|Отчёт после|Замечания|Числа|Источники",
	"zh": "活动概况|按来源地|运力供给|需求与运力|疏散|运营组织方案|站点与停靠位|步行路线|道路封闭|应急预案|公众信息|单位疏运成本|活动后总结|输入|结论|数据来源",
}

func TestPlanHasEveryChapterInEveryLanguage(t *testing.T) {
	for _, language := range message.Languages() {
		data, pages := document(t, spreadSample(), language, report.Standing{})
		if !bytes.HasPrefix(data, []byte("%PDF-")) {
			t.Fatalf("%.20q", data)
		}
		for chapter := range strings.SplitSeq(chapters[language], "|") {
			if !pages.say(chapter) {
				t.Errorf("%s: no chapter %s", language, chapter)
			}
		}
		if pages.say("□") {
			t.Errorf("%s: a letter is missing in the faces", language)
		}
	}
}

func TestWhatIsNotPlannedIsSaid(t *testing.T) {
	_, pages := document(t, sample(), "en", report.Standing{})
	for _, sentence := range []string{"duties and standby vehicles", "The cost is not planned", "Closed roads and diversions", "Signed walking routes"} {
		if !pages.say(sentence) {
			t.Errorf("the plan does not say: %s", sentence)
		}
	}
}

func TestPlanSaysHowFarItIs(t *testing.T) {
	at := time.Date(2026, 8, 10, 7, 30, 0, 0, time.UTC)
	standing := report.Standing{
		Name: "Plan B", State: "released", Number: 17, Revision: 4, Sum: strings.Repeat("ab", 32), Authors: []string{"A. Author"},
		Signatures: []report.Signed{{Who: "S. Signer", At: at}}, Released: &report.Signed{Who: "R. Releaser", At: at},
	}
	_, pages := document(t, sample(), "en", standing)
	for _, word := range []string{"Plan B", "released, in force", "17", "A. Author", "S. Signer, Monday, 10 August 2026, 12:30", "R. Releaser", "abababab"} {
		if !pages.say(word) {
			t.Errorf("the cover does not say %s", word)
		}
	}
	if _, run := document(t, sample(), "en", report.Standing{}); !run.say("no plan has been proposed") || run.say("Plan B") {
		t.Error("a run is shown as a plan")
	}
}

func TestSignaturesAreToldInTheTimeOfTheirDay(t *testing.T) {
	e := sample()
	e.Horizon.Zone = "Europe/Lisbon" // an hour from UTC in summer, none in winter
	signed := report.Standing{State: "approved", Signatures: []report.Signed{{Who: "S. Signer", At: time.Date(2026, 1, 10, 7, 30, 0, 0, time.UTC)}}}
	if _, pages := document(t, e, "en", signed); !pages.say("S. Signer, Saturday, 10 January 2026, 07:30") {
		t.Error("a signature of winter is told in the time of summer")
	}
}

func TestPlanIsTheSameEachTime(t *testing.T) {
	first, _ := document(t, spreadSample(), "zh", report.Standing{Name: "x"})
	for range 3 {
		if again, _ := document(t, spreadSample(), "zh", report.Standing{Name: "x"}); !bytes.Equal(first, again) {
			t.Fatal("other bytes")
		}
	}
}

func TestPlanNeedsALanguageThatIsThere(t *testing.T) {
	_, err := report.Document(sample(), "de", report.Standing{})
	_, err2 := report.Workbook(sample(), "de", report.Standing{})
	if err == nil || err2 == nil {
		t.Error("a plan in a language without words")
	}
}
