package gtfs

import (
	"strconv"

	"github.com/qala-city/qala/internal/transit"
)

// TransferType is what a feed says about changing between two stops.
type TransferType uint8

// The types, numbered as in GTFS.
const (
	Recommended TransferType = iota
	Timed                    // the departing vehicle waits
	MinTime                  // at least Transfer.MinTime is needed
	NotPossible              // nobody can change here
)

// Transfer is one row of transfers.txt between two stops or stations.
type Transfer struct {
	From, To transit.Stop
	Type     TransferType
	MinTime  transit.Seconds // 0 where the feed gives none
}

// transferFile is transfers.txt with its columns.
type transferFile struct {
	*file
	from, to, kind, least field

	special []field // columns that restrict a row to routes or trips
	unused  int
}

func (r *reader) readTransfers() error {
	f, err := r.open("transfers.txt", "from_stop_id", "to_stop_id")
	if f == nil {
		return err
	}
	s := &transferFile{
		file: f, from: f.field("from_stop_id"), to: f.field("to_stop_id"),
		kind: f.field("transfer_type"), least: f.field("min_transfer_time"),
	}
	for _, name := range []string{"from_route_id", "to_route_id", "from_trip_id", "to_trip_id"} {
		s.special = append(s.special, f.field(name))
	}
	for s.Next() {
		r.readTransfer(s)
	}
	s.noteCount(codeTransfersUnused, s.unused)
	return s.close()
}

func (r *reader) readTransfer(s *transferFile) {
	if s.isSpecial() {
		s.unused++
		return
	}
	from, ok := r.stops.refer(s.file, s.from, "stops.txt")
	if !ok {
		return
	}
	to, ok := r.stops.refer(s.file, s.to, "stops.txt")
	if !ok {
		return
	}
	if kind, least, ok := s.terms(); ok {
		r.feed.Transfers = append(r.feed.Transfers, Transfer{from, to, kind, least})
	}
}

// isSpecial reports a rule for single routes or trips, or one for staying in
// the vehicle: right, but more than a network can hold.
func (s *transferFile) isSpecial() bool {
	for _, c := range s.special {
		if s.value(c) != "" {
			return true
		}
	}
	return s.value(s.kind) == "4" || s.value(s.kind) == "5"
}

func (s *transferFile) terms() (kind TransferType, least transit.Seconds, ok bool) {
	text := s.value(s.kind)
	if text != "" {
		n, err := strconv.ParseUint(text, 10, 8)
		if err != nil || n > uint64(NotPossible) {
			s.reject(codeBadTransfer, s.kind)
			return 0, 0, false
		}
		kind = TransferType(n)
	}
	if s.value(s.least) == "" {
		return kind, 0, true
	}
	n, ok := s.number(s.least)
	if ok && n > uint32(24*transit.Hour) {
		s.reject(codeBadTransfer, s.least)
		return 0, 0, false
	}
	return kind, transit.Seconds(n), ok
}
