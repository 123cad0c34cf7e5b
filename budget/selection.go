package budget

import (
	"slices"
)

// selection makes the lines of a filtered report out of the whole report and its items.
type selection struct {
	*matcher
	whole *Report
	out   *Report

	months monthRange
	shown  []bool // by campaign
	cells  map[cellKey]*tally
	totals map[int32]*tally // by campaign
	ranges []rangeSums      // by campaign; of a range of months only
}

// rangeSums are what a campaign has in a range of months, selected or not. One budget in any of them is for all of them.
type rangeSums struct {
	budget  Money // unset: in none of them
	from    Basis
	amounts Amounts
}

func newSelection(whole *Report, f Filter) *selection {
	b := *whole.ledgerOrEmpty()
	b.entries = slices.Clone(b.entries)
	b.months = f.months()
	shown := make([]bool, len(b.campaigns))
	s := &selection{
		matcher: newMatcher(f, b.foldOf), whole: whole, months: b.months, shown: shown,
		cells: map[cellKey]*tally{}, totals: map[int32]*tally{},
		out: &Report{
			Currency: whole.Currency, Today: whole.Today, Weights: whole.Weights,
			Campaigns: []Line{}, Months: []Line{}, Cells: []Line{}, Unpriced: []Unpriced{}, Warnings: []Warning{},
			ledger: &b, full: whole, shown: shown, cells: map[cellKey]int{}, budgets: whole.budgets,
		},
	}
	campaigns := newOneOf(f.Campaigns)
	for i := range b.campaigns {
		s.shown[i] = campaigns.has(b.campaigns[i].ID)
	}
	s.sumRanges()
	return s
}

// sumRanges adds up the cells of each campaign in a range of months.
func (s *selection) sumRanges() {
	if s.months.isAll() {
		return
	}
	s.ranges = make([]rangeSums, len(s.shown))
	for _, cell := range s.whole.Cells {
		if !s.months.has(cell.Month) {
			continue
		}
		sums := &s.ranges[s.out.ledger.index[cell.Key]]
		sums.amounts.add(cell.Amounts)
		if cell.Budget.IsSet() {
			sums.budget, sums.from = FromMinor(sums.budget.minor+cell.Budget.minor, s.out.Currency), cell.BudgetFrom
		}
	}
}

// sum adds up what is selected, and makes all other entries count no more.
func (s *selection) sum() {
	b := s.out.ledger
	var parts []part
	for i := range b.entries {
		e := &b.entries[i]
		e.counts = e.counts && s.shown[e.campaign] && s.selects(&b.items[i])
		if !e.counts {
			continue
		}
		parts = b.appendShares(parts[:0], e)
		if e.counts = len(parts) > 0; !e.counts {
			continue
		}
		of, all := s.totals[e.campaign], int64(0)
		if of == nil {
			of = &tally{}
			s.totals[e.campaign] = of
		}
		for _, part := range parts {
			key := cellKey{e.campaign, part.month}
			if s.cells[key] == nil {
				s.cells[key] = &tally{}
			}
			s.cells[key].add(e, part.minor)
			all += part.minor
		}
		of.add(e, all)
	}
	s.sumNotes()
}

// ofCampaigns is a report without items filtered by campaigns: their sums are all that such a filter needs.
func (r *Report) ofCampaigns(ids []string) *Report {
	s := newSelection(r, Filter{Campaigns: ids})
	for i := range s.shown {
		if a := &r.ledger.campaigns[i]; s.shown[i] {
			s.totals[int32(i)] = &a.total
			s.cells[cellKey{int32(i), Month{}}] = &a.unscheduled
			for n := range a.cells {
				s.cells[cellKey{int32(i), a.cells[n].month}] = &a.cells[n].tally
			}
		}
	}
	s.sumNotes()
	return s.report()
}

// sumNotes keeps what has no rate, and the warnings, of what is selected.
func (s *selection) sumNotes() {
	b := s.out.ledger
	items := map[string]bool{}
	for i := range b.entries {
		if b.entries[i].counts {
			items[b.items[i].ID] = true
		}
	}
	for _, u := range s.whole.Unpriced {
		if items[u.Item] {
			s.out.Unpriced = append(s.out.Unpriced, u)
		}
	}
	for _, w := range s.whole.Warnings {
		if items[w.Item] || w.Item == "" && s.shown[b.index[w.Campaign]] {
			s.out.Warnings = append(s.out.Warnings, w)
		}
	}
}

// report makes the lines, when the sums stand.
func (s *selection) report() *Report {
	r := s.out
	s.addCells()
	s.addCampaigns()
	s.addMonths()
	s.addTotals()
	r.Coverage = s.coverage()
	s.findTips()
	return r
}

// filtered makes a line of what is selected and of the line of everything that is held against its budget.
func (s *selection) filtered(selected, covered *tally, against Amounts, like Line) Line {
	l := s.out.line(selected, covered, like.Budget, like.BudgetFrom)
	l.Key, l.Label, l.Month = like.Key, like.Label, like.Month
	l.Target, l.TargetCost = like.Target, like.TargetCost
	if l.Budget.IsSet() {
		l.Others = Amounts{
			Signed:      FromMinor(against.Signed.minor-l.Covered.Signed.minor, s.out.Currency),
			Negotiating: FromMinor(against.Negotiating.minor-l.Covered.Negotiating.minor, s.out.Currency),
			Draft:       FromMinor(against.Draft.minor-l.Covered.Draft.minor, s.out.Currency),
		}
		l.Health = healthOf(l)
	}
	return l
}

// omits reports whether a line is left out because nothing in it is selected.
func (s *selection) omits(selected *tally) bool { return s.narrow() && selected.counts().Count() == 0 }

func orNone(t *tally) *tally {
	if t == nil {
		return &tally{}
	}
	return t
}

func (s *selection) addCells() {
	index := s.out.ledger.index
	for _, l := range s.whole.Cells {
		key := cellKey{index[l.Key], l.Month}
		selected := orNone(s.cells[key])
		if !s.shown[key.campaign] || !s.months.has(l.Month) || s.omits(selected) {
			continue
		}
		s.out.cells[key] = len(s.out.Cells)
		s.out.Cells = append(s.out.Cells, s.filtered(selected, nil, l.Covered, l))
	}
}

// addCampaigns takes the budgets of campaigns as they are, and in a range of months those of their cells.
func (s *selection) addCampaigns() {
	for _, l := range s.whole.Campaigns {
		campaign := s.out.ledger.index[l.Key]
		selected := orNone(s.totals[campaign])
		if !s.shown[campaign] || s.omits(selected) {
			continue
		}
		if s.months.isAll() {
			s.out.Campaigns = append(s.out.Campaigns, s.filtered(selected, nil, l.Covered, l))
			continue
		}
		sums := &s.ranges[campaign]
		l.Budget, l.BudgetFrom = sums.budget, sums.from
		l.Target, l.TargetCost = Money{}, Money{}
		s.out.Campaigns = append(s.out.Campaigns, s.filtered(selected, nil, sums.amounts, l))
	}
}

// monthSums are a month while its cells are added up.
type monthSums struct {
	selected, covered tally
	budget            Money
	from              Basis
	against           Amounts
	shown             bool // a campaign has a cell in it
}

// addMonths adds up the cells of each month. Only a month's own budget is more than that of its cells.
func (s *selection) addMonths() {
	months := map[Month]*monthSums{}
	of := func(m Month) *monthSums {
		if months[m] == nil {
			months[m] = &monthSums{from: BudgetNone}
		}
		return months[m]
	}
	for key, selected := range s.cells {
		sums := of(key.month)
		sums.selected.merge(selected)
		if s.whole.covers(key.campaign, key.month) {
			sums.covered.merge(selected)
		}
	}
	for _, cell := range s.whole.Cells {
		if !s.shown[s.out.ledger.index[cell.Key]] || !s.months.has(cell.Month) {
			continue
		}
		sums := of(cell.Month)
		sums.shown = true
		if cell.Budget.IsSet() {
			sums.budget = FromMinor(sums.budget.minor+cell.Budget.minor, s.out.Currency)
			if sums.from != BudgetDerived {
				sums.from = cell.BudgetFrom
			}
			sums.against.add(cell.Covered)
		}
	}
	for _, l := range s.whole.Months {
		sums := of(l.Month)
		own := l.BudgetFrom == BudgetMonth
		if !s.months.has(l.Month) || s.omits(&sums.selected) || !sums.shown && !own {
			continue
		}
		if !own {
			l.Budget, l.BudgetFrom, l.Covered = sums.budget, sums.from, sums.against
		}
		s.out.Months = append(s.out.Months, s.filtered(&sums.selected, &sums.covered, l.Covered, l))
	}
	s.addUnscheduled(&of(Month{}).selected)
}

func (s *selection) addUnscheduled(selected *tally) {
	s.out.Unscheduled = s.filtered(selected, nil, Amounts{}, s.whole.Unscheduled)
}

// addTotals adds up the lines of the campaigns, and those of the months.
func (s *selection) addTotals() {
	var selected tally
	for _, t := range s.totals {
		selected.merge(t)
	}
	r := s.out
	r.Total = s.total(&selected, r.Campaigns, BudgetCampaign)
	r.MonthTotal = s.total(&selected, r.Months, BudgetMonths)
}

func (s *selection) total(selected *tally, lines []Line, from Basis) Line {
	like, against := Line{Label: "Total", BudgetFrom: from}, Amounts{}
	var covered tally
	for _, l := range lines {
		like.addTarget(l)
		if !l.Budget.IsSet() {
			continue
		}
		like.Budget = FromMinor(like.Budget.minor+l.Budget.minor, s.out.Currency)
		against.add(l.Covered)
		against.add(l.Others)
		for i, m := range [...]Money{l.Covered.Signed, l.Covered.Negotiating, l.Covered.Draft} {
			covered.minor[i] += m.minor
		}
	}
	return s.filtered(selected, &covered, against, like)
}

// coverage counts what is selected.
func (s *selection) coverage() Coverage {
	c := Coverage{Campaigns: coversLines(s.out.Campaigns), Months: coversLines(s.out.Months)}
	for key, t := range s.cells {
		c.Campaigns.add(t, s.coversCampaign(key.campaign))
		c.Months.add(t, s.whole.covers(key.campaign, key.month))
	}
	c.setCurrency(s.out.Currency)
	return c
}

// coversCampaign reports whether the line of a campaign has a budget, which is then for all that is in the line.
func (s *selection) coversCampaign(campaign int32) bool {
	if s.months.isAll() {
		return s.whole.ledger.campaigns[campaign].Budget.IsSet()
	}
	return s.ranges[campaign].budget.IsSet()
}

// findTips names what tipped a line over its budget. Everything that is held against the budget counts, selected or not.
func (s *selection) findTips() {
	r := s.out
	t := newTips(r)
	if t.search.open == 0 {
		return
	}
	b := s.whole.ledger
	campaigns := map[string]bool{} // with a line
	for _, l := range r.Campaigns {
		campaigns[l.Key] = true
	}
	months := map[Month]bool{}
	for _, l := range r.Months {
		months[l.Month] = true
	}
	var parts []part
	for i := range b.inOrder(func(*entry) bool { return true }) {
		e, it := &b.entries[i], &b.items[i]
		id := b.campaigns[e.campaign].ID
		parts = b.appendShares(parts[:0], e)
		for _, part := range parts {
			key := cellKey{e.campaign, part.month}
			if !s.months.has(part.month) {
				continue
			}
			t.cells[key].add(it, part.minor)
			if campaigns[id] && s.coversCampaign(e.campaign) {
				t.campaigns[id].add(it, part.minor)
				t.total.add(it, part.minor)
			}
			if months[part.month] && r.holds(e.campaign, part.month) {
				t.months[part.month].add(it, part.minor)
				t.scheduled.add(it, part.minor)
			}
		}
		if t.search.open == 0 {
			return
		}
	}
}

// tips are the running sums of all lines of a report that are over or at risk.
type tips struct {
	search           tippingSearch
	total, scheduled *runningSum
	campaigns        map[string]*runningSum
	months           map[Month]*runningSum
	cells            map[cellKey]*runningSum
}

func newTips(r *Report) *tips {
	t := &tips{campaigns: map[string]*runningSum{}, months: map[Month]*runningSum{}, cells: map[cellKey]*runningSum{}}
	t.total, t.scheduled = t.search.start(&r.Total), t.search.start(&r.MonthTotal)
	for i := range r.Campaigns {
		t.campaigns[r.Campaigns[i].Key] = t.search.start(&r.Campaigns[i])
	}
	for i := range r.Months {
		t.months[r.Months[i].Month] = t.search.start(&r.Months[i])
	}
	for key, i := range r.cells {
		t.cells[key] = t.search.start(&r.Cells[i])
	}
	return t
}

// holds reports whether what a campaign spends in a month is held against that month's budget, selected or not.
func (r *Report) holds(campaign int32, m Month) bool {
	if r.full == nil {
		return r.covers(campaign, m)
	}
	return r.budgets[m].from == BudgetMonth || r.shown[campaign] && r.full.covers(campaign, m)
}
