package stream

import (
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
)

// Option changes how a stream is opened.
type Option func(*settings)

type settings struct {
	name     string
	ackWait  time.Duration
	replicas int           // 0: as many as the cluster can keep
	attempt  time.Duration // how long one question to a server may take before it is asked again
	log      *slog.Logger
	access   []nats.Option
}

func settle(options []Option) settings {
	s := settings{name: "qala", ackWait: 30 * time.Second, attempt: 5 * time.Second, log: slog.New(slog.DiscardHandler)}
	for _, option := range options {
		option(&s)
	}
	return s
}

// Named keeps houses apart that share a cluster: letters, digits, "-" and "_".
// Without it the name is qala.
func Named(name string) Option { return func(s *settings) { s.name = name } }

// AckWait is how long a worker may be silent before another one gets its job;
// without it 30 s. Processes of one house must agree on it: the last one that
// takes sets it for all.
func AckWait(d time.Duration) Option { return func(s *settings) { s.ackWait = d } }

// Replicas is on how many servers of an external cluster the queue is kept: 1, 3
// or 5. Without it on 3 where the cluster has them, else on 1.
func Replicas(n int) Option { return func(s *settings) { s.replicas = n } }

// Credentials is the file with which the client signs in at an external cluster.
func Credentials(file string) Option {
	return func(s *settings) { s.access = append(s.access, nats.UserCredentials(file)) }
}

// Authorities are files in PEM of those who may vouch for an external cluster
// (TLS); without it those of the system.
func Authorities(files ...string) Option {
	return func(s *settings) { s.access = append(s.access, nats.RootCAs(files...)) }
}

// Log takes what the connection and the server in this process have to say.
func Log(log *slog.Logger) Option { return func(s *settings) { s.log = log } }
