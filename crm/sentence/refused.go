package sentence

// ofRefused are the refusals of what a program sends: bounds, versions, JSON.
var ofRefused = []Entry{
	{Code: "negative", English: "must not be negative; 0 is the end of the log",
		German: "darf nicht negativ sein; 0 ist das Ende des Protokolls"},
	{Code: "not_a_version", English: "is no version; send the one that was read, which is 1 or more",
		German: "ist keine Version; die gelesene schicken, sie ist 1 oder mehr"},
	{Code: "parameter_missing", English: "name a campaign or a month", German: "eine Kampagne oder einen Monat nennen"},
	{Code: "twice", English: "stands there twice; leave one of them out", German: "steht zweimal da; eines davon weglassen"},
	{Code: "half_character", English: `has half of a character, \u%s without its other half; send the whole character`,
		German: `enthält ein halbes Zeichen, \u%s ohne die andere Hälfte; das ganze Zeichen schicken`},
}
