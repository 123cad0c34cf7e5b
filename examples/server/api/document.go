package api

import (
	_ "embed"
	"encoding/json"
	"reflect"

	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/openapi"
)

// comments are the doc comments of the types that the document describes, and the values of their enumerations. A test
// writes the file and holds it against the sources: go test ./examples/server/api -run Comments -update
//
//go:embed comments.json
var comments []byte

func document(list []Operation) (openapi.Document, error) {
	var c openapi.Comments
	if err := json.Unmarshal(comments, &c); err != nil {
		return openapi.Document{}, err
	}
	return describe(list, c)
}

// describe makes the document with some comments.
func describe(list []Operation, c openapi.Comments) (openapi.Document, error) {
	operations := make([]openapi.Operation, len(list))
	for n, o := range list {
		operations[n] = o.Operation
		operations[n].Public = o.Scope == Public
	}
	return openapi.New(info, reflect.TypeFor[web.Problem](), operations, required, c)
}

var info = openapi.Info{
	Title: "Influencer CRM", Version: "1",
	Description: "Campaigns, influencers and cooperations of a brand: who is booked, at what cost, with which codes and links, " +
		"and how much of the budget is signed, in negotiation or only an idea.\n\n" +
		"Amounts are texts, such as `1234.50`, with the code of their currency. Every record has a version, which is its `ETag`; " +
		"a change names the version that it starts from in `If-Match`. A change can be tried with `dry_run=true`, which answers 200 and saves nothing, and a POST that takes an " +
		"`Idempotency-Key` can be sent again with the same one. Errors are problems as in RFC 9457, in English or German by `Accept-Language`, " +
		"with a stable code and every field that is wrong.\n\n" +
		"Where the server has tokens, a call sends one: `Authorization: Bearer …`. For assistants the same is at `/mcp` " +
		"(Model Context Protocol).",
	Tags: []openapi.Tag{
		{Name: "Workspaces", Description: "The CRM of one shop. Nothing crosses it."},
		{Name: "Members", Description: "The people of the team who are responsible."},
		{Name: "Campaigns", Description: "What cooperations are booked for, with dates, a budget and a revenue target."},
		{Name: "Influencers", Description: "Persons and their accounts on platforms."},
		{Name: "Cooperations", Description: "The work of one influencer in one campaign."},
		{Name: "Bulk changes", Description: "One change of many records. Those that cannot be changed do not stop the others."},
		{Name: "Planning", Description: "Where the plan stands against its budgets."},
		{Name: "Conflicts", Description: "Codes and links of two influencers that would claim the same order."},
		{Name: "Attribution", Description: "Which cooperation earned an order, by its codes and links, and why no other one did."},
		{Name: "History", Description: "The log of all changes, and undo."},
		{Name: "Webhooks",
			Description: "Changes sent to other programs as they are made, signed as in Standard Webhooks: in order, at least once, " +
				"up to 100 in a message, for 24 hours. Only to public addresses over https."},
		{Name: "Access", Description: "Who calls, and the tokens that callers show."},
		{Name: "Imports",
			Description: "Sheets that become records: a plan first, which says what becomes of every row, and then just that. And back, as an export."},
		{Name: "Enumerations", Description: "What can be chosen from."},
	},
}
