package sentence

// ofRequests are the sentences about what a client asks for over HTTP.
var ofRequests = []Entry{
	{Code: "given_twice", English: "is given more than once, and takes one value", German: "ist mehrfach angegeben und hat nur einen Wert"},
	{Code: "not_a_number", English: "must be a whole number, like 50", German: "muss eine ganze Zahl sein, wie 50"},
	{Code: "etag_missing", English: "send the ETag of the record as you have read it, in the header If-Match",
		German: "das ETag des Datensatzes, wie er gelesen wurde, im Header If-Match mitsenden"},
	{Code: "body_too_long", English: "the body of the request is too long; at most %d bytes are taken",
		German: "der Inhalt der Anfrage ist zu lang; höchstens %d Bytes sind erlaubt"},
	{Code: "body_cut_off", English: "the body of the request did not arrive whole; send it again",
		German: "der Inhalt der Anfrage kam nicht ganz an; noch einmal senden"},
	{Code: "internal", English: "something is wrong on our side; it has been logged",
		German: "auf unserer Seite stimmt etwas nicht; es wurde protokolliert"},
	{Code: "not_a_query", English: "is no query of a URL; separate its parameters with & and escape special characters",
		German: "ist keine Query einer URL; Parameter mit & trennen und Sonderzeichen maskieren"},
}
