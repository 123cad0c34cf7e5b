package openapi

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type selected struct {
	IDs  []string `json:"ids"`
	Deep inner    `json:"deep,omitzero"`
}

type inner struct {
	selected2
	Own int `json:"own"`
}

type selected2 struct {
	Hidden string `json:"-"`
	Shown  string `json:"shown"`
}

type embedding struct {
	selected
	Own int `json:"own"`
}

// A struct has the fields of those that it embeds, as encoding/json writes them, and so have types that only they name.
func TestEmbeddedFields(t *testing.T) {
	t.Parallel()
	content := &Content{Type: reflect.TypeFor[embedding]()}
	doc, err := New(Info{}, reflect.TypeFor[struct{}](), []Operation{{
		ID: "x", Method: http.MethodPost, Path: "/x", Body: content, Answers: []Answer{{Status: http.StatusOK, Content: content}},
	}}, Required{reflect.TypeFor[inner](): {"own"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var written struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]json.RawMessage
				Required   []string
			}
		}
	}
	if err := json.Unmarshal(doc.JSON, &written); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2][]string{ // fields, and those that are always there
		"Embedding":      {{"deep", "ids", "own"}, {"ids", "own"}},
		"EmbeddingInput": {{"deep", "ids", "own"}, nil},
		"Inner":          {{"own", "shown"}, {"own", "shown"}},
		"InnerInput":     {{"own", "shown"}, {"own"}},
	} {
		schema, ok := written.Components.Schemas[name]
		slices.Sort(schema.Required)
		got := [2][]string{slices.Sorted(maps.Keys(schema.Properties)), schema.Required}
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
