package sqlstore

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What was built for a call is kept prepared, up to a bound, and never in the way of a unit of work.
func TestBuiltStatements(t *testing.T) {
	t.Parallel()
	p := &pool{db: mapped(tables(t), "sqlite"), texts: []statement{"SELECT 1"}}
	t.Cleanup(p.close)
	kept := func(texts ...statement) int {
		t.Helper()
		p.want(texts)
		statements, err := p.statements(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for text, stmt := range statements {
			var n int
			if err := stmt.Get(&n); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
		return len(statements)
	}
	many := make([]statement, 2*maxBuilt)
	for n := range many {
		many[n] = statement(fmt.Sprint("SELECT ", n))
	}
	got := []int{kept(), kept("SELECT 2"), kept("SELECT 2"), kept("SELECT FROM"), kept(many...), kept("SELECT -1"), kept("SELECT -2")}
	if d := cmp.Diff([]int{1, 2, 2, 2, maxBuilt, 1 + maxBuilt, 1 + maxBuilt}, got); d != "" {
		t.Errorf("statements kept (-want +got):\n%s", d)
	}
}
