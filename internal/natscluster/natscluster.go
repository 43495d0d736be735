// Package natscluster starts a NATS cluster of three servers with JetStream
// inside a test, on loopback, and stops and starts single ones.
package natscluster

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Size is how many servers a cluster has.
const Size = 3

// Cluster is a cluster of one test, which ends it.
type Cluster struct {
	t       testing.TB
	options [Size]*server.Options
	nodes   [Size]*server.Server
}

// Start starts all servers and waits until they have a leader.
func Start(t testing.TB) *Cluster {
	t.Helper()
	c := &Cluster{t: t}
	ports := free(t, 2*Size)
	var routes []*url.URL
	for i := range Size {
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", ports[Size+i])})
	}
	folder := t.TempDir()
	for i := range Size {
		c.options[i] = &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: ports[i], JetStream: true,
			StoreDir: filepath.Join(folder, fmt.Sprint(i)), SyncAlways: true, NoSigs: true, NoLog: true,
			Cluster: server.ClusterOpts{Name: "qala", Host: "127.0.0.1", Port: ports[Size+i]}, Routes: routes,
		}
	}
	t.Cleanup(c.end)
	for i := range Size {
		c.StartNode(i)
	}
	c.AwaitLeader()
	return c
}

// free are ports that nobody listens on now.
func free(t testing.TB, count int) (ports []int) {
	t.Helper()
	for range count {
		listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = listener.Close() }() // all at the end, so that they differ
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// URL names all servers.
func (c *Cluster) URL() string {
	var urls []string
	for _, o := range c.options {
		urls = append(urls, fmt.Sprintf("nats://127.0.0.1:%d", o.Port))
	}
	return strings.Join(urls, ",")
}

// StartNode starts a server, which finds the others.
func (c *Cluster) StartNode(i int) {
	c.t.Helper()
	node, err := server.NewServer(c.options[i].Clone())
	if err != nil {
		c.t.Fatal(err)
	}
	c.nodes[i] = node
	node.Start()
	if !node.ReadyForConnections(30 * time.Second) {
		c.t.Fatalf("server %d of the cluster does not answer", i)
	}
}

// StopNode stops a server at once.
func (c *Cluster) StopNode(i int) {
	c.nodes[i].Shutdown()
	c.nodes[i].WaitForShutdown()
}

// Leader is the server that leads the cluster, -1 when there is none.
func (c *Cluster) Leader() int {
	for i, node := range c.nodes {
		if node.Running() && node.JetStreamIsLeader() {
			return i
		}
	}
	return -1
}

// AwaitLeader waits until a server leads, and gives it.
func (c *Cluster) AwaitLeader() int {
	c.t.Helper()
	for range 600 {
		if leader := c.Leader(); leader >= 0 {
			return leader
		}
		time.Sleep(50 * time.Millisecond)
	}
	c.t.Fatal("the cluster found no leader within half a minute")
	return -1
}

// StreamLeader is the server that leads a stream, -1 when there is none.
func (c *Cluster) StreamLeader(stream string) int {
	for i, node := range c.nodes {
		if node.Running() && node.JetStreamIsStreamLeader(server.DEFAULT_GLOBAL_ACCOUNT, stream) {
			return i
		}
	}
	return -1
}

// AwaitHealth waits until all servers run and are up to date with their leaders.
func (c *Cluster) AwaitHealth() {
	c.t.Helper()
	var fault string
	for range 1200 {
		if fault = c.fault(); fault == "" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	c.t.Fatalf("the cluster is not well after a minute: %s", fault)
}

func (c *Cluster) fault() string {
	for i, node := range c.nodes {
		if fault := node.Healthz(nil).Error; fault != "" {
			return fmt.Sprintf("server %d: %s", i, fault)
		}
	}
	return ""
}

func (c *Cluster) end() {
	for i, node := range c.nodes {
		if node != nil {
			c.StopNode(i)
		}
	}
}
