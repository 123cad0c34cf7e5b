package assistant

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/crm"
)

// actor is who the log says has written.
func (a *Assistant) actor(ctx context.Context) string {
	name := []rune(crm.Clean(a.options.Caller(ctx)))
	if len(name) == 0 {
		return "assistant"
	}
	return fmt.Sprintf("assistant (%s)", string(name[:min(len(name), crm.MaxName-len("assistant ()"))]))
}

func undoUnit() (tool, error) {
	type asked struct {
		place
		Unit   uuid.UUID `json:"unit" jsonschema:"The id of the unit of work, from apply_proposal or list_changes."`
		Reason string    `json:"reason,omitzero" jsonschema:"Why, for the log."`
		DryRun bool      `json:"dry_run,omitzero" jsonschema:"True says what would be taken back, and changes nothing."`
	}
	return writing("undo_unit", "Undo a unit of work",
		"Takes back what one unit of work did. What others have changed or use since stays, and is listed. Show the person what would be taken "+
			"back, with dry_run, and undo it only after the person has agreed.",
		mcp.ToolAnnotations{DestructiveHint: new(true), IdempotentHint: true},
		func(c *call[asked]) (answer, error) {
			service, what := c.crm.As(c.actor(c.ctx)), "Taken back"
			if c.args.DryRun {
				service, what = service.DryRun(), "Would be taken back"
			}
			undone, err := service.UndoUnit(c.ctx, c.ws, c.args.Unit, c.args.Reason)
			if err != nil {
				return answer{}, err
			}
			shown, err := undoneOf(c.ctx, service, c.ws, undone)
			if err != nil {
				return answer{}, err
			}
			return answer{
				fmt.Sprintf("%s: %s restored, %d deleted, %d made anew, %d kept as they are.",
					what, counted(len(undone.Restored), "record"), len(undone.Deleted), len(undone.Recreated), len(undone.Kept)),
				shown,
			}, nil
		})
}

// undone is the outcome of an undo, with the first records of each list. Those that are deleted have a name in a dry
// run only.
type undone struct {
	Restored  []crm.NamedRef `json:"restored"`
	Deleted   []crm.NamedRef `json:"deleted"`
	Recreated []crm.NamedRef `json:"recreated"`
	Kept      []crm.Kept     `json:"kept"`
	More      int            `json:"more,omitzero"` // records that are not listed
	Unit      string         `json:"unit,omitzero"` // that took it back
}

func undoneOf(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, all crm.Undone) (undone, error) {
	more := cut(&all.Restored) + cut(&all.Deleted) + cut(&all.Recreated) + cut(&all.Kept)
	names, err := namesOf(ctx, service, ws, slices.Concat(all.Restored, all.Deleted, all.Recreated))
	named := func(refs []crm.Ref) []crm.NamedRef {
		list := make([]crm.NamedRef, len(refs))
		for n, ref := range refs {
			list[n] = crm.NamedRef{Ref: ref, Name: names[ref]}
		}
		return list
	}
	some := undone{Restored: named(all.Restored), Deleted: named(all.Deleted), Recreated: named(all.Recreated), Kept: all.Kept, More: more}
	if all.Unit != uuid.Nil {
		some.Unit = all.Unit.String()
	}
	return some, err
}

// cut leaves the first items of a list, and returns how many it took away.
func cut[T any](list *[]T) (away int) {
	away = max(0, len(*list)-maxListed)
	*list = (*list)[:len(*list)-away]
	return away
}
