// Package wire reads records from the JSON of a host's clients, such as the body of an HTTP request.
//
// [Parse] reads a whole record and [Patch] applies a JSON merge patch (RFC 7396) to one. Both name every field that cannot
// be read, as a [crm.Error] each, so that a form can mark all of them; [crm.FieldErrors] lists them. The rules of the domain
// come later, with crm.Check or with saving.
//
// [Query] reads the query of a URL into a filter and the options of a list, and names what is wrong in the same way.
//
// [EditCooperation] and its likes change a stored record and save it, from the version that the client has read. A field
// that cannot be set is refused by name.
//
// # Design
//
// encoding/json stops at the first value that cannot be read and does not name the field of most. So the text is walked
// together with the type of the record, and only texts without a problem are decoded. A field that does not exist is an
// error, also if it differs from a field in upper and lower case only: a misspelled field that is ignored looks like a
// change that was saved. Two more things that encoding/json reads as something else are refused by field: one that stands
// there twice, and half of a surrogate pair.
//
// The package is apart from crm because only hosts with clients need it, and it needs nothing that they could not use.
package wire
