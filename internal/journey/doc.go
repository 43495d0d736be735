// Package journey finds the journeys of people through a network: what is
// cheapest from every departure on, and what somebody should board, where get
// off and what do next.
//
// A Timeline is a day as a graph, a Footing how a class of travellers changes
// on it, Prices what every departure is worth towards a few destinations, and
// Plans what travellers take with them. Package assign lets many people at once
// follow their plans.
package journey
