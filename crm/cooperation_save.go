package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// Saved is a cooperation as it was saved, with its conflicts and notices.
type Saved struct {
	Done
	Cooperation Cooperation `json:"cooperation"`
	Conflicts   Conflicts   `json:"conflicts"`
	// Notices are other things to know, such as fields that are still pending.
	Notices []Notice `json:"notices"`
}

// Notice is a remark on one field that keeps nothing from being saved.
type Notice struct {
	Field   string            `json:"field"`
	Code    string            `json:"code"` // of Message
	Message sentence.Sentence `json:"message"`
}

func newNotice(field string, message sentence.Sentence) Notice {
	return Notice{field, message.Code(), message}
}

func (n Notice) equal(o Notice) bool { return n.Field == o.Field && n.Message.Equal(o.Message) }

// CreateCooperation adds a cooperation. Fields that are unset are filled in once: UTM fields and discount rules (nil,
// not empty) from the profile's defaults, then the workspace's template; the responsible member from the influencer,
// unless that member is archived, which a notice tells; the name from campaign, influencer and platform. Without a profile
// nothing comes from one, and a notice tells where one would have given something. An id that is
// given is kept, and is one that no record has had; see Work.
func (w *Work) CreateCooperation(ctx context.Context, c Cooperation) (Saved, error) {
	return w.createCooperation(ctx, c, byPerson)
}

// ImportCooperation adds a cooperation as a sheet has it: nothing is pre-filled, everything counts as given, and the
// conditions for being signed, which bind people, do not apply. Conflicts are not looked for: an import knows them of
// all its rows at once, see ClaimIndex.
func (w *Work) ImportCooperation(ctx context.Context, c Cooperation) (Cooperation, error) {
	saved, err := w.createCooperation(ctx, c, byImport)
	return saved.Cooperation, err
}

// UpdateCooperation changes a cooperation, from the version that was read. Fields that differ from the stored ones
// become overridden, until UseDefaults takes them back. A UTM field that was set and is unset now, and rules that are
// nil (not empty), are filled with the default, as in CreateCooperation; clearing the name returns to the auto name. A
// signed cooperation needs a start and a cost and no code that equals one of someone else's at the same time, and a
// reason to be signed no more. The *Error of such a code carries the Conflict.
func (w *Work) UpdateCooperation(ctx context.Context, c Cooperation, reason string) (Saved, error) {
	return w.updateCooperation(ctx, c, reason, byPerson)
}

// ReimportCooperation is UpdateCooperation for a sheet's changes: the conditions for being signed do not apply,
// conflicts are not looked for, and Imported, which a person's edit leaves alone, changes too.
func (w *Work) ReimportCooperation(ctx context.Context, c Cooperation, reason string) (Cooperation, error) {
	saved, err := w.updateCooperation(ctx, c, reason, byImport)
	return saved.Cooperation, err
}

// author says who saves a cooperation. The conditions for being signed bind people only, and only an import knows the
// row of the sheet that a cooperation came from.
type author string

const (
	byPerson author = "person"
	byImport author = "import"
)

func (w *Work) createCooperation(ctx context.Context, given Cooperation, by author) (Saved, error) {
	c := given
	c.ArchivedOn = budget.Date{}
	if by == byPerson {
		c.Imported = nil
	}
	c.freezeStatus(Cooperation{Status: c.Status}, by)
	if err := c.normalize(w.workspace.Currency); err != nil {
		return Saved{}, err
	}
	c.NameMode = nameMode(c.Name, "", NameAuto)
	if err := w.prepareSave(ctx, c, c.Name == ""); err != nil {
		return Saved{}, err
	}
	p, err := w.references(ctx, c)
	if err != nil {
		return Saved{}, err
	}
	if err := checkArchivedReferences(Cooperation{}, c, p); err != nil {
		return Saved{}, err
	}
	c.ClaimsUntil = p.claimsUntil()
	if err := w.checkResponsible(ctx, c.Ref(), MemberID{}, c.Responsible); err != nil {
		return Saved{}, err
	}
	var left []Notice
	if by == byPerson {
		fillDefaults(&c, given, p, w.workspace.UTM)
		if left, err = w.fillResponsible(ctx, &c, p.influencer); err != nil {
			return Saved{}, err
		}
		left = append(left, profileNotices(given, p.influencer)...)
	} else {
		markOverridden(&c)
	}
	if by == byPerson { // what was inherited is checked too
		if err := c.normalize(w.workspace.Currency); err != nil {
			return Saved{}, err
		}
	}
	conflicts, err := w.checkConflicts(ctx, Cooperation{}, c, by)
	if err != nil {
		return Saved{}, err
	}
	if err := w.setAutoName(ctx, &c, p); err != nil {
		return Saved{}, err
	}
	c.ID = newID(w, c.ID)
	if c, err = insert(ctx, w, c); err != nil {
		return Saved{}, err
	}
	w.noteClaims(c)
	return Saved{Done: w.done(), Cooperation: c, Conflicts: conflicts, Notices: slices.Insert(w.notices(c, given.Rules, p), 0, left...)}, nil
}

func (w *Work) updateCooperation(ctx context.Context, c Cooperation, reason string, by author) (Saved, error) {
	return w.saveCooperation(ctx, c, defaultFields{}, reason, by)
}

// saveCooperation is updateCooperation, and takes fields back to the default.
func (w *Work) saveCooperation(ctx context.Context, c Cooperation, back defaultFields, reason string,
	by author) (Saved, error) {
	before, err := editable(ctx, w.Cooperations(), c.ID, c.Version)
	if err != nil {
		return Saved{}, err
	}
	c.ArchivedOn, c.ClaimsUntil = before.ArchivedOn, before.ClaimsUntil
	if by == byPerson {
		c.Imported = before.Imported
		back = back.withUnset(before, c)
	}
	c.freezeStatus(before, by)
	typed := c.Rules
	if err := c.normalize(w.workspace.Currency); err != nil {
		return Saved{}, err
	}
	c.NameMode = nameMode(c.Name, before.Name, before.NameMode)
	var p references
	if needsReferences(before, c) || back != (defaultFields{}) {
		if err := w.prepareSave(ctx, c, c.Name == "" || autoNameChanged(before, c)); err != nil {
			return Saved{}, err
		}
		if p, err = w.references(ctx, c); err != nil {
			return Saved{}, err
		}
		c.ClaimsUntil = p.claimsUntil()
	}
	if err := checkArchivedReferences(before, c, p); err != nil {
		return Saved{}, err
	}
	if err := w.checkResponsible(ctx, c.Ref(), before.Responsible, c.Responsible); err != nil {
		return Saved{}, err
	}
	if err := checkUnsigning(before, c, reason); err != nil {
		return Saved{}, err
	}
	refreshDefaults(before, &c, p, w.workspace.UTM)
	if back != (defaultFields{}) {
		c.useDefaults(back, p, w.workspace.UTM)
		if err := c.normalize(w.workspace.Currency); err != nil { // what is inherited is checked too
			return Saved{}, err
		}
	}
	conflicts, err := w.checkConflicts(ctx, before, c, by)
	if err != nil {
		return Saved{}, err
	}
	if c.Name == "" || autoNameChanged(before, c) {
		if err := w.setAutoName(ctx, &c, p); err != nil {
			return Saved{}, err
		}
	}
	if c, err = replace(ctx, w, before, c, reason); err != nil {
		return Saved{}, err
	}
	w.noteClaims(c)
	return Saved{Done: w.done(), Cooperation: c, Conflicts: conflicts, Notices: w.notices(c, typed, p)}, nil
}

// prepareSave reads at once what saving a cooperation takes.
func (w *Work) prepareSave(ctx context.Context, c Cooperation, named bool) error {
	need := Need{Refs: []Ref{RefTo(c.Campaign), RefTo(c.Influencer), RefTo(c.Responsible)}}
	if named && c.NameMode == NameAuto && w.cache.names.questions[c.Campaign] < manyNames-1 {
		w.cache.names.questions[c.Campaign]++
		need.Names = []NameProbe{{Campaign: c.Campaign, Influencer: c.Influencer}}
	}
	return w.cache.prepare(ctx, need)
}

// needsReferences reports whether an edit depends on the records that the cooperation names. Most edits, such as that of
// a note, do not.
func needsReferences(before, after Cooperation) bool {
	return before.hasPending() || after.Name == "" || autoNameChanged(before, after)
}

// checkConflicts finds the conflicts of a cooperation that a person saves. It is an error if the cooperation is signed
// and does not meet the conditions for it.
func (w *Work) checkConflicts(ctx context.Context, before, after Cooperation, by author) (Conflicts, error) {
	if by == byImport {
		return Conflicts{}, nil
	}
	found, err := w.conflictsOf(ctx, after)
	if err != nil {
		return Conflicts{}, err
	}
	return found, w.checkSigning(ctx, before, after, found.List)
}

// notices lists the notices of a cooperation. Its rules are warned of as they were typed, because letters in two parts are
// stored in one.
func (w *Work) notices(c Cooperation, typed []discount.Rule, from references) []Notice {
	all := pendingNotices(c, from)
	asTyped := map[[2]string]discount.Rule{}
	for _, rule := range slices.Backward(typed) { // of two that are one, the first is kept
		asTyped[[2]string{string(rule.Match), Clean(rule.Pattern)}] = rule
	}
	for n, rule := range c.Rules {
		if found, ok := asTyped[[2]string{string(rule.Match), rule.Pattern}]; ok {
			rule = found
		}
		for _, warning := range rule.Warnings() {
			all = append(all, newNotice(fieldpath.Index("rules", n, ""), sentence.Of(warning.Format, warning.Args...)))
		}
	}
	return append(all, w.workspace.Sources.notices()...)
}
