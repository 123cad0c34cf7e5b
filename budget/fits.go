package budget

import "slices"

// Fits returns which open cooperations of a campaign, of a month or of both can still be signed
// within its budget, and how much of it is left then. They are taken in the order of better, which
// is negative when a comes before b, if each still fits; nil is the order of Items, by start and then ID.
// What has no share or no known price takes no part. ok is false where there is no budget.
func (r *Report) Fits(campaignID string, m Month, better func(a, b ItemShare) int) (fit []ItemShare, left Money, ok bool) {
	line, known := r.LineOf(campaignID, m)
	if !known || !line.Budget.IsSet() {
		return []ItemShare{}, Money{}, false
	}
	b := r.ledgerOrEmpty()
	open := slices.DeleteFunc(r.whole(r.Items(campaignID, m)), func(s ItemShare) bool {
		return s.Stage == Signed || s.Share.minor <= 0 || s.Unpriced ||
			(campaignID == "" && !r.covers(b.index[s.Campaign], m))
	})
	if better != nil {
		slices.SortStableFunc(open, better)
	}
	left = line.RemainingAfterSigned()
	fit = []ItemShare{}
	for _, s := range open {
		if s.Share.minor <= left.minor {
			left = FromMinor(left.minor-s.Share.minor, r.Currency)
			fit = append(fit, s)
		}
	}
	return fit, left, true
}

// whole adds up the shares of each item, which follow each other, to one without a month if there are several.
func (r *Report) whole(shares []ItemShare) []ItemShare {
	var out []ItemShare
	for _, s := range shares {
		if n := len(out) - 1; n >= 0 && out[n].Item == s.Item {
			out[n].Share = FromMinor(out[n].Share.minor+s.Share.minor, r.Currency)
			out[n].Month = Month{}
			continue
		}
		out = append(out, s)
	}
	return out
}

// Month returns the line of a month. One that the report does not have is a line of nothing, without a budget.
func (r *Report) Month(m Month) Line {
	if line, known := r.LineOf("", m); known {
		return line
	}
	line := r.line(&tally{}, nil, Money{}, BudgetNone)
	line.Key, line.Month, line.Label = m.String(), m, monthLabel(m)
	return line
}

// LineOf returns the line of a campaign, of a month, or of a campaign in a month; "" and the zero Month leave one of them
// out. ok is false when there is no such line.
func (r *Report) LineOf(campaignID string, m Month) (Line, bool) {
	if campaignID != "" && !m.IsZero() {
		return r.Cell(campaignID, m)
	}
	lines := r.Campaigns
	if campaignID == "" {
		lines = r.Months
	}
	for _, l := range lines {
		if l.Month == m && (campaignID == "" || l.Key == campaignID) {
			return l, true
		}
	}
	return Line{}, false
}
