package sqlstore

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// Dialect is everything in which one SQL database differs from another.
type Dialect struct {
	// Name stands in logs: "sqlite".
	Name string
	// Placeholder turns the ? of every statement into the database's own form.
	Placeholder sq.PlaceholderFormat
	// Write and Read are how the transactions of Update and View begin. A View must see one
	// snapshot, taken at its first statement.
	Write, Read *sql.TxOptions
	// Lock ends the statement with which an Update takes its workspace's row: "FOR UPDATE", or
	// nothing where a write transaction holds the whole database anyway.
	Lock string
	// Contains is a condition with one ?, true if the column search holds it as a literal piece.
	// It is not LIKE, whose patterns are bounded and which has characters with a meaning.
	Contains string
	// Prepare says that the store has to prepare the statements whose text never changes. Without
	// it the driver keeps them prepared by itself.
	Prepare bool
	// Remote says that a network lies between. Then a statement ends with its context, and the answer
	// to a commit may be lost, so that units of work leave a key by which it is found out what became
	// of them.
	Remote bool
	// Type is the SQL type of a column, by its name, where each statement costs a round trip and
	// arrays can be parameters: with it many rows go in together. Nil where they go one by one.
	Type func(column string) string
	// Enter is a statement that tells the database, for the length of a transaction, which workspace it is
	// about, where the database itself keeps workspaces apart. Nil where it does not.
	Enter func(crm.WorkspaceID) string
	// Joinable refuses a transaction of a host on which the contract would not hold; nil if each will do.
	Joinable func(context.Context, *sql.Tx) error
	// Classify sorts the driver's errors by their code.
	Classify func(error) Failure
}

// Failure is a driver's error as a store sees it.
type Failure struct {
	Class      Class
	Code       string // for logs and for crm.ErrStorage
	Constraint string // the constraint that refused, where the database names it
}

// Class is what a driver's error means to a store.
type Class int

// The classes.
const (
	Other      Class = iota // the storage itself failed
	Unique                  // a key is taken
	Reference               // a foreign key names nothing, or still names what is deleted
	Unstorable              // a text is not one for the database, or for an index
	Busy                    // another writer took too long
	Retry                   // the transaction failed as a whole and may do better if it runs again
	Lost                    // the connection is gone, or the server no longer writes
)
