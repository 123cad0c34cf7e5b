package tables

import (
	"database/sql"
	"errors"
	"strconv"
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
	partners := sq.Select(together(idText("id"), "name"), "category", "tags", "profiles").From(s.Influencers.name)
	cooperations := sq.Select(
		together(idText("id"), idText("campaign_id"), idText("influencer_id"), refText("profile_id"), refText("responsible_id"), "name"),
		together("status", "spread", "cost_currency"),
		together("start_day", "end_day"),
		"cost_minor",
		"CASE WHEN cancelled THEN "+together("cancelled_on", "cancel_status", "fee_currency", "fee_minor")+" END").
		From(s.Cooperations.name)
	return PlanStatements{
		Partners:     s.text(partners.Where(tenant, 0)),
		Cooperations: s.text(cooperations.Where(tenant, 0)),
	}
}

// together makes one column of several in which no blank stands, but for the last. On SQLite half the time of a plan went
// into asking for its 16 columns, each of which is three calls of the database, with a mutex each; see BenchmarkReport.
func together(columns ...string) string { return strings.Join(columns, " || ' ' || ") }

// apart reads a column that together has made.
func (d *decoder) apart(column, text string, parts ...*string) {
	for _, part := range parts[:len(parts)-1] {
		before, after, found := strings.Cut(text, " ")
		if !found {
			d.bad(column, errors.New("lacks a part"))
			return
		}
		*part, text = before, after
	}
	*parts[len(parts)-1] = text
}

// idText is an id as text, and refText a reference, "" for none. PostgreSQL keeps both in another form.
func idText(column string) string  { return "CAST(" + column + " AS text)" }
func refText(column string) string { return "COALESCE(" + idText(column) + ", '')" }

// PlanPartnerRow is the row of an influencer. Named is its id and its name.
type PlanPartnerRow struct{ Named, Category, Tags, Profiles string }

// Dest are pointers to the columns that Partners selects.
func (row *PlanPartnerRow) Dest() []any {
	return []any{&row.Named, &row.Category, &row.Tags, &row.Profiles}
}

// PlanPartners are the influencers of a plan. Texts that many rows share, such as platforms, are kept once, and
// nothing keeps the texts of rows.
type PlanPartners struct {
	byID  map[crm.InfluencerID]*planPartner
	block []planPartner // the last ones; full blocks are not copied when others come
	texts map[string]string
	tags  map[string][]string // by their JSON
	words map[string]planWords
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
	return &PlanPartners{byID: map[crm.InfluencerID]*planPartner{}, texts: map[string]string{}, tags: map[string][]string{},
		words: map[string]planWords{}}
}

// Add adds the influencer of a row.
func (p *PlanPartners) Add(row *PlanPartnerRow) (crm.InfluencerID, error) {
	var d decoder
	var text, name string
	d.apart("id and name", row.Named, &text, &name)
	id := decodeID[crm.Influencer](&d, "id", text)
	if len(p.block) == cap(p.block) {
		p.block = make([]planPartner, 0, planBlock)
	}
	p.block = append(p.block, planPartner{name: strings.Clone(name), category: p.shared(row.Category)})
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
	Named        string // the ids of the cooperation, its campaign, influencer, profile and responsible member, and its name
	Words        string // status, spread and currency
	Days         string // start and end
	CostMinor    int64
	Cancellation sql.NullString // day, status, and the fee's currency and amount
}

// Dest are pointers to the columns that Cooperations selects.
func (row *PlanCooperationRow) Dest() []any {
	return []any{&row.Named, &row.Words, &row.Days, &row.CostMinor, &row.Cancellation}
}

// PlanRow makes a row of the plan, with what is known of its influencer.
func (row *PlanCooperationRow) PlanRow(partners *PlanPartners) (crm.PlanRow, error) {
	var d decoder
	var id, campaign, influencer, profile, responsible, name, start, end string
	d.apart("ids and name", row.Named, &id, &campaign, &influencer, &profile, &responsible, &name)
	d.apart("days", row.Days, &start, &end)
	words := partners.wordsOf(&d, row.Words)
	p := crm.PlanRow{
		Cooperation:  decodeID[crm.Cooperation](&d, "id", id),
		Campaign:     decodeID[crm.Campaign](&d, "campaign_id", campaign),
		Influencer:   decodeID[crm.Influencer](&d, "influencer_id", influencer),
		Profile:      decodeID[crm.Profile](&d, "profile_id", profile),
		Responsible:  decodeID[crm.Member](&d, "responsible_id", responsible),
		Name:         strings.Clone(name), // without the ids
		Status:       words.status,
		Period:       budget.Period{Start: d.date("start_day", start), End: d.date("end_day", end)},
		Cost:         budget.FromMinor(row.CostMinor, words.currency),
		Spread:       words.spread,
		Cancellation: d.cancellation(row.Cancellation),
	}
	if partner := partners.byID[p.Influencer]; partner != nil {
		p.InfluencerName, p.Category, p.Tags = partner.name, partner.category, partner.tags
		p.Platform = partner.platform(p.Profile)
	}
	return p, d.err
}

// planWords are the words of a cooperation, in each of which is one of a few.
type planWords struct {
	status   crm.Status
	spread   budget.Spread
	currency budget.Currency
}

func (p *PlanPartners) wordsOf(d *decoder, text string) planWords {
	words, known := p.words[text]
	if !known {
		text = strings.Clone(text)
		var status, spread, currency string
		d.apart("words", text, &status, &spread, &currency)
		words = planWords{crm.Status(status), budget.Spread(spread), budget.Currency(currency)}
		p.words[text] = words
	}
	return words
}

// cancellation is nil if the column is NULL.
func (d *decoder) cancellation(column sql.NullString) *crm.Cancellation {
	if !column.Valid {
		return nil
	}
	var on, status, currency, minor string
	d.apart("cancellation", column.String, &on, &status, &currency, &minor)
	fee, err := strconv.ParseInt(minor, 10, 64)
	d.bad("fee_minor", err)
	return &crm.Cancellation{On: d.date("cancelled_on", on), Fee: budget.FromMinor(fee, budget.Currency(currency)), Status: crm.Status(status)}
}
