package sqlite

// WriteBehind makes all writes of units of work go behind, as most of a large one do.
func (s *Store) WriteBehind() { s.inner.AtOnce = 0 }
