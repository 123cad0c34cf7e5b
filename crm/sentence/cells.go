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
}
