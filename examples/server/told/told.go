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
	// Sentence says what was changed, in the language of the request. That of an update begins with the name that the record has
	// now, if it has one.
	Sentence string `json:"sentence"`
}

// Changes puts changes of a workspace into words. The records that they name are looked up together.
func Changes(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, lang language.Tag, all []crm.Change) ([]Change, error) {
	asked := map[crm.Ref]bool{}
	for _, c := range all {
		if c.Kind == crm.Updated {
			asked[c.Record] = true
		}
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
		text := history.DescribeIn(lang, c, func(r crm.Ref) string { return names[r] })
		if name := names[c.Record]; name != "" && c.Kind == crm.Updated { // whose sentence says "it"; the others name the record
			text = name + ": " + text
		}
		said[n] = Change{c, text}
	}
	return said, nil
}
