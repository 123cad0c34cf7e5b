package budget

// WithoutItems returns the report without the plan's items, which it would keep in memory. It has its lists, Cell and
// Upcoming; the methods that look at items find none, and lines that Quarters, Years and Between add up count none.
func (r *Report) WithoutItems() *Report {
	without := *r
	b := *r.ledgerOrEmpty()
	b.items, b.entries, b.labels, b.fold = nil, nil, nil, nil
	without.ledger, without.full, without.shown = &b, nil, nil
	return &without
}
