package crm

import (
	"cmp"
	"context"
	"slices"
)

// Duplicate is a pair of influencers that are probably one person.
type Duplicate struct {
	A       Person            `json:"a"` // the one that was made first or, if duplicates of one were asked for, that one
	B       Person            `json:"b"`
	Score   int               `json:"score"`   // from 1 to 100
	Reasons []DuplicateReason `json:"reasons"` // the strongest first, what speaks against it last
}

// Person is an influencer by id and name.
type Person struct {
	ID   InfluencerID `json:"id,omitzero"` // zero for one that is not saved yet
	Name string       `json:"name"`
}

// DuplicateOptions says which duplicates are wanted.
type DuplicateOptions struct {
	// Of asks only for duplicates of this influencer, as it stands here: one that was read, or one in
	// a form that is not saved yet and has no id. What is not valid in it counts for nothing.
	Of *Influencer
	// Limit is how many pairs are returned; 0 means DefaultPageSize, at most MaxPageSize.
	Limit int
	// Archive selects among which influencers to look, by default those that are not archived.
	Archive Archive
}

// Duplicates lists pairs of influencers that are probably one person, the best score first, then by
// ids; see ReadDuplicates.
func (s *Service) Duplicates(ctx context.Context, ws WorkspaceID, o DuplicateOptions) ([]Duplicate, error) {
	return view(ctx, s, ws, func(ctx context.Context, r Reader) ([]Duplicate, error) { return ReadDuplicates(ctx, r, o) })
}

// ReadDuplicates is Service.Duplicates on what a Reader shows, which may be the past.
//
// Each thing that two influencers share is a DuplicateReason with its points, which are combined as
// independent evidence. What more than MaxSharing influencers share, as an agency's phone number or
// a name like "Unknown", is none. Who have different handles on one platform are, by their names
// alone, no duplicates.
//
// The time grows with the number of influencers, not with that of pairs; memory holds what identifies
// each of them. A Limit out of bounds, an Archive that selects nothing and an Of with too many
// profiles are an ErrInvalid.
func ReadDuplicates(ctx context.Context, r Reader, o DuplicateOptions) ([]Duplicate, error) {
	if o.Limit == 0 {
		o.Limit = DefaultPageSize
	}
	if err := CheckLimit(o.Limit); err != nil {
		return nil, err
	}
	finder := newDuplicateFinder()
	if o.Of != nil {
		of, err := readForm(ctx, r, *o.Of)
		if err != nil {
			return nil, err
		}
		finder.only(of)
	}
	err := each(ctx, r.Influencers(), InfluencerFilter{Archive: o.Archive}, func(i Influencer) error {
		if o.Of == nil || i.ID != o.Of.ID {
			finder.add(i)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	found := finder.duplicates()
	slices.SortFunc(found, func(a, b Duplicate) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), a.A.ID.Compare(b.A.ID), a.B.ID.Compare(b.B.ID))
	})
	return found[:min(len(found), o.Limit):min(len(found), o.Limit)], nil
}

// readForm brings an influencer that somebody is still typing into the form of those that are stored.
func readForm(ctx context.Context, r Reader, i Influencer) (Influencer, error) {
	ws, err := r.Workspace(ctx)
	if err != nil {
		return i, err
	}
	err = i.normalize(ws.Currency)
	if len(i.Profiles) > MaxProfiles {
		return i, err
	}
	return i, nil
}
