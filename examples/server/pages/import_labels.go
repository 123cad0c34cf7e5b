package pages

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// verdict is the word for what becomes of a row.
func (f *face) verdict(verdict sheetimport.Verdict) string { return capital(verdict.Word().In(f.lang)) }

// capital begins a word with a capital letter.
func capital(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

// fieldLabel is what a column of a sheet, or a field that an import writes, is called. A custom field is called by its name.
func (f *face) fieldLabel(field string) string { //nolint:cyclop,funlen // a table
	if name, ok := strings.CutPrefix(field, "custom."); ok {
		return name
	}
	if month, ok := strings.CutPrefix(field, "month_budgets."); ok {
		if m, err := budget.ParseMonth(month); err == nil {
			month = f.month(m)
		}
		return f.say("Budget of %s", month)
	}
	switch field {
	case "campaign":
		return f.say("Campaign")
	case "campaign_budget", "budget":
		return f.say("Budget of the campaign")
	case "revenue_target":
		return f.say("Revenue target")
	case "campaign_start":
		return f.say("Start of the campaign")
	case "campaign_end":
		return f.say("End of the campaign")
	case "month":
		return f.say("Month")
	case "influencer":
		return f.say("Influencer")
	case "member":
		return f.say("Member")
	case "name":
		return f.say("Name")
	case "first_name":
		return f.say("First name")
	case "last_name":
		return f.say("Last name")
	case "handle":
		return f.say("Handle")
	case "platform":
		return f.say("Platform")
	case "profile_link":
		return f.say("Link of the profile")
	case "profiles":
		return f.say("Profiles")
	case "followers":
		return f.say("Followers")
	case "email":
		return f.say("Email")
	case "phone":
		return f.say("Phone")
	case "category":
		return f.say("Category")
	case "tags":
		return f.say("Tags")
	case "responsible":
		return f.say("Responsible")
	case "cancelled_on":
		return f.say("Day of the cancellation")
	case "cancellation_fee":
		return f.say("Cancellation fee")
	case "cancellation_reason":
		return f.say("Reason of the cancellation")
	case "cancellation":
		return f.say("Cancellation")
	case "status":
		return f.say("Status")
	case "start":
		return f.say("Start")
	case "end":
		return f.say("End")
	case "cost":
		return f.say("Cost")
	case "currency":
		return f.say("Currency")
	case "last_touch":
		return f.say("Last touch")
	case "notes":
		return f.say("Notes")
	case "tracking_link":
		return f.say("Link with UTM fields")
	case "code":
		return f.say("Discount code")
	case "rules":
		return f.say("Discount rules")
	case "match":
		return f.say("How the code is compared")
	case "percentage":
		return f.say("What the code takes off")
	case "crm_id":
		return f.say("Id of an export")
	case "import_status":
		return f.say("Status of an import")
	case "custom":
		return f.say("A field of your own")
	case "ignored":
		return f.say("Left out")
	}
	if strings.HasPrefix(field, "utm") {
		return strings.ReplaceAll(field, ".", "_") // as they stand in links
	}
	return strings.ReplaceAll(field, "_", " ")
}

// fieldOptions are the fields that a column may have.
func (f *face) fieldOptions() []option {
	var all []option
	for _, field := range column.Fields() {
		if field != column.Month { // no column of a sheet of cooperations has it
			all = append(all, option{Value: string(field), Label: f.fieldLabel(string(field))})
		}
	}
	return all
}

// changeWords say what an import does to a field: "Cost from 100.00 EUR to 120.00 EUR".
func (f *face) changeWords(c sheetimport.Change) string {
	field := c.Field
	if field == "name" && c.Record != crm.KindCooperation {
		field = string(c.Record)
	}
	label := f.fieldLabel(field)
	from, to := f.valueWords(c.Field, c.From), f.valueWords(c.Field, c.To)
	switch {
	case c.From == "":
		return label + ": " + to
	case c.To == "":
		return f.say("%s is emptied; it was %s", label, from)
	default:
		return f.say("%s changes from %s to %s", label, from, to)
	}
}

// terms are what a row makes a cooperation of that people look for first: its days and what it costs.
func (f *face) terms(changes []sheetimport.Change) string {
	said := map[string]string{}
	for _, c := range changes {
		if c.Record == crm.KindCooperation && c.To != "" {
			said[c.Field] = f.valueWords(c.Field, c.To)
		}
	}
	days := said["start"]
	if end := said["end"]; end != "" && end != days {
		days = strings.TrimSpace(days + " – " + end)
	}
	return strings.Join(slices.DeleteFunc([]string{days, said["cost"]}, func(s string) bool { return s == "" }), " · ")
}

// valueWords is a value of a field as people read it.
func (f *face) valueWords(field, value string) string {
	switch {
	case field == "status" && budget.Stage(value).Validate() == nil:
		return f.status(value)
	case field == "last_touch" && value == "yes":
		return f.say("Yes")
	case field == "last_touch" && value == "no":
		return f.say("No")
	case field == "platform":
		return platformName(value)
	}
	return sheetimport.ValueText(field, value).Spoken(f.lang)
}
