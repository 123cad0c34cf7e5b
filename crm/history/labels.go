package history

import (
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// labels are what people call the fields of records, by their JSON names, as the object of a sentence. A field that is
// missing here, of another version of this program, is called by its JSON name.
var labels = map[string]string{
	"archived_on":     "the day of archiving",
	"budget":          "the budget",
	"campaign":        "the campaign",
	"category":        "the category",
	"code_comparison": "the way the shop compares codes",
	"cost":            "the cost",
	"currency":        "the currency",
	"custom":          "the custom fields",
	"email":           "the email",
	"end":             "the end",
	"forecast":        "the forecast weights",
	"ignored_codes":   "the ignored codes",
	"imported":        "the values of its row in the sheet",
	"influencer":      "the influencer",
	"last_touch":      "the last touch",
	"month_budgets":   "the month budgets",
	"name":            "the name",
	"name_mode":       "the way it is named",
	"notes":           "the notes",
	"period":          "the period",
	"phone":           "the phone",
	"phone_e164":      "the international form of the phone number",
	"picture":         "the picture",
	"profile":         "the profile",
	"profiles":        "the profiles",
	"responsible":     "the responsible member",
	"revenue_target":  "the revenue target",
	"rules":           "the discount rules",
	"rules_origin":    "the origin of the discount rules",
	"sources":         "the data sources",
	"spread":          "the spread",
	"start":           "the start",
	"status":          "the status",
	"tags":            "the tags",
	"tail_days":       "the tail days",
	"time_zone":       "the time zone",
	"utm":             "the UTM parameters",
	"utm_origins":     "the origins of the UTM parameters",
}

func label(field string) sentence.Sentence {
	if l, ok := labels[field]; ok {
		return sentence.Of(l)
	}
	return sentence.Of("the %s", oneLine(strings.ReplaceAll(field, "_", " ")))
}

// listLabels are the lists of texts: one item, and the order of all.
var listLabels = map[string]struct{ item, order string }{
	"tags":          {"the tag", "the order of the tags"},
	"ignored_codes": {"the ignored code", "the order of the ignored codes"},
}

// recordLabels are the kinds of records.
var recordLabels = map[crm.Kind]string{
	crm.KindWorkspace: "the workspace", crm.KindMember: "the member", crm.KindCampaign: "the campaign",
	crm.KindInfluencer: "the influencer", crm.KindCooperation: "the cooperation", crm.KindImportRun: "the import run",
}

func recordLabel(k crm.Kind) sentence.Sentence {
	if l, ok := recordLabels[k]; ok {
		return sentence.Of(l)
	}
	return sentence.Of("the %s", oneLine(string(k)))
}
