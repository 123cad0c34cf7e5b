package crm

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"
)

// Erasure is the result of Erase.
type Erasure struct {
	Done
	Influencer   Influencer `json:"influencer"`   // as it is now
	Cooperations int        `json:"cooperations"` // that lost what was about the person, now or in the log
	Changes      int        `json:"changes"`      // of the log
	Imports      int        `json:"imports"`      // whose accounts named the person and lost their rows
}

// Erase takes the personal data of an influencer out of the workspace, from the version that was read, as a person can
// demand (GDPR, article 17): out of the record, with all its pictures, of all cooperations, of the log as far as it
// goes back, and of the accounts of imports. Nothing brings the data back, no undo and no look into the past.
//
// Those who were merged into the influencer are the same person, and nothing of them is left either. Where such a merge was
// undone there are two persons, and the data of the other one stay: only what the merge had copied from the one to the other
// goes from the log, and from the record if the undo had to leave it there.
//
// The accounts of the shop stay: the cooperations with their dates, money, status and discount codes, under the name
// "Erased person", and in the log who of the team did what and when. The influencer is archived, if it was not. Of a
// cooperation that another influencer has by now, what was written since stays, and what still stands from the person's
// time goes: the name, lines of the notes, custom fields, the reason of the cancellation, the row of the sheet. Texts
// that people wrote about others, such as a campaign's notes, are not searched. In UTM parameters and in the accounts
// of imports, a name of one or two bytes is found only where it is the whole text. Each record of which the log has
// lost something gets a change of the kind Erased, which tells those who follow the log to read it again. Backups and
// the host's own copies are the host's to erase, and so is what a database leaves of old rows in unused parts of its
// files until it is told to clean up: VACUUM, on SQLite and PostgreSQL. The reason of the erasure itself stays in the
// log, so it should not name the person.
//
// It reads the whole log and holds up the workspace's writers for that time.
func (w *Work) Erase(ctx context.Context, id InfluencerID, version int64, reason string) (Erasure, error) {
	before, err := current(ctx, w.Influencers(), id, version)
	if err != nil {
		return Erasure{}, err
	}
	if err := checkReason(before.Ref(), &reason); err != nil {
		return Erasure{}, err
	}
	if err := w.log.flush(ctx, w.tx); err != nil { // what this unit has done so far is erased too
		return Erasure{}, err
	}
	subject, err := findErasureSubject(ctx, w, before)
	if err != nil {
		return Erasure{}, err
	}
	done := Erasure{}
	each := func(fn func(Change) error) error { return subject.eachChange(ctx, w, fn) }
	if done.Changes, err = w.redact(ctx, subject, each, subject.eraseChange); err != nil {
		return Erasure{}, err
	}
	if done.Imports, err = w.eraseImports(ctx, subject); err != nil {
		return Erasure{}, err
	}
	for id := range subject.influencers {
		if err := w.tx.DeletePictures(ctx, InfluencerID(id)); err != nil {
			return Erasure{}, err
		}
	}
	after := eraseInfluencer(before)
	if after.ArchivedOn.IsZero() {
		if after.ArchivedOn, err = w.today(); err != nil {
			return Erasure{}, err
		}
	}
	if done.Influencer, err = eraseTo(ctx, w, before, eraseInfluencer(before), after, reason); err != nil {
		return Erasure{}, err
	}
	if err := w.eraseCopies(ctx, subject, reason); err != nil {
		return Erasure{}, err
	}
	done.Cooperations, err = w.eraseCooperations(ctx, before.ID, subject, reason)
	done.Done = w.done()
	return done, err
}

// eraseCopies erases in the records of others what is still there of what merges that were undone have copied from the person.
// One of which only the log has lost something is written too: its Erased change tells those who follow the log that they may
// have read another one.
func (w *Work) eraseCopies(ctx context.Context, subject *erasureSubject, reason string) error {
	ids := slices.SortedFunc(maps.Keys(subject.copied), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range ids {
		now, err := find(ctx, w, Ref{KindInfluencer, id})
		if err != nil {
			return err
		}
		i, there := now.(Influencer)
		if !there {
			continue
		}
		erased := subject.eraseCopied(i, 0)
		if lost, err := diff(erased, i); err != nil {
			return err
		} else if len(lost) == 0 && !subject.redacted[i.Ref()] {
			continue
		}
		if _, err := eraseTo(ctx, w, i, erased, erased, reason); err != nil {
			return err
		}
	}
	return nil
}

// eraseCooperations erases the cooperations that are the person's, and of those that were what still stands from that
// time, in the record or in the log; see eraseCopies. It returns how many there are.
func (w *Work) eraseCooperations(ctx context.Context, of InfluencerID, subject *erasureSubject, reason string) (n int, err error) {
	refs := []Ref{}
	for id := range subject.cooperations {
		refs = append(refs, Ref{KindCooperation, id})
	}
	slices.SortFunc(refs, func(a, b Ref) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	for batch := range slices.Chunk(refs, bulkBatch) {
		if err := w.cache.prepare(ctx, Need{Refs: batch, Parents: true}); err != nil {
			return n, err
		}
		all, err := w.Cooperations().GetAll(ctx, idsIn[Cooperation](batch))
		if err == nil {
			err = w.cache.prepare(ctx, namesNeed(all))
		}
		if err != nil {
			return n, err
		}
		for _, c := range all {
			erased := subject.cooperations[c.ID.UUID()].erase(subject, c)
			if lost, err := diff(erased, c); err != nil {
				return n, err
			} else if c.Influencer != of && len(lost) == 0 && !subject.redacted[c.Ref()] {
				continue // all of it is about the one who has it now
			}
			n++
			if err := w.eraseCooperation(ctx, c, erased, reason); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (w *Work) eraseCooperation(ctx context.Context, c, erased Cooperation, reason string) error {
	after := Clone(erased)
	p, err := w.references(ctx, c)
	if err != nil {
		return err
	}
	if erased.Name != c.Name {
		after.NameMode = NameAuto
		if err := w.setAutoName(ctx, &after, p); err != nil {
			return err
		}
	}
	after.fillPending(p)
	after.ClaimsUntil = p.claimsUntil()
	after, err = eraseTo(ctx, w, c, erased, after, reason)
	w.noteClaims(after)
	return err
}

// eraseTo writes a record without personal data in the place of the one before. The change that it logs starts from the
// erased state, as the earlier changes in the log now have it.
func eraseTo[R Record](ctx context.Context, w *Work, before, erased, after R, reason string) (R, error) {
	fields, err := diff(erased, after)
	if err != nil {
		return after, err
	}
	after = w.log.changedAt(after, after).(R)
	if err := w.tx.Update(ctx, before, after); err != nil {
		return after, err
	}
	w.log.record(Erased, after.Ref(), fields, reason)
	return after.AtRevision(after.Revision() + 1).(R), w.log.flushIfFull(ctx, w.tx)
}

// redact takes a person out of the changes that each calls it with, and returns how many said something about them.
func (w *Work) redact(ctx context.Context, s *erasureSubject, each func(func(Change) error) error,
	erase func(Change) (Change, error)) (n int, err error) {
	var batch []Change
	flush := func() error {
		err := w.tx.Redact(ctx, batch)
		batch = nil
		return err
	}
	err = each(func(c Change) error {
		erased, err := erase(c)
		if err != nil || erased.Reason == c.Reason && sameFields(erased, c) {
			return err
		}
		n++
		if !sameFields(erased, c) {
			s.redacted[c.Record] = true
		}
		if batch = append(batch, erased); len(batch) < logBatch {
			return nil
		}
		return flush()
	})
	if err == nil && len(batch) > 0 {
		err = flush()
	}
	return n, err
}

// sameFields reports whether two changes have the same fields with the same values.
func sameFields(a, b Change) bool {
	return slices.EqualFunc(a.Fields, b.Fields, func(f, g FieldChange) bool {
		return f.Field == g.Field && bytes.Equal(f.Before, g.Before) && bytes.Equal(f.After, g.After)
	})
}

// eraseImports drops the rows of those imports whose account names the person.
func (w *Work) eraseImports(ctx context.Context, subject *erasureSubject) (n int, err error) {
	err = eachIn(ctx, w.ImportRuns(), ImportRunFilter{}, 1, func(run ImportRun) error {
		if !subject.isInJSON(run.Plan) {
			return nil
		}
		n++
		run.Plan = nil
		return w.tx.Update(ctx, nil, run)
	})
	return n, err
}

// Erase is Work.Erase.
func (s *Service) Erase(ctx context.Context, ws WorkspaceID, id InfluencerID, version int64, reason string) (Erasure, error) {
	return update(ctx, s, ws, "erase", func(ctx context.Context, w *Work) (Erasure, error) {
		return w.Erase(ctx, id, version, reason)
	})
}
