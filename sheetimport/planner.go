package sheetimport

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/google/uuid"
)

// planner makes a plan against one state of a workspace.
type planner struct {
	reader    crm.Reader
	workspace crm.Workspace
	options   Options
	rows      *rowReader
	newID     func() uuid.UUID

	members     map[string]*crm.Member // by folded name
	memberNames map[crm.MemberID]string
	campaigns   map[string]*crm.Campaign // by folded name
	people      *people
	claims      *crm.ClaimIndex
	newProfiles map[crm.ProfileID][]*deal // with the rows that use them

	deals    []*deal
	outcomes []*outcome
	plan     *Plan
}

// outcome is what becomes of a good row.
type outcome struct {
	*deal
	person  *person
	profile crm.ProfileID
	create  *crm.Cooperation
	change  *crm.Cooperation
	changes []Change
}

// plan makes a plan from what r shows. The ids of new records are taken from ids as long as there are any, so that the
// same plan made again gives the same ids.
func (i *Importer) plan(ctx context.Context, r crm.Reader, ws crm.WorkspaceID, sheet *Sheet, ids []uuid.UUID) (*Plan, error) {
	header, err := FindHeader(sheet)
	if err != nil {
		return nil, err
	}
	p := &planner{
		reader: r, options: i.options, people: newPeople(), members: map[string]*crm.Member{}, memberNames: map[crm.MemberID]string{},
		campaigns: map[string]*crm.Campaign{}, newProfiles: map[crm.ProfileID][]*deal{},
	}
	p.plan = &Plan{
		Source: sheet.Name, Counts: map[Verdict]int{}, Columns: plannedColumns(header), Rows: []PlannedRow{},
		Notes: append(append([]Note{}, sheet.Notes...), header.Notes...), workspace: ws, sheet: sheet,
	}
	p.newID = func() uuid.UUID {
		id := i.options.NewID
		if n := len(p.plan.ids); n < len(ids) {
			id = func() uuid.UUID { return ids[n] }
		}
		p.plan.ids = append(p.plan.ids, id())
		return p.plan.ids[len(p.plan.ids)-1]
	}
	if err := p.load(ctx); err != nil {
		return nil, err
	}
	p.rows = newRowReader(sheet, header, p.workspace.Currency, i.options)
	for _, row := range sheet.below(header.Row) {
		p.deals = append(p.deals, p.rows.read(row))
	}
	p.rows.sortOut(p.deals)
	if err := p.resolve(ctx); err != nil {
		return nil, err
	}
	p.setDefaults()
	p.remarkConflicts()
	p.finish()
	return p.plan, nil
}

func plannedColumns(h Header) []PlannedColumn {
	columns := make([]PlannedColumn, len(h.Columns))
	for n, c := range h.Columns {
		columns[n] = PlannedColumn{Column: c.Letter, Header: c.Header, Field: c.Field, Confidence: c.Confidence, Reason: c.Reason}
	}
	return columns
}

// load reads the records that rows can name.
func (p *planner) load(ctx context.Context) (err error) {
	if p.workspace, err = p.reader.Workspace(ctx); err != nil {
		return err
	}
	err = eachRecord(ctx, p.reader.Members(), crm.MemberFilter{Archive: crm.ActiveOrNot}, func(m crm.Member) {
		p.memberNames[m.ID] = m.Name
		if m.ArchivedOn.IsZero() {
			p.members[crm.Fold(m.Name)] = &m
		}
	})
	if err != nil {
		return err
	}
	err = eachRecord(ctx, p.reader.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}, func(c crm.Campaign) { p.campaigns[crm.Fold(c.Name)] = &c })
	if err != nil {
		return err
	}
	err = eachRecord(ctx, p.reader.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}, func(i crm.Influencer) { p.people.add(&person{Influencer: i}) })
	if err != nil {
		return err
	}
	claims, err := p.reader.Claims(ctx, crm.ClaimFilter{})
	p.claims = crm.NewClaimIndex(claims)
	return err
}

// eachRecord calls fn with every record of a filter.
func eachRecord[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F, fn func(R)) error {
	o := crm.ListOptions{Size: crm.MaxPageSize}
	for {
		page, err := records.List(ctx, f, o)
		if err != nil {
			return err
		}
		for _, r := range page.Items {
			fn(r)
		}
		if page.Next == "" {
			return nil
		}
		o.Token = page.Next
	}
}

// resolve decides what becomes of each good row.
func (p *planner) resolve(ctx context.Context) error {
	slots := map[slot]int{}
	for _, d := range p.deals {
		if d.verdict == "" {
			slots[d.slot()]++
		}
	}
	for _, d := range p.deals {
		if d.verdict != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		known, found, err := p.known(ctx, d, slots[d.slot()] == 1)
		if err != nil {
			return err
		}
		if found {
			p.update(d, known)
		} else {
			p.create(d)
		}
	}
	return nil
}

// slot is a place in the plan of a sheet: one influencer's posting on one day. It finds a cooperation whose key has
// changed, where it is unique in the sheet and in the CRM.
type slot struct {
	campaign, influencer, platform string
	start                          budget.Date
}

func (d *deal) slot() slot {
	return slot{crm.Fold(d.campaign), crm.Fold(d.influencer), d.platform, d.period.Start}
}

// known finds the cooperation that an earlier import made of a row.
func (p *planner) known(ctx context.Context, d *deal, unique bool) (crm.Cooperation, bool, error) {
	page, err := p.reader.Cooperations().List(ctx, crm.CooperationFilter{ImportKey: d.key(), Archive: crm.ActiveOrNot}, crm.ListOptions{Size: 1})
	if err != nil || len(page.Items) > 0 {
		return first(page.Items), len(page.Items) > 0, err
	}
	campaign := p.campaigns[crm.Fold(d.campaign)]
	one, _ := p.people.find(d)
	if !unique || campaign == nil || one == nil || one.isNew || d.period.Start.IsZero() {
		return crm.Cooperation{}, false, nil
	}
	page, err = p.reader.Cooperations().List(ctx, crm.CooperationFilter{Campaign: campaign.ID, Influencer: one.ID, Archive: crm.ActiveOrNot}, crm.ListOptions{Size: crm.MaxPageSize})
	if err != nil {
		return crm.Cooperation{}, false, err
	}
	var same []crm.Cooperation
	for _, c := range page.Items {
		profile, _ := one.Profile(c.Profile)
		if c.Imported != nil && c.Period.Start == d.period.Start && profile.Platform == d.platform {
			same = append(same, c)
		}
	}
	return first(same), len(same) == 1 && page.Next == "", nil
}

func first[E any](s []E) E {
	if len(s) == 0 {
		var none E
		return none
	}
	return s[0]
}

// reject takes a row out after all.
func (p *planner) reject(d *deal, f Field, code, format string, args ...any) {
	c := p.rows.columns[f]
	d.verdict = Rejected
	d.problems = append(d.problems, Remark{Code: code, Column: c.Letter, Header: c.Header, Message: fmt.Sprintf(format, args...)})
}
