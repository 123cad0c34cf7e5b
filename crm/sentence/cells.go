package sentence

// ofCells are sentences about what one cell of a sheet says: amounts, dates, codes and links.
var ofCells = []Entry{
	// Amounts.
	{Code: "not_an_amount", English: "is a percentage, or has one beside the amount", German: "ist ein Prozentsatz oder hat einen neben dem Betrag"},
	{English: "write the fixed amount alone, and what is paid by results into a column of its own",
		German: "den festen Betrag allein schreiben, und was nach Erfolg bezahlt wird, in eine eigene Spalte"},
	{Code: "not_an_amount", English: "is a rate and not a whole amount", German: "ist ein Satz und kein ganzer Betrag"},
	{English: "write what is paid in all", German: "schreiben, was insgesamt bezahlt wird"},
	{Code: "not_an_amount", English: "is no exact amount", German: "ist kein genauer Betrag"},
	{Code: "paid_by_results", English: "%q is no fixed amount, and no field carries what is paid by results; the cost stays open",
		German: "%q ist kein fester Betrag, und was nach Erfolg bezahlt wird, hat kein Feld; die Kosten bleiben offen"},
	{Code: "rounded", English: "%s was computed and has more decimals than %s; it is rounded to %s",
		German: "%s ist errechnet und hat mehr Nachkommastellen als %s; gerundet auf %s"},
	{Code: "beside_amount", English: "%q beside the amount is left out; the amount is %s",
		German: "%q neben dem Betrag entfällt; der Betrag ist %s"},
	{Code: "dollar_assumed", English: `the "$" is read as %s; write the three letters of the currency if another dollar is meant`,
		German: `das "$" wird als %s gelesen; ist ein anderer Dollar gemeint, die drei Buchstaben der Währung schreiben`},

	// Dates.
	{Code: "not_a_date", English: "names another day of the week than that of %s, which is a %s",
		German: "nennt einen anderen Wochentag als den von %s, einem %s"},
	{English: "correct the one that is wrong", German: "berichtigen, was falsch ist"},
	{English: "Monday", German: "Montag"}, {English: "Tuesday", German: "Dienstag"}, {English: "Wednesday", German: "Mittwoch"},
	{English: "Thursday", German: "Donnerstag"}, {English: "Friday", German: "Freitag"}, {English: "Saturday", German: "Samstag"},
	{English: "Sunday", German: "Sonntag"},
	{Code: "not_a_date", English: "is a range that ends before it starts", German: "ist ein Zeitraum, der vor seinem Beginn endet"},
	{Code: "dates_differ", English: "the cell ends on %s and the end column says %s; write the start alone",
		German: "die Zelle endet am %s, und die Spalte für das Ende sagt %s; nur den Beginn schreiben"},
	{Code: "date_range", English: "the cell is read as the start %s and the end %s", German: "die Zelle wird als Beginn %s und Ende %s gelesen"},
	{Code: "date_from_number", English: "%q is the number by which the spreadsheet stores the date %s",
		German: "%q ist die Zahl, als die das Tabellenprogramm das Datum %s speichert"},
	{English: "the column has both orders of day and month, as %q and %q show; write it like 2026-06-01",
		German: "die Spalte hat beide Reihenfolgen von Tag und Monat, wie %q und %q zeigen; schreiben wie 2026-06-01"},
	{Code: "both_date_orders", English: "column %s %q has both orders of day and month, as %q and %q show; dates with two readings in it are rejected unless they are written like 2026-06-01",
		German: "Spalte %s %q hat beide Reihenfolgen von Tag und Monat, wie %q und %q zeigen; Daten mit zwei Lesarten werden darin abgelehnt, wenn sie nicht wie 2026-06-01 geschrieben sind"},
	{Code: "dates_before_midnight", English: "all dates of column %s %q stand at 22:00 or 23:00, as a program writes midnight in another time zone; if so, each is one day too early; check them",
		German: "alle Daten der Spalte %s %q stehen auf 22:00 oder 23:00, wie ein Programm Mitternacht in einer anderen Zeitzone schreibt; dann ist jedes einen Tag zu früh; bitte prüfen"},
}
