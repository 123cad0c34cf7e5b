// Package observe tells operators what the server does: a log of requests, metrics in the form of Prometheus, and traces
// in that of OpenTelemetry.
//
// None of it holds personal data. A request is told by its route, "GET /v1/workspaces/{workspace}/members/{id}", and by the
// id of the token that it came with: no names, no ids of records, no query.
package observe
