package crm

// WithUnitBounds returns a Service on the same data whose units of work remember so much at most.
func (s *Service) WithUnitBounds(records, names, handles int) *Service {
	bounded := s.Over(s.store)
	bounded.env.remembers = unitBounds{records, names, handles}
	return bounded
}
