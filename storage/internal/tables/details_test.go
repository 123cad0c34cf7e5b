package tables

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// equal compares records with their unexported values. An empty slice or map differs from a nil one.
var equal = cmp.Options{
	cmp.Comparer(func(a, b budget.Date) bool { return a == b }),
	cmp.Comparer(func(a, b budget.Money) bool { return a == b }),
}

// What a record is stored as makes the same record, with empty slices and maps in the place of nil ones.
func TestRecordsComeBackFromTheirRows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]crm.Cooperation{
		"zero": {}, "plain": plainCooperation(), "rich": richCooperation(),
		"imported without values": {Imported: &crm.Imported{Key: "1"}}, "cancelled without more": {Cancellation: &crm.Cancellation{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			comesBack(t, c, encodeCooperation, decodeCooperation)
		})
	}
	comesBack(t, crm.Influencer{}, encodeInfluencer, decodeInfluencer)
	comesBack(t, richInfluencer(), encodeInfluencer, decodeInfluencer)
	comesBack(t, crm.ImportRun{}, encodeImportRun, decodeImportRun)
	comesBack(t, crm.Workspace{}, encodeWorkspace, decodeWorkspace)
}

func TestAnyRecordComesBackFromItsRow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := recordGenerator{t}
		comesBack(t, g.cooperation(), encodeCooperation, decodeCooperation)
		comesBack(t, g.influencer(), encodeInfluencer, decodeInfluencer)
		comesBack(t, g.workspace(), encodeWorkspace, decodeWorkspace)
	})
}

// comesBack also holds the nested values to the standard: what is written is JSON, and a database or a person may
// write it in another layout.
func comesBack[R crm.Record, W any](t rapid.TB, want R, encode func(string, R) (W, error), decode func(*W) (R, error)) {
	t.Helper()
	row, err := encode("w", want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(&row)
	if diff := cmp.Diff(crm.Clone(want), got, equal); diff != "" || err != nil {
		t.Fatalf("%v (-written +read):\n%s\n%+v", err, diff, row)
	}
	switch row := any(&row).(type) {
	case *cooperationRow:
		row.Details, row.ImportedValues = indented(t, row.Details), indented(t, row.ImportedValues)
	case *workspaceRow:
		row.UTM, row.Sources = indented(t, row.UTM), indented(t, row.Sources)
	case *influencerRow:
		row.Tags, row.Profiles, row.Custom = indented(t, row.Tags), indented(t, row.Profiles), indented(t, row.Custom)
	}
	got, err = decode(&row)
	if diff := cmp.Diff(crm.Clone(want), got, equal); diff != "" || err != nil {
		t.Fatalf("%v (-written +read from indented JSON):\n%s\n%+v", err, diff, row)
	}
}

func indented(t rapid.TB, text string) string {
	t.Helper()
	var to bytes.Buffer
	if text == "" {
		return ""
	}
	if err := json.Indent(&to, []byte(text), " ", "\t"); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return to.String()
}

func TestChangesComeBackFromTheirRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := recordGenerator{t}
		want := make([]crm.FieldChange, rapid.IntRange(0, 3).Draw(t, "fields"))
		for n := range want {
			want[n].Field = g.text("field")
			if g.maybe("before") {
				want[n].Before = json.RawMessage(" " + indented(t, nested(func(w *jsonWriter) { w.string(g.text("value")) })))
			}
			if g.maybe("after") {
				want[n].After = json.RawMessage(`{"a":  "` + "\\u00fc" + `"}`)
			}
		}
		var e encoder
		var d decoder
		got := d.fields("fields", e.fields(want))
		if diff := cmp.Diff(want, got); diff != "" || d.err != nil {
			t.Fatalf("%v (-written +read):\n%s", d.err, diff)
		}
	})
}

// recordGenerator draws records with any values, as a store must take them.
type recordGenerator struct{ *rapid.T }

func (g recordGenerator) maybe(label string) bool { return rapid.Bool().Draw(g.T, label) }

func (g recordGenerator) text(label string) string {
	return rapid.OneOf(rapid.SampledFrom([]string{"", "a", `"`, `\`, `\u0000`, "\x00\t\n\x7f", "é😀\u2028<&>", "{",
		"[,]:"}), rapid.String()).Draw(g.T, label)
}

func (g recordGenerator) texts(label string) map[string]string {
	values := map[string]string{}
	for range rapid.IntRange(0, 3).Draw(g.T, label) {
		values[g.text("name")] = g.text("value")
	}
	return values
}

func (g recordGenerator) params() (p utm.Params) {
	for _, f := range utm.Fields() {
		if g.maybe("set") {
			p = p.With(f, utm.Of(g.text("utm")))
		}
	}
	return p
}

func (g recordGenerator) provenance() (p crm.Provenance) {
	if g.maybe("kind") {
		p.Kind = rapid.SampledFrom([]crm.ProvenanceKind{crm.Inherited, crm.Pending, crm.Overridden}).Draw(g.T, "kind")
	}
	if g.maybe("profile") {
		p.Profile = crm.ProfileID{rapid.Byte().Draw(g.T, "profile")}
	}
	if g.maybe("template") {
		p.Template = g.text("template")
	}
	return p
}

func (g recordGenerator) rules() []discount.Rule {
	rules := make([]discount.Rule, rapid.IntRange(0, 3).Draw(g.T, "rules"))
	for n := range rules {
		rules[n] = discount.Rule{Match: rapid.SampledFrom(discount.Matches()).Draw(g.T, "match"), Pattern: g.text("pattern")}
		switch {
		case g.maybe("with a value"):
			value := decimal.New(rapid.Int64().Draw(g.T, "value"), rapid.Int32Range(-5, 5).Draw(g.T, "exponent"))
			rules[n].Benefit = discount.Benefit{Kind: discount.Amount, Value: value}
		case g.maybe("without a value"):
			rules[n].Benefit.Kind = discount.FreeShipping
		}
	}
	return rules
}

func (g recordGenerator) cooperation() crm.Cooperation {
	c := crm.Cooperation{UTM: g.params(), Rules: g.rules(), RulesOrigin: g.provenance(), Custom: g.texts("custom")}
	for _, f := range utm.Fields() {
		c.UTMOrigins[f] = g.provenance()
	}
	if g.maybe("imported") {
		c.Imported = &crm.Imported{Values: g.texts("values")}
	}
	return c
}

func (g recordGenerator) workspace() crm.Workspace {
	w := crm.Workspace{Sources: crm.DataSources{Sheet: g.source(), CRM: g.source()}}
	if template, err := utm.ParseTemplate(g.params()); err == nil {
		w.UTM = template
	}
	return w
}

func (g recordGenerator) source() crm.DataSource {
	return crm.DataSource{Connected: g.maybe("connected"), Link: g.text("link")}
}

func (g recordGenerator) influencer() crm.Influencer {
	i := crm.Influencer{Custom: g.texts("custom")}
	for range rapid.IntRange(0, 3).Draw(g.T, "tags") {
		i.Tags = append(i.Tags, g.text("tag"))
	}
	for range rapid.IntRange(0, 3).Draw(g.T, "profiles") {
		p := crm.Profile{
			ID: crm.ProfileID{rapid.Byte().Draw(g.T, "profile")}, Platform: g.text("platform"), Handle: g.text("handle"),
			Link: g.text("link"), Rules: g.rules(),
		}
		if g.maybe("followers") {
			p.Followers = &crm.Followers{Count: rapid.Int64().Draw(g.T, "count")}
			if g.maybe("on") {
				p.Followers.On = budget.FromUnixDay(rapid.Int32Range(0, 50_000).Draw(g.T, "day"))
			}
		}
		if template, err := utm.ParseTemplate(g.params()); err == nil && g.maybe("template") {
			p.UTM = template
		}
		i.Profiles = append(i.Profiles, p)
	}
	return i
}

// A nested value that nobody here has written is an error that names its column. It is neither read in part nor
// dropped.
func TestUnreadableDetails(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ details, want string }{
		{"x", `no '{'`},
		{"{", `no '"' at byte 1`},
		{"{}{}", "more than one value"},
		{"[]", `no '{'`},
		{`{"utm"}`, `no ':'`},
		{`{"utm":{"source":"a"} "rules":[]}`, `no ','`},
		{`{"utm":{"source":"a",}}`, `no '"'`},
		{`{"utm":{"source":null}}`, `no '"'`},
		{`{"utm":{"place":"a"}}`, "place"},
		{`{"utm":{"source":"a\q"}}`, "invalid character"},
		{`{"utm":{"source":"a\"`, `no '"'`},
		{`{"utm":{"source":"a`, `no '"'`},
		{`{"utm_origins":{"place":{}}}`, "place"},
		{`{"rules":[{"match":"equals"},]}`, `no '{'`},
		{`{"rules":[{"benefit":{"value":"x"}}]}`, "x"},
		{`{"rules_origin":{"profile":"x"}}`, "invalid UUID"},
		{`{"rules_origin":{"kind":"x"}}`, `unknown field "kind"`},
		{`{"color":"red"}`, `unknown field "color"`},
	} {
		_, err := decodeCooperation(&cooperationRow{Details: test.details})
		if err == nil || !strings.Contains(err.Error(), "column details: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.details, err, test.want)
		}
	}
	for _, profiles := range []string{`[{"followers":{"count":"1"}}]`, `[{"followers":{"count":1.5}}]`, `[{"utm":{"source":"{x}"}}]`, `[{"followers":{"on":"2026-02-30"}}]`} {
		if _, err := decodeInfluencer(&influencerRow{Profiles: profiles}); err == nil {
			t.Errorf("%s was read", profiles)
		}
	}
}

func TestUnreadableWorkspaces(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		row  workspaceRow
		want string
	}{
		{workspaceRow{UTM: `{"source":"{x}"}`}, "column utm: "},
		{workspaceRow{UTM: `{"place":"x"}`}, "column utm: "},
		{workspaceRow{Sources: `{"shop":{}}`}, `unknown field "shop"`},
		{workspaceRow{Sources: `{"crm":{"color":"red"}}`}, `unknown field "color"`},
		{workspaceRow{Sources: `{"crm":{"connected":1}}`}, "neither true nor false at byte 20"},
	} {
		test.row.Negotiating, test.row.Draft, test.row.IgnoredCodes, test.row.MonthBudgets = "0", "0", "[]", "{}"
		if _, err := decodeWorkspace(&test.row); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: got %v, want %q", test.row, err, test.want)
		}
	}
}

// What can be read is written so that it reads the same.
func FuzzDetails(f *testing.F) {
	for _, c := range []crm.Cooperation{plainCooperation(), richCooperation()} {
		var e encoder
		f.Add(e.details(c))
	}
	f.Add(` { "custom" : { "\u00fc\ud83d\ude00" : "\"" , "b" : "\\" } } `)
	f.Add(`{"rules":[{"match":"x","pattern":"\ud800","benefit":{"value":"1e1000"}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var d decoder
		var c, again crm.Cooperation
		if d.details("details", text, &c); d.err != nil || !utf8.ValidString(text) {
			return
		}
		for _, rule := range c.Rules {
			if e := rule.Benefit.Value.Exponent(); e < -64 || e > 64 {
				return // its digits would fill the memory; no record has it
			}
		}
		var e encoder
		written := e.details(c)
		if d.details("details", written, &again); d.err != nil {
			t.Fatalf("%q: %v", written, d.err)
		}
		if diff := cmp.Diff(c, again, equal); diff != "" {
			t.Fatalf("%q, written as %q:\n%s", text, written, diff)
		}
	})
}

// A map reads as encoding/json reads it.
func FuzzTexts(f *testing.F) {
	f.Add(`{"a":"b"}`)
	f.Add(` {"a" : "\\\" \u00fc\ud83d\ude00\ud800" , "b" : "" } `)
	f.Fuzz(func(t *testing.T, text string) {
		var want map[string]string
		if json.Unmarshal([]byte(text), &want) != nil || want == nil || !utf8.ValidString(text) || strings.Contains(text, "null") {
			return
		}
		var d decoder
		if diff := cmp.Diff(want, d.texts("custom", text)); diff != "" || d.err != nil {
			t.Fatalf("%q: %v\n%s", text, d.err, diff)
		}
	})
}
