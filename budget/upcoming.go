package budget

// Upcoming is the part of a report that can still be changed.
type Upcoming struct {
	Months    []Line `json:"months"`
	Campaigns []Line `json:"campaigns"`
}

// Upcoming returns the months from the one that today lies in, and the campaigns
// that have a day from today on, or have no dates and are not archived. A campaign
// without an end goes on for ever. Without a today everything is upcoming.
func (r *Report) Upcoming(today Date) Upcoming {
	up := Upcoming{Months: []Line{}, Campaigns: []Line{}}
	for _, l := range r.Months {
		if l.Month.Compare(today.Month()) >= 0 {
			up.Months = append(up.Months, l)
		}
	}
	b := r.ledgerOrEmpty()
	for _, l := range r.Campaigns {
		if i, known := b.index[l.Key]; known && b.campaigns[i].upcoming(today) {
			up.Campaigns = append(up.Campaigns, l)
		}
	}
	return up
}

func (c *Campaign) upcoming(today Date) bool {
	switch {
	case today.IsZero():
		return true
	case c.Period.IsZero():
		return !c.Archived
	}
	return c.Period.End.IsZero() || !c.Period.End.Before(today)
}
