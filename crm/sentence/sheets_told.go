package sentence

// ofTold are the sentences about cells that are read in another way than they stand there, or not at all, with what is
// told of it.
var ofTold = []Entry{
	{Code: "other_currency_used", English: "the row is in %s, so that the amount is that of column %s %q",
		German: "die Zeile ist in %s, deshalb zählt der Betrag aus Spalte %s %q"},
	{Code: "other_currency_used", English: "column %s %q has %q here; the amount is that of column %s %q, in %s",
		German: "in Spalte %s %q steht hier %q; der Betrag ist der aus Spalte %s %q, in %s"},
	{Code: "zero_cost", English: "the cost is 0, though column %s %q, which is not used, has %q here",
		German: "die Kosten sind 0, obwohl in Spalte %s %q, die nicht benutzt wird, hier %q steht"},
	{Code: "other_currency_used", English: "column %s %q has nothing here; the amount is that of column %s %q, in %s",
		German: "Spalte %s %q hat hier nichts; der Betrag ist der aus Spalte %s %q, in %s"},
	{Code: "days_in_milliseconds",
		English: "column %s %q has times in milliseconds, as programs store them; they are read as the days in the time zone %s, the first as %s",
		German:  "Spalte %s %q hat Zeiten in Millisekunden, wie Programme sie speichern; gelesen werden sie als die Tage in der Zeitzone %s, die erste als %s"},
	{Code: "labels_beside_status",
		English: "of the labels, %q is read as the status; the others are kept in the notes: %s",
		German:  "von den Labels wird %q als Status gelesen; die anderen bleiben in den Notizen: %s"},
	{Code: "agency_fee_beside_cost",
		English: "the amounts of column %s %q are no part of the cost, which is that of column %s %q; if they come on top, map a column with both to the cost",
		German: "die Beträge der Spalte %s %q gehören nicht zu den Kosten, die in Spalte %s %q stehen; kommen sie dazu, eine Spalte mit " +
			"beidem den Kosten zuordnen"},
	{Code: "web_signs", English: "the cell has signs written as in the source of a web page; it is read as %q",
		German: "die Zelle hat Zeichen so geschrieben wie im Quelltext einer Webseite; sie wird als %q gelesen"},
	{Code: "not_a_person",
		English: "%q is not one person; write a row for each with their name and what each costs, or add the handle if somebody is called so",
		German:  "%q ist nicht eine Person; für jede eine Zeile mit Namen und Kosten schreiben, oder das Handle ergänzen, wenn jemand so heißt"},
	{Code: "name_missing",
		English: "%q is not the name of an account, and the sheet has no column for names; write the handle, or add a column \"Influencer\"",
		German:  "%q ist nicht der Name eines Kontos, und die Tabelle hat keine Spalte für Namen; das Handle schreiben oder eine Spalte „Influencer“ hinzufügen"},
	{Code: "name_missing", English: "the handle is missing; every row needs it, because the sheet has no column for names",
		German: "das Handle fehlt; jede Zeile braucht es, weil die Tabelle keine Spalte für Namen hat"},
	{Code: "maybe_same_person",
		English: "%q may be the same person as %q; the two are kept apart; if they are one, write the name in one way, or merge them in the CRM",
		German:  "%q ist vielleicht dieselbe Person wie %q; beide bleiben getrennt; sind sie eine, den Namen einheitlich schreiben oder sie im CRM zusammenführen"},
	{Code: "emoji_beside_code", English: "the emoji beside the code are no part of it; write \"equals\" before a code that has some",
		German: "die Emojis neben dem Code gehören nicht dazu; vor einen Code, der welche hat, „ist gleich“ schreiben"},
	{Code: "percentage_in_header",
		English: "the header of column %s %q says that its codes take off %s, and so they do unless a row says another percentage",
		German:  "die Überschrift von Spalte %s %q sagt, dass ihre Codes %s Rabatt geben; das gilt, wenn eine Zeile keine anderen Prozente nennt"},
	{English: "its cells are names, and no other column has them", German: "ihre Zellen sind Namen, und keine andere Spalte hat sie"},
	{English: "its cells are percentages, beside codes", German: "ihre Zellen sind Prozentsätze, neben Codes"},
	{English: "its cells are codes, and no other column has them", German: "ihre Zellen sind Codes, und keine andere Spalte hat sie"},
	{English: "%s %%", German: "%s %%"},
	{Code: "several_members",
		English: "%q becomes one new member of the team; if these are several people, write the one who is responsible, " +
			"or say once, in a mapping of values, who that is",
		German: "%q wird ein neues Mitglied des Teams; sind es mehrere Personen, die eine verantwortliche hinschreiben oder " +
			"einmal, in einer Zuordnung der Werte, sagen, wer das ist"},
	{Code: "several_influencers",
		English: "%q becomes one new influencer; if these are several people, write a row for each with what each costs; " +
			"if they share an account, add its handle",
		German: "%q kommt als ein neuer Influencer herein; sind es mehrere Personen, für jede eine Zeile mit ihren Kosten schreiben; " +
			"haben sie einen gemeinsamen Account, sein Handle ergänzen"},
	{English: "%s off", German: "%s Rabatt"},
	{English: "free shipping", German: "freier Versand"},
}
