// Package backend has what the author of a [crm.Store] needs besides package crm: the parts of a list, the stored form
// of values, and the errors that every store reports in the same words.
//
// A [Keyset] is the start of it: [NewKeyset] checks the options of a list and reads the page token, the store selects one
// record more than the page holds from [Keyset.After] on, and [PageOf] makes the page and the next token. The guide to a
// whole store is in package storage, and storage/storagetest proves one.
//
// # Design
//
// The package keeps these words out of package crm, whose documentation is for hosts. It imports crm, and crm does not
// import it.
//
// What belongs to a record or a filter is a method there, because the rules of the domain need it too: SortKey,
// SearchText, AtRevision and Matches, and the errors Ref.NotFound and Ref.Stale. crm.Clone, crm.CheckFilter and
// crm.CheckLimit are in crm for the same reason, and because a host can check with them what a client sent.
//
// The as-of reader of crm pages as a store does. Both stand on crm/internal/keyset, which knows no record, so that
// neither repeats the other.
package backend
