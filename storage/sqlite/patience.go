package sqlite

import (
	"context"
	"time"

	"github.com/getklar/influencercrm/storage/internal/sqlstore"
)

// pause is how long a wait for other programs rests between two tries, each of which waits up to maxBusy.
const pause = 10 * time.Millisecond

// patiently repeats what others with the same file are in the way of, for as long as it may take.
// Programs that start together wait for each other: to put a new file into WAL mode, and to make its
// tables.
func patiently(ctx context.Context, timeout time.Duration, do func(context.Context) error) error {
	for deadline := time.Now().Add(timeout); ; {
		err := do(ctx)
		if err == nil || classify(err).Class != sqlstore.Busy || ctx.Err() != nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(pause)
	}
}
