package crm

import (
	"context"
	"strings"

	"github.com/getklar/influencercrm/utm"
)

// UseDefaults takes fields of a cooperation back to the default, from the version that was read: each is filled as for a
// new cooperation, from the profile's default or the workspace's template as they are now, and counts as inherited from
// then on. Fields are named as in errors: "utm.source", "utm.medium", "utm.campaign", "utm.term", "utm.content" and
// "rules". One without a default becomes empty, and one whose template needs a value that is not known yet is pending.
// Other names, and none, are an ErrInvalid. What else counts for an edit counts here too; see UpdateCooperation.
func (w *Work) UseDefaults(ctx context.Context, id CooperationID, version int64, fields []string,
	reason string) (Saved, error) {
	c, err := editable(ctx, w.Cooperations(), id, version)
	if err != nil {
		return Saved{}, err
	}
	back, err := parseDefaultFields(c, fields)
	if err != nil {
		return Saved{}, err
	}
	return w.saveCooperation(ctx, c, back, reason, byPerson)
}

// UseDefaults is Work.UseDefaults.
func (s *Service) UseDefaults(ctx context.Context, ws WorkspaceID, id CooperationID, version int64, fields []string,
	reason string) (Saved, error) {
	return update(ctx, s, ws, "use defaults", func(ctx context.Context, w *Work) (Saved, error) {
		return w.UseDefaults(ctx, id, version, fields, reason)
	})
}

// defaultFields are fields of a cooperation that have defaults.
type defaultFields struct {
	utm   [utm.NumFields]bool
	rules bool
}

func parseDefaultFields(c Cooperation, names []string) (defaultFields, error) {
	var fields defaultFields
	p := newProblems(c)
	for _, name := range names {
		f, err := utm.ParseField(strings.TrimPrefix(name, "utm."))
		switch {
		case name == "rules":
			fields.rules = true
		case err == nil && name == "utm."+f.String():
			fields.utm[f] = true
		default:
			p.add("fields", name, "is no field with a default; those are utm.source, utm.medium, utm.campaign, utm.term, utm.content and rules")
		}
	}
	if len(names) == 0 {
		p.add("fields", "", "say which fields go back to the default, such as utm.source or rules")
	}
	return fields, p.result()
}

// withUnset adds the fields that an edit unsets: as for a new cooperation, what is unset takes the default.
func (fields defaultFields) withUnset(before, after Cooperation) defaultFields {
	for _, f := range utm.Fields() {
		fields.utm[f] = fields.utm[f] || before.UTM.Get(f).IsSet() && !after.UTM.Get(f).IsSet()
	}
	fields.rules = fields.rules || after.Rules == nil
	return fields
}

// useDefaults fills fields from their defaults.
func (c *Cooperation) useDefaults(fields defaultFields, from references, workspace utm.Template) {
	inheritUTM(c, from, workspace, func(f utm.Field) bool { return fields.utm[f] })
	if fields.rules {
		inheritRules(c, from.profile)
	}
}
