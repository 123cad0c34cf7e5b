package crm

import (
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/google/uuid"
)

// A filter says what a list holds; its zero value holds everything that is not archived. Fields are
// combined with and; a text that is compared folded and has nothing but blanks is not set. Text
// finds a folded piece of the record's searched texts; see SearchText.

// Archive selects by whether a record is archived.
type Archive string

// The selections. The zero value is ActiveOnly.
const (
	ActiveOnly   Archive = ""
	ArchivedOnly Archive = "archived"
	ActiveOrNot  Archive = "all"
)

// archives lists the selections.
var archives = []Archive{ActiveOnly, ArchivedOnly, ActiveOrNot}

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
	Platform    string   `json:"platform,omitzero"` // a profile on this platform; see ParsePlatform
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
	After  Seq       // only changes with a larger seq
	Record Ref       // zero: of all records
	Unit   uuid.UUID // zero: of all units of work
}

// CheckFilter returns a filter of a list in the form that a store works with: texts that are
// compared folded are folded, and empty if they were blank; the platform is as ParsePlatform has it.
// A selection or status that does not exist is an ErrInvalid. A checked filter stays as it is.
func CheckFilter[F any](f F) (F, error) {
	checked, err := checkFilter(f)
	if err != nil {
		var none F
		return none, err
	}
	return checked.(F), nil
}

// checkFilter is CheckFilter for a filter of any type, and for none.
func checkFilter(filter any) (any, error) {
	p := &problems{}
	switch f := filter.(type) {
	case MemberFilter:
		foldAll(&f.Name, &f.Text)
		p.selection(KindMember, f.Archive)
		filter = f
	case CampaignFilter:
		foldAll(&f.Name, &f.Text)
		p.selection(KindCampaign, f.Archive)
		filter = f
	case InfluencerFilter:
		foldAll(&f.Name, &f.Handle, &f.Link, &f.Category, &f.Tag, &f.Text)
		f.Platform, _ = ParsePlatform(f.Platform)
		p.selection(KindInfluencer, f.Archive)
		filter = f
	case CooperationFilter:
		foldAll(&f.Name, &f.Text)
		p.selection(KindCooperation, f.Archive)
		if f.Status != "" && f.Status.Validate() != nil {
			p.add("status", string(f.Status), "is no status; use draft, negotiating or signed, or leave it out for all")
		}
		filter = f
	}
	return filter, p.result()
}

func foldAll(texts ...*string) {
	for _, text := range texts {
		*text = Fold(*text)
	}
}

func (p *problems) selection(kind Kind, a Archive) {
	p.record = Ref{Kind: kind}
	if !slices.Contains(archives, a) {
		p.addf("archive", string(a), "selects nothing; use %s or %s, or leave it out for what is not archived", ArchivedOnly, ActiveOrNot)
	}
}
