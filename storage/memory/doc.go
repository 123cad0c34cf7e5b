// Package memory keeps workspaces in memory: for tests, demonstrations and trying a plan. It keeps the whole contract of
// crm.Store, except that everything is gone when the program ends.
//
// [New] makes a [Store], which is a crm.Store for a crm.Service and a crm.AdminStore for whoever creates workspaces.
// [Options] set how long an Update waits.
//
// # Design
//
// Each state of a workspace is a value of its own, made of copy-on-write trees (state.go, table.go). A View reads the
// state that was current when it began. An Update works on a copy, which becomes the current state when it commits and
// is dropped when it fails. So readers and writers never wait for each other.
//
// Lists by name or start sort all selected records for each page. That is little at the sizes this store is for.
package memory
