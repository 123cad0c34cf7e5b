package crm_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// lastUnit is the unit of work that ended the log.
func (s *shop) lastUnit() uuid.UUID {
	s.Helper()
	changes := must(s.crm.Changes(ctx, s.ws, s.head().Seq-1, 1))(s)
	return changes[0].Unit
}

// lastDone is where the log has what was done last.
func (s *shop) lastDone() crm.Done {
	s.Helper()
	return crm.Done{Unit: s.lastUnit(), Seq: s.head().Seq}
}

// states is every record of the shop, field by field.
func (s *shop) states() map[string]map[string]string {
	s.Helper()
	all := map[string]map[string]string{}
	s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
		for _, record := range everyRecord(s, r) {
			all[record.Ref().String()] = fields(s, record)
		}
		return nil
	}))
	return all
}

// everyRecord is everything that the log tells of, at most a page of each kind.
func everyRecord(t tester, r crm.Reader) []crm.Record {
	t.Helper()
	all, whole := []crm.Record{}, crm.ListOptions{Size: crm.MaxPageSize}
	if ws, err := r.Workspace(ctx); err == nil {
		all = append(all, ws)
	}
	for _, m := range must(r.Members().List(ctx, crm.MemberFilter{Archive: crm.ActiveOrNot}, whole))(t).Items {
		all = append(all, m)
	}
	for _, c := range must(r.Campaigns().List(ctx, crm.CampaignFilter{Archive: crm.ActiveOrNot}, whole))(t).Items {
		all = append(all, c)
	}
	for _, i := range must(r.Influencers().List(ctx, crm.InfluencerFilter{Archive: crm.ActiveOrNot}, whole))(t).Items {
		all = append(all, i)
	}
	for _, c := range must(r.Cooperations().List(ctx, crm.CooperationFilter{Archive: crm.ActiveOrNot}, whole))(t).Items {
		all = append(all, c)
	}
	return all
}

// whatWasUndone shows an Undone by the names that the records had in the shop: "kept campaign Summer: why".
func (s *shop) whatWasUndone(done crm.Undone, names map[crm.Ref]string) []string {
	lines := []string{}
	for what, refs := range map[string][]crm.Ref{"restored": done.Restored, "deleted": done.Deleted, "recreated": done.Recreated} {
		for _, ref := range refs {
			lines = append(lines, fmt.Sprintf("%s %s %s", what, ref.Kind, names[ref]))
		}
	}
	for _, k := range done.Kept {
		lines = append(lines, fmt.Sprintf("kept %s %s: %s", k.Record.Kind, names[k.Record], k.Why))
	}
	slices.Sort(lines)
	return lines
}

// Each case does a unit of work in a town, then what happens since, and undoes the unit.
func TestUndoUnit(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		unit  func(*town, *crm.Work) error
		since func(*town)
		want  []string
		check func(*testing.T, *town)
	}{
		"creations are deleted, whatever their status": {
			unit: func(w *town, u *crm.Work) error {
				k, err := u.CreateCampaign(ctx, crm.Campaign{Name: "New"})
				if err != nil {
					return err
				}
				_, err = u.ImportCooperation(ctx, crm.Cooperation{Campaign: k.ID, Influencer: w.pam.ID, Status: crm.Signed})
				return err
			},
			want: []string{"deleted campaign New", "deleted cooperation New - Pam"},
		},
		"a creation that somebody referred to stays": {
			unit: func(w *town, u *crm.Work) error {
				_, err := u.CreateCampaign(ctx, crm.Campaign{Name: "New"})
				return err
			},
			since: func(w *town) {
				k := must(w.crm.Campaigns(ctx, w.ws, crm.CampaignFilter{Name: "New"}, crm.ListOptions{}))(w).Items[0]
				w.book(crm.Cooperation{Campaign: k.ID, Influencer: w.pam.ID})
			},
			want: []string{"kept campaign New: it is in use by 1 cooperation; archive it instead"},
		},
		"a creation that somebody touched stays": {
			unit: func(w *town, u *crm.Work) error {
				_, err := u.CreateMember(ctx, crm.Member{Name: "New"})
				return err
			},
			since: func(w *town) {
				m := must(w.crm.Members(ctx, w.ws, crm.MemberFilter{Name: "New"}, crm.ListOptions{}))(w).Items[0]
				m.Email = "new@shop.example"
				must(w.crm.UpdateMember(ctx, w.ws, m, ""))(w)
				m.Version++
				m.Email = ""
				must(w.crm.UpdateMember(ctx, w.ws, m, ""))(w)
			},
			want: []string{"kept member New: it was changed since"},
		},
		"a creation that is gone": {
			unit: func(w *town, u *crm.Work) error {
				_, err := u.CreateMember(ctx, crm.Member{Name: "New"})
				return err
			},
			since: func(w *town) {
				m := must(w.crm.Members(ctx, w.ws, crm.MemberFilter{Name: "New"}, crm.ListOptions{}))(w).Items[0]
				must(w.crm.Delete(ctx, w.ws, m.At(), ""))(w)
			},
			want: []string{"kept member New: it was deleted since"},
		},
		"only the fields of the unit go back": {
			unit: func(w *town, u *crm.Work) error {
				w.deal.Cost, w.deal.Status = eur(120000), crm.Negotiating
				_, err := u.UpdateCooperation(ctx, w.deal, "she wrote")
				return err
			},
			since: func(w *town) {
				must(w.edit(w.deal.ID, "", func(c *crm.Cooperation) { c.Notes = "call her" }))(w)
			},
			want: []string{"restored cooperation Summer Sale - Pam - Instagram"},
			check: func(t *testing.T, w *town) {
				c := w.cooperation(w.deal.ID)
				if c.Cost != eur(100000) || c.Status != crm.Signed || c.Notes != "call her" {
					t.Errorf("%s, %s, %q", c.Cost, c.Status, c.Notes)
				}
			},
		},
		"a field that somebody changed keeps the record as it is": {
			unit: func(w *town, u *crm.Work) error {
				w.deal.Cost, w.deal.LastTouch = eur(120000), true
				_, err := u.UpdateCooperation(ctx, w.deal, "")
				return err
			},
			since: func(w *town) {
				must(w.edit(w.deal.ID, "", func(c *crm.Cooperation) { c.Cost, c.LastTouch = eur(130000), false }))(w)
			},
			want: []string{"kept cooperation Summer Sale - Pam - Instagram: its cost, last touch changed since"},
		},
		"leaving signed gets a reason": {
			unit: func(w *town, u *crm.Work) error {
				w.idea.Status, w.idea.Cost, w.idea.Period = crm.Signed, eur(0), days("2026-06-01", "")
				_, err := u.UpdateCooperation(ctx, w.idea, "")
				return err
			},
			want: []string{"restored cooperation Summer Sale - Emma"},
			check: func(t *testing.T, w *town) {
				all := w.changes()
				if got, want := all[len(all)-1].Reason, "undo of a change on 2026-05-20 10:00 UTC by mira@shop.example"; got != want {
					t.Errorf("reason %q, not %q", got, want)
				}
			},
		},
		"a code that is somebody else's by now": {
			unit: func(w *town, u *crm.Work) error {
				w.deal.Rules = []discount.Rule{equals("PAM20")}
				_, err := u.UpdateCooperation(ctx, w.deal, "")
				return err
			},
			since: func(w *town) {
				must(w.edit(w.idea.ID, "", func(c *crm.Cooperation) {
					c.Status, c.Cost, c.Period, c.Rules = crm.Signed, eur(0), days("2026-06-01", ""), []discount.Rule{equals("pam10")}
				}))(w)
			},
			want: []string{`kept cooperation Summer Sale - Pam - Instagram: rules "pam10": is also a code of "Summer Sale - Emma" at the same time; give one of the two another code or other dates`},
		},
		"a name that is taken by now": {
			unit: func(w *town, u *crm.Work) error {
				w.summer.Name = "Sommer"
				_, err := u.UpdateCampaign(ctx, w.summer, "")
				return err
			},
			since: func(w *town) { w.campaign("summer sale") },
			want: []string{
				`kept campaign Sommer: name "Summer Sale": there is a campaign "summer sale" already; choose another name`,
			},
			check: func(t *testing.T, w *town) {
				if got := w.cooperation(w.deal.ID).Name; got != "Sommer - Pam - Instagram" {
					t.Errorf("named %q", got)
				}
			},
		},
		"a handle that is taken by now": {
			unit: func(w *town, u *crm.Work) error { return second(u.Delete(ctx, w.otto.At(), "")) },
			since: func(w *town) {
				w.influencer("Otto the Second", crm.Profile{Platform: "x", Handle: "otto"})
			},
			want: []string{`kept influencer Otto: profiles[0].handle "otto": @otto on X belongs to "Otto the Second" already`},
		},
		"a rename takes its names with it": {
			unit: func(w *town, u *crm.Work) error {
				w.summer.Name = "Sommer"
				_, err := u.UpdateCampaign(ctx, w.summer, "")
				return err
			},
			since: func(w *town) { // one more name, and one name that no longer is the campaign's
				w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.pam.ID, Name: "Pam again"})
				must(w.edit(w.idea.ID, "", func(c *crm.Cooperation) { c.Name = "A try" }))(w)
				c := w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.pam.ID, Notes: "late"})
				if c.Name != "Sommer - Pam" {
					w.Fatalf("named %q", c.Name)
				}
			},
			want: []string{
				"kept cooperation A try: its name changed since",
				"restored campaign Sommer", "restored cooperation Sommer - Emma - 2026-06-01", "restored cooperation Sommer - Pam - Instagram",
			},
			check: func(t *testing.T, w *town) {
				names := []string{}
				for _, c := range must(w.crm.Cooperations(ctx, w.ws, crm.CooperationFilter{Archive: crm.ActiveOrNot}, crm.ListOptions{}))(t).Items {
					names = append(names, c.Name)
				}
				want := []string{"Summer Sale - Pam - Instagram", "A try", "Summer Sale - Emma - 2026-06-01", "Pam again", "Summer Sale - Pam"}
				if diff := cmp.Diff(want, names); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			},
		},
		"an archived record is restored first": {
			unit: func(w *town, u *crm.Work) error {
				w.idea.Notes = "hm"
				_, err := u.UpdateCooperation(ctx, w.idea, "")
				return err
			},
			since: func(w *town) { must(w.crm.Archive(ctx, w.ws, w.cooperation(w.idea.ID).At(), ""))(w) },
			want:  []string{"kept cooperation Summer Sale - Emma: it was archived since; restore it first"},
		},
		"a campaign that is archived by now": {
			unit:  func(w *town, u *crm.Work) error { return second(u.Delete(ctx, w.idea.At(), "")) },
			since: func(w *town) { must(w.crm.Archive(ctx, w.ws, w.summer.At(), ""))(w) },
			want:  []string{`kept cooperation Summer Sale - Emma: campaign "Summer Sale": is archived and takes no new cooperations; restore it first`},
		},
		"a reference that is gone by now": {
			unit: func(w *town, u *crm.Work) error {
				w.emma.Responsible = crm.MemberID{}
				_, err := u.UpdateInfluencer(ctx, w.emma, "")
				if err == nil {
					w.idea.Responsible = crm.MemberID{}
					_, err = u.UpdateCooperation(ctx, w.idea, "")
				}
				if err == nil {
					w.shelved = must(u.Cooperations().Get(ctx, w.shelved.ID))(w)
					_, err = u.Restore(ctx, w.shelved.At(), "")
				}
				if err == nil {
					w.shelved.Version++
					w.shelved.Responsible = crm.MemberID{}
					_, err = u.UpdateCooperation(ctx, w.shelved, "")
				}
				return err
			},
			since: func(w *town) { must(w.crm.Delete(ctx, w.ws, w.anna.At(), ""))(w) },
			want: []string{
				"kept cooperation Summer Sale - Emma - 2026-06-01: responsible \"018f8f5e-0000-7000-8000-000000000004\": there is no such member in this workspace",
				"kept cooperation Summer Sale - Emma: responsible \"018f8f5e-0000-7000-8000-000000000004\": there is no such member in this workspace",
				"kept influencer Emma: responsible \"018f8f5e-0000-7000-8000-000000000004\": there is no such member in this workspace",
			},
		},
		"a member who has left by now": {
			unit: func(w *town, u *crm.Work) error {
				w.idea.Responsible = crm.MemberID{}
				_, err := u.UpdateCooperation(ctx, w.idea, "")
				return err
			},
			since: func(w *town) { must(w.crm.Archive(ctx, w.ws, w.anna.At(), ""))(w) },
			want:  []string{`kept cooperation Summer Sale - Emma: responsible "Anna": is archived; choose a member who is still in the team`},
		},
		"settings": {
			unit: func(w *town, u *crm.Work) error {
				ws := must(u.Workspace(ctx))(w)
				ws.TailDays = 7
				_, err := u.UpdateWorkspace(ctx, ws, "")
				return err
			},
			want:  []string{"restored workspace Shop"},
			check: func(t *testing.T, w *town) { w.sameTail(t, 0) },
		},
		"what waits for each other goes back in the order that works": {
			unit: func(w *town, u *crm.Work) error {
				pam := crm.Clone(w.pam)
				pam.Profiles = append(pam.Profiles, crm.Profile{ID: crm.ProfileID{7}, Platform: "Blog", Handle: "pam"})
				pam, err := u.UpdateInfluencer(ctx, pam, "")
				if err != nil {
					return err
				}
				w.deal.Profile = crm.ProfileID{7}
				if _, err := u.UpdateCooperation(ctx, w.deal, ""); err != nil {
					return err
				}
				pam.Notes = "has a blog"
				_, err = u.UpdateInfluencer(ctx, pam, "")
				return err
			},
			want: []string{"restored cooperation Summer Sale - Pam - Blog", "restored influencer Pam"},
			check: func(t *testing.T, w *town) {
				if got := w.cooperation(w.deal.ID).Name; got != "Summer Sale - Pam - Instagram" {
					t.Errorf("named %q", got)
				}
			},
		},
		"neither of two can be first": {
			unit: moveToNewProfile,
			want: []string{"restored cooperation Summer Sale - Pam - Blog", "restored influencer Pam"},
			check: func(t *testing.T, w *town) {
				c := w.cooperation(w.deal.ID)
				pam := must(w.crm.Influencer(ctx, w.ws, w.pam.ID))(t)
				if _, there := pam.Profile(c.Profile); !there || c.Name != "Summer Sale - Pam - Instagram" || len(pam.Profiles) != 2 {
					t.Errorf("%q with %s of %v", c.Name, c.Profile, pam.Profiles)
				}
			},
		},
		"a profile that went to somebody else": { // a merge
			unit: func(w *town, u *crm.Work) error {
				pam, emma := crm.Clone(w.pam), crm.Clone(w.emma)
				moved := pam.Profiles[0]
				w.deal.Profile = crm.ProfileID{}
				deal, err := u.UpdateCooperation(ctx, w.deal, "")
				if err == nil {
					pam.Profiles = pam.Profiles[1:]
					_, err = u.UpdateInfluencer(ctx, pam, "")
				}
				if err == nil {
					emma.Profiles = append(emma.Profiles, moved)
					_, err = u.UpdateInfluencer(ctx, emma, "")
				}
				if err == nil {
					deal.Cooperation.Influencer, deal.Cooperation.Profile = emma.ID, moved.ID
					_, err = u.UpdateCooperation(ctx, deal.Cooperation, "")
				}
				return err
			},
			want: []string{"restored cooperation Summer Sale - Emma - Instagram", "restored influencer Emma", "restored influencer Pam"},
		},
		"handles that were swapped stay": {
			unit: func(w *town, u *crm.Work) error {
				pam, emma := crm.Clone(w.pam), crm.Clone(w.emma)
				for n, step := range []struct {
					i      *crm.Influencer
					handle string
				}{{&pam, "between"}, {&emma, "pam.style"}, {&pam, "emma"}} {
					step.i.Profiles[0].Handle = step.handle
					i, err := u.UpdateInfluencer(ctx, *step.i, "")
					if err != nil {
						return fmt.Errorf("step %d: %w", n, err)
					}
					*step.i = i
				}
				return nil
			},
			want: []string{
				`kept influencer Emma: profiles[0].handle "emma": @emma on Instagram belongs to "Pam" already`,
				`kept influencer Pam: profiles[0].handle "pam.style": @pam.style on Instagram belongs to "Emma" already`,
			},
		},
		"neither of two can be first, and one must stay": {
			unit: moveToNewProfile,
			since: func(w *town) {
				must(w.edit(w.deal.ID, "", func(c *crm.Cooperation) { c.Profile = crm.ProfileID{} }))(w)
				must(w.edit(w.deal.ID, "", func(c *crm.Cooperation) { c.Profile, c.Notes = crm.ProfileID{7}, "again" }))(w)
				w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.pam.ID, Profile: crm.ProfileID{7}})
			},
			want: []string{
				`kept cooperation Summer Sale - Pam - Blog: profile "` + pamsInstagram +
					`": "Pam" has no such profile; choose one of the influencer's own`,
				`kept influencer Pam: profiles "Blog pam": the cooperation "Summer Sale - Pam - Blog" uses this profile; give it another one first`,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			w.otto = must(w.crm.Influencer(ctx, w.ws, w.otto.ID))(t)
			if name == "a handle that is taken by now" {
				must(w.crm.Restore(ctx, w.ws, w.otto.At(), ""))(w)
				w.otto.Version++
				w.otto.Profiles = []crm.Profile{{Platform: "x", Handle: "otto"}}
				w.otto = must(w.crm.UpdateInfluencer(ctx, w.ws, w.otto, ""))(t)
			}
			w.ok(w.work(func(u *crm.Work) error { return test.unit(w, u) }))
			unit := w.lastUnit()
			names := map[crm.Ref]string{}
			w.ok(w.crm.View(ctx, w.ws, func(ctx context.Context, r crm.Reader) error {
				for _, record := range everyRecord(t, r) {
					names[record.Ref()] = nameOf(record)
				}
				return nil
			}))
			for _, record := range []crm.Record{w.otto, w.idea} {
				if names[record.Ref()] == "" {
					names[record.Ref()] = nameOf(record)
				}
			}
			if test.since != nil {
				test.since(w)
				w.ok(w.crm.View(ctx, w.ws, func(ctx context.Context, r crm.Reader) error {
					for _, record := range everyRecord(t, r) {
						names[record.Ref()] = nameOf(record)
					}
					return nil
				}))
			}
			head, before := w.head(), w.states()
			preview := must(w.crm.DryRun().UndoUnit(ctx, w.ws, unit, ""))(t)
			if diff := cmp.Diff(before, w.states()); diff != "" || w.head() != head {
				t.Errorf("the preview wrote (-before +after):\n%s", diff)
			}
			done := must(w.crm.UndoUnit(ctx, w.ws, unit, ""))(t)
			if diff := cmp.Diff(test.want, w.whatWasUndone(done, names)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if w.head() != head && w.lastUnit() != done.Unit {
				t.Errorf("undone by %s, not by %s", w.lastUnit(), done.Unit)
			}
			preview.Done = done.Done
			if diff := cmp.Diff(preview, done); diff != "" {
				t.Errorf("(-preview +done):\n%s", diff)
			}
			if test.check != nil {
				test.check(t, w)
			}
		})
	}
}

const pamsInstagram = "018f8f5e-0000-7000-8000-000000000014"

// moveToNewProfile gives Pam another profile in place of the one that her deal uses.
func moveToNewProfile(w *town, u *crm.Work) error {
	pam := crm.Clone(w.pam)
	pam.Profiles = append(pam.Profiles, crm.Profile{ID: crm.ProfileID{7}, Platform: "Blog", Handle: "pam"})
	pam, err := u.UpdateInfluencer(ctx, pam, "")
	if err != nil {
		return err
	}
	w.deal.Profile = crm.ProfileID{7}
	if _, err := u.UpdateCooperation(ctx, w.deal, ""); err != nil {
		return err
	}
	pam.Profiles = pam.Profiles[1:]
	_, err = u.UpdateInfluencer(ctx, pam, "")
	return err
}

func (w *town) sameTail(t *testing.T, want int) {
	if got := w.workspace().TailDays; got != want {
		t.Errorf("%d tail days", got)
	}
}

func nameOf(r crm.Record) string {
	switch r := r.(type) {
	case crm.Workspace:
		return r.Name
	case crm.Member:
		return r.Name
	case crm.Campaign:
		return r.Name
	case crm.Influencer:
		return r.Name
	case crm.Cooperation:
		return r.Name
	}
	return ""
}

func TestUndoOfNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for name, test := range map[string]struct {
		unit uuid.UUID
		want error
	}{
		"no unit":      {uuid.Nil, crm.ErrInvalid},
		"unknown unit": {uuid.MustParse("018f8f5e-0000-7000-8000-999999999999"), crm.ErrNotFound},
	} {
		if _, err := w.crm.UndoUnit(ctx, w.ws, test.unit, ""); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := w.crm.DryRun().UndoUnit(ctx, w.ws, test.unit, ""); !errors.Is(err, test.want) {
			t.Errorf("preview, %s: %v", name, err)
		}
	}
	first := w.changes()[0].Unit // made the workspace
	done := must(w.crm.UndoUnit(ctx, w.ws, first, ""))(t)
	if len(done.Kept) != 1 || len(done.Deleted) != 0 {
		t.Errorf("%+v", done)
	}
	w.ok(w.work(func(u *crm.Work) error {
		m, err := u.CreateMember(ctx, crm.Member{Name: "New"})
		if err != nil {
			return err
		}
		// What this unit has done so far counts as done since.
		done, err := u.UndoUnit(ctx, w.unitOf(t, w.anna.Ref()), "")
		if err != nil || len(done.Kept) != 1 {
			t.Errorf("%v, %+v", err, done)
		}
		if _, err := u.UndoUnit(ctx, done.Unit, ""); !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("a unit undoes itself: %v", err)
		}
		_, err = u.Members().Get(ctx, m.ID)
		return err
	}))
}

func TestUndoOfACurrencyThatIsFixedByNow(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.setWorkspace(func(w *crm.Workspace) { w.Currency = "USD" })
	unit := s.lastUnit()
	must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", Budget: budget.FromMinor(1, "USD")}))(t)
	done := must(s.crm.UndoUnit(ctx, s.ws, unit, ""))(t)
	want := []crm.Kept{{Record: s.workspace().Ref(), Name: s.workspace().Name, Code: "currency_fixed",
		Why: sentence.Of(`currency "EUR": there are amounts in USD already, so the currency is fixed; start another workspace for another currency`)}}
	if diff := cmp.Diff(want, done.Kept); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// unitOf is the unit that created a record.
func (s *shop) unitOf(t tester, ref crm.Ref) uuid.UUID {
	return must(s.crm.History(ctx, s.ws, ref, 0, 1))(t)[0].Unit
}

// What was archived before the unit does not keep a cooperation from going back to it, whatever else the unit archived.
func TestUndoReturnsToWhatWasArchivedBefore(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	old, next, pam := s.campaign("Winter"), s.campaign("Summer"), s.influencer("Pam")
	c := s.book(crm.Cooperation{Campaign: old.ID, Influencer: pam.ID})
	must(s.crm.Archive(ctx, s.ws, old.At(), ""))(s)
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		moved := must(w.Cooperations().Get(ctx, c.ID))(t)
		moved.Campaign = next.ID
		if _, err := w.UpdateCooperation(ctx, moved, ""); err != nil {
			return err
		}
		return second(w.Archive(ctx, pam.At(), ""))
	}))
	log := must(s.crm.Changes(ctx, s.ws, 0, 1_000))(t)
	undone := must(s.crm.UndoUnit(ctx, s.ws, log[len(log)-1].Unit, ""))(t)
	if len(undone.Kept) != 0 {
		t.Errorf("kept %v", undone.Kept)
	}
	if got := s.cooperation(c.ID).Campaign; got != old.ID {
		t.Errorf("the cooperation is in campaign %s, want %s", got, old.ID)
	}
}
