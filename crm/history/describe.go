package history

import (
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Describe says in one sentence, without a full stop, who did what to a record: "Mira moved it from negotiating to
// signed and set the start to 2026-06-01 (reason: she wrote)".
//
// names returns the name of a record that a change refers to by id, or "" if the name is not known. A nil names knows
// none. Texts are shortened; notes are not shown.
func Describe(c crm.Change, names func(crm.Ref) string) string {
	return DescribeIn(language.English, c, names)
}

// DescribeIn is Describe in a language; see [sentence.Sentence.In]. Statuses, rules, amounts, days and the reasons that the
// library gives are said in it, and what people typed stays as it is: "Mira hat den Status von „In Verhandlung“ auf
// „Unterschrieben“ gesetzt, den Beginn auf 01.06.2026 gesetzt (Grund: she wrote)".
func DescribeIn(lang language.Tag, c crm.Change, names func(crm.Ref) string) string {
	return Reader{Lang: lang, Names: names}.Describe(c)
}

// Reader is for whom changes are put into words.
type Reader struct {
	Lang  language.Tag         // und is English
	Names func(crm.Ref) string // as in Describe
	// Zone is the time zone of the times in a sentence, such as that of a change that was taken back. Without one they
	// are in UTC and say so.
	Zone *time.Location
}

// Describe is the sentence of [Describe] for a reader.
func (r Reader) Describe(c crm.Change) string { return r.Sentence(c).In(r.Lang) }

// Sentence is what Describe says, for a page that says it in its own way; see [sentence.Sentence.Spoken].
func (r Reader) Sentence(c crm.Change) sentence.Sentence {
	actor := sentence.Of("somebody")
	if name := oneLine(strings.TrimSpace(strings.ToValidUTF8(c.Actor, "\uFFFD"))); name != "" {
		actor = sentence.Of("%s", name)
	}
	said := sentence.Of("%[1]s %[2]s", actor, describer{r.Names}.change(c)) // German needs a verb between the two
	if reason := reasonText(c.Reason, r.Zone); !reason.IsZero() && !saysReason(c) {
		said = sentence.Of("%s (reason: %s)", said, reason)
	}
	return said
}

// reasonText is a reason, which a person or the library gave; zero if there is none.
func reasonText(reason string, zone *time.Location) sentence.Sentence {
	if text, ok := crm.ReasonText(reason, zone); ok {
		return text
	}
	if reason = oneLine(reason); reason == "" {
		return sentence.Sentence{}
	}
	return sentence.Of("%s", reason)
}

// saysReason reports whether the words of a change have its reason already, as those of a cancellation have.
func saysReason(c crm.Change) bool {
	for _, f := range c.Fields {
		var cancelled crm.Cancellation
		if f.Field == "cancellation" && f.Before == nil && f.After != nil && decode(f.After, &cancelled) {
			return strings.TrimSpace(cancelled.Reason) == strings.TrimSpace(c.Reason)
		}
	}
	return false
}

type describer struct {
	names func(crm.Ref) string
}

func (d describer) change(c crm.Change) sentence.Sentence {
	record := recordLabel(c.Record.Kind)
	named := record
	for _, f := range c.Fields {
		value := f.After
		if value == nil {
			value = f.Before
		}
		if name, ok := decodeText(value); ok && f.Field == "name" && name != "" {
			named = sentence.Of("%s %s", named, quoted(name))
		}
	}
	switch c.Kind {
	case crm.Created:
		return sentence.Of("created %s", named)
	case crm.Deleted:
		return sentence.Of("deleted %s", named)
	case crm.Updated:
		return join(d.fields(c))
	case crm.Erased:
		return sentence.Of("erased the personal data")
	}
	return sentence.Of("did %s to %s", quoted(string(c.Kind)), record)
}

// derivedFields follow from other fields. They are described only if nothing else changed.
var derivedFields = map[string]bool{"utm_origins": true, "rules_origin": true, "phone_e164": true, "name_mode": true,
	"claims_until": true}

// fields returns a phrase for each field that changed, the most important ones first.
func (d describer) fields(c crm.Change) []sentence.Sentence {
	all, derived := []sentence.Sentence{}, []sentence.Sentence{}
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
		all = append(all, sentence.Of("changed nothing"))
	}
	return all
}

// join makes one sentence of at most twelve phrases: "a", "a and b", "a, b and c".
func join(phrases []sentence.Sentence) sentence.Sentence {
	const most = 12
	if more := len(phrases) - most; more > 0 {
		phrases = append(phrases[:most:most], sentence.Of("made %d more changes", more))
	}
	joined, last := phrases[0], len(phrases)-1
	for n := 1; n <= last; n++ {
		if n == last {
			joined = sentence.Of("%s and %s", joined, phrases[n])
		} else {
			joined = sentence.Of("%s, %s", joined, phrases[n])
		}
	}
	return joined
}
