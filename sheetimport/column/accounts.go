package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// accountWords say that a column of a platform has accounts, and not amounts or yes and no.
var accountWords = texts.Set(`handle handles username name profil profile account kanal channel link url`)

// findAccounts finds the columns of accounts on one platform each, in a sheet that says in another column on which platform a row is.
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
		h.note(i, "accounts_on_platform", sentence.Of("column %s %q has accounts: a row on %s without another handle takes it from there; it is kept as a custom field too",
			c.Letter, texts.Shorten(c.Header), account.PlatformName(platform)))
	}
}

// holdsAccounts reports whether the header says that a column has accounts, or at least half of its cells can be nothing else.
func holdsAccounts(c Column, data []sheet.Row) bool {
	if slices.ContainsFunc(strings.Fields(NormalizeHeader(c.Header)), func(w string) bool { return accountWords[w] }) {
		return !sheet.ColumnBlank(data, c.Index)
	}
	const enough = 50 // cells
	seen, accounts := 0, 0
	for _, r := range data {
		t := texts.Trim(Handle.Text(r.Cell(c.Index)))
		if t == "" {
			continue
		}
		if strings.HasPrefix(t, "@") || strings.Contains(t, "/") {
			accounts++
		}
		if seen++; seen == enough {
			break
		}
	}
	return accounts > 0 && 2*accounts >= seen
}
