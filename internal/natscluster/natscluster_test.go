package natscluster

import "testing"

func TestAClusterOutlivesItsLeader(t *testing.T) {
	c := Start(t)
	first := c.AwaitLeader()
	c.StopNode(first)
	if second := c.AwaitLeader(); second == first {
		t.Errorf("server %d is stopped and leads", first)
	}
	if c.fault() == "" {
		t.Error("a cluster with a server that is stopped is well")
	}
	c.StartNode(first)
	c.AwaitHealth()
}
