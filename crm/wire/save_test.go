package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/utm"
)

// office is a workspace with one record of each kind.
type office struct {
	crm         *crm.Service
	ws          crm.WorkspaceID
	member      crm.Member
	campaign    crm.Campaign
	influencer  crm.Influencer
	cooperation crm.Cooperation
}

func newOffice(t *testing.T) office {
	t.Helper()
	ctx, store := t.Context(), memory.New(nil)
	options := &crm.Options{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }}
	w := must(crm.NewAdmin(store, options).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"}))
	o := office{crm: crm.New(store, options), ws: w.ID}
	o.member = must(o.crm.CreateMember(ctx, o.ws, crm.Member{Name: "Mira"}))
	o.campaign = must(o.crm.CreateCampaign(ctx, o.ws, crm.Campaign{Name: "Summer", Notes: "hot"}))
	o.influencer = must(o.crm.CreateInfluencer(ctx, o.ws, crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{
		Platform: "instagram", Handle: "pam", Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
	}}}))
	o.cooperation = must(o.crm.CreateCooperation(ctx, o.ws, crm.Cooperation{
		Campaign: o.campaign.ID, Influencer: o.influencer.ID, Profile: o.influencer.Profiles[0].ID,
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01")}, UTM: utm.Params{Term: utm.Of("pam")}, Notes: "call her",
	})).Cooperation
	return o
}

// patches are another value for each field of each kind of record, and what comes of it: empty if it is saved, else the
// error. A field that is added to a record needs a line here, and one in the list of those that cannot be set if saving
// does not take it.
var patches = map[reflect.Type]map[string][2]string{
	reflect.TypeFor[crm.Workspace](): {
		"id":      {`"` + someID + `"`, `a record keeps its id; leave it out`},
		"version": {`7`, `it has changed since it was read`},
		"name":    {`"Store"`}, "currency": {`"USD"`}, "time_zone": {`"UTC"`}, "utm": {`{"medium": "social"}`},
		"ignored_codes": {`["NEWS"]`}, "tail_days": {`9`}, "code_comparison": {`"accents"`},
		"forecast":      {`{"draft": "0.5", "negotiating": "0.5"}`},
		"month_budgets": {`{"2026-06": {"amount": "5", "currency": "EUR"}}`}, "sources": {`{"sheet": {"connected": true}}`},
	},
	reflect.TypeFor[crm.Member](): {
		"id":      {`"` + someID + `"`, `a record keeps its id; leave it out`},
		"version": {`7`, `it has changed since it was read`},
		"name":    {`"Leo"`}, "email": {`"leo@shop.example"`},
		"archived_on": {`"2026-05-01"`, `is not set here; archive or restore the record instead`},
	},
	reflect.TypeFor[crm.Campaign](): {
		"id":      {`"` + someID + `"`, `a record keeps its id; leave it out`},
		"version": {`7`, `it has changed since it was read`},
		"name":    {`"Winter"`}, "period": {`{"start": "2026-06-01"}`}, "notes": {`"cold"`},
		"revenue_target": {`{"amount": "5", "currency": "EUR"}`}, "budget": {`{"amount": "5", "currency": "EUR"}`},
		"archived_on": {`"2026-05-01"`, `is not set here; archive or restore the record instead`},
	},
	reflect.TypeFor[crm.Influencer](): {
		"id":      {`"` + someID + `"`, `a record keeps its id; leave it out`},
		"version": {`7`, `it has changed since it was read`},
		"name":    {`"Emma"`}, "phone": {`"+49 30 123456"`}, "email": {`"pam@pam.example"`}, "category": {`"Beauty"`},
		"responsible": {`"MEMBER"`}, "tags": {`["vip"]`}, "profiles": {`[]`, `uses this profile`}, "notes": {`"x"`}, "custom": {`{"Size": "M"}`},
		"phone_e164":  {`"+4930123456"`, `is made of the phone number; set phone`},
		"picture":     {`"` + someID + `"`, `is not set here; use the call for pictures`},
		"archived_on": {`"2026-05-01"`, `is not set here; archive or restore the record instead`},
	},
	reflect.TypeFor[crm.Cooperation](): {
		"id":         {`"` + someID + `"`, `a record keeps its id; leave it out`},
		"version":    {`7`, `it has changed since it was read`},
		"campaign":   {`"` + someID + `"`, `there is no such campaign`},
		"influencer": {`"` + someID + `"`, `there is no such influencer`},
		"profile":    {`null`}, "name": {`"Reel"`}, "status": {`"negotiating"`}, "period": {`{"end": "2026-06-30"}`},
		"cost": {`{"amount": "5", "currency": "EUR"}`}, "spread": {`"on_start"`}, "utm": {`{"content": "reel"}`}, "rules": {`[]`},
		"last_touch": {`true`}, "cancellation": {`{"on": "2026-05-20"}`}, "responsible": {`"MEMBER"`},
		"notes": {`null`}, "custom": {`{"Size": "M"}`},
		"name_mode":    {`"custom"`, `follows from the name; set name, or clear it for the automatic one`},
		"utm_origins":  {`null`, `follows from utm; set that, with null for the default`},
		"rules_origin": {`{"provenance": "overridden"}`, `follows from rules; set them, with null for the default`},
		"imported":     {`{"key": "7"}`, `comes from the sheet and is not set here; leave it out`},
		"claims_until": {`"2026-05-01"`, `follows from the archive of its campaign or influencer; leave it out`},
		"archived_on":  {`"2026-05-01"`, `is not set here; archive or restore the record instead`},
	},
}

// notSet are fields of every record that a patch cannot set.
var notSet = map[string][2]string{
	"created_at": {`"2026-05-01T00:00:00Z"`, `is when the record was made and is not set; leave it out`},
	"changed_at": {`null`, `is when the record was last changed and is not set; leave it out`},
}

// Of each field, a patch is saved or refused by name, and never dropped. What was read may be sent back.
func TestEveryFieldIsSavedOrRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	kinds := []struct {
		stored func(office) crm.Record
		patch  func(office, []byte) (crm.Record, error)
	}{
		{func(o office) crm.Record { return must(o.crm.Workspace(ctx, o.ws)) }, func(o office, patch []byte) (crm.Record, error) {
			return wire.EditWorkspace(ctx, o.crm, o.ws, wire.Edit{Version: 1, Doc: patch})
		}},
		{func(o office) crm.Record { return o.member }, func(o office, patch []byte) (crm.Record, error) {
			return wire.EditMember(ctx, o.crm, o.ws, o.member.ID, wire.Edit{Version: o.member.Version, Doc: patch})
		}},
		{func(o office) crm.Record { return o.campaign }, func(o office, patch []byte) (crm.Record, error) {
			return wire.EditCampaign(ctx, o.crm, o.ws, o.campaign.ID, wire.Edit{Version: o.campaign.Version, Doc: patch})
		}},
		{func(o office) crm.Record { return o.influencer }, func(o office, patch []byte) (crm.Record, error) {
			return wire.EditInfluencer(ctx, o.crm, o.ws, o.influencer.ID, wire.Edit{Version: o.influencer.Version, Doc: patch})
		}},
		{func(o office) crm.Record { return o.cooperation }, func(o office, patch []byte) (crm.Record, error) {
			saved, err := wire.EditCooperation(ctx, o.crm, o.ws, o.cooperation.ID, wire.Edit{Version: o.cooperation.Version, Doc: patch})
			return saved.Cooperation, err
		}},
	}
	for _, kind := range kinds {
		record := kind.stored(newOffice(t))
		of := patches[reflect.TypeOf(record)]
		for _, f := range reflect.VisibleFields(reflect.TypeOf(record)) {
			if f.Anonymous {
				continue // its fields are visible too
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			test, known := of[name]
			if other, everywhere := notSet[name]; everywhere {
				test, known = other, true
			}
			if !known {
				t.Errorf("%s: say here what comes of a patch of %s", record.Ref().Kind, name)
				continue
			}
			t.Run(fmt.Sprint(record.Ref().Kind, " ", name), func(t *testing.T) {
				t.Parallel()
				o := newOffice(t)
				before := kind.stored(o)
				value := strings.ReplaceAll(test[0], "MEMBER", o.member.ID.String())
				after, err := kind.patch(o, []byte(fmt.Sprintf(`{%q: %s}`, name, value)))
				if test[1] == "" {
					if err != nil {
						t.Fatal(err)
					}
					was, is := decoded(t, before), decoded(t, after)
					if cmp.Equal(was[name], is[name]) || after.Revision() != before.Revision()+1 {
						t.Errorf("%s was dropped: %v", name, is[name])
					}
					return
				}
				if e := crm.FieldErrors(err); len(e) != 1 || e[0].Field != name || !strings.Contains(e[0].Error(), test[1]) {
					t.Errorf("got %v, want an error of %s with %q", err, name, test[1])
				}
				if !reflect.ValueOf(after).IsZero() {
					t.Errorf("a record comes with the error: %+v", after)
				}
				whole := must(json.Marshal(before))
				if same, err := kind.patch(o, whole); err != nil || !cmp.Equal(decoded(t, before), decoded(t, same)) {
					t.Errorf("sent back as it was read: %v, %+v", err, same)
				}
			})
		}
	}
}

func decoded(t *testing.T, r crm.Record) (fields map[string]any) {
	t.Helper()
	if err := json.Unmarshal(must(json.Marshal(r)), &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}

func TestEditCooperation(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, patch string
		version     int64
		family      error
		want        string
	}{
		{"stale", `{"notes": "x"}`, 4, crm.ErrConflict, `cooperation version "4": it has changed since it was read, and is at version 1 now`},
		{"without a version", `{"notes": "x"}`, 0, crm.ErrConflict, `cooperation version "0": a change starts from the record as it was read`},
		{"no version", `{"notes": "x"}`, -1, crm.ErrConflict,
			`cooperation version "-1": is no version; send the one that was read, which is 1 or more`},
		{"two fields that cannot be set", `{"name_mode": "custom", "archived_on": "2026-01-01"}`, 1, crm.ErrInvalid,
			`cooperation name_mode "custom": follows from the name`},
		{"a cancelled status", `{"cancellation": {"on": "2026-05-20", "status": "signed"}}`, 1, crm.ErrInvalid,
			`cooperation cancellation.status "signed": is the status that the cooperation had`},
		{"a rule of the domain", `{"status": "signed"}`, 1, crm.ErrInvalid, `cost`},
		{"no JSON", `{`, 1, crm.ErrInvalid, `cannot be read as JSON`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			saved, err := wire.EditCooperation(t.Context(), o.crm, o.ws, o.cooperation.ID, wire.Edit{Version: test.version, Doc: []byte(test.patch)})
			if !errors.Is(err, test.family) || !strings.Contains(fmt.Sprint(err), test.want) || !saved.Cooperation.ID.IsZero() {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if now := must(o.crm.Cooperation(t.Context(), o.ws, o.cooperation.ID)); now.Version != 1 {
				t.Errorf("version %d", now.Version)
			}
		})
	}
	o := newOffice(t)
	nobody := must(crm.ParseID[crm.Cooperation](someID))
	if _, err := wire.EditCooperation(t.Context(), o.crm, o.ws, nobody, wire.Edit{Version: 1, Doc: []byte(`{}`)}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("nobody's: %v", err)
	}
	saved := must(wire.EditCooperation(t.Context(), o.crm, o.ws, o.cooperation.ID, wire.Edit{
		Version: 1, Doc: []byte(`{"cancellation": {"on": "2026-05-20", "status": "draft"}}`), Reason: "ill",
	}))
	if saved.Seq == 0 || saved.Cooperation.Cancellation.Status != crm.Draft || saved.Cooperation.Notes != "call her" {
		t.Errorf("%+v", saved)
	}
	dry := must(wire.EditCooperation(t.Context(), o.crm.DryRun(), o.ws, o.cooperation.ID,
		wire.Edit{Version: 2, Doc: []byte(`{"cancellation": null}`)}))
	if dry.Cooperation.Cancellation != nil || dry.Seq != 0 {
		t.Errorf("%+v", dry)
	}
}

// A whole record replaces what can be set; what cannot may be left out, and is not changed.
func TestEditWhole(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	whole := fmt.Sprintf(`{"campaign":%q,"influencer":%q,"status":"negotiating","custom":{"size":"M"}}`, o.campaign.ID, o.influencer.ID)
	edit := wire.Edit{Version: o.cooperation.Version, Doc: []byte(whole), Whole: true, Reason: "sheet"}
	saved := must(wire.EditCooperation(t.Context(), o.crm, o.ws, o.cooperation.ID, edit)).Cooperation
	want := crm.Clone(o.cooperation)
	want.Version, want.Status, want.Notes, want.Custom = 2, crm.Negotiating, "", map[string]string{"size": "M"}
	want.Profile, want.Period, want.Cost = crm.ProfileID{}, budget.Period{}, budget.Money{}
	got := crm.Clone(saved)
	got.Name, got.NameMode, got.UTM, got.UTMOrigins, got.Rules, got.RulesOrigin, got.Times = want.Name, want.NameMode, want.UTM,
		want.UTMOrigins, want.Rules, want.RulesOrigin, want.Times // these follow from the rest
	if diff := cmp.Diff(want, got, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for name, test := range map[string]struct {
		doc  string
		want string
	}{
		"a fixed field":   {`,"created_at":"2020-01-01T00:00:00Z"}`, "created_at"},
		"another id":      {`,"id":"` + someID + `"}`, "a record keeps its id"},
		"a field twice":   {`,"status":"draft"}`, "stands there twice"},
		"an unknown one":  {`,"colour":"red"}`, "is no field here"},
		"another version": {`,"version":1}`, "it has changed since it was read"},
	} {
		edit := wire.Edit{Version: saved.Version, Doc: []byte(strings.TrimSuffix(whole, "}") + test.doc), Whole: true}
		if _, err := wire.EditCooperation(t.Context(), o.crm, o.ws, o.cooperation.ID, edit); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}

// FuzzEditCooperation: whatever a client sends, it is refused with the fields named, or what it left out has stayed.
func FuzzEditCooperation(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, `{"notes":null}`, `{"rules":null}`, `{"utm":{"term":null}}`, `{"cancellation":{"on":"2026-05-20"}}`, `{"name":""}`,
		`{"archived_on":"2026-01-01"}`, `{"utm_origins":{}}`, `{"custom":{"Size":"M"}}`, `{"status":"Signed"}`, `{"profile":null}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, patch string) {
		o := newOffice(t)
		saved, err := wire.EditCooperation(t.Context(), o.crm, o.ws, o.cooperation.ID, wire.Edit{Version: 1, Doc: []byte(patch)})
		stored := must(o.crm.Cooperation(t.Context(), o.ws, o.cooperation.ID))
		if err != nil {
			if len(crm.FieldErrors(err)) == 0 {
				t.Fatalf("refused with %v", err)
			}
			saved.Cooperation = o.cooperation
		}
		if diff := cmp.Diff(saved.Cooperation, stored, values); diff != "" {
			t.Fatalf("(-returned +stored):\n%s", diff)
		}
		var named map[string]json.RawMessage
		if json.Unmarshal([]byte(patch), &named) != nil {
			return
		}
		was, is := decoded(t, o.cooperation), decoded(t, stored)
		for _, field := range []string{"notes", "custom", "cost", "status", "last_touch", "archived_on", "imported", "cancellation", "campaign"} {
			if _, ok := named[field]; !ok && !cmp.Equal(was[field], is[field]) {
				t.Fatalf("%s is now %v", field, is[field])
			}
		}
	})
}
