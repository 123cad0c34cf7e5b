package pages

import "slices"

// texts is the catalogue: the texts of the pages in English, as they stand in templates and code, and in German. A test
// finds texts that are missing and those that nobody says any more.
var texts = slices.Concat(
	frameWords, planningWords, searchWords, campaignWords, cooperationWords, peopleWords, settingsWords, importWords, watchWords, orderWords,
)
