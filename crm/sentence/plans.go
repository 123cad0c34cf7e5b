package sentence

// ofPlans are the texts of questions to a budget report: of filters, of what-if, and of alerts.
var ofPlans = []Entry{
	{English: "the range from %s to %s, want it the other way round", German: "der Bereich von %s bis %s, erwartet wird er andersherum"},
	{English: "the report has no items to select from, want one that New made",
		German: "der Bericht hat keine Kooperationen, aus denen sich auswählen lässt; erwartet wird ein neu erstellter"},
	{English: "Revenue target", German: "Umsatzziel"}, {English: "Cost of target", German: "Kosten vom Ziel"},
	{English: "item %q is cancelled, and keeps the stage that it had",
		German: "die Kooperation %q ist abgesagt und behält den Stand, den sie hatte"},
}
