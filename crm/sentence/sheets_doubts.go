package sentence

// ofDoubts are the sentences about what a sheet leaves in doubt: to which group a row belongs, which year a month is in,
// whether a line through a cell takes it back.
var ofDoubts = []Entry{
	{Code: "status_across_total",
		English: "the row stands below the total of row %s, which is that of a part, and has the status of its group: %q; " +
			"if it has another one, say so in the row",
		German: "die Zeile steht unter der Summe der Zeile %s, der eines Teils, und hat den Status ihrer Gruppe: %q; " +
			"wenn sie einen anderen hat, ihn in die Zeile schreiben"},
	{Code: "status_in_doubt",
		English: "the row stands below the total of the group %q, in row %s, and has neither a status nor a heading of its own; " +
			"it counts as %s; if it belongs to that group, say so in the row",
		German: "die Zeile steht unter der Summe der Gruppe %q, in Zeile %s, und hat weder einen eigenen Status noch eine eigene Überschrift; " +
			"sie zählt als %s; wenn sie zu der Gruppe gehört, es in die Zeile schreiben"},
	{Code: "code_remark", English: "what stands in brackets behind the code is no part of it, and is kept in the notes: %s",
		German: "was in Klammern hinter dem Code steht, gehört nicht zu ihm und steht jetzt in den Notizen: %s"},
	{English: "it is a discount on column %s %q, and not what the codes take off",
		German: "sie ist ein Rabatt auf Spalte %s %q und nicht das, was die Codes abziehen"},
	{Code: "invoice_discount",
		English: "column %s %q is taken for a discount on column %s %q, after which column %s %q is left, and not for what the codes take off; " +
			"it is kept as a custom field; see that the column which is used for the cost is the one that is paid",
		German: "Spalte %s %q gilt als Rabatt auf Spalte %s %q, nach dem Spalte %s %q bleibt, und nicht als das, was die Codes abziehen; " +
			"sie wird zum eigenen Feld; prüfen, ob die Spalte, die für die Kosten gilt, die bezahlte ist"},
	{Code: "year_from_title",
		English: "%q has no year; it is read as %s, because %s is the only year that the title, the tab or the file names",
		German:  "%q hat kein Jahr; es wird als %s gelesen, weil Titel, Tab und Datei nur das Jahr %s nennen"},
	{Code: "struck_through",
		English: "the row is struck through, as deals are that fell through, and would count as %s; " +
			"say in its status what became of it, or take the line away",
		German: "die Zeile ist durchgestrichen, wie man es mit geplatzten Kooperationen tut, und würde als %s zählen; " +
			"in ihren Status schreiben, was daraus wurde, oder die Linie wegnehmen"},
	{Code: "struck_through", English: "the row is struck through; it comes in as its status says",
		German: "die Zeile ist durchgestrichen; sie wird übernommen, wie ihr Status es sagt"},
	{Code: "struck_through",
		English: "the amount is struck through, so that nobody knows what is to be paid; write the one that holds, or take the line away",
		German:  "der Betrag ist durchgestrichen, sodass niemand weiß, was zu zahlen ist; den gültigen hinschreiben oder die Linie wegnehmen"},
	{Code: "struck_cell", English: "the cell is struck through, and is read all the same; take out what does not hold any more",
		German: "die Zelle ist durchgestrichen und wird trotzdem gelesen; herausnehmen, was nicht mehr gilt"},
	{Code: "date_of_last_century", English: "is a day of the last century, as spreadsheets make of a year in two digits",
		German: "ist ein Tag des letzten Jahrhunderts, wie Tabellenprogramme ihn aus einem zweistelligen Jahr machen"},
	{English: "write the year in four digits", German: "das Jahr mit vier Ziffern schreiben"},
	{Code: "names_of_cards",
		English: "column %s %q is read as the names of the influencers; see that each of its cards is one person, and name the column \"Influencer\" or map it",
		German: "Spalte %s %q wird als Namen der Influencer gelesen; prüfen, dass jede ihrer Karten eine Person ist, und die Spalte " +
			"„Influencer“ nennen oder zuordnen"},
	{Code: "board_may_be_campaign",
		English: "column %s %q may say the campaign, and is kept as a custom field; name it \"Campaign\" or map it if it does",
		German: "Spalte %s %q kann die Kampagne sagen und bleibt als eigenes Feld; wenn ja, die Spalte „Kampagne“ nennen oder " +
			"zuordnen"},
	{Code: "email_in_name", English: "the name holds the e-mail address %s; it is read as that",
		German: "der Name enthält die E-Mail-Adresse %s; sie wird als solche gelesen"},
	{Code: "archived_row",
		English: "column %s %q says that the row is archived; it counts as %s all the same; if the deal fell through, say so in its status",
		German: "Spalte %s %q sagt, dass die Zeile archiviert ist; sie zählt trotzdem als %s; wenn die Kooperation geplatzt ist, " +
			"es in ihren Status schreiben"},
	{Code: "end_of_month", English: "%q is a month; the cooperation ends with its last day, %s",
		German: "%q ist ein Monat; die Kooperation endet mit seinem letzten Tag, dem %s"},
}
