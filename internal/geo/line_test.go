package geo

import "testing"

// grid is a point so many meters east and north of one in Porto.
func grid(east, north Meters) Point { return Offset(Point{41.15, -8.6}, north, east) }

func TestFootLiesBetweenVertices(t *testing.T) {
	line := []Point{grid(0, 0), grid(1000, 0), grid(1000, 1000)}
	foot, ok := FootOn(line, 0, grid(400, 50), 100)
	if !ok || foot.Piece != 0 || Distance(foot.At, grid(400, 0)) > 1 || foot.Gap < 49 || foot.Gap > 51 {
		t.Errorf("foot %+v, %v; want 400 m along the first piece, 50 m away", foot, ok)
	}
	if foot, ok := FootOn(line, 0, grid(400, 150), 100); ok {
		t.Errorf("a point out of reach has the foot %+v", foot)
	}
}

// A line that goes out and comes back meets a stop twice: the next pass counts.
func TestFootIsOnTheNextPass(t *testing.T) {
	line := []Point{grid(0, 0), grid(3000, 0), grid(3000, 20), grid(0, 20)}
	out, _ := FootOn(line, 0, grid(500, 10), 100)
	back, _ := FootOn(line, 1, grid(500, 10), 100)
	if out.Piece != 0 || back.Piece != 2 {
		t.Errorf("feet on the pieces %d and %d, want 0 and 2", out.Piece, back.Piece)
	}
}

func TestCutKeepsTheBends(t *testing.T) {
	line := []Point{grid(0, 0), grid(1000, 0), grid(1000, 1000)}
	from, _ := FootOn(line, 0, grid(400, 0), 10)
	to, _ := FootOn(line, 0, grid(1000, 300), 10)
	way := Cut(line, from, to)
	if len(way) != 3 || way[1] != line[1] || Length(way) < 899 || Length(way) > 901 {
		t.Errorf("way %v of %.0f m, want 900 m around the corner", way, Length(way))
	}
}
