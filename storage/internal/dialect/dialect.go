// Package dialect is everything in which one SQL database differs from another, as one value: a
// package of a database fills in a [Dialect], and the packages that it stands on ask nothing else.
package dialect

import (
	"context"
	"database/sql"
	"fmt"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// Dialect is how a SQL database is spoken to.
type Dialect struct {
	// Name appears in logs: "sqlite".
	Name string
	// Placeholder turns the ? of every statement into the database's own form.
	Placeholder sq.PlaceholderFormat
	// Write and Read are the options of the transactions of Update and View. A View must see one
	// snapshot, taken at its first statement.
	Write, Read *sql.TxOptions
	// Lock ends the statement with which an Update locks its workspace's row: "FOR UPDATE", or nothing
	// where a write transaction locks the whole database anyway.
	Lock string
	// Contains is a condition with one ?, true if the column search contains it literally. It is not
	// LIKE, whose patterns are bounded and have wildcards.
	Contains string
	// Prepare is set where the store has to keep statements prepared because the driver does not.
	Prepare bool
	// LimitInText is set where the number of rows of a page has to be in the text of a statement. PostgreSQL reuses the
	// plan of such a statement; with a parameter it guesses a number, finds its plan too expensive, and plans each
	// call anew, which takes as long as reading the page.
	LimitInText bool
	// Remote is set where a network lies between. Then a statement ends with its context, and the answer
	// to a COMMIT may be lost, so each unit of work leaves something by which the next attempt finds out.
	Remote bool
	// ColumnType is the SQL type of a column by its name, where each statement costs a round trip and
	// arrays can be parameters: many rows then go in with one statement. Nil where rows go one by one.
	ColumnType func(column string) string
	// Batch sends queries on a connection together, in one round trip, and reads their results; see Batch. Nil where each
	// goes alone.
	Batch Batch
	// Copy adds rows to a table in the fastest way, which fails as a whole if one of them cannot be added. Nil if there
	// is none, or not for the role of the store.
	Copy func(ctx context.Context, conn *sql.Conn, table string, columns []string, rows [][]any) (sent bool, err error)
	// BeginWrite and BeginRead are Write and Read as statements, for transactions that begin with a Batch.
	BeginWrite, BeginRead string
	// SetWorkspace is a statement that tells the database the workspace of a transaction, where row
	// security needs it. Nil elsewhere.
	SetWorkspace func(crm.WorkspaceID) string
	// CheckJoin refuses a host's transaction on which the contract would not hold. Nil if none is refused.
	CheckJoin func(context.Context, *sql.Tx) error
	// Classify sorts the driver's errors by their code.
	Classify func(error) Failure
	// Standby reports whether a database takes no writes because it follows another one, as after a failover, and not by
	// its settings. Nil where there is no such thing.
	Standby func(context.Context, *sql.DB) bool
	// Moved is an error if the database is no longer where it was opened. Nil where that cannot be.
	Moved func() error
}

// Failure is a driver's error as a store sees it.
type Failure struct {
	Class      Class
	Code       string // for logs and for crm.ErrStorage
	Constraint string // the violated constraint, where the database names it
	Problem    string // what is wrong with a connection, and what would be right; no secrets
	// Refused says that a COMMIT that ended so has written nothing. After any other answer it may have: where a
	// transaction is one of several nodes, the node that is asked does not always know.
	Refused bool
}

// Retryable reports whether a new transaction may succeed where this one failed. One that found the database read-only
// may do so on another server.
func (f Failure) Retryable() bool { return f.Class == Retry || f.Class == Lost || f.Class == ReadOnly }

// During is the failure as an error of crm, which came while something was done.
func (f Failure) During(what string) error {
	family := crm.ErrStorage
	switch f.Class {
	case Busy:
		return crm.ErrBusy
	case Retry:
		family = crm.ErrBusy
	case Unstorable:
		return fmt.Errorf("%w: a text cannot be stored, because it holds a NUL, is not UTF-8 or is too long to be looked up (while %s, code %s)",
			crm.ErrInvalid, what, f.Code)
	case Lost, Denied:
		family = crm.ErrUnavailable
	case ReadOnly:
		family = crm.ErrReadOnly
	}
	if f.Problem != "" {
		return fmt.Errorf("%w: %s (while %s, code %s)", family, f.Problem, what, f.Code)
	}
	return fmt.Errorf("%w while %s (code %s)", family, what, f.Code)
}

// Class is what a driver's error means to a store.
type Class int

// The classes.
const (
	Other      Class = iota // the storage itself failed
	Unique                  // a key is taken
	Reference               // a foreign key points to nothing, or what is deleted is still referenced
	Unstorable              // the database, or an index, does not take a text
	Busy                    // another writer took too long
	Retry                   // the transaction failed as a whole and may succeed if it runs again
	Lost                    // the connection is gone, or cannot be made
	Denied                  // the server does not let the role in, or not at its tables
	ReadOnly                // the database takes no writes
	Undefined               // a table or column may be missing
)
