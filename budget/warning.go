package budget

import "fmt"

// WarningCode says what a warning is about.
type WarningCode string

// The warnings.
const (
	WarnOnlyEnd  WarningCode = "only_end"  // an end date without a start
	WarnLongSpan WarningCode = "long_span" // a budget that could not be spread
)

// Warning is something that the report could handle and somebody should look at.
// It concerns an item, or, when that is empty, a campaign.
type Warning struct {
	Code     WarningCode `json:"code"`
	Item     string      `json:"item,omitzero"`
	Campaign string      `json:"campaign"`
	Message  string      `json:"message"`
}

func onlyEnd(it *Item, end Date) Warning {
	return Warning{
		Code: WarnOnlyEnd, Item: it.ID, Campaign: it.Campaign,
		Message: fmt.Sprintf("%q has an end date but no start: its whole cost counts on %s", short(it.Name), end),
	}
}

func onlyEndOfCampaign(c *Campaign) Warning {
	return Warning{
		Code: WarnOnlyEnd, Campaign: c.ID,
		Message: fmt.Sprintf("campaign %q has an end date but no start: its whole budget counts on %s", short(c.Name), c.Period.End),
	}
}

func spanTooLong(c *Campaign, span Period) Warning {
	return Warning{
		Code: WarnLongSpan, Campaign: c.ID,
		Message: fmt.Sprintf("campaign %q has no dates and its cooperations run from %s to %s: its budget is not spread over so many months",
			short(c.Name), span.Start, span.End),
	}
}
