package crm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

func TestBackToTheDefault(t *testing.T) {
	t.Parallel()
	given := utm.Params{Source: utm.Of("s"), Medium: utm.Of(""), Campaign: utm.Of("c"), Term: utm.Of("t"), Content: utm.Of("x")}
	overridden := map[string]string{
		"source": "s (overridden)", "medium": " (overridden)", "campaign": "c (overridden)", "term": "t (overridden)",
		"content": "x (overridden)",
	}
	for name, test := range map[string]struct {
		fields []string
		want   map[string]string // besides what is overridden; "" for none
		rules  []string
		notice string
	}{
		"of the workspace": {[]string{"utm.campaign"}, map[string]string{"campaign": "summer-sale-2026 (inherited)"}, nil, ""},
		"of the profile":   {[]string{"utm.medium"}, map[string]string{"medium": "paid-social (inherited from profile)"}, nil, ""},
		"that is not complete": {[]string{"utm.content"}, map[string]string{"content": " (pending from profile)"},
			nil, "utm_content stays empty until the cooperation has a start date"},
		"the codes": {[]string{"rules"}, nil, []string{"inherited", "equals JOERG10"}, ""},
		"some at once, twice named": {[]string{"rules", "utm.term", "utm.source", "rules"},
			map[string]string{"term": "joerg-weiss (inherited)", "source": "instagram (inherited)"},
			[]string{"inherited", "equals JOERG10"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, campaign, i := defaultsShop(t)
			wantAfter := func(c crm.Cooperation) {
				t.Helper()
				want := map[string]string{}
				for field, text := range overridden {
					if want[field] = text; test.want[field] != "" {
						want[field] = test.want[field]
					}
				}
				wantUTM(t, c, want)
				if test.rules == nil {
					test.rules = []string{"overridden", "equals OWN"}
				}
				wantRules(t, c, test.rules...)
			}
			deal := crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, UTM: given,
				Rules: []discount.Rule{equals("OWN")}}
			byHand, row := s.book(deal), s.load(deal)
			for _, c := range []crm.Cooperation{byHand, row} { // what a sheet gave goes back as well
				before := s.states()
				saved := must(s.crm.UseDefaults(ctx, s.ws, c.ID, c.Version, test.fields, "Klar said so"))(t)
				if saved.Cooperation.Version != 2 || saved.Done != s.lastDone() {
					t.Errorf("saved as %+v", saved)
				}
				wantAfter(saved.Cooperation)
				wantAfter(s.cooperation(c.ID))
				notices := []crm.Notice{}
				if test.notice != "" {
					notices = append(notices, crm.Notice{Field: "utm.content", Code: "pending", Message: sentence.Of(test.notice)})
				}
				if diff := cmp.Diff(notices, saved.Notices); diff != "" {
					t.Errorf("notices (-want +got):\n%s", diff)
				}
				if log := s.changes(); log[len(log)-1].Reason != "Klar said so" {
					t.Errorf("logged as %+v", log[len(log)-1])
				}
				must(s.crm.UndoUnit(ctx, s.ws, saved.Unit, ""))(t)
				after := s.states()
				if diff := cmp.Diff(before, after); diff != "" {
					t.Errorf("undone (-before +after):\n%s", diff)
				}
				must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
			}
			// From then on they follow the defaults like those of others.
			changeDefaults(t, s, i)
			done := must(s.crm.ReapplyDefaults(ctx, s.ws, crm.AnyVersion(byHand.ID), crm.Reapply{}, ""))(t)
			if len(done.Results[0].Fields) == 0 {
				t.Error("applying defaults again changes nothing")
			}
		})
	}
}

// The default of a field can be none.
func TestBackToNoDefault(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	c := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, UTM: utm.Params{Content: utm.Of("x")},
		Rules: []discount.Rule{equals("OWN")}})
	c = must(s.crm.UseDefaults(ctx, s.ws, c.ID, c.Version, []string{"rules", "utm.content"}, ""))(t).Cooperation
	if _, has := utmText(c)["content"]; has || c.UTM.Content.IsSet() {
		t.Errorf("content is %s", utmText(c)["content"])
	}
	wantRules(t, c, "")
	again := must(s.crm.UseDefaults(ctx, s.ws, c.ID, c.Version, []string{"rules"}, ""))(t)
	if again.Cooperation.Version != c.Version {
		t.Error("what is the default already was written again")
	}
}

func TestBackToTheDefaultRefused(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	emma := s.influencer("Emma")
	s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: emma.ID, Name: "Hers", Status: crm.Signed,
		Period: days("2026-06-01", ""), Cost: eur(1), Rules: []discount.Rule{equals("joerg10")}})
	signed := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID,
		Status: crm.Signed, Period: days("2026-06-01", ""), Cost: eur(1), Rules: []discount.Rule{}})
	gone := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID})
	must(s.crm.Archive(ctx, s.ws, gone.At(), ""))(s)
	gone = s.cooperation(gone.ID)
	head := s.head()
	for name, test := range map[string]struct {
		c      crm.Cooperation
		fields []string
		family error
		want   string
	}{
		"none": {signed, nil, crm.ErrInvalid,
			`cooperation fields "": say which fields go back to the default, such as utm.source or rules`},
		"a column": {signed, []string{"utm_source"}, crm.ErrInvalid,
			`cooperation fields "utm_source": is no field with a default; those are utm.source, utm.medium, utm.campaign, utm.term, utm.content and rules`},
		"not utm": {signed, []string{"source"}, crm.ErrInvalid,
			`cooperation fields "source": is no field with a default; those are utm.source, utm.medium, utm.campaign, utm.term, utm.content and rules`},
		"a code in use": {signed, []string{"rules"}, crm.ErrInvalid,
			`cooperation rules "joerg10": is also a code of "Hers" at the same time; give one of the two another code or other dates`},
		"archived":         {gone, []string{"rules"}, crm.ErrInvalid, `cooperation archived_on "2026-05-20": it is archived; restore it first`},
		"an older version": {crm.Cooperation{ID: signed.ID, Version: 7}, []string{"rules"}, crm.ErrConflict, ""},
		"nothing there":    {crm.Cooperation{ID: crm.CooperationID(nobody), Version: 1}, []string{"rules"}, crm.ErrNotFound, ""},
	} {
		_, err := s.crm.UseDefaults(ctx, s.ws, test.c.ID, test.c.Version, test.fields, "because")
		if !errors.Is(err, test.family) || test.want != "" && err.Error() != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s.head() != head {
		t.Error("something was written")
	}
}
