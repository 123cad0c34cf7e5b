// Package mend carries out the changes that a diagnosis of an order proposes, with the rules that hold for people.
package mend

import (
	"cmp"
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
)

// Mended is what the changes come to.
type Mended struct {
	Records   []crm.Record // as they are then, for attribution.Index.With
	Conflicts []crm.Conflict
}

// Apply makes changes in a unit of work, and returns the records that changed and a cooperation whose claims follow from them.
// A value that is not the one that a change starts from, because somebody has changed it since, is a crm.ErrConflict; a change
// that is none of a record is a crm.ErrInvalid.
func Apply(ctx context.Context, w *crm.Work, fixes []attribution.Fix, of crm.CooperationID, reason string) (Mended, error) {
	var m Mended
	for _, fix := range fixes {
		if fix.Record.Kind != crm.KindCooperation {
			if err := m.around(ctx, w, fix, reason); err != nil {
				return Mended{}, err
			}
		}
	}
	cooperations := []crm.CooperationID{of}
	for _, fix := range fixes {
		if id := crm.CooperationID(fix.Record.ID); fix.Record.Kind == crm.KindCooperation && !slices.Contains(cooperations, id) {
			cooperations = append(cooperations, id)
		}
	}
	for _, id := range cooperations {
		var own []attribution.Fix
		for _, fix := range fixes {
			if fix.Record == crm.RefTo(id) {
				own = append(own, fix)
			}
		}
		if err := m.cooperation(ctx, w, id, own, reason); err != nil {
			return Mended{}, err
		}
	}
	return m, nil
}

// around makes a change of a record around a cooperation.
func (m *Mended) around(ctx context.Context, w *crm.Work, fix attribution.Fix, reason string) error {
	switch {
	case fix.Record.Kind == crm.KindWorkspace && fix.Field == "ignored_codes":
		ws, err := w.Workspace(ctx)
		if err != nil {
			return err
		}
		n := slices.Index(ws.IgnoredCodes, fix.From)
		if n < 0 {
			return changed(fix, "")
		}
		ws.IgnoredCodes = slices.Delete(slices.Clone(ws.IgnoredCodes), n, n+1)
		ws, err = w.UpdateWorkspace(ctx, ws, reason)
		m.Records = append(m.Records, ws)
		return err
	case fix.Record.Kind == crm.KindCampaign && fix.Field == "archived_on":
		c, err := w.Campaigns().Get(ctx, crm.CampaignID(fix.Record.ID))
		if err == nil {
			err = restore(ctx, w, fix, c.ArchivedOn, c.Version, reason)
		}
		if err == nil {
			c, err = w.Campaigns().Get(ctx, c.ID)
		}
		m.Records = append(m.Records, c)
		return err
	case fix.Record.Kind == crm.KindInfluencer && fix.Field == "archived_on":
		i, err := w.Influencers().Get(ctx, crm.InfluencerID(fix.Record.ID))
		if err == nil {
			err = restore(ctx, w, fix, i.ArchivedOn, i.Version, reason)
		}
		if err == nil {
			i, err = w.Influencers().Get(ctx, i.ID)
		}
		m.Records = append(m.Records, i)
		return err
	}
	return none(fix)
}

func restore(ctx context.Context, w *crm.Work, fix attribution.Fix, archived budget.Date, version int64, reason string) error {
	if archived.IsZero() || archived.String() != fix.From {
		return changed(fix, archived.String())
	}
	_, err := w.Restore(ctx, crm.At{Ref: fix.Record, Version: version}, reason)
	return err
}

// cooperation makes the changes of one cooperation. It is taken out of the archive first, because nothing else can be done
// there, then reinstated, because a cancelled one keeps its status; the rest is one save.
func (m *Mended) cooperation(ctx context.Context, w *crm.Work, id crm.CooperationID, fixes []attribution.Fix, reason string) error {
	c, err := w.Cooperations().Get(ctx, id)
	if err != nil {
		return err
	}
	fixes = slices.Clone(fixes)
	slices.SortStableFunc(fixes, func(a, b attribution.Fix) int { return cmp.Compare(turn(a), turn(b)) })
	saves := false
	for _, fix := range fixes {
		switch fix.Field {
		case "cancellation":
			if c.Cancellation == nil {
				return changed(fix, "")
			}
			_, err = w.Reinstate(ctx, id, c.Version, reason)
		case "archived_on":
			err = restore(ctx, w, fix, c.ArchivedOn, c.Version, reason)
		default:
			saves = true
			continue
		}
		if err == nil {
			c, err = w.Cooperations().Get(ctx, id)
		}
		if err != nil {
			return err
		}
	}
	for _, fix := range fixes {
		if err := set(&c, fix); err != nil {
			return err
		}
	}
	if saves {
		saved, err := w.UpdateCooperation(ctx, c, reason)
		if err != nil {
			return err
		}
		c = saved.Cooperation
		m.Conflicts = append(m.Conflicts, saved.Conflicts.List...)
	}
	m.Records = append(m.Records, c)
	return nil
}

// turn is the place of a change among those of a cooperation.
func turn(fix attribution.Fix) int {
	switch fix.Field {
	case "archived_on":
		return 0
	case "cancellation":
		return 1
	}
	return 2
}

// set makes a change of a field that a save of the cooperation stores.
func set(c *crm.Cooperation, fix attribution.Fix) error {
	switch fix.Field {
	case "cancellation", "archived_on": // done already
		return nil
	case "period.start":
		return setDate(&c.Period.Start, fix)
	case "period.end":
		return setDate(&c.Period.End, fix)
	case "status":
		if string(c.Status) != fix.From {
			return changed(fix, string(c.Status))
		}
		c.Status = crm.Status(fix.To)
		return nil
	case "rules":
		rule, err := discount.ParseRule(fix.To)
		if err != nil {
			return none(fix)
		}
		c.Rules = append(slices.Clone(c.Rules), rule)
		return nil
	}
	return none(fix)
}

func setDate(d *budget.Date, fix attribution.Fix) error {
	from := ""
	if !d.IsZero() {
		from = d.String()
	}
	if from != fix.From {
		return changed(fix, from)
	}
	to, err := budget.ParseDate(fix.To)
	if err != nil {
		return none(fix)
	}
	*d = to
	return nil
}

// changed is a value that somebody has changed since the diagnosis.
func changed(fix attribution.Fix, now string) error {
	return &crm.Error{Family: crm.ErrConflict, Record: fix.Record, Field: fix.Field, Value: now}
}

// none is a change that cannot be made here, such as one of a link that somebody else has posted.
func none(fix attribution.Fix) error {
	return &crm.Error{Family: crm.ErrInvalid, Record: fix.Record, Field: fix.Field, Value: crm.Shorten(fix.To)}
}
