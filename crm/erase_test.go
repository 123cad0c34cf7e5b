package crm_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// gossip is a shop that knows much about Pamela Reif, in many places.
type gossip struct {
	*shop
	campaign     crm.Campaign
	pam          crm.Influencer
	signed, idea crm.Cooperation
	others       crm.Cooperation
	run          crm.ImportRun
}

// secrets are texts that must be nowhere after the erasure.
var secrets = []string{"Pamela", "pamela", "Reif", "pam.fit", "pam_fit", "old.pam", "+49 170", "491701", "allergic",
	"sister", "mum", "shy", "private.example"}

func newGossip(t tester) *gossip {
	s := newShop(t)
	g := &gossip{shop: s, campaign: s.campaign("Summer")}
	g.pam = must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{
		Name: "Pamela Reif", Phone: "+49 170 1234567", Email: "pamela@private.example", Category: "Fitness", Tags: []string{"mum"},
		Notes: "allergic to nuts", Custom: map[string]string{"sister": "Laura"},
		Profiles: []crm.Profile{
			{Platform: "Instagram", Handle: "old.pam", Link: "https://instagram.com/old.pam", Followers: &crm.Followers{Count: 9_000_000},
				UTM: template(utm.Params{Term: utm.Of("{handle}")}), Rules: []discount.Rule{equals("FIT10")}},
			{Platform: "Blog", Link: "https://private.example"},
		},
	}))(t)
	g.signed = s.book(crm.Cooperation{
		Campaign: g.campaign.ID, Influencer: g.pam.ID, Profile: g.pam.Profiles[0].ID, Status: crm.Signed,
		Cost: eur(250_000), Period: days("2026-06-01", "2026-06-30"),
		Notes: "she is shy",
	})
	renamed := crm.Clone(g.pam)
	renamed.Name, renamed.Profiles[0].Handle = "Pamela R.", "pam.fit"
	g.pam = must(s.crm.UpdateInfluencer(ctx, s.ws, renamed, "her sister called"))(t)
	g.signed = must(s.edit(g.signed.ID, "Pamela asked",
		func(c *crm.Cooperation) { c.Custom = map[string]string{"sister": "came too"} }))(t).Cooperation
	gone := s.book(crm.Cooperation{Campaign: g.campaign.ID, Influencer: g.pam.ID, Name: "Pamela's reel", Notes: "allergic"})
	must(s.crm.Delete(ctx, s.ws, gone.At(), "shy"))(s)
	g.idea = s.load(crm.Cooperation{
		Campaign: g.campaign.ID, Influencer: g.pam.ID, Name: "Pamela again",
		UTM:          utm.Params{Source: utm.Of("instagram"), Content: utm.Of("reel-pam_fit")},
		Imported:     &crm.Imported{Source: "tracker", Key: "pamela|summer", Values: map[string]string{"name": "Pamela Reif"}},
		Cancellation: &crm.Cancellation{On: day("2026-05-01"), Reason: "allergic"},
	})
	g.others = s.book(crm.Cooperation{
		Campaign: g.campaign.ID, Influencer: s.influencer("Emma", crm.Profile{Platform: "X", Handle: "emma"}).ID,
		Cost: eur(10_000), Period: days("2026-06-01", ""), Notes: "keep",
	})
	s.ok(s.work(func(w *crm.Work) (err error) {
		if g.run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker", Counts: map[string]int{"created": 1}, Plan: json.RawMessage(`{"rows":["Pamela Reif"]}`)}); err != nil {
			return err
		}
		_, err = w.RecordImport(ctx, crm.ImportRun{Source: "other", Plan: json.RawMessage(`{"rows":["Emma"]}`)})
		return err
	}))
	return g
}

// everythingSaid is all that the shop says about anything, at any time.
func (g *gossip) everythingSaid() string {
	g.Helper()
	var b strings.Builder
	tell := func(v any) { fmt.Fprintf(&b, "%s\n", must(json.Marshal(v))(g)) }
	for _, c := range g.changes() {
		tell(c)
		fmt.Fprintln(&b, history.Describe(c, nil))
	}
	tell(must(g.crm.ImportRuns(ctx, g.ws, crm.ImportRunFilter{}, crm.ListOptions{}))(g))
	for at := range g.head().Seq + 1 {
		g.ok(g.crm.AsOf(ctx, g.ws, at, func(ctx context.Context, r crm.Reader) error {
			for _, record := range everyRecord(g, r) {
				tell(record)
			}
			return nil
		}))
	}
	return b.String()
}

// Pictures go, the former ones and those of the past too, and nobody else's.
func TestEraseTakesThePictures(t *testing.T) {
	t.Parallel()
	g := newGossip(t)
	first := g.setPicture(g.pam.ID, portrait(4, 3, 9))
	second := g.setPicture(g.pam.ID, cutout(3, 4))
	changed := g.lastUnit()
	emmas := g.setPicture(g.others.Influencer, portrait(4, 3, 9))
	done := must(g.crm.Erase(ctx, g.ws, second.ID, second.Version, ""))(t)
	if !done.Influencer.Picture.IsZero() {
		t.Errorf("there is the picture %s", done.Influencer.Picture)
	}
	for _, id := range []crm.PictureID{first.Picture, second.Picture} {
		if _, err := g.crm.Picture(ctx, g.ws, id); !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("picture %s: %v", id, err)
		}
	}
	must(g.crm.UndoUnit(ctx, g.ws, changed, ""))(t)
	if said := g.everythingSaid(); strings.Contains(said, first.Picture.String()) || strings.Contains(said, second.Picture.String()) {
		t.Error("the log or the past still names a picture")
	}
	if len(g.bytesOf(emmas.Picture)) == 0 || must(g.crm.Influencer(ctx, g.ws, emmas.ID))(t).Picture != emmas.Picture {
		t.Error("Emma's picture is gone too")
	}
}

func TestErase(t *testing.T) {
	t.Parallel()
	g := newGossip(t)
	said, before := g.everythingSaid(), g.changes()
	for _, secret := range secrets {
		if !strings.Contains(said, secret) && secret != "pam_fit" {
			t.Fatalf("the test knows nothing of %q", secret)
		}
	}
	reportBefore := must(g.crm.Report(ctx, g.ws, nil))(t)

	done := must(g.crm.Erase(ctx, g.ws, g.pam.ID, g.pam.Version, "she demanded it"))(t)

	said = g.everythingSaid()
	for _, secret := range secrets {
		if at := strings.Index(said, secret); at >= 0 {
			t.Errorf("%q is still there: …%s…", secret, said[max(0, at-60):min(len(said), at+60)])
		}
	}
	want := crm.Influencer{
		Times: crm.Times{CreatedAt: g.pam.CreatedAt, ChangedAt: g.now},
		ID:    g.pam.ID, Version: 3, Name: "Erased person", Category: "Fitness", Tags: []string{},
		Custom: map[string]string{}, ArchivedOn: day("2026-05-20"),
		Profiles: []crm.Profile{
			{ID: g.pam.Profiles[0].ID, Platform: "instagram", Rules: []discount.Rule{}},
			{ID: g.pam.Profiles[1].ID, Platform: "blog", Rules: []discount.Rule{}},
		},
	}
	if diff := cmp.Diff([]crm.Influencer{want, want}, []crm.Influencer{done.Influencer, must(g.crm.Influencer(ctx, g.ws, g.pam.ID))(t)}, values, cmp.AllowUnexported(utm.Template{}, utm.Params{}, utm.Value{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if done.Cooperations != 2 || done.Imports != 1 || done.Changes == 0 {
		t.Errorf("done %+v", done)
	}

	// The books stay.
	signed, idea := g.cooperation(g.signed.ID), g.cooperation(g.idea.ID)
	if signed.Name != "Summer - Erased person - Instagram" || signed.Cost != g.signed.Cost || signed.Period != g.signed.Period || signed.Status != crm.Signed {
		t.Errorf("the signed one is %+v", signed)
	}
	if diff := cmp.Diff(g.signed.Rules, signed.Rules, values); diff != "" {
		t.Errorf("codes (-before +after):\n%s", diff)
	}
	if !idea.UTM.IsZero() || idea.Imported != nil || idea.NameMode != crm.NameAuto || idea.Cancellation == nil {
		t.Errorf("the imported one is %+v", idea)
	}
	if got := g.cooperation(g.others.ID); got.Notes != "keep" || got.Version != g.others.Version {
		t.Errorf("another's is %+v", got)
	}
	if before, after := reportBefore.Total, must(g.crm.Report(ctx, g.ws, nil))(t).Total; before.Allocated() != after.Allocated() {
		t.Errorf("allocated %s before, %s after", before.Allocated(), after.Allocated())
	}

	// The log has every seq, by whom and when, and what was done.
	after := g.changes()
	for n, c := range before {
		now := after[n]
		if c.Seq != now.Seq || c.Unit != now.Unit || !c.At.Equal(now.At) || c.Actor != now.Actor || c.Record != now.Record || c.Kind != now.Kind {
			t.Errorf("change %d is %+v, was %+v", c.Seq, now, c)
		}
	}
	if last := after[len(after)-1]; last.Kind != crm.Erased || last.Reason != "she demanded it" || len(after) != len(before)+3 {
		t.Errorf("%d changes, the last is %+v", len(after)-len(before), last)
	}
}

func TestAnErasureIsFinal(t *testing.T) {
	t.Parallel()
	g := newGossip(t)
	created := g.unitOf(g, g.signed.Ref())
	must(g.crm.Erase(ctx, g.ws, g.pam.ID, g.pam.Version, ""))(t)
	erasure := g.lastUnit()
	undone := must(g.crm.UndoUnit(ctx, g.ws, erasure, ""))(t)
	if len(undone.Kept) != 3 || len(undone.Restored) != 0 {
		t.Errorf("the undo of the erasure did %+v", undone)
	}
	for _, k := range undone.Kept {
		if k.Why.String() != "personal data were erased from it, which cannot be taken back" {
			t.Errorf("kept because %s", k.Why)
		}
	}
	must(g.crm.UndoUnit(ctx, g.ws, created, ""))(t)
	said := g.everythingSaid()
	for _, secret := range secrets {
		if strings.Contains(said, secret) {
			t.Errorf("%q came back", secret)
		}
	}
	if _, err := g.crm.Erase(ctx, g.ws, g.pam.ID, g.pam.Version, ""); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("from a stale version: %v", err)
	}
	again := must(g.crm.Influencer(ctx, g.ws, g.pam.ID))(t)
	if done := must(g.crm.Erase(ctx, g.ws, again.ID, again.Version, ""))(t); done.Imports != 0 {
		t.Errorf("erased twice: %+v", done)
	}
}

// A replay of a redacted log still gives the records as they are.
func TestARedactedLogRebuildsTheRecords(t *testing.T) {
	t.Parallel()
	g := newGossip(t)
	must(g.crm.Erase(ctx, g.ws, g.pam.ID, g.pam.Version, ""))(t)
	states := map[string]map[string]string{}
	for _, c := range g.changes() {
		ref := c.Record.String()
		if states[ref] == nil {
			states[ref] = map[string]string{}
		}
		for _, f := range c.Fields {
			if f.Field == "version" {
				continue // of the record, and none of its state
			}
			if was := states[ref][f.Field]; was != string(f.Before) {
				t.Errorf("change %d: %s was %q, not %q", c.Seq, f.Field, was, f.Before)
			}
			if states[ref][f.Field] = string(f.After); f.After == nil {
				delete(states[ref], f.Field)
			}
		}
		if c.Kind == crm.Deleted {
			delete(states, ref)
		}
	}
	if diff := cmp.Diff(g.states(), states); diff != "" {
		t.Errorf("(-stored +replayed):\n%s", diff)
	}
}

// Who was merged into the person is the person, with an account of its own or without, and over several
// steps. Who is somebody else stays, even where a cooperation came from there.
func TestEraseFindsWhoWasMerged(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer")
	pam := s.influencer("Pamela One", crm.Profile{Platform: "Blog"})
	account := s.influencer("Pamela Two", crm.Profile{Platform: "Instagram", Handle: "pam"})
	deals := s.influencer("Pamela Three")
	earlier := s.influencer("Pamela Four")
	emma := s.influencer("Emma")
	for _, i := range []crm.Influencer{account, deals, earlier} {
		s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Notes: "Pamela likes it"})
		gone := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Notes: "Pamela changed her mind"})
		must(s.crm.Delete(ctx, s.ws, gone.At(), ""))(s)
	}
	swapped := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: emma.ID})
	must(s.edit(swapped.ID, "", func(c *crm.Cooperation) { c.Influencer = pam.ID }))(t)
	deals = must(s.crm.MergeInfluencers(ctx, s.ws, deals.At(), earlier.At(), crm.MergeOptions{}, ""))(t).Influencer
	for _, from := range []crm.Influencer{account, deals} {
		pam = must(s.crm.MergeInfluencers(ctx, s.ws, pam.At(), from.At(), crm.MergeOptions{}, ""))(t).Influencer
	}
	must(s.crm.Erase(ctx, s.ws, pam.ID, pam.Version, ""))(t)
	log := s.changes()
	for _, c := range log {
		if doc := string(must(json.Marshal(c))(t)); strings.Contains(doc, "Pamela") || strings.Contains(doc, `"pam"`) {
			t.Errorf("change %d still says %s", c.Seq, doc)
		}
	}
	if doc := string(must(json.Marshal(log))(t)); !strings.Contains(doc, `"Emma"`) {
		t.Error("Emma, who is somebody else, is gone from the log")
	}
}

// Who is erased is told by what the record says, and not by its name.
func TestIsErased(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	const name = "Erased person"
	ann := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Ann", Email: "ann@mail.example", Tags: []string{"tall"},
		Profiles: []crm.Profile{{Platform: "instagram", Handle: "ann"}}}))(t)
	mia := s.member("Mia")
	erased := s.erase(ann.ID).Influencer
	left := must(s.crm.EraseMember(ctx, s.ws, mia.ID, mia.Version, ""))(t).Member
	again, renewed := crm.Clone(erased), left
	again.Profiles[0].Handle, renewed.Email = "ann", "mia@mail.example"
	for n, test := range []struct {
		record crm.Record
		want   bool
	}{
		{ann, false}, {mia, false}, {erased, true}, {s.stored(ann.ID), true}, {left, true}, {again, false}, {renewed, false},
		{crm.Influencer{Name: name, Phone: "1"}, false}, {crm.Influencer{Name: name, Category: "Food"}, true},
		{crm.Campaign{Name: name}, false}, {nil, false},
	} {
		if got := crm.IsErased(test.record); got != test.want {
			t.Errorf("%d: %t: %+v", n, got, test.record)
		}
	}
}
