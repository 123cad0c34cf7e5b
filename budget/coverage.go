package budget

// Coverage says how much of a plan has a budget to be held against.
type Coverage struct {
	Campaigns Covers `json:"campaigns"`
	Months    Covers `json:"months"` // what is unscheduled is planned, and in no month
}

// Covers counts the lines of a table and sums what is planned in them.
type Covers struct {
	Lines    int   `json:"lines"`
	Budgeted int   `json:"budgeted"` // how many of them have a budget
	Planned  Money `json:"planned"`  // allocated
	Covered  Money `json:"covered"`  // the part of it that a budget is for
}

// Whole reports whether the budgets are for everything that is planned.
func (c Covers) Whole() bool { return c.Covered == c.Planned }

func coverageOf(r *Report) Coverage {
	return Coverage{Campaigns: covers(r.Campaigns, r.Total), Months: covers(r.Months, r.MonthTotal)}
}

func covers(lines []Line, total Line) Covers {
	c := Covers{Lines: len(lines), Planned: total.Allocated(), Covered: total.Covered.Allocated()}
	for _, l := range lines {
		if l.Budget.IsSet() {
			c.Budgeted++
		}
	}
	return c
}
