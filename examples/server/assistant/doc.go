// Package assistant offers the CRM to assistants, by the Model Context Protocol: a few tools that say where the plan
// stands, find and read records, explain orders and conflicts, try what would be, and change what a person has agreed
// to.
//
// [New] makes an [Assistant] of a crm.Service. Its Handler speaks streamable HTTP, and Serve any transport of the SDK,
// such as standard input and output.
//
// # What tools may do
//
// Callers with api.Read are shown only tools that change nothing. A change needs two calls of one that may write:
// propose_change shows what would happen and keeps it, and apply_proposal names the proposal and its digest. The
// change is made again and committed only if it comes out as it was shown. It is one unit of work whose actor is
// "assistant (…)", which undo_unit takes back.
//
// # What tools answer
//
// Names, notes, codes and cells were typed by anybody: by a customer, by the author of a sheet. An assistant must not
// take them for instructions. So every answer has two parts: a summary in words of this program, with nothing in it
// but figures, and untrusted_data with everything else, errors included.
//
// # Design
//
// A tool is one entry of a list, as an operation of package api is, with arguments that are a struct of the library's
// own types. Their schema is made of the struct (schema.go), and they are read by crm/wire, which names every field
// that is wrong, also below the first level. The SDK's typed tools stop at the first one. Amounts, ids and dates are
// texts in both directions, because numbers above 2^53 do not survive every client.
//
// The server keeps no sessions, so any process can answer any call.
package assistant
