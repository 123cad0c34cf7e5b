// Package access knows who calls the server, and what they may do.
//
// A caller shows a token in the header Authorization, or a browser the cookie of a session that was begun with one
// ([Sessions]). [Gate] finds the [Caller] of each request; [Allow] decides whether the caller may do what an operation
// needs. A token has a [Scope], may be for some workspaces only, and can expire or be revoked.
//
// # Design
//
// Of tokens and cookies only SHA-256 hashes are stored: both are 256 random bits, so that no slow hash is needed. What was
// found is remembered for five seconds, which is how long a revoked token may still be taken by another process.
//
// What a token is not for looks as if it did not exist: a workspace outside its set is not found, without a look whether
// there is one, so neither the answer nor its time says more.
package access
