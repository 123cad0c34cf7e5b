package assistant

import (
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// maxListed is how many items a list has at most; it has as many as defaultListed if the caller does not say.
const (
	defaultListed = 20
	maxListed     = 100
)

// paging are the arguments of tools that answer in pages.
type paging struct {
	Limit int    `json:"limit,omitzero" jsonschema:"How many are listed: 1 to 100, else 20."`
	Next  string `json:"next,omitzero" jsonschema:"The next of the answer before, to go on with the list."`
}

func (p paging) list() (crm.ListOptions, error) {
	limit, err := limited(p.Limit)
	return crm.ListOptions{Size: limit, Token: p.Next}, err
}

func limited(limit int) (int, error) {
	switch {
	case limit == 0:
		return defaultListed, nil
	case limit < 0 || limit > maxListed:
		return 0, refusal.Invalid("limit", fmt.Sprint(limit), sentence.Of("must be between 1 and %d", maxListed))
	}
	return limit, nil
}

// listed is a page of a list.
type listed[T any] struct {
	Items []T    `json:"items"`
	Count int    `json:"count,omitzero"` // of all, where that is known
	More  int    `json:"more,omitzero"`  // of them that are not in Items
	Next  string `json:"next,omitzero"`
}

func listWorkspaces() (tool, error) {
	type found struct {
		ID       crm.WorkspaceID `json:"id"`
		Name     string          `json:"name"`
		Currency budget.Currency `json:"currency"`
		TimeZone string          `json:"time_zone"`
	}
	return reading("list_workspaces", "Workspaces",
		"Lists the workspaces that you may read, each the CRM of one shop. Call it first: the other tools need the id.",
		func(c *call[paging]) (answer, error) {
			o, err := c.args.list()
			if err != nil {
				return answer{}, err
			}
			all := listed[found]{Items: []found{}}
			for {
				page, err := c.admin.Workspaces(c.ctx, o)
				if err != nil {
					return answer{}, err
				}
				for _, ws := range page.Items {
					if c.options.Allow(c.ctx, api.Read, ws.ID) == nil {
						all.Items = append(all.Items, found{ws.ID, ws.Name, ws.Currency, ws.TimeZone})
					}
				}
				// A page of workspaces that the caller may not read is no answer.
				if o.Token = page.Next; o.Token == "" || len(all.Items) > 0 {
					break
				}
			}
			all.Next = o.Token
			return answer{fmt.Sprintf("%s.", counted(len(all.Items), "workspace")), all}, nil
		})
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
