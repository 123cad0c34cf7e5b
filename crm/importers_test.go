package crm_test

import (
	"reflect"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/storage/memory"
)

// Who imports a type compiles all methods of the generic types that it leads to; see ClaimIndex. Trees have so many that
// no field leads to one.
func TestImportersCompileNoTrees(t *testing.T) {
	t.Parallel()
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type, string)
	walk = func(of reflect.Type, path string) {
		if seen[of] {
			return
		}
		seen[of] = true
		if of.PkgPath() == "github.com/tidwall/btree" {
			t.Errorf("%s leads to a tree", path)
			return
		}
		switch of.Kind() {
		case reflect.Map:
			walk(of.Key(), path)
			walk(of.Elem(), path)
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Chan:
			walk(of.Elem(), path)
		case reflect.Struct:
			for field := range of.Fields() {
				walk(field.Type, path+"."+field.Name)
			}
		}
	}
	for _, of := range []reflect.Type{
		reflect.TypeFor[crm.Service](), reflect.TypeFor[crm.Admin](), reflect.TypeFor[crm.ClaimIndex](),
		reflect.TypeFor[memory.Store](), reflect.TypeFor[attribution.Index](),
	} {
		walk(of, of.String())
	}
	if len(seen) < 50 {
		t.Errorf("only %d types were looked at", len(seen))
	}
}
