package crm_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// want is the error that a bad input gives.
type want struct {
	Family  error
	Kind    crm.Kind
	Field   string
	Value   string
	Message string
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 201)
	stranger := must(crm.ParseID[crm.Member]("018f8f5e-0000-7000-8000-00000000dead"))(t)
	tests := []struct {
		name string
		want want
		do   func(w *town) error
	}{
		// Workspace.
		{"workspace: blank name",
			want{crm.ErrInvalid, crm.KindWorkspace, "name", "", `workspace name "": a workspace needs a name`},
			func(w *town) error { return w.settings(func(ws *crm.Workspace) { ws.Name = "  " }) }},
		{"workspace: name only of invisible characters",
			want{crm.ErrInvalid, crm.KindWorkspace, "name", "ㅤ", "workspace name \"ㅤ\": a workspace needs a name"},
			func(w *town) error { return w.settings(func(ws *crm.Workspace) { ws.Name = "\u200b\u3164" }) }},
		{"workspace: unknown currency",
			want{crm.ErrInvalid, crm.KindWorkspace, "currency", "EURO",
				`workspace currency "EURO": is no currency; use its three letters, like EUR`},
			func(w *town) error { return w.settings(func(ws *crm.Workspace) { ws.Currency = "EURO" }) }},
		{"workspace: gold is no currency",
			want{crm.ErrInvalid, crm.KindWorkspace, "currency", "XAU", `workspace currency "XAU": is no currency; use its three letters, like EUR`},
			func(w *town) error {
				_, err := w.admin.CreateWorkspace(ctx, crm.Workspace{Name: "Bank", Currency: "XAU"})
				return err
			}},
		{"workspace: currency changed although a campaign has a budget",
			want{crm.ErrInvalid, crm.KindWorkspace, "currency", "USD",
				`workspace currency "USD": there are amounts in EUR already, so the currency is fixed; start another workspace for another currency`},
			func(w *town) error { return w.settings(func(ws *crm.Workspace) { ws.Currency = "USD" }) }},
		{"workspace: unknown time zone",
			want{crm.ErrInvalid, crm.KindWorkspace, "time_zone", "Europe/Atlantis",
				`workspace time_zone "Europe/Atlantis": is no time zone; it looks like "Europe/Berlin"`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) { ws.TimeZone = "Europe/Atlantis" })
			}},
		{"workspace: the machine's time zone",
			want{crm.ErrInvalid, crm.KindWorkspace, "time_zone", "Local",
				`workspace time_zone "Local": is no time zone; it looks like "Europe/Berlin"`},
			func(w *town) error { return w.settings(func(ws *crm.Workspace) { ws.TimeZone = "Local" }) }},
		{"workspace: tail days",
			want{crm.ErrInvalid, crm.KindWorkspace, "tail_days", "366", `workspace tail_days "366": must be between 0 and 365 days`},
			func(w *town) error { return w.settings(func(ws *crm.Workspace) { ws.TailDays = 366 }) }},
		{"workspace: negative tail days",
			want{crm.ErrInvalid, crm.KindWorkspace, "tail_days", "-1", `workspace tail_days "-1": must be between 0 and 365 days`},
			func(w *town) error { return w.settings(func(ws *crm.Workspace) { ws.TailDays = -1 }) }},
		{"workspace: comparison of codes",
			want{crm.ErrInvalid, crm.KindWorkspace, "code_comparison", "shopware",
				`workspace code_comparison "shopware": is no way to compare codes; use exact, accents, woocommerce or general`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) { ws.CodeComparison = "shopware" })
			}},
		{"workspace: forecast weight above 1",
			want{crm.ErrInvalid, crm.KindWorkspace, "forecast", "negotiating 0.5, draft 1.5",
				`workspace forecast "negotiating 0.5, draft 1.5": each weight must be a number from 0 to 1, like 0.5, with at most 9 decimals`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) { ws.Forecast.Draft = decimal.RequireFromString("1.5") })
			}},
		{"workspace: ignored code is blank",
			want{crm.ErrInvalid, crm.KindWorkspace, "ignored_codes[1]", "",
				`workspace ignored_codes[1] "": is empty; write the code, such as PAM10`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) { ws.IgnoredCodes = []string{"NEWS10", " "} })
			}},
		{"workspace: negative month budget",
			want{crm.ErrInvalid, crm.KindWorkspace, "month_budgets.2026-06", "-0.01 EUR",
				`workspace month_budgets.2026-06 "-0.01 EUR": must not be negative`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) { ws.MonthBudgets[budget.MustParseMonth("2026-06")] = eur(-1) })
			}},
		{"workspace: month budget in another currency",
			want{crm.ErrInvalid, crm.KindWorkspace, "month_budgets.2026-06", "0.01 USD",
				`workspace month_budgets.2026-06 "0.01 USD": must be in EUR, the currency of the workspace`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) {
					ws.MonthBudgets[budget.MustParseMonth("2026-06")] = budget.FromMinor(1, "USD")
				})
			}},
		{"workspace: month without budget",
			want{crm.ErrInvalid, crm.KindWorkspace, "month_budgets.2026-06", "",
				`workspace month_budgets.2026-06 "": needs an amount; leave the month out to have none`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) { ws.MonthBudgets[budget.MustParseMonth("2026-06")] = budget.Money{} })
			}},
		{"workspace: too many ignored codes",
			want{crm.ErrInvalid, crm.KindWorkspace, "ignored_codes", "1001",
				`workspace ignored_codes "1001": at most 1000 ignored codes are allowed`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) {
					for n := range 1_001 {
						ws.IgnoredCodes = append(ws.IgnoredCodes, "C"+decimal.NewFromInt(int64(n)).String())
					}
				})
			}},
		{"workspace: stale",
			want{crm.ErrConflict, crm.KindWorkspace, "version", "7",
				`workspace version "7": it has changed since it was read, and is at version 1 now; read it again and repeat the change`},
			func(w *town) error { return w.settings(func(ws *crm.Workspace) { ws.Version = 7 }) }},
		{"workspace: missing",
			want{crm.ErrNotFound, crm.KindWorkspace, "id", "018f8f5e-0000-7000-8000-00000000dead",
				`workspace id "018f8f5e-0000-7000-8000-00000000dead": there is no such workspace`},
			func(w *town) error {
				_, err := w.crm.UpdateWorkspace(ctx, w.ws, crm.Workspace{ID: crm.WorkspaceID(stranger)}, "")
				return err
			}},
		{"workspace: archived",
			want{crm.ErrInvalid, crm.KindWorkspace, "", "", "workspace: only members, campaigns, influencers and cooperations can be archived"},
			func(w *town) error {
				return second(w.crm.Archive(ctx, w.ws, asRead(w.workspace()), ""))
			}},

		// Member.
		{"member: blank name",
			want{crm.ErrInvalid, crm.KindMember, "name", "", `member name "": a team member needs a name`},
			func(w *town) error { return w.newMember(crm.Member{}) }},
		{"member: bad email",
			want{crm.ErrInvalid, crm.KindMember, "email", "bo at shop.example",
				`member email "bo at shop.example": is no email address; it looks like mira@example.com`},
			func(w *town) error { return w.newMember(crm.Member{Name: "Bo", Email: "bo at shop.example"}) }},
		{"member: email with a name around it",
			want{crm.ErrInvalid, crm.KindMember, "email", "Bo <bo@shop.example>",
				`member email "Bo <bo@shop.example>": is no email address; it looks like mira@example.com`},
			func(w *town) error { return w.newMember(crm.Member{Name: "Bo", Email: "Bo <bo@shop.example>"}) }},
		{"member: edit of an archived one",
			want{crm.ErrInvalid, crm.KindMember, "archived_on", "2026-05-20", `member archived_on "2026-05-20": it is archived; restore it first`},
			func(w *town) error {
				_, err := w.crm.UpdateMember(ctx, w.ws, crm.Member{ID: w.gone.ID, Version: 2, Name: "Gone"}, "")
				return err
			}},
		{"member: id of another workspace",
			want{crm.ErrNotFound, crm.KindMember, "id", "018f8f5e-0000-7000-8000-000000000033",
				`member id "018f8f5e-0000-7000-8000-000000000033": there is no such member in this workspace`},
			func(w *town) error {
				_, err := w.crm.UpdateMember(ctx, w.ws, w.otherMember, "")
				return err
			}},
		{"member: id is taken",
			want{crm.ErrAlreadyExists, crm.KindMember, "id", "018f8f5e-0000-7000-8000-000000000004",
				`member id "018f8f5e-0000-7000-8000-000000000004": is taken; choose another`},
			func(w *town) error { return w.newMember(crm.Member{ID: w.anna.ID, Name: "Anna Two"}) }},
		{"member: delete of a responsible one",
			want{crm.ErrReferenced, crm.KindMember, "", "", "member: it is in use by 2 cooperations; archive it instead"},
			func(w *town) error { return second(w.crm.Delete(ctx, w.ws, w.anna.At(), "")) }},
		{"member: reason too long",
			want{crm.ErrInvalid, crm.KindMember, "reason",
				"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…",
				`member reason "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…": has 20001 characters; at most 20000 are allowed`},
			func(w *town) error {
				_, err := w.crm.UpdateMember(ctx, w.ws, crm.Member{ID: w.anna.ID, Version: 1, Name: "Anne"}, strings.Repeat("b", 20_001))
				return err
			}},
		{"member: reason that is no text",
			want{crm.ErrReferenced, crm.KindMember, "", "", "member: it is in use by 2 cooperations; archive it instead"},
			func(w *town) error { return second(w.crm.Delete(ctx, w.ws, w.anna.At(), "left\xff")) }},

		// Campaign.
		{"campaign: blank name",
			want{crm.ErrInvalid, crm.KindCampaign, "name", "", `campaign name "": a campaign needs a name`},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "\u200b \t"}) }},
		{"campaign: name too long",
			want{crm.ErrInvalid, crm.KindCampaign, "name",
				"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…",
				`campaign name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…": has 201 characters; at most 200 are allowed`},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: long}) }},
		{"campaign: name with a line break",
			want{crm.ErrInvalid, crm.KindCampaign, "name", "Spring\nSale", "campaign name \"Spring\\nSale\": has a line break inside; remove it"},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "Spring\nSale"}) }},
		{"campaign: name with a line separator",
			want{crm.ErrInvalid, crm.KindCampaign, "name", "Spring\u2028Sale",
				"campaign name \"Spring\\u2028Sale\": has a line break inside; remove it"},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "Spring\u2028Sale"}) }},
		{"campaign: name whose end is written backwards",
			want{crm.ErrInvalid, crm.KindCampaign, "name", "Sale\u202eelas",
				"campaign name \"Sale\\u202eelas\": has the control character U+202E, which cannot be seen, inside; remove it"},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "Sale\u202eelas"}) }},
		{"campaign: name with a direction of its own",
			want{crm.ErrInvalid, crm.KindCampaign, "name", "Sale \u2066x",
				"campaign name \"Sale \\u2066x\": has the control character U+2066, which cannot be seen, inside; remove it"},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "Sale \u2066x"}) }},
		{"campaign: notes with a direction of their own",
			want{crm.ErrInvalid, crm.KindCampaign, "notes", "a\u200fb",
				"campaign notes \"a\\u200fb\": has the control character U+200F, which cannot be seen, inside; remove it"},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "Spring", Notes: "a\u200fb"}) }},
		{"campaign: name that is no text",
			want{crm.ErrInvalid, crm.KindCampaign, "name", "Fr\xfchling",
				"campaign name \"Fr\\xfchling\": is not valid text (UTF-8); type it again"},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "Fr\xfchling"}) }},
		{"campaign: notes with a control character",
			want{crm.ErrInvalid, crm.KindCampaign, "notes", "a\tb\nc\x00",
				"campaign notes \"a\\tb\\nc\\x00\": has the control character U+0000, which cannot be seen, inside; remove it"},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "Spring", Notes: "a\tb\nc\x00"}) }},
		{"campaign: name taken, otherwise written",
			want{crm.ErrAlreadyExists, crm.KindCampaign, "name", "SUMMER  sale",
				`campaign name "SUMMER  sale": there is a campaign "Summer Sale" already; choose another name`},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "SUMMER  sale"}) }},
		{"campaign: name taken by an archived one",
			want{crm.ErrAlreadyExists, crm.KindCampaign, "name", "winter sale",
				`campaign name "winter sale": the campaign "Winter Sale" was archived on 2026-05-20; restore it or choose another name`},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "winter sale"}) }},
		{"campaign: negative budget",
			want{crm.ErrInvalid, crm.KindCampaign, "budget", "-0.01 EUR", `campaign budget "-0.01 EUR": must not be negative`},
			func(w *town) error { return w.newCampaign(crm.Campaign{Name: "Spring", Budget: eur(-1)}) }},
		{"campaign: budget too large",
			want{crm.ErrInvalid, crm.KindCampaign, "budget", "10000000000000.01 EUR",
				`campaign budget "10000000000000.01 EUR": is larger than any real amount; check the digits`},
			func(w *town) error {
				return w.newCampaign(crm.Campaign{Name: "Spring", Budget: eur(budget.MaxMinor + 1)})
			}},
		{"campaign: budget in another currency",
			want{crm.ErrInvalid, crm.KindCampaign, "budget", "1.00 USD",
				`campaign budget "1.00 USD": must be in EUR, the currency of the workspace`},
			func(w *town) error {
				return w.newCampaign(crm.Campaign{Name: "Spring", Budget: budget.FromMinor(100, "USD")})
			}},
		{"campaign: revenue target in another currency",
			want{crm.ErrInvalid, crm.KindCampaign, "revenue_target", "1.00 CHF",
				`campaign revenue_target "1.00 CHF": must be in EUR, the currency of the workspace`},
			func(w *town) error {
				return w.newCampaign(crm.Campaign{Name: "Spring", RevenueTarget: budget.FromMinor(100, "CHF")})
			}},
		{"campaign: end before start",
			want{crm.ErrInvalid, crm.KindCampaign, "period.end", "2026-05-01",
				`campaign period.end "2026-05-01": is before the start on 2026-05-02; choose a later end or an earlier start`},
			func(w *town) error {
				return w.newCampaign(crm.Campaign{Name: "Spring", Period: days("2026-05-02", "2026-05-01")})
			}},
		{"campaign: too many days",
			want{crm.ErrInvalid, crm.KindCampaign, "period.end", "2036-01-09",
				`campaign period.end "2036-01-09": makes a period of 3661 days from the start on 2026-01-01; at most 3660 are allowed`},
			func(w *town) error {
				return w.newCampaign(crm.Campaign{Name: "Spring", Period: budget.Period{Start: day("2026-01-01"),
					End: day("2026-01-01").AddDays(3_660)}})
			}},
		{"campaign: impossible year",
			want{crm.ErrInvalid, crm.KindCampaign, "period.start", "20260-01-01",
				`campaign period.start "20260-01-01": is outside the years 1900 to 2200; check the year`},
			func(w *town) error {
				return w.newCampaign(crm.Campaign{Name: "Spring",
					Period: budget.Period{Start: budget.DateOf(time.Date(20260, 1, 1, 0, 0, 0, 0, time.UTC))}})
			}},
		{"campaign: stale",
			want{crm.ErrConflict, crm.KindCampaign, "version", "9",
				`campaign version "9": it has changed since it was read, and is at version 1 now; read it again and repeat the change`},
			func(w *town) error {
				c := w.summer
				c.Version, c.Name = 9, "Summer"
				_, err := w.crm.UpdateCampaign(ctx, w.ws, c, "")
				return err
			}},
		{"campaign: missing",
			want{crm.ErrNotFound, crm.KindCampaign, "id", "018f8f5e-0000-7000-8000-00000000dead",
				`campaign id "018f8f5e-0000-7000-8000-00000000dead": there is no such campaign in this workspace`},
			func(w *town) error {
				_, err := w.crm.Campaign(ctx, w.ws, crm.CampaignID(stranger))
				return err
			}},
		{"campaign: id of another workspace",
			want{crm.ErrNotFound, crm.KindCampaign, "id", "018f8f5e-0000-7000-8000-000000000035",
				`campaign id "018f8f5e-0000-7000-8000-000000000035": there is no such campaign in this workspace`},
			func(w *town) error {
				_, err := w.crm.Campaign(ctx, w.ws, w.otherCampaign.ID)
				return err
			}},
		{"campaign: edit of an archived one",
			want{crm.ErrInvalid, crm.KindCampaign, "archived_on", "2026-05-20",
				`campaign archived_on "2026-05-20": it is archived; restore it first`},
			func(w *town) error {
				c := must(w.crm.Campaign(ctx, w.ws, w.old.ID))(w)
				c.Name = "Winter"
				_, err := w.crm.UpdateCampaign(ctx, w.ws, c, "")
				return err
			}},
		{"campaign: delete of one with cooperations",
			want{crm.ErrReferenced, crm.KindCampaign, "", "", "campaign: it is in use by 3 cooperations; archive it instead"},
			func(w *town) error { return second(w.crm.Delete(ctx, w.ws, w.summer.At(), "")) }},

		// Influencer.
		{"influencer: blank name",
			want{crm.ErrInvalid, crm.KindInfluencer, "name", "", `influencer name "": an influencer needs a name`},
			func(w *town) error { return w.newInfluencer(crm.Influencer{}) }},
		{"influencer: bad email",
			want{crm.ErrInvalid, crm.KindInfluencer, "email", "kim@",
				`influencer email "kim@": is no email address; it looks like mira@example.com`},
			func(w *town) error { return w.newInfluencer(crm.Influencer{Name: "Kim", Email: "kim@"}) }},
		{"influencer: phone without country",
			want{crm.ErrInvalid, crm.KindInfluencer, "phone", "0170 1234567",
				`influencer phone "0170 1234567": is no phone number; write it with its country code, like +49 170 1234567`},
			func(w *town) error { return w.newInfluencer(crm.Influencer{Name: "Kim", Phone: "0170 1234567"}) }},
		{"influencer: phone with a remark",
			want{crm.ErrInvalid, crm.KindInfluencer, "phone", "+49 170 1234567 (Pam)",
				`influencer phone "+49 170 1234567 (Pam)": is no phone number; write it with its country code, like +49 170 1234567`},
			func(w *town) error {
				return w.newInfluencer(crm.Influencer{Name: "Kim", Phone: "+49 170 1234567 (Pam)"})
			}},
		{"influencer: unknown member",
			want{crm.ErrInvalid, crm.KindInfluencer, "responsible", "018f8f5e-0000-7000-8000-00000000dead",
				`influencer responsible "018f8f5e-0000-7000-8000-00000000dead": there is no such member in this workspace`},
			func(w *town) error { return w.newInfluencer(crm.Influencer{Name: "Kim", Responsible: stranger}) }},
		{"influencer: member of another workspace",
			want{crm.ErrInvalid, crm.KindInfluencer, "responsible", "018f8f5e-0000-7000-8000-000000000033",
				`influencer responsible "018f8f5e-0000-7000-8000-000000000033": there is no such member in this workspace`},
			func(w *town) error {
				return w.newInfluencer(crm.Influencer{Name: "Kim", Responsible: w.otherMember.ID})
			}},
		{"influencer: archived member",
			want{crm.ErrInvalid, crm.KindInfluencer, "responsible", "Gone",
				`influencer responsible "Gone": is archived; choose a member who is still in the team`},
			func(w *town) error { return w.newInfluencer(crm.Influencer{Name: "Kim", Responsible: w.gone.ID}) }},
		{"influencer: too many tags",
			want{crm.ErrInvalid, crm.KindInfluencer, "tags", "1001", `influencer tags "1001": at most 1000 tags are allowed`},
			func(w *town) error {
				i := crm.Influencer{Name: "Kim"}
				for n := range 1_001 {
					i.Tags = append(i.Tags, "t"+decimal.NewFromInt(int64(n)).String())
				}
				return w.newInfluencer(i)
			}},
		{"influencer: too many profiles",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles", "1001", `influencer profiles "1001": an influencer has at most 1000 profiles`},
			func(w *town) error {
				return w.newInfluencer(crm.Influencer{Name: "Kim", Profiles: make([]crm.Profile, 1_001)})
			}},
		{"influencer: too many custom fields",
			want{crm.ErrInvalid, crm.KindInfluencer, "custom", "201", `influencer custom "201": at most 200 custom fields are allowed`},
			func(w *town) error {
				i := crm.Influencer{Name: "Kim", Custom: map[string]string{}}
				for n := range 201 {
					i.Custom["f"+decimal.NewFromInt(int64(n)).String()] = "x"
				}
				return w.newInfluencer(i)
			}},
		{"influencer: two custom fields of one name",
			want{crm.ErrInvalid, crm.KindInfluencer, "custom", "size", `influencer custom "size": is the name of two custom fields; rename one`},
			func(w *town) error {
				return w.newInfluencer(crm.Influencer{Name: "Kim", Custom: map[string]string{"size": "S", "size ": "M"}})
			}},
		{"influencer: custom field without a name",
			want{crm.ErrInvalid, crm.KindInfluencer, "custom", "", `influencer custom "": a custom field needs a name`},
			func(w *town) error {
				return w.newInfluencer(crm.Influencer{Name: "Kim", Custom: map[string]string{" ": "S"}})
			}},
		{"influencer: edit of an archived one",
			want{crm.ErrInvalid, crm.KindInfluencer, "archived_on", "2026-05-20",
				`influencer archived_on "2026-05-20": it is archived; restore it first`},
			func(w *town) error {
				i := must(w.crm.Influencer(ctx, w.ws, w.otto.ID))(w)
				i.Name = "Otto Two"
				_, err := w.crm.UpdateInfluencer(ctx, w.ws, i, "")
				return err
			}},
		{"influencer: delete of one with cooperations",
			want{crm.ErrReferenced, crm.KindInfluencer, "", "", "influencer: it is in use by 1 cooperation; archive it instead"},
			func(w *town) error { return second(w.crm.Delete(ctx, w.ws, w.pam.At(), "")) }},
		{"influencer: id of another workspace",
			want{crm.ErrNotFound, crm.KindInfluencer, "id", "018f8f5e-0000-7000-8000-000000000038",
				`influencer id "018f8f5e-0000-7000-8000-000000000038": there is no such influencer in this workspace`},
			func(w *town) error {
				return second(w.crm.Archive(ctx, w.ws, w.otherPerson.At(), ""))
			}},

		// Merge.
		{"merge: with oneself",
			want{crm.ErrInvalid, crm.KindInfluencer, "from", "018f8f5e-0000-7000-8000-000000000016",
				`influencer from "018f8f5e-0000-7000-8000-000000000016": is the same influencer; choose the other one that is to become a part of this`},
			func(w *town) error { return w.join(w.pam, w.pam, crm.MergeOptions{}, "") }},
		{"merge: into an archived one",
			want{crm.ErrInvalid, crm.KindInfluencer, "archived_on", "2026-05-20",
				`influencer archived_on "2026-05-20": it is archived; restore it first`},
			func(w *town) error {
				w.otto.Version = 2
				return w.join(w.otto, w.pam, crm.MergeOptions{}, "")
			}},
		{"merge: into a stale one",
			want{crm.ErrConflict, crm.KindInfluencer, "version", "7",
				`influencer version "7": it has changed since it was read, and is at version 1 now; read it again and repeat the change`},
			func(w *town) error {
				w.pam.Version = 7
				return w.join(w.pam, w.emma, crm.MergeOptions{}, "")
			}},
		{"merge: from a stale one",
			want{crm.ErrConflict, crm.KindInfluencer, "version", "1",
				`influencer version "1": it has changed since it was read, and is at version 2 now; read it again and repeat the change`},
			func(w *town) error { return w.join(w.pam, w.otto, crm.MergeOptions{}, "") }},
		{"merge: from one without a version",
			want{crm.ErrConflict, crm.KindInfluencer, "version", "0",
				`influencer version "0": a change starts from the record as it was read, with its version; read it first`},
			func(w *town) error {
				return w.join(w.pam, crm.Influencer{ID: w.emma.ID}, crm.MergeOptions{}, "")
			}},
		{"merge: from nobody",
			want{crm.ErrNotFound, crm.KindInfluencer, "id", "018f8f5e-0000-7000-8000-00000000dead",
				`influencer id "018f8f5e-0000-7000-8000-00000000dead": there is no such influencer in this workspace`},
			func(w *town) error {
				return w.join(w.pam, crm.Influencer{ID: crm.InfluencerID(stranger), Version: 1}, crm.MergeOptions{}, "")
			}},
		{"merge: into one of another workspace",
			want{crm.ErrNotFound, crm.KindInfluencer, "id", "018f8f5e-0000-7000-8000-000000000038",
				`influencer id "018f8f5e-0000-7000-8000-000000000038": there is no such influencer in this workspace`},
			func(w *town) error { return w.join(w.otherPerson, w.pam, crm.MergeOptions{}, "") }},
		{"merge: a field that there is not",
			want{crm.ErrInvalid, crm.KindInfluencer, "take", "telephone",
				`influencer take "telephone": is no field that can be taken; here those are name, phone, email, category, responsible`},
			func(w *town) error {
				return w.join(w.pam, w.emma, crm.MergeOptions{Take: []string{"phone", "telephone", "zip"}}, "")
			}},
		{"merge: reason with a bell",
			want{crm.ErrInvalid, crm.KindInfluencer, "reason", "ding\a",
				"influencer reason \"ding\\a\": has the control character U+0007, which cannot be seen, inside; remove it"},
			func(w *town) error { return w.join(w.pam, w.emma, crm.MergeOptions{}, "ding\a") }},

		// Profile.
		{"profile: no platform",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].platform", "",
				`influencer profiles[1].platform "": a profile needs its platform, like Instagram`},
			func(w *town) error { return w.newProfile(crm.Profile{Handle: "emma"}) }},
		{"profile: platform too long",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].platform",
				"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…",
				`influencer profiles[1].platform "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…": has 101 characters; at most 100 are allowed`},
			func(w *town) error { return w.newProfile(crm.Profile{Platform: strings.Repeat("x", 101)}) }},
		{"profile: platform too long when written out",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].platform", "ﷺﷺﷺﷺﷺﷺ",
				`influencer profiles[1].platform "ﷺﷺﷺﷺﷺﷺ": has 108 characters when its special characters are written out; at most 100 are allowed`},
			func(w *town) error { return w.newProfile(crm.Profile{Platform: strings.Repeat("\ufdfa", 6)}) }},
		{"profile: link to a post as handle",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].handle", "https://www.instagram.com/p/C0ffee/",
				`influencer profiles[1].handle "https://www.instagram.com/p/C0ffee/": is the link to a single post, not to a profile`},
			func(w *town) error {
				return w.newProfile(crm.Profile{Platform: "ig", Handle: "https://www.instagram.com/p/C0ffee/"})
			}},
		{"profile: email as handle",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].handle", "emma@mail.example",
				`influencer profiles[1].handle "emma@mail.example": is an email address or more than one profile`},
			func(w *town) error {
				return w.newProfile(crm.Profile{Platform: "ig", Handle: "emma@mail.example"})
			}},
		{"profile: handle of two words",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].handle", "emma style",
				`influencer profiles[1].handle "emma style": has blanks, which a profile's name cannot have`},
			func(w *town) error { return w.newProfile(crm.Profile{Platform: "ig", Handle: "emma style"}) }},
		{"profile: bad link",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].link", "javascript:alert(1)",
				`influencer profiles[1].link "javascript:alert(1)": is no web link; it must start with https:// and name a site`},
			func(w *town) error {
				return w.newProfile(crm.Profile{Platform: "ig", Link: "javascript:alert(1)"})
			}},
		{"profile: negative followers",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].followers", "-1",
				`influencer profiles[1].followers "-1": is no follower count; it is a whole number from 0 to ten billion`},
			func(w *town) error {
				return w.newProfile(crm.Profile{Platform: "ig", Followers: &crm.Followers{Count: -1}})
			}},
		{"profile: handle of somebody else",
			want{crm.ErrAlreadyExists, crm.KindInfluencer, "profiles[1].handle", "PAM.style",
				`influencer profiles[1].handle "PAM.style": @PAM.style on Instagram belongs to "Pam" already`},
			func(w *town) error { return w.newProfile(crm.Profile{Platform: "Insta", Handle: "@PAM.style"}) }},
		{"profile: handle twice",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].handle", "Emma",
				`influencer profiles[1].handle "Emma": is listed twice, also as profile 1`},
			func(w *town) error { return w.newProfile(crm.Profile{Platform: "ig", Handle: "Emma"}) }},
		{"profile: id twice",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].id", "018f8f5e-0000-7000-8000-000000000018",
				`influencer profiles[1].id "018f8f5e-0000-7000-8000-000000000018": is also the id of profile 1`},
			func(w *town) error {
				return w.newProfile(crm.Profile{ID: w.emma.Profiles[0].ID, Platform: "tiktok"})
			}},
		{"profile: removed while in use",
			want{crm.ErrReferenced, crm.KindInfluencer, "profiles", "Instagram pam.style",
				`influencer profiles "Instagram pam.style": the cooperation "Summer Sale - Pam - Instagram" uses this profile; give it another one first`},
			func(w *town) error {
				pam := crm.Clone(w.pam)
				pam.Profiles = pam.Profiles[1:]
				_, err := w.crm.UpdateInfluencer(ctx, w.ws, pam, "")
				return err
			}},
		{"profile: default rule with a placeholder",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].rules[0].pattern", "[style name]",
				`influencer profiles[1].rules[0].pattern "[style name]": still holds the placeholder [style name]; replace it with the real text`},
			func(w *town) error {
				return w.newProfile(crm.Profile{Platform: "tiktok", Rules: []discount.Rule{rule(discount.Contains, "[style name]")}})
			}},
		{"profile: benefit finer than the currency",
			want{crm.ErrInvalid, crm.KindInfluencer, "profiles[1].rules[0].benefit.value", "10.505",
				`influencer profiles[1].rules[0].benefit.value "10.505": has more decimals than EUR, which has 2`},
			func(w *town) error {
				return w.newProfile(crm.Profile{Platform: "tiktok", Rules: []discount.Rule{{
					Match: discount.Equals, Pattern: "EMMA", Benefit: discount.Benefit{Kind: discount.Amount, Value: decimal.RequireFromString("10.505")},
				}}})
			}},

		// Cooperation.
		{"cooperation: no campaign",
			want{crm.ErrInvalid, crm.KindCooperation, "campaign", "", `cooperation campaign "": a cooperation belongs to a campaign; choose one`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Campaign = crm.CampaignID{} }) }},
		{"cooperation: no influencer",
			want{crm.ErrInvalid, crm.KindCooperation, "influencer", "",
				`cooperation influencer "": a cooperation belongs to an influencer; choose one`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Influencer = crm.InfluencerID{} }) }},
		{"cooperation: unknown campaign",
			want{crm.ErrInvalid, crm.KindCooperation, "campaign", "018f8f5e-0000-7000-8000-00000000dead",
				`cooperation campaign "018f8f5e-0000-7000-8000-00000000dead": there is no such campaign in this workspace`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Campaign = crm.CampaignID(stranger) })
			}},
		{"cooperation: campaign of another workspace",
			want{crm.ErrInvalid, crm.KindCooperation, "campaign", "018f8f5e-0000-7000-8000-000000000035",
				`cooperation campaign "018f8f5e-0000-7000-8000-000000000035": there is no such campaign in this workspace`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Campaign = w.otherCampaign.ID }) }},
		{"cooperation: unknown influencer",
			want{crm.ErrInvalid, crm.KindCooperation, "influencer", "018f8f5e-0000-7000-8000-00000000dead",
				`cooperation influencer "018f8f5e-0000-7000-8000-00000000dead": there is no such influencer in this workspace`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Influencer = crm.InfluencerID(stranger) })
			}},
		{"cooperation: influencer of another workspace",
			want{crm.ErrInvalid, crm.KindCooperation, "influencer", "018f8f5e-0000-7000-8000-000000000038",
				`cooperation influencer "018f8f5e-0000-7000-8000-000000000038": there is no such influencer in this workspace`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Influencer = w.otherPerson.ID }) }},
		{"cooperation: unknown profile",
			want{crm.ErrInvalid, crm.KindCooperation, "profile", "018f8f5e-0000-7000-8000-00000000dead",
				`cooperation profile "018f8f5e-0000-7000-8000-00000000dead": "Emma" has no such profile; choose one of the influencer's own`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Profile = crm.ProfileID(stranger) }) }},
		{"cooperation: profile of another influencer",
			want{crm.ErrInvalid, crm.KindCooperation, "profile", "018f8f5e-0000-7000-8000-000000000014",
				`cooperation profile "018f8f5e-0000-7000-8000-000000000014": "Emma" has no such profile; choose one of the influencer's own`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Profile = w.pam.Profiles[0].ID }) }},
		{"cooperation: unknown member",
			want{crm.ErrInvalid, crm.KindCooperation, "responsible", "018f8f5e-0000-7000-8000-00000000dead",
				`cooperation responsible "018f8f5e-0000-7000-8000-00000000dead": there is no such member in this workspace`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Responsible = stranger }) }},
		{"cooperation: archived member",
			want{crm.ErrInvalid, crm.KindCooperation, "responsible", "Gone",
				`cooperation responsible "Gone": is archived; choose a member who is still in the team`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Responsible = w.gone.ID }) }},
		{"cooperation: archived campaign",
			want{crm.ErrInvalid, crm.KindCooperation, "campaign", "Winter Sale",
				`cooperation campaign "Winter Sale": is archived and takes no new cooperations; restore it first`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Campaign = w.old.ID }) }},
		{"cooperation: archived influencer",
			want{crm.ErrInvalid, crm.KindCooperation, "influencer", "Otto",
				`cooperation influencer "Otto": is archived and takes no new cooperations; restore it first`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Influencer = w.otto.ID }) }},
		{"cooperation: moved to an archived campaign",
			want{crm.ErrInvalid, crm.KindCooperation, "campaign", "Winter Sale",
				`cooperation campaign "Winter Sale": is archived and takes no new cooperations; restore it first`},
			func(w *town) error {
				return w.change(w.idea, "", func(c *crm.Cooperation) { c.Campaign = w.old.ID })
			}},
		{"cooperation: name too long",
			want{crm.ErrInvalid, crm.KindCooperation, "name",
				"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…",
				`cooperation name "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…": has 641 characters; at most 640 are allowed`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Name = strings.Repeat("n", 641) }) }},
		{"cooperation: name of letters that stand for words",
			want{crm.ErrInvalid, crm.KindCooperation, "name", strings.Repeat("ﷺ", 60) + "…",
				`cooperation name "` + strings.Repeat("ﷺ", 60) +
					`…": has letters that stand for whole words, and is too long with these written out; write fewer of them`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Name = strings.Repeat("ﷺ", 640) }) }},
		{"cooperation: unknown status",
			want{crm.ErrInvalid, crm.KindCooperation, "status", "cancelled",
				`cooperation status "cancelled": is no status; use draft, negotiating or signed`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Status = "cancelled" }) }},
		{"cooperation: unknown spread",
			want{crm.ErrInvalid, crm.KindCooperation, "spread", "weekly",
				`cooperation spread "weekly": is no way to spread a cost; use by_day, on_start or on_end`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Spread = "weekly" }) }},
		{"cooperation: negative cost",
			want{crm.ErrInvalid, crm.KindCooperation, "cost", "-5.00 EUR", `cooperation cost "-5.00 EUR": must not be negative`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Cost = eur(-500) }) }},
		{"cooperation: cost too large",
			want{crm.ErrInvalid, crm.KindCooperation, "cost", "10000000000000.01 EUR",
				`cooperation cost "10000000000000.01 EUR": is larger than any real amount; check the digits`},
			func(w *town) error { return w.offer(func(c *crm.Cooperation) { c.Cost = eur(budget.MaxMinor + 1) }) }},
		{"cooperation: cost in no currency",
			want{crm.ErrInvalid, crm.KindCooperation, "cost", "1.00 ZZZ", `cooperation cost "1.00 ZZZ": is in no known currency; use one like EUR`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Cost = budget.FromMinor(100, "ZZZ") })
			}},
		{"cooperation: end before start",
			want{crm.ErrInvalid, crm.KindCooperation, "period.end", "2026-06-01",
				`cooperation period.end "2026-06-01": is before the start on 2026-06-30; choose a later end or an earlier start`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Period = days("2026-06-30", "2026-06-01") })
			}},
		{"cooperation: # in a UTM field",
			want{crm.ErrInvalid, crm.KindCooperation, "utm.campaign", "summer#1",
				`cooperation utm.campaign "summer#1": a # cuts off the rest of the link; leave it out`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.UTM.Campaign = utm.Of("summer#1") })
			}},
		{"cooperation: placeholder in a UTM field",
			want{crm.ErrInvalid, crm.KindCooperation, "utm.source", "{platform}",
				`cooperation utm.source "{platform}": the placeholder {platform} was not filled in; write the value itself`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.UTM.Source = utm.Of("{platform}") })
			}},
		{"cooperation: placeholder in a rule",
			want{crm.ErrInvalid, crm.KindCooperation, "rules[0].pattern", "EMMA{n}",
				`cooperation rules[0].pattern "EMMA{n}": still holds the placeholder {n}; replace it with the real text`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Rules = []discount.Rule{equals("EMMA{n}")} })
			}},
		{"cooperation: contains of one character",
			want{crm.ErrInvalid, crm.KindCooperation, "rules[0].pattern", "E",
				`cooperation rules[0].pattern "E": is too short for contains: nearly every code would match; write at least 2 characters, better 4`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Rules = []discount.Rule{rule(discount.Contains, "E")} })
			}},
		{"cooperation: blank code",
			want{crm.ErrInvalid, crm.KindCooperation, "rules[1].pattern", "",
				`cooperation rules[1].pattern "": is empty; write the code, such as PAM10`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Rules = []discount.Rule{equals("EMMA"), equals(" ")} })
			}},
		{"cooperation: code too long",
			want{crm.ErrInvalid, crm.KindCooperation, "rules[0].pattern", "EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE…",
				`cooperation rules[0].pattern "EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE…": has 65 characters; at most 64 are allowed`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Rules = []discount.Rule{equals(strings.Repeat("E", 65))} })
			}},
		{"cooperation: unknown match",
			want{crm.ErrInvalid, crm.KindCooperation, "rules[0].match", "like",
				`cooperation rules[0].match "like": is not known; use equals, contains, starts_with or ends_with`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Rules = []discount.Rule{rule("like", "EMMA")} })
			}},
		{"cooperation: too many rules",
			want{crm.ErrInvalid, crm.KindCooperation, "rules", "501", `cooperation rules "501": at most 500 discount rules are allowed`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) {
					for n := range 501 {
						c.Rules = append(c.Rules, equals("C"+decimal.NewFromInt(int64(n)).String()))
					}
				})
			}},
		{"cooperation: benefit finer than the currency",
			want{crm.ErrInvalid, crm.KindCooperation, "rules[0].benefit.value", "0.001",
				`cooperation rules[0].benefit.value "0.001": has more decimals than EUR, which has 2`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) {
					c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "EMMA",
						Benefit: discount.Benefit{Kind: discount.Amount, Value: decimal.RequireFromString("0.001")}}}
				})
			}},
		{"cooperation: one rule with two benefits",
			want{crm.ErrInvalid, crm.KindCooperation, "rules[1].benefit", "free shipping",
				`cooperation rules[1].benefit "free shipping": is not what the same rule gives further up; keep one of the two`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) {
					c.Rules = []discount.Rule{equals("EMMA"), {Match: discount.Equals, Pattern: "emma",
						Benefit: discount.Benefit{Kind: discount.FreeShipping}}}
				})
			}},
		{"workspace: a weight of two billion digits",
			want{crm.ErrInvalid, crm.KindWorkspace, "forecast", "negotiating 1e2000000000, draft 0.1",
				`workspace forecast "negotiating 1e2000000000, draft 0.1": each weight must be a number from 0 to 1, like 0.5, with at most 9 decimals`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) { ws.Forecast.Negotiating = decimal.New(1, 2_000_000_000) })
			}},
		{"workspace: too many month budgets",
			want{crm.ErrInvalid, crm.KindWorkspace, "month_budgets", "1201",
				`workspace month_budgets "1201": at most 1200 months can have a budget`},
			func(w *town) error {
				return w.settings(func(ws *crm.Workspace) {
					for n := range 1_201 {
						ws.MonthBudgets[must(budget.NewMonth(2000+n/12, time.Month(n%12+1)))(w)] = eur(1)
					}
				})
			}},
		{"cooperation: cancellation without a day",
			want{crm.ErrInvalid, crm.KindCooperation, "cancellation.on", "", `cooperation cancellation.on "": a cancellation needs its day`},
			func(w *town) error {
				return w.change(w.deal, "", func(c *crm.Cooperation) { c.Cancellation = &crm.Cancellation{} })
			}},
		{"cooperation: cancellation on an impossible day",
			want{crm.ErrInvalid, crm.KindCooperation, "cancellation.on", "1066-10-14",
				`cooperation cancellation.on "1066-10-14": is outside the years 1900 to 2200; check the year`},
			func(w *town) error {
				return w.change(w.deal, "", func(c *crm.Cooperation) {
					c.Cancellation = &crm.Cancellation{On: budget.DateOf(time.Date(1066, 10, 14, 0, 0, 0, 0, time.UTC))}
				})
			}},
		{"cooperation: fee in another currency than the cost",
			want{crm.ErrInvalid, crm.KindCooperation, "cancellation.fee", "0.01 USD",
				`cooperation cancellation.fee "0.01 USD": must be in EUR, the currency of the cost`},
			func(w *town) error {
				return w.change(w.deal, "", func(c *crm.Cooperation) {
					c.Cancellation = &crm.Cancellation{On: day("2026-06-02"), Fee: budget.FromMinor(1, "USD")}
				})
			}},
		{"cooperation: signed without a start",
			want{crm.ErrInvalid, crm.KindCooperation, "period.start", "", `cooperation period.start "": a signed cooperation needs its start date`},
			func(w *town) error {
				return w.change(w.idea, "", func(c *crm.Cooperation) { c.Status, c.Cost = crm.Signed, eur(0) })
			}},
		{"cooperation: signed without a cost",
			want{crm.ErrInvalid, crm.KindCooperation, "cost", "",
				`cooperation cost "": a signed cooperation needs its cost; enter 0 if there is none`},
			func(w *town) error {
				return w.change(w.idea, "", func(c *crm.Cooperation) { c.Status, c.Period = crm.Signed, days("2026-06-01", "") })
			}},
		{"cooperation: signed with another one's code",
			want{crm.ErrInvalid, crm.KindCooperation, "rules", "pam10",
				`cooperation rules "pam10": is also a code of "Summer Sale - Pam - Instagram" at the same time; give one of the two another code or other dates`},
			func(w *town) error {
				return w.change(w.idea, "", func(c *crm.Cooperation) {
					c.Status, c.Period, c.Cost, c.Rules = crm.Signed, days("2026-06-30", ""), eur(0), []discount.Rule{equals("pam10")}
				})
			}},
		{"cooperation: SIGNED is no status, as in a filter",
			want{crm.ErrInvalid, crm.KindCooperation, "status", "SIGNED",
				`cooperation status "SIGNED": is no status; use draft, negotiating or signed`},
			func(w *town) error {
				return w.offer(func(c *crm.Cooperation) { c.Status, c.Cost = "SIGNED", eur(0) })
			}},
		{"cooperation: start of a signed one removed",
			want{crm.ErrInvalid, crm.KindCooperation, "period.start", "", `cooperation period.start "": a signed cooperation needs its start date`},
			func(w *town) error {
				return w.change(w.deal, "", func(c *crm.Cooperation) { c.Period.Start = budget.Date{} })
			}},
		{"cooperation: cost of a signed one removed",
			want{crm.ErrInvalid, crm.KindCooperation, "cost", "",
				`cooperation cost "": a signed cooperation needs its cost; enter 0 if there is none`},
			func(w *town) error {
				return w.change(w.deal, "", func(c *crm.Cooperation) { c.Cost = budget.Money{} })
			}},
		{"cooperation: signed no more, without a reason",
			want{crm.ErrInvalid, crm.KindCooperation, "reason", "",
				`cooperation reason "": say why this signed cooperation goes back to negotiating`},
			func(w *town) error {
				return w.change(w.deal, " ", func(c *crm.Cooperation) { c.Status = crm.Negotiating })
			}},
		{"cooperation: stale",
			want{crm.ErrConflict, crm.KindCooperation, "version", "3",
				`cooperation version "3": it has changed since it was read, and is at version 1 now; read it again and repeat the change`},
			func(w *town) error {
				return w.change(w.deal, "", func(c *crm.Cooperation) { c.Version, c.Notes = 3, "x" })
			}},
		{"cooperation: missing",
			want{crm.ErrNotFound, crm.KindCooperation, "id", "018f8f5e-0000-7000-8000-00000000dead",
				`cooperation id "018f8f5e-0000-7000-8000-00000000dead": there is no such cooperation in this workspace`},
			func(w *town) error {
				_, err := w.crm.UpdateCooperation(ctx, w.ws, crm.Cooperation{ID: crm.CooperationID(stranger), Version: 1}, "")
				return err
			}},
		{"cooperation: edit of an archived one",
			want{crm.ErrInvalid, crm.KindCooperation, "archived_on", "2026-05-20",
				`cooperation archived_on "2026-05-20": it is archived; restore it first`},
			func(w *town) error {
				return w.change(w.shelved, "", func(c *crm.Cooperation) { c.Notes = "x" })
			}},
		{"cooperation: delete of one that is no draft",
			want{crm.ErrInvalid, crm.KindCooperation, "status", "signed",
				`cooperation status "signed": only drafts can be deleted; cancel or archive it instead`},
			func(w *town) error { return second(w.crm.Delete(ctx, w.ws, w.deal.At(), "")) }},
		{"cooperation: delete of a stale one",
			want{crm.ErrConflict, crm.KindCooperation, "version", "4",
				`cooperation version "4": it has changed since it was read, and is at version 1 now; read it again and repeat the change`},
			func(w *town) error {
				idea := w.idea
				idea.Version = 4
				return second(w.crm.Delete(ctx, w.ws, idea.At(), ""))
			}},
		{"cooperation: imported without a key",
			want{crm.ErrInvalid, crm.KindCooperation, "imported.key", "",
				`cooperation imported.key "": is no key of a row; it has 1 to 200 characters`},
			func(w *town) error {
				return w.crm.Update(ctx, w.ws, func(ctx context.Context, u *crm.Work) error {
					_, err := u.ImportCooperation(ctx, crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID, Imported: &crm.Imported{}})
					return err
				})
			}},

		// Import run.
		{"import run: no source",
			want{crm.ErrInvalid, crm.KindImportRun, "source", "", `import run source "": the source of an import needs a name`},
			func(w *town) error { return w.record(crm.ImportRun{}) }},
		{"import run: negative count",
			want{crm.ErrInvalid, crm.KindImportRun, "counts.created", "-1", `import run counts.created "-1": must not be negative`},
			func(w *town) error {
				return w.record(crm.ImportRun{Source: "sheet.csv", Counts: map[string]int{"created": -1}})
			}},
		{"import run: plan is no JSON",
			want{crm.ErrInvalid, crm.KindImportRun, "plan", "{", `import run plan "{": is not JSON`},
			func(w *town) error {
				return w.record(crm.ImportRun{Source: "sheet.csv", Plan: json.RawMessage("{")})
			}},
		{"import run: deleted",
			want{crm.ErrInvalid, crm.KindImportRun, "", "", "import run: only members, campaigns, influencers and cooperations can be deleted"},
			func(w *town) error { return second(w.crm.Delete(ctx, w.ws, asRead(crm.ImportRun{}), "")) }},

		// Lists.
		{"list: page too large",
			want{crm.ErrInvalid, crm.KindCampaign, "size", "1001", `campaign size "1001": must be between 1 and 1000`},
			func(w *town) error { return w.list(crm.ListOptions{Size: 1_001}) }},
		{"list: a state that does not exist",
			want{crm.ErrInvalid, crm.KindCampaign, "state", "live",
				`campaign state "live": is no state; use planned, running, ended or undated, or leave it out for all`},
			func(w *town) error {
				return second(w.crm.Campaigns(ctx, w.ws, crm.CampaignFilter{State: "live"}, crm.ListOptions{}))
			}},
		{"list: a selection of cancelled ones that does not exist",
			want{crm.ErrInvalid, crm.KindCooperation, "cancelled", "yes",
				`cooperation cancelled "yes": selects nothing; use only or not, or leave it out for all`},
			func(w *town) error {
				return second(w.crm.Cooperations(ctx, w.ws, crm.CooperationFilter{Cancelled: "yes"}, crm.ListOptions{}))
			}},
		{"list: a state on a day that cannot be",
			want{crm.ErrInvalid, crm.KindCooperation, "on", "0026-05-20",
				`cooperation on "0026-05-20": is outside the years 1900 to 2200; check the year`},
			func(w *town) error {
				return second(w.crm.Cooperations(ctx, w.ws, crm.CooperationFilter{State: crm.Planned,
					On: day("2026-05-20").AddDays(-730_485)}, crm.ListOptions{}))
			}},
		{"followers: of a profile of somebody else",
			want{crm.ErrNotFound, crm.KindInfluencer, "profile", "018f8f5e-0000-7000-8000-00000000dead",
				`influencer profile "018f8f5e-0000-7000-8000-00000000dead": the influencer never had this profile`},
			func(w *town) error {
				return second(w.crm.FollowerHistory(ctx, w.ws, w.pam.ID, crm.ProfileID(stranger)))
			}},
		{"list: negative page size",
			want{crm.ErrInvalid, crm.KindCampaign, "size", "-1", `campaign size "-1": must be between 1 and 1000`},
			func(w *town) error { return w.list(crm.ListOptions{Size: -1}) }},
		{"list: unknown order",
			want{crm.ErrInvalid, crm.KindCampaign, "sort", "budget",
				`campaign sort "budget": a list of campaigns cannot be ordered by this; use name, start, or leave it out for the oldest first`},
			func(w *town) error { return w.list(crm.ListOptions{Sort: "budget"}) }},
		{"list: order of another list",
			want{crm.ErrInvalid, crm.KindInfluencer, "sort", "start",
				`influencer sort "start": a list of influencers cannot be ordered by this; use name, changed, or leave it out for the oldest first`},
			func(w *town) error {
				_, err := w.crm.Influencers(ctx, w.ws, crm.InfluencerFilter{}, crm.ListOptions{Sort: crm.SortStart})
				return err
			}},
		{"list: made-up token",
			want{crm.ErrInvalid, crm.KindCampaign, "token", "bm90IGEgdG9rZW4",
				`campaign token "bm90IGEgdG9rZW4": does not belong to this list; start again from its first page`},
			func(w *town) error { return w.list(crm.ListOptions{Token: "bm90IGEgdG9rZW4"}) }},
		{"list: token of another filter",
			want{crm.ErrInvalid, crm.KindCampaign, "token", "the token",
				`campaign token "the token": does not belong to this list; start again from its first page`},
			func(w *town) error {
				page := must(w.crm.Campaigns(ctx, w.ws, crm.CampaignFilter{Archive: crm.ActiveOrNot}, crm.ListOptions{Size: 1}))(w)
				err := w.list(crm.ListOptions{Token: page.Next})
				if e := (*crm.Error)(nil); errors.As(err, &e) && e.Value == crm.Shorten(page.Next) {
					e.Value = "the token" // its letters do not matter here
				}
				return err
			}},
		{"changes: limit",
			want{crm.ErrInvalid, "", "limit", "0", `limit "0": must be between 1 and 1000`},
			func(w *town) error {
				_, err := w.crm.Changes(ctx, w.ws, 0, 0)
				return err
			}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			before := w.everything()
			err := test.do(w)
			all := crm.FieldErrors(err)
			if len(all) != 1 {
				t.Fatalf("%d errors: %v", len(all), err)
			}
			e := all[0]
			got := want{e.Family, e.Record.Kind, e.Field, e.Value, err.Error()}
			if diff := cmp.Diff(test.want, got, cmpopts.EquateErrors()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if german := e.In(language.German); e.Code() == "" || german == err.Error() {
				t.Errorf("code %q, in German %s", e.Code(), german)
			}
			if !errors.Is(err, test.want.Family) {
				t.Errorf("%v is not of its family", err)
			}
			if diff := cmp.Diff(before, w.everything()); diff != "" {
				t.Errorf("something was written:\n%s", diff)
			}
		})
	}
}

// A record that could not be made has no id yet, and the error does not invent one.
func TestAnErrorOfACreateNamesNoID(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for what, err := range map[string]error{
		"member":      second(s.crm.CreateMember(ctx, s.ws, crm.Member{})),
		"campaign":    second(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{})),
		"influencer":  second(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{})),
		"cooperation": second(s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{})),
	} {
		found := crm.FieldErrors(err)
		if len(found) == 0 || found[0].Record.IDString() != "" || string(found[0].Record.Kind) != what {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// asRead is a record of any kind as it was read.
func asRead(r crm.Record) crm.At { return r.Ref().At(r.Revision()) }

func TestAHistoryIsSomebodys(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	if _, err := s.crm.History(ctx, s.ws, crm.Ref{}, 0, 10); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("history of nobody: %v", err)
	}
}

// The error of a code that is taken carries the proof, for a host that shows more than a sentence.
func TestABlockedSigningCarriesTheConflict(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer")
	first := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: s.influencer("Pam").ID,
		Period: days("2026-06-01", ""), Rules: []discount.Rule{equals("SUN")}})
	_, err := s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{
		Campaign: campaign.ID, Influencer: s.influencer("Emma").ID, Status: crm.Signed, Cost: eur(1),
		Period: days("2026-06-10", "2026-06-20"), Rules: []discount.Rule{equals("sun")},
	})
	found := crm.FieldErrors(err)
	if len(found) != 1 || found[0].Conflict == nil {
		t.Fatalf("no conflict in %v", err)
	}
	if c := found[0].Conflict; c.Other != first.ID || c.Witness != "sun" || c.During != days("2026-06-10", "2026-06-20") || c.Severity != discount.Blocking {
		t.Errorf("conflict %+v", c)
	}
}
