package crm

import (
	"context"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm/internal/text"
	"github.com/google/uuid"
)

// Describe says in one sentence, without a full stop, who did what to a record: "Mira moved it from
// negotiating to signed and set the start to 2026-06-01 (reason: she wrote)". It reads any change,
// one of another version of this program too: what it cannot read it names without its value.
//
// names returns the name of a record, for the ids in a change, and "" if it is not known; nil knows
// none. Texts are shortened, notes are not shown.
func Describe(c Change, names func(Ref) string) string {
	d := describer{names: names}
	who := strings.TrimSpace(strings.ToValidUTF8(c.Actor, "\uFFFD"))
	if who == "" {
		who = "somebody"
	}
	sentence := shortLine(who) + " " + d.change(c)
	if reason := shortLine(c.Reason); reason != "" {
		sentence += " (reason: " + reason + ")"
	}
	return sentence
}

// HistoryOf is History for all that one unit of work did, whichever records it changed.
func (s *Service) HistoryOf(ctx context.Context, ws WorkspaceID, unit uuid.UUID, after Seq, limit int) ([]Change, error) {
	if unit == uuid.Nil {
		return nil, &Error{Family: ErrInvalid, Field: "unit", Problem: "say which unit of work; Changes has all of them"}
	}
	return view(ctx, s, ws, func(ctx context.Context, r Reader) ([]Change, error) {
		return r.Changes(ctx, ChangeFilter{After: after, Unit: unit}, limit)
	})
}

// describer puts changes into words.
type describer struct {
	names func(Ref) string
}

func (d describer) change(c Change) string {
	what := shortLine(string(c.Record.Kind))
	for _, f := range c.Fields {
		if name, ok := textIn(first(f.After, f.Before)); ok && f.Field == "name" && name != "" {
			what += " " + quoted(name)
		}
	}
	switch c.Kind {
	case Created:
		return "created the " + what
	case Deleted:
		return "deleted the " + what
	case Updated:
		return joined(d.fields(c))
	case Erased:
		return "erased the personal data"
	}
	return fmt.Sprintf("did %s to the %s", quoted(string(c.Kind)), shortLine(string(c.Record.Kind)))
}

// follows are the fields that say where the value of another comes from. They are told only where
// nothing else is.
var follows = map[string]bool{"utm_origins": true, "rules_origin": true, "phone_e164": true, "name_mode": true}

// fields has a phrase for each field that changed.
func (d describer) fields(c Change) []string {
	told, beside := []string{}, []string{}
	for _, f := range c.Fields {
		switch phrases := d.field(c.Record.Kind, f); {
		case follows[f.Field]:
			beside = append(beside, phrases...)
		case f.Field == "status" || f.Field == "archived_on" || f.Field == "cancellation":
			told = append(phrases, told...) // what matters most comes first
		default:
			told = append(told, phrases...)
		}
	}
	if len(told) == 0 {
		told = beside
	}
	if len(told) == 0 {
		told = []string{"changed nothing"}
	}
	return told
}

// joined puts phrases into one sentence: "a", "a and b", "a, b and c".
func joined(phrases []string) string {
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
