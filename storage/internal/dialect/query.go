package dialect

import (
	"context"
	"database/sql"
)

// Query is a statement that runs with others.
type Query struct {
	Text string
	Args []any
	// Dest is where each row is scanned to, a pointer for each column; a query without has no rows. Row is called after
	// each, if it is not nil.
	Dest []any
	Row  func() error
	// Count is set to how many rows were read or, without rows, changed.
	Count int64
}

// Batch sends queries together and reads the results in order. At the first error it returns how many queries went
// well; those after it did not run. A COMMIT that rolled back is an error. It reports false, and sends nothing, on a
// connection of a driver that it does not know; without queries it says whether it knows the driver.
type Batch func(ctx context.Context, conn *sql.Conn, queries []*Query) (sent bool, done int, err error)

// Rows are the rows of a result, of database/sql or of a driver itself.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
}

// ReadsRows reports whether the query has rows to read.
func (q *Query) ReadsRows() bool { return q.Dest != nil }

// Read reads all rows of the result. An error of Row ends it and is returned as it is.
func (q *Query) Read(rows Rows) error {
	for q.Count = 0; rows.Next(); q.Count++ {
		if err := rows.Scan(q.Dest...); err != nil {
			return err
		}
		if q.Row == nil {
			continue
		}
		if err := q.Row(); err != nil {
			return err
		}
	}
	return rows.Err()
}
