package crm_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/utm"
)

// Some bad input never becomes a record, because the types of its fields do not hold it.
func TestJSONThatIsNoRecord(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		into   crm.Record
		json   string
		family error
		want   string
	}{
		{"unknown placeholder in the workspace's template", &crm.Workspace{}, `{"utm":{"campaign":"{kampagne}"}}`, utm.ErrInvalid,
			`utm_campaign "{kampagne}": {kampagne} is not a placeholder; use {campaign}, {influencer}, {handle}, {platform} or {month}`},
		{"unknown placeholder in a profile's default", &crm.Influencer{}, `{"profiles":[{"utm":{"term":"{name}"}}]}`, utm.ErrInvalid,
			`utm_term "{name}": {name} is not a placeholder; use {campaign}, {influencer}, {handle}, {platform} or {month}`},
		{"more decimals than the currency has", &crm.Campaign{}, `{"budget":{"amount":"10.005","currency":"EUR"}}`, budget.ErrPrecision,
			`more decimals than the currency has: 10.005, EUR has 2`},
		{"decimals of a currency without", &crm.Cooperation{}, `{"cost":{"amount":"10.5","currency":"JPY"}}`, budget.ErrPrecision,
			`more decimals than the currency has: 10.5, JPY has 0`},
		{"a day that is not in the calendar", &crm.Cooperation{}, `{"period":{"start":"2026-02-30"}}`, budget.ErrDate, ``},
		{"half an id", &crm.Cooperation{}, `{"campaign":"018f8f5e-8a2b"}`, crm.ErrInvalid,
			`id "018f8f5e-8a2b": is no id; an id looks like 018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := json.Unmarshal([]byte(test.json), test.into)
			if !errors.Is(err, test.family) || test.want != "" && err.Error() != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

func TestRecordsSurviveJSON(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for _, r := range []crm.Record{w.workspace(), w.anna, w.summer, w.pam, w.deal, w.idea} {
		doc := must(json.Marshal(r))(t)
		var again crm.Record
		var err error
		switch r.(type) {
		case crm.Workspace:
			again, err = wire.Parse[crm.Workspace](doc)
		case crm.Member:
			again, err = wire.Parse[crm.Member](doc)
		case crm.Campaign:
			again, err = wire.Parse[crm.Campaign](doc)
		case crm.Influencer:
			again, err = wire.Parse[crm.Influencer](doc)
		default:
			again, err = wire.Parse[crm.Cooperation](doc)
		}
		w.ok(err)
		if diff := cmp.Diff(r, again, values); diff != "" {
			t.Errorf("%s (-before +after):\n%s", r.Ref().Kind, diff)
		}
		if err := crm.Check(again, "EUR"); err != nil {
			t.Errorf("%s: %v", r.Ref().Kind, err)
		}
	}
}

func TestTextsAreStoredCleanAndAsTyped(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	i := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{
		Name: "\ufeff Zoe\u0308  ORTIZ ", Phone: "+49 (170) 123-4567", Email: " zoe@mail.example", Category: "Beauty",
		Tags: []string{"Vegan", " vegan", "", "ＶＥＧＡＮ", "berlin"}, Custom: map[string]string{" size ": " M ", "shoe": " "},
		Profiles: []crm.Profile{{Platform: " Insta ", Handle: "https://instagram.com/zoe.ortiz/reels/",
			Link: " https://instagram.com/zoe.ortiz "}, {Platform: "OnlyBeauty"}},
	}))(t)
	want := crm.Influencer{
		ID: i.ID, Version: 1, Name: "Zoë  ORTIZ", Phone: "+49 (170) 123-4567", PhoneE164: "+491701234567",
		Email: "zoe@mail.example", Category: "Beauty",
		Tags: []string{"Vegan", "berlin"}, Custom: map[string]string{"size": "M"},
		Profiles: []crm.Profile{
			{ID: i.Profiles[0].ID, Platform: "instagram", Handle: "zoe.ortiz", Link: "https://instagram.com/zoe.ortiz"},
			{ID: i.Profiles[1].ID, Platform: "onlybeauty"},
		},
		Times: crm.Times{CreatedAt: s.now, ChangedAt: s.now},
	}
	if diff := cmp.Diff(crm.Clone(want), i, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, text := range []string{"zoë ortiz", "VEGAN", "+4917012", "ZOE.ortiz", "beauty", "m"} {
		page := must(s.crm.Influencers(ctx, s.ws, crm.InfluencerFilter{Text: text}, crm.ListOptions{}))(t)
		if len(page.Items) != 1 {
			t.Errorf("%q finds %d", text, len(page.Items))
		}
	}
}

func TestNothingIsShared(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.ok(s.work(func(w *crm.Work) error {
		ws := must(w.Workspace(ctx))(t)
		ws.IgnoredCodes = []string{"NEWS"}
		saved := must(w.UpdateWorkspace(ctx, ws, ""))(t)
		saved.IgnoredCodes[0], ws.IgnoredCodes[0] = "A", "B"
		saved.MonthBudgets[budget.MustParseMonth("2026-06")] = eur(1)
		again := must(w.UpdateWorkspace(ctx, must(w.Workspace(ctx))(t), ""))(t)
		if again.Version != 2 || again.IgnoredCodes[0] != "NEWS" || len(again.MonthBudgets) != 0 {
			t.Errorf("stored %+v", again)
		}
		return nil
	}))
	tags := []string{" a "}
	i := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam", Tags: tags}))(t)
	i.Tags[0] = "c"
	if stored := must(s.crm.Influencer(ctx, s.ws, i.ID))(t); tags[0] != " a " || stored.Tags[0] != "a" {
		t.Errorf("given %q, stored %q", tags, stored.Tags)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	first := &crm.Error{Family: crm.ErrInvalid, Record: crm.Ref{Kind: crm.KindCampaign}, Field: "name",
		Problem: sentence.Of("%s needs a name", sentence.Of("a campaign"))}
	bare := &crm.Error{Family: crm.ErrBusy}
	err := fmt.Errorf("row 4: %w", errors.Join(first, fmt.Errorf("and %w", bare), errors.New("boom")))
	if diff := cmp.Diff([]string{first.Error(), bare.Error()}, texts(crm.FieldErrors(err))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !errors.Is(err, crm.ErrInvalid) || !errors.Is(err, crm.ErrBusy) || errors.Is(err, crm.ErrNotFound) {
		t.Error("the families of the tree are wrong")
	}
	for want, e := range map[string]*crm.Error{
		`campaign name "": a campaign needs a name`: first,
		"busy with another change":                  bare,
		"member: not found":                         {Family: crm.ErrNotFound, Record: crm.Ref{Kind: crm.KindMember}},
		`limit "0": too small`:                      {Family: crm.ErrInvalid, Field: "limit", Value: "0", Problem: sentence.Of("too small")},
	} {
		if e.Error() != want {
			t.Errorf("%s, want %s", e, want)
		}
	}
	if got := crm.Shorten(strings.Repeat("ä", 61)); got != strings.Repeat("ä", 60)+"…" {
		t.Errorf("shortened to %s", got)
	}
	if got := crm.FieldErrors(nil); got != nil {
		t.Errorf("of no error: %v", got)
	}
}

func TestErrorsAsJSON(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	_, invalid := s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Notes: "\x00"})
	id := must(crm.ParseID[crm.Campaign]("018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"))(t)
	_, absent := s.crm.Campaign(ctx, s.ws, id)
	_, page := s.crm.Changes(ctx, s.ws, 0, 0)
	const want = `[
  {"record":{"kind":"campaign"},"field":"name","code":"name_missing","params":["a campaign"],"problem":"a campaign needs a name"},
  {"record":{"kind":"campaign"},"field":"notes","value":"\u0000","code":"control_character","params":["the control character U+0000, which cannot be seen,"],"problem":"has the control character U+0000, which cannot be seen, inside; remove it"},
  {"record":{"kind":"campaign","id":"018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"},"field":"id","value":"018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f","code":"not_in_workspace","params":["campaign"],"problem":"there is no such campaign in this workspace"},
  {"field":"limit","value":"0","code":"out_of_range","params":["1000"],"problem":"must be between 1 and 1000"}
]`
	lines := []string{}
	for _, e := range crm.FieldErrors(errors.Join(invalid, absent, page)) {
		lines = append(lines, string(must(json.Marshal(e))(t)))
	}
	if diff := cmp.Diff(want, "[\n  "+strings.Join(lines, ",\n  ")+"\n]"); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func texts(errs []*crm.Error) []string {
	all := []string{}
	for _, e := range errs {
		all = append(all, e.Error())
	}
	return all
}

func TestArchiveOfNoRecord(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for name, err := range map[string]error{
		"archive": second(s.crm.Archive(ctx, s.ws, crm.At{}, "")),
		"restore": second(s.crm.Restore(ctx, s.ws, crm.At{}, "")),
		"delete":  second(s.crm.Delete(ctx, s.ws, crm.At{}, "")),
	} {
		if !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
