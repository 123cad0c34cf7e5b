package postgres

import "github.com/pressly/goose/v3"

// ColumnType is the type that a column has in statements for many rows.
var ColumnType = columnType

// Classify sorts errors of the driver.
var Classify = classify

// Steps lets tests go up and down one migration at a time.
func (s *Store) Steps() (*goose.Provider, error) { return s.set.Provider(s.db) }
