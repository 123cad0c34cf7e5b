package crm

import (
	"encoding/json"
	"fmt"

	"github.com/getklar/influencercrm/utm"
)

// Provenance says where the value of a pre-filled field comes from. The zero value means that the field was given
// nothing.
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
