package crm

import (
	"encoding/json"
	"errors"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
)

// The error families. Every error of this package and of its stores belongs to one of them and is told by errors.Is;
// the text of a database driver never reaches the caller.
var (
	// ErrInvalid is input that breaks a rule of the domain. The *Error in its chain names the field.
	ErrInvalid = errors.New("not valid")
	// ErrNotFound is a record that its workspace does not hold.
	ErrNotFound = errors.New("not found")
	// ErrAlreadyExists is a name, handle or id that is taken.
	ErrAlreadyExists = errors.New("already exists")
	// ErrConflict is an update that was made from an older version than the stored one: read again, apply the change
	// again. Over HTTP it is 412.
	ErrConflict = errors.New("changed by someone else in the meantime")
	// ErrReferenced is a delete of a record that others refer to: archive it instead.
	ErrReferenced = errors.New("still in use")
	// ErrBusy is a wait for another writer that took too long. Nothing was written.
	ErrBusy = errors.New("busy with another change")
	// ErrRetry is the failure of a transaction as a whole, which only its owner can mend: of a host that has joined a
	// store to a transaction of its own. Roll it back and run it again.
	ErrRetry = errors.New("the transaction has to be rolled back and run again")
	// ErrNestedTx is a call of the store from inside a callback of View or Update: use what the callback was given.
	ErrNestedTx = errors.New("a unit of work is already open in this context; use what its callback was given")
	// ErrUnitOver is the use of what a callback of View or Update was given, after the callback has returned.
	ErrUnitOver = errors.New("this unit of work is over; use it inside its callback only")
	// ErrClosed is the use of a store after Close.
	ErrClosed = errors.New("store is closed")
	// ErrStorage is a failure of the storage itself, such as a full disk. Nothing was written, unless the error is an
	// ErrUnknownOutcome too.
	ErrStorage = errors.New("storage failed")
	// ErrUnavailable is a database that cannot be reached, or lets nobody in: nothing listens there, its host is unknown,
	// the password is wrong. Nothing was written, unless the error is an ErrUnknownOutcome too. Over HTTP it is 503.
	ErrUnavailable = errors.New("the database is not available")
	// ErrReadOnly is a write to a database, or in a host's transaction, that is only for reading.
	ErrReadOnly = errors.New("the database is read-only")
	// ErrUnknownOutcome says that a commit was sent and no answer came, because the connection was lost or the context
	// ended, and that nobody could be asked: the unit of work is there whole or not at all. It stands beside another
	// family, or beside the context's error. Look before doing it again.
	ErrUnknownOutcome = errors.New("the commit was sent and not answered, so whether it is there is not known")
)

// Error is a problem with one field of one record. As JSON it is what a form needs to mark the field: record, field,
// value, code, params and problem; the family is left out, because a program has its own way to say it, such as an HTTP
// status.
type Error struct {
	Family  error             // one of the sentinels above
	Record  Ref               // the record, without id if it has none yet
	Field   string            // as in JSON, "profiles[1].handle"; empty where the record as a whole is meant
	Value   string            // what was given, shortened
	Problem sentence.Sentence // what is wrong and what would be right; the family's if there is no more to say

	// Conflict is the proof, where a discount code of someone else's is what is wrong.
	Conflict *Conflict
}

// Error reads like `campaign name "": a campaign needs a name`.
func (e *Error) Error() string { return e.In(language.English) }

// In is Error in a language; see [sentence.Sentence.In].
func (e *Error) In(lang language.Tag) string {
	var b strings.Builder
	for _, word := range []string{e.Record.Kind.Word().In(lang), e.Field} {
		if word != "" {
			b.WriteString(word + " ")
		}
	}
	if e.Value != "" || e.Field != "" {
		b.WriteString(sentence.Of("%q", e.Value).In(lang))
	}
	return strings.TrimPrefix(strings.TrimRight(b.String(), " ")+": "+e.problem().In(lang), ": ")
}

// Code is the stable code of the problem, in snake case; the table is [sentence.All]. It is the family's where the
// problem has none of its own.
func (e *Error) Code() string {
	if code := e.problem().Code(); code != "" {
		return code
	}
	return familyOf(e.Family).Code()
}

func (e *Error) problem() sentence.Sentence {
	if e.Problem.IsZero() {
		return familyOf(e.Family)
	}
	return e.Problem
}

// Unwrap returns the family.
func (e *Error) Unwrap() error { return e.Family }

// MarshalJSON implements json.Marshaler. Params are the values of the problem, in their order in the sentence.
func (e *Error) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Record   Ref       `json:"record,omitzero"`
		Field    string    `json:"field,omitzero"`
		Value    string    `json:"value,omitzero"`
		Code     string    `json:"code"`
		Params   []string  `json:"params,omitempty"`
		Problem  string    `json:"problem"`
		Conflict *Conflict `json:"conflict,omitzero"`
	}{e.Record, e.Field, e.Value, e.Code(), e.problem().Values(), e.problem().String(), e.Conflict})
}

// FieldErrors collects every *Error in err's tree, in the order in which they were found, for a form that marks all its
// fields at once.
func FieldErrors(err error) []*Error {
	switch e := err.(type) {
	case nil:
		return nil
	case *Error:
		return []*Error{e}
	case interface{ Unwrap() []error }:
		var all []*Error
		for _, each := range e.Unwrap() {
			all = append(all, FieldErrors(each)...)
		}
		return all
	default:
		return FieldErrors(errors.Unwrap(err))
	}
}
