package crm

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a record's JSON is taken apart into is what a decoder makes of it.
func FuzzSplitObject(f *testing.F) {
	for _, seed := range []string{"", "a,b", `"}{][,:\\`, "\\\"", "ü\x00\n"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, key, text string) {
		raw, err := json.Marshal([]any{text, map[string]any{key: []string{text}}, 1.5, nil, true})
		if err != nil {
			t.Fatal(err)
		}
		type value struct {
			Number int               `json:"number"`
			Text   string            `json:"text"`
			Custom map[string]string `json:"custom"`
			Raw    json.RawMessage   `json:"raw"`
			None   *int              `json:"none"`
			List   []string          `json:"list"`
			Unset  string            `json:"unset,omitzero"`
			Inner  struct{ A, B []map[string]string }
		}
		v := value{Number: -1, Text: text, Custom: map[string]string{key: text, "": key}, Raw: raw, List: []string{key, text}}
		v.Inner.A = []map[string]string{v.Custom, nil}
		for _, v := range []any{v, struct{}{}} {
			doc, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]json.RawMessage{}
			if err := json.Unmarshal(doc, &want); err != nil {
				t.Fatal(err)
			}
			got := map[string]json.RawMessage{}
			for _, f := range splitObject(doc) {
				got[f.name] = f.value
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", doc, diff)
			}
		}
	})
}
