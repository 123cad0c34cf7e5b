package budget

// Comparison is what differs between two reports, of a plan as it stands and of the same
// plan with changes, or as it was earlier.
type Comparison struct {
	Total      Difference   `json:"total"`
	MonthTotal Difference   `json:"month_total"`
	Campaigns  []Difference `json:"campaigns"` // those that differ, in the order of the later report
	Months     []Difference `json:"months"`
	Cells      []Difference `json:"cells"`
}

// Difference is a line before and after. A line that only one report has is zero in the other.
type Difference struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Month Month  `json:"month,omitzero"`

	Before Line `json:"before,omitzero"`
	After  Line `json:"after,omitzero"`

	// Change is after - before, of each stage.
	Change Amounts `json:"change"`
}

// Compare returns what differs from before to after, two reports in one currency; other
// currencies are ErrCurrency.
func Compare(before, after *Report) (Comparison, error) {
	if before.Currency != after.Currency {
		return Comparison{}, wrong(ErrCurrency, "%s, want %s as before", after.Currency, before.Currency)
	}
	return Comparison{
		Total:      difference(before.Total, after.Total, after.Currency),
		MonthTotal: difference(before.MonthTotal, after.MonthTotal, after.Currency),
		Campaigns:  differences(before.Campaigns, after.Campaigns, after.Currency),
		Months:     differences(before.Months, after.Months, after.Currency),
		Cells:      differences(before.Cells, after.Cells, after.Currency),
	}, nil
}

// Same reports whether nothing differs.
func (c Comparison) Same() bool {
	return c.Total.Before == c.Total.After && c.MonthTotal.Before == c.MonthTotal.After &&
		len(c.Campaigns)+len(c.Months)+len(c.Cells) == 0
}

// lineKey identifies a line in its list.
type lineKey struct {
	key   string
	month Month
}

func differences(before, after []Line, c Currency) []Difference {
	was := make(map[lineKey]Line, len(before))
	for _, l := range before {
		was[lineKey{l.Key, l.Month}] = l
	}
	out := []Difference{}
	for _, l := range after {
		old := was[lineKey{l.Key, l.Month}]
		delete(was, lineKey{l.Key, l.Month})
		if old != l {
			out = append(out, difference(old, l, c))
		}
	}
	for _, l := range before { // those that are gone, in their order
		if _, gone := was[lineKey{l.Key, l.Month}]; gone {
			out = append(out, difference(l, Line{}, c))
		}
	}
	return out
}

func difference(before, after Line, c Currency) Difference {
	of := after
	if of == (Line{}) {
		of = before
	}
	return Difference{
		Key: of.Key, Label: of.Label, Month: of.Month, Before: before, After: after,
		Change: Amounts{
			Signed:      FromMinor(after.Signed.minor-before.Signed.minor, c),
			Negotiating: FromMinor(after.Negotiating.minor-before.Negotiating.minor, c),
			Draft:       FromMinor(after.Draft.minor-before.Draft.minor, c),
		},
	}
}
