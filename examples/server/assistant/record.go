package assistant

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

func getRecord() (tool, error) {
	type asked struct {
		place
		Kind crm.Kind  `json:"kind" jsonschema:"The kind of the record."`
		ID   uuid.UUID `json:"id" jsonschema:"Its id, from find."`
	}
	return reading("get_record", "Read a record",
		"Reads all fields of one campaign, influencer, cooperation or member. propose_change takes fields of the same names, and the version.",
		func(c *call[asked]) (answer, error) {
			var (
				record crm.Record
				err    error
			)
			switch id := c.args.ID; c.args.Kind {
			case crm.KindCampaign:
				record, err = c.crm.Campaign(c.ctx, c.ws, crm.CampaignID(id))
			case crm.KindInfluencer:
				record, err = c.crm.Influencer(c.ctx, c.ws, crm.InfluencerID(id))
			case crm.KindCooperation:
				record, err = c.crm.Cooperation(c.ctx, c.ws, crm.CooperationID(id))
			case crm.KindMember:
				record, err = c.crm.Member(c.ctx, c.ws, crm.MemberID(id))
			default:
				err = unknownKind(c.args.Kind)
			}
			if err != nil {
				return answer{}, err
			}
			return answer{fmt.Sprintf("The %s at version %d.", c.args.Kind, record.Revision()), record}, nil
		})
}
