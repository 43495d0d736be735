package atlas

// modes are what a route_type of GTFS runs, by its first and last number; the
// hundreds are the extended ones.
var modes = []struct {
	first, last uint16
	word        string
}{
	{0, 0, "tram"},
	{1, 1, "metro"},
	{2, 2, "rail"},
	{3, 3, "bus"},
	{4, 4, "ferry"},
	{5, 5, "tram"},
	{6, 6, "aerial"},
	{7, 7, "funicular"},
	{11, 11, "trolleybus"},
	{12, 12, "monorail"},
	{100, 117, "rail"},
	{200, 209, "bus"},
	{300, 399, "rail"},
	{400, 404, "metro"},
	{405, 405, "monorail"},
	{500, 699, "metro"},
	{700, 716, "bus"},
	{800, 800, "trolleybus"},
	{900, 906, "tram"},
	{1000, 1021, "ferry"},
	{1200, 1299, "ferry"},
	{1300, 1307, "aerial"},
	{1400, 1402, "funicular"},
}

// mode is the word for a route_type.
func mode(routeType uint16) string {
	for _, m := range modes {
		if routeType >= m.first && routeType <= m.last {
			return m.word
		}
	}
	return "other"
}
