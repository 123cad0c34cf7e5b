package crm_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// inConflict names the cooperations of a report.
func (r rivals) inConflict(f crm.ConflictFilter, o crm.ListOptions) (names []string, next string) {
	r.Helper()
	page := must(r.crm.Conflicts(ctx, r.ws, f, o))(r)
	for _, one := range page.Items {
		names = append(names, one.Cooperation.Name)
	}
	return names, page.Next
}

func TestConflictReport(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	june, july := days("2026-06-01", "2026-06-30"), days("2026-07-01", "2026-07-31")
	r.save(r.pam, june, equals("SUN"))                                    // Summer - Pam
	r.save(r.emma, days("2026-06-20", ""), equals("SUN"))                 // Summer - Emma: blocks, and goes on
	r.save(r.pam, july, equals("MOON10"))                                 // Summer - Pam - 2026-07-01: nothing
	r.save(r.emma, days("2026-08-01", ""), rule(discount.EndsWith, "20")) // nothing
	zoe := r.influencer("Zoe")
	r.save(zoe, days("2026-08-05", ""), equals("ZOE20")) // Summer - Zoe: certain, with Emma's of August
	gone := r.save(r.influencer("Yara"), days("2026-05-01", "2026-05-25"), equals("YARA"))
	r.save(r.influencer("Xena"), days("2026-05-01", "2026-05-25"), equals("YARA"))
	must(r.crm.Archive(ctx, r.ws, gone.Cooperation.At(), ""))(r) // on 20 May

	all := []string{"Summer - Pam", "Summer - Emma", "Summer - Emma - 2026-08-01", "Summer - Zoe", "Summer - Xena"}
	for _, test := range []struct {
		name string
		f    crm.ConflictFilter
		o    crm.ListOptions
		want []string
	}{
		{"all", crm.ConflictFilter{}, crm.ListOptions{}, all},
		{"certain ones are all", crm.ConflictFilter{Severity: discount.Certain}, crm.ListOptions{}, all},
		{"blocking ones", crm.ConflictFilter{Severity: discount.Blocking}, crm.ListOptions{},
			[]string{"Summer - Pam", "Summer - Emma", "Summer - Xena"}},
		{"archived ones", crm.ConflictFilter{CooperationFilter: crm.CooperationFilter{Archive: crm.ArchivedOnly}},
			crm.ListOptions{}, []string{"Summer - Yara"}},
		{"of one influencer",
			crm.ConflictFilter{CooperationFilter: crm.CooperationFilter{Influencers: []crm.InfluencerID{r.emma.ID}}},
			crm.ListOptions{}, all[1:3]},
		{"of one influencer, blocking",
			crm.ConflictFilter{CooperationFilter: crm.CooperationFilter{Influencers: []crm.InfluencerID{r.emma.ID}},
				Severity: discount.Blocking}, crm.ListOptions{}, all[1:2]},
		{"by name, backwards", crm.ConflictFilter{}, crm.ListOptions{Sort: crm.SortName, Desc: true},
			[]string{"Summer - Zoe", "Summer - Xena", "Summer - Pam", "Summer - Emma - 2026-08-01", "Summer - Emma"}},
		{"by start", crm.ConflictFilter{}, crm.ListOptions{Sort: crm.SortStart},
			[]string{"Summer - Xena", "Summer - Pam", "Summer - Emma", "Summer - Emma - 2026-08-01", "Summer - Zoe"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for size := range 7 { // 0 is the default
				got, o := []string{}, test.o
				for o.Size = size; ; {
					names, next := r.inConflict(test.f, o)
					got = append(got, names...)
					if o.Token = next; next == "" {
						break
					}
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("in pages of %d (-want +got):\n%s", size, diff)
				}
			}
		})
	}
}

// TestConflictReportBringsTheConflicts compares the report with what a save told.
func TestConflictReportBringsTheConflicts(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	pam := r.save(r.pam, days("2026-06-01", ""), equals("EMMA10"), rule(discount.Contains, "LOVE"))
	emma := r.save(r.emma, days("2026-06-01", ""), rule(discount.StartsWith, "EMMA"))
	page := must(r.crm.Conflicts(ctx, r.ws, crm.ConflictFilter{}, crm.ListOptions{WithNames: true}))(t)
	if len(page.Items) != 2 {
		t.Fatalf("%d in conflict", len(page.Items))
	}
	names := crm.NewPageNames()
	names.Campaigns[pam.Cooperation.Campaign] = "Summer"
	names.Influencers[r.pam.ID], names.Influencers[r.emma.ID] = "Pam", "Emma"
	if diff := cmp.Diff(names, page.Names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(crm.InConflict{Cooperation: emma.Cooperation, Conflicts: emma.Conflicts}, page.Items[1], values); diff != "" {
		t.Errorf("Emma (-saved +report):\n%s", diff)
	}
	want := crm.Conflicts{Possible: 1, List: []crm.Conflict{{
		Severity: discount.Certain, Kind: crm.ClaimEquals, Rule: "equals emma10", Other: emma.Cooperation.ID, OtherInfluencer: r.emma.ID,
		OtherName: "Summer - Emma", OtherRule: "starts with emma", Witness: "emma10", During: days("2026-06-01", ""),
	}}}
	if diff := cmp.Diff(want, page.Items[0].Conflicts, values); diff != "" {
		t.Errorf("Pam (-want +report):\n%s", diff)
	}
	if diff := cmp.Diff(want, must(r.crm.ConflictsOf(ctx, r.ws, pam.Cooperation))(t), values); diff != "" {
		t.Errorf("Pam (-want +ConflictsOf):\n%s", diff)
	}
	// What is in a form is found before it is saved.
	form := crm.Cooperation{Influencer: r.influencer("Zoe").ID, Period: days("2026-06-05", "2026-06-06"),
		Rules: []discount.Rule{equals(" emma10 ")}}
	found := must(r.crm.ConflictsOf(ctx, r.ws, form))(t)
	if len(found.List) != 2 || found.List[0].Severity != discount.Blocking || found.List[1].OtherName != "Summer - Emma" {
		t.Errorf("in a form: %+v", found)
	}
}

func TestPossibleConflicts(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	june := days("2026-06-01", "2026-06-30")
	pam := r.save(r.pam, june, rule(discount.StartsWith, "SUN"), rule(discount.EndsWith, "15"),
		rule(discount.Contains, "love"), equals("SUNDAY")).Cooperation
	later := r.save(r.pam, days("2026-06-20", ""), rule(discount.Contains, "NYX"),
		rule(discount.EndsWith, strings.Repeat("z", 60))).Cooperation
	emma := crm.Cooperation{Influencer: r.emma.ID, Period: days("2026-06-10", "2026-06-25")}
	possible := func(other crm.Cooperation, kind crm.ClaimKind, mine, theirs, witness string, during budget.Period) crm.Conflict {
		return crm.Conflict{
			Severity: discount.Possible, Kind: kind, Rule: mine, Other: other.ID, OtherInfluencer: r.pam.ID,
			OtherName: other.Name, OtherRule: theirs, Witness: witness, During: during,
		}
	}
	withLater := days("2026-06-20", "2026-06-25")
	for _, test := range []struct {
		name  string
		rule  discount.Rule
		limit int
		want  crm.PossibleConflicts
	}{
		{"a whole code", equals("SUNNY15"), 9, crm.PossibleConflicts{}},
		{"a beginning", rule(discount.StartsWith, "SUNNY"), 9, crm.PossibleConflicts{List: []crm.Conflict{
			possible(pam, crm.ClaimStartsWith, "starts with sunny", "contains love", "sunnylove", emma.Period),
			possible(pam, crm.ClaimStartsWith, "starts with sunny", "ends with 15", "sunny15", emma.Period),
			possible(later, crm.ClaimStartsWith, "starts with sunny", "contains nyx", "sunnyx", withLater),
			// With 60 z it does not fit into one code.
		}}},
		{"the first two of them", rule(discount.StartsWith, "SUNNY"), 2, crm.PossibleConflicts{More: 1, List: []crm.Conflict{
			possible(pam, crm.ClaimStartsWith, "starts with sunny", "contains love", "sunnylove", emma.Period),
			possible(pam, crm.ClaimStartsWith, "starts with sunny", "ends with 15", "sunny15", emma.Period),
		}}},
		{"an end", rule(discount.EndsWith, "015"), 9, crm.PossibleConflicts{List: []crm.Conflict{
			possible(pam, crm.ClaimEndsWith, "ends with 015", "contains love", "love015", emma.Period),
			possible(pam, crm.ClaimEndsWith, "ends with 015", "starts with sun", "sun015", emma.Period),
			possible(later, crm.ClaimEndsWith, "ends with 015", "contains nyx", "nyx015", withLater),
		}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.want.List == nil {
				test.want.List = []crm.Conflict{}
			}
			got := must(r.crm.PossibleConflicts(ctx, r.ws, emma, test.rule, test.limit))(t)
			if diff := cmp.Diff(test.want, got, values); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			form := emma
			form.Rules = []discount.Rule{test.rule}
			if n := must(r.crm.ConflictsOf(ctx, r.ws, form))(t).Possible; n != len(got.List)+got.More {
				t.Errorf("%d are counted, %d listed and %d more", n, len(got.List), got.More)
			}
		})
	}
	// One that is never live, or is cancelled, has none.
	for name, c := range map[string]crm.Cooperation{
		"no start":  {Influencer: r.emma.ID},
		"cancelled": {Influencer: r.emma.ID, Period: june, Cancellation: &crm.Cancellation{On: day("2026-06-01")}},
	} {
		if got := must(r.crm.PossibleConflicts(ctx, r.ws, c, rule(discount.Contains, "SUNNY"), 9))(t); len(got.List)+got.More > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestBadQuestionsAboutConflicts(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	for n := range 4 {
		r.save(r.influencer(fmt.Sprint("Ida ", n)), days("2026-06-01", ""), equals("SUN"))
	}
	_, next := r.inConflict(crm.ConflictFilter{}, crm.ListOptions{Size: 1})
	good := crm.Cooperation{Influencer: r.pam.ID, Period: days("2026-06-01", "")}
	possible := func(c crm.Cooperation, rule discount.Rule, limit int) error {
		_, err := r.crm.PossibleConflicts(ctx, r.ws, c, rule, limit)
		return err
	}
	report := func(f crm.ConflictFilter, o crm.ListOptions) error {
		_, err := r.crm.Conflicts(ctx, r.ws, f, o)
		return err
	}
	backwards := good
	backwards.Period = days("2026-06-30", "2026-06-01")
	for name, test := range map[string]struct {
		err   error
		field string
	}{
		"no limit":                            {possible(good, equals("SUN"), 0), "limit"},
		"a limit beyond all":                  {possible(good, equals("SUN"), crm.MaxPageSize+1), "limit"},
		"a pattern too short":                 {possible(good, rule(discount.Contains, "S"), 9), "rules[0].pattern"},
		"nobody":                              {possible(crm.Cooperation{Period: good.Period}, equals("SUN"), 9), "influencer"},
		"a period that ends before it begins": {possible(backwards, equals("SUN"), 9), "period.end"},
		"possible ones in the report":         {report(crm.ConflictFilter{Severity: discount.Possible}, crm.ListOptions{}), "severity"},
		"a severity that does not exist":      {report(crm.ConflictFilter{Severity: 77}, crm.ListOptions{}), "severity"},
		"a status that does not exist": {report(crm.ConflictFilter{CooperationFilter: crm.CooperationFilter{Statuses: []crm.Status{"done"}}},
			crm.ListOptions{}), "statuses"},
		"an order that does not exist": {report(crm.ConflictFilter{}, crm.ListOptions{Sort: "colour"}), "sort"},
		"the token of another severity": {report(crm.ConflictFilter{Severity: discount.Blocking},
			crm.ListOptions{Size: 1, Token: next}), "token"},
		"the token of another filter": {report(crm.ConflictFilter{CooperationFilter: crm.CooperationFilter{Text: "x"}},
			crm.ListOptions{Size: 1, Token: next}), "token"},
	} {
		fields := crm.FieldErrors(test.err)
		if !errors.Is(test.err, crm.ErrInvalid) || len(fields) != 1 || fields[0].Field != test.field {
			t.Errorf("%s: %v, want one of %s", name, test.err, test.field)
		}
	}
	if err := report(crm.ConflictFilter{Severity: discount.Certain}, crm.ListOptions{Size: 1, Token: next}); err != nil {
		t.Errorf("certain is what an unset severity means: %v", err)
	}
}
