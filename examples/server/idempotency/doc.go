// Package idempotency answers a request that is sent again with the same Idempotency-Key as it was answered before, without
// doing it again.
//
// [Keys.Answer] carries out a request, and keeps its answer for 24 hours ([Lifetime]) in the server's own tables. A key
// belongs to one caller in one workspace; two callers may use the same one. All processes on a database know it.
//
//   - The same request gets the same status, header and body, and the header Idempotent-Replayed.
//   - Another request with the same key is refused: 422. A request is its method, path, query, content type and body.
//   - While the first one runs, the key is taken: 409 with Retry-After.
//   - Only success is kept. An error did nothing, so the key is free again, and sending the request again gets what is true
//     then. The exception is a commit without an answer (crm.ErrUnknownOutcome), which is kept, as it may have been done.
//
// # What is guaranteed
//
// While the key is kept, a request is carried out once, and every answer that a client has seen is repeated. If the process
// ends, or loses its database, between the commit and the keeping of the answer, the key is taken until 30 seconds
// ([Grace]) after the time that the call had, and the request is carried out anew then: a client that gets no answer for
// that long should look at the records before it sends the request again.
//
// # Design
//
// The hash of the body is made while the call reads it, so that nothing is held in memory. It is known only at the end;
// that is why another request is told that the key is taken while the first one runs, whatever it asks for.
//
// Answers hold personal data. [Keys.Forget] removes those of a workspace when a person is erased from it, and keeps that the
// requests were carried out. Of the key there is only a hash.
package idempotency
