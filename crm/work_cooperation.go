package crm

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/utm"
)

// Saved is a cooperation as it was saved, with what a person should know about it.
type Saved struct {
	Cooperation Cooperation `json:"cooperation"`
	// Conflicts are the blocking and certain conflicts, worst first.
	Conflicts []Conflict `json:"conflicts"`
	// PossibleConflicts counts the pairs of rules that only a glued code satisfies.
	PossibleConflicts int `json:"possible_conflicts"`
	// Notices are other things to know, such as fields that are still pending.
	Notices []Notice `json:"notices"`
}

// Notice is a remark on one field that keeps nothing from being saved.
type Notice struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// CreateCooperation books an influencer for a campaign. What the caller leaves unset is pre-filled,
// once: UTM fields and discount rules (nil, not empty) from the profile's defaults, then the
// workspace's template; the responsible member from the influencer; the name from campaign,
// influencer and platform. An id that is given is kept.
func (w *Work) CreateCooperation(ctx context.Context, c Cooperation) (Saved, error) {
	return w.createCooperation(ctx, c, preset, checkSigning)
}

// ImportCooperation adds a cooperation as a sheet has it: nothing is pre-filled, everything counts
// as given, and the conditions for being signed, which bind people, do not apply.
func (w *Work) ImportCooperation(ctx context.Context, c Cooperation) (Saved, error) {
	asGiven := func(c *Cooperation, _ Cooperation, _ parties, _ utm.Template) { overrideAll(c) }
	return w.createCooperation(ctx, c, asGiven, signAsImported)
}

// UpdateCooperation changes a cooperation, from the version that was read. Fields that differ from
// the stored ones become overridden; clearing the name returns to the auto name. A signed
// cooperation needs a start and a cost and no code of someone else's, and a reason to be signed no
// more.
func (w *Work) UpdateCooperation(ctx context.Context, c Cooperation, reason string) (Saved, error) {
	return w.updateCooperation(ctx, c, reason, checkSigning)
}

// ReimportCooperation is UpdateCooperation for a sheet's changes: the conditions for being signed
// do not apply.
func (w *Work) ReimportCooperation(ctx context.Context, c Cooperation, reason string) (Saved, error) {
	return w.updateCooperation(ctx, c, reason, signAsImported)
}

// signing decides whether a cooperation may be signed as it is.
type signing func(before, after Cooperation, conflictsBefore, conflictsAfter []Conflict) error

func signAsImported(_, _ Cooperation, _, _ []Conflict) error { return nil }

func (w *Work) createCooperation(ctx context.Context, given Cooperation, prefill func(*Cooperation, Cooperation, parties, utm.Template), mayBeSigned signing) (Saved, error) {
	c := given
	c.ID = newID(w, c.ID)
	if err := c.normalize(); err != nil {
		return Saved{}, err
	}
	c.NameMode = nameMode(c.Name, "", NameAuto)
	p, err := w.parties(ctx, c)
	if err != nil {
		return Saved{}, err
	}
	if err := takesNew(c, p); err != nil {
		return Saved{}, err
	}
	prefill(&c, given, p, w.workspace.UTM)
	if err := w.checkResponsible(ctx, c.Ref(), p.influencer.Responsible, c.Responsible); err != nil {
		return Saved{}, err
	}
	if err := c.normalize(); err != nil { // what was inherited must be as good as what is typed
		return Saved{}, err
	}
	conflicts, possible, err := w.conflictsOf(ctx, c)
	if err != nil {
		return Saved{}, err
	}
	if err := mayBeSigned(Cooperation{}, c, nil, conflicts); err != nil {
		return Saved{}, err
	}
	if err := w.name(ctx, &c, p); err != nil {
		return Saved{}, err
	}
	if c, err = insert(ctx, w, c); err != nil {
		return Saved{}, err
	}
	w.reclaim(c)
	return Saved{Cooperation: c, Conflicts: conflicts, PossibleConflicts: possible, Notices: notices(c)}, nil
}

func (w *Work) updateCooperation(ctx context.Context, c Cooperation, reason string, mayBeSigned signing) (Saved, error) {
	before, err := editable(ctx, w.Cooperations(), c.ID, c.Version)
	if err != nil {
		return Saved{}, err
	}
	c.ArchivedOn = before.ArchivedOn
	if err := c.normalize(); err != nil {
		return Saved{}, err
	}
	c.NameMode = nameMode(c.Name, before.Name, before.NameMode)
	p, err := w.parties(ctx, c)
	if err != nil {
		return Saved{}, err
	}
	if c.Campaign != before.Campaign || c.Influencer != before.Influencer {
		if err := takesNew(c, p); err != nil {
			return Saved{}, err
		}
	}
	if err := w.checkResponsible(ctx, c.Ref(), before.Responsible, c.Responsible); err != nil {
		return Saved{}, err
	}
	if err := checkReason(before, c, reason); err != nil {
		return Saved{}, err
	}
	refill(before, &c, p, w.workspace.UTM)
	var conflictsBefore []Conflict
	if before.Status == Signed { // only then does it matter what was wrong before
		if conflictsBefore, _, err = w.conflictsOf(ctx, before); err != nil {
			return Saved{}, err
		}
	}
	conflicts, possible, err := w.conflictsOf(ctx, c)
	if err != nil {
		return Saved{}, err
	}
	if err := mayBeSigned(before, c, conflictsBefore, conflicts); err != nil {
		return Saved{}, err
	}
	if err := w.name(ctx, &c, p); err != nil {
		return Saved{}, err
	}
	if c, err = replace(ctx, w, before, c, reason); err != nil {
		return Saved{}, err
	}
	w.reclaim(c)
	return Saved{Cooperation: c, Conflicts: conflicts, PossibleConflicts: possible, Notices: notices(c)}, nil
}

// parties reads the records that a cooperation names.
func (w *Work) parties(ctx context.Context, c Cooperation) (parties, error) {
	var p parties
	var err error
	if p.campaign, err = named(ctx, w.Campaigns(), c.Ref(), "campaign", c.Campaign); err != nil {
		return p, err
	}
	if p.influencer, err = named(ctx, w.Influencers(), c.Ref(), "influencer", c.Influencer); err != nil {
		return p, err
	}
	if c.Profile.IsZero() {
		return p, nil
	}
	profile, ok := p.influencer.Profile(c.Profile)
	if !ok {
		return p, &Error{Family: ErrInvalid, Record: c.Ref(), Field: "profile", Value: c.Profile.String(),
			Problem: fmt.Sprintf("%q has no such profile; choose one of the influencer's own", p.influencer.Name)}
	}
	p.profile = profile
	return p, nil
}

// takesNew refuses new cooperations for what is archived.
func takesNew(c Cooperation, p parties) error {
	problems := &problems{record: c.Ref()}
	if !p.campaign.ArchivedOn.IsZero() {
		problems.add("campaign", p.campaign.Name, "is archived and takes no new cooperations; restore it first")
	}
	if !p.influencer.ArchivedOn.IsZero() {
		problems.add("influencer", p.influencer.Name, "is archived and takes no new cooperations; restore it first")
	}
	return problems.result()
}

// nameMode tells who named a cooperation: nobody if the name is empty, a person if it changed.
func nameMode(name, before string, mode NameMode) NameMode {
	switch {
	case name == "":
		return NameAuto
	case name != before:
		return NameCustom
	default:
		return mode
	}
}

// notices lists what is worth knowing about a cooperation beside its conflicts.
func notices(c Cooperation) []Notice {
	all := pendingNotices(c)
	for n, rule := range c.Rules {
		for _, warning := range rule.Warnings() {
			all = append(all, Notice{Field: indexed("rules", n, ""), Message: warning})
		}
	}
	return all
}
