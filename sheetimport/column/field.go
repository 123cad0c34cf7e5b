package column

import (
	"strings"
)

// Field is what a column of a sheet means.
type Field string

// The meanings that a column can have.
const (
	Campaign       Field = "campaign"
	CampaignBudget Field = "campaign_budget"
	RevenueTarget  Field = "revenue_target"
	CampaignStart  Field = "campaign_start"
	CampaignEnd    Field = "campaign_end"

	// Month is the month of a row in a table of budgets; no column of a sheet of cooperations has it.
	Month Field = "month"

	Influencer  Field = "influencer" // the full name
	FirstName   Field = "first_name"
	LastName    Field = "last_name"
	Handle      Field = "handle"
	Platform    Field = "platform"
	ProfileLink Field = "profile_link"
	Followers   Field = "followers"
	Email       Field = "email"
	Phone       Field = "phone"
	Category    Field = "category"
	Tags        Field = "tags"
	Responsible Field = "responsible"

	// CancelledOn is the day of a cancellation. A row that has it is cancelled, and its status is the one before.
	CancelledOn        Field = "cancelled_on"
	CancellationFee    Field = "cancellation_fee"
	CancellationReason Field = "cancellation_reason"

	Status    Field = "status" // of the cooperation: draft, negotiating, signed or cancelled
	Start     Field = "start"
	End       Field = "end"
	Cost      Field = "cost"
	Currency  Field = "currency"
	LastTouch Field = "last_touch"
	Notes     Field = "notes"

	UTMSource    Field = "utm_source"
	UTMMedium    Field = "utm_medium"
	UTMCampaign  Field = "utm_campaign"
	UTMTerm      Field = "utm_term"
	UTMContent   Field = "utm_content"
	TrackingLink Field = "tracking_link" // a link that carries the UTM parameters

	Code       Field = "code"       // discount codes or rules
	Match      Field = "match"      // how the code is compared: equals, contains …
	Percentage Field = "percentage" // what the code takes off

	// CRMID is what an export wrote to name the cooperation of the row: its id and version.
	CRMID Field = "crm_id"
	// ImportStatus is what an import wrote beside each row. It is output only: a row in which nothing else
	// stands is blank.
	ImportStatus Field = "import_status"
	// Custom is a column that none of the other meanings fits.
	Custom Field = "custom"
	// Ignored is a column that a [Mapping] leaves out.
	Ignored Field = "ignored"
)

// Fields lists all fields, for a form in which somebody chooses what a column means.
func Fields() []Field {
	return []Field{
		Campaign, CampaignBudget, RevenueTarget, CampaignStart, CampaignEnd, Month,
		Influencer, FirstName, LastName, Handle, Platform, ProfileLink, Followers,
		Email, Phone, Category, Tags, Responsible,
		Status, Start, End, Cost, Currency, LastTouch, Notes,
		UTMSource, UTMMedium, UTMCampaign, UTMTerm, UTMContent, TrackingLink,
		Code, Match, Percentage,
		CancelledOn, CancellationFee, CancellationReason, CRMID,
		ImportStatus, Custom, Ignored,
	}
}

func fieldNames() string {
	names := make([]string, len(Fields()))
	for n, f := range Fields() {
		names[n] = string(f)
	}
	return strings.Join(names, ", ")
}

// IsMoney reports whether the cells of a field are amounts.
func (f Field) IsMoney() bool {
	return f == Cost || f == CancellationFee || f == CampaignBudget || f == RevenueTarget
}

// IsDate reports whether the cells of a field are dates.
func (f Field) IsDate() bool {
	return f == Start || f == End || f == CampaignStart || f == CampaignEnd || f == CancelledOn
}

// IsUTM reports whether a field is one of the five UTM parameters.
func (f Field) IsUTM() bool {
	switch f {
	case UTMSource, UTMMedium, UTMCampaign, UTMTerm, UTMContent:
		return true
	}
	return false
}

// hasVersions reports whether a field is one that changes until a deal is done, in columns of their own. A day is a part of what
// makes a row known again, so that one which is filled in later must not take its place.
func (f Field) hasVersions() bool { return f == Cost || f == Status }
