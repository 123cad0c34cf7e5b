package crm

import (
	"context"
	"fmt"
	"strings"
)

// touched says what has happened to a record since the unit that is undone; "" for nothing that
// matters. Of an effect on an auto name that has changed again it drops the name.
func (u *undo) touched(ctx context.Context, e *effect) (why string, err error) {
	now, err := find(ctx, u, e.record)
	switch {
	case err != nil:
		return "", err
	case e.erased:
		return "personal data were erased from it, which cannot be taken back", nil
	case !e.exists && now != nil:
		return "it was created again since", nil
	case !e.exists:
		return "", nil
	case now == nil:
		return "it was deleted since", nil
	case !e.existed && now.Revision() != e.version:
		return "it was changed since", nil
	case !e.existed:
		return "", nil
	}
	e.follows = e.isAutoNaming(now)
	left, err := patch(now, e.after)
	if isRefusal(err) {
		return problemsIn(err), nil
	} else if err != nil {
		return "", err
	}
	since, err := diff(left, now)
	if err != nil {
		return "", err
	}
	names := []string{}
	for _, f := range since {
		if c, ok := now.(Cooperation); ok && f.Field == "name" && c.NameMode == NameAuto && e.before["name_mode"] == nil {
			e.forget("name")
			continue
		}
		names = append(names, strings.ReplaceAll(f.Field, "_", " "))
	}
	switch {
	case len(names) > 0:
		return fmt.Sprintf("its %s changed since", strings.Join(names, ", ")), nil
	case e.before["archived_on"] == nil && e.after["archived_on"] == nil && !archivedOn(now).IsZero() && !e.follows:
		if since, err := u.archivedSince(ctx, e.record, e.last); err != nil || since {
			return "it was archived since; restore it first", err
		}
	}
	return "", nil
}

// archivedSince reports whether a record that is archived now was not at a seq. What was archived
// then, and only came out of the archive for a while, stands as it did.
func (u *undo) archivedSince(ctx context.Context, record Ref, then Seq) (archived bool, err error) {
	known := false
	err = eachChange(ctx, u, ChangeFilter{Record: record, After: then}, func(c Change) error {
		for _, f := range c.Fields {
			if f.Field == "archived_on" && !known && c.Seq <= u.head && c.Kind == Updated {
				known, archived = true, f.Before == nil
			}
		}
		return nil
	})
	return archived, err
}
