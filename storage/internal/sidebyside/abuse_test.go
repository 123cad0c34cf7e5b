package sidebyside_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/storagetest"
	"github.com/getklar/influencercrm/utm"
)

var updateAbuse = flag.Bool("update", false, "write testdata/abuse.txt anew")

// abused is a workspace with something of everything, and another one in the same store. Its ids are counted, so that
// what is said of them is the same on every store.
type abused struct {
	crm                   *crm.Service
	store                 storagetest.Backend
	ws, elsewhere         crm.WorkspaceID
	anna, gone            crm.Member
	summer, winter        crm.Campaign // winter is archived
	pam, emma, otto       crm.Influencer
	deal, idea, cancelled crm.Cooperation // Pam's signed one with PAM10, Emma's draft, Emma's that was cancelled
	foreign               crm.Campaign    // of elsewhere
	work                  *crm.Work       // of a unit that is over
	reader                crm.Reader      // likewise
}

const fiveMegabytes = 5 << 20

var strangers = uuid.MustParse("018f8f5e-0000-7000-8000-00000000dead")

func newAbused(t *testing.T, store storagetest.Backend) *abused {
	t.Helper()
	var n atomic.Int64
	options := &crm.Options{
		Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) },
		NewID: func() uuid.UUID {
			return uuid.MustParse(fmt.Sprintf("018f8f5e-0000-7000-8000-%012d", n.Add(1)))
		},
	}
	a := &abused{store: store, crm: crm.New(store, options)}
	ctx, admin := t.Context(), crm.NewAdmin(store, options)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	w, err := admin.CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"})
	check(err)
	a.ws = w.ID
	w, err = admin.CreateWorkspace(ctx, crm.Workspace{Name: "Elsewhere", Currency: "USD"})
	check(err)
	a.elsewhere = w.ID
	a.foreign, err = a.crm.CreateCampaign(ctx, a.elsewhere, crm.Campaign{Name: "Autumn"})
	check(err)
	check(a.crm.View(ctx, a.ws, func(_ context.Context, r crm.Reader) error { a.reader = r; return nil }))
	check(a.crm.Update(ctx, a.ws, func(ctx context.Context, w *crm.Work) (err error) {
		a.work = w
		keep := func(failed error) { err = errors.Join(err, failed) }
		var failed error
		a.anna, failed = w.CreateMember(ctx, crm.Member{Name: "Anna"})
		keep(failed)
		a.gone, failed = w.CreateMember(ctx, crm.Member{Name: "Gone"})
		keep(failed)
		a.summer, failed = w.CreateCampaign(ctx, crm.Campaign{Name: "Summer", Period: june})
		keep(failed)
		a.winter, failed = w.CreateCampaign(ctx, crm.Campaign{Name: "Winter"})
		keep(failed)
		a.pam, failed = w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam", Responsible: a.anna.ID,
			Profiles: []crm.Profile{{Platform: "Instagram", Handle: "pam"}}})
		keep(failed)
		a.emma, failed = w.CreateInfluencer(ctx, crm.Influencer{Name: "Emma", Profiles: []crm.Profile{{Platform: "Instagram", Handle: "emma"}}})
		keep(failed)
		a.otto, failed = w.CreateInfluencer(ctx, crm.Influencer{Name: "Otto"})
		keep(failed)
		saved, failed := w.CreateCooperation(ctx, crm.Cooperation{
			Campaign: a.summer.ID, Influencer: a.pam.ID, Profile: a.pam.Profiles[0].ID, Status: crm.Signed, Period: june,
			Cost: budget.FromMinor(100_000, "EUR"), Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
		})
		keep(failed)
		a.deal = saved.Cooperation
		saved, failed = w.CreateCooperation(ctx, crm.Cooperation{Campaign: a.summer.ID, Influencer: a.emma.ID})
		keep(failed)
		a.idea = saved.Cooperation
		saved, failed = w.CreateCooperation(ctx, crm.Cooperation{Campaign: a.summer.ID, Influencer: a.emma.ID, Period: june})
		keep(failed)
		saved, failed = w.Cancel(ctx, saved.Cooperation.ID, saved.Cooperation.Version, crm.Cancellation{On: june.Start}, "ill")
		keep(failed)
		a.cancelled = saved.Cooperation
		for _, at := range []crm.At{a.gone.At(), a.winter.At(), a.otto.At()} {
			_, failed = w.Archive(ctx, at, "over")
			keep(failed)
		}
		return err
	}))
	return a
}

var june = budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}

// The calls below are one call each with one thing wrong.

type abuse = func(ctx context.Context, a *abused) error

func campaign(edit func(*crm.Campaign)) abuse {
	return func(ctx context.Context, a *abused) error {
		c := crm.Campaign{Name: "New"}
		edit(&c)
		_, err := a.crm.CreateCampaign(ctx, a.ws, c)
		return err
	}
}

func influencer(edit func(*abused, *crm.Influencer)) abuse {
	return func(ctx context.Context, a *abused) error {
		i := crm.Influencer{Name: "New"}
		edit(a, &i)
		_, err := a.crm.CreateInfluencer(ctx, a.ws, i)
		return err
	}
}

func profile(edit func(*crm.Profile)) abuse {
	return influencer(func(_ *abused, i *crm.Influencer) {
		p := crm.Profile{Platform: "TikTok"}
		edit(&p)
		i.Profiles = []crm.Profile{p}
	})
}

func offer(edit func(*abused, *crm.Cooperation)) abuse {
	return func(ctx context.Context, a *abused) error {
		c := crm.Cooperation{Campaign: a.summer.ID, Influencer: a.emma.ID}
		edit(a, &c)
		_, err := a.crm.CreateCooperation(ctx, a.ws, c)
		return err
	}
}

func edited(of func(*abused) crm.Cooperation, edit func(*crm.Cooperation)) abuse {
	return func(ctx context.Context, a *abused) error {
		c := crm.Clone(of(a))
		edit(&c)
		_, err := a.crm.UpdateCooperation(ctx, a.ws, c, "")
		return err
	}
}

func settings(edit func(*crm.Workspace)) abuse {
	return func(ctx context.Context, a *abused) error {
		w, err := a.crm.Workspace(ctx, a.ws)
		if err == nil {
			edit(&w)
			_, err = a.crm.UpdateWorkspace(ctx, a.ws, w, "")
		}
		return err
	}
}

func archive(at func(*abused) crm.At) abuse {
	return func(ctx context.Context, a *abused) error {
		_, err := a.crm.Archive(ctx, a.ws, at(a), "")
		return err
	}
}

func remove(at func(*abused) crm.At) abuse {
	return func(ctx context.Context, a *abused) error {
		_, err := a.crm.Delete(ctx, a.ws, at(a), "")
		return err
	}
}

// results is the first error of a bulk operation: of the call, or of a record.
func results(b crm.Bulk, err error) error {
	for _, r := range b.Results {
		if err == nil {
			err = r.Err
		}
	}
	return err
}

func listed(f crm.CooperationFilter, o crm.ListOptions) abuse {
	return func(ctx context.Context, a *abused) error {
		_, err := a.crm.Cooperations(ctx, a.ws, f, o)
		return err
	}
}

func fails[T any](_ T, err error) error { return err }

var abuses = []struct {
	name string
	call abuse
}{
	{"campaign: blank name", campaign(func(c *crm.Campaign) { c.Name = " " })},
	{"campaign: long name", campaign(func(c *crm.Campaign) { c.Name = strings.Repeat("a", 201) })},
	{"campaign: name that is no text", campaign(func(c *crm.Campaign) { c.Name = "a\xff" })},
	{"campaign: line break in the name", campaign(func(c *crm.Campaign) { c.Name = "a\nb" })},
	{"campaign: name is taken", campaign(func(c *crm.Campaign) { c.Name = "SUMMER" })},
	{"campaign: name is in the archive", campaign(func(c *crm.Campaign) { c.Name = "Winter" })},
	{"campaign: notes of 5 MB", campaign(func(c *crm.Campaign) { c.Notes = strings.Repeat("a", fiveMegabytes) })},
	{"campaign: negative budget", campaign(func(c *crm.Campaign) { c.Budget = budget.FromMinor(-1, "EUR") })},
	{"campaign: foreign budget", campaign(func(c *crm.Campaign) { c.Budget = budget.FromMinor(1, "USD") })},
	{"campaign: unreal target", campaign(func(c *crm.Campaign) { c.RevenueTarget = budget.FromMinor(budget.MaxMinor+1, "EUR") })},
	{"campaign: ends before it starts", campaign(func(c *crm.Campaign) { c.Period = budget.Period{Start: june.End, End: june.Start} })},
	{"campaign: lasts for ever",
		campaign(func(c *crm.Campaign) { c.Period = budget.Period{Start: june.Start, End: june.Start.AddDays(9999)} })},
	{"campaign: in the year 2300", campaign(func(c *crm.Campaign) { c.Period.Start = june.Start.AddDays(100_000) })},

	{"member: blank name", func(ctx context.Context, a *abused) error { return fails(a.crm.CreateMember(ctx, a.ws, crm.Member{})) }},
	{"member: no email", func(ctx context.Context, a *abused) error {
		return fails(a.crm.CreateMember(ctx, a.ws, crm.Member{Name: "Bo", Email: "bo at home"}))
	}},
	{"member: edited in the archive", func(ctx context.Context, a *abused) error {
		m, err := a.crm.Member(ctx, a.ws, a.gone.ID)
		if m.Name = "Back"; err == nil {
			_, err = a.crm.UpdateMember(ctx, a.ws, m, "")
		}
		return err
	}},

	{"influencer: name of invisible letters", influencer(func(_ *abused, i *crm.Influencer) { i.Name = "\u200e\u3164" })},
	{"influencer: no email", influencer(func(_ *abused, i *crm.Influencer) { i.Email = "pam" })},
	{"influencer: no phone", influencer(func(_ *abused, i *crm.Influencer) { i.Phone = "call me" })},
	{"influencer: tag with a line break", influencer(func(_ *abused, i *crm.Influencer) { i.Tags = []string{"a\nb"} })},
	{"influencer: too many tags", influencer(func(_ *abused, i *crm.Influencer) { i.Tags = make([]string, crm.MaxTags+1) })},
	{"influencer: too many profiles", influencer(func(_ *abused, i *crm.Influencer) { i.Profiles = make([]crm.Profile, crm.MaxProfiles+1) })},
	{"influencer: custom field without a name", influencer(func(_ *abused, i *crm.Influencer) { i.Custom = map[string]string{"": "x"} })},
	{"influencer: responsible is nobody", influencer(func(_ *abused, i *crm.Influencer) { i.Responsible = crm.MemberID(strangers) })},
	{"influencer: responsible is archived", influencer(func(a *abused, i *crm.Influencer) { i.Responsible = a.gone.ID })},
	{"influencer: id is taken", influencer(func(a *abused, i *crm.Influencer) {
		i.Profiles = []crm.Profile{{ID: a.pam.Profiles[0].ID, Platform: "X"}}
	})},
	{"profile: no platform", profile(func(p *crm.Profile) { p.Platform = "" })},
	{"profile: handle is taken", profile(func(p *crm.Profile) { p.Platform, p.Handle = "Insta", "@PAM" })},
	{"profile: handle of two words", profile(func(p *crm.Profile) { p.Handle = "pam reif" })},
	{"profile: no link", profile(func(p *crm.Profile) { p.Link = "ftp://pam" })},
	{"profile: negative followers", profile(func(p *crm.Profile) { p.Followers = &crm.Followers{Count: -1} })},
	{"profile: rule of one letter", profile(func(p *crm.Profile) { p.Rules = []discount.Rule{{Match: discount.Contains, Pattern: "A"}} })},
	{"profile: rule with a placeholder",
		profile(func(p *crm.Profile) { p.Rules = []discount.Rule{{Match: discount.Contains, Pattern: "[style name]"}} })},
	{"profile: rule of an unknown kind", profile(func(p *crm.Profile) { p.Rules = []discount.Rule{{Match: "like", Pattern: "PAM"}} })},

	{"cooperation: no campaign", offer(func(_ *abused, c *crm.Cooperation) { c.Campaign = crm.CampaignID{} })},
	{"cooperation: no influencer", offer(func(_ *abused, c *crm.Cooperation) { c.Influencer = crm.InfluencerID{} })},
	{"cooperation: campaign of another workspace", offer(func(a *abused, c *crm.Cooperation) { c.Campaign = a.foreign.ID })},
	{"cooperation: archived campaign", offer(func(a *abused, c *crm.Cooperation) { c.Campaign = a.winter.ID })},
	{"cooperation: archived influencer", offer(func(a *abused, c *crm.Cooperation) { c.Influencer = a.otto.ID })},
	{"cooperation: profile of another influencer", offer(func(a *abused, c *crm.Cooperation) { c.Profile = a.pam.Profiles[0].ID })},
	{"cooperation: status with a capital", offer(func(_ *abused, c *crm.Cooperation) { c.Status = "Signed" })},
	{"cooperation: unknown spread", offer(func(_ *abused, c *crm.Cooperation) { c.Spread = "weekly" })},
	{"cooperation: negative cost", offer(func(_ *abused, c *crm.Cooperation) { c.Cost = budget.FromMinor(-5, "EUR") })},
	{"cooperation: signed without a start",
		offer(func(_ *abused, c *crm.Cooperation) { c.Status, c.Cost = crm.Signed, budget.FromMinor(0, "EUR") })},
	{"cooperation: signed without a cost", offer(func(_ *abused, c *crm.Cooperation) { c.Status, c.Period = crm.Signed, june })},
	{"cooperation: signed with Pam's code", offer(func(_ *abused, c *crm.Cooperation) {
		c.Status, c.Period, c.Cost = crm.Signed, june, budget.FromMinor(1, "EUR")
		c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "pam10"}}
	})},
	{"cooperation: # in a UTM field", offer(func(_ *abused, c *crm.Cooperation) { c.UTM.Source = utm.Of("insta#gram") })},
	{"cooperation: placeholder in a UTM field", offer(func(_ *abused, c *crm.Cooperation) { c.UTM.Term = utm.Of("{handle}") })},
	{"cooperation: one rule with two benefits", offer(func(_ *abused, c *crm.Cooperation) {
		c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "A10"},
			{Match: discount.Equals, Pattern: "a10", Benefit: discount.Benefit{Kind: discount.FreeShipping}}}
	})},
	{"cooperation: too many rules", offer(func(_ *abused, c *crm.Cooperation) { c.Rules = make([]discount.Rule, crm.MaxRules+1) })},
	{"cooperation: responsible is archived", offer(func(a *abused, c *crm.Cooperation) { c.Responsible = a.gone.ID })},
	{"cooperation: too many custom fields", offer(func(_ *abused, c *crm.Cooperation) {
		c.Custom = map[string]string{}
		for n := range crm.MaxCustomFields + 1 {
			c.Custom[fmt.Sprint(n)] = "x"
		}
	})},
	{"change: no version", edited(func(a *abused) crm.Cooperation { return a.idea }, func(c *crm.Cooperation) { c.Version = 0 })},
	{"change: stale version", edited(func(a *abused) crm.Cooperation { return a.idea }, func(c *crm.Cooperation) { c.Version = 7 })},
	{"change: no such cooperation", edited(func(a *abused) crm.Cooperation { return a.idea },
		func(c *crm.Cooperation) { c.ID = crm.CooperationID(strangers) })},
	{"change: back from signed without a reason", edited(func(a *abused) crm.Cooperation { return a.deal },
		func(c *crm.Cooperation) { c.Status = crm.Draft })},
	{"change: signed loses its start", edited(func(a *abused) crm.Cooperation { return a.deal },
		func(c *crm.Cooperation) { c.Period = budget.Period{} })},
	{"change: status of a cancelled one", edited(func(a *abused) crm.Cooperation { return a.cancelled },
		func(c *crm.Cooperation) { c.Status = crm.Negotiating })},

	{"workspace: blank name", settings(func(w *crm.Workspace) { w.Name = "" })},
	{"workspace: another currency", settings(func(w *crm.Workspace) { w.Currency = "USD" })},
	{"workspace: no currency", settings(func(w *crm.Workspace) { w.Currency = "EURO" })},
	{"workspace: no time zone", settings(func(w *crm.Workspace) { w.TimeZone = "Berlin" })},
	{"workspace: a comparison that is none", settings(func(w *crm.Workspace) { w.CodeComparison = "shopware" })},
	{"workspace: tail of years", settings(func(w *crm.Workspace) { w.TailDays = 9999 })},
	{"workspace: blank ignored code", settings(func(w *crm.Workspace) { w.IgnoredCodes = []string{" "} })},
	{"workspace: negative month budget", settings(func(w *crm.Workspace) {
		w.MonthBudgets = map[budget.Month]budget.Money{june.Start.Month(): budget.FromMinor(-1, "EUR")}
	})},

	{"archive: nothing", archive(func(*abused) crm.At { return crm.At{} })},
	{"archive: a workspace", archive(func(a *abused) crm.At { return crm.RefTo(a.ws).At(1) })},
	{"archive: an unknown kind", archive(func(*abused) crm.At { return crm.Ref{Kind: "shop", ID: strangers}.At(1) })},
	{"archive: nobody", archive(func(*abused) crm.At { return crm.RefTo(crm.InfluencerID(strangers)).At(1) })},
	{"archive: a stale version", archive(func(a *abused) crm.At { return a.pam.Ref().At(9) })},
	{"archive: no version", archive(func(a *abused) crm.At { return a.pam.Ref().At(0) })},
	{"archive: of another workspace", archive(func(a *abused) crm.At { return a.foreign.At() })},
	{"restore: a stale version", func(ctx context.Context, a *abused) error { return fails(a.crm.Restore(ctx, a.ws, a.winter.At(), "")) }},
	{"delete: a signed one", remove(func(a *abused) crm.At { return a.deal.At() })},
	{"delete: a campaign in use", remove(func(a *abused) crm.At { return a.summer.At() })},
	{"delete: an influencer in use", remove(func(a *abused) crm.At { return a.pam.At() })},
	{"delete: a member in use", remove(func(a *abused) crm.At { return a.anna.At() })},
	{"delete: an import run", remove(func(*abused) crm.At { return crm.RefTo(crm.ImportRunID(strangers)).At(1) })},
	{"set status: no status", func(ctx context.Context, a *abused) error {
		return results(a.crm.SetStatus(ctx, a.ws, []crm.At{a.idea.At()}, "done", ""))
	}},
	{"set status: of an influencer", func(ctx context.Context, a *abused) error {
		return results(a.crm.SetStatus(ctx, a.ws, []crm.At{a.pam.At()}, crm.Draft, ""))
	}},
	{"set status: signed without a start", func(ctx context.Context, a *abused) error {
		return results(a.crm.SetStatus(ctx, a.ws, []crm.At{a.idea.At()}, crm.Signed, ""))
	}},
	{"set status: too many", func(ctx context.Context, a *abused) error {
		return results(a.crm.SetStatus(ctx, a.ws, make([]crm.At, crm.MaxBulk+1), crm.Draft, ""))
	}},
	{"tag: a stale version", func(ctx context.Context, a *abused) error {
		return results(a.crm.Tag(ctx, a.ws, []crm.At{a.pam.Ref().At(5)}, []string{"vip"}, nil))
	}},
	{"tag: archived", func(ctx context.Context, a *abused) error {
		return results(a.crm.Tag(ctx, a.ws, crm.AnyVersion(a.otto.ID), []string{"vip"}, nil))
	}},
	{"cancel: in the year 2300", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Cancel(ctx, a.ws, a.idea.ID, a.idea.Version, crm.Cancellation{On: june.Start.AddDays(100_000)}, ""))
	}},
	{"cancel: negative fee", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Cancel(ctx, a.ws, a.deal.ID, a.deal.Version, crm.Cancellation{On: june.Start, Fee: budget.FromMinor(-1, "EUR")}, ""))
	}},
	{"cancel: a stale version", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Cancel(ctx, a.ws, a.idea.ID, 9, crm.Cancellation{On: june.Start}, ""))
	}},
	{"reinstate: nobody", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Reinstate(ctx, a.ws, crm.CooperationID(strangers), 1, ""))
	}},
	{"picture: no image", func(ctx context.Context, a *abused) error {
		return fails(a.crm.SetPicture(ctx, a.ws, a.pam.ID, a.pam.Version, crm.Picture{Type: "image/png", Data: []byte("png")}, ""))
	}},
	{"picture: a kind that is not kept", func(ctx context.Context, a *abused) error {
		return fails(a.crm.SetPicture(ctx, a.ws, a.pam.ID, a.pam.Version, crm.Picture{Type: "image/svg+xml"}, ""))
	}},
	{"merge: with itself", func(ctx context.Context, a *abused) error {
		return fails(a.crm.MergeInfluencers(ctx, a.ws, a.pam.At(), a.pam.At(), crm.MergeOptions{}, ""))
	}},
	{"merge: a campaign", func(ctx context.Context, a *abused) error {
		return fails(a.crm.MergeInfluencers(ctx, a.ws, a.pam.At(), a.summer.At(), crm.MergeOptions{}, ""))
	}},
	{"merge: a stale version", func(ctx context.Context, a *abused) error {
		return fails(a.crm.MergeInfluencers(ctx, a.ws, a.pam.At(), a.emma.Ref().At(4), crm.MergeOptions{}, ""))
	}},
	{"merge: an unknown field", func(ctx context.Context, a *abused) error {
		return fails(a.crm.MergeInfluencers(ctx, a.ws, a.pam.At(), a.emma.At(), crm.MergeOptions{Take: []string{"shoe"}}, ""))
	}},
	{"erase: a stale version", func(ctx context.Context, a *abused) error { return fails(a.crm.Erase(ctx, a.ws, a.pam.ID, 8, "")) }},
	{"erase: a member of another workspace", func(ctx context.Context, a *abused) error {
		return fails(a.crm.EraseMember(ctx, a.elsewhere, a.anna.ID, 1, ""))
	}},
	{"defaults: no field", func(ctx context.Context, a *abused) error {
		return fails(a.crm.UseDefaults(ctx, a.ws, a.idea.ID, a.idea.Version, nil, ""))
	}},
	{"defaults: a field without one", func(ctx context.Context, a *abused) error {
		return fails(a.crm.UseDefaults(ctx, a.ws, a.idea.ID, a.idea.Version, []string{"cost"}, ""))
	}},
	{"clone: a start and days", func(ctx context.Context, a *abused) error {
		return fails(a.crm.CloneCampaign(ctx, a.ws, a.summer.ID, crm.CloneOptions{Name: "Next", Start: june.End, Days: 3}))
	}},
	{"clone: the name is taken", func(ctx context.Context, a *abused) error {
		return fails(a.crm.CloneCampaign(ctx, a.ws, a.summer.ID, crm.CloneOptions{Name: "Summer", Days: 3}))
	}},
	{"clone: no month", func(ctx context.Context, a *abused) error {
		return fails(a.crm.CloneMonth(ctx, a.ws, a.summer.ID, budget.Month{}))
	}},
	{"source: unknown", func(ctx context.Context, a *abused) error {
		return fails(a.crm.ConnectSource(ctx, a.ws, "fax", "", ""))
	}},
	{"source: the CRM has no link", func(ctx context.Context, a *abused) error {
		return fails(a.crm.ConnectSource(ctx, a.ws, crm.CRMSource, "https://shop.example", ""))
	}},
	{"undo: no unit", func(ctx context.Context, a *abused) error { return fails(a.crm.UndoUnit(ctx, a.ws, uuid.Nil, "")) }},
	{"undo: an unknown unit", func(ctx context.Context, a *abused) error { return fails(a.crm.UndoUnit(ctx, a.ws, strangers, "")) }},
	{"undo: an unknown import", func(ctx context.Context, a *abused) error {
		return fails(a.crm.UndoImport(ctx, a.ws, crm.ImportRunID(strangers), ""))
	}},
	{"dry run: blank name", func(ctx context.Context, a *abused) error {
		return fails(a.crm.DryRun().CreateCampaign(ctx, a.ws, crm.Campaign{}))
	}},

	{"get: nobody", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Influencer(ctx, a.ws, crm.InfluencerID(strangers)))
	}},
	{"get: of another workspace", func(ctx context.Context, a *abused) error { return fails(a.crm.Campaign(ctx, a.ws, a.foreign.ID)) }},
	{"get: no id", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Cooperation(ctx, a.ws, crm.CooperationID{}))
	}},
	{"get: no workspace", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Member(ctx, crm.WorkspaceID(strangers), a.anna.ID))
	}},
	{"get: no picture", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Picture(ctx, a.ws, crm.PictureID(strangers)))
	}},
	{"get: no import", func(ctx context.Context, a *abused) error {
		return fails(a.crm.ImportRun(ctx, a.ws, crm.ImportRunID(strangers)))
	}},
	{"list: page of minus one", listed(crm.CooperationFilter{}, crm.ListOptions{Size: -1})},
	{"list: page of all", listed(crm.CooperationFilter{}, crm.ListOptions{Size: crm.MaxPageSize + 1})},
	{"list: unknown order", listed(crm.CooperationFilter{}, crm.ListOptions{Sort: "mood"})},
	{"list: token that is none", listed(crm.CooperationFilter{}, crm.ListOptions{Token: "next"})},
	{"list: token of 5 MB", listed(crm.CooperationFilter{}, crm.ListOptions{Token: strings.Repeat("A", fiveMegabytes)})},
	{"list: unknown archive", listed(crm.CooperationFilter{Archive: "some"}, crm.ListOptions{})},
	{"list: unknown status", listed(crm.CooperationFilter{Statuses: []crm.Status{"Signed"}}, crm.ListOptions{})},
	{"list: unknown state", listed(crm.CooperationFilter{State: "over"}, crm.ListOptions{})},
	{"list: unknown cancelled", listed(crm.CooperationFilter{Cancelled: "maybe"}, crm.ListOptions{})},
	{"list: too many values", listed(crm.CooperationFilter{Tags: manyTags()}, crm.ListOptions{})},
	{"totals: unknown status", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Totals(ctx, a.ws, crm.CooperationFilter{Statuses: []crm.Status{"x"}}))
	}},
	{"facets: unknown archive", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Facets(ctx, a.ws, crm.CooperationFilter{Archive: "x"}))
	}},
	{"conflicts: unlisted severity", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Conflicts(ctx, a.ws, crm.ConflictFilter{Severity: discount.Possible}, crm.ListOptions{}))
	}},
	{"conflicts: of nobody", func(ctx context.Context, a *abused) error {
		return fails(a.crm.ConflictsOf(ctx, a.ws, crm.Cooperation{}))
	}},
	{"names: an unknown kind", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Names(ctx, a.ws, []crm.Ref{{Kind: "shop", ID: strangers}}))
	}},
	{"names: no id", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Names(ctx, a.ws, []crm.Ref{{Kind: crm.KindMember}}))
	}},
	{"log: no limit", func(ctx context.Context, a *abused) error { return fails(a.crm.Changes(ctx, a.ws, 0, 0)) }},
	{"log: limit of all", func(ctx context.Context, a *abused) error {
		return fails(a.crm.Log(ctx, a.ws, crm.ChangeFilter{Newest: true}, crm.MaxPageSize+1))
	}},
	{"history: of nobody in particular", func(ctx context.Context, a *abused) error {
		return fails(a.crm.History(ctx, a.ws, crm.Ref{}, 0, 10))
	}},
	{"history: of no unit", func(ctx context.Context, a *abused) error {
		return fails(a.crm.HistoryOf(ctx, a.ws, uuid.Nil, 0, 10))
	}},
	{"as of: the future", func(ctx context.Context, a *abused) error {
		return a.crm.AsOf(ctx, a.ws, 9999, func(context.Context, crm.Reader) error { return nil })
	}},
	{"report: in the year 1", func(ctx context.Context, a *abused) error { return fails(a.crm.ReportAt(ctx, a.ws, time.Time{}, nil)) }},
	{"followers: of a profile that never was", func(ctx context.Context, a *abused) error {
		return fails(a.crm.FollowerHistory(ctx, a.ws, a.pam.ID, crm.ProfileID(strangers)))
	}},
	{"follow: past the end", func(ctx context.Context, a *abused) error {
		return a.crm.Follow(ctx, a.ws, 9999, nil, func(context.Context, []crm.Change) error { return nil })
	}},
	{"follow: backwards", func(ctx context.Context, a *abused) error {
		return a.crm.Follow(ctx, a.ws, 0, &crm.FollowOptions{Interval: -1}, func(context.Context, []crm.Change) error { return nil })
	}},

	{"context: ended before a read", func(ctx context.Context, a *abused) error {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		return fails(a.crm.Campaign(ctx, a.ws, a.summer.ID))
	}},
	{"context: ended before a write", func(ctx context.Context, a *abused) error {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		return fails(a.crm.CreateCampaign(ctx, a.ws, crm.Campaign{Name: "Late"}))
	}},
	{"context: ends inside a unit", func(ctx context.Context, a *abused) error {
		ctx, cancel := context.WithCancel(ctx)
		return a.crm.Update(ctx, a.ws, func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateCampaign(ctx, crm.Campaign{Name: "Late"})
			cancel()
			return err
		})
	}},
	{"unit: a unit inside", func(ctx context.Context, a *abused) error {
		return a.crm.Update(ctx, a.ws, func(ctx context.Context, _ *crm.Work) error {
			return fails(a.crm.CreateCampaign(ctx, a.ws, crm.Campaign{Name: "Inside"}))
		})
	}},
	{"unit: a view inside", func(ctx context.Context, a *abused) error {
		return a.crm.Update(ctx, a.ws, func(ctx context.Context, _ *crm.Work) error {
			return a.crm.View(ctx, a.elsewhere, func(context.Context, crm.Reader) error { return nil })
		})
	}},
	{"unit: an error that is swallowed", func(ctx context.Context, a *abused) error {
		return a.store.Update(ctx, a.ws, func(ctx context.Context, tx crm.Tx) error {
			_ = tx.Insert(ctx, crm.Campaign{ID: a.summer.ID, Version: 1, Name: "Twice"})
			return nil
		})
	}},
	{"unit: used after its end", func(ctx context.Context, a *abused) error {
		return fails(a.work.CreateCampaign(ctx, crm.Campaign{Name: "After"}))
	}},
	{"view: used after its end", func(ctx context.Context, a *abused) error { return fails(a.reader.Workspace(ctx)) }},
	{"unit: in no workspace", func(ctx context.Context, a *abused) error {
		return a.crm.Update(ctx, crm.WorkspaceID(strangers), func(context.Context, *crm.Work) error { return nil })
	}},
}

func manyTags() []string {
	all := make([]string, crm.MaxFilterValues+1)
	for n := range all {
		all[n] = fmt.Sprint("tag ", n)
	}
	return all
}

// TestAbuse makes every call on every store. Each fails with the same family, code and sentences, writes nothing, and the
// workspace is in order afterwards; none waits for ever.
func TestAbuse(t *testing.T) {
	t.Parallel()
	said := map[string]string{}
	for name, store := range stores(t) {
		a := newAbused(t, store)
		before := a.state(t)
		var all strings.Builder
		for _, test := range abuses {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			err := test.call(ctx, a)
			cancel()
			if err == nil || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %s: error %v", name, test.name, err)
				continue
			}
			fmt.Fprintf(&all, "%s\n\t%s | %s\n\t%s\n\t%s\n", test.name, familyOf(err), crm.Code(err),
				strings.ReplaceAll(crm.Explain(err, language.English), "\n", "\n\t"),
				strings.ReplaceAll(crm.Explain(err, language.German), "\n", "\n\t"))
		}
		if diff := cmp.Diff(before, a.state(t)); diff != "" {
			t.Errorf("%s: something was written (-before +after):\n%s", name, diff)
		}
		if _, err := a.crm.CreateCampaign(t.Context(), a.ws, crm.Campaign{Name: "In order"}); err != nil {
			t.Errorf("%s: afterwards: %v", name, err)
		}
		said[name] = all.String()
	}
	golden := filepath.Join("testdata", "abuse.txt")
	if *updateAbuse {
		if err := os.WriteFile(golden, []byte(said["memory"]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range said {
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// state is what must not change: the ends of both logs.
func (a *abused) state(t *testing.T) (heads [2]crm.Head) {
	t.Helper()
	for n, ws := range []crm.WorkspaceID{a.ws, a.elsewhere} {
		var err error
		if heads[n], err = a.store.Reader(ws).Head(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return heads
}

// familyOf names the families of an error.
func familyOf(err error) string {
	var families []string
	for _, family := range []error{
		crm.ErrInvalid, crm.ErrNotFound, crm.ErrAlreadyExists, crm.ErrConflict, crm.ErrReferenced, crm.ErrBusy, crm.ErrRetry,
		crm.ErrNestedTx, crm.ErrUnitOver, crm.ErrClosed, crm.ErrStorage, context.Canceled,
	} {
		if errors.Is(err, family) {
			families = append(families, family.Error())
		}
	}
	return strings.Join(families, ", ")
}
