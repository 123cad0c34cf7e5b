package tables

import (
	"errors"

	sq "github.com/Masterminds/squirrel"
)

// selection is a SELECT that is put together for a call. It is an sq.Sqlizer of conditions that squirrel makes;
// squirrel's own builder, which copies itself with each part, took a twentieth of the time of a page.
type selection struct {
	text     []byte
	args     []any
	narrowed bool // has a WHERE
	err      error
}

func newSelection(text string) *selection {
	q := &selection{text: make([]byte, 0, 2*len(text)+256), args: make([]any, 0, 8)}
	q.add(text)
	return q
}

func (q *selection) add(parts ...string) {
	for _, part := range parts {
		q.text = append(q.text, part...)
	}
}

func (q *selection) where(condition string, args ...any) {
	word := " WHERE "
	if q.narrowed {
		word = " AND "
	}
	q.narrowed = true
	q.add(word, condition)
	q.args = append(q.args, args...)
}

func (q *selection) filter(conditions sq.And) {
	for _, c := range conditions {
		text, args, err := c.ToSql()
		q.err = errors.Join(q.err, err)
		q.where(text, args...)
	}
}

// ToSql implements sq.Sqlizer.
func (q *selection) ToSql() (string, []any, error) { return string(q.text), q.args, q.err }
