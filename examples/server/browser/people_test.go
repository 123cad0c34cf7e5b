package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/crm"
)

// withoutScript keeps pages from running scripts; a test still looks at them.
func (b *tab) withoutScript() {
	b.t.Helper()
	b.mute = true
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		b.t.Fatal(err)
	}
}

// follow clicks what leads to another page, and waits for it.
func (b *tab) follow(selector, until string) {
	b.t.Helper()
	b.do("click "+selector, chromedp.Click(chromedp.CSS(selector)))
	b.until("what "+selector+" leads to", until)
}

// Two influencers who are one are found, compared, merged and taken apart again, in German and without a script.
func TestMergeTwoInfluencers(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	twin, err := s.crm.CreateInfluencer(t.Context(), s.ws.ID, crm.Influencer{
		Name: "Pam", Email: "pam@mail.example", Category: "Food", Profiles: []crm.Profile{{Platform: "tiktok", Handle: "pam"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	deal := s.deal(t, twin, crm.Draft)
	for _, script := range []bool{true, false} {
		b := s.open(t, "de")
		if !script {
			b.withoutScript()
		}
		b.visit(s.at("influencers/duplicates"))
		b.follow("td a.button", `location.pathname.endsWith("/merge")`)
		b.accessible(axe(t), "a merge")
		b.follow("form.card button.primary", `document.querySelector(".toast")`)
		merged, err := s.crm.Influencers(t.Context(), s.ws.ID, crm.InfluencerFilter{Text: "Pam"}, crm.ListOptions{})
		if err != nil || len(merged.Items) != 1 || len(merged.Items[0].Profiles) != 2 || merged.Items[0].Email != "pam@mail.example" {
			t.Fatalf("with script %t: %+v, %v", script, merged.Items, err)
		}
		if moved, err := s.crm.Cooperation(t.Context(), s.ws.ID, deal.ID); err != nil || moved.Influencer != merged.Items[0].ID {
			t.Errorf("with script %t: the cooperation is of %s, %v", script, moved.Influencer, err)
		}
		b.follow(".toast button", "location.href !== "+quote(b.where()))
		apart, err := s.crm.Influencers(t.Context(), s.ws.ID, crm.InfluencerFilter{Text: "Pam"}, crm.ListOptions{})
		if err != nil || len(apart.Items) != 2 {
			t.Fatalf("with script %t: %d after the undo, %v", script, len(apart.Items), err)
		}
	}
}

// A change of many is told for each, and that of a whole list reaches those that no box stands for.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.deal(t, s.pam, crm.Signed)
	bare, err := s.crm.CreateCooperation(t.Context(), s.ws.ID, crm.Cooperation{Campaign: s.campaign.ID, Influencer: s.bob.ID})
	if err != nil {
		t.Fatal(err)
	}
	b := s.open(t, "en")
	b.visit(s.at("cooperations"))
	b.do("all on the page", chromedp.Click(chromedp.CSS("[data-select-all]")))
	b.until("all are chosen", `document.querySelectorAll("input[name=at]:checked").length === 2`)
	b.choose("bulk-do", "status.signed")
	b.follow(".bulk button", `document.querySelector("main").innerText.includes("1 of 2 are as wanted")`)
	b.accessible(axe(t), "what became of each")
	b.follow("p .button.primary", `location.pathname.endsWith("/cooperations")`)
	b.do("all of the list", chromedp.Click(chromedp.CSS("input[name=of][value=all]")), chromedp.SendKeys(chromedp.CSS("#bulk-tags"), "vip"))
	b.choose("bulk-do", "tag")
	b.follow(".bulk button", `document.querySelector(".toast")`)
	for _, of := range []crm.InfluencerID{s.pam.ID, bare.Cooperation.Influencer} {
		if i, err := s.crm.Influencer(t.Context(), s.ws.ID, of); err != nil || len(i.Tags) != 1 || i.Tags[0] != "vip" {
			t.Errorf("%s has the tags %v, %v", i.Name, i.Tags, err)
		}
	}
}

// Who has chosen what somebody else has saved, and then types over the field, saves what is typed.
func TestTypingUndoesAChoice(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	b := s.open(t, "en")
	b.visit(s.at("influencers/" + s.pam.ID.String()))
	b.choose("field-notes", "mine")
	b.choose("field-email", "mine@mail.example")
	b.choose("field-profiles[0].rules[0].pattern", "MINE10")
	b.choose("field-profiles[0].handle", "mine")
	theirs := crm.Clone(s.pam)
	theirs.Notes, theirs.Email, theirs.Profiles[0].Handle, theirs.Profiles[0].Rules[0].Pattern = "theirs",
		"theirs@mail.example", "theirs", "THEIRS10"
	if _, err := s.crm.UpdateInfluencer(t.Context(), s.ws.ID, theirs, ""); err != nil {
		t.Fatal(err)
	}
	b.do("save", chromedp.Click(chromedp.CSS("p.save .primary")))
	b.until("they meet", `document.querySelectorAll('input[type=radio][value=theirs]').length === 4`)
	_ = ask(b, "theirs",
		chromedp.Evaluate[bool](`(document.querySelectorAll('input[type=radio][value=theirs]').forEach((x) => { x.checked = true; }), true)`))
	b.choose("field-notes", "typed")
	b.choose("field-profiles[0].rules[0].pattern", "TYPED10")
	b.until("what is typed over is chosen no more", `document.querySelectorAll('input[type=radio][value=theirs]:checked').length === 2`)
	b.do("save", chromedp.Click(chromedp.CSS("p.save .primary")))
	b.until("saved", `document.querySelector(".toast")`)
	got, err := s.crm.Influencer(t.Context(), s.ws.ID, s.pam.ID)
	if err != nil || got.Notes != "typed" || got.Email != "theirs@mail.example" || got.Profiles[0].Handle != "theirs" || got.Profiles[0].Rules[0].Pattern != "TYPED10" {
		t.Errorf("%+v, %v", got, err)
	}
}
