package gtfs

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

func (r *reader) readAgencies() error {
	f, err := r.open("agency.txt", "agency_timezone")
	if f == nil {
		return err
	}
	id, name, clock := f.field("agency_id"), f.field("agency_name"), f.field("agency_timezone")
	for f.Next() {
		r.readAgency(f, id, name, clock)
	}
	if r.agencies.kept("") && len(r.agencies.known) > 1 {
		f.Note(codeAgencyWithoutID, id.name, "")
	}
	return f.close()
}

// readAgency reads one row. An agency without an id is the only one of its
// feed, and routes without an agency_id refer to it.
func (r *reader) readAgency(f *file, id, name, clock field) {
	key := f.value(id)
	switch {
	case r.agencies.kept(key):
		f.reject(codeDuplicateID, id)
	case !r.zone(f.value(clock)):
		f.reject(codeBadZone, clock)
		r.agencies.reject(key)
	default:
		r.addAgency(f, key, f.value(name), clock)
	}
}

func (r *reader) addAgency(f *file, key, name string, clock field) {
	if name == "" {
		f.Warn(codeNoName, "agency_name", "")
		name = key
	}
	at := r.into.AddAgency(transit.AgencyID(r.id(key)), clone(name), f.Keep(clock.at))
	r.agencies.keep(key, at)
	if len(r.zones) == 0 {
		r.oneAgency = at
	}
	if !slices.Contains(r.zones, f.value(clock)) {
		r.zones = append(r.zones, f.value(clock))
	}
	if len(r.zones) > 1 {
		f.warn(codeZonesDiffer, clock, "other", r.zones[0])
	}
}

// substitute is the agency that stands in for one that nobody knows: only the
// clock matters, and there must be no doubt about it.
func (r *reader) substitute() (transit.Agency, bool) { return r.oneAgency, len(r.zones) == 1 }
