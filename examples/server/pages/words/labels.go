package words

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport"
)

// Verdict is the word for what becomes of a row.
func (s *Speaker) Verdict(verdict sheetimport.Verdict) string {
	return Capital(verdict.Word().In(s.Lang))
}

// FieldLabel is what a column of a sheet, or a field that an import writes, is called. A custom field is called by its name.
func (s *Speaker) FieldLabel(field string) string { //nolint:cyclop,funlen // a table
	if name, ok := strings.CutPrefix(field, "custom."); ok {
		return name
	}
	if month, ok := strings.CutPrefix(field, "month_budgets."); ok {
		if m, err := budget.ParseMonth(month); err == nil {
			month = s.Month(m)
		}
		return s.Say("Budget of %s", month)
	}
	switch field {
	case "campaign":
		return s.Say("Campaign")
	case "campaign_budget", "budget":
		return s.Say("Budget of the campaign")
	case "revenue_target":
		return s.Say("Revenue target")
	case "campaign_start":
		return s.Say("Start of the campaign")
	case "campaign_end":
		return s.Say("End of the campaign")
	case "month":
		return s.Say("Month")
	case "influencer":
		return s.Say("Influencer")
	case "member":
		return s.Say("Member")
	case "name":
		return s.Say("Name")
	case "first_name":
		return s.Say("First name")
	case "last_name":
		return s.Say("Last name")
	case "handle":
		return s.Say("Handle")
	case "platform":
		return s.Say("Platform")
	case "profile_link":
		return s.Say("Link of the profile")
	case "profiles":
		return s.Say("Profiles")
	case "followers":
		return s.Say("Followers")
	case "email":
		return s.Say("Email")
	case "phone":
		return s.Say("Phone")
	case "category":
		return s.Say("Category")
	case "tags":
		return s.Say("Tags")
	case "responsible":
		return s.Say("Responsible")
	case "cancelled_on":
		return s.Say("Day of the cancellation")
	case "cancellation_fee":
		return s.Say("Cancellation fee")
	case "cancellation_reason":
		return s.Say("Reason of the cancellation")
	case "cancellation":
		return s.Say("Cancellation")
	case "status":
		return s.Say("Status")
	case "start":
		return s.Say("Start")
	case "end":
		return s.Say("End")
	case "cost":
		return s.Say("Cost")
	case "currency":
		return s.Say("Currency")
	case "last_touch":
		return s.Say("Last touch")
	case "notes":
		return s.Say("Notes")
	case "tracking_link":
		return s.Say("Link with UTM fields")
	case "code":
		return s.Say("Discount code")
	case "rules":
		return s.Say("Discount rules")
	case "match":
		return s.Say("How the code is compared")
	case "percentage":
		return s.Say("What the code takes off")
	case "crm_id":
		return s.Say("Id of an export")
	case "import_status":
		return s.Say("Status of an import")
	case "custom":
		return s.Say("A field of your own")
	case "ignored":
		return s.Say("Left out")
	}
	if strings.HasPrefix(field, "utm") {
		return strings.ReplaceAll(field, ".", "_") // as they stand in links
	}
	return strings.ReplaceAll(field, "_", " ")
}

// Change says what an import does to a field: "Cost from 100.00 EUR to 120.00 EUR".
func (s *Speaker) Change(c sheetimport.Change) string {
	field := c.Field
	if field == "name" && c.Record != crm.KindCooperation {
		field = string(c.Record)
	}
	label := s.FieldLabel(field)
	from, to := s.Value(c.Field, c.From), s.Value(c.Field, c.To)
	switch {
	case c.From == "":
		return label + ": " + to
	case c.To == "":
		return s.Say("%s is emptied; it was %s", label, from)
	default:
		return s.Say("%s changes from %s to %s", label, from, to)
	}
}

// Terms are what a row makes a cooperation of that people look for first: its days and what it costs.
func (s *Speaker) Terms(changes []sheetimport.Change) string {
	said := map[string]string{}
	for _, c := range changes {
		if c.Record == crm.KindCooperation && c.To != "" {
			said[c.Field] = s.Value(c.Field, c.To)
		}
	}
	days := said["start"]
	if end := said["end"]; end != "" && end != days {
		days = strings.TrimSpace(days + " – " + end)
	}
	return strings.Join(slices.DeleteFunc([]string{days, said["cost"]}, func(s string) bool { return s == "" }), " · ")
}

// Value is a value of a field as people read it.
func (s *Speaker) Value(field, value string) string {
	switch {
	case field == "status" && budget.Stage(value).Validate() == nil:
		return s.Status(value)
	case field == "last_touch" && value == "yes":
		return s.Say("Yes")
	case field == "last_touch" && value == "no":
		return s.Say("No")
	case field == "platform":
		return account.PlatformName(value)
	}
	return sheetimport.ValueText(field, value).Spoken(s.Lang)
}
