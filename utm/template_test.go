package utm_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

func mustTemplate(t *testing.T, p utm.Params) utm.Template {
	t.Helper()
	template, err := utm.ParseTemplate(p)
	if err != nil {
		t.Fatal(err)
	}
	return template
}

func TestExpand(t *testing.T) {
	t.Parallel()
	vars := utm.Vars{Campaign: "Summer Sale", Influencer: "Jörg Weiß", Handle: "@jörg.w", Platform: "instagram", Month: "2026-06"}
	tests := []struct {
		name     string
		template utm.Params
		vars     utm.Vars
		want     utm.Params
		pending  []utm.Field
	}{
		{"nothing", utm.Params{}, vars, utm.Params{}, nil},
		{"recommended", utm.Recommended().Params(), vars, set("instagram", "influencer", "summer-sale", "joerg-weiss", "-"), nil},
		{"recommended, nothing known", utm.Recommended().Params(), utm.Vars{}, set("-", "influencer", "-", "-", "-"),
			[]utm.Field{utm.Source, utm.Campaign, utm.Term}},
		{"all placeholders", set("-", "-", "{platform}_{campaign}_{influencer}_{handle}_{month}", "-", "-"), vars,
			set("-", "-", "instagram_summer-sale_joerg-weiss_joerg-w_2026-06", "-", "-"), nil},
		{"literal text stays as typed", set("-", "My Medium", " {month} ", "", "-"), vars, set("-", "My Medium", " 2026-06 ", "", "-"), nil},
		{"one of two is not known", set("-", "-", "{campaign}-{month}", "-", "{campaign}"), utm.Vars{Campaign: "x"},
			set("-", "-", "-", "-", "x"), []utm.Field{utm.Campaign}},
		{"a name without letters", set("-", "-", "{campaign}", "-", "-"), utm.Vars{Campaign: "!!!"}, utm.Params{}, []utm.Field{utm.Campaign}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			template := mustTemplate(t, tt.template)
			got, pending := template.Expand(tt.vars)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.pending, pending); diff != "" {
				t.Error(diff)
			}
			if template.Params() != tt.template {
				t.Error("the template is not as given any more")
			}
		})
	}
}

func TestLacks(t *testing.T) {
	t.Parallel()
	template := mustTemplate(t, set("{platform}", "influencer", "{handle}-{month}-{campaign}-{handle}", "-", "-"))
	for _, tt := range []struct {
		name  string
		field utm.Field
		vars  utm.Vars
		want  []string
	}{
		{"nothing known", utm.Campaign, utm.Vars{}, []string{"handle", "month", "campaign"}},
		{"one is left", utm.Campaign, utm.Vars{Handle: "pam", Campaign: "Summer"}, []string{"month"}},
		{"a name without letters", utm.Campaign, utm.Vars{Handle: "_._", Campaign: "Summer", Month: "2026-06"}, []string{"handle"}},
		{"all known", utm.Source, utm.Vars{Platform: "Instagram"}, nil},
		{"no placeholder", utm.Medium, utm.Vars{}, nil},
		{"not in the template", utm.Term, utm.Vars{}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, template.Lacks(tt.field, tt.vars)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestExpandedLinkHasNoContent(t *testing.T) {
	t.Parallel()
	p, _ := utm.Recommended().Expand(utm.Vars{Campaign: "c", Influencer: "i", Platform: "p"})
	want := "https://shop.example?utm_source=p&utm_medium=influencer&utm_campaign=c&utm_term=i"
	if got := mustBuild(t, "https://shop.example", p); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestExpandIsBounded(t *testing.T) {
	t.Parallel()
	template := mustTemplate(t, set("-", "-", "ä{campaign}{influencer}", "-", "-"))
	p, _ := template.Expand(utm.Vars{Campaign: strings.Repeat("x ", 126), Influencer: strings.Repeat("ab-", 200)})
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	if got := p.Campaign.String(); !strings.HasPrefix(got, "äx-x-") || strings.HasSuffix(got, "-") {
		t.Errorf("got %q", got)
	}
}

func TestParseTemplateRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"{foo}":      `utm_term "{foo}": {foo} is not a placeholder; use {campaign}, {influencer}, {handle}, {platform} or {month}`,
		"{}":         `utm_term "{}": {} is not a placeholder; use {campaign}, {influencer}, {handle}, {platform} or {month}`,
		"{Campaign}": `utm_term "{Campaign}": {Campaign} is not a placeholder; use {campaign}, {influencer}, {handle}, {platform} or {month}`,
		"{campaign":  `utm_term "{campaign": the brace { stands alone; leave it out or write a placeholder such as {campaign}`,
		"{{month}}":  `utm_term "{{month}}": the brace { stands alone; leave it out or write a placeholder such as {campaign}`,
		"month}":     `utm_term "month}": the brace } stands alone; leave it out or write a placeholder such as {campaign}`,
		"{month}}":   `utm_term "{month}}": the brace } stands alone; leave it out or write a placeholder such as {campaign}`,
		"#{month}":   `utm_term "#{month}": a # cuts off the rest of the link; leave it out`,
	}
	for text, want := range tests {
		_, err := utm.ParseTemplate(utm.Params{Term: utm.Of(text)})
		if err == nil || err.Error() != want || !errors.Is(err, utm.ErrInvalid) {
			t.Errorf("%q\n got %v\nwant %s", text, err, want)
		}
	}
	_, err := utm.ParseTemplate(set("{a}{b}", "-", "-", "-", "}"))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("not every problem is listed: %v", err)
	}
}

func TestTemplateJSON(t *testing.T) {
	t.Parallel()
	type record struct {
		UTM utm.Template `json:"utm,omitzero"`
	}
	in := record{utm.Recommended()}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"utm":{"source":"{platform}","medium":"influencer","campaign":"{campaign}","term":"{influencer}"}}`
	if string(data) != want {
		t.Errorf("got %s, want %s", data, want)
	}
	var out record
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, out); diff != "" {
		t.Error(diff)
	}
	for text, want := range map[string]string{"{}": "{}", `{"utm":null}`: "{}", `{"utm":{}}`: "{}"} {
		var r record
		if err := json.Unmarshal([]byte(text), &r); err != nil || !r.UTM.IsZero() {
			t.Errorf("%s became %+v, %v", text, r, err)
		}
		if data, _ := json.Marshal(r); string(data) != want {
			t.Errorf("%s became %s", text, data)
		}
	}
	if err := json.Unmarshal([]byte(`{"utm":{"term":"{foo}"}}`), &out); !errors.Is(err, utm.ErrInvalid) {
		t.Errorf("an unknown placeholder gives %v", err)
	}
	if diff := cmp.Diff(in, out); diff != "" {
		t.Errorf("a refused template left its traces: %s", diff)
	}
}

func TestHasPlaceholder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": false, "x": false, "{": false, "}{": false, "{campaign}": true, "x{foo}y": true, "{}": true, "}{month}": true,
	} {
		if got := utm.HasPlaceholder(text); got != want {
			t.Errorf("HasPlaceholder(%q) = %v", text, got)
		}
	}
}

func TestExpansionsAreValid(t *testing.T) {
	t.Parallel()
	segment := rapid.SampledFrom([]string{"{campaign}", "{influencer}", "{handle}", "{platform}", "{month}", "x", "-", " ", "ä", "%"})
	text := rapid.Map(rapid.SliceOfN(segment, 0, 6), func(segments []string) string { return strings.Join(segments, "") })
	rapid.Check(t, func(t *rapid.T) {
		var given utm.Params
		for _, f := range utm.Fields() {
			if rapid.Bool().Draw(t, "set") {
				given = given.With(f, utm.Of(text.Draw(t, f.String())))
			}
		}
		template, err := utm.ParseTemplate(given)
		if err != nil {
			t.Fatal(err)
		}
		name := rapid.String()
		vars := utm.Vars{name.Draw(t, "campaign"), name.Draw(t, "influencer"), name.Draw(t, "handle"),
			name.Draw(t, "platform"), name.Draw(t, "month")}
		got, pending := template.Expand(vars)
		if err := got.Validate(); err != nil {
			t.Fatal(err)
		}
		waiting := map[utm.Field]bool{}
		for _, f := range pending {
			waiting[f] = true
		}
		for _, f := range utm.Fields() {
			if given.Get(f).IsSet() != (got.Get(f).IsSet() != waiting[f]) {
				t.Fatalf("%v: given %v, got %v, pending %v", f, given.Get(f), got.Get(f), waiting[f])
			}
			lacks := template.Lacks(f, vars)
			if (len(lacks) > 0) != waiting[f] {
				t.Fatalf("%v is pending: %v, and lacks %v", f, waiting[f], lacks)
			}
			for _, placeholder := range lacks {
				if !strings.Contains(given.Get(f).String(), "{"+placeholder+"}") || utm.Slug(vars.Get(placeholder)) != "" {
					t.Fatalf("%v lacks %s, for which there is %q", given.Get(f), placeholder, vars.Get(placeholder))
				}
			}
			if waiting[f] && !utm.HasPlaceholder(given.Get(f).String()) {
				t.Fatalf("%v is pending without a placeholder", f)
			}
		}
	})
}

// The recommended template is one that ParseTemplate accepts, and a faulty one in a program is noticed at once.
func TestMustParseTemplate(t *testing.T) {
	t.Parallel()
	if got := utm.MustParseTemplate(utm.Recommended().Params()); got != utm.Recommended() {
		t.Errorf("got %v", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic for an unknown placeholder")
		}
	}()
	utm.MustParseTemplate(utm.Params{Source: utm.Of("{plattform}")})
}
