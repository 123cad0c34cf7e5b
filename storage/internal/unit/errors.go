package unit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// Fail brings a driver's error into the families of crm. The driver's words go to the log only: they may
// contain values of the statement, and callers could come to depend on them.
func (s *Session) Fail(ctx context.Context, what string, err error) error {
	switch {
	case err == nil:
		return nil
	case s.ctx.Err() != nil:
		return s.ctx.Err()
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, sql.ErrTxDone):
		return crm.ErrUnitOver
	}
	failure := s.Classify(err)
	s.noteFailure(failure)
	if s.runner.joined != nil && s.runner.joined.breaks(s.runner.Dialect, failure) {
		return fmt.Errorf("%w: it failed while %s (code %s)", crm.ErrRetry, what, failure.Code)
	}
	switch failure.Class {
	case dialect.Busy, dialect.Retry, dialect.Unstorable:
	case dialect.Undefined:
		s.undefined = true
		fallthrough
	default:
		s.runner.Logger.ErrorContext(ctx, "storage failed", "database", s.runner.Dialect.Name, "while", what, "code", failure.Code, "error", err)
	}
	return failure.During(what)
}

// Unreadable is the error of a stored row that is no record: another program wrote it.
func (s *Session) Unreadable(ctx context.Context, ref crm.Ref, err error) error {
	s.runner.Logger.ErrorContext(ctx, "stored record cannot be read", "record", ref.String(), "error", err)
	return fmt.Errorf("%w: the stored %s cannot be read", crm.ErrStorage, ref)
}

// waitFailed is the error of a wait: that of the unit's context first, then that of the busy timeout.
func (s *Session) waitFailed(wait context.Context, what string, err error) error {
	switch {
	case s.ctx.Err() != nil:
		return fmt.Errorf("%w: %w", crm.ErrBusy, s.ctx.Err())
	case wait.Err() != nil:
		return fmt.Errorf("%w: waited %s", crm.ErrBusy, s.runner.BusyTimeout)
	}
	return s.Fail(s.ctx, what, err)
}

// Classify sorts a driver's error.
func (s *Session) Classify(err error) dialect.Failure { return s.runner.Dialect.Classify(err) }

// Is reports whether a driver's error is of a class.
func (s *Session) Is(class dialect.Class, err error) bool {
	return err != nil && s.Classify(err).Class == class
}

// explained is the error of a unit that is over. If a table may be missing it says whether the schema is to blame: that
// takes a connection, of which the unit may have had the last one.
func (s *Session) explained(err error) error {
	if err == nil || !s.undefined || s.runner.CheckSchema == nil {
		return err
	}
	wait, cancel := s.look()
	defer cancel()
	if found := s.runner.CheckSchema(wait); found != nil {
		return found
	}
	return err
}

// look bounds a look at the database after a failure: however long the unit has waited already, and short, because
// what is found out only explains the failure.
func (s *Session) look() (context.Context, context.CancelFunc) {
	return context.WithTimeout(s.ctx, min(s.runner.BusyTimeout, time.Second))
}

// noteFailure keeps the failure for which the unit is retried, whatever its callback makes of it.
func (s *Session) noteFailure(f dialect.Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.broken.Retryable() {
		s.broken = f
	}
}

// retryable reports whether a new transaction may succeed.
func (s *Session) retryable() bool {
	s.mu.Lock()
	broken := s.broken
	s.mu.Unlock()
	if s.ctx.Err() != nil || !broken.Retryable() {
		return false
	}
	if broken.Class != dialect.ReadOnly {
		return true
	}
	wait, cancel := s.look()
	defer cancel()
	standby := s.runner.Dialect.Standby
	return standby != nil && standby(wait, s.pool.db.DB)
}
