package attribution

import (
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// Text says the finding in a sentence, without its fixes.
func (f Finding) Text() sentence.Sentence {
	code, meant := strings.TrimSpace(f.Code), f.Rule.Pattern
	switch f.Kind {
	case FindingKind(discount.Accent):
		return sentence.Of("%q differs from %q only by %s", code, meant, crm.CauseText(discount.CauseOf(code, meant)))
	case FindingKind(discount.Separator):
		return sentence.Of("%q differs from %q only by blanks or dashes", code, meant)
	case FindingKind(discount.LookAlike):
		return sentence.Of("%q looks like %q and has other letters or digits", code, meant)
	case FindingKind(discount.Letter):
		return sentence.Of("%q is one letter off %q", code, meant)
	case FindingKind(discount.Swapped):
		return sentence.Of("%q is %q with two letters swapped", code, meant)
	case FindingKind(discount.Added):
		return sentence.Of("%q is %q with something added", code, meant)
	case IgnoredCode:
		return f.ignoredText(code)
	case OtherSource:
		return sentence.Of("a cooperation of the other data source earns it, and the active one does not have it")
	case UTMField:
		return sentence.Of("all UTM fields of the link are those of the cooperation but one")
	case UTMValue:
		return sentence.Of("one UTM field of the link has another value than that of the cooperation")
	case UTMCase:
		return sentence.Of("the UTM fields of the link are those of the cooperation but for upper and lower case")
	}
	return Candidate{Lost: Reason(f.Kind), Days: f.Days}.Why()
}

// ignoredText says that a code is on the list of ignored ones, or that one is which the shop takes it for.
func (f Finding) ignoredText(code string) sentence.Sentence {
	listed := code
	for _, fix := range f.Fixes {
		if fix.Field != "ignored_codes" {
			continue
		}
		if listed = fix.From; discount.Normalize(listed) == discount.Normalize(code) {
			return sentence.Of("%q is on the list of ignored codes", code)
		}
	}
	return sentence.Of("this shop takes %q for %q, which is on the list of ignored codes", code, listed)
}
