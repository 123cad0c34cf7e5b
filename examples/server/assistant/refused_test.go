package assistant_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/api"
)

// Bad arguments are refused by name, and change nothing.
func TestBadArguments(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	before := head(t, s)
	order := func(more args) args {
		a := args{"id": "1", "at": "2026-06-10T12:00:00Z"}
		for name, value := range more {
			a[name] = value
		}
		return a
	}
	proposing := func(steps ...args) args { return args{"steps": append([]args{}, steps...)} }
	csv := func(text string) args { return args{"csv": text} }
	for _, test := range []struct {
		name, tool string
		args       args
		field      string
		problem    string // a part of it
	}{
		{"no workspace", "find", args{"workspace": nil, "kind": "campaign"}, "workspace", "must be given"},
		{"workspace no id", "find", args{"workspace": "shop", "kind": "campaign"}, "workspace", "an id looks like"},
		{"workspace a number", "find", args{"workspace": 7, "kind": "campaign"}, "workspace", "a text in quotes"},
		{"unknown workspace", "find", args{"workspace": uuid.NewString(), "kind": "campaign"}, "id", "no such workspace"},
		{"zero workspace", "find", args{"workspace": uuid.Nil.String(), "kind": "campaign"}, "workspace", "is no id"},
		{"unknown argument", "find", args{"kind": "campaign", "txet": "x"}, "txet", "is no field here"},
		{"wrong case", "find", args{"Kind": "campaign"}, "Kind", "is no field here"},
		{"no kind", "find", args{}, "kind", "must be given"},
		{"bad kind", "find", args{"kind": "invoice"}, "kind", "must be campaign, influencer, cooperation or member"},
		{"a condition of another kind", "find", args{"kind": "campaign", "tags": []string{"x"}}, "tags", "is no field here"},
		{"bad status", "find", args{"kind": "cooperation", "statuses": []string{"done"}}, "statuses", "draft"},
		{"bad date", "find", args{"kind": "cooperation", "during": args{"start": "2026-02-30"}}, "during.start", "not a date"},
		{"limit too high", "find", args{"kind": "campaign", "limit": 101}, "limit", "between 1 and 100"},
		{"limit below zero", "find", args{"kind": "campaign", "limit": -1}, "limit", "between 1 and 100"},
		{"limit a text", "find", args{"kind": "campaign", "limit": "ten"}, "limit", "a whole number"},
		{"a page of another list", "find", args{"kind": "campaign", "next": "bogus"}, "token", "start again"},
		{"record of another kind", "get_record", args{"kind": "campaign", "id": s.pam.ID.String()}, "id", "no such campaign"},
		{"record without id", "get_record", args{"kind": "campaign"}, "id", "must be given"},
		{"month in words", "where_do_we_stand", args{"from": "June"}, "from", "not a month"},
		{"changes of half a record", "list_changes", args{"id": s.pam.ID.String()}, "id", "both or neither"},
		{"order without time", "explain_order", args{"id": "1"}, "at", "must be given"},
		{"order with a bad time", "explain_order", order(args{"at": "yesterday"}), "at", "is no time"},
		{"amount as a number", "explain_order", order(args{"amount": args{"amount": 80, "currency": "EUR"}}), "amount", ""},
		{"amount in no currency", "explain_order", order(args{"amount": args{"amount": "80", "currency": "Euro"}}), "amount", ""},
		{"amount below zero", "explain_order", order(args{"amount": args{"amount": "-1", "currency": "EUR"}}), "amount", ""},
		{"bad severity", "list_conflicts", args{"severity": "awful"}, "severity", ""},
		{"what if nothing", "what_if", args{"changes": []args{}}, "changes", "1 to 50"},
		{"what if of nobody", "what_if", args{"changes": []args{{"op": "drop", "item": uuid.NewString()}}}, "scenarios[0][0]", ""},
		{"what if somehow", "what_if", args{"changes": []args{{"op": "shuffle"}}}, "scenarios[0][0]", ""},
		{"empty sheet", "plan_import", csv(""), "csv", "bytes of CSV"},
		{"large sheet", "plan_import", csv(strings.Repeat("x", 1<<20+1)), "csv", "bytes of CSV"},
		{"no sheet at all", "plan_import", csv("hello"), "csv", ""},
		{"no order of dates", "plan_import", args{"csv": "Influencer\nPam\n", "dates": "year"}, "dates", "day or month"},
		{"draft without campaign", "draft_cooperation", args{"influencer": s.pam.ID.String()}, "campaign", "must be given"},
		{"draft signed without cost", "draft_cooperation",
			args{"campaign": s.summer.ID.String(), "influencer": s.pam.ID.String(), "status": "signed"}, "period.start", ""},
		{"no steps", "propose_change", proposing([]args{}...), "steps", "1 to 50"},
		{"too many steps", "propose_change", proposing(make([]args, 51)...), "steps", "1 to 50"},
		{"unknown op", "propose_change", proposing(args{"op": "explode", "kind": "campaign", "fields": args{}}), "steps[0].op", "must be create"},
		{"step of no kind", "propose_change",
			proposing(args{"op": "create", "kind": "invoice", "fields": args{"name": "x"}}),
			"steps[0].kind", "must be"},
		{"step without fields", "propose_change", proposing(args{"op": "create", "kind": "campaign"}), "steps[0].fields", ""},
		{"fields no object", "propose_change", proposing(args{"op": "create", "kind": "campaign", "fields": "name"}), "steps[0].fields", ""},
		{"unknown field", "propose_change",
			proposing(args{"op": "create", "kind": "campaign", "fields": args{"name": "x", "bugdet": "1"}}),
			"steps[0].fields.bugdet", "is no field here"},
		{"taken name", "propose_change",
			proposing(args{"op": "create", "kind": "campaign", "fields": args{"name": "summer sale"}}), "steps[0].fields.name", ""},
		{"change without version", "propose_change",
			proposing(args{"op": "change", "kind": "campaign", "id": s.summer.ID.String(),
				"fields": args{"notes": "x"}}), "steps[0].version", "read it first"},
		{"stale version", "propose_change",
			proposing(args{"op": "change", "kind": "campaign", "id": s.summer.ID.String(), "version": 9, "fields": args{"notes": "x"}}),
			"steps[0].version", "is at version 1 now"},
		{"change of nothing", "propose_change",
			proposing(args{"op": "change", "kind": "campaign", "id": s.summer.ID.String(), "version": 1, "fields": args{"name": "Summer Sale"}}),
			"steps", "change nothing"},
		{"second step wrong", "propose_change", proposing(
			args{"op": "create", "kind": "campaign", "fields": args{"name": "Winter"}},
			args{"op": "cancel", "kind": "campaign", "id": s.summer.ID.String(), "version": 1, "fields": args{"on": "2026-06-02"}},
		), "steps[1].op", "is for cooperations"},
		{"no proposal", "apply_proposal", args{"proposal": uuid.NewString(), "digest": strings.Repeat("0", 64)}, "proposal", "no such proposal"},
		{"undo of nothing", "undo_unit", args{"unit": uuid.NewString()}, "unit", ""},
		{"reason too long", "undo_unit", args{"unit": unitOf(t, s), "reason": strings.Repeat("x", 100_000)}, "reason", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := s.ask(c, test.tool, test.args)
			if !r.refused {
				t.Fatalf("answered %s", r.text)
			}
			if field := r.at("errors.0.field"); field != test.field {
				t.Errorf("field %v, want %s in %s", field, test.field, r.text)
			}
			problem, _ := r.at("errors.0.problem").(string)
			if problem == "" || !strings.Contains(problem, test.problem) {
				t.Errorf("problem %q, want %q", problem, test.problem)
			}
		})
	}
	if after := head(t, s); after != before {
		t.Errorf("the log ends at %d, before at %d", after, before)
	}
}

// What is wrong on the side of the server is logged and not told, and a panic ends the call only.
func TestFailures(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for _, allow := range []func(context.Context, api.Scope, crm.WorkspaceID) error{
		func(context.Context, api.Scope, crm.WorkspaceID) error { return errors.New("pq: password of user crm") },
		func(context.Context, api.Scope, crm.WorkspaceID) error { panic("password of user crm") },
	} {
		o := s.options(api.Read)
		o.Allow = allow
		r := s.ask(s.connect(o), "find", args{"kind": "campaign"})
		if !r.refused || strings.Contains(r.text, "password") || !strings.HasPrefix(r.Summary, "Failed on the side of the server") {
			t.Errorf("answered %s", r.text)
		}
	}
}

// An answer that nobody could read is refused.
func TestLongAnswer(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	notes := strings.Repeat("<", crm.MaxNotes)
	steps := make([]args, 1+(256<<10)/(len(`\u003c`)*crm.MaxNotes))
	for n := range steps {
		steps[n] = args{"op": "create", "kind": "influencer", "fields": args{"name": "P" + string(rune('A'+n)), "notes": notes}}
	}
	r := s.ask(c, "propose_change", args{"steps": steps})
	if !r.refused || len(r.text) > 4_000 || !strings.Contains(r.text, "longer than") {
		t.Errorf("%d bytes: %.300s", len(r.text), r.text)
	}
}

// Nothing of one workspace is reached from another, and none that the caller may not read.
func TestWorkspaces(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	o := s.options(api.Write)
	o.Allow = func(_ context.Context, _ api.Scope, ws crm.WorkspaceID) error {
		if ws == s.ws.ID {
			return (crm.Ref{Kind: crm.KindWorkspace, ID: uuid.UUID(ws)}).NotFound()
		}
		return nil
	}
	there := s.connect(o)
	if diff := cmp.Diff([]any{s.other.ID.String(), nil},
		[]any{there.ask("list_workspaces", args{"limit": 1}).at("items.0.id"), there.ask("list_workspaces", args{}).at("items.1")}); diff != "" {
		t.Errorf("workspaces (-want +got):\n%s", diff)
	}
	all := s.connect(s.options(api.Write))
	step := func(op, kind string, id any, fields args) args {
		return args{"steps": []args{{"op": op, "kind": kind, "id": id, "version": 1, "fields": fields}}}
	}
	proposed := s.ask(all, "propose_change", args{"steps": []args{{"op": "create", "kind": "campaign", "fields": args{"name": "Winter"}}}})
	unit := unitOf(t, s)
	for _, test := range []struct {
		tool string
		args args
	}{
		{"get_record", args{"kind": "campaign", "id": s.summer.ID.String()}},
		{"what_if", args{"changes": []args{{"op": "drop", "item": s.deal.ID.String()}}}},
		{"draft_cooperation", args{"campaign": s.foreign.ID.String(), "influencer": s.pam.ID.String()}},
		{"draft_cooperation", args{"campaign": s.summer.ID.String(), "influencer": s.pam.ID.String()}},
		{"propose_change", step("change", "campaign", s.summer.ID.String(), args{"notes": "x"})},
		{"propose_change", step("archive", "influencer", s.pam.ID.String(), nil)},
		{"propose_change", step("cancel", "cooperation", s.deal.ID.String(), args{"on": "2026-06-02"})},
		{"apply_proposal", args{"proposal": proposed.at("proposal"), "digest": proposed.at("digest")}},
		{"undo_unit", args{"unit": unit}},
	} {
		test.args["workspace"] = s.other.ID.String()
		if r := all.ask(test.tool, test.args); !r.refused || strings.Contains(r.text, "Summer") {
			t.Errorf("%s from elsewhere: %s", test.tool, r.text)
		}
	}
	for _, kind := range []string{"influencer", "cooperation"} {
		if r := all.ask("find", args{"workspace": s.other.ID.String(), "kind": kind}); r.at("items.0") != nil {
			t.Errorf("elsewhere finds %s", r.text)
		}
	}
	if r := s.ask(there, "find", args{"kind": "campaign"}); !r.refused {
		t.Errorf("a workspace that is not the caller's: %s", r.text)
	}
}
