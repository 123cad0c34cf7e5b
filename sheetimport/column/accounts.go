package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// handleWords say that the words in a column of a platform are accounts.
var handleWords = texts.Set(`handle handles username name`)

// findAccounts finds the columns of accounts on one platform each, in a sheet that says in another column on which
// platform a row is.
func (h *Header) findAccounts(data []sheet.Row) {
	if !hasField(h.Columns, Platform) {
		return
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != Custom || c.Confidence == Given || !isPlatformHeader(c.Header) {
			continue
		}
		platform, known := PlatformOf(c.Header)
		if !known || !holdsAccounts(*c, data) {
			continue
		}
		c.AccountsOn = platform
		h.note(i, "accounts_on_platform",
			sentence.Of("column %s %q has accounts: a row on %s without another handle takes it from there; it is kept as a custom field too",
				c.Letter, texts.Shorten(c.Header), account.PlatformName(platform)))
	}
}

// cardNames are headers of the names of cards and tasks, in the form of headerKey without blanks. In a board of deals they are
// those of the people.
var cardNames = texts.Set(`cardname cardtitle taskname kartenname kartentitel aufgabenname namederkarte namederaufgabe`)

// noteCards tells of a column with the names of cards that these are read as the names of people.
func (h *Header) noteCards() {
	for i, c := range h.Columns {
		if c.Field == Influencer && c.Confidence != Given && c.isCardName() {
			h.note(i, "names_of_cards", sentence.Of(
				"column %s %q is read as the names of the influencers; see that each of its cards is one person, and name the column \"Influencer\" or map it",
				c.Letter, texts.Shorten(c.Header)))
		}
	}
}

// isCardName reports whether the header of a column says that its cells are the names of cards or tasks.
func (c Column) isCardName() bool {
	return len(c.Header) <= maxHeaderLen && cardNames[compact(headerKey(NormalizeHeader(c.Header)))]
}

// holdsAccounts reports whether at least half of the cells of a column are accounts on its platform.
func holdsAccounts(c Column, data []sheet.Row) bool {
	seen, accounts := tally(data, c.Index, isNothing, func(shown sheet.Cell, _ string) bool { return c.accountIn(shown) != "" })
	return accounts > 0 && 2*accounts >= seen
}

// Account is the account that a row has in a column of accounts on a platform, as it stands there; "" for none. A word
// alone is one only if the header says so: it may as well be "yes" or "creator".
func (c Column) Account(r sheet.Row) string { return c.accountIn(r.Cell(c.Index)) }

func (c Column) accountIn(shown sheet.Cell) string {
	t := texts.Trim(Handle.Text(shown))
	platform, _ := PlatformOf(c.Header)
	says := slices.ContainsFunc(strings.Fields(NormalizeHeader(c.Header)), func(w string) bool { return handleWords[w] })
	if !says && !strings.HasPrefix(t, "@") && PlatformOfLink(t) != platform || cell.IsNoIdentity(t) || cell.IsNoValue(t) {
		return ""
	}
	if _, err := cell.ParseHandle(platform, t); err != nil {
		return ""
	}
	return t
}
