// Package openapi describes an HTTP API in OpenAPI 3.1, from the Go types of its operations.
//
// [New] makes the document of a list of [Operation]. The schemas come from the types that the API reads and writes, with the
// forms that package crm and its leaves have in JSON (schemas.go), and the descriptions from their doc comments
// ([Comments]). So the document cannot say what the code does not do.
//
// # Design
//
// The model of the document and the schemas of plain types are those of huma, which this package uses for nothing else:
// requests are read by crm/web, which names every wrong field in the user's language.
//
// A type has up to three schemas. In answers every field is there that is not left out when empty; in requests those of
// [Required] must be there (its name ends in "Input"); in merge patches every field may be left out or null (its name ends in
// "Patch"). Whether a request is right is not decided by the schema but by the library, which names all that is wrong with
// it, so a test of the API holds Required against what is refused.
package openapi
