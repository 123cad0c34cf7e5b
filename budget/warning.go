package budget

import (
	"encoding/json"
	"fmt"
)

// WarningCode says what a warning is about.
type WarningCode string

// The warnings.
const (
	WarnOnlyEnd  WarningCode = "only_end"  // an end date without a start
	WarnLongSpan WarningCode = "long_span" // a budget that could not be spread
)

// Warning is something that the report could handle and somebody should look at.
// It concerns an item, or, when that is empty, a campaign. Its sentence is a
// format of package fmt and its values, which stand apart for who translates it.
type Warning struct {
	Code     WarningCode
	Item     string
	Campaign string
	Format   string
	Args     []any
}

// String is the sentence in English.
func (w Warning) String() string { return fmt.Sprintf(w.Format, w.Args...) }

// Equal reports whether two warnings say the same.
func (w Warning) Equal(o Warning) bool {
	return w.Code == o.Code && w.Item == o.Item && w.Campaign == o.Campaign && w.String() == o.String()
}

type warningJSON struct {
	Code     WarningCode `json:"code"`
	Item     string      `json:"item,omitzero"`
	Campaign string      `json:"campaign"`
	Message  string      `json:"message"`
}

// MarshalJSON implements json.Marshaler: code, item, campaign, and the sentence
// in English as message.
func (w Warning) MarshalJSON() ([]byte, error) {
	return json.Marshal(warningJSON{w.Code, w.Item, w.Campaign, w.String()})
}

// UnmarshalJSON implements json.Unmarshaler. The sentence of what it reads is the
// message as it is, in one language.
func (w *Warning) UnmarshalJSON(doc []byte) error {
	var read warningJSON
	if err := json.Unmarshal(doc, &read); err != nil {
		return err
	}
	*w = Warning{read.Code, read.Item, read.Campaign, "%s", []any{read.Message}}
	return nil
}

func onlyEnd(it *Item, end Date) Warning {
	return Warning{WarnOnlyEnd, it.ID, it.Campaign,
		"%q has an end date but no start: its whole cost counts on %s", []any{short(it.Name), end}}
}

func onlyEndOfCampaign(c *Campaign) Warning {
	return Warning{WarnOnlyEnd, "", c.ID,
		"campaign %q has an end date but no start: its whole budget counts on %s", []any{short(c.Name), c.Period.End}}
}

func spanTooLong(c *Campaign, span Period) Warning {
	return Warning{WarnLongSpan, "", c.ID,
		"campaign %q has no dates and its cooperations run from %s to %s: its budget is not spread over so many months",
		[]any{short(c.Name), span.Start, span.End}}
}
