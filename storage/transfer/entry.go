package transfer

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// part is one of the parts of a workspace, in the order in which they are read and written: each record after those that
// it names.
type part int

const (
	workspacePart part = iota
	memberPart
	campaignPart
	influencerPart
	cooperationPart
	importRunPart
	picturePart
	changePart
	numParts
)

// partKeys name the parts in a file.
var partKeys = [numParts]string{
	"workspace", "member", "campaign", "influencer", "cooperation", "import_run", "picture", "change",
}

// entry is one thing that a workspace holds.
type entry struct {
	part  part
	value any // the workspace and other records by value, a crm.Picture or a crm.Change
}

// entryOf is the entry of a record.
func entryOf(r crm.Record) entry {
	parts := map[crm.Kind]part{
		crm.KindWorkspace: workspacePart, crm.KindMember: memberPart, crm.KindCampaign: campaignPart,
		crm.KindInfluencer: influencerPart, crm.KindCooperation: cooperationPart, crm.KindImportRun: importRunPart,
	}
	return entry{parts[r.Ref().Kind], r}
}

// ref names the entry; that of a change is its record.
func (e entry) ref() crm.Ref {
	switch v := e.value.(type) {
	case crm.Record:
		return v.Ref()
	case crm.Picture:
		return v.Ref()
	case crm.Change:
		return v.Record
	}
	return crm.Ref{}
}

// place is where an entry stands among all of its workspace.
type place struct {
	part part
	id   uuid.UUID // of a record or picture
	seq  crm.Seq   // of a change
}

func (e entry) place() place {
	if c, ok := e.value.(crm.Change); ok {
		return place{part: e.part, seq: c.Seq}
	}
	return place{part: e.part, id: e.ref().ID}
}

func (p place) compare(other place) int {
	return cmp.Or(cmp.Compare(p.part, other.part), bytes.Compare(p.id[:], other.id[:]), cmp.Compare(p.seq, other.seq))
}

// Pages are small where what is on them may be large.
const (
	importRunPage = 1 // its plan may have 256 MiB
	picturePage   = 8
)

// walk calls fn with everything that a workspace holds but its own record, page by page, in the order of places.
func walk(ctx context.Context, r crm.Reader, fn func([]entry) error) error {
	if err := walkRecords(ctx, r.Members(), crm.MemberFilter{Archive: crm.ActiveOrNot}, crm.MaxPageSize, fn); err != nil {
		return err
	}
	if err := walkRecords(ctx, r.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}, crm.MaxPageSize, fn); err != nil {
		return err
	}
	everyone := crm.InfluencerFilter{Archive: crm.ActiveOrNot}
	if err := walkRecords(ctx, r.Influencers(), everyone, crm.MaxPageSize, fn); err != nil {
		return err
	}
	all := crm.CooperationFilter{Archive: crm.ActiveOrNot}
	if err := walkRecords(ctx, r.Cooperations(), all, crm.MaxPageSize, fn); err != nil {
		return err
	}
	if err := walkRecords(ctx, r.ImportRuns(), crm.ImportRunFilter{}, importRunPage, fn); err != nil {
		return err
	}
	if err := walkPictures(ctx, r, fn); err != nil {
		return err
	}
	return walkChanges(ctx, r, fn)
}

func walkRecords[R crm.Record, F any](
	ctx context.Context, records crm.Records[R, F], f F, size int, fn func([]entry) error,
) error {
	return crm.EachPage(ctx, records, f, size, func(found []R) error {
		page := make([]entry, len(found))
		for n, r := range found {
			page[n] = entryOf(r)
		}
		return fn(page)
	})
}

func walkPictures(ctx context.Context, r crm.Reader, fn func([]entry) error) error {
	return eachPictureIDs(ctx, r, func(ids []crm.PictureID) error {
		for some := range slices.Chunk(ids, picturePage) {
			page := make([]entry, len(some))
			for n, id := range some {
				p, err := r.Picture(ctx, id)
				if err != nil {
					return err
				}
				page[n] = entry{picturePart, p}
			}
			if err := fn(page); err != nil {
				return err
			}
		}
		return nil
	})
}

func eachPictureIDs(ctx context.Context, r crm.Reader, fn func([]crm.PictureID) error) error {
	for after := (crm.PictureID{}); ; {
		ids, err := r.PictureIDs(ctx, after, crm.MaxPageSize)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := fn(ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

func walkChanges(ctx context.Context, r crm.Reader, fn func([]entry) error) error {
	for f := (crm.ChangeFilter{}); ; {
		changes, err := r.Changes(ctx, f, crm.MaxPageSize)
		if err != nil || len(changes) == 0 {
			return err
		}
		page := make([]entry, len(changes))
		for n, c := range changes {
			page[n] = entry{changePart, c}
		}
		if err := fn(page); err != nil {
			return err
		}
		f.After = changes[len(changes)-1].Seq
	}
}

// count counts what walk would read, and the workspace's own record.
func count(ctx context.Context, r crm.Reader, head crm.Head) (c Counts, err error) {
	c.Changes = int(head.Seq)
	if c.Members, err = r.Members().Count(ctx, crm.MemberFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	if c.Campaigns, err = r.Campaigns().Count(ctx, crm.CampaignFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	if c.Influencers, err = r.Influencers().Count(ctx, crm.InfluencerFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	if c.Cooperations, err = r.Cooperations().Count(ctx, crm.CooperationFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	if c.ImportRuns, err = r.ImportRuns().Count(ctx, crm.ImportRunFilter{}); err != nil {
		return c, err
	}
	return c, eachPictureIDs(ctx, r, func(ids []crm.PictureID) error {
		c.Pictures += len(ids)
		return nil
	})
}
