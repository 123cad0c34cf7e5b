package crm

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The members of an object are those that json.Unmarshal finds, whatever texts and values it holds.
func TestObjectMembers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune(`"\{}[],: a`))))
		object := struct {
			First  string            `json:"first,omitzero"`
			Lists  [][]string        `json:"lists"`
			Map    map[string]string `json:"map"`
			Number int               `json:"number"`
			Yes    bool              `json:"yes,omitzero"`
			Last   *string           `json:"last"`
		}{
			text.Draw(t, "first"), rapid.SliceOf(rapid.SliceOf(text)).Draw(t, "lists"),
			rapid.MapOf(text, text).Draw(t, "map"), rapid.Int().Draw(t, "number"), rapid.Bool().Draw(t, "yes"),
			rapid.Ptr(text, true).Draw(t, "last"),
		}
		doc, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal(doc, &want); err != nil {
			t.Fatal(err)
		}
		got := map[string]json.RawMessage{}
		for name, value := range objectMembers(doc) {
			if cap(value) > len(value) {
				t.Errorf("appending to %s writes on what follows it", name)
			}
			got[name] = value
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("members of %s (-want +got):\n%s", doc, d)
		}
	})
}
