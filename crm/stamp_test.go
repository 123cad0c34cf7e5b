package crm_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// What a host's functions return is checked like any input: nothing is written, and the error says which of them it was.
func TestWhatTheHostsFunctionsReturn(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.member("there")
	last := must(s.crm.Changes(ctx, s.ws, 0, crm.MaxPageSize))(t)
	for name, test := range map[string]struct {
		options crm.Options
		want    string
	}{
		"long actor":      {crm.Options{Actor: func(context.Context) string { return strings.Repeat("x", 5<<20) }}, "actor"},
		"invalid actor":   {crm.Options{Actor: func(context.Context) string { return "mira\xff" }}, "actor"},
		"actor in lines":  {crm.Options{Actor: func(context.Context) string { return "mira\nben" }}, "actor"},
		"no id":           {crm.Options{NewID: func() uuid.UUID { return uuid.Nil }}, "Options.NewID"},
		"the same id":     {crm.Options{NewID: func() uuid.UUID { return last[len(last)-1].Unit }}, "Options.NewID"},
		"the year 9999":   {crm.Options{Now: func() time.Time { return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }}, "Options.Now"},
		"a hundred years": {crm.Options{Now: func() time.Time { return s.now.AddDate(100, 0, 0) }}, "Options.Now"},
	} {
		test.options.Now = or(test.options.Now, func() time.Time { return s.now })
		_, err := crm.New(s.store, &test.options).CreateMember(ctx, s.ws, crm.Member{Name: "Anna"})
		if !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), test.want) || len(err.Error()) > 500 {
			t.Errorf("%s: got error %.600v, want one about %s", name, err, test.want)
		}
		if name == "the same id" || name == "a hundred years" { // of an empty log they are no fault
			continue
		}
		_, err = crm.NewAdmin(s.store, &test.options).CreateWorkspace(ctx, crm.Workspace{ID: crm.WorkspaceID{7}, Name: "Shop", Currency: "EUR"})
		if !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: CreateWorkspace: got error %.600v, want one about %s", name, err, test.want)
		}
	}
	ids := []uuid.UUID{{1}, uuid.Nil} // the unit's, then the record's
	next := func() uuid.UUID { id := ids[0]; ids = ids[1:]; return id }
	_, err := crm.New(s.store, &crm.Options{NewID: next, Now: func() time.Time { return s.now }}).CreateMember(ctx,
		s.ws, crm.Member{Name: "Anna"})
	if !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), "Options.NewID") {
		t.Errorf("no id of a record: got error %v", err)
	}
	if now := must(s.crm.Changes(ctx, s.ws, 0, crm.MaxPageSize))(t); len(now) != len(last) {
		t.Errorf("the log has %d changes, had %d", len(now), len(last))
	}
}

func or[T any](given, otherwise func() T) func() T {
	if given != nil {
		return given
	}
	return otherwise
}
