// Package journey finds the journeys of people through a network on a day, in
// two ways.
//
// For one person who asks: the earliest arrival, the latest departure, every
// journey worth taking in a while, the places within reach, and the best
// journeys that differ. An Index is a day prepared for the people of one class,
// a Search finds journeys on it and is the scratch of one goroutine.
//
// For many at once: what is cheapest from every departure on, and what somebody
// should board, where get off and what do next. A Timeline is a day as a graph,
// a Footing how a class of travellers changes on it, Prices what every departure
// is worth towards a few destinations, and Plans what travellers take with them.
// Package assign lets many people follow their plans and meet full vehicles.
//
// Everything scans the day's departures in their order: nothing rests on the
// vehicles of a pattern keeping theirs. (Dibbelt, Pajor, Strasser, Wagner:
// Connection Scan Algorithm, 2018.)
package journey
