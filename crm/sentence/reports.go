package sentence

// ofReports are the texts of a budget report: of package budget, and of budget/render.
var ofReports = []Entry{
	{Code: "only_end", English: "%q has an end date but no start: its whole cost counts on %s",
		German: "%q hat ein Ende, aber keinen Beginn: alle Kosten zählen am %s"},
	{Code: "only_end", English: "campaign %q has an end date but no start: its whole budget counts on %s",
		German: "die Kampagne %q hat ein Ende, aber keinen Beginn: das ganze Budget zählt am %s"},
	{Code: "long_span",
		English: "campaign %q has no dates and its cooperations run from %s to %s: its budget is not spread over so many months",
		German: "die Kampagne %q hat keine Daten, und ihre Kooperationen laufen vom %s bis zum %s: auf so viele Monate wird ihr " +
			"Budget nicht verteilt"},

	{English: "Budget in %s, forecast %s", German: "Budget in %s, Prognose %s"},
	{English: "Budget in %s on %s, forecast %s", German: "Budget in %s am %s, Prognose %s"},
	{English: "%s signed  %s negotiating  %s draft", German: "%s unterschrieben  %s in Verhandlung  %s Entwurf"},
	{English: "Month", German: "Monat"}, {English: "Campaign", German: "Kampagne"},
	{English: "Influencer", German: "Influencer"}, {English: "Platform", German: "Plattform"},
	{English: "Category", German: "Kategorie"}, {English: "Responsible", German: "Zuständig"}, {English: "Tag", German: "Tag"},
	{English: "Signed", German: "Unterschrieben"}, {English: "Negotiating", German: "In Verhandlung"},
	{English: "Draft", German: "Entwurf"}, {English: "Allocated", German: "Verplant"}, {English: "Budget", German: "Budget"},
	{English: "Left after signed", German: "Übrig nach Unterschriebenem"}, {English: "Left after all", German: "Übrig nach allem"},
	{English: "Health", German: "Stand"},
	{English: "ok", German: "in Ordnung"}, {English: "at risk", German: "gefährdet"}, {English: "over", German: "überzogen"},
	{English: "no budget", German: "kein Budget"},
	{English: "Total", German: "Summe"}, {English: "Unscheduled", German: "Ohne Termin"}, {English: "(none)", German: "(ohne)"},
	{English: "No exchange rate, counted but in no amount (%d):", German: "Ohne Wechselkurs, gezählt, aber in keinem Betrag (%d):"},
	{English: "%s on %s", German: "%s am %s"},
	{English: "Please check (%d):", German: "Bitte prüfen (%d):"},
	{English: "… and %d more", German: "… und %d weitere"},
}
