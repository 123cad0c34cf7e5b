package sheetimport

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// exportRow is a cooperation with those of the records around it of which its row speaks.
type exportRow struct {
	crm.Cooperation
	campaign    string
	influencer  crm.Influencer
	profile     crm.Profile
	responsible string
}

// around are the records around the cooperations of a page.
type around struct {
	campaigns   map[crm.CampaignID]string
	influencers map[crm.InfluencerID]crm.Influencer
	members     map[crm.MemberID]string
}

func (a around) row(c crm.Cooperation) exportRow {
	one := a.influencers[c.Influencer]
	profile, _ := one.Profile(c.Profile)
	return exportRow{c, a.campaigns[c.Campaign], one, profile, a.members[c.Responsible]}
}

// around reads the records around the cooperations of a page.
func (x *exporter) around(ctx context.Context, page []crm.Cooperation) (around, error) {
	a := around{map[crm.CampaignID]string{}, map[crm.InfluencerID]crm.Influencer{}, map[crm.MemberID]string{}}
	campaigns, err := x.reader.Campaigns().GetAll(ctx, idsOf(page, func(c crm.Cooperation) crm.CampaignID { return c.Campaign }))
	if err != nil {
		return a, err
	}
	for _, c := range campaigns {
		a.campaigns[c.ID] = c.Name
	}
	influencers, err := x.reader.Influencers().GetAll(ctx, idsOf(page, func(c crm.Cooperation) crm.InfluencerID { return c.Influencer }))
	if err != nil {
		return a, err
	}
	for _, i := range influencers {
		a.influencers[i.ID] = i
	}
	members, err := x.reader.Members().GetAll(ctx, idsOf(page, func(c crm.Cooperation) crm.MemberID { return c.Responsible }))
	if err != nil {
		return a, err
	}
	for _, m := range members {
		a.members[m.ID] = m.Name
	}
	return a, nil
}

// idsOf lists the ids that the cooperations of a page name, each once.
func idsOf[R any](page []crm.Cooperation, of func(crm.Cooperation) crm.ID[R]) []crm.ID[R] {
	seen := map[crm.ID[R]]bool{}
	var ids []crm.ID[R]
	for _, c := range page {
		if id := of(c); !id.IsZero() && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// exportCell is a cell as its text, which the import reads, and as what a workbook makes of it.
type exportCell struct {
	text   string
	date   budget.Date // of a cell that is a date
	number bool        // the text is a number in plain digits
	digits int         // after the point, as shown
}

// cell is what a row says about a field.
func (r exportRow) cell(f Field) exportCell {
	switch f {
	case FieldStart:
		return dateCell(r.Period.Start)
	case FieldEnd:
		return dateCell(r.Period.End)
	case FieldCancelledOn:
		if r.Cancellation != nil {
			return dateCell(r.Cancellation.On)
		}
	case FieldCost:
		return amountCell(r.Cost)
	case FieldCancellationFee:
		if r.Cancellation != nil {
			return amountCell(r.Cancellation.Fee)
		}
	case FieldFollowers:
		if r.profile.Followers != nil {
			return exportCell{text: strconv.FormatInt(r.profile.Followers.Count, 10), number: true}
		}
	default:
		return exportCell{text: r.text(f)}
	}
	return exportCell{}
}

// text is what a row says about a field that is no date and no number.
func (r exportRow) text(f Field) string {
	switch f {
	case FieldCampaign:
		return r.campaign
	case FieldInfluencer:
		return r.influencer.Name
	case FieldHandle:
		if h := r.profile.Handle; isNothing(h) && h != "" || isNoValue(h) {
			return "@" + r.profile.Handle // a handle like "k.a." alone would say that there is none
		}
		return r.profile.Handle
	case FieldPlatform:
		return crm.PlatformName(r.profile.Platform)
	case FieldProfileLink:
		return r.profile.Link
	case FieldEmail:
		return r.influencer.Email
	case FieldPhone:
		return r.influencer.Phone
	case FieldCategory:
		return r.influencer.Category
	case FieldTags:
		return strings.Join(r.influencer.Tags, ", ")
	case FieldResponsible:
		return r.responsible
	case FieldStatus:
		return string(r.Status)
	case FieldCurrency:
		if r.Cancellation != nil {
			return string(cmp.Or(r.Cost.Currency(), r.Cancellation.Fee.Currency()))
		}
		return string(r.Cost.Currency())
	case FieldCancellationReason:
		if r.Cancellation != nil {
			return r.Cancellation.Reason
		}
	case FieldLastTouch:
		return yesOrNo(r.LastTouch)
	case FieldNotes:
		return r.Notes
	case FieldCode:
		return codesText(r.Rules)
	case FieldPercentage:
		return percentText(r.Rules)
	case FieldCRMID:
		return idText(r.Cooperation)
	}
	if u, err := utm.ParseField(string(f)); err == nil && f.isUTM() {
		return r.UTM.Get(u).String()
	}
	return ""
}

func dateCell(d budget.Date) exportCell { return exportCell{text: d.String(), date: d} }

// amountCell writes an amount without its currency, which has a column of its own. Three digits after the point could
// be thousands to a reader, so that a currency that has three decimals gets a fourth.
func amountCell(m budget.Money) exportCell {
	if !m.IsSet() {
		return exportCell{}
	}
	text, digits := m.Amount(), m.Currency().Digits()
	if digits == 3 {
		text, digits = text+"0", digits+1
	}
	return exportCell{text: text, number: true, digits: digits}
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// codesText writes discount rules as [ParseCodes] reads them.
func codesText(rules []discount.Rule) string {
	texts := make([]string, len(rules))
	for n, r := range rules {
		texts[n] = codeText(r)
	}
	return strings.Join(texts, ", ")
}

// codeText writes a rule in the first way in which it is read back as it is: the code alone, as in Klar's sheets, the
// rule in words, or the rule with its pattern in quotation marks.
func codeText(r discount.Rule) string {
	words := r.String()
	for _, text := range []string{r.Pattern, words} {
		if back, err := ParseCodes(text); !isNoValue(text) && err == nil && len(back) == 1 && back[0].Match == r.Match && back[0].Pattern == r.Pattern {
			return text
		}
	}
	return strings.TrimSuffix(words, r.Pattern) + strconv.Quote(r.Pattern)
}

// percentText is what all the codes of a cooperation take off, if that is one percentage; a sheet has one column for it.
func percentText(rules []discount.Rule) string {
	if len(rules) == 0 || slices.ContainsFunc(rules, func(r discount.Rule) bool { return !r.Benefit.Equal(rules[0].Benefit) }) {
		return ""
	}
	of := rules[0].Benefit
	if of.Kind != discount.Percentage {
		return ""
	}
	for _, text := range []string{of.Value.String() + "%", of.Value.String() + "0%"} { // three decimals could be thousands
		if back, _, err := ParsePercent(text); err == nil && back.Equal(of.Value) {
			return text
		}
	}
	return ""
}
