package sentence

// ofSummaries are the texts of package budget about summaries that are made of sums.
var ofSummaries = []Entry{
	{English: "%d items spread %q, want sums only, by day",
		German: "%d Posten, verteilt nach %q; erwartet werden nur Summen, nach Tagen verteilt"},
	{English: "there is no such campaign in the plan", German: "im Plan steht keine solche Kampagne"},
	{English: "%d items are refused by New, which says why", German: "%d Posten lehnt New ab, das den Grund nennt"},
	{English: "amounts in %s, each of which has a rate", German: "Beträge in %s, deren jeder einen Kurs hat"},
	{English: "%d of %s come to more than fits", German: "%d in %s ergeben mehr, als Platz hat"},
}
