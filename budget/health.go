package budget

import (
	"cmp"
	"iter"
	"slices"
)

// Health says how a line stands against its budget.
type Health string

// The healths. The item that tipped a line is the first, by start and then ID
// (without dates last), with which a running sum passes the budget: for Over the
// sum of what is signed, for AtRisk of everything. Only what the budget covers counts, and in a filtered report
// Line.Others beside it.
const (
	OK       Health = "ok"
	AtRisk   Health = "at_risk"   // covered allocated > budget >= covered signed
	Over     Health = "over"      // covered signed > budget
	NoBudget Health = "no_budget" // nothing to stand against
)

func healthOf(l Line) Health {
	against := l.against()
	switch {
	case !l.Budget.IsSet():
		return NoBudget
	case against.Signed.minor > l.Budget.minor:
		return Over
	case against.Allocated().minor > l.Budget.minor:
		return AtRisk
	}
	return OK
}

// tippingSearch counts the lines whose tipping item is still to be found.
type tippingSearch struct {
	open int
}

// runningSum adds up a line's items until they pass its budget. The nil runningSum, for
// lines within their budget, ignores everything.
type runningSum struct {
	line   *Line
	sum    int64
	search *tippingSearch
}

func (w *tippingSearch) start(l *Line) *runningSum {
	if l.Health != Over && l.Health != AtRisk {
		return nil
	}
	w.open++
	return &runningSum{line: l, search: w}
}

func (t *runningSum) add(it *Item, minor int64) {
	if t == nil || t.search == nil || (t.line.Health == Over && it.Stage != Signed) {
		return
	}
	if t.sum += minor; t.sum > t.line.Budget.minor {
		t.line.TippedBy = it.ID
		t.search.open--
		t.search = nil
	}
}

// findTips names the tipping item of every line that is over or at risk, by
// replaying the items in order until all are found. It returns at once when every line is
// within its budget.
func (r *Report) findTips() {
	var (
		w         tippingSearch
		total     = w.start(&r.Total)
		scheduled = w.start(&r.MonthTotal)
		campaigns = make([]*runningSum, len(r.Campaigns))
		months    = make(map[Month]*runningSum)
		cells     = make(map[cellKey]*runningSum)
	)
	for i := range r.Campaigns {
		campaigns[i] = w.start(&r.Campaigns[i])
	}
	for i := range r.Months {
		if t := w.start(&r.Months[i]); t != nil {
			months[r.Months[i].Month] = t
		}
	}
	for key, i := range r.cells {
		if t := w.start(&r.Cells[i]); t != nil {
			cells[key] = t
		}
	}
	if w.open == 0 {
		return
	}
	byMonth := len(months)+len(cells) > 0 || scheduled != nil
	var parts []part
	for i := range r.ledger.inOrder(func(*entry) bool { return true }) {
		e, it := &r.ledger.entries[i], &r.ledger.items[i]
		if r.Campaigns[e.campaign].Budget.IsSet() {
			total.add(it, e.minor)
			campaigns[e.campaign].add(it, e.minor)
		}
		if byMonth {
			parts = appendParts(parts[:0], e.minor, e.period)
			for _, part := range parts {
				cells[cellKey{e.campaign, part.month}].add(it, part.minor)
				if r.covers(e.campaign, part.month) {
					months[part.month].add(it, part.minor)
					scheduled.add(it, part.minor)
				}
			}
		}
		if w.open == 0 {
			return
		}
	}
}

// findGroupTips does the same for lines that add up months, at positions by month.
func (r *Report) findGroupTips(lines []Line, at map[Month]int) {
	var w tippingSearch
	running := make([]*runningSum, len(lines))
	for n := range lines {
		running[n] = w.start(&lines[n])
	}
	if w.open == 0 {
		return
	}
	b := r.ledgerOrEmpty()
	if r.full != nil { // what is not selected counts too
		b = r.full.ledgerOrEmpty()
	}
	var parts []part
	for i := range b.inOrder(func(*entry) bool { return true }) {
		e := &b.entries[i]
		parts = b.appendShares(parts[:0], e)
		for _, part := range parts {
			if n, in := at[part.month]; in && r.holds(e.campaign, part.month) {
				running[n].add(&b.items[i], part.minor)
			}
		}
		if w.open == 0 {
			return
		}
	}
}

// inOrder ranges over the positions of the entries that count and are wanted, by
// start, then item ID, those without dates last. A day's items are put in order
// when it is their turn, for most who ask stop early.
func (b *ledger) inOrder(wanted func(*entry) bool) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		// The day above, the position below: integers sort several times faster
		// than structs.
		var keys []uint64
		for i := range b.entries {
			if e := &b.entries[i]; e.counts && wanted(e) {
				day := e.first.n - 1 // wraps "no date", which is 0, round to the very end
				keys = append(keys, uint64(day)<<32|uint64(i))
			}
		}
		slices.Sort(keys)
		for len(keys) > 0 {
			day := keys[0] >> 32
			end := slices.IndexFunc(keys, func(key uint64) bool { return key>>32 != day })
			if end < 0 {
				end = len(keys)
			}
			slices.SortFunc(keys[:end], func(x, y uint64) int {
				return cmp.Compare(b.items[uint32(x)].ID, b.items[uint32(y)].ID)
			})
			for _, key := range keys[:end] {
				if !yield(int32(uint32(key))) {
					return
				}
			}
			keys = keys[end:]
		}
	}
}
