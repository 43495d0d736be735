package stream

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"github.com/nats-io/nats-server/v2/server"
)

// words is what the server says: passed on, and the last complaint remembered.
type words struct {
	log *slog.Logger

	mu   sync.Mutex
	last string
}

func (w *words) worst() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.last
}

func (w *words) complain(level slog.Level, format string, args []any) {
	text := strings.TrimSpace(fmt.Sprintf(format, args...))
	w.mu.Lock()
	w.last = text
	w.mu.Unlock()
	w.log.Log(context.Background(), level, "stream: "+text)
}

// The methods of a logger of the server.

func (w *words) Noticef(format string, args ...any) {
	w.log.Debug("stream: " + fmt.Sprintf(format, args...))
}
func (w *words) Warnf(format string, args ...any)  { w.complain(slog.LevelWarn, format, args) }
func (w *words) Errorf(format string, args ...any) { w.complain(slog.LevelError, format, args) }
func (w *words) Fatalf(format string, args ...any) { w.complain(slog.LevelError, format, args) }
func (w *words) Debugf(string, ...any)             {}
func (w *words) Tracef(string, ...any)             {}

var _ server.Logger = (*words)(nil)
