// Package conformance holds the server's answers against its own OpenAPI document: every operation is called, and whatever
// comes back must be what the document says. It has nothing but tests, in a room of their own because they are about the
// whole server.
package conformance
