package sqlstore

import (
	"database/sql"

	sq "github.com/Masterminds/squirrel"
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
	// Classify sorts the driver's errors by their code; the code is for logs and for ErrStorage.
	Classify func(error) (Class, string)
}

// Class is what a driver's error means to a store.
type Class int

// The classes.
const (
	Other     Class = iota // the storage itself failed
	Unique                 // a key is taken
	Reference              // a foreign key names nothing, or still names what is deleted
	Busy                   // another writer took too long
)
