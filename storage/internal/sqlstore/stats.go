package sqlstore

import "database/sql"

// Stats is how busy a store is, for a host's gauges. The counts go up for as long as the store is open.
type Stats struct {
	// Writers and Readers are the pools of connections, with how many are in use and how often and how
	// long somebody waited for one. They are one and the same pool on databases that have many writers.
	Writers, Readers sql.DBStats
	// Queued is how many Updates of this process are writing or waiting for the writer before them, where
	// they queue by workspace; 0 where the pool of writers is the queue.
	Queued int
	// Retries is how many tries of units of work failed and were made again.
	Retries uint64
}

// Stats returns how busy the store is at this moment. It is quick, and may be called at any time.
func (s *Store) Stats() Stats {
	return Stats{Writers: s.writers.db.Stats(), Readers: s.readers.db.Stats(), Queued: s.turns.queued(), Retries: s.retries.Load()}
}
