package crm

import (
	"encoding/json"

	"github.com/getklar/influencercrm/crm/sentence"
)

// Redo returns the record after the change, from what it was before: so a host that follows the log keeps its own copy of
// the records without reading them again. Before is nil for a record that there was not, after for one that was deleted.
// It has the version and the times that the store has.
//
// An Erased change is an ErrConflict: it does not say what it took away, so the record is to be read again. A change that
// does not go on from before is an ErrInvalid.
func (c Change) Redo(before Record) (after Record, err error) {
	refuse := func(family error, s sentence.Sentence) (Record, error) {
		return nil, &Error{Family: family, Record: c.Record, Problem: s}
	}
	switch {
	case c.Kind == Erased:
		return refuse(ErrConflict, sentence.Of("personal data was erased; read the record again"))
	case (c.Kind == Created) != (before == nil), before != nil && before.Ref() != c.Record:
		return refuse(ErrInvalid, sentence.Of("the change %d does not go on from this record; read it again", c.Seq))
	case c.Kind == Deleted:
		return nil, nil
	}
	values := make(map[string]json.RawMessage, len(c.Fields))
	for _, f := range c.Fields {
		values[f.Field] = f.After
	}
	if c.Kind == Created {
		if after, err = rebuild(c.Record, values, c.Version()); err != nil {
			return nil, err
		}
		return after.AtTimes(Times{CreatedAt: c.At, ChangedAt: c.At}), nil
	}
	if after, err = patch(before, values); err != nil {
		return nil, err
	}
	return after.AtRevision(before.Revision() + 1).AtTimes(Times{CreatedAt: before.Written().CreatedAt, ChangedAt: c.At}), nil
}
