package eventfile

import (
	"math"
	"testing"
)

func FuzzRead(f *testing.F) {
	f.Add([]byte(whole))
	for _, m := range mistakes() {
		f.Add([]byte("event: x\n" + m.new + "\n"))
	}
	for _, text := range []string{"", "- a", "? [a]\n: b", "<<: *x", "a: !!binary x", "{a: [}", "a:\n\t- b", "%YAML 9\n---\n", "event: |2\n x"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, _, err := Read("event.yaml", data)
		if err != nil {
			return
		}
		sum := file.Event.Origins.Residents
		for _, v := range file.Event.Origins.FromVenues {
			sum += v.Share
		}
		if math.Abs(sum-1) > 1e-5 || len(file.Event.Sessions) == 0 {
			t.Errorf("accepted: origins sum to %g, %d sessions", sum, len(file.Event.Sessions))
		}
		if e := file.Event.Everyday; len(file.Event.Classes) == 0 || e.Journeys > 0 && e.MetersPerMin < 1 {
			t.Errorf("accepted: classes %+v, others %+v", file.Event.Classes, e)
		}
		for _, s := range file.Event.Sessions {
			if span := s.AttendanceSpan; span.Given() && (span.Low > float64(s.Attendance) || span.High < float64(s.Attendance)) {
				t.Errorf("accepted: %d between %v", s.Attendance, span)
			}
			if s.End <= s.Start || s.Attendance == 0 || s.Arrive[len(s.Arrive)-1].Share < .99 {
				t.Errorf("accepted: %+v", s)
			}
		}
	})
}
