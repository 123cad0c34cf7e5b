package crm

import (
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// Why says why two codes are in conflict that are not the same, in a workspace whose shop compares codes in this way. Of
// other conflicts it is the zero Sentence.
func (c Conflict) Why(shop discount.Comparison) sentence.Sentence {
	mine, other, cause := codeOfRule(c.Rule), codeOfRule(c.OtherRule), CauseText(c.Cause)
	switch {
	case c.Cause == "":
		return sentence.Sentence{}
	case c.Severity == discount.Blocking:
		return sentence.Of("this shop takes %q and %q for one code: they differ only by %s", mine, other, cause)
	case shop == discount.WooCommerce:
		return sentence.Of("%q and %q differ only by %s: in WooCommerce only the newer of the two works", mine, other, cause)
	}
	return sentence.Of("some shops take %q and %q for one code: they differ only by %s", mine, other, cause)
}

// codeOfRule is the code of a rule in words, "equals pam10".
func codeOfRule(rule string) string {
	return strings.TrimPrefix(rule, string(discount.Equals)+" ")
}

// CauseText says what two codes differ in that a shop takes for one, to stand in a sentence: "they differ only by …".
func CauseText(c discount.Cause) sentence.Sentence { return causeTexts[c] }

var causeTexts = map[discount.Cause]sentence.Sentence{
	discount.CauseAccent: sentence.Of("an accent"),
	discount.CauseMark:   sentence.Of("vowel signs or tone marks"),
	discount.CauseDigit:  sentence.Of("digits of another script"),
	discount.CauseKana:   sentence.Of("the kind of kana"),
	discount.CauseLetter: sentence.Of("variants of a letter"),
}
