// Package sse writes server-sent events, which browsers read by EventSource and others as lines of text.
//
// # Design
//
// Nothing is kept for a client that reads slowly: an event is written to the connection, and a client that does not take it
// within 30 seconds ([Patience]) is gone. It comes back with the id of the last event that it has, and [LastID] reads that.
package sse
