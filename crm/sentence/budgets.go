package sentence

// ofBudgets are the sentences about the budgets, targets and days of campaigns, and the budgets of months, in sheets.
var ofBudgets = []Entry{
	{Code: "archived_campaign", English: "%q is archived in the CRM; restore the campaign to fill in what this row says of it",
		German: "%q ist im CRM archiviert; die Kampagne wiederherstellen, um zu ergänzen, was diese Zeile über sie sagt"},
	{Code: "does_not_fit", English: "together with what the campaign has this does not fit: %s; it is left out",
		German: "zusammen mit dem, was die Kampagne hat, passt das nicht: %s; es bleibt weg"},
	{English: "somebody changed the campaign", German: "jemand hat die Kampagne geändert"},
}
