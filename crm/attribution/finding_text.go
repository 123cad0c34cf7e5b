package attribution

import (
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// Text says the finding in a sentence, without its fixes.
func (f Finding) Text() sentence.Sentence {
	code, meant := strings.TrimSpace(f.Code), f.Rule.Pattern
	switch f.Kind {
	case FindingKind(discount.Accent):
		return sentence.Of("%q differs from %q only by an accent or a script", code, meant)
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
		return sentence.Of("%q is on the list of ignored codes", code)
	case UTMField:
		return sentence.Of("all UTM fields of the link are those of the cooperation but one")
	case UTMCase:
		return sentence.Of("the UTM fields of the link are those of the cooperation but for upper and lower case")
	}
	return Candidate{Lost: Reason(f.Kind), Days: f.Days}.Why()
}
