package budget

import "fmt"

// Quarters returns the lines of the months by quarter, with keys like 2026-Q4.
func (r *Report) Quarters() []Line {
	return r.groups(func(m Month) (key, label string) {
		quarter := (int(m.TimeMonth()) + 2) / 3
		return fmt.Sprintf("%d-Q%d", m.Year(), quarter), fmt.Sprintf("Q%d %d", quarter, m.Year())
	})
}

// Years returns the lines of the months by year, with keys like 2026.
func (r *Report) Years() []Line {
	return r.groups(func(m Month) (key, label string) {
		year := fmt.Sprint(m.Year())
		return year, year
	})
}

// Between returns one line for the months from first to last, which no month leaves open.
// ok is false when the report has none of them.
func (r *Report) Between(first, last Month) (line Line, ok bool) {
	lines := r.groups(func(m Month) (key, label string) {
		if m.Compare(first) < 0 || (!last.IsZero() && m.Compare(last) > 0) {
			return "", ""
		}
		return "months", "Months"
	})
	if len(lines) == 0 {
		return Line{}, false
	}
	return lines[0], true
}

// groups adds up the lines of months that have one key, in calendar order; those with none are left out.
// A budget is the sum of those that the months have. A cooperation is counted once in each group.
func (r *Report) groups(of func(Month) (key, label string)) []Line {
	lines := []Line{}
	at := map[Month]int{}
	for _, month := range r.Months {
		key, label := of(month.Month)
		if key == "" {
			continue
		}
		if n := len(lines); n == 0 || lines[n-1].Key != key {
			none := new(tally).amounts(r.Currency)
			lines = append(lines, Line{Key: key, Label: label, Amounts: none, Covered: none, BudgetFrom: BudgetNone})
		}
		group := &lines[len(lines)-1]
		at[month.Month] = len(lines) - 1
		group.Amounts.add(month.Amounts)
		if month.Budget.IsSet() {
			group.Covered.add(month.Covered)
			group.Budget = FromMinor(group.Budget.minor+month.Budget.minor, r.Currency)
			group.BudgetFrom = BudgetMonths
			if month.Others != (Amounts{}) {
				others := new(tally).amounts(r.Currency)
				others.add(group.Others)
				others.add(month.Others)
				group.Others = others
			}
		}
	}
	r.countGroups(lines, at)
	for n := range lines {
		lines[n].Forecast = FromMinor(lines[n].forecast(r.Weights).IntPart(), r.Currency)
		lines[n].Health = healthOf(lines[n])
	}
	r.findGroupTips(lines, at)
	return lines
}

// add never overflows, because the ledger refuses items whose magnitudes would.
func (a *Amounts) add(o Amounts) {
	a.Signed.minor += o.Signed.minor
	a.Negotiating.minor += o.Negotiating.minor
	a.Draft.minor += o.Draft.minor
}

// countGroups counts each cooperation once in each line in which it has a share.
func (r *Report) countGroups(lines []Line, at map[Month]int) {
	b := r.ledgerOrEmpty()
	counts := make([]tally, len(lines))
	var parts []part
	for i := range b.entries {
		e := &b.entries[i]
		if !e.counts {
			continue
		}
		last := -1
		parts = b.appendShares(parts[:0], e)
		for _, part := range parts {
			if n, in := at[part.month]; in && n != last {
				counts[n].add(e, 0)
				last = n
			}
		}
	}
	for n := range lines {
		lines[n].Counts = counts[n].counts()
	}
}
