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
	partners := sq.Select("id", "category", "tags", "profiles").From(s.Influencers.name)
	cooperations := sq.Select("id", "campaign_id", "influencer_id", "profile_id", "responsible_id", "name", "status",
		"start_day", "end_day", "cost_minor", "cost_currency", "spread",
		"cancelled", "cancelled_on", "fee_minor", "fee_currency", "cancel_status").From(s.Cooperations.name)
	return PlanStatements{
		Partners:     s.text(partners.Where(tenant, 0)),
		Cooperations: s.text(cooperations.Where(tenant, 0)),
	}
}

// PlanPartnerRow is the row of an influencer.
type PlanPartnerRow struct{ ID, Category, Tags, Profiles string }

// Dest are pointers to the columns that Partners selects.
func (row *PlanPartnerRow) Dest() []any {
	return []any{&row.ID, &row.Category, &row.Tags, &row.Profiles}
}

// PlanPartners are the influencers of a plan. Categories, tags and platforms, which many share, are kept once, and
// nothing keeps the texts of rows.
type PlanPartners struct {
	byID  map[crm.InfluencerID]planPartner
	texts map[string]string
}

type planPartner struct {
	category string
	tags     []string
	profiles []planProfile
}

type planProfile struct {
	id       crm.ProfileID
	platform string
}

// NewPlanPartners makes an empty set.
func NewPlanPartners() *PlanPartners {
	return &PlanPartners{byID: map[crm.InfluencerID]planPartner{}, texts: map[string]string{}}
}

// Add adds the influencer of a row.
func (p *PlanPartners) Add(row *PlanPartnerRow) (crm.InfluencerID, error) {
	var d decoder
	id := decodeID[crm.Influencer](&d, "id", row.ID)
	partner := planPartner{category: p.shared(row.Category), tags: d.tags("tags", row.Tags)}
	for n, tag := range partner.tags {
		partner.tags[n] = p.shared(tag)
	}
	d.nested("profiles", row.Profiles, func(r *jsonReader) {
		r.array(func() { partner.profiles = append(partner.profiles, p.profile(r)) })
	})
	p.byID[id] = partner
	return id, d.err
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
	kept, known := p.texts[text]
	if !known {
		kept = strings.Clone(text)
		p.texts[kept] = kept
	}
	return kept
}

// PlanCooperationRow is the row of a cooperation.
type PlanCooperationRow struct {
	ID, Campaign, Influencer     string
	Profile, Responsible         sql.NullString
	Name, Status                 string
	StartDay, EndDay             string
	CostMinor                    int64
	CostCurrency, Spread         string
	Cancelled                    bool
	CancelledOn                  string
	FeeMinor                     int64
	FeeCurrency, CancelledStatus string
}

// Dest are pointers to the columns that Cooperations selects.
func (row *PlanCooperationRow) Dest() []any {
	return []any{
		&row.ID, &row.Campaign, &row.Influencer, &row.Profile, &row.Responsible, &row.Name, &row.Status,
		&row.StartDay, &row.EndDay, &row.CostMinor, &row.CostCurrency, &row.Spread,
		&row.Cancelled, &row.CancelledOn, &row.FeeMinor, &row.FeeCurrency, &row.CancelledStatus,
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
		Status:      crm.Status(row.Status),
		Period:      budget.Period{Start: d.date("start_day", row.StartDay), End: d.date("end_day", row.EndDay)},
		Cost:        budget.FromMinor(row.CostMinor, budget.Currency(row.CostCurrency)),
		Spread:      budget.Spread(row.Spread),
	}
	if row.Cancelled {
		p.Cancellation = &crm.Cancellation{
			On:     d.date("cancelled_on", row.CancelledOn),
			Fee:    budget.FromMinor(row.FeeMinor, budget.Currency(row.FeeCurrency)),
			Status: crm.Status(row.CancelledStatus),
		}
	}
	partner := partners.byID[p.Influencer]
	p.Category, p.Tags = partner.category, partner.tags
	for _, profile := range partner.profiles {
		if profile.id == p.Profile && !p.Profile.IsZero() {
			p.Platform = profile.platform
			break
		}
	}
	return p, d.err
}
