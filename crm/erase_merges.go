package crm

import (
	"context"

	"github.com/google/uuid"
)

// pastMerge is a merge of two influencers, as the log has it.
type pastMerge struct {
	from, into uuid.UUID
	unit       uuid.UUID
	reason     string
	undone     uuid.UUID // the unit of work that took it back; uuid.Nil for a merge that stands
	undoReason string
}

// readMerges reads the merges of a workspace, in the order of the log.
func readMerges(ctx context.Context, r Reader) (all []*pastMerge, err error) {
	last := map[uuid.UUID]*pastMerge{} // of influencers who are gone
	err = eachChange(ctx, r, ChangeFilter{}, func(c Change) error {
		if c.Record.Kind != KindInfluencer {
			return nil
		}
		if into := c.MergedInto(); !into.IsZero() {
			m := &pastMerge{from: c.Record.ID, into: into.UUID(), unit: c.Unit, reason: c.Reason}
			all, last[m.from] = append(all, m), m
		}
		if m := last[c.Record.ID]; m != nil && c.Kind == Created {
			m.undone, m.undoReason = c.Unit, c.Reason
			delete(last, c.Record.ID)
		}
		return nil
	})
	return all, err
}

// addMerged adds those who are one person with the influencer today: who was merged into it and did not come back,
// over several steps too.
func (s *erasureSubject) addMerged(merges []*pastMerge) {
	for known := 0; known < len(s.influencers); {
		known = len(s.influencers)
		for _, m := range merges {
			if m.undone == uuid.Nil && s.influencers[m.into] {
				s.influencers[m.from] = true
			}
		}
	}
}

// wrongMerges are merges of the person and somebody else, which therefore were undone: either of the two was merged into
// the other. What each had before is not the other's.
type wrongMerges struct {
	moves   map[[3]uuid.UUID]bool // unit, from and into
	undos   map[uuid.UUID]bool    // units that took them back
	reasons map[unitReason]bool   // which name both
}

// unitReason is the reason of changes of a unit of work.
type unitReason struct {
	unit   uuid.UUID
	reason string
}

// addWrongMerges notes the merges of the person and somebody else, and what they copied into the records of others.
func (s *erasureSubject) addWrongMerges(ctx context.Context, r Reader, merges []*pastMerge) error {
	for _, m := range merges {
		from, into := s.influencers[m.from], s.influencers[m.into]
		if from != into {
			s.wrong.moves[[3]uuid.UUID{m.unit, m.from, m.into}] = true
			s.wrong.undos[m.undone] = true
			s.wrong.reasons[unitReason{m.unit, m.reason}] = true
			if _, _, own := undoOf(m.undoReason); !own && m.undoReason != "" { // one of this library's names nobody
				s.wrong.reasons[unitReason{m.undone, m.undoReason}] = true
			}
		}
		if into || !from && len(s.copied[m.from]) == 0 {
			continue
		}
		if err := s.addCopied(ctx, r, m); err != nil {
			return err
		}
	}
	return nil
}
