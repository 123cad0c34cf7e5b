package crm

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/getklar/influencercrm/crm/sentence"
)

// rebuild makes a record of its fields in the log. It is the inverse of fieldsOf.
func rebuild(ref Ref, fields map[string]json.RawMessage, version int64) (Record, error) {
	switch ref.Kind {
	case KindWorkspace:
		return decodeRecord[Workspace](ref, fields, version)
	case KindMember:
		return decodeRecord[Member](ref, fields, version)
	case KindCampaign:
		return decodeRecord[Campaign](ref, fields, version)
	case KindInfluencer:
		return decodeRecord[Influencer](ref, fields, version)
	case KindCooperation:
		return decodeRecord[Cooperation](ref, fields, version)
	}
	return nil, unreadable(ref, fmt.Errorf("records of the kind %q are not kept in the log", Shorten(string(ref.Kind))))
}

func decodeRecord[R Record](ref Ref, fields map[string]json.RawMessage, version int64) (Record, error) {
	doc := make(map[string]any, len(fields)+2)
	for name, value := range fields {
		doc[name] = value
	}
	doc["id"], doc["version"] = ref.ID, version
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, unreadable(ref, err)
	}
	var r R
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, unreadable(ref, err)
	}
	return Clone(r), nil
}

func unreadable(ref Ref, err error) error {
	return &Error{Family: ErrInvalid, Record: ref, Problem: sentence.Of("its state in the log cannot be read: %s", Shorten(err.Error()))}
}

// patch returns a record with some of its fields replaced by values of the log; nil unsets a field.
func patch(r Record, values map[string]json.RawMessage) (Record, error) {
	fields, err := fieldsOf(r)
	if err != nil {
		return nil, err
	}
	overlay(fields, values)
	patched, err := rebuild(r.Ref(), fields, r.Revision())
	if err != nil {
		return nil, err
	}
	return patched.AtTimes(r.Written()), nil
}

func overlay(fields, values map[string]json.RawMessage) {
	maps.Copy(fields, values)
	maps.DeleteFunc(fields, func(_ string, v json.RawMessage) bool { return v == nil })
}

// find reads the record that a Ref names. It returns nil if there is none.
func find(ctx context.Context, r Reader, ref Ref) (Record, error) {
	switch ref.Kind {
	case KindWorkspace:
		ws, err := r.Workspace(ctx)
		if err != nil || ws.Ref() != ref {
			return nil, err
		}
		return ws, nil
	case KindMember:
		return findIn(ctx, r.Members(), ref)
	case KindCampaign:
		return findIn(ctx, r.Campaigns(), ref)
	case KindInfluencer:
		return findIn(ctx, r.Influencers(), ref)
	case KindCooperation:
		return findIn(ctx, r.Cooperations(), ref)
	}
	return nil, nil
}

// findAll is find for up to MaxNeed records at once. Those that do not exist are left out.
func findAll(ctx context.Context, r Reader, refs []Ref) (map[Ref]Record, error) {
	found := map[Ref]Record{}
	need := Need{}
	for _, ref := range refs {
		if ref.Kind != KindWorkspace {
			need.Refs = append(need.Refs, ref)
			continue
		}
		ws, err := find(ctx, r, ref)
		if err != nil {
			return nil, err
		}
		if ws != nil {
			found[ref] = ws
		}
	}
	loaded, err := r.Load(ctx, need)
	for _, record := range loaded.Records() {
		found[record.Ref()] = record
	}
	return found, err
}

func findIn[R Record, F any](ctx context.Context, records Records[R, F], ref Ref) (Record, error) {
	found, err := records.GetAll(ctx, []ID[R]{ID[R](ref.ID)})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// eachChange calls fn with every change of a filter, in the order of the log.
func eachChange(ctx context.Context, r Reader, f ChangeFilter, fn func(Change) error) error {
	for {
		changes, err := r.Changes(ctx, f, MaxPageSize)
		if err != nil {
			return err
		}
		for _, c := range changes {
			if err := fn(c); err != nil {
				return err
			}
		}
		if len(changes) < MaxPageSize {
			return nil
		}
		f.After = changes[len(changes)-1].Seq
	}
}

// decodeField reads the value of a field in the log and reports whether it could be read. A value that is not set
// leaves v as it is.
func decodeField(value json.RawMessage, v any) bool {
	return len(value) == 0 || json.Unmarshal(value, v) == nil
}
