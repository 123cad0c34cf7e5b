package crm_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// TestCodesThatAShopTakesForOne: what somebody learns who gives Emma a code that differs from Pam's only by an accent, by
// the way in which the shop compares codes.
func TestCodesThatAShopTakesForOne(t *testing.T) {
	t.Parallel()
	const signing = `is to this shop the code "rené10" of "Summer - Pam" at the same time: they differ only by an accent; ` +
		`give one of the two another code or other dates`
	for _, test := range []struct {
		comparison discount.Comparison
		severity   discount.Severity
		why        string
		signing    string // "" if Emma can be signed
		listed     int    // in the report of those in conflict
	}{
		{discount.Exact, discount.Loose, `some shops take "rene10" and "rené10" for one code: they differ only by an accent`, "", 0},
		{discount.WooCommerce, discount.Loose,
			`"rene10" and "rené10" differ only by an accent: in WooCommerce only the newer of the two works`, "", 0},
		{discount.Accents, discount.Blocking,
			`this shop takes "rene10" and "rené10" for one code: they differ only by an accent`, signing, 2},
		{discount.General, discount.Blocking,
			`this shop takes "rene10" and "rené10" for one code: they differ only by an accent`, signing, 2},
	} {
		t.Run(string(test.comparison), func(t *testing.T) {
			t.Parallel()
			r := newRivals(t)
			r.setWorkspace(func(w *crm.Workspace) { w.CodeComparison = test.comparison })
			june := days("2026-06-01", "2026-06-30")
			pam := r.save(r.pam, june, equals("RENÉ10")).Cooperation
			saved := r.save(r.emma, june, equals("RENE10"))
			want := []crm.Conflict{{
				Severity: test.severity, Kind: crm.ClaimEquals, Rule: "equals rene10", Other: pam.ID, OtherInfluencer: r.pam.ID,
				OtherName: "Summer - Pam", OtherRule: "equals rené10", Witness: "rene10", Cause: discount.CauseAccent, During: june,
			}}
			if diff := cmp.Diff(want, saved.Conflicts.List, values); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			if got := saved.Conflicts.List[0].Why(test.comparison).String(); got != test.why {
				t.Errorf("why: %s\nwant %s", got, test.why)
			}
			for severity, n := range map[discount.Severity]int{discount.NoConflict: test.listed, discount.Loose: 2} {
				page := must(r.crm.Conflicts(ctx, r.ws, crm.ConflictFilter{Severity: severity}, crm.ListOptions{}))(t)
				if len(page.Items) != n {
					t.Errorf("%d are in the report of %s ones, want %d", len(page.Items), severity, n)
				}
			}
			_, err := r.edit(saved.Cooperation.ID, "", func(c *crm.Cooperation) { c.Status, c.Cost = crm.Signed, eur(1) })
			switch fields := crm.FieldErrors(err); {
			case test.signing == "" && err != nil:
				t.Errorf("signing: %v", err)
			case test.signing != "" && (len(fields) != 1 || fields[0].Problem.String() != test.signing || fields[0].Value != "rene10"):
				t.Errorf("signing: %v\nwant %s", err, test.signing)
			}
		})
	}
}

// TestAnotherComparisonChangesNoDeal: a workspace whose shop turns out to know no accents keeps what is signed, and an edit
// that makes nothing worse is saved.
func TestAnotherComparisonChangesNoDeal(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	june := days("2026-06-01", "2026-06-30")
	sign := func(c *crm.Cooperation) { c.Status, c.Cost = crm.Signed, eur(1) }
	pam, emma := r.save(r.pam, june, equals("RENÉ10")).Cooperation.ID, r.save(r.emma, june, equals("RENE10")).Cooperation.ID
	must(r.edit(pam, "", sign))(t)
	must(r.edit(emma, "", sign))(t)
	r.setWorkspace(func(w *crm.Workspace) { w.CodeComparison = discount.Accents })
	saved := must(r.edit(emma, "", func(c *crm.Cooperation) { c.Notes = "as it was" }))(t)
	if saved.Cooperation.Status != crm.Signed || len(saved.Conflicts.List) != 1 || saved.Conflicts.List[0].Severity != discount.Blocking {
		t.Errorf("%s with the conflicts %+v", saved.Cooperation.Status, saved.Conflicts)
	}
	if _, err := r.edit(emma, "", func(c *crm.Cooperation) { c.Rules = []discount.Rule{equals("RENÈ10")} }); len(crm.FieldErrors(err)) != 1 {
		t.Errorf("another code that is Pam's: %v", err)
	}
	if got := r.workspace().CodeComparison; got != discount.Accents {
		t.Errorf("the workspace compares %s", got)
	}
}

// TestWhyIsSaidInGerman: the words for each cause fit into the sentence.
func TestWhyIsSaidInGerman(t *testing.T) {
	t.Parallel()
	for cause, want := range map[discount.Cause]string{
		discount.CauseAccent: "nur durch einen Akzent", discount.CauseMark: "nur durch Vokal- oder Tonzeichen",
		discount.CauseDigit: "nur durch Ziffern einer anderen Schrift", discount.CauseKana: "nur durch die Art der Kana",
		discount.CauseLetter: "nur durch Varianten eines Buchstabens",
	} {
		c := crm.Conflict{Severity: discount.Loose, Rule: "equals a", OtherRule: "equals b", Cause: cause}
		if got := c.Why(discount.Exact).In(language.German); !strings.HasSuffix(got, want) {
			t.Errorf("%s: %s", cause, got)
		}
	}
	if why := (crm.Conflict{Severity: discount.Certain}).Why(discount.Exact); !why.IsZero() {
		t.Errorf("of a certain conflict: %s", why)
	}
}

// TestOddCharactersAreWarnedOf: also of letters in two parts, which are stored in one.
func TestOddCharactersAreWarnedOf(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	saved := r.save(r.pam, days("2026-06-01", ""), equals("PAM10"), equals("RENE\u030110"), equals("PAM\u200b20"), equals("ＰＡＭ30"))
	got := []string{}
	for _, n := range saved.Notices {
		got = append(got, n.Field+" "+n.Code)
	}
	want := []string{"rules[1] odd_characters", "rules[2] odd_characters", "rules[3] odd_characters"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if stored := saved.Cooperation.Rules[1].Pattern; stored != "RENÉ10" {
		t.Errorf("stored %+q", stored)
	}
	again := must(r.edit(saved.Cooperation.ID, "", func(c *crm.Cooperation) { c.Rules[0].Pattern = "RENE\u030110" }))(t)
	if len(again.Notices) != 3 || again.Notices[0].Field != "rules[0]" {
		t.Errorf("after an edit: %v", again.Notices)
	}
}
