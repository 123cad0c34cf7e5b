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
	class, code := u.store.dialect.Classify(err)
	if class == Busy {
		return crm.ErrBusy
	}
	u.store.log.ErrorContext(ctx, "storage failed", "database", u.store.dialect.Name, "while", what, "code", code, "error", err)
	return fmt.Errorf("%w while %s (code %s)", crm.ErrStorage, what, code)
}

// is reports whether a driver's error is of a class.
func (u *session) is(class Class, err error) bool {
	if err == nil {
		return false
	}
	got, _ := u.store.dialect.Classify(err)
	return got == class
}

// unreadable is a stored row that does not make a record: somebody else wrote it.
func (u *session) unreadable(ctx context.Context, ref crm.Ref, err error) error {
	u.store.log.ErrorContext(ctx, "stored record cannot be read", "record", ref.String(), "error", err)
	return fmt.Errorf("%w: the stored %s cannot be read", crm.ErrStorage, ref)
}
