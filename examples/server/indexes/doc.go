// Package indexes keeps the attribution index of each workspace in memory, so that a request does not read all records.
//
// [Cache.Get] returns an index that has every change which was committed before the call, by whichever process: it
// looks at the end of the workspace's log, which is one statement, and reads what is new there. [Cache.AsOf] makes the
// index of a workspace as it stood after a change, which nobody asks for twice, and keeps nothing.
package indexes
