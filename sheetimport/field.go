package sheetimport

import "strings"

// Field is what a column of a sheet means.
type Field string

// The meanings that a column can have.
const (
	FieldCampaign       Field = "campaign"
	FieldCampaignBudget Field = "campaign_budget"
	FieldRevenueTarget  Field = "revenue_target"

	FieldInfluencer  Field = "influencer" // the full name
	FieldFirstName   Field = "first_name"
	FieldLastName    Field = "last_name"
	FieldHandle      Field = "handle"
	FieldPlatform    Field = "platform"
	FieldProfileLink Field = "profile_link"
	FieldFollowers   Field = "followers"
	FieldEmail       Field = "email"
	FieldPhone       Field = "phone"
	FieldCategory    Field = "category"
	FieldTags        Field = "tags"
	FieldResponsible Field = "responsible"

	// FieldCancelledOn is the day of a cancellation. A row that has it is cancelled, and its status is the one before.
	FieldCancelledOn        Field = "cancelled_on"
	FieldCancellationFee    Field = "cancellation_fee"
	FieldCancellationReason Field = "cancellation_reason"

	FieldStatus    Field = "status" // of the deal: draft, negotiating, signed or cancelled
	FieldStart     Field = "start"
	FieldEnd       Field = "end"
	FieldCost      Field = "cost"
	FieldCurrency  Field = "currency"
	FieldLastTouch Field = "last_touch"
	FieldNotes     Field = "notes"

	FieldUTMSource    Field = "utm_source"
	FieldUTMMedium    Field = "utm_medium"
	FieldUTMCampaign  Field = "utm_campaign"
	FieldUTMTerm      Field = "utm_term"
	FieldUTMContent   Field = "utm_content"
	FieldTrackingLink Field = "tracking_link" // a link that carries the UTM parameters

	FieldCode       Field = "code"       // discount codes or rules
	FieldMatch      Field = "match"      // how the code is compared: equals, contains …
	FieldPercentage Field = "percentage" // what the code takes off

	// FieldCRMID is what an export wrote to name the cooperation of the row: its id and version.
	FieldCRMID Field = "crm_id"
	// FieldImportStatus is what an import wrote beside each row. It is output only: a row in which nothing else
	// stands is blank.
	FieldImportStatus Field = "import_status"
	// FieldCustom is a column that none of the other meanings fits.
	FieldCustom Field = "custom"
	// FieldIgnored is a column that a [Mapping] leaves out.
	FieldIgnored Field = "ignored"
)

// Fields lists all fields, for a form in which somebody chooses what a column means.
func Fields() []Field {
	return []Field{
		FieldCampaign, FieldCampaignBudget, FieldRevenueTarget,
		FieldInfluencer, FieldFirstName, FieldLastName, FieldHandle, FieldPlatform, FieldProfileLink, FieldFollowers,
		FieldEmail, FieldPhone, FieldCategory, FieldTags, FieldResponsible,
		FieldStatus, FieldStart, FieldEnd, FieldCost, FieldCurrency, FieldLastTouch, FieldNotes,
		FieldUTMSource, FieldUTMMedium, FieldUTMCampaign, FieldUTMTerm, FieldUTMContent, FieldTrackingLink,
		FieldCode, FieldMatch, FieldPercentage,
		FieldCancelledOn, FieldCancellationFee, FieldCancellationReason, FieldCRMID,
		FieldImportStatus, FieldCustom, FieldIgnored,
	}
}

func fieldNames() string {
	names := make([]string, len(Fields()))
	for n, f := range Fields() {
		names[n] = string(f)
	}
	return strings.Join(names, ", ")
}

func (f Field) isMoney() bool {
	return f == FieldCost || f == FieldCancellationFee || f == FieldCampaignBudget || f == FieldRevenueTarget
}

func (f Field) isUTM() bool {
	switch f {
	case FieldUTMSource, FieldUTMMedium, FieldUTMCampaign, FieldUTMTerm, FieldUTMContent:
		return true
	}
	return false
}
