package column

import (
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
)

// labels are what sentences call the fields of which a sheet can have one column only.
var labels = map[Field]string{
	Campaign: "the campaign", CampaignBudget: "the campaign budget", RevenueTarget: "the revenue target",
	Influencer: "the influencer", FirstName: "the first name", LastName: "the last name", Handle: "the handle",
	Platform: "the platform", ProfileLink: "the profile link", Followers: "the followers", Email: "the email",
	Phone: "the phone", Category: "the category", Tags: "the tags", Responsible: "the responsible",
	Status: "the status", Start: "the start", End: "the end", Cost: "the cost", Currency: "the currency",
	LastTouch: "the last touch", Notes: "the notes", TrackingLink: "the tracking link",
	Code: "the code", Match: "the match", Percentage: "the percentage", CancelledOn: "the cancelled on",
	CancellationFee: "the cancellation fee", CancellationReason: "the cancellation reason",
	CRMID: "the crm id", ImportStatus: "the import status",
}

// label is the field as the object of a sentence.
func (f Field) label() sentence.Sentence {
	if label, ok := labels[f]; ok {
		return sentence.Of(label)
	}
	return sentence.Of("the %s", strings.ReplaceAll(string(f), "_", " "))
}
