package wire

import (
	"bytes"
	"encoding/json"

	"github.com/getklar/influencercrm/crm"
)

// fixed are the fields that a patch cannot set, beside id and version, by kind: with what to do instead. Saving ignores
// them, so that a patch of one of them would look like a change that was saved.
var fixed = map[crm.Kind][]fixedField{
	crm.KindWorkspace: {createdAt, changedAt},
	crm.KindMember:    {archivedOn, createdAt, changedAt},
	crm.KindCampaign:  {archivedOn, createdAt, changedAt},
	crm.KindInfluencer: {
		archivedOn, createdAt, changedAt,
		{"phone_e164", "is made of the phone number; set phone"},
		{"picture", "is not set here; use the call for pictures"},
	},
	crm.KindCooperation: {
		archivedOn, createdAt, changedAt,
		{"claims_until", "follows from the archive of its campaign or influencer; leave it out"},
		{"name_mode", "follows from the name; set name, or clear it for the automatic one"},
		{"utm_origins", "follows from utm; set that, with null for the default"},
		{"rules_origin", "follows from rules; set them, with null for the default"},
		{"imported", "comes from the sheet and is not set here; leave it out"},
	},
}

// fixedNames are the names of all fields of a kind that cannot be set.
func fixedNames(kind crm.Kind) []string {
	names := []string{"id", "version"}
	for _, f := range fixed[kind] {
		names = append(names, f.name)
	}
	return names
}

// fixedField is a field by its name in JSON, with what to do instead of setting it.
type fixedField struct{ name, instead string }

var (
	archivedOn = fixedField{"archived_on", "is not set here; archive or restore the record instead"}
	createdAt  = fixedField{"created_at", "is when the record was made and is not set; leave it out"}
	changedAt  = fixedField{"changed_at", "is when the record was last changed and is not set; leave it out"}
)

// keepsFixed adds a problem for each fixed field that differs between a record and what a patch has made of it. The same
// value may come back, because a client may send all that it has read.
func (p *problems) keepsFixed(before, after crm.Record) {
	was, is := members(before), members(after)
	for _, f := range fixed[before.Ref().Kind] {
		if !bytes.Equal(was[f.name], is[f.name]) {
			p.add(f.name, textOf(is[f.name]), f.instead)
		}
	}
	if c, ok := after.(crm.Cooperation); ok && c.Cancellation != nil && c.Cancellation.Status != "" {
		if status := statusWhenCancelled(before.(crm.Cooperation)); c.Cancellation.Status != status {
			p.add("cancellation.status", string(c.Cancellation.Status), "is the status that the cooperation had when it was cancelled; leave it out")
		}
	}
}

func statusWhenCancelled(c crm.Cooperation) crm.Status {
	if c.Cancellation != nil {
		return c.Cancellation.Status
	}
	return c.Status
}

// members are the fields of a record as JSON; none if it has no JSON, which Patch has refused before.
func members(r crm.Record) map[string]json.RawMessage {
	doc, err := json.Marshal(r)
	if err != nil {
		return nil
	}
	return object(doc)
}
