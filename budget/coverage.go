package budget

import "github.com/shopspring/decimal"

// Coverage says how much of a plan has a budget to be held against.
type Coverage struct {
	Campaigns Covers `json:"campaigns"`
	Months    Covers `json:"months"` // what is unscheduled is planned, and in no month
}

// Covers counts the lines of a table, and adds up what is planned in them.
//
// Planned and Covered add up magnitudes: those of what each campaign has in each month at each stage. So a refund is as
// much a part of the plan as a cost is, and the covered part is never larger than the whole; where nothing is
// negative they are the allocated amounts.
type Covers struct {
	Lines    int   `json:"lines"`
	Budgeted int   `json:"budgeted"` // how many of them have a budget
	Planned  Money `json:"planned"`
	Covered  Money `json:"covered"` // the part of it that a budget is for

	// Uncovered is how many shares of cooperations no budget is for, with those that have no amount. A cooperation has
	// a share in each of its months.
	Uncovered int `json:"uncovered"`
}

// Whole reports whether the budgets are for everything that is planned: no cooperation counts where there is none. Then
// [Line.Unbudgeted] is zero in each line, and nothing is unscheduled if these are months.
func (c Covers) Whole() bool { return c.Uncovered == 0 }

// Share returns the covered part of what is planned, from 0 to 1 with four decimals, rounded down so that it is 1 only
// if all of it is covered. ok is false where no amount is planned.
func (c Covers) Share() (share decimal.Decimal, ok bool) {
	if c.Planned.Sign() <= 0 {
		return decimal.Decimal{}, false
	}
	const digits = 4
	share, _ = decimal.New(c.Covered.minor, 0).QuoRem(decimal.New(c.Planned.minor, 0), digits)
	return share, true
}

// coverage counts what the budgets are for, when the lines stand.
func (r *Report) coverage() Coverage {
	c := Coverage{Campaigns: coversLines(r.Campaigns), Months: coversLines(r.Months)}
	for i := range r.ledger.campaigns {
		a := &r.ledger.campaigns[i]
		for j := range a.cells {
			c.Campaigns.add(&a.cells[j].tally, a.Budget.IsSet())
			c.Months.add(&a.cells[j].tally, r.covers(int32(i), a.cells[j].month))
		}
		c.Campaigns.add(&a.unscheduled, a.Budget.IsSet())
		c.Months.add(&a.unscheduled, false)
	}
	c.setCurrency(r.Currency)
	return c
}

func (c *Coverage) setCurrency(currency Currency) {
	for _, of := range []*Covers{&c.Campaigns, &c.Months} {
		of.Planned = FromMinor(of.Planned.minor, currency)
		of.Covered = FromMinor(of.Covered.minor, currency)
	}
}

func coversLines(lines []Line) Covers {
	c := Covers{Lines: len(lines)}
	for _, l := range lines {
		if l.Budget.IsSet() {
			c.Budgeted++
		}
	}
	return c
}

// add counts what a campaign has in a month, or without one.
func (c *Covers) add(t *tally, covered bool) {
	gross := t.gross()
	c.Planned.minor += gross
	if covered {
		c.Covered.minor += gross
	} else {
		c.Uncovered += t.count[0] + t.count[1] + t.count[2]
	}
}

// gross adds up the magnitudes of the stages. It never overflows, for the ledger refuses items whose magnitudes would.
func (t *tally) gross() int64 {
	var sum uint64
	for _, minor := range t.minor {
		sum += magnitude(minor)
	}
	return int64(sum)
}
