package crm

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// The zero value of a filter selects everything that is not archived. Fields are combined with and; a blank text is not
// set. A field with several values selects what has any of them, and everything if it is empty; it takes at most
// MaxFilterValues, of which blank texts, zero ids and repeated ones do not count. Text is searched in Record.SearchText.

// MaxFilterValues is how many values one field of a filter takes.
const MaxFilterValues = 100

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
	On       budget.Date `json:"on,omitzero"`       // for State and Upcoming; today if it is not given
}

// InfluencerFilter selects influencers.
type InfluencerFilter struct {
	Name         string     `json:"name,omitzero"`       // folded equal
	Platforms    []string   `json:"platforms,omitzero"`  // a profile on one of them; see account.ParsePlatform
	Handle       string     `json:"handle,omitzero"`     // a profile with this handle, folded; with Platforms, the same profile
	Link         string     `json:"link,omitzero"`       // a profile with a link that leads where this one does; see account.LinkTarget
	Categories   []string   `json:"categories,omitzero"` // folded equal
	Tags         []string   `json:"tags,omitzero"`       // folded equal; one of them is enough
	Responsibles []MemberID `json:"responsibles,omitzero"`
	Unassigned   bool       `json:"unassigned,omitzero"` // without a responsible member; with Responsibles, either is enough
	Text         string     `json:"text,omitzero"`
	Archive      Archive    `json:"archive,omitzero"`
}

// CooperationFilter selects cooperations.
type CooperationFilter struct {
	Campaigns    []CampaignID   `json:"campaigns,omitzero"`
	Influencers  []InfluencerID `json:"influencers,omitzero"`
	Platforms    []string       `json:"platforms,omitzero"`  // of its profile; see account.ParsePlatform
	Categories   []string       `json:"categories,omitzero"` // of its influencer, folded equal
	Tags         []string       `json:"tags,omitzero"`       // of its influencer, folded equal; one of them is enough
	Statuses     []Status       `json:"statuses,omitzero"`
	Cancelled    Cancelled      `json:"cancelled,omitzero"`
	Responsibles []MemberID     `json:"responsibles,omitzero"`
	Unassigned   bool           `json:"unassigned,omitzero"`    // without a responsible member; with Responsibles, either is enough
	Name         string         `json:"name,omitzero"`          // folded equal
	ImportKey    string         `json:"import_key,omitzero"`    // equal
	ImportSource string         `json:"import_source,omitzero"` // equal: imported from a sheet of this name
	During       budget.Period  `json:"during,omitzero"`        // with a day in this period; both ends optional; undated ones never
	State        State          `json:"state,omitzero"`         // where it stands on the day On
	On           budget.Date    `json:"on,omitzero"`            // for State; today if it is not given
	HasAmount    bool           `json:"has_amount,omitzero"`    // with a cost or a cancellation fee
	Text         string         `json:"text,omitzero"`
	Archive      Archive        `json:"archive,omitzero"`
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

// RecordOnly returns the filter without the fields that depend on the cooperation's influencer and profile, and whether
// it had none of them.
func (f CooperationFilter) RecordOnly() (without CooperationFilter, same bool) {
	same = len(f.Platforms)+len(f.Categories)+len(f.Tags) == 0
	f.Platforms, f.Categories, f.Tags = nil, nil, nil
	return f, same
}

// ConflictFilter selects cooperations that have a conflict at least so severe: Certain, which is also what the zero
// value means, Blocking, or Loose, which are all that are listed.
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

// Selects reports whether a claim passes the filter.
func (f ClaimFilter) Selects(c Claim) bool {
	return (f.Key == "" || c.Key == f.Key) && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, c.Kind))
}

// ChangeFilter selects changes; see Reader.Changes.
type ChangeFilter struct {
	After  Seq       `json:"after,omitzero"`  // only changes with a larger seq
	Before Seq       `json:"before,omitzero"` // only changes with a smaller seq; zero: up to the last
	Record Ref       `json:"record,omitzero"` // zero: of all records
	Unit   uuid.UUID `json:"unit,omitzero"`   // zero: of all units of work

	// Newest puts the last changes first. The next page has the last seq of the one before as its Before.
	Newest bool `json:"newest,omitzero"`
}

var kindsOfLog = []Kind{KindWorkspace, KindMember, KindCampaign, KindInfluencer, KindCooperation}

// Check checks the filter and the limit of Reader.Changes. A bound below zero is an ErrInvalid, because it would select
// what the zero value selects, everything. So is a record without one of kind and id, or of a kind that the log does not
// have, which would select nothing.
func (f ChangeFilter) Check(limit int) error {
	p := &problems{}
	if f.After < 0 {
		p.add("after", strconv.FormatInt(int64(f.After), 10), "must not be negative; 0 is the beginning of the log")
	}
	if f.Before < 0 {
		p.add("before", strconv.FormatInt(int64(f.Before), 10), "must not be negative; 0 is the end of the log")
	}
	switch r := f.Record; {
	case r == (Ref{}):
	case !slices.Contains(kindsOfLog, r.Kind):
		p.add("kind", string(r.Kind), "is no kind of records with changes; use workspace, member, campaign, influencer or cooperation")
	case r.ID == uuid.Nil:
		p.add("id", "", noID)
	}
	if err := CheckLimit(limit); err != nil {
		p.list = append(p.list, err)
	}
	return p.result()
}

// CheckFilter returns a filter of a list in the form that a store works with: texts that are compared folded are
// folded, and empty if they were blank; platforms are as account.ParsePlatform has them. Several values are sorted, each
// is there once, and none is blank; no values are nil. A selection, state or status that does not exist is an
// ErrInvalid, and so are a state without its day and more values than MaxFilterValues. A checked filter stays as it is.
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
		foldAll(&f.Name, &f.Handle, &f.Link, &f.Text)
		p.selection(KindInfluencer, f.Archive)
		f.Platforms = anyOf(p, "platforms", f.Platforms, platformOf)
		f.Categories, f.Tags = anyOf(p, "categories", f.Categories, Fold), anyOf(p, "tags", f.Tags, Fold)
		f.Responsibles = anyID(p, "responsibles", f.Responsibles)
		filter = f
	case CooperationFilter:
		foldAll(&f.Name, &f.Text)
		p.selection(KindCooperation, f.Archive)
		f.Campaigns, f.Influencers = anyID(p, "campaigns", f.Campaigns), anyID(p, "influencers", f.Influencers)
		f.Platforms = anyOf(p, "platforms", f.Platforms, platformOf)
		f.Categories, f.Tags = anyOf(p, "categories", f.Categories, Fold), anyOf(p, "tags", f.Tags, Fold)
		f.Responsibles = anyID(p, "responsibles", f.Responsibles)
		f.Statuses = anyOf(p, "statuses", f.Statuses, func(s Status) Status { return s })
		p.state(f.State, f.State != "", f.On)
		p.during(f.During)
		if !slices.Contains(cancelleds, f.Cancelled) {
			p.addf("cancelled", string(f.Cancelled), "selects nothing; use %s or %s, or leave it out for all",
				CancelledOnly, NotCancelled)
		}
		for _, status := range f.Statuses {
			if status.Validate() != nil {
				p.add("statuses", string(status), "is no status; use draft, negotiating or signed, or leave it out for all")
			}
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
		case discount.Loose, discount.Certain, discount.Blocking:
		default:
			p.add("severity", f.Severity.String(),
				"is not listed; use loose, certain or blocking; possible conflicts are listed for one rule at a time")
			f.Severity = discount.NoConflict // one that does not exist cannot be written
		}
		filter = f
	}
	return filter, p.result()
}

// during checks a period that selects what has a day in it. It may be longer than that of a record.
func (p *problems) during(d budget.Period) {
	p.day("during.start", d.Start)
	p.day("during.end", d.End)
	if !d.Start.IsZero() && !d.End.IsZero() && d.End.Before(d.Start) {
		p.addf("during.end", d.End.String(), "is before the start on %s; choose a later end or an earlier start", d.Start)
	}
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
