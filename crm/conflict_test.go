package crm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// rivals are Pam and Emma in one campaign.
type rivals struct {
	*shop
	campaign  crm.Campaign
	pam, emma crm.Influencer
}

func newRivals(t *testing.T) rivals {
	t.Helper()
	s := newShop(t)
	s.setWorkspace(func(w *crm.Workspace) { w.UTM = utm.Template{} }) // so that only codes collide
	return rivals{s, s.campaign("Summer"), s.influencer("Pam"), s.influencer("Emma")}
}

func (r rivals) save(i crm.Influencer, p budget.Period, rules ...discount.Rule) crm.Saved {
	r.Helper()
	return must(r.crm.CreateCooperation(ctx, r.ws, crm.Cooperation{Campaign: r.campaign.ID, Influencer: i.ID, Period: p, Rules: rules}))(r)
}

func TestConflictsOnSave(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	july := days("2026-07-01", "2026-07-31")
	pam := r.save(r.pam, days("2026-06-01", "2026-07-10"),
		equals("EMMA10"), rule(discount.StartsWith, "SUN"), rule(discount.EndsWith, "15"), rule(discount.Contains, "love")).Cooperation
	emma := r.save(r.emma, july, equals("emma10 "), rule(discount.StartsWith, "SUNNY"), rule(discount.StartsWith, "EMMA"))

	both := days("2026-07-01", "2026-07-10")
	conflict := func(severity discount.Severity, mine, theirs, witness string) crm.Conflict {
		kind := crm.ClaimEquals
		if mine != "equals emma10" {
			kind = crm.ClaimStartsWith
		}
		return crm.Conflict{
			Severity: severity, Kind: kind, Rule: mine, Other: pam.ID, OtherInfluencer: r.pam.ID,
			OtherName: "Summer - Pam", OtherRule: theirs, Witness: witness, During: both,
		}
	}
	want := []crm.Conflict{
		conflict(discount.Blocking, "equals emma10", "equals emma10", "emma10"),
		conflict(discount.Certain, "starts with emma", "equals emma10", "emma10"),
		conflict(discount.Certain, "starts with sunny", "starts with sun", "sunny"),
	}
	if diff := cmp.Diff(want, emma.Conflicts.List, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// sunny…15, emma…15, sunny…love and emma…love can only be glued together.
	if emma.Conflicts.Possible != 4 {
		t.Errorf("%d possible conflicts", emma.Conflicts.Possible)
	}
	// Nothing of it kept a draft from being saved; and the other side sees the same.
	again := must(r.edit(pam.ID, "", func(c *crm.Cooperation) { c.Notes = "x" }))(t)
	if len(again.Conflicts.List) != len(want) || again.Conflicts.Possible != 4 {
		t.Errorf("from the other side: %v and %d possible", again.Conflicts, again.Conflicts.Possible)
	}
}

func TestNoConflict(t *testing.T) {
	t.Parallel()
	june, july := days("2026-06-01", "2026-06-30"), days("2026-07-01", "2026-07-31")
	tests := map[string]func(r rivals) crm.Saved{
		"the same influencer": func(r rivals) crm.Saved {
			r.save(r.pam, june, equals("SUN"))
			return r.save(r.pam, june, equals("SUN"))
		},
		"one after the other": func(r rivals) crm.Saved {
			r.save(r.pam, june, equals("SUN"))
			return r.save(r.emma, july, equals("SUN"))
		},
		"no start": func(r rivals) crm.Saved {
			r.save(r.pam, june, equals("SUN"))
			return r.save(r.emma, days("", "2026-06-30"), equals("SUN"))
		},
		"a dash more": func(r rivals) crm.Saved {
			r.save(r.pam, june, equals("SUN"))
			return r.save(r.emma, june, equals("SU-N"))
		},
		"cancelled": func(r rivals) crm.Saved {
			pam := r.save(r.pam, june, equals("SUN")).Cooperation
			must(r.edit(pam.ID, "", func(c *crm.Cooperation) { c.Cancellation = &crm.Cancellation{On: day("2026-06-20")} }))(r)
			return r.save(r.emma, june, equals("SUN"))
		},
		"archived before": func(r rivals) crm.Saved {
			must(r.crm.Archive(ctx, r.ws, r.save(r.pam, june, equals("SUN")).Cooperation.At(), ""))(r) // on 20 May
			return r.save(r.emma, june, equals("SUN"))
		},
		"deleted": func(r rivals) crm.Saved {
			must(r.crm.Delete(ctx, r.ws, r.save(r.pam, june, equals("SUN")).Cooperation.At(), ""))(r)
			return r.save(r.emma, june, equals("SUN"))
		},
		"a UTM set that is too thin to match": func(r rivals) crm.Saved {
			thin := utm.Params{Source: utm.Of("instagram")}
			must(r.crm.CreateCooperation(ctx, r.ws, crm.Cooperation{Campaign: r.campaign.ID, Influencer: r.pam.ID, Period: june, UTM: thin}))(r)
			return must(r.crm.CreateCooperation(ctx, r.ws, crm.Cooperation{Campaign: r.campaign.ID,
				Influencer: r.emma.ID, Period: june, UTM: thin}))(r)
		},
	}
	for name, save := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if saved := save(newRivals(t)); len(saved.Conflicts.List) != 0 || saved.Conflicts.Possible != 0 {
				t.Errorf("%v and %d possible", saved.Conflicts, saved.Conflicts.Possible)
			}
		})
	}
}

func TestCommonDays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		tail      int
		pam, emma budget.Period
		want      budget.Period // zero: none
	}{
		{"one common day", 0, days("2026-06-01", "2026-06-30"), days("2026-06-30", "2026-07-31"), days("2026-06-30", "2026-06-30")},
		{"tail days reach the next", 3, days("2026-06-01", "2026-06-30"), days("2026-07-03", "2026-07-31"), days("2026-07-03", "2026-07-03")},
		{"tail days do not reach it", 3, days("2026-06-01", "2026-06-30"), days("2026-07-04", "2026-07-31"), budget.Period{}},
		{"both go on", 0, days("2026-06-01", ""), days("2026-07-01", ""), days("2026-07-01", "")},
		{"a day long past", 0, days("2026-06-01", ""), days("2020-01-01", "2020-12-31"), budget.Period{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := newRivals(t)
			r.setWorkspace(func(w *crm.Workspace) { w.TailDays = test.tail })
			r.save(r.pam, test.pam, equals("SUN"))
			saved := r.save(r.emma, test.emma, equals("SUN"))
			var got budget.Period
			if len(saved.Conflicts.List) == 1 {
				got = saved.Conflicts.List[0].During
			}
			if got != test.want || len(saved.Conflicts.List) > 1 {
				t.Errorf("during %v, want %v; conflicts %v", got, test.want, saved.Conflicts)
			}
		})
	}
}

func TestAnArchivedCooperationKeepsItsCodeUpToTheDay(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	pam := r.save(r.pam, days("2026-05-01", "2026-05-31"), equals("SUN")).Cooperation
	must(r.crm.Archive(ctx, r.ws, pam.At(), ""))(r) // on 20 May
	saved := r.save(r.emma, days("2026-05-18", ""), equals("SUN"))
	if len(saved.Conflicts.List) != 1 || saved.Conflicts.List[0].During != days("2026-05-18", "2026-05-20") {
		t.Errorf("conflicts %+v", saved.Conflicts)
	}
}

func TestOneUTMSetForTwo(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	set := func(campaign string) utm.Params {
		return utm.Params{Source: utm.Of("instagram"), Campaign: utm.Of(campaign)}
	}
	june := days("2026-06-01", "2026-06-30")
	first := r.book(crm.Cooperation{Campaign: r.campaign.ID, Influencer: r.pam.ID, Period: june, UTM: set("Summer ")})
	saved := must(r.crm.CreateCooperation(ctx, r.ws, crm.Cooperation{Campaign: r.campaign.ID, Influencer: r.emma.ID,
		Period: june, UTM: set("summer")}))(t)
	want := []crm.Conflict{{
		Severity: discount.Certain, Kind: crm.ClaimUTM, Other: first.ID, OtherInfluencer: r.pam.ID, OtherName: first.Name, During: june,
	}}
	if diff := cmp.Diff(want, saved.Conflicts.List, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// It is certain and not blocking: she can still be signed.
	must(r.edit(saved.Cooperation.ID, "", func(c *crm.Cooperation) { c.Status, c.Cost = crm.Signed, eur(1) }))(t)
}

func TestConflictsFollowTheUnitOfWork(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	june := days("2026-06-01", "")
	pam := r.save(r.pam, june, equals("SUN")).Cooperation
	count := func(w *crm.Work, code string) int {
		saved := must(w.CreateCooperation(ctx, crm.Cooperation{Campaign: r.campaign.ID, Influencer: r.emma.ID,
			Period: june, Rules: []discount.Rule{equals(code)}}))(t)
		return len(saved.Conflicts.List)
	}
	r.ok(r.work(func(w *crm.Work) error {
		for _, step := range []struct {
			name string
			do   func() error
			sun  int
			moon int
		}{
			{"as it was", func() error { return nil }, 1, 0},
			{"another code", func() (err error) {
				pam.Rules = []discount.Rule{equals("MOON"), rule(discount.Contains, "XMAS")}
				saved, err := w.UpdateCooperation(ctx, pam, "")
				pam = saved.Cooperation
				return err
			}, 0, 1},
			{"archived", func() error { _, err := w.Archive(ctx, pam.At(), ""); pam.Version++; return err }, 0, 0},
			{"restored", func() error { _, err := w.Restore(ctx, pam.At(), ""); pam.Version++; return err }, 0, 1},
			{"deleted", func() error { return second(w.Delete(ctx, pam.At(), "")) }, 0, 0},
		} {
			if err := step.do(); err != nil {
				return err
			}
			if sun, moon := count(w, "SUN"), count(w, "MOON"); sun != step.sun || moon != step.moon {
				t.Errorf("%s: %d and %d conflicts", step.name, sun, moon)
			}
		}
		return nil
	}))
}
