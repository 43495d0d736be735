package stream

import (
	"fmt"
	"testing"

	"github.com/nats-io/nats.go"
)

func TestAListenerKeepsTheNewest(t *testing.T) {
	l := &listener{unread: make(chan []byte, mostUnread)}
	const told = 3*mostUnread + 7
	for i := range told {
		l.hear(&nats.Msg{Data: fmt.Append(nil, i)})
	}
	l.end(nil)
	l.end(nil)
	l.hear(&nats.Msg{Data: []byte("too late")})
	next := told - mostUnread
	for body := range l.unread {
		if got := string(body); got != fmt.Sprint(next) {
			t.Fatalf("heard %s, want %d", got, next)
		}
		next++
	}
	if next != told {
		t.Errorf("heard up to %d, want %d", next, told)
	}
}
