package history

import (
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/internal/text"
)

// Describe says in one sentence, without a full stop, who did what to a record: "Mira moved it from negotiating to
// signed and set the start to 2026-06-01 (reason: she wrote)".
//
// names returns the name of a record that a change refers to by id, or "" if the name is not known. A nil names knows
// none. Texts are shortened; notes are not shown.
func Describe(c crm.Change, names func(crm.Ref) string) string {
	actor := strings.TrimSpace(strings.ToValidUTF8(c.Actor, "\uFFFD"))
	if actor == "" {
		actor = "somebody"
	}
	sentence := oneLine(actor) + " " + describer{names}.change(c)
	if reason := oneLine(c.Reason); reason != "" {
		sentence += " (reason: " + reason + ")"
	}
	return sentence
}

type describer struct {
	names func(crm.Ref) string
}

func (d describer) change(c crm.Change) string {
	record := oneLine(string(c.Record.Kind))
	named := record
	for _, f := range c.Fields {
		value := f.After
		if value == nil {
			value = f.Before
		}
		if name, ok := decodeText(value); ok && f.Field == "name" && name != "" {
			named += " " + quoted(name)
		}
	}
	switch c.Kind {
	case crm.Created:
		return "created the " + named
	case crm.Deleted:
		return "deleted the " + named
	case crm.Updated:
		return join(d.fields(c))
	case crm.Erased:
		return "erased the personal data"
	}
	return fmt.Sprintf("did %s to the %s", quoted(string(c.Kind)), record)
}

// derivedFields follow from other fields. They are described only if nothing else changed.
var derivedFields = map[string]bool{"utm_origins": true, "rules_origin": true, "phone_e164": true, "name_mode": true,
	"claims_until": true}

// fields returns a phrase for each field that changed, the most important ones first.
func (d describer) fields(c crm.Change) []string {
	all, derived := []string{}, []string{}
	for _, f := range c.Fields {
		switch phrases := d.field(c.Record.Kind, f); {
		case derivedFields[f.Field]:
			derived = append(derived, phrases...)
		case f.Field == "status" || f.Field == "archived_on" || f.Field == "cancellation":
			all = append(phrases, all...)
		default:
			all = append(all, phrases...)
		}
	}
	if len(all) == 0 {
		all = derived
	}
	if len(all) == 0 {
		all = []string{"changed nothing"}
	}
	return all
}

// join makes one sentence of at most twelve phrases: "a", "a and b", "a, b and c".
func join(phrases []string) string {
	const most = 12
	if more := len(phrases) - most; more > 0 {
		phrases = append(phrases[:most:most], "made "+text.Count(more, "more change"))
	}
	last := len(phrases) - 1
	if last == 0 {
		return phrases[0]
	}
	return strings.Join(phrases[:last], ", ") + " and " + phrases[last]
}
