package crm

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// The fields of a cooperation are those that encoding/json writes, to the byte.
func TestCooperationFieldsAreItsJSON(t *testing.T) {
	t.Parallel()
	check := func(t interface{ Fatalf(string, ...any) }, c Cooperation) {
		doc, err := json.Marshal(c)
		if err != nil {
			t.Fatalf("%v", err)
		}
		got, err := cooperationFields(c)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if d := cmp.Diff(splitFields(doc), got, cmp.AllowUnexported(field{})); d != "" {
			t.Fatalf("fields of %s (-want +got):\n%s", doc, d)
		}
	}
	full := fullCooperation()
	for n, v := 0, reflect.ValueOf(full); n < v.NumField(); n++ {
		if v.Field(n).IsZero() {
			t.Errorf("%s is not set, so it is not seen whether it is written", v.Type().Field(n).Name)
		}
	}
	check(t, full)
	check(t, Cooperation{})
	check(t, Cooperation{Rules: []discount.Rule{}, Custom: map[string]string{}, Cost: budget.FromMinor(1, "")})
	rapid.Check(t, func(t *rapid.T) { check(t, drawCooperation(t)) })
}

// A day that nobody could read back is refused, as by encoding/json.
func TestCooperationFieldsRefuseDays(t *testing.T) {
	t.Parallel()
	late := budget.MustParseDate("2199-12-31").AddDays(400_000)
	for name, c := range map[string]Cooperation{
		"archived_on": {ArchivedOn: late}, "claims_until": {ClaimsUntil: late},
		"period": {Period: budget.Period{Start: late}}, "cancellation": {Cancellation: &Cancellation{On: late}},
	} {
		_, err := cooperationFields(c)
		if _, want := json.Marshal(c); err == nil || want == nil {
			t.Errorf("%s: error %v, of encoding/json %v", name, err, want)
		}
	}
}

func fullCooperation() Cooperation {
	day := budget.MustParseDate("2026-06-01")
	profile := ProfileID(uuid.UUID{3})
	return Cooperation{
		ID: CooperationID{1}, Version: 7, Campaign: CampaignID{1}, Influencer: InfluencerID{2}, Profile: profile,
		Name: "Summer", NameMode: NameCustom, Status: Signed, Period: budget.Period{Start: day, End: day.AddDays(3)},
		Cost: budget.FromMinor(-1250, "EUR"), Spread: budget.ByDay,
		UTM: utm.Params{Source: utm.Of("instagram"), Medium: utm.Of(""), Term: utm.Of("pam")},
		UTMOrigins: UTMOrigins{
			utm.Source: {Kind: Overridden}, utm.Campaign: {Kind: Pending, Profile: profile, Template: "{handle}"},
			utm.Content: {Kind: Inherited, Profile: profile}, utm.Term: {Template: "x"},
		},
		Rules: []discount.Rule{
			{Match: discount.Equals, Pattern: "PAM"},
			{Match: discount.Contains, Pattern: "X", Benefit: discount.Benefit{Kind: discount.Amount, Value: decimal.New(105, -1)}},
		},
		RulesOrigin: Provenance{Kind: Inherited, Profile: profile}, LastTouch: true,
		Cancellation: &Cancellation{On: day, Fee: budget.FromMinor(5, "JPY"), Reason: "ill", Status: Draft},
		Responsible:  MemberID{4}, Notes: "a\nb", Custom: map[string]string{"b": "1", "a": "2"},
		Imported: &Imported{Source: "s", Key: "k", Values: map[string]string{"name": "Summer"}}, ArchivedOn: day, ClaimsUntil: day.AddDays(1),
		Times: Times{CreatedAt: time.Unix(1, 0), ChangedAt: time.Unix(2, 0)},
	}
}

// drawCooperation leaves fields of a full cooperation out, and gives it odd texts.
func drawCooperation(t *rapid.T) Cooperation {
	c := fullCooperation()
	for n, v := 0, reflect.ValueOf(&c).Elem(); n < v.NumField(); n++ {
		if rapid.Bool().Draw(t, v.Type().Field(n).Name+" is unset") {
			v.Field(n).SetZero()
		}
	}
	text := func(name string) string {
		odd := rapid.StringOf(rapid.SampledFrom([]rune("aÄ\"\\<>&\x00\n\t\x7f\u2028\u2029\ufffd日")))
		bytes := rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) })
		return rapid.OneOf(odd, bytes, rapid.String()).Draw(t, name)
	}
	c.Name, c.Notes, c.Status, c.Spread, c.NameMode = text("name"), text("notes"), Status(text("status")),
		budget.Spread(text("spread")), NameMode(text("mode"))
	for _, f := range utm.Fields() {
		if rapid.Bool().Draw(t, "utm") {
			c.UTM = c.UTM.With(f, utm.Of(text(f.String())))
			c.UTMOrigins[f] = Provenance{Kind: ProvenanceKind(text("kind")), Template: text("template")}
		}
	}
	if rapid.Bool().Draw(t, "rules") {
		c.Rules = append([]discount.Rule{}, discount.Rule{Match: discount.Match(text("match")), Pattern: text("pattern")},
			discount.Rule{Match: discount.EndsWith, Pattern: "END"})
	}
	return c
}
