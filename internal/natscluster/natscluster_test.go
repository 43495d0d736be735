package natscluster

import "testing"

func TestAClusterOutlivesItsLeader(t *testing.T) {
	c := Start(t)
	first := c.AwaitLeader()
	c.StopNode(first)
	if second := c.AwaitLeader(); second == first {
		t.Errorf("server %d is stopped and leads", first)
	}
	c.StartNode(first)
	c.AwaitLeader()
}
