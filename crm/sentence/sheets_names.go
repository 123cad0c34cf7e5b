package sentence

// ofNames are the sentences about who and what a row of a sheet names, about its layout, and about words of one's own.
var ofNames = []Entry{
	{Code: "not_a_handle", English: "is a short link, which is not followed, so it names nobody",
		German: "ist ein Kurzlink, dem nicht gefolgt wird, und nennt deshalb niemanden"},
	{Code: "not_a_handle", English: "is a page of links, not a profile", German: "ist eine Seite mit Links, kein Profil"},
	{Code: "not_a_handle", English: "is a link to another site than that of the platform",
		German: "ist ein Link auf eine andere Website als die der Plattform"},
	{Code: "not_a_handle", English: "is a link to another platform than that of the profile",
		German: "ist ein Link auf eine andere Plattform als die des Profils"},
	{Code: "not_a_handle", English: "names the account by a number and not by its handle",
		German: "nennt das Konto mit einer Nummer und nicht mit seinem Handle"},
	{Code: "not_a_handle", English: "is a link to a page, not the name of a profile",
		German: "ist ein Link auf eine Seite und nicht der Name eines Profils"},
	{Code: "link_without_handle", English: "the link names the profile without a handle; it is kept as the link of the profile",
		German: "der Link nennt das Profil ohne Handle; er wird als Link des Profils übernommen"},
	{Code: "link_names_nobody", English: "the link %s; it is kept, and nobody is known by it",
		German: "der Link %s; er wird übernommen, aber niemand wird daran erkannt"},
	{Code: "status_comment", English: "the comment %q behind the status is kept in the notes",
		German: "der Kommentar %q hinter dem Status steht jetzt in den Notizen"},
	{Code: "ambiguous_status", English: "says one thing and takes it back in the comment",
		German: "sagt das eine und nimmt es im Kommentar zurück"},
}
