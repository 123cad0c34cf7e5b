package utm_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

func TestValue(t *testing.T) {
	t.Parallel()
	var unset utm.Value
	empty := utm.Of("")
	if unset.IsSet() || !unset.IsZero() || unset.String() != "" {
		t.Error("the zero Value must be unset")
	}
	if !empty.IsSet() || empty.IsZero() || empty == unset || empty.Equal(unset) {
		t.Error("explicitly empty must differ from unset")
	}
	if text, ok := utm.Of(" X ").Get(); text != " X " || !ok {
		t.Errorf("a value was altered: %q, %v", text, ok)
	}
}

func TestParamsJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		json string
		p    utm.Params
		out  string
	}{
		{`{}`, utm.Params{}, `{}`},
		{`{"source":null}`, utm.Params{}, `{}`},
		{`{"source":"Insta & Co","term":""}`, set("Insta & Co", "-", "-", "", "-"), `{"source":"Insta \u0026 Co","term":""}`},
		{`{"source":"a","medium":"b","campaign":"c","term":"d","content":"e"}`, set("a", "b", "c", "d", "e"),
			`{"source":"a","medium":"b","campaign":"c","term":"d","content":"e"}`},
	}
	for _, tt := range tests {
		var p utm.Params
		if err := json.Unmarshal([]byte(tt.json), &p); err != nil {
			t.Errorf("%s: %v", tt.json, err)
			continue
		}
		if diff := cmp.Diff(tt.p, p); diff != "" {
			t.Errorf("%s: %s", tt.json, diff)
		}
		if out, err := json.Marshal(p); err != nil || string(out) != tt.out {
			t.Errorf("%s became %s, %v", tt.json, out, err)
		}
	}
	if out, _ := json.Marshal(utm.Value{}); string(out) != "null" {
		t.Errorf("an unset value became %s", out)
	}
	overwritten := utm.Params{Source: utm.Of("x")}
	if err := json.Unmarshal([]byte(`{"source":null}`), &overwritten); err != nil || overwritten.Source.IsSet() {
		t.Errorf("null left %+v, %v", overwritten, err)
	}
	var wrongType *json.UnmarshalTypeError
	if err := json.Unmarshal([]byte(`{"term":12}`), &overwritten); !errors.As(err, &wrongType) {
		t.Errorf("a number gave %v", err)
	}
}

func TestGetAndWith(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := anyParams().Draw(t, "p")
		f := utm.Field(rapid.IntRange(0, 7).Draw(t, "f"))
		v := anyValue().Draw(t, "v")
		q := p.With(f, v)
		if f >= utm.NumFields {
			if q != p || p.Get(f).IsSet() {
				t.Fatal("a number that is no field did something")
			}
			return
		}
		if q.Get(f) != v {
			t.Fatalf("got %q, want %q", q.Get(f), v)
		}
		if q.With(f, p.Get(f)) != p {
			t.Fatal("With changed another field")
		}
	})
	if !(utm.Params{}).IsZero() || set("-", "-", "-", "-", "").IsZero() {
		t.Error("IsZero must tell unset from explicitly empty")
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	a := set("Insta", "influencer", "-", "emma", "-")
	b := set("insta", "influencer", "summer", "emma", "")
	want := []utm.Difference{
		{Field: utm.Source, A: utm.Of("Insta"), B: utm.Of("insta")},
		{Field: utm.Campaign, B: utm.Of("summer")},
		{Field: utm.Content, B: utm.Of("")},
	}
	if diff := cmp.Diff(want, utm.Diff(a, b)); diff != "" {
		t.Error(diff)
	}
	if got := utm.Diff(a, a); got != nil {
		t.Errorf("a set differs from itself: %v", got)
	}
	data, err := json.Marshal(want[1])
	if err != nil || string(data) != `{"field":"campaign","a":null,"b":"summer"}` {
		t.Errorf("got %s, %v", data, err)
	}
}

func TestInherit(t *testing.T) {
	t.Parallel()
	given := set("-", "", "-", "-", "-")
	profile := set("insta", "paid", "-", "emma", "-")
	workspace := set("x", "influencer", "summer", "y", "-")

	got, from := utm.Inherit(given, profile, workspace)
	if diff := cmp.Diff(set("insta", "", "summer", "emma", "-"), got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([utm.NumFields]int{1, 0, 2, 1, -1}, from); diff != "" {
		t.Error(diff)
	}
	if p, from := utm.Inherit(); !p.IsZero() || from != [utm.NumFields]int{-1, -1, -1, -1, -1} {
		t.Errorf("no layers give %+v from %v", p, from)
	}
}

func TestInheritPicksTheFirstLayerThatHasTheField(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		layers := rapid.SliceOfN(anyParams(), 0, 4).Draw(t, "layers")
		got, from := utm.Inherit(layers...)
		for _, f := range utm.Fields() {
			stronger := layers
			if from[f] < 0 {
				if got.Get(f).IsSet() {
					t.Fatalf("%v came from nowhere", f)
				}
			} else {
				stronger = layers[:from[f]]
				if got.Get(f) != layers[from[f]].Get(f) || !got.Get(f).IsSet() {
					t.Fatalf("%v is not layer %d's", f, from[f])
				}
			}
			for _, layer := range stronger {
				if layer.Get(f).IsSet() {
					t.Fatalf("a stronger layer has %v", f)
				}
			}
		}
		var folded utm.Params
		for _, layer := range layers {
			folded = folded.Or(layer)
		}
		if folded != got {
			t.Fatal("Or, layer by layer, gives something else")
		}
	})
}
