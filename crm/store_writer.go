package crm

// SharedWriter is a Store that may have one writer for all workspaces together, as a SQLite file has: as long as a unit
// of work runs in one workspace, the writers of the others wait. A Store that is none has a writer for each workspace.
type SharedWriter interface {
	Store
	// SharesWriter reports whether all workspaces share one writer.
	SharesWriter() bool
}

// SharesWriter reports whether a long unit of work in one workspace makes the writers of others wait: see SharedWriter.
// What writes much may then better be several units of work.
func (s *Service) SharesWriter() bool {
	shared, ok := s.store.(SharedWriter)
	return ok && shared.SharesWriter()
}
