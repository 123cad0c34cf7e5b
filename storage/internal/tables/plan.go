package tables

import (
	"database/sql"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// PlanStatements read what planning reports are made of: some columns of all influencers, and then of all
// cooperations. Two statements are quicker than one that looks an influencer up for each cooperation.
type PlanStatements struct {
	Partners     string // reads PlanPartnerRows
	Cooperations string // reads PlanCooperationRows
}

func planStatements(s *Schema) PlanStatements {
	partners := sq.Select("id", "name", "category", "tags", "profiles").From(s.Influencers.name)
	// A NULL is read in no time, and few cooperations are cancelled.
	cooperations := sq.Select("id", "campaign_id", "influencer_id", "profile_id", "responsible_id", "name", "status",
		"start_day", "end_day", "cost_minor", "cost_currency", "spread",
		ifCancelled("cancelled_on"), ifCancelled("fee_minor"), ifCancelled("fee_currency"), ifCancelled("cancel_status")).
		From(s.Cooperations.name)
	return PlanStatements{
		Partners:     s.text(partners.Where(tenant, 0)),
		Cooperations: s.text(cooperations.Where(tenant, 0)),
	}
}

func ifCancelled(column string) string { return "CASE WHEN cancelled THEN " + column + " END" }

// PlanPartnerRow is the row of an influencer.
type PlanPartnerRow struct{ ID, Name, Category, Tags, Profiles string }

// Dest are pointers to the columns that Partners selects.
func (row *PlanPartnerRow) Dest() []any {
	return []any{&row.ID, &row.Name, &row.Category, &row.Tags, &row.Profiles}
}

// PlanPartners are the influencers of a plan. Texts that many rows share, such as platforms, are kept once, and
// nothing keeps the texts of rows.
type PlanPartners struct {
	byID  map[crm.InfluencerID]*planPartner
	block []planPartner // the last ones; full blocks are not copied when others come
	texts map[string]string
	tags  map[string][]string // by their JSON
}

type planPartner struct {
	name     string
	category string
	tags     []string
	first    planProfile // most have one profile
	others   []planProfile
}

type planProfile struct {
	id       crm.ProfileID
	platform string
}

const planBlock = 256

// NewPlanPartners makes an empty set.
func NewPlanPartners() *PlanPartners {
	return &PlanPartners{byID: map[crm.InfluencerID]*planPartner{}, texts: map[string]string{}, tags: map[string][]string{}}
}

// Add adds the influencer of a row.
func (p *PlanPartners) Add(row *PlanPartnerRow) (crm.InfluencerID, error) {
	var d decoder
	id := decodeID[crm.Influencer](&d, "id", row.ID)
	if len(p.block) == cap(p.block) {
		p.block = make([]planPartner, 0, planBlock)
	}
	p.block = append(p.block, planPartner{name: strings.Clone(row.Name), category: p.shared(row.Category)})
	partner := &p.block[len(p.block)-1]
	p.byID[id] = partner
	if tags, known := p.tags[row.Tags]; known {
		partner.tags = tags
	} else {
		key := strings.Clone(row.Tags)
		partner.tags = d.tags("tags", key)
		p.tags[key] = partner.tags
	}
	d.nested("profiles", row.Profiles, func(r *jsonReader) {
		r.array(func() {
			if profile := p.profile(r); partner.first == (planProfile{}) {
				partner.first = profile
			} else {
				partner.others = append(partner.others, profile)
			}
		})
	})
	return id, d.err
}

// platform is that of a profile of the influencer, "" if there is none.
func (p *planPartner) platform(id crm.ProfileID) string {
	switch {
	case id.IsZero():
		return ""
	case p.first.id == id:
		return p.first.platform
	}
	for _, profile := range p.others {
		if profile.id == id {
			return profile.platform
		}
	}
	return ""
}

func (p *PlanPartners) profile(r *jsonReader) (profile planProfile) {
	r.object(func(name string) {
		switch name {
		case "id":
			profile.id = readID[crm.Profile](r)
		case "platform":
			profile.platform = p.shared(r.string())
		default:
			r.skip()
		}
	})
	return profile
}

// shared returns a text that keeps no row, the same for equal ones.
func (p *PlanPartners) shared(text string) string {
	if text == "" {
		return ""
	}
	kept, known := p.texts[text]
	if !known {
		kept = strings.Clone(text)
		p.texts[kept] = kept
	}
	return kept
}

// PlanCooperationRow is the row of a cooperation.
type PlanCooperationRow struct {
	ID, Campaign, Influencer string
	Profile, Responsible     sql.NullString
	Name, Status             string
	StartDay, EndDay         string
	CostMinor                int64
	CostCurrency, Spread     string
	CancelledOn              sql.NullString // NULL, like the others, if it is not cancelled
	FeeMinor                 sql.NullInt64
	FeeCurrency              sql.NullString
	CancelStatus             sql.NullString
}

// Dest are pointers to the columns that Cooperations selects.
func (row *PlanCooperationRow) Dest() []any {
	return []any{
		&row.ID, &row.Campaign, &row.Influencer, &row.Profile, &row.Responsible, &row.Name, &row.Status,
		&row.StartDay, &row.EndDay, &row.CostMinor, &row.CostCurrency, &row.Spread,
		&row.CancelledOn, &row.FeeMinor, &row.FeeCurrency, &row.CancelStatus,
	}
}

// PlanRow makes a row of the plan, with what is known of its influencer.
func (row *PlanCooperationRow) PlanRow(partners *PlanPartners) (crm.PlanRow, error) {
	var d decoder
	p := crm.PlanRow{
		Cooperation: decodeID[crm.Cooperation](&d, "id", row.ID),
		Campaign:    decodeID[crm.Campaign](&d, "campaign_id", row.Campaign),
		Influencer:  decodeID[crm.Influencer](&d, "influencer_id", row.Influencer),
		Profile:     decodeID[crm.Profile](&d, "profile_id", row.Profile.String),
		Responsible: decodeID[crm.Member](&d, "responsible_id", row.Responsible.String),
		Name:        row.Name,
		Status:      crm.Status(partners.shared(row.Status)),
		Period:      budget.Period{Start: d.date("start_day", row.StartDay), End: d.date("end_day", row.EndDay)},
		Cost:        budget.FromMinor(row.CostMinor, budget.Currency(partners.shared(row.CostCurrency))),
		Spread:      budget.Spread(partners.shared(row.Spread)),
	}
	if row.CancelledOn.Valid {
		p.Cancellation = &crm.Cancellation{
			On:     d.date("cancelled_on", row.CancelledOn.String),
			Fee:    budget.FromMinor(row.FeeMinor.Int64, budget.Currency(row.FeeCurrency.String)),
			Status: crm.Status(row.CancelStatus.String),
		}
	}
	if partner := partners.byID[p.Influencer]; partner != nil {
		p.InfluencerName, p.Category, p.Tags = partner.name, partner.category, partner.tags
		p.Platform = partner.platform(p.Profile)
	}
	return p, d.err
}
