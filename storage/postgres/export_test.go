package postgres

import "github.com/pressly/goose/v3"

// Steps lets tests go up and down one migration at a time.
func (s *Store) Steps() (*goose.Provider, error) { return s.set.Provider(s.db) }
