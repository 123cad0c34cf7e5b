package crm

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/getklar/influencercrm/crm/sentence"
)

// Person is an influencer by id and name.
type Person struct {
	ID   InfluencerID `json:"id,omitzero"` // zero for one that is not saved yet
	Name string       `json:"name"`
}

// MergeOptions says how two influencers become one.
type MergeOptions struct {
	// Take names fields whose value comes from the influencer that goes, where it has one: name, phone, email,
	// category, responsible, a custom field that it has, like "custom.Size", and a field of a profile that is united,
	// as Merged.Differences names it.
	Take []string
}

// Merged is the result of a merge.
type Merged struct {
	Done
	Influencer   Influencer         `json:"influencer"`   // with what it has now
	Gone         Person             `json:"gone"`         // the other one
	Cooperations []MovedCooperation `json:"cooperations"` // those of the other one, by id, at most MaxPageSize of them
	Moved        int                `json:"moved"`        // how many there are in all
	Profiles     []MovedProfile     `json:"profiles"`     // those of the other one
	Filled       []string           `json:"filled"`       // the fields that got something they lacked
	Differences  []Difference       `json:"differences"`  // the fields of which both had a value
}

// MovedCooperation is a cooperation that moved to another influencer.
type MovedCooperation struct {
	ID   CooperationID `json:"id"`
	Name string        `json:"name"`
	Was  string        `json:"was"` // its name before
}

// MovedProfile is a profile that moved to another influencer.
type MovedProfile struct {
	ID       ProfileID `json:"id"`
	Platform string    `json:"platform"`
	Handle   string    `json:"handle,omitzero"`
	// Into is the profile of the same account that replaces it; zero if the profile moved as it is.
	Into ProfileID `json:"into,omitzero"`
}

// Difference is a field that had two values, of which one is kept. The values are shortened.
type Difference struct {
	Field string `json:"field"` // "phone", "custom.Size", "profiles[0].link", as in Merged.Influencer
	Kept  string `json:"kept"`
	Left  string `json:"left"`
}

// MergeInfluencers makes one influencer of two that are the same person, from the versions that were read: everything
// of from goes to into, and from is deleted.
//
// Values that into lacks are taken from from; other values of into stay. Tags and custom fields are united, and from's
// notes are added below into's if they say something else. Profiles move with their ids. One that stands for the same
// account as one of into's is united with it: on the same platform, not with a handle each, and with the same link or
// name or, on both sides, neither. A responsible member who is archived is not taken over.
//
// All cooperations of from move, whatever their state, with their links, codes, status, dates and cost. Only the
// influencer changes, the profile if it was united, also as the origin of a value, the name that was made of them, and
// UTM fields that waited for what the other one has.
// A blank reason is replaced by one that names the two.
//
// An archived into, a field in Take that cannot be taken, and more notes, tags, custom fields or profiles than one
// influencer may have are an ErrInvalid; a version that is out of date is an ErrConflict. Work.UndoUnit takes the merge
// back.
func (w *Work) MergeInfluencers(ctx context.Context, into, from At, o MergeOptions, reason string) (Merged, error) {
	if into.Ref == from.Ref {
		return Merged{}, &Error{Family: ErrInvalid, Record: into.Ref, Field: "from", Value: from.IDString(),
			Problem: sentence.Of("is the same influencer; choose the other one that is to become a part of this")}
	}
	if err := errors.Join(into.onlyOf(KindInfluencer), from.onlyOf(KindInfluencer)); err != nil {
		return Merged{}, err
	}
	if err := w.cache.prepare(ctx, Need{Refs: []Ref{into.Ref, from.Ref}}); err != nil {
		return Merged{}, err
	}
	kept, err := editable(ctx, w.Influencers(), InfluencerID(into.ID), into.Version)
	if err != nil {
		return Merged{}, err
	}
	gone, err := current(ctx, w.Influencers(), InfluencerID(from.ID), from.Version)
	if err != nil {
		return Merged{}, err
	}
	if err := w.cache.prepare(ctx, Need{Refs: []Ref{RefTo(kept.Responsible), RefTo(gone.Responsible)}}); err != nil {
		return Merged{}, err
	}
	merged, err := w.mergeFields(ctx, kept, gone, o)
	if err != nil {
		return Merged{}, err
	}
	if err := checkReason(kept.Ref(), &reason); err != nil {
		return Merged{}, err
	}
	if Fold(reason) == "" {
		reason = mergeReason(kept.Name, gone.Name)
	}
	return w.writeMerge(ctx, kept, merged, reason)
}

// writeMerge writes a merge. It moves the cooperations first, then deletes from, and adds its profiles to into last,
// because a store refuses a profile that another influencer still has. No store checks the profile of a cooperation.
func (w *Work) writeMerge(ctx context.Context, into Influencer, m *influencerMerge, reason string) (Merged, error) {
	move := &cooperationMove{Work: w, to: m.into, replaced: m.replacedProfiles(), reason: reason,
		claims: map[CooperationID][]Claim{}}
	if concernsCooperations(into, m.into) {
		if err := move.moveAll(ctx, into.ID); err != nil {
			return Merged{}, err
		}
		move.moved, move.count = nil, 0
	}
	if err := move.moveAll(ctx, m.from.ID); err != nil {
		return Merged{}, err
	}
	w.setAllClaims(move.claims)
	if err := w.tx.Delete(ctx, m.from); err != nil {
		return Merged{}, err
	}
	id, err := json.Marshal(m.into.ID)
	if err != nil {
		return Merged{}, err
	}
	mergedInto := FieldChange{Field: mergedIntoField, After: id}
	if err := w.log.add(ctx, w.tx, Deleted, m.from, nil, reason, mergedInto); err != nil {
		return Merged{}, err
	}
	after, err := replace(ctx, w, into, m.into, reason)
	return Merged{
		Done: w.done(), Influencer: after, Gone: Person{m.from.ID, m.from.Name},
		Cooperations: append([]MovedCooperation{}, move.moved...), Moved: move.count,
		Profiles: m.profiles, Filled: m.filled, Differences: m.differences,
	}, err
}

// MergeInfluencers is Work.MergeInfluencers.
func (s *Service) MergeInfluencers(ctx context.Context, ws WorkspaceID, into, from At, o MergeOptions,
	reason string) (Merged, error) {
	return update(ctx, s, ws, "merge influencers", func(ctx context.Context, w *Work) (Merged, error) {
		return w.MergeInfluencers(ctx, into, from, o, reason)
	})
}
