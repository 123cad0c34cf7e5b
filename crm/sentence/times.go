package sentence

// ofTimes are the sentences about the times of records.
var ofTimes = []Entry{
	{Code: "not_settable", English: "is when the record was made and is not set; leave it out",
		German: "sagt, wann der Datensatz angelegt wurde, und wird nicht gesetzt; weglassen"},
	{Code: "not_settable", English: "is when the record was last changed and is not set; leave it out",
		German: "sagt, wann der Datensatz zuletzt geändert wurde, und wird nicht gesetzt; weglassen"},
	{Code: "wrong_type", English: "is no time; write it like 2026-06-01T12:00:00Z, or leave it out",
		German: "ist keine Zeit; schreiben wie 2026-06-01T12:00:00Z oder weglassen"},
}
