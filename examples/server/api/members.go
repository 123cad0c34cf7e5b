package api

import (
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
)

func members() []Operation {
	type filter struct{ crm.MemberFilter }
	type list struct {
		filter
		listing
	}
	return tagged("Members", slices.Concat([]Operation{
		operation("GET /members", "listMembers", "List members of the team",
			func(c *call[list]) (page[crm.Member], error) {
				return paged(c.crm.Members(c.ctx(), c.ws, c.params.MemberFilter, c.params.ListOptions))
			}),
		operation("GET /members/count", "countMembers", "Count members",
			func(c *call[filter]) (count, error) {
				return counted(c.crm.CountMembers(c.ctx(), c.ws, c.params.MemberFilter))
			}),
		creating[crm.Member](operation("POST /members", "createMember", "Add a member", creates((*crm.Service).CreateMember))),
		operation("GET /members/{id}", "getMember", "Read a member", reads((*crm.Service).Member)),
		editing[crm.Member](operation("PATCH /members/{id}", "patchMember", "Change fields of a member", edits(wire.EditMember))),
		editing[crm.Member](operation("PUT /members/{id}", "replaceMember", "Replace a member", edits(wire.EditMember))),
		erasing(versioned(operation("POST /members/{id}/erase", "eraseMember", "Remove a member from everything, the log included",
			stamped((*crm.Service).EraseMember)))),
	}, kept[crm.Member]("/members", "Member", "a member"))...)
}
