package sentence

// ofAttributionRequests are the sentences about requests with orders, codes and links: of the API in examples/server.
var ofAttributionRequests = []Entry{
	{Code: "too_many_orders", English: "at most %d orders and refunds are taken at once; send the others in another request",
		German: "höchstens %d Bestellungen und Erstattungen auf einmal; die übrigen in einer weiteren Anfrage senden"},
	{Code: "not_one_order", English: "is not one order; send one object in JSON",
		German: "ist nicht eine Bestellung; ein Objekt in JSON senden"},
	{Code: "unknown_detail", English: "is no level of detail; use full or short",
		German: "ist keine Ausführlichkeit; full oder short verwenden"},
	{Code: "before_first_change", English: "is before the first change of the workspace; use a later time",
		German: "liegt vor der ersten Änderung des CRM; einen späteren Zeitpunkt verwenden"},
	{Code: "id_missing", English: "a record that is not saved yet needs an id as well, by which the answer names it; give it any UUID",
		German: "auch ein noch nicht gespeicherter Datensatz braucht eine Id, unter der die Antwort ihn nennt; ihm irgendeine UUID geben"},
	{Code: "parameter_missing", English: "is missing; say which one", German: "fehlt; bitte angeben"},
	{Code: "unknown_picture", English: "is no format of a QR code; use png or svg",
		German: "ist kein Format eines QR-Codes; png oder svg verwenden"},
}
