package assistant

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// told is a change of the log, in words.
type told struct {
	Seq    crm.Seq   `json:"seq"`
	Unit   uuid.UUID `json:"unit"`
	At     time.Time `json:"at"`
	Record crm.Ref   `json:"record"`
	inWords
}

func listChanges() (tool, error) {
	type asked struct {
		place
		Kind   crm.Kind  `json:"kind,omitzero" jsonschema:"With id: only the changes of this record."`
		ID     uuid.UUID `json:"id,omitzero" jsonschema:"With kind: only the changes of this record."`
		Unit   uuid.UUID `json:"unit,omitzero" jsonschema:"Only the changes of this unit of work."`
		Before crm.Seq   `json:"before,omitzero" jsonschema:"Only changes before this seq: the last one of the answer before, to go on."`
		Limit  int       `json:"limit,omitzero" jsonschema:"How many are listed: 1 to 100, else 20."`
	}
	return reading("list_changes", "What was changed",
		"Lists who changed what in the workspace, or of one record, the newest first, with the unit of work of each change, "+
			"which undo_unit takes.",
		func(c *call[asked]) (answer, error) {
			limit, err := limited(c.args.Limit)
			if err != nil {
				return answer{}, err
			}
			if (c.args.Kind == "") != (c.args.ID == uuid.Nil) {
				return answer{}, refusal.Invalid("id", "", sentence.Of("names a record together with kind; give both or neither"))
			}
			record := crm.Ref{Kind: c.args.Kind, ID: c.args.ID}
			f := crm.ChangeFilter{Before: c.args.Before, Record: record, Unit: c.args.Unit, Newest: true}
			all, err := c.crm.Log(c.ctx, c.ws, f, limit)
			if err != nil {
				return answer{}, err
			}
			said, err := tell(c.ctx, c.crm, c.ws, all)
			if err != nil {
				return answer{}, err
			}
			items := make([]told, len(all))
			for n, change := range all {
				items[n] = told{change.Seq, change.Unit, change.At, change.Record, said[n]}
			}
			return answer{fmt.Sprintf("%s, the newest first.", counted(len(items), "change")), listed[told]{Items: items}}, nil
		})
}
