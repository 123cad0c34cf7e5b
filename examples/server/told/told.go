// Package told puts the changes of a log into words, for all who show or send them.
package told

import (
	"context"
	"maps"
	"slices"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
)

// Change is a change with its sentence.
type Change struct {
	crm.Change
	Sentence string `json:"sentence"` // what was changed, in the language of the request
}

// Changes puts changes of a workspace into words. The records that they name are looked up together.
func Changes(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, lang language.Tag, all []crm.Change) ([]Change, error) {
	asked := map[crm.Ref]bool{}
	for _, c := range all {
		history.DescribeIn(lang, c, func(r crm.Ref) string { asked[r] = true; return "" })
	}
	names := map[crm.Ref]string{}
	for refs := range slices.Chunk(slices.Collect(maps.Keys(asked)), crm.MaxNeed) {
		found, err := service.Names(ctx, ws, refs)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			names[f.Ref] = f.Name
		}
	}
	said := make([]Change, len(all))
	for n, c := range all {
		said[n] = Change{c, history.DescribeIn(lang, c, func(r crm.Ref) string { return names[r] })}
	}
	return said, nil
}
