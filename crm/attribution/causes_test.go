package attribution_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// creditsOnceMended reports whether an order that nobody earned is explained by a cause at cooperation A, and is credited to
// it as soon as the fixes of that explanation are applied.
func creditsOnceMended(t *testing.T, s attribution.Snapshot, options *attribution.Options, cause attribution.FindingKind, o attribution.Order) attribution.Finding {
	t.Helper()
	x := must(attribution.NewIndex(s, options))
	if d := must(x.Decide(o)); !d.Cooperation.IsZero() {
		t.Fatalf("it is credited as it is: %s", outcome(d))
	}
	findings := must(x.Diagnose(t.Context(), o))
	n := slices.IndexFunc(findings, func(f attribution.Finding) bool {
		return f.Kind == cause && f.Cooperation == crm.CooperationID{15: 'A'}
	})
	if n < 0 {
		t.Fatalf("it is explained by %s", explained(findings))
	}
	better, order := mended(s, findings[n], o)
	if d := must(must(attribution.NewIndex(better, options)).Decide(order)); d.Cooperation != findings[n].Cooperation || d.By != findings[n].By {
		t.Fatalf("%s: %s", explained(findings[n:n+1]), outcome(d))
	}
	return findings[n]
}

// Every cause of a miss has a fix that, applied, credits the order to the cooperation that it was meant for.
func TestEveryCauseIsMended(t *testing.T) {
	t.Parallel()
	const june, visit = "06-01..06-30", "06-10T12:00 @06-09T12:00 "
	strict := &attribution.Options{StrictUTM: true}
	ignored := crm.Workspace{IgnoredCodes: []string{"Pam10"}}
	alike := crm.Workspace{CodeComparison: discount.Accents, IgnoredCodes: []string{"RENE10", "Rèné10"}}
	for _, test := range []struct {
		cause   attribution.FindingKind
		ws      crm.Workspace
		options *attribution.Options
		deal    string
		order   string
	}{
		{"too_late", crm.Workspace{}, nil, june + " =PAM10", "07-03T12:00 PAM10"},
		{"too_late", crm.Workspace{TailDays: 3}, nil, june + " =PAM10", "07-04T00:00 PAM10"},
		{"too_late", crm.Workspace{}, nil, june + " utm:term=pam", "07-02T12:00 @07-01T00:00 term=pam"},
		{"too_early", crm.Workspace{}, nil, june + " =PAM10", "05-31T23:59 PAM10"},
		{"too_early", crm.Workspace{}, nil, june + " utm:term=pam", "06-01T12:00 @05-31T23:59 term=pam"},
		{"no_dates", crm.Workspace{}, nil, "=PAM10", "06-10T12:00 PAM10"},
		{"not_signed", crm.Workspace{}, nil, "draft " + june + " =PAM10", "06-10T12:00 PAM10"},
		{"not_signed", crm.Workspace{}, nil, "negotiating " + june + " utm:term=pam", visit + "term=pam"},
		{"not_signed", crm.Workspace{}, nil, "draft 05-01..05-31 =PAM10", "06-10T12:00 PAM10"},
		{"cancelled", crm.Workspace{}, nil, "cancelled " + june + " =PAM10", "06-10T12:00 PAM10"},
		{"archived", crm.Workspace{}, nil, "archived:06-05 " + june + " =PAM10", "06-10T12:00 PAM10"},
		{"letter", crm.Workspace{}, nil, june + " =PAM10", "06-10T12:00 PAM1"},
		{"letter", crm.Workspace{}, nil, june + " =PAM10", "06-10T12:00 PAM100"},
		{"letter", crm.Workspace{}, nil, june + " =PAM10", "06-10T12:00 PAN10"},
		{"swapped", crm.Workspace{}, nil, june + " =PAM10", "06-10T12:00 PMA10"},
		{"look_alike", crm.Workspace{}, nil, june + " =PAM10", "06-10T12:00 PAMlO"},
		{"look_alike", crm.Workspace{}, nil, june + " =OLI10", "06-10T12:00 0LI1O"},
		{"separator", crm.Workspace{}, nil, june + " =PAM-10", "06-10T12:00 PAM10"},
		{"separator", crm.Workspace{}, nil, june + " =PAM10", "06-10T12:00 PAM-10"},
		{"accent", crm.Workspace{}, nil, june + " =RENÉ10", "06-10T12:00 RENE10"},
		{"added", crm.Workspace{}, nil, june + " =PAM10", "06-10T12:00 PAM10-8F3K2"},
		{"added", crm.Workspace{}, nil, june + " =PAM10", "06-10T12:00 DE_PAM10"},
		{"ignored_code", ignored, nil, june + " =PAM10", "06-10T12:00 pam10"},
		{"ignored_code", ignored, nil, "draft " + june + " =PAM10", "06-10T12:00 pam10"},
		{"ignored_code", alike, nil, june + " =RENÉ10", "06-10T12:00 RENE10"},
		{"ignored_code", alike, nil, "draft " + june + " ^REN", "06-10T12:00 RENÈ10"},
		{"not_signed", crm.Workspace{CodeComparison: discount.General}, nil, "draft " + june + " =RENÉ10", "06-10T12:00 RENE10"},
		{"utm_case", crm.Workspace{}, strict, june + " utm:campaign=Summer&term=Pam", visit + "campaign=summer&term=pam"},
		{"utm_case", crm.Workspace{}, strict, "draft " + june + " utm:campaign=Summer&term=pam", visit + "campaign=summer&term=pam"},
		{"utm_field", crm.Workspace{}, nil, june + " utm:campaign=summer&term=pam", visit + "campaign=sumer&term=pam"},
		{"utm_field", crm.Workspace{}, nil, "draft 05-01..05-31 utm:campaign=summer&term=pam", visit + "campaign=summer&term=pan"},
		{"utm_field", crm.Workspace{}, strict, june + " utm:campaign=Summer&term=pam", visit + "campaign=Sumer&term=pam"},
	} {
		t.Run(string(test.cause)+" "+test.order, func(t *testing.T) {
			t.Parallel()
			creditsOnceMended(t, snapshot(test.ws, []string{"A " + test.deal, "B " + june + " =EMMA15 utm:term=emma"}),
				test.options, test.cause, order(test.order))
		})
	}
}

// An order of somebody whose row is in the sheet and not in the CRM is credited once the row is there, and the other way
// round.
func TestOtherSource(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		sources  crm.DataSources
		from, to string
	}{
		{crm.DataSources{Sheet: crm.DataSource{Connected: true}, CRM: crm.DataSource{Connected: true}}, "sheet", "crm"},
		{crm.DataSources{Sheet: crm.DataSource{Connected: true}}, "crm", "sheet"},
	} {
		ws := crm.Workspace{Sources: test.sources}
		active := snapshot(ws, []string{"A 06-01..06-30 =PAM10", "B 06-01..06-30 utm:term=emma"})
		others := snapshot(ws, []string{"A 06-01..06-30 =PAM10", "C 06-01..06-30 =PAM15 utm:term=tom", "D draft 06-01..06-30 =ZOE20"})
		other := must(attribution.NewIndex(others, nil))
		x := must(attribution.NewIndex(active, &attribution.Options{Other: other}))
		for text, want := range map[string]string{
			"06-10T12:00 PAM15":                 "C other_source: source " + test.from + " → " + test.to + "; A letter: rules  → equals PAM15",
			"06-10T12:00 @06-09T12:00 term=tom": "C other_source: source " + test.from + " → " + test.to,
			"06-10T12:00 ZOE20":                 "",
			"06-10T12:00 PAM10":                 "",
		} {
			findings := must(x.Diagnose(t.Context(), order(text)))
			if got := explained(findings); got != want {
				t.Errorf("%s: %s, want %s", text, got, want)
				continue
			}
			if len(findings) == 0 {
				continue
			}
			c, name := others.Cooperations[1], findings[0].Fixes[0].Record
			better := active
			better.Cooperations = append(slices.Clone(active.Cooperations), c)
			if d := must(must(attribution.NewIndex(better, nil)).Decide(order(text))); d.Cooperation != findings[0].Cooperation || d.By != findings[0].By {
				t.Errorf("%s: %s", text, outcome(d))
			}
			if x.Name(name) != "C" || findings[0].Text().IsZero() {
				t.Errorf("%s is %q: %s", text, x.Name(name), findings[0].Text())
			}
		}
	}
}

// A visit whose UTM fields are all those of a cooperation but one is explained by that field, whichever it is and whatever
// happened to its value, and credited once the link has the cooperation's value.
func TestOneUTMFieldOff(t *testing.T) {
	t.Parallel()
	full := utm.Params{Source: utm.Of("instagram"), Medium: utm.Of("influencer"), Campaign: utm.Of("Summer Sale"),
		Term: utm.Of("renée-21"), Content: utm.Of("story-10")}
	slips := map[string]func(value string) string{
		"a letter lost":      func(v string) string { return v[:2] + v[3:] },
		"a letter too many":  func(v string) string { return v[:2] + "x" + v[2:] },
		"another letter":     func(v string) string { return "z" + v[1:] },
		"two swapped":        func(v string) string { return v[1:2] + v[:1] + v[2:] },
		"a dash for a blank": func(v string) string { return strings.NewReplacer(" ", "-", "-", " ").Replace(v) },
		"no accent":          func(v string) string { return strings.ReplaceAll(v, "é", "e") },
		"a digit for an o":   func(v string) string { return strings.NewReplacer("o", "0", "1", "l").Replace(v) },
		"something behind":   func(v string) string { return v + "-2026" },
	}
	for name, slip := range slips {
		for _, strict := range []bool{false, true} {
			for _, f := range utm.Fields() {
				meant := full.Get(f).String()
				typed := slip(meant)
				if typed == meant {
					continue
				}
				s := snapshot(crm.Workspace{}, []string{"A 06-01..06-30", "B 06-01..06-30 utm:campaign=winter&term=emma"})
				s.Cooperations[0].UTM = full
				o := order("06-10T12:00")
				o.Touchpoints = []attribution.Touchpoint{{At: at("06-09T12:00"), UTM: full.With(f, utm.Of(typed))}}
				got := creditsOnceMended(t, s, &attribution.Options{StrictUTM: strict}, attribution.UTMField, o)
				want := []attribution.Fix{{Field: "utm." + f.String(), From: typed, To: meant}}
				if diff := cmp.Diff(want, got.Fixes); diff != "" {
					t.Errorf("%s in %s (-want +got):\n%s", name, f, diff)
				}
			}
		}
	}
}

// A visit that has another value in one UTM field is explained to somebody who asks about one order, and to nobody who adds up
// many.
func TestAnotherUTMValueIsNearest(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{}, []string{"A 06-01..06-30", "B 06-01..06-30 utm:campaign=winter&term=emma"})
	full := utm.Params{Source: utm.Of("instagram"), Medium: utm.Of("influencer"), Campaign: utm.Of("summer"), Term: utm.Of("tom")}
	s.Cooperations[0].UTM = full
	x := must(attribution.NewIndex(s, nil))
	o := order("06-10T12:00")
	o.Touchpoints = []attribution.Touchpoint{{At: at("06-09T12:00"), UTM: utm.Params{Source: utm.Of("news"), Campaign: utm.Of("spring")}},
		{At: at("06-09T13:00"), UTM: full.With(utm.Medium, utm.Of("email"))}}
	if findings := must(x.Diagnose(t.Context(), o)); len(findings) != 0 {
		t.Errorf("Diagnose: %v", findings)
	}
	findings := must(x.Nearest(t.Context(), o))
	want := []attribution.Fix{{Field: "utm.medium", From: "email", To: "influencer"}}
	if len(findings) != 1 || findings[0].Kind != attribution.UTMValue || findings[0].Touchpoint != 1 || !cmp.Equal(want, findings[0].Fixes) {
		t.Errorf("Nearest: %+v", findings)
	}
	o.Touchpoints = append(o.Touchpoints, attribution.Touchpoint{At: at("06-09T14:00"), UTM: full})
	if findings := must(x.Nearest(t.Context(), o)); len(findings) != 0 {
		t.Errorf("an order that somebody earns: %+v", findings)
	}
}
