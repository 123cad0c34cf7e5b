package sentence

// ofBudgets are the sentences about the budgets, targets and days of campaigns, and the budgets of months, in sheets.
var ofBudgets = []Entry{
	{Code: "archived_campaign", English: "%q is archived in the CRM; restore the campaign to fill in what this row says of it",
		German: "%q ist im CRM archiviert; die Kampagne wiederherstellen, um zu ergänzen, was diese Zeile über sie sagt"},
	{Code: "does_not_fit", English: "together with what the campaign has this does not fit: %s; it is left out",
		German: "zusammen mit dem, was die Kampagne hat, passt das nicht: %s; es bleibt weg"},
	{Code: "unreadable", English: "%s: no header of a table of budgets was found", German: "%s: keine Überschriften einer Tabelle mit Budgets gefunden"},
	{English: `%s: %q has neither columns for the campaign and its budget, revenue target, start or end, nor one for the month and one for its budget ("Campaign", "Budget", "Month")`,
		German: `%s: %q hat weder Spalten für die Kampagne und ihr Budget, Umsatzziel, ihren Beginn oder ihr Ende noch eine für den Monat und eine für dessen Budget ("Kampagne", "Budget", "Monat")`},
	{Code: "total_row", English: "a line of totals", German: "eine Summenzeile"},
	{Code: "repeated_header", English: "the headers once more", German: "noch einmal die Überschriften"},
	{Code: "campaign_missing", English: "the campaign's name is missing; every row needs it", German: "der Name der Kampagne fehlt; jede Zeile braucht ihn"},
	{Code: "month_missing", English: "the month is missing; every row needs it", German: "der Monat fehlt; jede Zeile braucht ihn"},
	{Code: "not_a_month", English: "is not a month", German: "ist kein Monat"},
	{Code: "not_a_month", English: "is a month without its year", German: "ist ein Monat ohne sein Jahr"},
	{English: "write it like 2026-12", German: "schreiben wie 2026-12"},
	{Code: "no_budget", English: "the row has no budget", German: "die Zeile hat kein Budget"},
	{Code: "kept", English: "the month has %s already; that is kept", German: "der Monat hat schon %s; das bleibt"},
	{Code: "too_many_tables", English: "at most %d tables of budgets come with a sheet", German: "höchstens %d Tabellen mit Budgets kommen mit einer Tabelle"},
	{English: "sheet", German: "Tabelle"},
	{English: "filled in: %s", German: "ergänzt: %s"},
	{English: "%d budgets of months", EnglishOne: "%d budget of a month", German: "%d Monatsbudgets", GermanOne: "%d Monatsbudget"},
	{English: "somebody changed the campaign", German: "jemand hat die Kampagne geändert"},
}
