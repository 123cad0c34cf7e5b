package crm

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// MaxBulk is how many records one call of a bulk operation takes.
const MaxBulk = 10_000

// bulkBatch is how many records a bulk operation reads at once.
const bulkBatch = 500

// Bulk is the outcome of a bulk operation.
type Bulk struct {
	Done
	Results []Result `json:"results"` // in the order of the records that were asked for, one for each
}

// Result is the outcome for one record of a bulk operation.
type Result struct {
	Ref Ref
	// Err says why the record was not changed. It is nil if the record is as wanted, also if it was so before.
	Err error
}

// MarshalJSON implements json.Marshaler: {"record": …, "errors": [an Error for each field]}, without errors if there are
// none.
func (r Result) MarshalJSON() ([]byte, error) { return json.Marshal(r.json()) }

// resultJSON is a Result as JSON.
type resultJSON struct {
	Record Ref      `json:"record"`
	Errors []*Error `json:"errors,omitzero"`
}

func (r Result) json() resultJSON {
	errs := FieldErrors(r.Err)
	if r.Err != nil && len(errs) == 0 {
		errs = []*Error{{Family: r.Err, Record: r.Ref, Problem: familyOf(r.Err)}}
	}
	return resultJSON{r.Ref, errs}
}

// SetStatus moves cooperations to a status, each from the version that was read, or from whatever is stored where the
// version is 0; see AnyVersion. Each is moved as UpdateCooperation would: into signed only with a start, a cost and a
// code of its own, and out of it only with a reason. Those that cannot be moved stay, and do not stop the others; one
// that has changed since it was read is an ErrConflict.
//
// The results stand in the order of the records, one for each. The error of the call is a failure of the store, or an
// ErrInvalid about the call as a whole, such as a status that does not exist, more than MaxBulk records, or a record that is
// named twice, which may be with two versions.
func (w *Work) SetStatus(ctx context.Context, all []At, to Status, reason string) (Bulk, error) {
	if to.Validate() != nil {
		p := &problems{record: Ref{Kind: KindCooperation}}
		p.add("status", string(to), "is no status; use draft, negotiating or signed")
		return Bulk{}, p.result()
	}
	return w.bulk(ctx, all, func(at At) error {
		c, err := stored(ctx, w.Cooperations(), at)
		if err != nil {
			return err
		}
		c.Status = to
		_, err = w.UpdateCooperation(ctx, c, reason)
		return err
	})
}

// Tag adds tags to influencers and removes others, compared folded. Removing comes first, so a tag in both lists gets
// the spelling of add. Versions, results and error are as for SetStatus; together there are at most MaxTags tags to add
// and to remove.
func (w *Work) Tag(ctx context.Context, all []At, add, remove []string) (Bulk, error) {
	p := &problems{record: Ref{Kind: KindInfluencer}}
	if p.tooMany("tags", len(add)+len(remove), MaxTags, "tags to add and to remove") {
		return Bulk{}, p.result()
	}
	return w.ChangeInfluencers(ctx, all, func(i *Influencer) { i.Retag(add, remove) }, "")
}

// ChangeInfluencers changes many influencers at once, such as their category or who is responsible. Change gets each as it
// is stored, and UpdateInfluencer saves what it makes of it, so change may run again and has no other effects. Versions,
// results and error are as for SetStatus.
func (w *Work) ChangeInfluencers(ctx context.Context, all []At, change func(*Influencer), reason string) (Bulk, error) {
	return w.bulk(ctx, all, func(at At) error {
		i, err := stored(ctx, w.Influencers(), at)
		if err != nil {
			return err
		}
		changed := Clone(i)
		change(&changed)
		changed.ID, changed.Version = i.ID, i.Version
		_, err = w.UpdateInfluencer(ctx, changed, reason)
		return err
	})
}

// Retag adds tags and removes others, as Tag does.
func (i *Influencer) Retag(add, remove []string) { i.Tags = retag(i.Tags, add, remove) }

// retag returns tags without some and with others that are not there yet.
func retag(tags, add, remove []string) []string {
	without := map[string]bool{}
	for _, tag := range remove {
		without[Fold(tag)] = true
	}
	kept := slices.DeleteFunc(slices.Clone(tags), func(tag string) bool { return without[Fold(tag)] })
	has := map[string]bool{"": true}
	for _, tag := range kept {
		has[Fold(tag)] = true
	}
	for _, tag := range add {
		if key := Fold(tag); !has[key] {
			has[key] = true
			kept = append(kept, tag)
		}
	}
	return kept
}

// ArchiveAll archives members, campaigns, influencers and cooperations, as Archive does. Versions, results and error
// are as for SetStatus. Cooperations are archived first, because the archive of their campaign or influencer raises their
// versions.
func (w *Work) ArchiveAll(ctx context.Context, all []At, reason string) (Bulk, error) {
	if err := checkBulk(all); err != nil { // before the order is another one
		return Bulk{}, err
	}
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b At) int { return cmp.Compare(archivingTurn(a.Kind), archivingTurn(b.Kind)) })
	done, err := w.bulk(ctx, order, func(at At) (err error) {
		if at.Version == 0 {
			if at.Version, err = w.storedVersion(ctx, at.Ref); err != nil {
				return err
			}
		}
		_, err = w.Archive(ctx, at, reason)
		return err
	})
	byRef := make(map[Ref]Result, len(done.Results))
	for _, result := range done.Results {
		byRef[result.Ref] = result
	}
	for n := range done.Results {
		done.Results[n] = byRef[all[n].Ref]
	}
	return done, err
}

func archivingTurn(k Kind) int {
	if k == KindCooperation {
		return 0
	}
	return 1
}

// storedVersion is the version of a record of a kind that can be archived. For others it is 0, with which Archive
// refuses them.
func (w *Work) storedVersion(ctx context.Context, ref Ref) (int64, error) {
	var r Record = ImportRun{}
	var err error
	switch ref.Kind {
	case KindMember:
		r, err = w.Members().Get(ctx, MemberID(ref.ID))
	case KindCampaign:
		r, err = w.Campaigns().Get(ctx, CampaignID(ref.ID))
	case KindInfluencer:
		r, err = w.Influencers().Get(ctx, InfluencerID(ref.ID))
	case KindCooperation:
		r, err = w.Cooperations().Get(ctx, CooperationID(ref.ID))
	}
	return r.Revision(), err
}

// stored reads a record that a bulk operation is to change, at its version or, if that is 0, at any.
func stored[R Record, F any](ctx context.Context, records Records[R, F], at At) (R, error) {
	if err := at.onlyOf(kindOf[R]()); err != nil {
		var none R
		return none, err
	}
	if at.Version == 0 {
		return records.Get(ctx, ID[R](at.ID))
	}
	return current(ctx, records, ID[R](at.ID), at.Version)
}

// bulk calls do for each record, which it reads in batches. An error about the record is the record's result; only an
// error of the store ends the operation.
func (w *Work) bulk(ctx context.Context, all []At, do func(At) error) (Bulk, error) {
	if err := checkBulk(all); err != nil {
		return Bulk{}, err
	}
	results := make([]Result, 0, len(all))
	for batch := range slices.Chunk(all, bulkBatch) {
		need := Need{Parents: true}
		for _, at := range batch {
			need.Refs = append(need.Refs, at.Ref)
		}
		if err := w.cache.prepare(ctx, need); err != nil {
			return Bulk{}, err
		}
		for _, at := range batch {
			err := do(at)
			if err != nil && !aboutInput(err) {
				return Bulk{}, err
			}
			results = append(results, Result{at.Ref, err})
		}
	}
	return Bulk{w.done(), results}, nil
}

// aboutInput reports whether an error is about a record and not about the store.
func aboutInput(err error) bool { return len(FieldErrors(err)) > 0 }

// checkBulk refuses too many records, and records that are named twice: two results for one would be a guess, and which of
// two versions was read as well.
func checkBulk(all []At) error {
	p := &problems{}
	if len(all) > MaxBulk {
		p.addf("records", strconv.Itoa(len(all)), "at most %d records can be changed at once; change them in parts", MaxBulk)
		return p.result()
	}
	first := make(map[Ref]int, len(all))
	for n, at := range all {
		if before, twice := first[at.Ref]; twice {
			p.addf(fmt.Sprintf("records[%d].id", n), at.ID.String(), "is that of %s as well; name each record once",
				fmt.Sprintf("records[%d]", before))
			continue
		}
		first[at.Ref] = n
	}
	return p.result()
}
