package api

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Every list that comes in pages has the same parameters: size and token.
func TestPagesHaveOneForm(t *testing.T) {
	t.Parallel()
	lists := 0
	for _, o := range newAPI(t).Operations() {
		if !o.Answers[0].Next {
			continue
		}
		lists++
		var names []string
		for _, f := range reflect.VisibleFields(o.Params) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			names = append(names, name)
		}
		if !slices.Contains(names, "size") || !slices.Contains(names, "token") || slices.Contains(names, "limit") {
			t.Errorf("%s has the parameters %v", o.ID, names)
		}
	}
	if lists < 10 {
		t.Errorf("%d lists come in pages", lists)
	}
}
