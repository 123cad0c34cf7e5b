package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// op is what a step does to a record.
type op string

// The ops.
const (
	opCreate    op = "create"    // a record of Fields
	opChange    op = "change"    // Fields are a merge patch
	opArchive   op = "archive"   //
	opRestore   op = "restore"   // from the archive
	opCancel    op = "cancel"    // a cooperation; Fields are on, fee and reason
	opReinstate op = "reinstate" // a cancelled cooperation
)

var ops = []op{opCreate, opChange, opArchive, opRestore, opCancel, opReinstate}

// fields are the fields of a record as JSON.
type fields = json.RawMessage

// step is one change of a proposal.
type step struct {
	Op      op        `json:"op" jsonschema:"What to do. create and change take fields, cancel takes on, fee and reason there."`
	Kind    crm.Kind  `json:"kind" jsonschema:"The kind of the record."`
	ID      uuid.UUID `json:"id,omitzero" jsonschema:"The record; left out for create."`
	Version int64     `json:"version,omitzero" jsonschema:"The version of the record as it was read; left out for create."`
	Fields  fields    `json:"fields,omitzero" jsonschema:"The fields, with the names and forms that get_record shows. In a change a field that is left out stays, null unsets it, and a list replaces the list."`
}

// effect is what a step has to say beside the log.
type effect struct {
	notices   []crm.Notice
	conflicts inConflict
}

// withIDs gives ids to the records that a step makes, so that it makes the same ones each time.
func (s step) withIDs(newID func() uuid.UUID) step {
	var doc map[string]json.RawMessage
	if json.Unmarshal(s.Fields, &doc) != nil || doc == nil {
		return s // do says what is wrong
	}
	if s.Op == opCreate && doc["id"] == nil {
		doc["id"] = quoted(newID())
	}
	var profiles []map[string]json.RawMessage
	if s.Kind == crm.KindInfluencer && json.Unmarshal(doc["profiles"], &profiles) == nil {
		for _, p := range profiles {
			if p != nil && p["id"] == nil {
				p["id"] = quoted(newID())
			}
		}
		doc["profiles"], _ = json.Marshal(profiles) // cannot fail: it was JSON
	}
	s.Fields, _ = json.Marshal(doc)
	return s
}

func quoted(id uuid.UUID) json.RawMessage { return json.RawMessage(`"` + id.String() + `"`) }

// do makes the change.
func (s step) do(ctx context.Context, w *crm.Work, reason string) (effect, error) {
	if !slices.Contains(ops, s.Op) {
		return effect{}, refusal.Invalid("op", string(s.Op), sentence.Of("must be create, change, archive, restore, cancel or reinstate"))
	}
	if s.takesFields() && s.Fields == nil {
		return effect{}, refusal.Invalid("fields", "", sentence.Of("must be given"))
	}
	at := crm.At{Ref: crm.Ref{Kind: s.Kind, ID: s.ID}, Version: s.Version}
	switch s.Op {
	case opCreate:
		return s.create(ctx, w)
	case opChange:
		return s.change(ctx, w, reason)
	case opArchive:
		_, err := w.Archive(ctx, at, reason)
		return effect{}, err
	case opRestore:
		_, err := w.Restore(ctx, at, reason)
		return effect{}, err
	}
	if s.Kind != crm.KindCooperation {
		return effect{}, refusal.Invalid("op", string(s.Op), sentence.Of("is for cooperations; archive other records"))
	}
	if s.Op == opReinstate {
		return effectOf(w.Reinstate(ctx, crm.CooperationID(s.ID), s.Version, reason))
	}
	cancellation, err := wire.Parse[crm.Cancellation](s.Fields)
	if err != nil {
		return effect{}, err
	}
	return effectOf(w.Cancel(ctx, crm.CooperationID(s.ID), s.Version, cancellation, reason))
}

func (s step) create(ctx context.Context, w *crm.Work) (effect, error) {
	switch s.Kind {
	case crm.KindMember:
		return create(ctx, s.Fields, w.CreateMember)
	case crm.KindCampaign:
		return create(ctx, s.Fields, w.CreateCampaign)
	case crm.KindInfluencer:
		return create(ctx, s.Fields, w.CreateInfluencer)
	case crm.KindCooperation:
		return create(ctx, s.Fields, w.CreateCooperation)
	}
	return effect{}, unknownKind(s.Kind)
}

func create[R crm.Record, A any](ctx context.Context, doc fields, save func(context.Context, R) (A, error)) (effect, error) {
	record, err := wire.Parse[R](doc)
	if err != nil {
		return effect{}, err
	}
	return effectOf(save(ctx, record))
}

func (s step) change(ctx context.Context, w *crm.Work, reason string) (effect, error) {
	switch s.Kind {
	case crm.KindMember:
		return change(ctx, s, w.Members(), reason, w.UpdateMember)
	case crm.KindCampaign:
		return change(ctx, s, w.Campaigns(), reason, w.UpdateCampaign)
	case crm.KindInfluencer:
		return change(ctx, s, w.Influencers(), reason, w.UpdateInfluencer)
	case crm.KindCooperation:
		return change(ctx, s, w.Cooperations(), reason, w.UpdateCooperation)
	}
	return effect{}, unknownKind(s.Kind)
}

func change[R crm.Record, F, A any](ctx context.Context, s step, records crm.Records[R, F], reason string,
	save func(context.Context, R, string) (A, error)) (effect, error) {
	stored, err := records.Get(ctx, crm.ID[R](s.ID))
	if err != nil {
		return effect{}, err
	}
	changed, err := wire.Patch(stored, s.Fields)
	if err != nil {
		return effect{}, err
	}
	return effectOf(save(ctx, changed.AtRevision(s.Version).(R), reason))
}

// effectOf is what a save has to say; only that of a cooperation has more than the log.
func effectOf[A any](saved A, err error) (effect, error) {
	c, ok := any(saved).(crm.Saved)
	if err != nil || !ok {
		return effect{}, err
	}
	return effect{c.Notices, shortened(c.Cooperation, c.Conflicts)}, nil
}

// takesFields tells whether the op needs fields, and what is wrong is one of them.
func (s step) takesFields() bool { return s.Op == opCreate || s.Op == opChange || s.Op == opCancel }

// inProposal names the argument that is wrong in the n-th step of a proposal.
func (s step) inProposal(n int, err error) error {
	var all []error
	for _, e := range crm.FieldErrors(err) {
		of, field := *e, e.Field
		if s.takesFields() && !slices.Contains([]string{"op", "kind", "id", "version", "fields"}, field) {
			field = strings.TrimSuffix("fields."+field, ".")
		}
		of.Field = strings.TrimSuffix(fmt.Sprintf("steps[%d].%s", n, field), ".")
		all = append(all, &of)
	}
	if len(all) == 0 {
		return fmt.Errorf("steps[%d]: %w", n, err)
	}
	return errors.Join(all...)
}
