package crm_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// reapplied is what became of each cooperation, by name: the names of the fields, or the error.
func reapplied(all crm.Reapplication) map[string][]string {
	shown := map[string][]string{}
	for _, r := range all.Results {
		shown[r.Name] = []string{}
		for _, f := range r.Fields {
			shown[r.Name] = append(shown[r.Name], f.Field)
		}
		if r.Err != nil {
			shown[r.Name] = append(shown[r.Name], r.Err.Error())
		}
	}
	return shown
}

func wantReapplied(t *testing.T, all crm.Reapplication, want map[string][]string) {
	t.Helper()
	if diff := cmp.Diff(want, reapplied(all)); diff != "" {
		t.Errorf("reapplied (-want +got):\n%s", diff)
	}
}

// changeDefaults gives the shop of defaultsShop other defaults.
func changeDefaults(t *testing.T, s *shop, i crm.Influencer) crm.Influencer {
	t.Helper()
	s.setWorkspace(func(w *crm.Workspace) {
		w.UTM = template(utm.Params{Source: utm.Of("{handle}-{platform}"), Campaign: utm.Of("all"), Term: utm.Of("new")})
	})
	i = crm.Clone(i)
	i.Profiles[0].UTM = template(utm.Params{Medium: utm.Of("social")}) // the content's default is gone
	i.Profiles[0].Rules = []discount.Rule{equals("JOERG15")}
	i.Profiles[2].Rules = []discount.Rule{equals("BLOG")}
	return must(s.crm.UpdateInfluencer(ctx, s.ws, i, ""))(t)
}

func TestDefaultsAppliedAgainFillOnlyWhatNobodyGave(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	c := s.book(crm.Cooperation{
		Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Name: "Reel",
		UTM: utm.Params{Campaign: utm.Of("mine"), Term: utm.Of("")},
	})
	given := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Name: "Given",
		Rules: []discount.Rule{equals("OWN")}})
	none := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[2].ID, Name: "Blog", Status: crm.Negotiating})
	bare := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Name: "Bare"}) // its source is pending
	row := s.load(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Name: "Row"})
	changeDefaults(t, s, i)

	ids := []crm.CooperationID{c.ID, given.ID, none.ID, bare.ID, row.ID}
	before := s.head().Seq
	preview := must(s.crm.DryRun().ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), crm.Reapply{}, "new season"))(t)
	wantReapplied(t, preview, map[string][]string{
		"Reel":  {"rules", "utm", "utm_origins"},
		"Given": {"utm", "utm_origins"},
		"Blog":  {"rules", "rules_origin", "utm", "utm_origins"}, // had nothing to inherit; and the blog has no handle yet
		"Bare":  {"utm", "utm_origins"},
		"Row":   {},
	})
	if got := s.head().Seq; got != before {
		t.Fatalf("the preview made %d changes", got-before)
	}
	done := must(s.crm.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), crm.Reapply{}, "new season"))(t)
	if diff := cmp.Diff(preview.Results, done.Results, values); diff != "" {
		t.Errorf("(-preview +done):\n%s", diff)
	}
	log := must(s.crm.Changes(ctx, s.ws, before, 10))(t)
	for n, change := range log {
		if diff := cmp.Diff(done.Results[n].Fields, change.Fields); diff != "" || change.Reason != "new season" {
			t.Errorf("change %d, %q (-reported +logged):\n%s", n, change.Reason, diff)
		}
	}

	got := s.cooperation(c.ID)
	wantUTM(t, got, map[string]string{
		"source": "joerg-instagram (inherited)", "medium": "social (inherited from profile)",
		"campaign": "mine (overridden)", "term": " (overridden)",
		// The content waited for the start, with a template that is gone now.
	})
	wantRules(t, got, "inherited", "equals JOERG15")
	wantRules(t, s.cooperation(given.ID), "overridden", "equals OWN")
	wantUTM(t, s.cooperation(none.ID), map[string]string{"source": " (pending)", "campaign": "all (inherited)", "term": "new (inherited)"})
	wantRules(t, s.cooperation(none.ID), "inherited", "equals BLOG")
	wantUTM(t, s.cooperation(bare.ID), map[string]string{"source": " (pending)", "campaign": "all (inherited)", "term": "new (inherited)"})
	if got := s.cooperation(row.ID); got.Version != 1 {
		t.Errorf("an imported cooperation is at version %d", got.Version)
	}

	// What was pending waits with the template of today.
	got = must(s.edit(bare.ID, "", func(c *crm.Cooperation) { c.Profile = i.Profiles[0].ID }))(t).Cooperation
	if got := utmText(got)["source"]; got != "joerg-instagram (inherited)" {
		t.Errorf("source is %s", got)
	}
	again := must(s.crm.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), crm.Reapply{}, ""))(t)
	for _, r := range again.Results {
		if r.Err != nil || len(r.Fields) != 0 {
			t.Errorf("applied twice: %+v", r)
		}
	}
}

func TestDefaultsOfSignedCooperations(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	sign := func(name string) crm.CooperationID {
		return s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Name: name,
			Status: crm.Signed, Period: days("2026-06-01", "2026-06-30"), Cost: eur(1)}).ID
	}
	ids := []crm.CooperationID{sign("Reel"), sign("Story"), crm.CooperationID(nobody)}
	must(s.crm.Archive(ctx, s.ws, s.cooperation(ids[1]).At(), ""))(s)
	const (
		missing = `cooperation id "018f8f5e-0000-7000-8000-00000000dead": there is no such cooperation in this workspace`
		away    = `cooperation archived_on "2026-05-20": it is archived; restore it first`
	)
	reel := func(err string) map[string][]string {
		want := map[string][]string{"Reel": {"rules", "utm", "utm_origins"}, "Story": {away}, "": {missing}}
		if err != "" {
			want["Reel"] = append(want["Reel"], err)
		}
		return want
	}
	untouched := must(s.crm.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids[:1]...), crm.Reapply{}, ""))(t)
	wantReapplied(t, untouched, map[string][]string{"Reel": {}}) // nothing to refuse

	i = changeDefaults(t, s, i)
	for _, service := range []*crm.Service{s.crm.DryRun(), s.crm} {
		wantReapplied(t, must(service.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), crm.Reapply{}, "new season"))(t),
			reel(`cooperation status "signed": links and codes of a signed cooperation are in use; force the change, with a reason, if it must be`))
		wantReapplied(t, must(service.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), crm.Reapply{Force: true}, " "))(t),
			reel(`cooperation reason "": say why the links and codes of this signed cooperation change`))
	}
	// Somebody else has the new code.
	emma := s.influencer("Emma")
	hers := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: emma.ID, Name: "Hers", Status: crm.Signed,
		Period: days("2026-06-30", ""), Cost: eur(1), Rules: []discount.Rule{equals("joerg15")}})
	for _, service := range []*crm.Service{s.crm.DryRun(), s.crm} {
		done := must(service.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), crm.Reapply{Force: true}, "new season"))(t)
		wantReapplied(t, done,
			reel(`cooperation rules "joerg15": is also a code of "Hers" at the same time; give one of the two another code or other dates`))
		if list := done.Results[0].Conflicts.List; len(list) != 1 || list[0].Other != hers.ID || list[0].Severity != discount.Blocking {
			t.Errorf("conflicts %+v", list)
		}
	}
	must(s.crm.Cancel(ctx, s.ws, hers.ID, hers.Version, crm.Cancellation{}, ""))(t)
	wantReapplied(t, must(s.crm.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), crm.Reapply{Force: true}, "new season"))(t), reel(""))
	wantRules(t, s.cooperation(ids[0]), "inherited", "equals JOERG15")
}

func TestAPreviewOfDefaultsSeesTheConflictsWithinItself(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer")
	ids := []crm.CooperationID{}
	for _, name := range []string{"Pam", "Emma"} {
		i := s.influencer(name, crm.Profile{Platform: "Blog"})
		ids = append(ids, s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID,
			Name: name, Status: crm.Signed, Period: days("2026-06-01", ""), Cost: eur(1)}).ID)
		i.Profiles[0].Rules = []discount.Rule{equals("SUN")}
		must(s.crm.UpdateInfluencer(ctx, s.ws, i, ""))(t)
	}
	want := map[string][]string{
		"Pam": {"rules", "rules_origin"},
		"Emma": {"rules", "rules_origin",
			`cooperation rules "sun": is also a code of "Pam" at the same time; give one of the two another code or other dates`},
	}
	dry := s.crm.DryRun()
	for _, service := range []*crm.Service{dry, dry, s.crm} { // the first leaves nothing behind for the second
		wantReapplied(t, must(service.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), crm.Reapply{Force: true}, "because"))(t), want)
	}
}

func TestThePreviewOfDefaultsIsWhatHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t)
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			s.step()
		}
		templates := []utm.Params{{}, {Content: utm.Of("{month}")}, {Content: utm.Of("x"), Term: utm.Of("{handle}")}}
		codes := [][]discount.Rule{nil, {equals("SUN")}, {equals("PAM"), rule(discount.Contains, "UMME")}}
		for _, i := range s.influencers {
			i = must(s.crm.Influencer(ctx, s.ws, i.ID))(t)
			for n := range i.Profiles {
				i.Profiles[n].UTM = template(rapid.SampledFrom(templates).Draw(t, "utm"))
				i.Profiles[n].Rules = rapid.SampledFrom(codes).Draw(t, "rules")
			}
			must(s.crm.UpdateInfluencer(ctx, s.ws, i, ""))(t)
		}
		s.setWorkspace(func(w *crm.Workspace) { w.UTM = template(rapid.SampledFrom(templates).Draw(t, "template")) })
		o := crm.Reapply{Force: rapid.Bool().Draw(t, "force")}
		reason := rapid.SampledFrom([]string{"", "because"}).Draw(t, "reason")
		ids := slices.Clone(s.cooperations)

		before, head := s.records(), s.head()
		preview := must(s.crm.DryRun().ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), o, reason))(t)
		if diff := cmp.Diff(before, s.records(), values); diff != "" || s.head() != head {
			t.Fatalf("the preview changed something:\n%s", diff)
		}
		done := must(s.crm.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(ids...), o, reason))(t)
		sameText := cmp.Comparer(func(a, b error) bool { return text(a) == text(b) })
		if diff := cmp.Diff(preview.Results, done.Results, values, sameText, cmpopts.EquateComparable(budget.Period{})); diff != "" {
			t.Fatalf("(-preview +done):\n%s", diff)
		}
		if len(done.Results) != len(s.cooperations) {
			t.Fatalf("%d results for %d cooperations", len(done.Results), len(s.cooperations))
		}
		for _, r := range done.Results {
			var was crm.Cooperation
			for _, r2 := range before {
				if c, ok := r2.(crm.Cooperation); ok && c.Ref() == r.Ref {
					was = c
				}
			}
			is, want := s.cooperation(crm.CooperationID(r.Ref.ID)), fields(t, was)
			if r.Err == nil {
				for _, f := range r.Fields {
					if want[f.Field] = string(f.After); f.After == nil {
						delete(want, f.Field)
					}
				}
			}
			if got := fields(t, is); !maps.Equal(got, want) {
				t.Fatalf("%s: %s", r.Name, cmp.Diff(want, got))
			}
			for _, f := range utm.Fields() {
				if p := was.UTMOrigins[f].Kind; p == crm.Overridden && (is.UTM.Get(f) != was.UTM.Get(f) || is.UTMOrigins[f] != was.UTMOrigins[f]) {
					t.Fatalf("%s %s changed", p, f)
				}
			}
		}
	})
}

func TestReapplyingTooMuch(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	if _, err := s.crm.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(make([]crm.CooperationID, crm.MaxBulk+1)...), crm.Reapply{}, ""); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("%v", err)
	}
}
