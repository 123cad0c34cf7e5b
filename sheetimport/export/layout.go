package export

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// layoutColumn is a column of an exported sheet: one field, or the custom field with a name.
type layoutColumn struct {
	header string // in row 3
	about  string // in row 1
	field  column.Field
	custom string
}

func (c layoutColumn) cell(r records.Row) records.Cell {
	if c.field == column.Custom {
		return records.Cell{Text: r.Custom[c.custom]}
	}
	return r.Cell(c.field)
}

// klarColumns are the columns of Klar's template, A to AJ. Those that the CRM has no field for hold the custom field of
// the same name. AJ is Klar's to write.
var klarColumns = []layoutColumn{
	{header: "Campaign Name", about: "Campaign or month", field: column.Campaign},
	{header: "Influencer/Affiliate Name", about: "Full name", field: column.Influencer},
	{header: "Handle", about: "Profile name on the platform", field: column.Handle},
	{header: "Platform", about: "Where it takes place", field: column.Platform},
	{header: "Category", field: column.Category},
	{header: "Profile Link", field: column.ProfileLink},
	{header: "Followers", field: column.Followers},
	{header: "Content Format", field: column.Custom},
	{header: "Posting Date", about: "First day", field: column.Start},
	{header: "End Date", about: "Last day", field: column.End},
	{header: "Fixed Costs", about: "Net amount", field: column.Cost},
	{header: "Variable Cost - Percentage", field: column.Custom},
	{header: "Cost Reference - Percentage", field: column.Custom},
	{header: "Product Costs", field: column.Custom},
	{header: "utm_source", field: column.UTMSource},
	{header: "utm_medium", field: column.UTMMedium},
	{header: "utm_campaign", field: column.UTMCampaign},
	{header: "utm_term", field: column.UTMTerm},
	{header: "utm_content", field: column.UTMContent},
	{header: "Discount Code", about: "One code or several, separated by comma", field: column.Code},
	{header: "Discount %", field: column.Percentage},
	{header: "Agency", field: column.Custom},
	{header: "Country", field: column.Custom},
	{header: "Briefing", field: column.Custom},
	{header: "Add Attribution Last Touch", about: "yes / no", field: column.LastTouch},
	{header: "Custom Dimension 1", field: column.Custom},
	{header: "Custom Dimension 2", field: column.Custom},
	{header: "Impressions", field: column.Custom},
	{header: "Link Clicks", field: column.Custom},
	{header: "Likes", field: column.Custom},
	{header: "Saves", field: column.Custom},
	{header: "Story Views", field: column.Custom},
	{header: "Language", field: column.Custom},
	{header: "Contact Email", field: column.Email},
	{header: "Notes", field: column.Notes},
	{header: "Status", about: "Result of the last import", field: column.ImportStatus},
}

// furtherColumns hold what the CRM knows and Klar's template has no column for. They stand after it.
var furtherColumns = []layoutColumn{
	{header: "Deal Status", about: "draft, negotiating or signed", field: column.Status},
	{header: "Currency", about: "Of the amounts", field: column.Currency},
	{header: "Cancelled On", about: "Day of the cancellation, if there is one", field: column.CancelledOn},
	{header: "Cancellation Fee", field: column.CancellationFee},
	{header: "Cancellation Reason", field: column.CancellationReason},
	{header: "Responsible", about: "Member of the team", field: column.Responsible},
	{header: "Tags", about: "Separated by comma", field: column.Tags},
	{header: "Phone", field: column.Phone},
	{header: "CRM ID", about: "By which an import knows the cooperation; do not change", field: column.CRMID},
	{header: "Campaign Budget", about: "Of the whole campaign", field: column.CampaignBudget},
	{header: "Revenue Target", about: "Of the whole campaign", field: column.RevenueTarget},
	{header: "Campaign Start", about: "First day of the campaign", field: column.CampaignStart},
	{header: "Campaign End", about: "Last day of the campaign", field: column.CampaignEnd},
}

// sectionTitle stands above the first column, in row 2 of Klar's template.
const sectionTitle = "Campaign & partner details"

// maxCustomColumns is how many columns an import reads beside the others.
var maxCustomColumns = sheet.DefaultMaxColumns - len(klarColumns) - len(furtherColumns)

// layOut decides the columns: those that every export has, and one for each custom field of the cooperations. It reads
// them once for that, since the header stands above all rows.
func (x *exporter) layOut(ctx context.Context, f crm.CooperationFilter) error {
	x.tooLong = map[string]int{}
	x.columns = slices.Concat(klarColumns, furtherColumns)
	named := map[string]bool{}
	for n, c := range x.columns {
		if c.field == column.Custom {
			x.columns[n].custom = c.header
			named[c.header] = true
		}
	}
	further, leftOut := map[string]string{}, map[string]bool{} // headers by name; names
	err := crm.EachPage(ctx, x.reader.Cooperations(), f, crm.MaxPageSize, func(page []crm.Cooperation) error {
		for _, c := range page {
			for _, name := range slices.Sorted(maps.Keys(c.Custom)) {
				if named[name] {
					continue
				}
				header, ok := column.CustomHeader(name)
				switch {
				case further[name] != "" || leftOut[name]:
				case ok && len(further) < maxCustomColumns:
					further[name] = header
				case len(leftOut) <= maxNamed:
					leftOut[name] = true
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(further)) {
		x.columns = append(x.columns, layoutColumn{header: further[name], field: column.Custom, custom: name})
	}
	if len(leftOut) > 0 {
		x.exported.Notes = append(x.exported.Notes, sheet.Note{Code: "custom_fields_left_out", Text: sentence.Of(
			"a sheet has room for %d custom fields with readable names; left out are: %s", maxCustomColumns, quotedList(leftOut))})
	}
	return nil
}

// maxNamed is how many custom fields a note names.
const maxNamed = 40

// quotedList lists the names, at most maxNamed of them.
func quotedList(names map[string]bool) sentence.Sentence {
	var quoted []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		quoted = append(quoted, fmt.Sprintf("%q", texts.Shorten(name)))
	}
	if len(quoted) > maxNamed {
		return sentence.Of("%s, and others", strings.Join(quoted[:maxNamed], ", "))
	}
	return sentence.Of("%s", strings.Join(quoted, ", "))
}

// writeHead writes the three rows above the data.
func (x *exporter) writeHead() error {
	about, section, headers := make([]records.Cell, len(x.columns)), make([]records.Cell, len(x.columns)),
		make([]records.Cell, len(x.columns))
	section[0].Text = sectionTitle
	for n, c := range x.columns {
		about[n].Text, headers[n].Text = c.about, c.header
	}
	for _, row := range [][]records.Cell{about, section, headers} {
		if err := x.writer.row(row); err != nil {
			return err
		}
	}
	return nil
}
