package history_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
)

func TestDescribe(t *testing.T) {
	t.Parallel()
	const id, other = `"018f8f5e-0000-7000-8000-000000000001"`, `"018f8f5e-0000-7000-8000-000000000002"`
	names := func(ref crm.Ref) string {
		return map[string]string{
			`"` + ref.IDString() + `"`: "",
			id:                         string(ref.Kind) + " One",
		}[`"`+ref.IDString()+`"`]
	}
	for _, test := range []struct {
		kind   crm.ChangeKind
		of     crm.Kind
		reason string
		fields [][3]string // field, before, after; "" is unset
		want   string
	}{
		{crm.Created, crm.KindCampaign, "", [][3]string{{"budget", "", `{"amount":"10.00","currency":"EUR"}`}, {"name", "", `"Summer"`}}, `Mira created the campaign "Summer"`},
		{crm.Deleted, crm.KindCooperation, "a test", [][3]string{{"name", `"Summer - Pam"`, ""}}, `Mira deleted the cooperation "Summer - Pam" (reason: a test)`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"status", `"negotiating"`, `"signed"`}}, `Mira moved it from negotiating to signed`},
		{crm.Updated, crm.KindCooperation, "she\nwrote", [][3]string{
			{"cost", `{"amount":"100.00","currency":"EUR"}`, `{"amount":"120.00","currency":"EUR"}`},
			{"period", "", `{"start":"2026-06-01"}`},
			{"status", `"draft"`, `"signed"`},
		}, `Mira moved it from draft to signed, changed the cost from 100.00 EUR to 120.00 EUR and set the start to 2026-06-01 (reason: she wrote)`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"cost", `{"amount":"100.00","currency":"EUR"}`, ""}}, `Mira cleared the cost, which was 100.00 EUR`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"archived_on", "", `"2026-06-01"`}}, `Mira archived it`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"claims_until", "", `"2026-06-01"`}},
			`Mira ended its codes and links on 2026-06-01, as its campaign or influencer is archived`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"claims_until", `"2026-06-01"`, ""}}, `Mira let its codes and links go on`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"archived_on", `"2026-06-01"`, ""}}, `Mira took it out of the archive`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"cancellation", "", `{"on":"2026-08-15","fee":{"amount":"10.00","currency":"EUR"},"reason":"ill"}`}},
			`Mira cancelled it on 2026-08-15 with a fee of 10.00 EUR, because: ill`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"cancellation", `{"on":"2026-08-15"}`, ""}}, `Mira took the cancellation back`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"influencer", other, id}, {"responsible", "", id}, {"campaign", id, other}},
			`Mira changed the influencer to "influencer One", set the responsible member to "member One" and changed the campaign`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{
			{"rules", `[]`, `[{"match":"equals","pattern":"PAM10"},{"match":"contains","pattern":"PAMELA"}]`}, {"rules_origin", "", `{"provenance":"overridden"}`},
		}, `Mira set the discount rules to equals PAM10, contains PAMELA`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"utm_origins", "", `{"campaign":{"provenance":"overridden"}}`}}, `Mira set the origins of the UTM parameters`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"utm", `{"source":"ig","term":"x"}`, `{"source":"tiktok"}`}, {"notes", `"a"`, `"b"`}},
			`Mira changed the utm_source from "ig" to "tiktok", cleared the utm_term, which was "x" and changed the notes`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"custom", `{"Size":"S"}`, `{"Colour":"red","Size":"M"}`}, {"last_touch", "", "true"}},
			`Mira set the custom field "Colour" to "red", changed the custom field "Size" from "S" to "M" and switched last touch on`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{
			{"profiles", `[{"id":` + id + `,"platform":"instagram","handle":"pam","rules":[]}]`, `[{"id":` + other + `,"platform":"tiktok","rules":[]}]`},
			{"tags", `["vip","b"]`, `["vip","new","hot"]`},
		}, `Mira added the profile TikTok, removed the profile Instagram @pam, added the tags "new", "hot" and removed the tag "b"`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{
			{"profiles", `[{"id":` + id + `,"platform":"x","handle":"pam"}]`, `[{"id":` + id + `,"platform":"x","handle":"pam","link":"https://x.com/pam"}]`},
		}, `Mira changed the profile X @pam`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{{"picture", "", id}}, `Mira set the picture`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{{"picture", id, other}}, `Mira changed the picture`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{{"picture", other, ""}}, `Mira removed the picture`},
		{crm.Updated, crm.KindWorkspace, "", [][3]string{{"month_budgets", `{}`, `{"2026-06":{"amount":"500.00","currency":"EUR"}}`}, {"tail_days", "0", "7"}, {"forecast", `{"draft":"0"}`, `{"draft":"1"}`}},
			`Mira set the budget of 2026-06 to 500.00 EUR, changed the tail days from 0 to 7 and changed the forecast weights`},
		{crm.Updated, crm.KindCampaign, "", nil, `Mira changed nothing`},
		{crm.Updated, crm.KindCampaign, "", [][3]string{{"name", `7`, `{`}, {"tags", `7`, `{}`}, {"period", `[]`, `"x"`}, {"new_thing", `[1]`, `[2]`}},
			`Mira changed the name, changed the tags, changed the period and changed the new thing`},
		{crm.Erased, crm.KindInfluencer, "", [][3]string{{"archived_on", "", `"2026-06-01"`}}, `Mira erased the personal data`},
		{"melt", crm.KindInfluencer, "", nil, `Mira did "melt" to the influencer`},
	} {
		c := crm.Change{Actor: "Mira", Kind: test.kind, Record: crm.Ref{Kind: test.of}, Reason: test.reason}
		for _, f := range test.fields {
			c.Fields = append(c.Fields, crm.FieldChange{Field: f[0], Before: orNil(f[1]), After: orNil(f[2])})
		}
		if diff := cmp.Diff(test.want, history.Describe(c, names)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if got := history.Describe(crm.Change{Kind: crm.Created, Record: crm.Ref{Kind: crm.KindMember}}, nil); got != "somebody created the member" {
		t.Errorf("without an actor: %s", got)
	}
}

func orNil(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	return json.RawMessage(text)
}

func FuzzDescribe(f *testing.F) {
	for _, field := range []string{"name", "status", "cancellation", "period", "utm", "rules", "custom", "month_budgets", "profiles", "tags", "campaign", "cost", "picture", "last_touch", "odd\xff"} {
		f.Add(field, `"a"`, `{"on":"2026-01-01","start":{},"amount":"1.00","currency":"EUR"}`, "update", "Mi\nra")
		f.Add(field, `[{"id":"x"},null,7]`, ``, "create", "")
		f.Add(field, `[]`, `[{"match":"equals","pattern":"A","rules":[{"benefit":{"value":"1e999999999"}}],"benefit":{"kind":"amount","value":"1e999999999"}}]`, "update", "")
		f.Add(field, `"1e999999999"`, `{"amount":"1e999999999","currency":"EUR","fee":{"amount":"1e999999999","currency":"EUR"}}`, "update", "")
		f.Add(field, `null`, `[["a"],{"match":"equals","pattern":"\u0000"}]`, "x", "\xff")
	}
	f.Fuzz(func(t *testing.T, field, before, after, kind, actor string) {
		for _, record := range []crm.Kind{crm.KindWorkspace, crm.KindCooperation, crm.Kind(field)} {
			sentence := history.Describe(crm.Change{
				Actor: actor, Kind: crm.ChangeKind(kind), Record: crm.Ref{Kind: record}, Reason: before,
				Fields: []crm.FieldChange{{Field: field, Before: orNil(before), After: orNil(after)}, {Field: field}},
			}, nil)
			if sentence == "" || !utf8.ValidString(sentence) || len(sentence) > 20_000 || strings.ContainsFunc(sentence, unicode.IsControl) {
				t.Errorf("%d bytes: %q", len(sentence), sentence)
			}
		}
	})
}
