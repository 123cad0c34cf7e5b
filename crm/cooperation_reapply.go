package crm

import (
	"context"

	"github.com/getklar/influencercrm/utm"
)

// Reapply are the options of ReapplyDefaults. With the zero value signed cooperations stay as they are.
type Reapply struct {
	Force  bool // signed cooperations too, for which there must be a reason
	DryRun bool // a preview: the same answer, and nothing written
}

// Reapplied is what applying the defaults again does to one cooperation.
type Reapplied struct {
	Cooperation CooperationID
	Name        string        // empty if there is no such cooperation
	Fields      []FieldChange // what changes, named and encoded as in the log; empty if nothing does
	Conflicts   Conflicts     // of the cooperation with the new values
	// Err says why the cooperation stays as it is, such as that it is signed; Fields then are what would change.
	Err error
}

// ReapplyDefaults fills UTM fields and discount rules of cooperations again, from the defaults as they are now: from
// the profile, then the workspace's template. What is overridden stays, by whomever it was given; see UseDefaults. All
// else is filled as for a new cooperation: a pending field too, from the template that there is now, and one that
// inherited nothing, because there was no default. A field whose default is gone becomes empty.
//
// Draft and negotiating cooperations change; signed ones, whose links and codes are with other people already, only by
// force and with a reason. As for other edits, a new code that somebody else has at the same time keeps a signed
// cooperation from changing. Results and error are as for SetStatus.
func (w *Work) ReapplyDefaults(ctx context.Context, ids []CooperationID, o Reapply, reason string) ([]Reapplied, error) {
	done := make([]Reapplied, 0, len(ids))
	var before []Cooperation
	_, err := w.bulk(ctx, refsTo(ids), func(ref Ref) error {
		r, was, err := w.reapply(ctx, CooperationID(ref.ID), o, reason)
		r.Err = err
		done, before = append(done, r), append(before, was)
		return err
	})
	if o.DryRun { // the preview noted the new claims, to find conflicts among the cooperations themselves
		for _, c := range before {
			w.noteClaims(c)
		}
	}
	if err != nil {
		return nil, err
	}
	return done, nil
}

// reapply applies the defaults to one cooperation. It also returns the state before.
func (w *Work) reapply(ctx context.Context, id CooperationID, o Reapply, reason string) (done Reapplied,
	before Cooperation, err error) {
	done = Reapplied{Cooperation: id, Fields: []FieldChange{}, Conflicts: Conflicts{List: []Conflict{}}}
	if before, err = w.Cooperations().Get(ctx, id); err != nil {
		return done, before, err
	}
	done.Name = before.Name
	if _, err = editable(ctx, w.Cooperations(), id, before.Version); err != nil {
		return done, before, err
	}
	from, err := w.references(ctx, before)
	if err != nil {
		return done, before, err
	}
	after := before
	reinherit(&after, from, w.workspace.UTM)
	if err = after.normalize(w.workspace.Currency); err != nil { // also checks what is inherited
		return done, before, err
	}
	if done.Fields, err = diff(before, after); err != nil || len(done.Fields) == 0 {
		return done, before, err
	}
	if err = checkForced(before, o.Force, &reason); err != nil {
		return done, before, err
	}
	found, err := w.conflictsOf(ctx, after)
	if err != nil {
		return done, before, err
	}
	done.Conflicts = found
	if err = w.checkSigning(ctx, before, after, found.List); err != nil {
		return done, before, err
	}
	if !o.DryRun {
		_, err = replace(ctx, w, before, after, reason)
	}
	w.noteClaims(after)
	return done, before, err
}

// reinherit fills the fields of a cooperation that are not overridden.
func reinherit(c *Cooperation, from references, workspace utm.Template) {
	inheritUTM(c, from, workspace, func(f utm.Field) bool { return c.UTMOrigins[f].Kind != Overridden })
	if c.RulesOrigin.Kind != Overridden {
		inheritRules(c, from.profile)
	}
}

// checkForced refuses to change what is signed without force and a reason.
func checkForced(c Cooperation, force bool, reason *string) error {
	p := newProblems(c)
	if c.Status == Signed && !force {
		p.add("status", string(c.Status), "links and codes of a signed cooperation are in use; force the change, with a reason, if it must be")
	}
	if c.Status == Signed && force && Fold(*reason) == "" {
		p.add("reason", "", "say why the links and codes of this signed cooperation change")
	}
	p.text("reason", reason, MaxNotes, true)
	return p.result()
}
