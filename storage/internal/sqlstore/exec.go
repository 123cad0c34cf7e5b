package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// compile is the one place where a statement that is built becomes text, so that placeholders are turned once, and
// the guard of the tenant: a write that does not name its workspace, or whose WHERE holds for every row, is refused
// before any database sees it. So is one of which a distributed database would make something else: see guard.
func compile(d dialect.Dialect, q sq.Sqlizer) (string, []any, error) {
	text, args, err := q.ToSql()
	if err != nil {
		return "", nil, err
	}
	if err := guard(text); err != nil {
		return "", nil, err
	}
	text, err = d.Placeholder.ReplacePlaceholders(text)
	return text, args, err
}

func newSchema(d dialect.Dialect, space, prefix string) (*tables.Schema, error) {
	return tables.New(d, space, prefix, func(q sq.Sqlizer) (string, error) {
		text, _, err := compile(d, q)
		return text, err
	})
}

// tenant is the condition that a write begins its WHERE with.
const tenant = "workspace_id = ?"

// guard refuses statements that are dangerous. Citus reports of an INSERT … SELECT the number of rows selected, so that
// such a statement returns those that it has added; and it finds the one node of an UPDATE or DELETE by the one condition
// on workspace_id, where two of them, in a plan for any values, concern all nodes.
func guard(text string) error {
	verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(text)), " ")
	body, where, narrowed := strings.Cut(text, " WHERE ")
	if strings.Contains(where, "(1=1)") || strings.Contains(where, "(1=0)") {
		return fmt.Errorf("statement with an empty condition: %s", text)
	}
	switch verb {
	case "SELECT":
		return nil
	case "INSERT":
		// The rows are values, or columns as parameters; never a query.
		columns, _, found := strings.Cut(body, ") VALUES ")
		if !found {
			columns, _, _ = strings.Cut(body, ") SELECT * FROM unnest(")
			if !strings.HasSuffix(text, tables.Returning) {
				return fmt.Errorf("statement for many rows that does not return them: %s", text)
			}
		}
		_, columns, _ = strings.Cut(columns, " (")
		if slices.Contains(strings.Split(columns, ","), "workspace_id") {
			return nil
		}
	case "UPDATE", "DELETE":
		if strings.Count(outside(where), tenant) > 1 {
			return fmt.Errorf("statement that names its workspace twice: %s", text)
		}
		if narrowed && (where == tenant || strings.HasPrefix(where, tenant+" AND ")) && !hasAlternative(where) {
			return nil
		}
	}
	return fmt.Errorf("statement that does not name its workspace: %s", text)
}

// hasAlternative reports whether a condition has an OR outside brackets: what stands before it then narrows
// nothing.
func hasAlternative(where string) bool {
	depth := 0
	for word := range strings.FieldsSeq(strings.ToUpper(where)) {
		if depth == 0 && word == "OR" {
			return true
		}
		depth += strings.Count(word, "(") - strings.Count(word, ")")
	}
	return false
}

// outside is what stands in no brackets: a query in brackets has conditions of its own.
func outside(condition string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth > 0 {
			return -1
		}
		return r
	}, condition)
}

// each reads the rows of a query that is built for the call into dest, and calls fn after each.
func (r *reader) each(ctx context.Context, what string, dest []any, q sq.Sqlizer, fn func() error) error {
	text, args, err := compile(r.store.dialect, q)
	if err != nil {
		return err
	}
	return r.unit.Each(ctx, what, dest, fn, text, args...)
}

// value reads the single value of a query that is built for the call.
func (r *reader) value(ctx context.Context, what string, dest any, q sq.Sqlizer) error {
	text, args, err := compile(r.store.dialect, q)
	if err != nil {
		return err
	}
	return r.unit.Fail(ctx, what, r.unit.GetMany(ctx, []any{dest}, text, args...))
}
