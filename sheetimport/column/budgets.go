package column

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// BudgetTable says what the rows of a table of budgets are.
type BudgetTable string

// The tables of budgets.
const (
	Campaigns BudgetTable = "campaigns" // each with its budget, revenue target, start or end
	Months    BudgetTable = "months"    // each with the budget of all campaigns in it
	// Matrix has campaigns in its rows and months in its columns. A plan takes it for a table of campaigns and one of months.
	Matrix BudgetTable = "matrix"
)

// ErrNoBudgets says that none of the first twenty rows is the header of a table of budgets.
var ErrNoBudgets error = sentence.Errorf("%s: no header of a table of budgets was found", sheet.ErrUnreadable)

// ErrUnclearBudgets says that a row is nearly the header of a table of budgets, but not which of its columns has the budgets, or
// whose they are. It is an [ErrNoBudgets].
var ErrUnclearBudgets error = sentence.Errorf("%s that is clear", ErrNoBudgets)

// budgetTerms are budgetSynonyms, made ready for looking up.
var budgetTerms = indexBudgetTerms()

func indexBudgetTerms() map[string]Field {
	terms := map[string]Field{}
	for _, s := range budgetSynonyms {
		for _, h := range texts.Phrases(s.en + "," + s.de) {
			terms[compact(headerKey(h))] = s.field
		}
	}
	return terms
}

// FindBudgets finds the header of a table of budgets among the first twenty rows: one that names campaigns, and their budgets,
// targets or days, or one that names months and their budgets, or one that names campaigns and has columns of months (see
// [MonthColumns]). Its columns have the fields Campaign, CampaignBudget,
// RevenueTarget, CampaignStart, CampaignEnd, Month and Currency; all others are Ignored. A sheet of cooperations is none, and
// neither is one in which two columns of amounts can have one meaning. The error for a sheet without such a row is
// [ErrNoBudgets]; it says what speaks against the row that comes nearest.
func FindBudgets(s *sheet.Table, m Mapping) (Header, BudgetTable, error) {
	var best, near budgetHeader
	for _, row := range s.Rows {
		if row.Number > HeaderRows {
			break
		}
		h := readBudgetHeader(s, row, m)
		if h.of != "" && h.known > best.known {
			best = h
		}
		if h.known > near.known {
			near = h
		}
	}
	switch {
	case len(best.ties) > 0:
		return Header{}, "", sentence.Errorf("%s: %q: %s", ErrUnclearBudgets, texts.Shorten(s.Name), best.ties)
	case best.of == "" && len(near.against) > 0:
		err := ErrUnclearBudgets
		if near.foreign {
			err = ErrNoBudgets
		}
		return Header{}, "", sentence.Errorf("%s: %q: %s", err, texts.Shorten(s.Name), near.against)
	case best.of == "":
		return Header{}, "", sentence.Errorf(
			`%s: %q has neither columns for the campaign and its budget, revenue target, start or end, nor one for the month and one for its budget ("Campaign", "Budget", "Month")`,
			ErrNoBudgets, texts.Shorten(s.Name))
	}
	h := Header{Row: best.row.Number, Columns: best.columns, noted: best.noted}
	for _, text := range best.against {
		h.Notes = append(h.Notes, sheet.Note{Code: "unclear_column", Text: text})
	}
	data := s.Below(h.Row)
	h.width = width(len(best.row.Cells), data)
	if s.Grid {
		h.width = longest(data)
	}
	return h, best.of, nil
}

// BudgetScore says how much a row looks like the header of a table of budgets, on the scale of [HeaderScore]: 0 if it is none.
func BudgetScore(row sheet.Row) int {
	if h := readBudgetHeader(&sheet.Table{}, row, nil); h.of != "" {
		return completeHeader + 2*h.known
	}
	return 0
}

// budgetHeader is what a row says if it is the header of a table of budgets.
type budgetHeader struct {
	row     sheet.Row
	columns []Column
	of      BudgetTable // "" for none
	known   int         // columns
	ties    sentence.List
	against sentence.List // why it is none, as far as that is worth telling
	noted   []int         // the index of each column that against is about
	foreign bool          // it has a column of cooperations
}

func readBudgetHeader(s *sheet.Table, row sheet.Row, m Mapping) budgetHeader {
	h := budgetHeader{row: row}
	for i, c := range row.Cells {
		if header := texts.Trim(c.Text); header != "" {
			c := Column{Index: i, Letter: sheet.ColumnLetter(i), Header: header}
			c.Field, c.Confidence = lookUpBudget(header)
			c.readAmountHeader()
			h.columns = append(h.columns, c)
		}
	}
	months := hasField(h.columns, Month)
	for n := range h.columns {
		h.columns[n].setAside(Ignored, months)
	}
	m.apply(h.columns)
	setAsideByTitle(s, row.Number, h.columns, Ignored)
	for n := range h.columns {
		c := &h.columns[n]
		if c.Field != Ignored || c.Confidence != NoMatch {
			continue
		}
		if c.Reason.IsZero() && strings.Contains(strings.ToLower(c.Header), "budget") {
			c.Reason = sentence.Of("the header is not known")
		}
		if !c.Reason.IsZero() {
			h.against = append(h.against, sentence.Of("column %s %q is left out: %s", c.Letter, texts.Shorten(c.Header), c.Reason))
			h.noted = append(h.noted, c.Index)
		}
	}
	foreign := h.leaveOutForeign()
	h.settle()
	for n := range h.columns {
		if c := &h.columns[n]; c.Field != Ignored {
			h.known++
		} else if c.Reason.IsZero() {
			c.Reason = sentence.Of("the header is not known")
		}
	}
	if foreign == nil {
		foreign = h.nearCooperations()
	}
	if foreign != nil {
		h.foreign = true
		h.against = append(sentence.List{sentence.Of("column %s %q belongs to a sheet of cooperations; rename it, or map it to %q",
			foreign.Letter, texts.Shorten(foreign.Header), string(Ignored))}, h.against...)
		return h
	}
	h.decide()
	return h
}

// leaveOutForeign leaves out the columns to which the mapping gives fields that no table of budgets has. It returns the first
// that only a sheet of cooperations has.
func (h *budgetHeader) leaveOutForeign() (foreign *Column) {
	for n := range h.columns {
		c := &h.columns[n]
		if c.Confidence == Given && foreign == nil && (c.Field == Platform || slices.Contains(ofCooperations, c.Field)) {
			foreign = c
		}
		if !isOfBudgets(c.Field) {
			c.Field = Ignored
		}
	}
	return foreign
}

// settle leaves each field with one column: the one that says it most surely, else the first. Columns of amounts that say it as
// surely as another are ties.
func (h *budgetHeader) settle() {
	surest := map[Field]int{}
	for n, c := range h.columns {
		if at, known := surest[c.Field]; !known || sureness(c) > sureness(h.columns[at]) {
			surest[c.Field] = n
		}
	}
	for _, f := range []Field{CampaignBudget, RevenueTarget} {
		var tied []string
		for _, c := range h.columns {
			if c.Field == f && sureness(c) == sureness(h.columns[surest[f]]) {
				tied = append(tied, fmt.Sprintf("%s %q", c.Letter, texts.Shorten(c.Header)))
			}
		}
		if len(tied) > 1 {
			h.ties = append(h.ties, sentence.Of("the columns %s can all be %s; keep or map one of them", texts.Listed(tied), f.label()))
		}
	}
	for n := range h.columns {
		c, winner := &h.columns[n], h.columns[surest[h.columns[n].Field]]
		switch {
		case c.Field == Ignored:
		case winner.Index != c.Index:
			c.Field, c.Confidence, c.Reason = Ignored, NoMatch, sentence.Of("column %s %q is used instead",
				winner.Letter, texts.Shorten(winner.Header))
		case c.Reason.IsZero():
			c.Reason = reason(*c)
		}
	}
}

// sureness orders columns with one meaning. A general word says less than a name among other words.
func sureness(c Column) int {
	return slices.Index([]Confidence{NoMatch, Inferred, Contains, Exact, Given}, c.Confidence)
}

// generalBudgetWords are budgetSynonyms that mean what they do only where no other column does.
var generalBudgetWords = texts.Set(`name title titel amount betrag plan`)

// lookUpBudget finds the field of a header in a table of budgets.
func lookUpBudget(header string) (Field, Confidence) {
	if len(header) > maxHeaderLen {
		return Ignored, NoMatch
	}
	all, short := headerKey(headerWords(header)), headerKey(NormalizeHeader(header))
	withoutCurrency, _ := cutCurrency(all)
	for _, key := range []string{all, short, withoutCurrency} {
		if f, ok := budgetTerms[compact(key)]; ok && (key == all || key == short || f.IsMoney()) {
			if generalBudgetWords[key] {
				return f, Inferred
			}
			return f, Exact
		}
	}
	f, confidence := lookUp(header)
	switch {
	case isPosting(all), vagueDates[short]:
	case f == Start:
		return CampaignStart, confidence
	case f == End:
		return CampaignEnd, confidence
	case isOfBudgets(f):
		return f, confidence
	}
	return Ignored, NoMatch
}

// isPosting reports whether the words of a header are about the day of a posting, which is none of a campaign.
func isPosting(words string) bool {
	return slices.ContainsFunc(strings.Fields(words), func(w string) bool {
		return postingWords[w] || strings.HasPrefix(w, "posting") || strings.HasPrefix(w, "veroeffentlich")
	})
}

// vagueDates are headers of a day that nobody knows of what in the life of a campaign.
var vagueDates = texts.Set(`date datum termin`)

var postingWords = texts.Set(`post posted publish published publishing publication live gepostet`)

func isOfBudgets(f Field) bool {
	return slices.Contains([]Field{Campaign, CampaignBudget, RevenueTarget, CampaignStart, CampaignEnd, Month, Currency}, f)
}

// ofCooperations are fields that only a sheet of cooperations has: whatever else its headers may mean, it has no budgets.
var ofCooperations = []Field{
	Influencer, FirstName, LastName, Handle, ProfileLink, Code, UTMSource, UTMMedium, UTMCampaign, UTMTerm, UTMContent, TrackingLink,
}

// linkHeaders are general words for a link, which a campaign may have too.
var linkHeaders = texts.Set(`link url`)

// nearCooperations returns the first column that is left out and whose header names what only a sheet of cooperations has, nil
// for none. What the mapping leaves out does not count.
func (h *budgetHeader) nearCooperations() *Column {
	for n, c := range h.columns {
		if c.Field != Ignored || c.Confidence == Given {
			continue
		}
		f, confidence := lookUp(c.Header)
		if confidence != NoMatch && slices.Contains(ofCooperations, f) && !linkHeaders[NormalizeHeader(c.Header)] ||
			isPosting(headerKey(headerWords(c.Header))) && f == Start {
			return &h.columns[n]
		}
	}
	return nil
}

// decide says which table has such columns. One that names campaigns and months in its rows is none: nobody can tell whether its
// amounts are those of the campaigns or of the months. One that only has a "Name" for the campaign needs a clear word for its
// budget or target: a "Name" and an "Amount" are as well a person's.
func (h *budgetHeader) decide() {
	amount, clear, dates := false, false, false
	general := false
	for _, c := range h.columns {
		switch c.Field {
		case CampaignBudget, RevenueTarget:
			amount, clear = true, clear || c.Confidence != Inferred
		case CampaignStart, CampaignEnd:
			dates = true
		case Campaign:
			general = c.Confidence == Inferred
		}
	}
	switch campaign, month := hasField(h.columns, Campaign), hasField(h.columns, Month); {
	case campaign && !general && !month && !hasField(h.columns, CampaignBudget) && len(MonthColumns(h.columns, h.row)) > 1:
		h.of = Matrix
	case campaign && month:
		h.against = append(h.against, sentence.Of("it names campaigns and months, and does not say of which of the two its amounts are"))
	case campaign && general && !clear && amount:
		h.against = append(h.against, sentence.Of(`a "Name" and an amount can be those of a person; call the columns "Campaign" and "Budget"`))
	case campaign && (clear || !general && (amount || dates)):
		h.of = Campaigns
	case month && hasField(h.columns, CampaignBudget):
		h.of = Months
	}
}
