package words

var searchWords = []text{
	{English: "Do", German: "Aktion"},
	{English: "Find a record or a page", German: "Einen Eintrag oder eine Seite finden"},
	{English: "New influencer", German: "Neuer Influencer"},
	{English: "Nothing has this text.", German: "Nichts enthält diesen Text."},
	{English: "Page", German: "Seite"},
	{English: "Press / to search, n for a new cooperation and g for planning.",
		German: "Mit / wird gesucht, mit n entsteht eine Kooperation, mit g kommt die Planung."},
}
