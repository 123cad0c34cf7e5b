package sentence

// ofMonths are the sentences about columns of months, which say when something is posted and no day.
var ofMonths = []Entry{
	{English: "its cells are months, and column %s has their days", German: "ihre Zellen sind Monate, und Spalte %s hat die Tage dazu"},
	{English: "each row is a month, and no other column has the cost",
		German: "jede Zeile ist ein Monat, und keine andere Spalte hat die Kosten"},
	{English: "its cells are parts of the dates in column %s %q", German: "ihre Zellen sind Teile der Daten in Spalte %s %q"},
	{Code: "months",
		English: "column %s %q has months, and column %s %q the days in them; each row is planned for its day, or for the whole month where it names none",
		German:  "Spalte %s %q hat Monate und Spalte %s %q die Tage darin; jede Zeile ist für ihren Tag geplant, oder für den ganzen Monat, wo sie keinen nennt"},
	{Code: "months",
		English: `column %s %q has months and no days: each cooperation begins with its month, in which its codes count; for its days, add a column "Posting date"`,
		German:  `Spalte %s %q hat Monate und keine Tage: jede Kooperation beginnt mit ihrem Monat, in dem ihre Codes zählen; für die Tage eine Spalte „Postingdatum“ hinzufügen`},
	{Code: "months",
		English: "column %s %q has months where it should have days: a row with a month is planned for the whole of it, or from its first day to the end that the row names; write the day where there is one",
		German:  "Spalte %s %q hat Monate, wo Tage stehen sollten: eine Zeile mit einem Monat ist für den ganzen Monat geplant, oder von seinem ersten Tag bis zum Ende, das sie nennt; den Tag schreiben, wo es einen gibt"},
	{Code: "no_month", English: "%q %s; the cooperation is not scheduled and its codes match nothing yet; write it like 2026-12",
		German: "%q %s; die Kooperation ist nicht geplant, und ihre Codes passen noch zu nichts; schreiben wie 2026-12"},
	{Code: "ends_before_month", English: "the row ends on %s, before its %s; it comes in without a start, and its codes match nothing yet",
		German: "die Zeile endet am %s, vor ihrem Monat %s; sie kommt ohne Beginn herein, und ihre Codes passen noch zu nichts"},
	{Code: "no_day_of_month", English: "%q is no day of %s; the row is planned for the whole month",
		German: "%q ist kein Tag im %s; die Zeile ist für den ganzen Monat geplant"},
}
