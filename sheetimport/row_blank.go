package sheetimport

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// withoutNoValues returns a row without the cells that do not count: words for no value and dashes, which are blank
// whatever their column, what belongs to another row or column of a merged range, and texts that are the 0 of a formula.
// All but dashes have a notice, and so have not the line break and the address of a page that a program adds to a name. A cell
// that stands for the one above it rejects the row.
func (x *rowReader) withoutNoValues(e *entry, r sheet.Row) sheet.Row {
	cells := r.Cells
	set := func(i int, text string) {
		if &cells[0] == &r.Cells[0] {
			cells = slices.Clone(cells)
		}
		cells[i].Raw = &sheet.RawValue{Kind: column.RawInstead, Value: text}
	}
	for _, c := range x.header.Columns {
		shown := r.Cell(c.Index)
		if plain := texts.WithoutControls(shown.Text); plain != shown.Text && c.Field != column.Ignored && c.Field != column.ImportStatus {
			if texts.Trim(plain) != texts.Trim(shown.Text) || strings.ContainsFunc(shown.Text, texts.IsDirection) {
				e.notices = append(e.notices, x.remarkIn(r, c, "invisible_characters",
					sentence.Of("the cell holds characters that cannot be seen; they are removed")))
			}
			if &cells[0] == &r.Cells[0] {
				cells = slices.Clone(cells)
			}
			cells[c.Index].Text, shown.Text = plain, plain
		}
		if plain := texts.WithoutEntities(shown.Text); plain != shown.Text && mayHoldEntities(c.Field) && !x.hasID(r) {
			e.notices = append(e.notices, x.remarkIn(r, c, "web_signs", sentence.Of(
				"the cell has signs written as in the source of a web page; it is read as %q", texts.Shorten(texts.Trim(plain)))))
			if &cells[0] == &r.Cells[0] {
				cells = slices.Clone(cells)
			}
			cells[c.Index].Text, shown.Text = plain, plain
		}
		text := texts.Trim(c.Field.Text(shown))
		if text == "" {
			continue
		}
		if oneLine(c.Field) && strings.ContainsAny(text, "\r\n") {
			text = strings.Join(strings.Fields(text), " ")
			set(c.Index, text)
		}
		if inside, ok := listInBrackets(text); ok && (inside == "" || c.Field == column.Responsible || c.Field == column.Tags) && !x.hasID(r) {
			set(c.Index, inside)
			if text = inside; text == "" {
				continue
			}
		}
		if namesPage(c.Field) && strings.Contains(text, "notion.so/") && !x.hasID(r) {
			if bare := texts.Trim(pageOfRelation.ReplaceAllString(text, "")); bare != text && bare != "" {
				set(c.Index, bare)
				text = bare
			}
		}
		say := func(code, format string, args ...any) {
			e.notices = append(e.notices, Remark{
				Code: code, Column: c.Letter, Header: texts.Shorten(c.Header), Value: texts.Shorten(texts.Trim(shown.Text)),
				Message: sentence.Of(format, args...),
			})
		}
		if shown.MergedAcross && c.Field != column.Ignored {
			set(c.Index, "")
			say("merged_across", "the cell is merged with one to its left; what they show stands in that column alone")
			continue
		}
		if shown.ZeroFormula && (!shown.Merged || !c.Field.IsMoney()) {
			switch c.Field {
			case column.Cost, column.CancellationFee, column.CampaignBudget, column.RevenueTarget, column.Followers, column.Percentage:
				say("formula_zero", "the 0 is the result of a formula, which may refer to a blank cell; it is read as 0")
			case column.Start, column.End, column.CampaignStart, column.CampaignEnd, column.CancelledOn,
				column.Currency, column.Status, column.Match, column.LastTouch, column.Custom,
				column.CRMID, column.ImportStatus, column.Ignored: // a 0 is an error in these, or one of their values
			default:
				set(c.Index, "")
				say("formula_zero", "the 0 is the result of a formula, which may refer to a blank cell; the cell is blank")
				continue
			}
		}
		sayMerged := func() {
			where := sentence.Of("the first row of the range")
			if shown.MergedRow > 0 {
				where = sentence.Of("row %s", strconv.Itoa(int(shown.MergedRow)))
				e.merged = append(e.merged, mergedAmount{notice: len(e.notices), row: int(shown.MergedRow)})
			}
			say("merged_amount", "the cell is merged with others; its amount counts once, in %s", where)
		}
		if x.isDitto(e, r, c, text) {
			set(c.Index, "")
			continue
		}
		switch c.Field {
		case column.Ignored, column.ImportStatus, column.CRMID, column.LastTouch: // the last has a notice for what is no answer
			continue
		case column.Cost, column.CancellationFee, column.CampaignBudget, column.RevenueTarget:
			word, none := cell.NoAmount(text)
			switch {
			case none && word != "" && c.Field != column.Cost: // the cost has its own notice
				say("no_value", "%q is no amount; the cell is blank", texts.Shorten(word))
			case !none && shown.Merged:
				set(c.Index, "")
				sayMerged()
			}
			continue
		case column.Influencer, column.Handle, column.ProfileLink:
			if cell.IsNoIdentity(text) {
				set(c.Index, "")
				say("no_value", "%q stands for nobody; the cell is blank", texts.Shorten(text))
				continue
			}
			if c.Field == column.Handle && (cell.IsNoAccount(text) || x.isOwnPlatform(r, text)) {
				set(c.Index, "")
				say("no_value", "%q stands for nobody; the cell is blank", texts.Shorten(text))
				continue
			}
		case column.Status:
			if cell.IsStatus(text) {
				continue
			}
			if cell.IsNoValue(text) {
				set(c.Index, "")
				say("no_value", "%q stands for no status; the row counts as %s", texts.Shorten(text), sentence.Of(string(x.status)))
				continue
			}
		case column.Code, column.Tags:
			if cell.IsBlank(text) {
				break
			}
			isNone := cell.IsNoValue
			if c.Field == column.Code && !shown.Is(sheet.RawYesNo) { // of a code like TRUE a workbook makes a box
				isNone = cell.IsNoCode
			}
			if rest, words := cell.WithoutNoValues(text, isNone); len(words) > 0 {
				set(c.Index, rest)
				read := sentence.Of("the rest of the cell is read")
				if rest == "" {
					read = sentence.Of("the cell is blank")
				}
				say("no_value", "%s stands for no value; %s", texts.Listed(words), read)
				continue
			}
		case column.Custom:
			if shown.Merged && cell.NamesCurrency(shown.Text) {
				set(c.Index, "")
				sayMerged()
				continue
			}
		}
		switch {
		case cell.IsNoValue(text):
			set(c.Index, "")
			say("no_value", "%q stands for no value; the cell is blank", texts.Shorten(text))
		case cell.IsBlank(text):
			set(c.Index, "")
		}
	}
	r.Cells = cells
	return r
}

// listInBrackets is what stands in the square brackets of a list, as exports of boards write it: "[Lena Maier]", "[]".
func listInBrackets(text string) (inside string, ok bool) {
	if len(text) < len("[]") || text[0] != '[' || text[len(text)-1] != ']' {
		return "", false
	}
	inside = texts.Trim(text[1 : len(text)-1])
	return inside, !strings.ContainsAny(inside, "[]")
}

// isOwnPlatform reports whether a text is the platform of a row once more, and not the name of an account on it.
func (x *rowReader) isOwnPlatform(r sheet.Row, text string) bool {
	named, known := account.ParsePlatform(text)
	if !known {
		return false
	}
	on, _, err := cell.ParsePlatform(x.text(r, column.Platform))
	return err == nil && on == named
}

// hasID reports whether a row carries the id of a cooperation: then it is what an export wrote, and holds what the CRM has.
func (x *rowReader) hasID(r sheet.Row) bool { return texts.Trim(x.text(r, column.CRMID)) != "" }

// oneLine reports whether a line break in a cell of a field only wraps it.
func oneLine(f column.Field) bool {
	switch f {
	case column.Campaign, column.Platform, column.Category: // in that of names it may stand between two people
		return true
	}
	return f.IsDate()
}

// namesPage reports whether the cells of a field may refer to a page by its name.
func namesPage(f column.Field) bool {
	switch f {
	case column.Influencer, column.FirstName, column.LastName, column.Responsible, column.Status, column.Tags, column.Code:
		return true
	}
	return oneLine(f)
}

// pageOfRelation is the address that an export of Notion writes behind the name of a page to which a cell refers.
var pageOfRelation = regexp.MustCompile(`\s*\(https://(?:www\.)?notion\.so/[^\s()]*\)`)

// isDitto refuses a cell that stands for the one above it, in columns that take any word. An export writes none, so that somebody
// may be called so in a row with an id.
func (x *rowReader) isDitto(e *entry, r sheet.Row, c column.Column, text string) bool {
	switch c.Field {
	case column.Influencer, column.Handle, column.ProfileLink, column.Platform, column.Campaign, column.Code:
	default:
		return false
	}
	err := cell.CheckDitto(text)
	capitals := text == strings.ToUpper(text) && text != strings.ToLower(text)
	if err == nil || c.Field == column.Code && capitals || x.hasID(r) {
		return false
	}
	x.problem(e, c.Field, x.cellRemarkIn(r, c, err))
	return true
}

// withEarlier returns a row with the earlier version of what has no later one in it: who writes a "Final fee" behind some rows
// means the fee of the others to stay.
func (x *rowReader) withEarlier(e *entry, r sheet.Row) sheet.Row {
	cells := r.Cells
	for _, c := range x.header.Columns {
		if c.Earlier == 0 {
			continue
		}
		later, earlier := r.Cell(c.Index), r.Cell(c.Earlier-1)
		text := texts.Trim(later.Text)
		word, noAmount := cell.NoAmount(text)
		none := text == "" || cell.IsBlank(text) || cell.IsNoValue(text) || later.MergedAcross ||
			c.Field.IsMoney() && (isNoAmount(later) || noAmount && word == "")
		if old := texts.Trim(earlier.Text); !none || old == "" || cell.IsBlank(old) || cell.IsNoValue(old) {
			continue
		}
		if &cells[0] == &r.Cells[0] {
			cells = slices.Clone(cells)
		}
		for len(cells) <= c.Index { // a row ends with its last cell that is not blank
			cells = append(cells, sheet.Cell{})
		}
		cells[c.Index] = earlier
		of, _ := x.header.At(c.Earlier - 1)
		problem := sentence.Of("the cell has nothing; that of column %s %q counts", of.Letter, texts.Shorten(of.Header))
		if strings.ContainsRune(text, '0') {
			problem = sentence.Of("%q is taken for an amount that is not known yet; that of column %s %q counts", texts.Shorten(text),
				of.Letter, texts.Shorten(of.Header))
		}
		e.notices = append(e.notices, x.remarkIn(r, c, "earlier_used", problem))
	}
	r.Cells = cells
	return r
}

// mergedAmount is the notice of a row on an amount that belongs to the first row of a merged range.
type mergedAmount struct{ notice, row int }

// tellLostAmounts says of amounts in merged cells that they are not taken over, where their first row is not.
func tellLostAmounts(entries []*entry) {
	verdicts := map[int]Verdict{} // of rows that share a number that of the first which comes in
	lost := func(v Verdict) bool { return v == Rejected || v == Skipped || v == Duplicate || v == Conflict }
	for _, e := range entries {
		if v, several := verdicts[e.row]; !several || lost(v) {
			verdicts[e.row] = e.verdict
		}
	}
	for _, e := range entries {
		for _, m := range e.merged {
			if v := verdicts[m.row]; lost(v) {
				n := &e.notices[m.notice]
				n.Code = "merged_amount_lost"
				n.Message = sentence.Of("the cell is merged with others; its amount belongs to row %s, which is %s, so it is not taken over",
					strconv.Itoa(m.row), v.Word())
			}
		}
	}
}
