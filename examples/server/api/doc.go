// Package api is the CRM over HTTP, as JSON.
//
// [New] makes the handler of a crm.Service. Each [Operation] is one entry of a list: where it is, what it takes and answers,
// and one function that calls the service. From the same list come the routes and the OpenAPI document, at /openapi.json
// and /openapi.yaml.
//
// # Design
//
// Nothing of the domain is decided here. Requests are read, and errors told, by crm/web and crm/wire, with the statuses of
// crm/web; those of the server's own errors stand in problem.go.
//
// Who may call what is not decided here either: an operation says which scope it needs, and Options.Allow decides.
package api
