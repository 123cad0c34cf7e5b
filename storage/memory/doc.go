// Package memory keeps workspaces in memory: for tests, demonstrations and trying a plan. It keeps
// the whole contract of crm.Store, except that everything is gone when the program ends.
//
// Every state of a workspace is a value of its own, made of copy-on-write trees: a View reads the
// state that was current when it began, an Update works on a copy and puts it in place at the end.
// So readers and writers never wait for each other, and a rollback is to forget the copy.
package memory
