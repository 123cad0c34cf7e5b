package assistant

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
)

// inWords is a change as a person reads it.
type inWords struct {
	Name     string `json:"name,omitzero"` // of the record
	Sentence string `json:"sentence,omitzero"`
}

// tell puts changes into words. The records that they name are looked up together; one that is new in them has the
// name that it is given there.
func tell(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, all []crm.Change) ([]inWords, error) {
	var asked []crm.Ref
	for _, c := range all {
		asked = append(asked, c.Record)
		history.Describe(c, func(r crm.Ref) string { asked = append(asked, r); return "" })
	}
	names, err := namesOf(ctx, service, ws, asked)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		var name string
		for _, f := range c.Fields {
			if f.Field == "name" && names[c.Record] == "" && json.Unmarshal([]byte(cmp.Or(string(f.After), string(f.Before))), &name) == nil {
				names[c.Record] = name
			}
		}
	}
	said := make([]inWords, len(all))
	for n, c := range all {
		said[n] = inWords{names[c.Record], history.Describe(c, func(r crm.Ref) string { return names[r] })}
	}
	return said, nil
}

// namesOf looks names of records up. Records that do not exist have none.
func namesOf(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, of []crm.Ref) (map[crm.Ref]string, error) {
	names := map[crm.Ref]string{}
	for refs := range slices.Chunk(of, crm.MaxNeed) {
		found, err := service.Names(ctx, ws, refs)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			names[f.Ref] = f.Name
		}
	}
	return names, nil
}
