package attribution_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// The rules of attribution where the shop takes several codes for one, a case each.
func TestDecideInLooseShops(t *testing.T) {
	t.Parallel()
	const june, july = "06-01..06-30", "07-01..07-31"
	accents, general := crm.Workspace{CodeComparison: discount.Accents}, crm.Workspace{CodeComparison: discount.General}
	woocommerce, exact := crm.Workspace{CodeComparison: discount.WooCommerce}, crm.Workspace{CodeComparison: discount.Exact}
	ignoring := func(comparison discount.Comparison, codes ...string) crm.Workspace {
		return crm.Workspace{CodeComparison: comparison, IgnoredCodes: codes}
	}
	tail := crm.Workspace{CodeComparison: discount.Accents, TailDays: 7}
	for _, test := range []struct {
		name  string
		ws    crm.Workspace
		deals []string
		order string
		want  string
	}{
		// Which codes are one.
		{"WooCommerce", woocommerce, []string{"A " + june + " =RENÉ10"}, "06-10T12:00 RENE10", "nobody"},
		{"no accents", accents, []string{"A " + june + " =RENÉ10"}, "06-10T12:00 RENE10", "A code (accent)"},
		{"an accent that it has not", accents, []string{"A " + june + " =RENE10"}, "06-10T12:00 renè10", "A code (accent)"},
		{"Magento", general, []string{"A " + june + " =RENÉ10"}, "06-10T12:00 RENE10", "A code (accent)"},
		{"a variant of a letter", accents, []string{"A " + june + " =SØREN10"}, "06-10T12:00 SOREN10", "A code (letter)"},
		{"a variant of a letter, in Magento", general, []string{"A " + june + " =SØREN10"}, "06-10T12:00 SOREN10", "nobody"},
		{"ß for s, in Magento", general, []string{"A " + june + " =STRAßE10"}, "06-10T12:00 strase10", "A code (letter)"},
		{"digits of another script", accents, []string{"A " + june + " =ANA10"}, "06-10T12:00 ANA١٠", "A code (digit)"},
		{"Cyrillic without its accent", general, []string{"A " + june + " =АЛЁНА10"}, "06-10T12:00 алена10", "A code (accent)"},
		{"full width, which Magento keeps apart, is compared as everywhere", general,
			[]string{"A " + june + " =RENE10"}, "06-10T12:00 ＲＥＮＥ10", "A code"},
		{"a family is compared as it is", accents, []string{"A " + june + " ^RENÉ"}, "06-10T12:00 RENE10", "nobody"},

		// A code that the shop redeems ranks as the rule that equals it.
		{"before a start", accents, []string{"A " + june + " =RENÉ10", "B " + june + " ^RENE"}, "06-10T12:00 RENE10",
			"A code (accent); B weaker_match"},
		{"before a start, in an exact shop", exact, []string{"A " + june + " =RENÉ10", "B " + june + " ^RENE"}, "06-10T12:00 RENE10", "B code"},
		{"before an end", general, []string{"A " + june + " =RENÉ10", "B " + june + " $10"}, "06-10T12:00 RENE10",
			"A code (accent); B weaker_match"},
		{"before a text inside of another code", accents, []string{"A " + june + " =RENÉ10", "B " + june + " *AM"},
			"06-10T12:00 PAM10 RENE10", "A code (accent); B weaker_match"},
		{"before the start of an own code", accents, []string{"A " + june + " =RENÉ10 ^REN"}, "06-10T12:00 RENE10", "A code (accent)"},
		{"the earlier code of two", accents, []string{"A " + june + " =RENÉ10", "B " + june + " =PAMI10"},
			"06-10T12:00 RENE10 PAMI10", "A code (accent); B later_code"},
		{"the later code of two", accents, []string{"A " + june + " =RENÉ10", "B " + june + " =PAMI10"},
			"06-10T12:00 PAMI10 RENE10", "B code; A later_code"},
		{"the longer code of two", accents, []string{"A " + june + " =RENÉ100", "B " + june + " =PAMI10"},
			"06-10T12:00 PAMI10 RENE100", "A code (accent); B shorter_pattern"},
		{"before a visit", accents, []string{"A " + june + " =RENÉ10", "B " + june + " utm:term=b"},
			"06-10T12:00 RENE10 @06-09T12:00 term=b", "A code (accent); B code_counts"},

		// A code that is spelled as a rule has it is that rule's, if its cooperation can earn.
		{"as it is spelled", accents, []string{"A " + june + " =RENÉ10", "B " + june + " =RENE10"},
			"06-10T12:00 RENE10", "B code; A weaker_match"},
		{"as it is spelled, although the other one begins later", accents,
			[]string{"A 06-05..06-30 =RENÉ10", "B " + june + " =RENE10"}, "06-10T12:00 RENE10",
			"B code; A weaker_match"},
		{"as it is spelled, with its accent", accents, []string{"A " + june + " =RENÉ10", "B " + june + " =RENE10"},
			"06-10T12:00 rené10", "A code; B weaker_match"},
		{"both spellings of one", accents, []string{"A " + june + " =RENÉ10 =RENE10"}, "06-10T12:00 RENE10", "A code"},
		{"spelled as a draft has it", accents, []string{"A " + june + " =RENÉ10", "B draft " + june + " =RENE10"},
			"06-10T12:00 RENE10", "A code (accent); B not_signed"},
		{"spelled as one has it that is long over", accents,
			[]string{"A " + july + " =RENÉ10", "B " + june + " =RENE10"}, "07-10T12:00 RENE10",
			"A code (accent); B too_late 10"},
		{"spelled as one has it that comes later", general,
			[]string{"A " + june + " =RENÉ10", "B " + july + " =RENE10"}, "06-10T12:00 RENE10",
			"A code (accent); B too_early 21"},
		{"spelled as a cancelled one has it", accents,
			[]string{"A " + june + " =RENÉ10", "B cancelled " + june + " =RENE10"}, "06-10T12:00 RENE10",
			"A code (accent); B cancelled"},
		{"spelled as an archived one has it", accents,
			[]string{"A " + june + " =RENÉ10", "B archived:06-05 " + june + " =RENE10"}, "06-10T12:00 RENE10",
			"A code (accent); B archived"},
		{"spelled as a family that is over has it", accents, []string{"A " + july + " =RENÉ10", "B " + june + " ^RENE"},
			"07-10T12:00 RENE10", "A code (accent); B too_late 10"},

		// Codes that are one in the shop rank as one code does.
		{"one code of two", accents, []string{"A " + june + " =RENÉ10", "B 06-05..06-30 =rené10"}, "06-10T12:00 RENE10",
			"B code (accent); A earlier_start"},
		{"a successor in the tail", tail, []string{"A " + june + " =RENÉ10", "B " + july + " =RENÈ10"},
			"07-03T12:00 RENE10", "B code (accent); A earlier_start"},
		{"a successor in the tail, spelled as before", tail,
			[]string{"A " + june + " =RENÉ10", "B " + july + " =RENÈ10"}, "07-03T12:00 RENÉ10",
			"A code; B weaker_match"},
		{"a successor after the tail, spelled as before", tail,
			[]string{"A " + june + " =RENÉ10", "B " + july + " =RENÈ10"}, "07-10T12:00 RENÉ10",
			"B code (accent); A too_late 3"},
		{"its own rules", accents, []string{"A " + june + " inherited =RENÉ10", "B " + june + " =RENÈ10"},
			"06-10T12:00 RENE10", "B code (accent); A inherited_rule"},
		{"only the id", accents, []string{"B " + june + " =RENÈ10", "A " + june + " =RENÉ10"}, "06-10T12:00 RENE10",
			"A code ambiguous (accent); B same_claim"},
		{"longer only as it is written", accents, []string{"A " + june + " =AEÓN10", "B 06-05..06-30 =ÆON10"},
			"06-10T12:00 AEON10", "B code (letter); A earlier_start"},
		{"one of two cannot earn", accents, []string{"A " + june + " =RENÉ10", "B draft " + june + " =RENÈ10"},
			"06-10T12:00 RENE10", "A code (accent); B not_signed"},

		// Ignored codes are compared as the shop does.
		{"ignored", ignoring(discount.Accents, "SÖMMER10"), []string{"A " + june + " ^SOMMER"}, "06-10T12:00 SOMMER10", "nobody"},
		{"ignored without its accent", ignoring(discount.Accents, "RENE10"), []string{"A " + june + " =RENÉ10"},
			"06-10T12:00 RÈNE10", "nobody"},
		{"ignored, in Magento", ignoring(discount.General, "GRÜßE"), []string{"A " + june + " *RUS"}, "06-10T12:00 gruse", "nobody"},
		{"ignored in another spelling of somebody's code", ignoring(discount.Accents, "SÖMMER10"),
			[]string{"A " + june + " =SOMMER10"}, "06-10T12:00 SOMMER10", "nobody"},
		{"ignored, and in full width", ignoring(discount.General, "NEWS10"), []string{"A " + june + " ^NEWS"},
			"06-10T12:00 ＮＥＷＳ10", "nobody"},
		{"not ignored in an exact shop", ignoring(discount.Exact, "SÖMMER10"), []string{"A " + june + " ^SOMMER"},
			"06-10T12:00 SOMMER10", "A code"},
		{"not ignored in WooCommerce", ignoring(discount.WooCommerce, "SÖMMER10"), []string{"A " + june + " ^SOMMER"},
			"06-10T12:00 SOMMER10", "A code"},
		{"beside an ignored code", ignoring(discount.Accents, "SÖMMER10"),
			[]string{"A " + june + " ^SOMMER", "B " + june + " *AM"}, "06-10T12:00 SOMMER10 PAM10", "B code"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d, err := index(t, test.ws, test.deals...).Decide(order(test.order))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, outcome(d)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
