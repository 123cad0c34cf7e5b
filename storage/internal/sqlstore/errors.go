package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
)

// fail brings a driver's error into the families of crm. The driver's words go to the log only:
// they may hold values of the statement, and callers could come to depend on them.
func (u *session) fail(ctx context.Context, what string, err error) error {
	switch {
	case err == nil:
		return nil
	case u.ctx.Err() != nil:
		return u.ctx.Err()
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, sql.ErrTxDone):
		return errOver
	}
	failure := u.store.dialect.Classify(err)
	u.breaks(failure)
	if u.store.joined != nil && u.store.joined.lost(u.store.dialect, failure) {
		return fmt.Errorf("%w: it failed while %s (code %s)", crm.ErrRetry, what, failure.Code)
	}
	switch failure.Class {
	case Busy:
		return crm.ErrBusy
	case Retry:
		return fmt.Errorf("%w while %s (code %s)", crm.ErrBusy, what, failure.Code)
	case Unstorable:
		return fmt.Errorf("%w: a text cannot be stored, because it holds a NUL, is not UTF-8 or is too long to be looked up (while %s, code %s)", crm.ErrInvalid, what, failure.Code)
	}
	u.store.log.ErrorContext(ctx, "storage failed", "database", u.store.dialect.Name, "while", what, "code", failure.Code, "error", err)
	return fmt.Errorf("%w while %s (code %s)", crm.ErrStorage, what, failure.Code)
}

// breaks keeps the failure for which the unit is tried again, whatever its callback makes of it.
func (u *session) breaks(f Failure) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if !u.broken.mendable() {
		u.broken = f
	}
}

// mendable reports whether another try may do better.
func (u *session) mendable() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.ctx.Err() == nil && u.broken.mendable()
}

func (f Failure) mendable() bool { return f.Class == Retry || f.Class == Lost }

// is reports whether a driver's error is of a class.
func (u *session) is(class Class, err error) bool {
	return err != nil && u.store.dialect.Classify(err).Class == class
}

// unreadable is a stored row that does not make a record: somebody else wrote it.
func (u *session) unreadable(ctx context.Context, ref crm.Ref, err error) error {
	u.store.log.ErrorContext(ctx, "stored record cannot be read", "record", ref.String(), "error", err)
	return fmt.Errorf("%w: the stored %s cannot be read", crm.ErrStorage, ref)
}
