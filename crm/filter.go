package crm

import "github.com/getklar/influencercrm/budget"

// A filter says what a list holds; its zero value holds everything. Fields are combined with and.
// Text finds a folded piece of the record's searched texts; see SearchText.

// Archive selects by whether a record is archived.
type Archive string

// The selections. The zero value is ActiveOnly.
const (
	ActiveOnly   Archive = ""
	ArchivedOnly Archive = "archived"
	ActiveOrNot  Archive = "all"
)

// Selects reports whether a record archived on a day is selected.
func (a Archive) Selects(on budget.Date) bool {
	return a == ActiveOrNot || (a == ArchivedOnly) != on.IsZero()
}

// MemberFilter selects members.
type MemberFilter struct {
	Name    string  `json:"name,omitzero"` // folded equal
	Text    string  `json:"text,omitzero"`
	Archive Archive `json:"archive,omitzero"`
}

// CampaignFilter selects campaigns.
type CampaignFilter struct {
	Name      string  `json:"name,omitzero"` // folded equal
	Text      string  `json:"text,omitzero"`
	HasAmount bool    `json:"has_amount,omitzero"` // with a budget or a revenue target
	Archive   Archive `json:"archive,omitzero"`
}

// InfluencerFilter selects influencers.
type InfluencerFilter struct {
	Name        string   `json:"name,omitzero"`     // folded equal
	Platform    string   `json:"platform,omitzero"` // a profile on this platform
	Handle      string   `json:"handle,omitzero"`   // a profile with this handle, folded; with Platform, the same profile
	Link        string   `json:"link,omitzero"`     // a profile with this link, folded
	Category    string   `json:"category,omitzero"` // folded equal
	Tag         string   `json:"tag,omitzero"`      // folded equal
	Responsible MemberID `json:"responsible,omitzero"`
	Text        string   `json:"text,omitzero"`
	Archive     Archive  `json:"archive,omitzero"`
}

// CooperationFilter selects cooperations.
type CooperationFilter struct {
	Campaign    CampaignID    `json:"campaign,omitzero"`
	Influencer  InfluencerID  `json:"influencer,omitzero"`
	Status      Status        `json:"status,omitzero"`
	Responsible MemberID      `json:"responsible,omitzero"`
	Name        string        `json:"name,omitzero"`       // folded equal
	ImportKey   string        `json:"import_key,omitzero"` // equal
	During      budget.Period `json:"during,omitzero"`     // with a day in this period; both ends optional; undated ones never
	HasAmount   bool          `json:"has_amount,omitzero"` // with a cost or a cancellation fee
	Text        string        `json:"text,omitzero"`
	Archive     Archive       `json:"archive,omitzero"`
}

// ImportRunFilter selects import runs.
type ImportRunFilter struct {
	Source string `json:"source,omitzero"`
}

// ClaimFilter selects claims; see Reader.Claims.
type ClaimFilter struct {
	Kinds []ClaimKind // empty: all
	Key   string      // empty: all
}

// ChangeFilter selects changes; see Reader.Changes.
type ChangeFilter struct {
	After  Seq // only changes with a larger seq
	Record Ref // zero: of all records
}
