package crm

import (
	"encoding/json"
	"fmt"

	"github.com/getklar/influencercrm/utm"
)

// Provenance says how a pre-filled field of a cooperation came by its value.
type Provenance string

// The provenances. The zero value means that nobody has given the field anything.
const (
	Inherited  Provenance = "inherited"  // from a profile's default or the workspace's template
	Pending    Provenance = "pending"    // a template is there, but a part of it is not known yet
	Overridden Provenance = "overridden" // given by a person or an import; explicitly empty counts
)

// Origin is where the value of a pre-filled field comes from.
type Origin struct {
	Provenance Provenance `json:"provenance"`
	// Profile is the profile whose default was inherited or is pending; zero for the workspace's
	// template and for overridden values.
	Profile ProfileID `json:"profile,omitzero"`
	// Template is what a pending field waits to fill in, as it stood when the field was inherited:
	// later changes of the default are for later cooperations.
	Template string `json:"template,omitzero"`
}

// UTMOrigins holds the origin of each UTM field, by utm.Field. As JSON it is an object keyed by
// the fields' names.
type UTMOrigins [utm.NumFields]Origin

// MarshalJSON implements json.Marshaler.
func (o UTMOrigins) MarshalJSON() ([]byte, error) {
	named := map[string]Origin{}
	for _, f := range utm.Fields() {
		if o[f] != (Origin{}) {
			named[f.String()] = o[f]
		}
	}
	return json.Marshal(named)
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *UTMOrigins) UnmarshalJSON(data []byte) error {
	var named map[string]Origin
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
