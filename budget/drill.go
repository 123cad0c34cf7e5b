package budget

import (
	"slices"
	"strings"
)

// Axis is something that a report can be broken down by.
type Axis string

// The axes.
const (
	AxisCampaign    Axis = "campaign"
	AxisMonth       Axis = "month"
	AxisQuarter     Axis = "quarter"
	AxisYear        Axis = "year"
	AxisInfluencer  Axis = "influencer"
	AxisPlatform    Axis = "platform"
	AxisCategory    Axis = "category"
	AxisResponsible Axis = "responsible"
	AxisTag         Axis = "tag"
)

// Axes returns all axes.
func Axes() []Axis {
	return []Axis{AxisCampaign, AxisMonth, AxisQuarter, AxisYear, AxisInfluencer, AxisPlatform, AxisCategory, AxisResponsible, AxisTag}
}

// ParseAxis reads the name of an axis in any case. Other words are ErrAxis.
func ParseAxis(s string) (Axis, error) {
	axis := Axis(strings.ToLower(strings.TrimSpace(s)))
	if !slices.Contains(Axes(), axis) {
		return "", wrong(ErrAxis, "%q, want one of %q", short(s), Axes())
	}
	return axis, nil
}

// ItemShare is the part of an item that is in a line.
type ItemShare struct {
	Item     string `json:"item"`
	Name     string `json:"name"`
	Campaign string `json:"campaign"`
	Stage    Stage  `json:"stage"`
	Start    Date   `json:"start,omitzero"` // by which the list is in order: the item's first day
	Month    Month  `json:"month,omitzero"` // zero: unscheduled
	Share    Money  `json:"share"`

	// Unpriced items have a share of zero because it is unknown, not because
	// they are free.
	Unpriced bool `json:"unpriced,omitzero"`
}

// Items returns what a line is made of, by start, then ID, those without dates
// last. An empty campaignID stands for all campaigns. The zero Month stands for
// all months and the unscheduled bucket: an item then has one share for each of
// its months, and those of no month are the unscheduled ones. What a line of By is made of
// are the items of the report that Filter makes for its key.
func (r *Report) Items(campaignID string, m Month) []ItemShare {
	b := r.ledgerOrEmpty()
	campaign, known := b.index[campaignID]
	if !known && campaignID != "" {
		return []ItemShare{}
	}
	order := b.inOrder(func(e *entry) bool {
		return (campaignID == "" || e.campaign == campaign) && (m.IsZero() || e.isPartOf(m))
	})
	shares := []ItemShare{}
	var parts []part
	for i := range order {
		e, it := &b.entries[i], &b.items[i]
		parts = b.appendShares(parts[:0], e)
		for _, part := range parts {
			if m.IsZero() || part.month == m {
				shares = append(shares, ItemShare{
					Item: it.ID, Name: it.Name, Campaign: it.Campaign, Stage: it.Stage, Start: e.first,
					Month: part.month, Share: FromMinor(part.minor, r.Currency), Unpriced: e.unpriced,
				})
			}
		}
	}
	return shares
}

// isPartOf reports whether an entry has a share in a month.
func (e *entry) isPartOf(m Month) bool {
	return !e.period.IsZero() && !e.period.first().After(m.Last()) && !e.period.last().Before(m.First())
}
