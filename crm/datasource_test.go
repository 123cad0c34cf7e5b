package crm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
	"github.com/getklar/influencercrm/crm/sentence"
)

func TestActiveSource(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		sheet, crm bool
		want       crm.SourceName
	}{
		{false, false, ""},
		{true, false, crm.SheetSource},
		{false, true, crm.CRMSource},
		{true, true, crm.CRMSource},
	} {
		sources := crm.DataSources{Sheet: crm.DataSource{Connected: test.sheet}, CRM: crm.DataSource{Connected: test.crm}}
		if got := sources.Active(); got != test.want {
			t.Errorf("sheet connected %t, CRM %t: active is %q, want %q", test.sheet, test.crm, got, test.want)
		}
	}
}

// A shop goes from its sheet to the CRM and back; the records stay throughout.
func TestConnectAndDisconnectSources(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer")
	const link = "https://docs.google.com/spreadsheets/d/abc"
	for _, step := range []struct {
		do     func() (crm.Workspace, error)
		want   crm.DataSources
		active crm.SourceName
		told   string
	}{
		{func() (crm.Workspace, error) {
			return s.crm.ConnectSource(ctx, s.ws, crm.SheetSource, " "+link+" ", "")
		}, crm.DataSources{Sheet: crm.DataSource{Connected: true, Link: link}, CRM: crm.DataSource{Connected: true}},
			crm.CRMSource, "mira@shop.example connected the sheet"},
		{func() (crm.Workspace, error) {
			return s.crm.DisconnectSource(ctx, s.ws, crm.CRMSource, "back to the sheet")
		}, crm.DataSources{Sheet: crm.DataSource{Connected: true, Link: link}}, crm.SheetSource,
			"mira@shop.example disconnected the CRM (reason: back to the sheet)"},
		{func() (crm.Workspace, error) { return s.crm.ConnectSource(ctx, s.ws, crm.CRMSource, "", "") },
			crm.DataSources{Sheet: crm.DataSource{Connected: true, Link: link}, CRM: crm.DataSource{Connected: true}},
			crm.CRMSource, "mira@shop.example connected the CRM"},
		{func() (crm.Workspace, error) { return s.crm.ConnectSource(ctx, s.ws, crm.SheetSource, link+"d", "") },
			crm.DataSources{Sheet: crm.DataSource{Connected: true, Link: link + "d"},
				CRM: crm.DataSource{Connected: true}}, crm.CRMSource,
			"mira@shop.example changed the link of the sheet"},
		{func() (crm.Workspace, error) { return s.crm.DisconnectSource(ctx, s.ws, crm.SheetSource, "") },
			crm.DataSources{Sheet: crm.DataSource{Link: link + "d"}, CRM: crm.DataSource{Connected: true}},
			crm.CRMSource, "mira@shop.example disconnected the sheet"},
		{func() (crm.Workspace, error) { return s.crm.ConnectSource(ctx, s.ws, crm.SheetSource, "", "") },
			crm.DataSources{Sheet: crm.DataSource{Connected: true, Link: link + "d"},
				CRM: crm.DataSource{Connected: true}}, crm.CRMSource, "mira@shop.example connected the sheet"},
	} {
		ws := must(step.do())(t)
		if diff := cmp.Diff(step.want, ws.Sources); diff != "" || ws.Sources.Active() != step.active {
			t.Errorf("%s: active is %q (-want +got):\n%s", step.told, ws.Sources.Active(), diff)
		}
		if diff := cmp.Diff(ws, s.workspace()); diff != "" {
			t.Errorf("%s: stored (-returned +stored):\n%s", step.told, diff)
		}
		if got := history.Describe(s.changes()[len(s.changes())-1], nil); got != step.told {
			t.Errorf("the log says %q, want %q", got, step.told)
		}
	}
	if got := must(s.crm.Campaign(ctx, s.ws, campaign.ID))(t); got.Name != "Summer" {
		t.Errorf("the campaign is %+v", got)
	}
	before := s.head().Seq
	must(s.crm.ConnectSource(ctx, s.ws, crm.CRMSource, "", ""))(t)
	must(s.crm.ConnectSource(ctx, s.ws, crm.SheetSource, "", ""))(t)
	if after := s.head().Seq; after != before {
		t.Errorf("connecting what is connected wrote %d changes", after-before)
	}
}

func TestBadSources(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for _, test := range []struct {
		name  string
		do    func(context.Context, *crm.Work) (crm.Workspace, error)
		field string
	}{
		{"no such source", func(ctx context.Context, w *crm.Work) (crm.Workspace, error) {
			return w.ConnectSource(ctx, "Sheet", "", "")
		}, "sources"},
		{"no such source to disconnect",
			func(ctx context.Context, w *crm.Work) (crm.Workspace, error) { return w.DisconnectSource(ctx, "", "") }, "sources"},
		{"link of the CRM", func(ctx context.Context, w *crm.Work) (crm.Workspace, error) {
			return w.ConnectSource(ctx, crm.CRMSource, "https://crm.example", "")
		}, "sources.crm.link"},
		{"link that is none", func(ctx context.Context, w *crm.Work) (crm.Workspace, error) {
			return w.ConnectSource(ctx, crm.SheetSource, "javascript:alert(1)", "")
		}, "sources.sheet.link"},
		{"link with a control character", func(ctx context.Context, w *crm.Work) (crm.Workspace, error) {
			return w.ConnectSource(ctx, crm.SheetSource, "a\x00b", "")
		}, "sources.sheet.link"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
				_, err := test.do(ctx, w)
				return err
			})
			var field *crm.Error
			if !errors.Is(err, crm.ErrInvalid) || !errors.As(err, &field) || field.Field != test.field {
				t.Errorf("got %v, want an ErrInvalid about %q", err, test.field)
			}
		})
	}
}

// As long as the CRM does not feed the shop, each save of a cooperation says whose records count.
func TestSavesSayThatTheCRMIsNotActive(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam", instagram("pam")...).ID})
	for _, step := range []struct{ sheet, crm, want string }{
		{"on", "on", ""},
		{"on", "",
			"the CRM is not connected, so attribution and the shop's reports take the sheet; this is kept and counts once the CRM is connected"},
		{"", "",
			"the CRM is not connected, and no sheet either, so attribution and the shop's reports have nothing; this is kept and counts once the CRM is connected"},
		{"", "on", ""},
	} {
		s.setWorkspace(func(w *crm.Workspace) {
			w.Sources.Sheet.Connected, w.Sources.CRM.Connected = step.sheet != "", step.crm != ""
		})
		saved := must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Notes += "x" }))(t)
		got := ""
		for _, n := range saved.Notices {
			if n.Field == "sources.crm" {
				got = n.Message.String()
			}
		}
		if got != step.want || saved.Cooperation.Notes == c.Notes {
			t.Errorf("sheet %q, CRM %q: told %q, want %q", step.sheet, step.crm, got, step.want)
		}
		c = saved.Cooperation
	}
}

// What is stored already holds up no other change, whatever a host takes now; only a link that is new is checked.
func TestLinksOfSheetsAreCheckedOnce(t *testing.T) {
	t.Parallel()
	const id, link = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms",
		"https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit"
	s := newShop(t)
	for _, new := range []string{link, id, "https://sheets.example/1"} {
		if ws := must(s.crm.ConnectSource(ctx, s.ws, crm.SheetSource, new, ""))(t); ws.Sources.Sheet.Link != new {
			t.Errorf("%s is stored as %s", new, ws.Sources.Sheet.Link)
		}
	}
	strict := crm.New(s.store, &crm.Options{SheetLink: func(l string) error {
		if l == id {
			return nil
		}
		return &crm.Error{Family: crm.ErrInvalid, Field: "link", Problem: sentence.Of("is neither a link to a Google sheet nor its id")}
	}})
	ws := s.workspace()
	ws.TailDays = 3
	ws = must(strict.UpdateWorkspace(ctx, s.ws, ws, ""))(t)
	ws.Sources.Sheet.Link = "https://sheets.example/2"
	for name, do := range map[string]func() (crm.Workspace, error){
		"saved": func() (crm.Workspace, error) { return strict.UpdateWorkspace(ctx, s.ws, ws, "") },
		"connected": func() (crm.Workspace, error) {
			return strict.ConnectSource(ctx, s.ws, crm.SheetSource, "https://sheets.example/2", "")
		},
		"a word": func() (crm.Workspace, error) { return s.crm.ConnectSource(ctx, s.ws, crm.SheetSource, "deals", "") },
	} {
		_, err := do()
		var field *crm.Error
		if !errors.Is(err, crm.ErrInvalid) || !errors.As(err, &field) || field.Field != "sources.sheet.link" {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(strict.DisconnectSource(ctx, s.ws, crm.SheetSource, ""))(t)
	must(strict.ConnectSource(ctx, s.ws, crm.SheetSource, id, ""))(t)
}
