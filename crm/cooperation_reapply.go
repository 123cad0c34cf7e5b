package crm

import (
	"context"
	"encoding/json"

	"github.com/getklar/influencercrm/utm"
)

// Reapply are the options of ReapplyDefaults. With the zero value signed cooperations stay as they are.
type Reapply struct {
	Force bool // signed cooperations too, for which there must be a reason
}

// Reapplication is the outcome of ReapplyDefaults.
type Reapplication struct {
	Done
	Results []Reapplied `json:"results"` // in the order of the cooperations that were asked for, one for each
}

// Reapplied is what applying the defaults again does to one cooperation.
type Reapplied struct {
	Result
	Name      string        // empty if there is no such cooperation
	Fields    []FieldChange // what changes, named and encoded as in the log; empty if nothing does
	Conflicts Conflicts     // of the cooperation with the new values
}

// MarshalJSON implements json.Marshaler: what a Result has, with name, fields and conflicts. Fields beside errors are
// what would change.
func (r Reapplied) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		resultJSON
		Name      string        `json:"name"`
		Fields    []FieldChange `json:"fields"`
		Conflicts Conflicts     `json:"conflicts"`
	}{r.Result.json(), r.Name, r.Fields, r.Conflicts})
}

// ReapplyDefaults fills UTM fields and discount rules of cooperations again, from the defaults as they are now: from
// the profile, then the workspace's template. What is overridden stays, by whomever it was given; see UseDefaults. All
// else is filled as for a new cooperation: a pending field too, from the template that there is now, and one that
// inherited nothing, because there was no default. A field whose default is gone becomes empty.
//
// Draft and negotiating cooperations change; signed ones, whose links and codes are with other people already, only by
// force and with a reason. As for other edits, a new code that somebody else has at the same time keeps a signed
// cooperation from changing. Versions, results and error are as for SetStatus. The Fields of a cooperation that stays as
// it is, because it is signed, are what would change.
func (w *Work) ReapplyDefaults(ctx context.Context, all []At, o Reapply, reason string) (Reapplication, error) {
	done := Reapplication{Results: make([]Reapplied, 0, len(all))}
	bulk, err := w.bulk(ctx, all, func(at At) error {
		r, err := w.reapply(ctx, at, o, reason)
		r.Result = Result{at.Ref, err}
		done.Results = append(done.Results, r)
		return err
	})
	if err != nil {
		return Reapplication{}, err
	}
	done.Done = bulk.Done
	return done, nil
}

// reapply applies the defaults to one cooperation.
func (w *Work) reapply(ctx context.Context, at At, o Reapply, reason string) (Reapplied, error) {
	done := Reapplied{Fields: []FieldChange{}, Conflicts: Conflicts{List: []Conflict{}}}
	before, err := stored(ctx, w.Cooperations(), at)
	if err != nil {
		return done, err
	}
	done.Name = before.Name
	if _, err = editable(ctx, w.Cooperations(), before.ID, before.Version); err != nil {
		return done, err
	}
	from, err := w.references(ctx, before)
	if err != nil {
		return done, err
	}
	after := before
	reinherit(&after, from, w.workspace.UTM)
	if err = after.normalize(w.workspace.Currency); err != nil { // also checks what is inherited
		return done, err
	}
	if done.Fields, err = diff(before, after); err != nil || len(done.Fields) == 0 {
		return done, err
	}
	if err = checkForced(before, o.Force, &reason); err != nil {
		return done, err
	}
	found, err := w.conflictsOf(ctx, after)
	if err != nil {
		return done, err
	}
	done.Conflicts = found
	if err = w.checkSigning(ctx, before, after, found.List); err != nil {
		return done, err
	}
	if _, err = replace(ctx, w, before, after, reason); err != nil {
		return done, err
	}
	w.noteClaims(after)
	return done, nil
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
