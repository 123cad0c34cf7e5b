package dialect

import (
	"context"
	"database/sql"
)

// Query is a statement that runs with others.
type Query struct {
	Text string
	Args []any
	// Dest is where each row is scanned to, a pointer for each column, and Row is called after each. A query with neither
	// has no rows.
	Dest []any
	Row  func() error
	// Count is set to how many rows were read or, without rows, changed.
	Count int64
}

// Batch sends queries together and reads the results in order. At the first error it returns how many queries went
// well; those after it did not run. A COMMIT that rolled back is an error. It reports false, and sends nothing, on a
// connection of a driver that it does not know; without queries it says whether it knows the driver.
type Batch func(ctx context.Context, conn *sql.Conn, queries []*Query) (sent bool, done int, err error)
