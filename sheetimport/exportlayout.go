package sheetimport

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// exportColumn is a column of an exported sheet: one field, or the custom field with a name.
type exportColumn struct {
	header string // in row 3
	about  string // in row 1
	field  Field
	custom string
}

func (c exportColumn) cell(r exportRow) exportCell {
	if c.field == FieldCustom {
		return exportCell{text: r.Custom[c.custom]}
	}
	return r.cell(c.field)
}

// klarColumns are the columns of Klar's template, A to AJ. Those that the CRM has no field for hold the custom field of
// the same name. AJ is Klar's to write.
var klarColumns = []exportColumn{
	{header: "Campaign Name", about: "Campaign or month", field: FieldCampaign},
	{header: "Influencer/Affiliate Name", about: "Full name", field: FieldInfluencer},
	{header: "Handle", about: "Profile name on the platform", field: FieldHandle},
	{header: "Platform", about: "Where it takes place", field: FieldPlatform},
	{header: "Category", field: FieldCategory},
	{header: "Profile Link", field: FieldProfileLink},
	{header: "Followers", field: FieldFollowers},
	{header: "Content Format", field: FieldCustom},
	{header: "Posting Date", about: "First day", field: FieldStart},
	{header: "End Date", about: "Last day", field: FieldEnd},
	{header: "Fixed Costs", about: "Net amount", field: FieldCost},
	{header: "Variable Cost - Percentage", field: FieldCustom},
	{header: "Cost Reference - Percentage", field: FieldCustom},
	{header: "Product Costs", field: FieldCustom},
	{header: "utm_source", field: FieldUTMSource},
	{header: "utm_medium", field: FieldUTMMedium},
	{header: "utm_campaign", field: FieldUTMCampaign},
	{header: "utm_term", field: FieldUTMTerm},
	{header: "utm_content", field: FieldUTMContent},
	{header: "Discount Code", about: "One code or several, separated by comma", field: FieldCode},
	{header: "Discount %", field: FieldPercentage},
	{header: "Agency", field: FieldCustom},
	{header: "Country", field: FieldCustom},
	{header: "Briefing", field: FieldCustom},
	{header: "Add Attribution Last Touch", about: "yes / no", field: FieldLastTouch},
	{header: "Custom Dimension 1", field: FieldCustom},
	{header: "Custom Dimension 2", field: FieldCustom},
	{header: "Impressions", field: FieldCustom},
	{header: "Link Clicks", field: FieldCustom},
	{header: "Likes", field: FieldCustom},
	{header: "Saves", field: FieldCustom},
	{header: "Story Views", field: FieldCustom},
	{header: "Language", field: FieldCustom},
	{header: "Contact Email", field: FieldEmail},
	{header: "Notes", field: FieldNotes},
	{header: "Status", about: "Result of the last import", field: FieldImportStatus},
}

// furtherColumns hold what the CRM knows and Klar's template has no column for. They stand after it.
var furtherColumns = []exportColumn{
	{header: "Deal Status", about: "draft, negotiating or signed", field: FieldStatus},
	{header: "Currency", about: "Of the amounts", field: FieldCurrency},
	{header: "Cancelled On", about: "Day of the cancellation, if there is one", field: FieldCancelledOn},
	{header: "Cancellation Fee", field: FieldCancellationFee},
	{header: "Cancellation Reason", field: FieldCancellationReason},
	{header: "Responsible", about: "Member of the team", field: FieldResponsible},
	{header: "Tags", about: "Separated by comma", field: FieldTags},
	{header: "Phone", field: FieldPhone},
	{header: "CRM ID", about: "By which an import knows the cooperation; do not change", field: FieldCRMID},
}

// sectionTitle stands above the first column, in row 2 of Klar's template.
const sectionTitle = "Campaign & partner details"

// maxCustomColumns is how many columns an import reads beside the others.
var maxCustomColumns = DefaultMaxColumns - len(klarColumns) - len(furtherColumns)

// layOut decides the columns: those that every export has, and one for each custom field of the cooperations. It reads
// them once for that, since the header stands above all rows.
func (x *exporter) layOut(ctx context.Context, f crm.CooperationFilter) error {
	x.tooLong = map[string]int{}
	x.columns = slices.Concat(klarColumns, furtherColumns)
	named := map[string]bool{}
	for n, c := range x.columns {
		if c.field == FieldCustom {
			x.columns[n].custom = c.header
			named[c.header] = true
		}
	}
	further, leftOut := map[string]string{}, map[string]bool{} // headers by name; names
	err := eachPage(ctx, x.reader.Cooperations(), f, func(page []crm.Cooperation) error {
		for _, c := range page {
			for _, name := range slices.Sorted(maps.Keys(c.Custom)) {
				if named[name] {
					continue
				}
				header, ok := customHeader(name)
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
		x.columns = append(x.columns, exportColumn{header: further[name], field: FieldCustom, custom: name})
	}
	if len(leftOut) > 0 {
		x.exported.Notes = append(x.exported.Notes, Note{"custom_fields_left_out", fmt.Sprintf(
			"a sheet has room for %d custom fields with readable names; left out are: %s", maxCustomColumns, quotedList(leftOut))})
	}
	return nil
}

// quotedList lists the names, at most maxNamed of them.
func quotedList(names map[string]bool) string {
	var quoted []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		quoted = append(quoted, fmt.Sprintf("%q", shorten(name)))
	}
	if len(quoted) > maxNamed {
		quoted = append(quoted[:maxNamed], "and others")
	}
	return strings.Join(quoted, ", ")
}

// customMark begins the header of a custom field whose own name would mean something else.
const customMark = "Custom: "

// customHeader is the header under which an import finds the custom field of a name: the name itself or, where a header
// of that name means another field or is not read as it stands, the name with a mark. It is false for a name that no
// header can carry.
func customHeader(name string) (header string, ok bool) {
	for _, header := range []string{name, customMark + name} {
		field, _ := lookUp(header)
		marked := strings.HasPrefix(header, customMark)
		if (marked || field == FieldCustom && header != "profile_name") && customName(trim(header)) == name {
			return header, true
		}
	}
	return "", false
}

// writeHead writes the three rows above the data.
func (x *exporter) writeHead() error {
	about, section, headers := make([]exportCell, len(x.columns)), make([]exportCell, len(x.columns)), make([]exportCell, len(x.columns))
	section[0].text = sectionTitle
	for n, c := range x.columns {
		about[n].text, headers[n].text = c.about, c.header
	}
	for _, row := range [][]exportCell{about, section, headers} {
		if err := x.writer.row(row); err != nil {
			return err
		}
	}
	return nil
}
