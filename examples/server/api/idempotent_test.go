package api

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Answers with a secret are not kept under an Idempotency-Key: it would be stored, and shown more than once.
func TestSecretsAreNotKept(t *testing.T) {
	t.Parallel()
	var shown []string
	for _, o := range newAPI(t).Operations() {
		for _, answer := range o.Answers {
			if answer.Content == nil || !hasSecret(answer.Content.Type, map[reflect.Type]bool{}) {
				continue
			}
			shown = append(shown, o.ID)
			if o.Idempotent {
				t.Errorf("%s keeps its answer, which has a secret", o.ID)
			}
		}
	}
	want := []string{"listWebhooks", "createWebhook", "getWebhook", "patchWebhook", "createToken"}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("answers with a field for a secret (-want +got):\n%s", diff)
	}
}

// hasSecret reports whether a value of a type can hold a secret, as a field of it or of what is in it says.
func hasSecret(t reflect.Type, seen map[reflect.Type]bool) bool {
	if t == nil || seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return hasSecret(t.Elem(), seen)
	case reflect.Struct:
		for n := range t.NumField() {
			f := t.Field(n)
			name := strings.ToLower(f.Name)
			if strings.Contains(name, "secret") || strings.Contains(name, "password") || hasSecret(f.Type, seen) {
				return true
			}
		}
	}
	return false
}
