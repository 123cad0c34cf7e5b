package wire_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// values tells go-cmp which types are compared with ==.
var values = cmpopts.EquateComparable(budget.Date{}, budget.Month{}, budget.Money{})

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// cooperationFields are the names of a cooperation's fields.
const cooperationFields = "id, version, campaign, influencer, profile, name, name_mode, status, period, cost, spread, utm, " +
	"utm_origins, rules, rules_origin, last_touch, cancellation, responsible, notes, custom, imported, archived_on, claims_until, " +
	"created_at, changed_at"

const someID = "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"

func TestParseNamesEveryField(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, doc string
		want      []string
	}{
		{"nothing", ``, []string{`cooperation: cannot be read as JSON: it ends too early, after 0 bytes`}},
		{"half", `{"name":`, []string{`cooperation: cannot be read as JSON: it ends too early, after 8 bytes`}},
		{"two", `{} {}`, []string{`cooperation: cannot be read as JSON: the character '{' cannot stand there, after 4 bytes`}},
		{"null", ` null `, []string{`cooperation: must be an object in JSON, {…}`}},
		{"a list", `[]`, []string{`cooperation "[]": must be an object in JSON, {…}`}},
		{"Windows-1252", "{\"name\":\"Stra\xdfe\"}", []string{`cooperation: is not valid text (UTF-8)`}},
		{"unknown fields", `{"kampagne":"x","Name":"Reel","period":{"from":"2026-06-01"}}`, []string{
			`cooperation Name "Reel": is no field here; the fields are ` + cooperationFields,
			`cooperation kampagne "x": is no field here; the fields are ` + cooperationFields,
			`cooperation period.from "2026-06-01": is no field here; the fields are start, end`}},
		{"ids", `{"campaign":"summer","influencer":7,"profile":"` + someID + `"}`, []string{
			`cooperation campaign "summer": is no id; an id looks like ` + someID,
			`cooperation influencer "7": must be a text in quotes`}},
		{"dates", `{"period":{"start":"2026-02-30","end":20260301},"archived_on":""}`, []string{
			`cooperation period.end "20260301": must be a text in quotes`,
			`cooperation period.start "2026-02-30": not a date: day 30, want 1 to 28 in 2026-02`}},
		{"an amount as a number", `{"cost":12.5}`,
			[]string{`cooperation cost "12.5": not an amount: "12.5", want {"amount":"12.50","currency":"EUR"}`}},
		{"an amount beyond the currency", `{"cost":{"amount":"10.005","currency":"EUR"}}`, []string{
			`cooperation cost "{\"amount\":\"10.005\",\"currency\":\"EUR\"}": more decimals than the currency has: 10.005, EUR has 2`}},
		{"in lists", `{"rules":[{"match":"equals"},{"match":1,"benefit":{"value":"a lot"}},"PAM10"]}`, []string{
			`cooperation rules[1].benefit.value "a lot": is no number; write it like 12.5`,
			`cooperation rules[1].match "1": must be a text in quotes`,
			`cooperation rules[2] "PAM10": must be an object, {…}`}},
		{"kinds",
			`{"version":"1","last_touch":"yes","rules":{},"custom":[],"period":[],"cancellation":true,"utm":{"term":7},"notes":{}}`, []string{
				`cooperation cancellation "true": must be an object, {…}`,
				`cooperation custom "[]": must be an object, {…}`,
				`cooperation last_touch "yes": must be true or false`,
				`cooperation notes "{}": must be a text in quotes`,
				`cooperation period "[]": must be an object, {…}`,
				`cooperation rules "{}": must be a list, […]`,
				`cooperation utm.term "7": must be a text in quotes`,
				`cooperation version "1": must be a whole number, without quotes`}},
		{"custom fields", `{"custom":{"size":38}}`, []string{`cooperation custom.size "38": must be a text in quotes`}},
		{"a field twice, once wrong", `{"name":7,"name":"Reel"}`, []string{`cooperation name "": stands there twice; leave one of them out`}},
		{"a field twice",
			`{"period":{"start":"2026-06-01","st\u0061rt":"2026-07-01"},"rules":[{"match":"equals"},{"match":"equals","match":"contains"}]}`, []string{
				`cooperation period.start "": stands there twice; leave one of them out`,
				`cooperation rules[1].match "": stands there twice; leave one of them out`}},
		{"half a character",
			`{"name":"Reel \ud83d","notes":"\\\ude00\n","custom":{"size \ud83d\u0041":"M"},"utm":{"term":"\ud83d\ud83d\ude00"}}`, []string{
				"cooperation name \"Reel \ufffd\": has half of a character, \\ud83d without its other half; send the whole character",
				"cooperation notes \"\\\\\ufffd\\n\": has half of a character, \\ude00 without its other half; send the whole character",
				"cooperation custom.size \ufffdA \"size \ufffdA\": has half of a character, \\ud83d without its other half; send the whole character",
				"cooperation utm.term \"\ufffd😀\": has half of a character, \\ud83d without its other half; send the whole character"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := wire.Parse[crm.Cooperation]([]byte(test.doc))
			if !errors.Is(err, crm.ErrInvalid) {
				t.Errorf("got error %v, want one that is %q", err, crm.ErrInvalid)
			}
			if diff := cmp.Diff(test.want, strings.Split(fmt.Sprint(err), "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(crm.Cooperation{}, got, values); diff != "" {
				t.Errorf("a record comes with the error: %s", diff)
			}
		})
	}
}

// Defaults have errors of their own rooms, which say the field as it stands in the record.
func TestParseNamesTheFieldOfATemplate(t *testing.T) {
	t.Parallel()
	_, err := wire.Parse[crm.Influencer]([]byte(`{"profiles":[{"utm":{"term":"{name}","medium":5}},{"utm":{"term":"{name}"}}]}`))
	want := []string{
		`influencer profiles[0].utm.medium "{\"term\":\"{name}\",\"medium\":5}": must be a text in quotes`,
		`influencer profiles[1].utm.term "{name}": {name} is not a placeholder; use {campaign}, {influencer}, {handle}, {platform} or {month}`,
	}
	if diff := cmp.Diff(want, strings.Split(fmt.Sprint(err), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseTakesWhatIsLeftOutForUnset(t *testing.T) {
	t.Parallel()
	for doc, set := range map[string]bool{`{}`: false, `{"rules":null,"utm":{"term":null}}`: false, `{"rules":[],"utm":{"term":""}}`: true} {
		c := must(wire.Parse[crm.Cooperation]([]byte(doc)))
		if c.Rules != nil != set || c.UTM.Term.IsSet() != set {
			t.Errorf("%s: rules %v, term %v; want set: %t", doc, c.Rules, c.UTM.Term, set)
		}
	}
}

func TestPatch(t *testing.T) {
	t.Parallel()
	id := must(crm.ParseID[crm.Cooperation](someID))
	stored := crm.Clone(crm.Cooperation{
		ID: id, Version: 2, Campaign: crm.CampaignID(id), Influencer: crm.InfluencerID(id), Profile: crm.ProfileID(id),
		Name: "Summer Sale - Pam - Instagram", NameMode: crm.NameAuto, Status: crm.Signed,
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")},
		Cost:   budget.FromMinor(100000, "EUR"),
		UTM:    utm.Params{Source: utm.Of("instagram"), Campaign: utm.Of("summer-sale")},
		Rules:  []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}}, Custom: map[string]string{"size": "M", "shoe": "38"},
	})
	stored.ID[15]++ // not the id that a patch below gives it
	for _, test := range []struct {
		name, patch string
		want        func(*crm.Cooperation)
	}{
		{"nothing", `{}`, func(*crm.Cooperation) {}},
		{"a part of an object", `{"cost":{"amount":"9.50"},"period":{"end":"2026-12-31"}}`, func(c *crm.Cooperation) {
			c.Cost, c.Period.End = budget.FromMinor(950, "EUR"), budget.MustParseDate("2026-12-31")
		}},
		{"null unsets", `{"cost":null,"custom":{"size":null,"hat":"7"}}`, func(c *crm.Cooperation) {
			c.Cost, c.Custom = budget.Money{}, map[string]string{"shoe": "38", "hat": "7"}
		}},
		{"whole characters by escapes", `{"notes":"\ud83d\ude00 \\ud83d \u00e4"}`, func(c *crm.Cooperation) { c.Notes = `😀 \ud83d ä` }},
		{"a list replaces the list", `{"rules":[{"match":"equals","pattern":"NEW"}]}`,
			func(c *crm.Cooperation) { c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "NEW"}} }},
		{"its own id and version", fmt.Sprintf(`{"id":%q,"version":%d,"notes":"x"}`, stored.ID, stored.Version),
			func(c *crm.Cooperation) { c.Notes = "x" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			want := crm.Clone(stored)
			test.want(&want)
			got := must(wire.Patch(stored, []byte(test.patch)))
			if diff := cmp.Diff(want, got, values); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, test := range []struct {
		patch  string
		family error
		want   string
	}{
		{`[{"op":"remove"}]`, crm.ErrInvalid, `must be an object in JSON`},
		{`{"nots":"x"}`, crm.ErrInvalid, `cooperation nots "x": is no field here`},
		{`{"Notes":"x"}`, crm.ErrInvalid, `cooperation Notes "x": is no field here`},
		{`{"cost":{"amount":"1.234,50"}}`, crm.ErrInvalid, `not an amount`},
		{`{"custom":{"size":{"eu":38}}}`, crm.ErrInvalid, `cooperation custom.size "{\"eu\":38}": must be a text in quotes`},
		{`{"notes":"x","notes":"x"}`, crm.ErrInvalid, `cooperation notes "": stands there twice`},
		{`{"utm":{"term":"a","term":null}}`, crm.ErrInvalid, `cooperation utm.term "": stands there twice`},
		{`{"custom":{"size":"\udc00"}}`, crm.ErrInvalid, "cooperation custom.size \"\ufffd\": has half of a character"},
		{`{"nots":` + strings.Repeat(`{"a":[`, 4000) + strings.Repeat(`]}`, 4000) + `,"notes":"x","notes":"x"}`,
			crm.ErrInvalid, `cooperation notes "": stands there twice`},
		{`{"nots":` + strings.Repeat(`{"a":[`, 4000) + strings.Repeat(`]}`, 4000) + `}`, crm.ErrInvalid, `is no field here`},
		{`{"id":null}`, crm.ErrInvalid, `cooperation id "": a record keeps its id`},
		{`{"id":"` + someID + `"}`, crm.ErrInvalid, `a record keeps its id`},
		{fmt.Sprintf(`{"version":%d}`, stored.Version-1), crm.ErrConflict, `it has changed since it was read`},
	} {
		got, err := wire.Patch(stored, []byte(test.patch))
		if !errors.Is(err, test.family) || !strings.Contains(fmt.Sprint(err), test.want) {
			t.Errorf("%s: got error %v, want one that is %q with %q", test.patch, err, test.family, test.want)
		}
		if !got.ID.IsZero() {
			t.Errorf("%s: a record comes with the error", test.patch)
		}
	}
}

// FuzzPatch: whatever a client sends, the record that comes out is the one that went in, at its
// version, and what the patch left out has stayed.
func FuzzPatch(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, `[]`, ``, `{"notes":"x","name":null}`, `{"period":{"start":"2026-06-01"}}`,
		`{"rules":[{"match":"equals","pattern":"PAM"}]}`,
		`{"cost":{"amount":"5"}}`, `{"utm":{"term":""},"utm":{"term":5}}`, `{"version":1}`, `{"id":""}`,
		`{"custom":{"a":{"b":{}}}}`, `{"imported":{"key":"k","values":{}}}`,
		`{"utm_origins":{"term":{"provenance":"pending"}}}`, `{"rules":[{"benefit":{"value":1e999999999}}]}`,
		"{\"name\":\"\xff\"}", `{"profiles":[{}]}`,
	} {
		f.Add(seed)
	}
	stored := must(wire.Parse[crm.Cooperation]([]byte(`{"id":"` + someID + `","version":3,"campaign":"` + someID + `","influencer":"` + someID + `",
		"name":"Summer - Pam","name_mode":"auto","status":"draft","period":{"start":"2026-06-01"},"cost":{"amount":"12.50","currency":"EUR"},"rules":[],"custom":{"size":"M"}}`)))
	f.Fuzz(func(t *testing.T, patch string) {
		got, err := wire.Patch(stored, []byte(patch))
		if err != nil {
			if len(crm.FieldErrors(err)) == 0 || !errors.Is(err, crm.ErrInvalid) && !errors.Is(err, crm.ErrConflict) {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if got.Ref() != stored.Ref() || got.Revision() != stored.Revision() {
			t.Errorf("%s at %d is now %s at %d", stored.Ref(), stored.Version, got.Ref(), got.Version)
		}
		var named map[string]json.RawMessage
		if err := json.Unmarshal([]byte(patch), &named); err != nil {
			t.Fatal(err)
		}
		if _, ok := named["name"]; !ok && got.Name != stored.Name {
			t.Errorf("the name is %q", got.Name)
		}
		if _, ok := named["cost"]; !ok && got.Cost != stored.Cost {
			t.Errorf("the cost is %s", got.Cost)
		}
	})
}
