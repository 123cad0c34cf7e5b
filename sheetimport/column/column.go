package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Confidence says how sure the meaning of a column is.
type Confidence string

// The kinds of evidence for the meaning of a column, best first.
const (
	Given    Confidence = "given"    // the caller says so, by a mapping
	Exact    Confidence = "exact"    // the header is a known name of the field
	Inferred Confidence = "inferred" // the header is a general word that the rest of the sheet decides
	Contains Confidence = "contains" // the header holds a known name among other words
	NoMatch  Confidence = "none"     // the column is custom
)

// Column is one column of a sheet that has a header.
type Column struct {
	Index      int    // from 0, as for [sheet.Row.Cell]
	Letter     string // as a spreadsheet program shows it: "A" … "XFD"
	Header     string // as it stands in the sheet, trimmed
	Field      Field
	Confidence Confidence
	Reason     sentence.Sentence // why the column has this field, for people
	// Currency is what the header of an amount says about its cells, as in "Honorar (USD)"; empty if nothing.
	Currency budget.Currency
	// Currencies are those between which the header leaves the choice: "Fee (kr)", "Fee EUR/USD". Dollar says that it has a bare
	// "$", which is the workspace's dollar, if it has one.
	Currencies []string
	Dollar     bool
	// Unused are the indexes of columns that look like the field too, or are a total of it, say something else, and are not used.
	Unused []int
	// Earlier is the index, plus 1, of a column with an earlier version of the field, as "Fee" is beside "Final fee":
	// where a cell of this one says nothing, or 0, that one's counts. 0 is none.
	Earlier int
	// OtherCurrencies are the indexes of columns with the same amount in other currencies, as "Fee (USD)" is beside
	// "Fee (EUR)": where a row has none in this one, that of the only other one that has counts.
	OtherCurrencies []int
	// AccountsOn is the platform of the accounts in a column that is kept as a custom field, in a sheet that has another column for
	// the platform: a row on it takes its handle from here. It is empty for all other columns.
	AccountsOn string
	// Months says that the cells of a column of [Start] are months: a row is planned for the whole of its month.
	Months bool
	// DayColumn and YearColumn are the indexes, plus 1, of the columns with the days and the years of these months, as
	// "12" is beside "June 2026" and "2026" beside "June". 0 is none.
	DayColumn, YearColumn int
	// TitleYear is that of months without one, in a sheet whose title, tab or file names it and which has no column of years.
	TitleYear int
	// Unit is that of an amount in thousands, cents or the like: "T€". A plain number under such a header is not read.
	Unit string
	// Local says that the header gives its amounts the currency of their row: "Fee (local)". Where the row names none, they are
	// not read.
	Local bool
	// OwnCurrency says that the sheet's column of currencies is that of another, local column, and this one has the
	// currency of its header in all rows.
	OwnCurrency bool
	// LocalColumn is the index, plus 1, of that local column: where this one says nothing, its amount counts, in the currency
	// of the row. 0 is none.
	LocalColumn int
}

// readColumns tells the meaning of each header of a row, from the headers and what is said of them.
func readColumns(row sheet.Row, m Mapping) (columns []Column, klarTemplate bool) {
	klar := isKlarTemplate(row)
	for i, cell := range row.Cells {
		header := texts.Trim(cell.Text)
		if header == "" {
			continue
		}
		c := Column{Index: i, Letter: sheet.ColumnLetter(i), Header: header}
		c.Field, c.Confidence = lookUp(header)
		switch {
		case strings.HasPrefix(header, customMark):
			c.Field, c.Confidence, c.Reason = Custom, Exact, sentence.Of("the header says that it is a custom field")
		case header == "profile_name":
			// Upfluence writes so the person's name; "Profile name" elsewhere is the handle.
			c.Field, c.Confidence = Influencer, Exact
		case klar && NormalizeHeader(header) == "status":
			c.Field, c.Confidence = ImportStatus, Exact
			c.Reason = sentence.Of("in Klar's template this column is written by the import")
		}
		c.readAmountHeader()
		c.setAside(Custom, false)
		columns = append(columns, c)
	}
	resolveTyped(columns)
	resolveUTMGroup(columns)
	resolvePaid(columns)
	resolveLocal(columns)
	for i := range columns {
		if columns[i].Reason.IsZero() {
			columns[i].Reason = reason(columns[i])
		}
	}
	m.apply(columns)
	for i := range columns {
		if c := &columns[i]; c.Field == Month { // by a mapping for tables of budgets too
			c.Field, c.Confidence = Custom, NoMatch
			c.Reason = sentence.Of("only a table of budgets has months in its rows; it is kept as a custom field")
		}
	}
	return columns, klar
}

// isKlarTemplate recognises Klar's template by headers that only it has, or by its own name header in row 3, where
// the template has its headers. The letters of its columns are not fixed.
func isKlarTemplate(row sheet.Row) bool {
	named, others := false, 0
	for _, c := range row.Cells {
		switch h := NormalizeHeader(c.Text); {
		case h == klarName:
			named = true
		case slices.Contains(klarHeaders, h):
			others++
		}
	}
	return named && (others > 0 || row.Number == 3)
}

// resolveTyped takes the value of a discount back from headers that can mean something else beside a column that says its unit.
func resolveTyped(columns []Column) {
	if !slices.ContainsFunc(columns, func(c Column) bool { return slices.Contains(benefitTypeHeaders, NormalizeHeader(c.Header)) }) {
		return
	}
	for i := range columns {
		c := &columns[i]
		switch {
		case c.Confidence != Inferred:
			continue
		case c.Field == Percentage:
			c.Reason = sentence.Of("another column says whether it is a percentage or an amount")
		case c.Field == Cost:
			c.Reason = sentence.Of("it can be what the discount code takes off, as another column says in which unit that is")
		default:
			continue
		}
		c.Field, c.Confidence = Custom, NoMatch
	}
}

// utmWords are short headers that mean a UTM parameter only beside another one.
var utmWords = map[string]Field{
	"source": UTMSource, "quelle": UTMSource, "medium": UTMMedium, "term": UTMTerm,
	"begriff": UTMTerm, "content": UTMContent, "inhalt": UTMContent,
}

// resolveUTMGroup reads "source" or "medium" as a UTM parameter beside a UTM column. "medium" is a common word for
// the platform too, but only in a sheet without UTM columns.
func resolveUTMGroup(columns []Column) {
	anyUTM := slices.ContainsFunc(columns, func(c Column) bool { return c.Field.IsUTM() })
	beside := func(i int) bool {
		return i > 0 && columns[i-1].Field.IsUTM() && columns[i-1].Index == columns[i].Index-1 ||
			i+1 < len(columns) && columns[i+1].Field.IsUTM() && columns[i+1].Index == columns[i].Index+1
	}
	for changed := true; changed; {
		changed = false
		for i := range columns {
			c := &columns[i]
			word := NormalizeHeader(c.Header)
			f, ok := utmWords[word]
			switch {
			case !ok || c.Field != Custom:
			case beside(i) && !hasField(columns, f):
				c.Field, c.Confidence, changed = f, Inferred, true
				c.Reason = sentence.Of("it stands beside a UTM column")
			case word == "medium" && !anyUTM && !hasField(columns, Platform):
				c.Field, c.Confidence, changed = Platform, Inferred, true
				c.Reason = sentence.Of("the sheet has no UTM columns and no other column for the platform")
			}
		}
	}
}

// meaningsOf returns the two meanings of an ambiguous header, with or without a currency after it.
func meaningsOf(header string) (meanings string, ok bool) {
	key, _ := cutCurrency(headerKey(NormalizeHeader(header)))
	meanings, ok = ambiguousHeaders[compact(key)]
	return meanings, ok
}

// isPlatformHeader recognises a column of handles for one platform.
func isPlatformHeader(header string) bool {
	return slices.Contains(platformHeaders, headerKey(NormalizeHeader(header)))
}

func hasField(columns []Column, f Field) bool {
	return slices.ContainsFunc(columns, func(c Column) bool { return c.Field == f })
}

func reason(c Column) sentence.Sentence {
	switch c.Confidence {
	case Exact:
		return sentence.Of("the header is a known name for it")
	case Inferred:
		return sentence.Of("the header is a general word for it, and no other column says it more clearly")
	case Contains:
		return sentence.Of("the header holds a known name for it")
	}
	if meanings, ok := meaningsOf(c.Header); ok {
		return sentence.Of("the header can mean %s", sentence.Of(meanings))
	}
	if isPlatformHeader(c.Header) {
		return sentence.Of("the header looks like a column of handles for one platform; a sheet needs one row for each platform")
	}
	return sentence.Of("the header is not known")
}
