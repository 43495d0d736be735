// Package qala is the map of the house; the code lives in the rooms below internal.
//
// Words are pure values (geo, basis, finding, draw, transit, demand, network,
// scenario, evaluation). Engines are functions from value to value (capacity,
// assign). Formats turn bytes into words (table, gtfs, cityfile, eventfile,
// drawn). Desks own what changes with time (feed, plan, report, message).
// Seams keep things (store/...). Doors let people in (cmd/qala).
//
// docs/ARCHITECTURE.md says which line lives where; internal/arch tests it.
package qala
