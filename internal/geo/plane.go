package geo

// Plane is the flat earth around one point, for work on many points near it.
// All of its lengths fit each other; they stay within 0.1% of Distance as far
// as a city reaches. It ends at the date line.
type Plane struct {
	origin Point
	perLon float64 // meters per degree of longitude
}

// PlaneAround is the plane that touches the earth at a point.
func PlaneAround(origin Point) Plane {
	return Plane{origin, float64(metersPerDegree * cosDegrees(origin.Lat))}
}

// Offset is how far north and east of the plane's origin p lies.
func (plane Plane) Offset(p Point) (north, east Meters) {
	return Meters(float64(p.Lat-plane.origin.Lat) * metersPerDegree), Meters(float64(p.Lon-plane.origin.Lon) * plane.perLon)
}

// Nearest is the point between a and b that lies nearest to the origin, as its
// share of the way from a to b in 0..1, with the square of its distance.
func (plane Plane) Nearest(a, b Point) (share, square float64) {
	an, ae := plane.Offset(a)
	bn, be := plane.Offset(b)
	dn, de := float64(bn-an), float64(be-ae)
	if length := float64(dn*dn) + float64(de*de); length > 0 {
		along := float64(float64(an)*dn) + float64(float64(ae)*de)
		share = min(max(float64(-along)/length, 0), 1)
	}
	north, east := float64(an)+float64(share*dn), float64(ae)+float64(share*de)
	return share, float64(north*north) + float64(east*east)
}

// Between is the point at a share, 0..1, of the straight way from a to b.
func Between(a, b Point, share float64) Point {
	return Point{
		Lat: a.Lat + float64(share*float64(b.Lat-a.Lat)),
		Lon: a.Lon + float64(share*float64(b.Lon-a.Lon)),
	}
}
