package crm

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Provenance says where the value of a pre-filled field comes from. The zero value means that the field got no value.
type Provenance struct {
	Kind ProvenanceKind `json:"provenance"`
	// Profile is the profile whose default was inherited or is pending; zero for the workspace's template and for
	// overridden values.
	Profile ProfileID `json:"profile,omitzero"`
	// Template is the text that a pending field will be filled from, as it stood when the field was inherited. Later
	// changes of the default do not reach it.
	Template string `json:"template,omitzero"`
}

// ProvenanceKind is how a pre-filled field got its value.
type ProvenanceKind string

// The kinds of provenance.
const (
	Inherited  ProvenanceKind = "inherited"  // from a profile's default or the workspace's template
	Pending    ProvenanceKind = "pending"    // from a template of which a part is not known yet
	Overridden ProvenanceKind = "overridden" // given by a person or an import, also if it is explicitly empty
)

// UTMOrigins holds the provenance of each UTM field, by utm.Field. As JSON it is an object keyed by the names of the
// fields.
type UTMOrigins [utm.NumFields]Provenance

// MarshalJSON implements json.Marshaler.
func (o UTMOrigins) MarshalJSON() ([]byte, error) {
	named := map[string]Provenance{}
	for _, f := range utm.Fields() {
		if o[f] != (Provenance{}) {
			named[f.String()] = o[f]
		}
	}
	return json.Marshal(named)
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *UTMOrigins) UnmarshalJSON(data []byte) error {
	var named map[string]Provenance
	if err := json.Unmarshal(data, &named); err != nil {
		return err
	}
	*o = UTMOrigins{}
	for name, origin := range named {
		f, err := utm.ParseField(name)
		if err != nil {
			return fmt.Errorf("origins of UTM fields: %w", err)
		}
		o[f] = origin
	}
	return nil
}

// inheritUTM fills the UTM fields that wants selects, from the profile's default or else the workspace's template.
func inheritUTM(c *Cooperation, from references, workspace utm.Template, wants func(utm.Field) bool) {
	defaults, layers := utm.Inherit(from.profile.UTM.Params(), workspace.Params())
	for _, f := range utm.Fields() {
		if !wants(f) {
			continue
		}
		origin := Provenance{}
		if layers[f] >= 0 {
			origin.Kind = Inherited
		}
		if layers[f] == 0 {
			origin.Profile = from.profile.ID
		}
		c.fillUTM(f, defaults.Get(f), origin, from)
	}
}

// fillUTM expands a template into a field. If the template needs a value that is not known yet, the field is pending.
func (c *Cooperation) fillUTM(f utm.Field, template utm.Value, origin Provenance, from references) {
	expanded, pending := utm.MustParseTemplate(utm.Params{}.With(f, template)).Expand(from.vars(c.Period.Start))
	origin.Template = ""
	if len(pending) > 0 {
		origin.Kind, origin.Template = Pending, template.String()
	}
	c.UTM, c.UTMOrigins[f] = c.UTM.With(f, expanded.Get(f)), origin
}

// inheritRules copies the profile's default rules.
func inheritRules(c *Cooperation, profile Profile) {
	c.Rules, c.RulesOrigin = cloneSlice(profile.Rules), Provenance{}
	if len(c.Rules) > 0 {
		c.RulesOrigin = Provenance{Kind: Inherited, Profile: profile.ID}
	}
}

// fillDefaults fills the fields of a new cooperation that the caller left unset: an unset UTM value, nil rules. A value
// that is explicitly empty is an override.
func fillDefaults(c *Cooperation, given Cooperation, from references, workspace utm.Template) {
	c.UTMOrigins, c.RulesOrigin = UTMOrigins{}, Provenance{}
	for _, f := range utm.Fields() {
		if given.UTM.Get(f).IsSet() {
			c.UTMOrigins[f] = Provenance{Kind: Overridden}
		}
	}
	inheritUTM(c, from, workspace, func(f utm.Field) bool { return !given.UTM.Get(f).IsSet() })
	if given.Rules == nil {
		inheritRules(c, from.profile)
	} else {
		c.RulesOrigin = Provenance{Kind: Overridden}
	}
}

// refreshDefaults updates the provenance of an edited cooperation. A field that the edit changed is overridden. Another
// profile or influencer fills all other fields again. A pending field is filled as soon as all its values are known.
// Nothing else changes, also if the defaults have changed.
func refreshDefaults(before Cooperation, c *Cooperation, from references, workspace utm.Template) {
	c.UTMOrigins, c.RulesOrigin = before.UTMOrigins, before.RulesOrigin
	for _, f := range utm.Fields() {
		if c.UTM.Get(f) != before.UTM.Get(f) {
			c.UTMOrigins[f] = Provenance{Kind: Overridden}
		}
	}
	if !sameRules(before.Rules, c.Rules) {
		c.RulesOrigin = Provenance{Kind: Overridden}
	}
	moved := c.Profile != before.Profile || c.Influencer != before.Influencer
	inheritUTM(c, from, workspace, func(f utm.Field) bool { return moved && c.UTMOrigins[f].Kind != Overridden })
	c.fillPending(from)
	if moved && c.RulesOrigin.Kind != Overridden {
		inheritRules(c, from.profile)
	}
}

func sameRules(a, b []discount.Rule) bool { return slices.EqualFunc(a, b, discount.Rule.Equal) }

// markOverridden marks all fields as given, for an import.
func markOverridden(c *Cooperation) {
	for _, f := range utm.Fields() {
		c.UTMOrigins[f] = Provenance{Kind: Overridden}
	}
	c.RulesOrigin = Provenance{Kind: Overridden}
}
