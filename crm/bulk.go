package crm

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/getklar/influencercrm/crm/sentence"
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
func (r Result) MarshalJSON() ([]byte, error) {
	errs := FieldErrors(r.Err)
	if r.Err != nil && len(errs) == 0 {
		errs = []*Error{{Family: r.Err, Record: r.Ref, Problem: familyOf(r.Err)}}
	}
	return json.Marshal(struct {
		Record Ref      `json:"record"`
		Errors []*Error `json:"errors,omitzero"`
	}{r.Ref, errs})
}

// SetStatus moves cooperations to a status, whatever version they are at. Each is moved as UpdateCooperation would:
// into signed only with a start, a cost and a code of its own, and out of it only with a reason. Those that cannot be
// moved stay, and do not stop the others.
//
// The results stand in the order of the ids, one for each; an id that is named twice counts once. The error of the call
// is a failure of the store, or an ErrInvalid about no record in particular, such as a status that does not exist or
// more than MaxBulk ids.
func (w *Work) SetStatus(ctx context.Context, ids []CooperationID, to Status, reason string) (Bulk, error) {
	if to.Validate() != nil {
		p := &problems{record: Ref{Kind: KindCooperation}}
		p.add("status", string(to), "is no status; use draft, negotiating or signed")
		return Bulk{}, p.result()
	}
	return w.bulk(ctx, refsTo(ids), func(ref Ref) error {
		c, err := w.Cooperations().Get(ctx, CooperationID(ref.ID))
		if err != nil {
			return err
		}
		c.Status = to
		_, err = w.UpdateCooperation(ctx, c, reason)
		return err
	})
}

// Tag adds tags to influencers and removes others, compared folded, whatever version they are at. Removing comes first,
// so a tag in both lists gets the spelling of add. Results and error are as for SetStatus; together there are at most
// MaxTags tags to add and to remove.
func (w *Work) Tag(ctx context.Context, ids []InfluencerID, add, remove []string) (Bulk, error) {
	p := &problems{record: Ref{Kind: KindInfluencer}}
	if p.tooMany("tags", len(add)+len(remove), MaxTags, "tags to add and to remove") {
		return Bulk{}, p.result()
	}
	return w.bulk(ctx, refsTo(ids), func(ref Ref) error {
		i, err := w.Influencers().Get(ctx, InfluencerID(ref.ID))
		if err != nil {
			return err
		}
		i.Tags = retag(i.Tags, add, remove)
		_, err = w.UpdateInfluencer(ctx, i, "")
		return err
	})
}

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

// ArchiveAll archives members, campaigns, influencers and cooperations, as Archive does, whatever version they are at.
// Results and error are as for SetStatus.
func (w *Work) ArchiveAll(ctx context.Context, refs []Ref, reason string) (Bulk, error) {
	return w.bulk(ctx, refs, func(ref Ref) error {
		r, err := w.archivable(ctx, ref)
		if err != nil {
			return err
		}
		return w.Archive(ctx, r, reason)
	})
}

// archivable reads a record of a kind that can be archived.
func (w *Work) archivable(ctx context.Context, ref Ref) (Record, error) {
	switch ref.Kind {
	case KindMember:
		return w.Members().Get(ctx, MemberID(ref.ID))
	case KindCampaign:
		return w.Campaigns().Get(ctx, CampaignID(ref.ID))
	case KindInfluencer:
		return w.Influencers().Get(ctx, InfluencerID(ref.ID))
	case KindCooperation:
		return w.Cooperations().Get(ctx, CooperationID(ref.ID))
	default:
		return nil, &Error{Family: ErrInvalid, Record: ref,
			Problem: sentence.Of("only members, campaigns, influencers and cooperations can be archived")}
	}
}

// bulk calls do for each record, which it reads in batches. An error about the record is the record's result; only an
// error of the store ends the operation.
func (w *Work) bulk(ctx context.Context, refs []Ref, do func(Ref) error) (Bulk, error) {
	if len(refs) > MaxBulk {
		p := &problems{}
		p.addf("ids", strconv.Itoa(len(refs)), "at most %d records can be changed at once; change them in parts", MaxBulk)
		return Bulk{}, p.result()
	}
	refs = eachOnce(refs)
	results := make([]Result, 0, len(refs))
	for batch := range slices.Chunk(refs, bulkBatch) {
		if err := w.cache.prepare(ctx, Need{Refs: batch, Parents: true}); err != nil {
			return Bulk{}, err
		}
		for _, ref := range batch {
			err := do(ref)
			if err != nil && !aboutInput(err) {
				return Bulk{}, err
			}
			results = append(results, Result{ref, err})
		}
	}
	return Bulk{w.done(), results}, nil
}

// aboutInput reports whether an error is about a record and not about the store.
func aboutInput(err error) bool { return len(FieldErrors(err)) > 0 }

func refsTo[R Record](ids []ID[R]) []Ref {
	refs := make([]Ref, len(ids))
	for n, id := range ids {
		refs[n] = RefTo(id)
	}
	return refs
}

func eachOnce(refs []Ref) []Ref {
	seen := make(map[Ref]bool, len(refs))
	once := make([]Ref, 0, len(refs))
	for _, ref := range refs {
		if !seen[ref] {
			seen[ref] = true
			once = append(once, ref)
		}
	}
	return once
}
