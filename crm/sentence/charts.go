package sentence

// ofCharts are the texts of the charts of a budget report, and of budget/workbook.
var ofCharts = []Entry{
	{English: "By month, in %s", German: "Nach Monaten, in %s"},
	{English: "By campaign, in %s", German: "Nach Kampagnen, in %s"},
	{English: "By campaign and month, in %s", German: "Nach Kampagnen und Monaten, in %s"},
	{English: "Nothing is planned.", German: "Es ist nichts geplant."},
	{English: "beyond the budget", German: "über dem Budget"},
	{English: "Without a budget", German: "Ohne Budget"},
	{English: "up to %s", German: "bis %s"},
	{English: "not selected", German: "nicht ausgewählt"}, {English: "%s not selected", German: "%s nicht ausgewählt"},
	{English: "below zero", German: "unter null"},
	{English: "%d%%", German: "%d %%"},
	{English: "%s%%", German: "%s\u00a0%%"},
	{English: "No exchange rate, counted but in no amount: %d", German: "Ohne Wechselkurs, gezählt, aber in keinem Betrag: %d"},

	{English: "Months", German: "Monate"},
	{English: "Campaigns", German: "Kampagnen"},
	{English: "Campaigns by month", German: "Kampagnen nach Monaten"},
	{English: "Cooperations", German: "Kooperationen"},
	{English: "Cooperation", German: "Kooperation"},
	{English: "Status", German: "Status"},
	{English: "Share", German: "Anteil"},
	{English: "Chart", German: "Diagramm"},
	{English: "No exchange rate", German: "Ohne Wechselkurs"},
	{English: "Date", German: "Datum"},
}
