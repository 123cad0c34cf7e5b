package crm

import (
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
	"github.com/google/uuid"
)

// The zero value of a filter selects everything that is not archived. Fields are combined with and; a blank text is not
// set. Text is searched in Record.SearchText.

// Archive selects by whether a record is archived.
type Archive string

// The selections. The zero value is ActiveOnly.
const (
	ActiveOnly   Archive = ""
	ArchivedOnly Archive = "archived"
	ActiveOrNot  Archive = "all"
)

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

	State    State       `json:"state,omitzero"`    // where it stands on the day On
	Upcoming bool        `json:"upcoming,omitzero"` // with a day from On on, or undated and not archived
	On       budget.Date `json:"on,omitzero"`       // for State and Upcoming; Service fills in today
}

// InfluencerFilter selects influencers.
type InfluencerFilter struct {
	Name        string   `json:"name,omitzero"`     // folded equal
	Platform    string   `json:"platform,omitzero"` // a profile on this platform; see account.ParsePlatform
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
	Platform    string        `json:"platform,omitzero"` // of its profile; see account.ParsePlatform
	Tag         string        `json:"tag,omitzero"`      // of its influencer, folded equal
	Status      Status        `json:"status,omitzero"`
	Cancelled   Cancelled     `json:"cancelled,omitzero"`
	Responsible MemberID      `json:"responsible,omitzero"`
	Name        string        `json:"name,omitzero"`       // folded equal
	ImportKey   string        `json:"import_key,omitzero"` // equal
	During      budget.Period `json:"during,omitzero"`     // with a day in this period; both ends optional; undated ones never
	State       State         `json:"state,omitzero"`      // where it stands on the day On
	On          budget.Date   `json:"on,omitzero"`         // for State; Service fills in today
	HasAmount   bool          `json:"has_amount,omitzero"` // with a cost or a cancellation fee
	Text        string        `json:"text,omitzero"`
	Archive     Archive       `json:"archive,omitzero"`
}

// Cancelled selects by whether a cooperation is cancelled.
type Cancelled string

// The selections. The zero value is CancelledOrNot.
const (
	CancelledOrNot Cancelled = ""
	CancelledOnly  Cancelled = "only"
	NotCancelled   Cancelled = "not"
)

var cancelleds = []Cancelled{CancelledOrNot, CancelledOnly, NotCancelled}

// Selects reports whether a cooperation with a cancellation, nil for none, is selected.
func (s Cancelled) Selects(c *Cancellation) bool {
	return s == CancelledOrNot || (s == CancelledOnly) == (c != nil)
}

// RecordOnly returns the filter without the fields that depend on the cooperation's influencer and profile.
func (f CooperationFilter) RecordOnly() CooperationFilter {
	f.Platform, f.Tag = "", ""
	return f
}

// ConflictFilter selects cooperations that have a conflict at least so severe: Certain, which is also what the zero
// value means, or Blocking.
type ConflictFilter struct {
	CooperationFilter
	Severity discount.Severity `json:"severity,omitzero"`
}

// ImportRunFilter selects import runs.
type ImportRunFilter struct {
	Source   string `json:"source,omitzero"`
	Standing bool   `json:"standing,omitzero"` // only those that were not undone
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

// CheckFilter returns a filter of a list in the form that a store works with: texts that are compared folded are
// folded, and empty if they were blank; the platform is as account.ParsePlatform has it. A selection, state or status
// that does not exist is an ErrInvalid, and so is a state without its day. A checked filter stays as it is.
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
		p.state(f.State, f.State != "" || f.Upcoming, f.On)
		filter = f
	case InfluencerFilter:
		foldAll(&f.Name, &f.Handle, &f.Link, &f.Category, &f.Tag, &f.Text)
		f.Platform, _ = account.ParsePlatform(f.Platform)
		p.selection(KindInfluencer, f.Archive)
		filter = f
	case CooperationFilter:
		foldAll(&f.Name, &f.Tag, &f.Text)
		f.Platform, _ = account.ParsePlatform(f.Platform)
		p.selection(KindCooperation, f.Archive)
		p.state(f.State, f.State != "", f.On)
		p.day("during.start", f.During.Start)
		p.day("during.end", f.During.End)
		if !slices.Contains(cancelleds, f.Cancelled) {
			p.addf("cancelled", string(f.Cancelled), "selects nothing; use %s or %s, or leave it out for all",
				CancelledOnly, NotCancelled)
		}
		if f.Status != "" && f.Status.Validate() != nil {
			p.add("status", string(f.Status), "is no status; use draft, negotiating or signed, or leave it out for all")
		}
		filter = f
	case ConflictFilter:
		checked, err := checkFilter(f.CooperationFilter)
		if err != nil {
			p.list = append(p.list, err)
		}
		f.CooperationFilter, _ = checked.(CooperationFilter)
		switch p.record = (Ref{Kind: KindCooperation}); f.Severity {
		case discount.NoConflict:
			f.Severity = discount.Certain
		case discount.Certain, discount.Blocking:
		default:
			p.add("severity", f.Severity.String(), "is not listed; use certain or blocking; possible conflicts are listed for one rule at a time")
			f.Severity = discount.NoConflict // one that does not exist cannot be written
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
		p.addf("archive", string(a), "selects nothing; use %s or %s, or leave it out for what is not archived",
			ArchivedOnly, ActiveOrNot)
	}
}
