package crm

import "time"

// Times are when a record was made and when it was last changed: the times of these changes in the log, in UTC and whole
// microseconds. They follow from the log; what a caller gives is ignored. A record that an undo has created again was
// made by the undo. Import runs, which are not in the log, have none.
//
// They are in the JSON of records, but no field in the log, and no sheet has them: two states of a record that differ in
// nothing else are the same state.
type Times struct {
	CreatedAt time.Time `json:"created_at,omitzero"`
	ChangedAt time.Time `json:"changed_at,omitzero"` // as CreatedAt for a record that has not changed since
}

// Written implements Record.
func (t Times) Written() Times { return t }

// isTime reports whether a record's JSON has one of its Times under a name.
func isTime(name string) bool { return name == "created_at" || name == "changed_at" }

// newAt returns a record that is made now.
func (l *unitLog) newAt(r Record) Record { return r.AtTimes(Times{CreatedAt: l.at, ChangedAt: l.at}) }

// changedAt returns a record that replaces another one now.
func (l *unitLog) changedAt(before, after Record) Record {
	return after.AtTimes(Times{CreatedAt: before.Written().CreatedAt, ChangedAt: l.at})
}
