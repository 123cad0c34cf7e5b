package utm_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/utm"
)

func TestFieldNames(t *testing.T) {
	t.Parallel()
	want := []string{"source utm_source", "medium utm_medium", "campaign utm_campaign", "term utm_term", "content utm_content"}
	var got []string
	for i, f := range utm.Fields() {
		if int(f) != i {
			t.Errorf("field %v has number %d, want %d", f, f, i)
		}
		got = append(got, f.String()+" "+f.Key())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := utm.Field(9).String(); got != "field(9)" {
		t.Errorf("an unknown field is called %q", got)
	}
}

func TestParseField(t *testing.T) {
	t.Parallel()
	for _, f := range utm.Fields() {
		for _, name := range []string{f.String(), f.Key(), " UTM_" + f.String() + " "} {
			if got, err := utm.ParseField(name); err != nil || got != f {
				t.Errorf("ParseField(%q) = %v, %v", name, got, err)
			}
		}
	}
	for _, name := range []string{"", "utm_", "utm_id", "sauce", "utm_utm_source", "field(9)", "ſource"} {
		if _, err := utm.ParseField(name); !errors.Is(err, utm.ErrInvalid) {
			t.Errorf("ParseField(%q) gives %v, want ErrInvalid", name, err)
		}
	}
	_, err := utm.ParseField("sauce")
	want := `invalid UTM field "sauce": use source, medium, campaign, term or content`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestFieldAsText(t *testing.T) {
	t.Parallel()
	in := map[utm.Field]utm.Field{utm.Source: utm.Content, utm.Term: utm.Medium}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(data), `{"source":"content","term":"medium"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var out map[utm.Field]utm.Field
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, out); diff != "" {
		t.Error(diff)
	}
	if _, err := utm.Field(9).MarshalText(); !errors.Is(err, utm.ErrInvalid) {
		t.Errorf("writing an unknown field gives %v", err)
	}
	f := utm.Term
	if err := f.UnmarshalText([]byte("sauce")); !errors.Is(err, utm.ErrInvalid) || f != utm.Term {
		t.Errorf("reading an unknown field gives %v and %v", f, err)
	}
}
