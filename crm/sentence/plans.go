package sentence

// ofPlans are the texts of questions to a budget report: of filters, of what-if, and of alerts.
var ofPlans = []Entry{
	{English: "the range from %s to %s, want it the other way round", German: "der Bereich von %s bis %s, erwartet wird er andersherum"},
	{English: "the report has no items to select from, want one that New made",
		German: "der Bericht hat keine Kooperationen, aus denen sich auswählen lässt; erwartet wird ein neu erstellter"},
	{English: "Quarter", German: "Quartal"}, {English: "Year", German: "Jahr"},
	{English: "Revenue target", German: "Umsatzziel"}, {English: "Cost of target", German: "Kosten vom Ziel"},
	{English: "item %q is cancelled, and keeps the stage that it had",
		German: "die Kooperation %q ist abgesagt und behält den Stand, den sie hatte"},

	{Code: "over", English: "campaign %q is over its budget by %s", German: "die Kampagne %q überzieht ihr Budget um %s"},
	{Code: "over", English: "%s is over its budget by %s", German: "%s überzieht sein Budget um %s"},
	{Code: "at_risk", English: "campaign %q will be over its budget by %s if everything is signed",
		German: "die Kampagne %q überzieht ihr Budget um %s, wenn alles unterschrieben wird"},
	{Code: "at_risk", English: "%s will be over its budget by %s if everything is signed",
		German: "%s überzieht sein Budget um %s, wenn alles unterschrieben wird"},
	{Code: "signed_undated", English: "signed without a start date in campaign %q: %d",
		German: "unterschrieben ohne Beginn in der Kampagne %q: %d"},
	{Code: "signed_no_cost", English: "signed without a cost in campaign %q: %d",
		German: "unterschrieben ohne Kosten in der Kampagne %q: %d"},
	{Code: "draft_started", English: "drafts whose start has passed in campaign %q: %d",
		German: "Entwürfe, deren Beginn vorbei ist, in der Kampagne %q: %d"},
	{Code: "ends_soon", English: "campaign %q ends on %s and has drafts: %d",
		German: "die Kampagne %q endet am %s und hat Entwürfe: %d"},
	{Code: "undated_cost", English: "in campaign %q %s are planned without dates, and are in no month",
		German: "in der Kampagne %q sind %s ohne Datum verplant und stehen in keinem Monat"},
	{Code: "undated_cost", English: "in campaign %q cooperations are planned without dates, and their costs are in no month: %d",
		German: "in der Kampagne %q sind Kooperationen ohne Datum verplant, und ihre Kosten stehen in keinem Monat: %d"},
	{Code: "double_booked", English: "%q starts for several campaigns in the week of %s: %d",
		German: "%q beginnt in der Woche vom %s für mehrere Kampagnen: %d"},

	{English: "has not ended yet; only of a past month is it known what it came to", German: "ist noch nicht zu Ende; nur bei " +
		"vergangenen Monaten steht fest, was aus dem Plan wurde"},
	{English: "is no month of a plan; use one like %s", German: "ist kein Monat eines Plans; richtig wäre zum Beispiel %s"},
	{Code: "unknown_order", English: "unknown order", German: "unbekannte Reihenfolge"},
}
