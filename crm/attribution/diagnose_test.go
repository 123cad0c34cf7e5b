package attribution_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// explained is a diagnosis as tests write it: "A too_late 3: period.end 2026-06-30 → 2026-07-03".
func explained(findings []attribution.Finding) string {
	var all []string
	for _, f := range findings {
		said := fmt.Sprintf("%c %s", f.Cooperation[15], f.Kind)
		if f.Days != 0 {
			said += fmt.Sprint(" ", f.Days)
		}
		var fixes []string
		for _, fix := range f.Fixes {
			fixes = append(fixes, strings.TrimSpace(fmt.Sprintf("%s %s → %s", fix.Field, fix.From, fix.To)))
		}
		all = append(all, said+": "+strings.Join(fixes, ", "))
	}
	return strings.Join(all, "; ")
}

func TestDiagnose(t *testing.T) {
	t.Parallel()
	const june = "06-01..06-30"
	tail := crm.Workspace{TailDays: 7}
	for _, test := range []struct {
		name  string
		ws    crm.Workspace
		deals []string
		order string
		want  string
	}{
		{"too late", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "07-03T12:00 PAM10",
			"A too_late 3: period.end 2026-06-30 → 2026-07-03"},
		{"too late with a tail", tail, []string{"A " + june + " =PAM10"}, "07-09T12:00 PAM10",
			"A too_late 2: period.end 2026-06-30 → 2026-07-02"},
		{"too early", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "05-30T12:00 PAM10",
			"A too_early 2: period.start 2026-06-01 → 2026-05-30"},
		{"not signed", crm.Workspace{}, []string{"A draft " + june + " =PAM10"}, "06-10T12:00 PAM10", "A not_signed: status draft → signed"},
		{"not signed, and too late", crm.Workspace{}, []string{"A draft " + june + " =PAM10"}, "07-03T12:00 PAM10",
			"A not_signed: period.end 2026-06-30 → 2026-07-03, status draft → signed"},
		{"no dates", crm.Workspace{}, []string{"A =PAM10"}, "06-10T12:00 PAM10", "A no_dates: period.start  → 2026-06-10"},
		{"cancelled", crm.Workspace{}, []string{"A cancelled " + june + " =PAM10"}, "06-10T12:00 PAM10",
			"A cancelled: cancellation cancelled →"},
		{"cancelled as a draft", crm.Workspace{}, []string{"A draft cancelled " + june + " =PAM10"}, "06-10T12:00 PAM10",
			"A cancelled: cancellation cancelled →, status draft → signed"},
		{"archived", crm.Workspace{}, []string{"A archived:06-05 " + june + " =PAM10"}, "06-10T12:00 PAM10",
			"A archived: archived_on 2026-06-05 →"},
		{"the nearest first", crm.Workspace{}, []string{"A 05-01..05-31 =PAM10", "B 06-20..06-30 =PAM10",
			"C 06-01..06-05 =PAM10"}, "06-10T12:00 PAM10",
			"C too_late 5: period.end 2026-06-05 → 2026-06-10; A too_late 10: period.end 2026-05-31 → 2026-06-10; B too_early 10: period.start 2026-06-20 → 2026-06-10"},
		{"the nearest first, before or after", crm.Workspace{}, []string{"A 05-01..05-31 =PAM10", "B 06-11..06-30 =PAM10"}, "06-10T12:00 PAM10",
			"B too_early 1: period.start 2026-06-11 → 2026-06-10; A too_late 10: period.end 2026-05-31 → 2026-06-10"},
		{"no start, in the tail", tail, []string{"A ..06-10 =PAM10"}, "06-15T12:00 PAM10", "A no_dates: period.start  → 2026-06-10"},
		{"no start, and after the end", crm.Workspace{}, []string{"A ..06-10 =PAM10"}, "06-15T12:00 PAM10",
			"A no_dates: period.start  → 2026-06-15, period.end 2026-06-10 → 2026-06-15"},
		{"a prefix of the shop", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 DE_PAM10",
			"A added: rules  → ends with _PAM10"},
		{"a code that no rule may have", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 PAM1{0}", ""},
		{"one letter off", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 PAM15", "A letter: rules  → equals PAM15"},
		{"two letters swapped", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 PMA10", "A swapped: rules  → equals PMA10"},
		{"letters that look alike", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 PAMIO",
			"A look_alike: rules  → equals PAMIO"},
		{"a dash", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 PAM-10", "A separator: rules  → equals PAM-10"},
		{"an accent", crm.Workspace{}, []string{"A " + june + " =RENÉ10"}, "06-10T12:00 RENE10", "A accent: rules  → equals RENE10"},
		{"a letter of a shop that knows it", crm.Workspace{CodeComparison: discount.General},
			[]string{"A " + june + " =SØREN10"}, "06-10T12:00 SOREN10", "A accent: rules  → equals SOREN10"},
		{"an accent of a code that is not signed", crm.Workspace{CodeComparison: discount.Accents},
			[]string{"A draft " + june + " =RENÉ10"}, "06-10T12:00 RENE10", "A not_signed: status draft → signed"},
		{"two codes but for their accents", crm.Workspace{CodeComparison: discount.Exact},
			[]string{"A " + june + " =RENÉ10", "B " + june + " =RENÈ10"}, "06-10T12:00 RENE10",
			"A accent: rules  → equals RENE10; B accent: rules  → equals RENE10"},
		{"ignored as the shop compares", crm.Workspace{CodeComparison: discount.Accents,
			IgnoredCodes: []string{"SÖMMER10", "PAM10", "Sömmèr10"}}, []string{"A draft " + june + " =SOMMER10"},
			"06-10T12:00 SOMMER10", "A ignored_code: ignored_codes SÖMMER10 →, ignored_codes Sömmèr10 →, status draft → signed"},
		{"ignored, and redeemed", crm.Workspace{CodeComparison: discount.General, IgnoredCodes: []string{"RENE10"}},
			[]string{"A " + june + " =RENÉ10"},
			"06-10T12:00 RENE10", "A ignored_code: ignored_codes RENE10 →"},
		{"a suffix of the shop", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 PAM10-DE",
			"A added: rules  → starts with PAM10-"},
		{"mistyped and too late", crm.Workspace{}, []string{"A " + june + " =PAM10", "B " + june + " =EMMA1"}, "07-01T12:00 PAM15 EMMA1",
			"B too_late 1: period.end 2026-06-30 → 2026-07-01; A letter: rules  → equals PAM15, period.end 2026-06-30 → 2026-07-01"},
		{"only the code that a rule equals", crm.Workspace{}, []string{"A " + june + " ^PAM10 *XYZ"}, "06-10T12:00 PAN10", ""},
		{"on the ignored list", crm.Workspace{IgnoredCodes: []string{"News10"}}, []string{"A " + june + " =NEWS10"},
			"06-10T12:00 news10", "A ignored_code: ignored_codes News10 →"},
		{"a UTM field", crm.Workspace{}, []string{"A " + june + " utm:campaign=summer&term=pam"},
			"06-10T12:00 @06-09T12:00 campaign=sumer&term=pam",
			"A utm_field: utm.campaign sumer → summer"},
		{"two UTM fields", crm.Workspace{}, []string{"A " + june + " utm:campaign=summer&term=pam"},
			"06-10T12:00 @06-09T12:00 campaign=sumer&term=pan", ""},
		{"another person's UTM field", crm.Workspace{}, []string{"A " + june + " utm:campaign=summer&term=pam"},
			"06-10T12:00 @06-09T12:00 campaign=summer&term=emma", ""},
		{"a visit too late", crm.Workspace{}, []string{"A " + june + " utm:term=a"}, "07-04T12:00 @07-02T12:00 term=a",
			"A too_late 2: period.end 2026-06-30 → 2026-07-02"},
		{"a visit after the order", crm.Workspace{}, []string{"A " + june + " utm:term=a"}, "06-10T12:00 @06-11T12:00 term=a", ""},
		{"nothing like it", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 SALE", ""},
		{"an order that has an owner", crm.Workspace{},
			[]string{"A " + june + " =PAM10", "B draft " + june + " =PAM10"}, "06-10T12:00 PAM10", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			findings, err := index(t, test.ws, test.deals...).Diagnose(t.Context(), order(test.order))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, explained(findings)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Where upper and lower case count, a visit in another case is explained.
func TestDiagnoseCase(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{}, []string{"A 06-01..06-30 utm:campaign=Summer&term=Pam"})
	x := must(attribution.NewIndex(s, &attribution.Options{StrictUTM: true}))
	got := explained(must(x.Diagnose(t.Context(), order("06-10T12:00 @06-09T12:00 campaign=summer&term=pam"))))
	if diff := cmp.Diff("A utm_case: utm.campaign summer → Summer, utm.term pam → Pam", got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Every fix, applied, makes the order match.
func TestEveryFixCredits(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom([]string{"PAM10", "PAM15", "PMA10", "PAMIO", "PAM-10", "PAM10-DE", "EMMA15", "EMMA",
		"RENÉ10", "RENE10", "RENÈ10", "NEWS10", "SALE"})
	utms := rapid.SampledFrom([]string{"campaign=summer&term=pam", "campaign=summer&term=pan", "campaign=sumer",
		"campaign=summer&term=emma", "term=pam", "campaign=Summer&term=PAM"})
	days := rapid.SampledFrom([]string{"06-01..06-30", "06-12..06-20", "05-01..05-31", "07-01..", "..06-10", ""})
	state := rapid.SampledFrom([]string{"", "", "", "draft", "negotiating", "cancelled", "draft cancelled",
		"archived:06-05", "draft archived:06-05"})
	explainedAny := false
	rapid.Check(t, func(t *rapid.T) {
		ws := crm.Workspace{
			TailDays:       rapid.SampledFrom([]int{0, 7}).Draw(t, "tail"),
			IgnoredCodes:   rapid.SampledFrom([][]string{{"NEWS10"}, {"RENÈ10"}, {"RENE10", "RÉNE10"}}).Draw(t, "ignored"),
			CodeComparison: rapid.SampledFrom(discount.Comparisons()).Draw(t, "comparison"),
		}
		var deals []string
		for n := range rapid.IntRange(1, 6).Draw(t, "deals") {
			deals = append(deals, fmt.Sprintf("%c %s %s =%s utm:%s", 'A'+n, state.Draw(t, "state"),
				days.Draw(t, "days"), word.Draw(t, "code"), utms.Draw(t, "utm")))
		}
		o := order(fmt.Sprintf("06-%02dT12:00 %s @06-%02dT10:00 %s", rapid.IntRange(8, 28).Draw(t, "day"),
			word.Draw(t, "typed"), rapid.IntRange(5, 25).Draw(t, "visit"), utms.Draw(t, "touch")))
		s, options := snapshot(ws, deals), &attribution.Options{StrictUTM: rapid.Bool().Draw(t, "strict")}
		if rapid.Bool().Draw(t, "campaign archived") {
			s.Campaigns[0].ArchivedOn = date("06-12")
			for n := range s.Cooperations {
				s.Cooperations[n].ClaimsUntil = date("06-12")
			}
		}
		for _, f := range must(must(attribution.NewIndex(s, options)).Diagnose(t.Context(), o)) {
			explainedAny = true
			better, link := mended(s, f, o)
			d := must(must(attribution.NewIndex(better, options)).Decide(link))
			if d.Cooperation.IsZero() {
				t.Fatalf("%s: %s", explained([]attribution.Finding{f}), outcome(d))
			}
			if !slices.ContainsFunc(d.Candidates, func(c attribution.Candidate) bool {
				return c.Cooperation == f.Cooperation && c.By == f.By && !excluding[c.Lost]
			}) {
				t.Fatalf("%s: %s", explained([]attribution.Finding{f}), outcome(d))
			}
		}
	})
	if !explainedAny {
		t.Error("nothing was explained")
	}
}

var excluding = map[attribution.Reason]bool{
	attribution.Cancelled: true, attribution.NotSigned: true, attribution.NoDates: true, attribution.TooEarly: true,
	attribution.TooLate: true, attribution.Archived: true, attribution.AfterOrder: true,
}

// mended applies the fixes of a finding to copies of a snapshot and of an order.
func mended(s attribution.Snapshot, f attribution.Finding, o attribution.Order) (attribution.Snapshot, attribution.Order) {
	s.Campaigns, s.Influencers, s.Cooperations = slices.Clone(s.Campaigns), slices.Clone(s.Influencers), slices.Clone(s.Cooperations)
	o.Touchpoints = slices.Clone(o.Touchpoints)
	for _, fix := range f.Fixes {
		field, isUTM := strings.CutPrefix(fix.Field, "utm.")
		switch fix.Record.Kind {
		case "":
			if !isUTM {
				panic(fix.Field)
			}
			touch := &o.Touchpoints[f.Touchpoint].UTM
			*touch = touch.With(must(utm.ParseField(field)), utm.Of(fix.To))
		case crm.KindWorkspace:
			s.Workspace.IgnoredCodes = slices.DeleteFunc(slices.Clone(s.Workspace.IgnoredCodes), func(c string) bool { return c == fix.From })
		case crm.KindCampaign:
			s.Campaigns[0].ArchivedOn = budget.Date{}
		case crm.KindInfluencer:
			s.Influencers[slices.IndexFunc(s.Influencers, func(i crm.Influencer) bool { return i.Ref() == fix.Record })].ArchivedOn = budget.Date{}
		case crm.KindCooperation:
			mend(&s.Cooperations[slices.IndexFunc(s.Cooperations, func(c crm.Cooperation) bool { return c.Ref() == fix.Record })], fix)
		}
	}
	for n := range s.Cooperations { // as the CRM derives it
		c := &s.Cooperations[n]
		c.ClaimsUntil = s.Campaigns[0].ArchivedOn
	}
	return s, o
}

func mend(c *crm.Cooperation, fix attribution.Fix) {
	switch fix.Field {
	case "status":
		c.Status = crm.Status(fix.To)
	case "cancellation":
		c.Cancellation = nil
	case "period.start":
		c.Period.Start = budget.MustParseDate(fix.To)
	case "period.end":
		c.Period.End = budget.MustParseDate(fix.To)
	case "archived_on":
		c.ArchivedOn = budget.Date{}
	case "rules":
		rule := must(discount.ParseRule(fix.To))
		if err := rule.Validate(); err != nil {
			panic(err)
		}
		c.Rules = append(slices.Clone(c.Rules), rule)
	default:
		panic(fix.Field)
	}
	if err := c.Period.Validate(); err != nil && !c.Period.Start.IsZero() && !c.Period.End.IsZero() && fix.Field == "period.end" {
		panic(err)
	}
}
