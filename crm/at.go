package crm

import "github.com/getklar/influencercrm/crm/sentence"

// At is a record at the version that was read: all that a change needs to know of it that says the rest itself, such as
// to archive it. As JSON it is {"kind": …, "id": …, "version": …}, so that a page can send what it has selected.
type At struct {
	Ref
	// Version is the one that was read. If another is stored, the change is an ErrConflict. In lists, for bulk operations,
	// 0 is whatever is stored.
	Version int64 `json:"version,omitzero"`
}

// At is the record at a version: RefTo(id).At(3).
func (r Ref) At(version int64) At { return At{r, version} }

// At is the member as it was read.
func (m Member) At() At { return m.Ref().At(m.Version) }

// At is the campaign as it was read.
func (c Campaign) At() At { return c.Ref().At(c.Version) }

// At is the influencer as it was read.
func (i Influencer) At() At { return i.Ref().At(i.Version) }

// At is the cooperation as it was read.
func (c Cooperation) At() At { return c.Ref().At(c.Version) }

// AnyVersion are records at whatever version is stored, for bulk operations.
func AnyVersion[R Record](ids ...ID[R]) []At {
	all := make([]At, len(ids))
	for n, id := range ids {
		all[n] = RefTo(id).At(0)
	}
	return all
}

// onlyOf is nil for a record of a kind, and for others the error of a call that is not for them.
func (a At) onlyOf(kind Kind) error {
	if a.Kind == kind {
		return nil
	}
	return &Error{Family: ErrInvalid, Record: a.Ref, Field: "kind", Value: Shorten(string(a.Kind)),
		Problem: sentence.Of("this call is for another kind of record: %s", kind.Word())}
}
