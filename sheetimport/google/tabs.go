package google

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// document is what the first request asks for.
type document struct {
	Properties struct {
		Locale   string `json:"locale"`
		TimeZone string `json:"timeZone"`
	} `json:"properties"`
	Sheets []tab `json:"sheets"`
}

const documentFields = "properties(locale,timeZone)," +
	"sheets(properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)),merges)"

// tab is one sheet of the document: what people see as a tab.
type tab struct {
	Properties struct {
		ID     int64  `json:"sheetId"`
		Title  string `json:"title"`
		Type   string `json:"sheetType"`
		Hidden bool   `json:"hidden"`
		Grid   struct {
			Rows    int `json:"rowCount"`
			Columns int `json:"columnCount"`
		} `json:"gridProperties"`
	} `json:"properties"`
	Merges []merge `json:"merges"`
}

// isTable says that the tab has cells, and is not a chart or a window to a database.
func (t *tab) isTable() bool { return t.Properties.Type == "GRID" || t.Properties.Type == "" }

// rows names the rows from first to last as the API does.
func (t *tab) rows(first, last int) string {
	return fmt.Sprintf("%s!%d:%d", t.quoted(), first, last)
}

func (t *tab) quoted() string { return "'" + strings.ReplaceAll(t.Properties.Title, "'", "''") + "'" }

func (s *Sheet) document(ctx context.Context) (*document, error) {
	var d document
	if err := s.client.get(ctx, url.Values{"fields": {documentFields}}, &d); err != nil {
		return nil, err
	}
	return &d, nil
}

// maxSearched bounds the tabs in which the headers are looked for: each costs a request.
const maxSearched = 20

// tab finds the tab to read, with a note if it had to be looked for.
func (s *Sheet) tab(ctx context.Context, d *document) (*tab, []sheet.Note, error) {
	var found *tab
	switch {
	case s.tabName != "":
		found = d.find(func(t *tab) bool { return t.Properties.Title == s.tabName })
		if found == nil {
			return nil, nil, sentence.Errorf("%s: it has no tab %q; its tabs are %s", sheet.ErrUnreadable, s.tabName, titles(d.Sheets))
		}
	case s.place.gid != nil:
		found = d.find(func(t *tab) bool { return t.Properties.ID == *s.place.gid })
		if found == nil {
			return nil, nil, sentence.Errorf("%s: it has no tab with the gid %s of the link; its tabs are %s",
				sheet.ErrUnreadable, strconv.FormatInt(*s.place.gid, 10), titles(d.Sheets))
		}
	default:
		return s.search(ctx, d)
	}
	if !found.isTable() {
		return nil, nil, sentence.Errorf("%s: its tab %q has no cells of its own; name the tab with the table",
			sheet.ErrUnreadable, found.Properties.Title)
	}
	return found, nil, nil
}

// search finds the one tab that has the headers. Two of them are two sheets, and reading one of them would be a guess.
func (s *Sheet) search(ctx context.Context, d *document) (*tab, []sheet.Note, error) {
	tables := slices.DeleteFunc(slices.Clone(d.Sheets), func(t tab) bool { return !t.isTable() || t.Properties.Hidden })
	switch {
	case len(tables) == 0:
		return nil, nil, sentence.Errorf("%s: it has no visible tab with cells", sheet.ErrUnreadable)
	case len(tables) == 1:
		return &tables[0], nil, nil
	case len(tables) > maxSearched:
		return nil, nil, sentence.Errorf("%s: it has %d tabs; name the one to read", sheet.ErrUnreadable, len(tables))
	}
	var with []tab
	for _, t := range tables {
		top := &table{limits: s.limits}
		if err := s.read(ctx, &t, top, min(t.Properties.Grid.Rows, column.HeaderRows)); err != nil {
			return nil, nil, err
		}
		if err := top.finish(t.Merges); err != nil {
			return nil, nil, err
		}
		if _, err := column.FindHeader(&sheet.Table{Rows: top.rows}, s.mapping); err == nil {
			with = append(with, t)
		}
	}
	switch len(with) {
	case 0:
		return nil, nil, sentence.Errorf("%s: none of its tabs %s has headers for the influencer and the platform among its first %d rows",
			column.ErrNoHeader, titles(tables), column.HeaderRows)
	case 1:
		note := sentence.Of("read from the tab %q, the only one with the headers", with[0].Properties.Title)
		return &with[0], []sheet.Note{{Code: "tab_found", Text: note}}, nil
	}
	return nil, nil, sentence.Errorf("%s: several of its tabs have the headers, %s; name the one to read", sheet.ErrUnreadable, titles(with))
}

func (d *document) find(is func(*tab) bool) *tab {
	for i := range d.Sheets {
		if is(&d.Sheets[i]) {
			return &d.Sheets[i]
		}
	}
	return nil
}

// titles names tabs for a message.
func titles(tabs []tab) sentence.Sentence {
	const most = 10
	var names []string
	for _, t := range tabs[:min(len(tabs), most)] {
		names = append(names, fmt.Sprintf("%q", t.Properties.Title))
	}
	if len(tabs) > most {
		return sentence.Of("%s, and %d more", strings.Join(names, ", "), len(tabs)-most)
	}
	return sentence.Of("%s", strings.Join(names, ", "))
}
