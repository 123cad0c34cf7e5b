package sheetimport

import (
	"regexp"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// joinName makes the name of who has two columns for it. In a sheet with "Name" and "Vorname", as German forms have it, "Name" is
// the family name, and beside "Surname" it is the first; but where a row has the whole name in it, that is the name.
func (x *rowReader) joinName(name, first, last string) string {
	switch {
	case name == "":
		return strings.TrimSpace(first + " " + last)
	case x.columns[column.Influencer].Confidence != column.Inferred: // a name to be known by, beside that of the passport
		return name
	case first != "" && last == "" && !hasWords(name, first):
		return first + " " + name
	case last != "" && first == "" && !hasWords(name, last):
		return name + " " + last
	}
	return name
}

// hasWords reports whether some words stand in a text as they are.
func hasWords(text, words string) bool {
	return strings.Contains(" "+crm.Fold(text)+" ", " "+crm.Fold(words)+" ")
}

// accountInName is an account that stands behind a name: "Lena Maier (@lenamaier)", "Lena Maier - @lena".
var accountInName = regexp.MustCompile(`^(.*\pL.*?)[\s,|–—-]*[(\[]?(@[\w.]+)[)\]]?$`)

// splitName takes the account out of the column of names, where the row names it nowhere else: behind the name, or instead of it.
func (x *rowReader) splitName(e *entry, r sheet.Row) {
	if e.handle != "" || e.known != nil {
		return
	}
	name, named := "", e.influencer
	if m := accountInName.FindStringSubmatch(named); m != nil {
		name, named = m[1], m[2]
	}
	handle := ""
	switch {
	case strings.HasPrefix(named, "@"):
		handle, _ = cell.ParseHandle(e.platform, named)
	case cell.IsLink(named):
		handle = account.Account{Platform: e.platform, Link: withScheme(named)}.LinkedHandle()
	}
	if handle == "" {
		return
	}
	e.handle = handle
	if e.influencer = name; name == "" {
		e.influencer = handle
	}
	x.notice(e, r, column.Influencer, "account_in_name", "the name holds the account @%s; it is read as that", texts.Shorten(handle))
}
