package backend

import (
	"time"

	"github.com/getklar/influencercrm/crm"
)

// StoredTime returns a time as stores keep it: UTC, cut to microseconds. The zero time stays zero.
func StoredTime(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// AtRevision returns a copy of the record at version v.
func AtRevision[R crm.Record](r R, v int64) R { return r.AtRevision(v).(R) }

// AtStoredTimes returns the record with its times as StoredTime.
func AtStoredTimes(r crm.Record) crm.Record {
	t := r.Written()
	return r.AtTimes(crm.Times{CreatedAt: StoredTime(t.CreatedAt), ChangedAt: StoredTime(t.ChangedAt)})
}
