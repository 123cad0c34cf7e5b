package assistant_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/examples/server/api"
)

// Each tool answers with a summary in words of its own, and with what it found.
func TestTools(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	for _, test := range []struct {
		tool    string
		args    args
		summary string
		data    map[string]any // by path
	}{
		{"list_workspaces", args{}, "2 workspaces.", map[string]any{"items.0.name": "Shop", "items.1.currency": "USD"}},
		{
			"where_do_we_stand", args{},
			"On 2026-05-20, 1000.00 EUR signed (1), 0.00 EUR in negotiation (0) and 500.00 EUR in drafts (1): 1500.00 EUR allocated. " +
				"Of the campaigns' budgets of 1200.00 EUR, 200.00 EUR is left after what is signed and -300.00 EUR after everything. " +
				"Of 1 campaign, 0 over budget, 1 at risk, 0 without a budget. 2 alerts.",
			map[string]any{"campaigns.0.name": "Summer Sale", "campaigns.0.health": "at_risk", "months.0.key": "2026-06", "months.1": nil},
		},
		{"where_do_we_stand", args{"to": "2026-05"},
			"On 2026-05-20, 0.00 EUR signed (0), 0.00 EUR in negotiation (0) and 0.00 EUR in drafts (0): 0.00 EUR allocated. " +
				"There is no budget for it. Of 1 campaign, 0 over budget, 0 at risk, 1 without a budget. 0 alerts.", nil},
		{"find", args{"kind": "campaign"}, "1 campaign; 1 of them listed here.", map[string]any{"items.0.budget": "1200.00 EUR"}},
		{"find", args{"kind": "influencer", "platforms": []string{"TikTok"}}, "1 influencer; 1 of them listed here.",
			map[string]any{"items.0.name": "Emma", "items.0.profiles.0": "tiktok emma"}},
		{"find", args{"kind": "cooperation", "text": "pam10", "statuses": []string{"signed"}, "during": args{"start": "2026-06-30"}},
			"1 cooperation; 1 of them listed here.",
			map[string]any{"items.0.influencer": "Pam", "items.0.campaign": "Summer Sale", "items.0.cost": "1000.00 EUR"}},
		{"find", args{"kind": "cooperation", "limit": 1}, "2 cooperations; 1 of them listed here.", nil},
		{"find", args{"kind": "member"}, "0 members; 0 of them listed here.", nil},
		{"get_record", args{"kind": "campaign", "id": s.summer.ID.String()}, "The campaign at version 1.",
			map[string]any{"name": "Summer Sale", "budget.amount": "1200.00"}},
		{"get_record", args{"kind": "cooperation", "id": s.deal.ID.String()}, "The cooperation at version 1.",
			map[string]any{"rules.0.pattern": "PAM10", "period.start": "2026-06-01"}},
		{"list_changes", args{"kind": "cooperation", "id": s.deal.ID.String()}, "1 change, the newest first.",
			map[string]any{"items.0.record.id": s.deal.ID.String()}},
		{
			"explain_order", args{"id": "1001", "at": "2026-06-10T12:00:00Z", "codes": []string{"pam10"},
				"amount": args{"amount": "80.00", "currency": "EUR"}},
			"Credited by code. 2 candidates, 0 findings.",
			map[string]any{
				"by": "code", "credit": "80.00 EUR", "candidates.0.influencer": "Pam", "candidates.0.lost": nil, "candidates.1.influencer": "Emma",
				"candidates.1.rule": "starts with PAM1",
			},
		},
		{"explain_order", args{"id": "1002", "at": "2026-07-02T12:00:00Z", "codes": []string{"PAM10"}},
			"Credited to nobody. 2 candidates, 2 findings.", map[string]any{"candidates.0.by": "code", "findings.0.name": s.deal.Name}},
		{"explain_order", args{"id": "1003", "at": "2026-06-10T12:00:00Z",
			"touchpoints": []args{{"utm": args{"medium": "influencer", "campaign": "summer-sale",
				"term": "pam"}}}}, // on the day of the order
			"Credited by utm. 1 candidate, 0 findings.", map[string]any{"by": "utm", "candidates.0.influencer": "Pam"}},
		{"list_conflicts", args{}, "2 cooperations in conflict on this page.", map[string]any{"items.0.conflicts.0.witness": "pam10"}},
		{"list_conflicts", args{"severity": "blocking"}, "0 cooperations in conflict on this page.", nil},
		{
			"what_if", args{"changes": []args{
				{"op": "stage", "item": s.idea.ID.String(), "stage": "signed"},
				{"op": "add", "add": args{"id": "new", "campaign": s.summer.ID.String(), "stage": "draft",
					"cost": args{"amount": "0.5", "currency": "EUR"}}},
			}},
			"Allocated would be 1500.50 EUR in place of 1500.00 EUR, signed 1500.00 EUR in place of 1000.00 EUR. " +
				"Of the campaigns' budgets of 1200.00 EUR, -300.00 EUR would be left after what is signed and -300.50 EUR after everything. " +
				"1 campaign and 1 month would differ.",
			map[string]any{"campaigns.0.then.health": "over", "campaigns.0.now.health": "at_risk"},
		},
		{
			"plan_import", args{"csv": "Influencer,Platform,Posting date,Fixed costs\nOla,instagram,2026-06-05,100\nUwe,instagram,03/04/26,100\n"},
			"Of 2 rows: 1 created, 1 rejected. Nothing was imported.",
			map[string]any{"counts.rejected": 1.0, "rows.1.row": 3.0},
		},
		{"plan_import", args{"csv": "Influencer,Platform,Posting date,Fixed costs\nUwe,instagram,03/04/26,100\n", "dates": "day"},
			"Of 1 row: 1 created. Nothing was imported.", nil},
		{
			"draft_cooperation", args{
				"campaign": s.summer.ID.String(), "influencer": s.emma.ID.String(), "profile": s.emma.Profiles[0].ID.String(),
				"period": args{"start": "2026-07-01"}, "cost": args{"amount": "10", "currency": "EUR"},
			},
			"It could be saved, with 0 conflicts and 0 notices. Nothing was saved.",
			map[string]any{"cooperation.name": "Summer Sale - Emma - TikTok", "cooperation.cost.amount": "10.00"},
		},
		{"undo_unit", args{"unit": unitOf(t, s), "dry_run": true},
			"Would be taken back: 0 records restored, 1 deleted, 0 made anew, 0 kept as they are.", nil},
	} {
		t.Run(test.tool, func(t *testing.T) {
			before := head(t, s)
			r := s.ask(c, test.tool, test.args)
			if r.refused {
				t.Fatalf("refused: %s", r.text)
			}
			if diff := cmp.Diff(test.summary, r.Summary); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for path, want := range test.data {
				if diff := cmp.Diff(want, r.at(path)); diff != "" {
					t.Errorf("%s (-want +got):\n%s in %s", path, diff, r.text)
				}
			}
			if after := head(t, s); after != before {
				t.Errorf("the log ends at %d, before at %d", after, before)
			}
		})
	}
}

// Pages of a list follow each other without a gap.
func TestPages(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Read))
	first := s.ask(c, "find", args{"kind": "cooperation", "limit": 1})
	second := s.ask(c, "find", args{"kind": "cooperation", "limit": 1, "next": first.at("next")})
	got := []any{first.at("items.0.id"), second.at("items.0.id"), second.at("items.1"), second.at("next")}
	if diff := cmp.Diff([]any{s.deal.ID.String(), s.idea.ID.String(), nil, nil}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Callers that may not write are not shown what writes, and a server without a place for proposals has none.
func TestListedTools(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	reading := []string{
		"draft_cooperation", "explain_order", "find", "get_record", "list_changes", "list_conflicts", "list_workspaces", "plan_import",
		"what_if", "where_do_we_stand",
	}
	kept := s.options(api.Write)
	kept.Proposals = nil
	for _, test := range []struct {
		name   string
		client client
		writes []string
	}{
		{"read", s.connect(s.options(api.Read)), nil},
		{"public", s.connect(s.options(api.Public)), nil},
		{"write", s.connect(s.options(api.Write)), []string{"apply_proposal", "propose_change", "undo_unit"}},
		{"admin", s.connect(s.options(api.Admin)), []string{"apply_proposal", "propose_change", "undo_unit"}},
		{"no proposals", s.connect(kept), []string{"undo_unit"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var reads, writes []string
			for _, tool := range must(test.client.ListTools(t.Context(), nil))(t).Tools {
				if tool.Annotations.ReadOnlyHint {
					reads = append(reads, tool.Name)
				} else {
					writes = append(writes, tool.Name)
				}
				if tool.Description == "" || tool.Title == "" || *tool.Annotations.OpenWorldHint || tool.OutputSchema == nil {
					t.Errorf("%s is not described whole: %+v", tool.Name, tool)
				}
			}
			if diff := cmp.Diff([][]string{reading, test.writes}, [][]string{reads, writes}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	c := s.connect(s.options(api.Read))
	if r, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "undo_unit", Arguments: args{"workspace": s.ws.ID.String()}}); err == nil {
		t.Errorf("a tool that is not listed answers %v", r)
	}
}

// The server announces tools, and nothing else.
func TestCapabilities(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	got := s.connect(s.options(api.Read)).InitializeResult()
	if diff := cmp.Diff(&mcp.ServerCapabilities{Tools: &mcp.ToolCapabilities{}}, got.Capabilities); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.Instructions == "" {
		t.Error("there are no instructions")
	}
}

// head is the end of the shop's log.
func head(t *testing.T, s *shop) int64 {
	t.Helper()
	all := must(s.crm.Changes(t.Context(), s.ws.ID, 0, 100))(t)
	return int64(all[len(all)-1].Seq)
}

// unitOf is the unit of work that made the last cooperation of the shop.
func unitOf(t *testing.T, s *shop) string {
	t.Helper()
	all := must(s.crm.Changes(t.Context(), s.ws.ID, 0, 100))(t)
	return all[len(all)-1].Unit.String()
}
