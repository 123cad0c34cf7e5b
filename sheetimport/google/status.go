package google

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// WriteStatus writes texts into the sheet's column for what an import says about each row, which is Klar's AJ "Status":
// see [column.ImportStatus]. The key of a text is the number of its row. Nothing but these cells is touched, an
// empty text empties its cell, and texts are stored as they are: one that begins with = is no formula.
//
// It reads the sheet again first. Where a row is no longer what the last Read returned, because somebody has moved or
// changed it, nothing is written: the error is an [ErrNotWritten] and a [crm.ErrConflict]. The column itself is not
// compared, so that writing the same again is fine; what stands there already is not sent.
//
// It has to be allowed by [Options.WriteStatus], and needs a Read before it.
func (s *Sheet) WriteStatus(ctx context.Context, texts map[int]string) error {
	s.mu.Lock()
	last := s.last
	s.mu.Unlock()
	switch {
	case !s.client.writes:
		return invalid("write_status", "false", "writing into the sheet is off; open it with Options.WriteStatus")
	case last == nil:
		return invalid("rows", "", "read the sheet before writing beside its rows")
	}
	now, t, err := s.readTab(ctx)
	if err != nil {
		return err
	}
	header, err := column.FindHeader(now, s.mapping)
	if err != nil {
		return err
	}
	column, ok := header.Column(column.ImportStatus)
	if !ok {
		return s.notWritten(sentence.Errorf(`it has no column for it; add one with the header "Import status"`))
	}
	changed, err := s.changed(texts, last, now, header.Row, column.Index)
	if err != nil {
		return err
	}
	for _, request := range requestsFor(t, column.Letter, changed) {
		body, err := json.Marshal(request)
		if err != nil {
			return s.notWritten(err)
		}
		var answer struct{}
		if err := s.client.call(ctx, http.MethodPost, s.client.document+"/values:batchUpdate?fields=spreadsheetId",
			body, &answer); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return s.notWritten(err)
		}
	}
	return nil
}

// changed returns the texts that do not stand in the column yet, if each belongs beside a row of data that is now what it
// was last.
func (s *Sheet) changed(texts map[int]string, last, now *sheet.Table, header, column int) (map[int]string, error) {
	changed := map[int]string{}
	for _, row := range slices.Sorted(maps.Keys(texts)) {
		text := texts[row]
		switch {
		case row < 1 || row > len(last.Rows):
			return nil, invalid("row", strconv.Itoa(row), "is no row of the sheet, which has %d", len(last.Rows))
		case !utf8.ValidString(text) || utf8.RuneCountInString(text) > s.limits.CellLen:
			return nil, invalid("text", text, "is no text of at most %d characters", s.limits.CellLen)
		case row > len(now.Rows) || !sameRow(last.Rows[row-1], now.Rows[row-1], column):
			return nil, s.notWritten(sentence.Errorf("row %s is %s; read it again", strconv.Itoa(row), crm.ErrConflict))
		case row <= header:
			return nil, invalid("row", strconv.Itoa(row), "is above the data, which begins below row %s", strconv.Itoa(header))
		case now.Rows[row-1].Cell(column).Text != text:
			changed[row] = text
		}
	}
	return changed, nil
}

func (s *Sheet) notWritten(err error) error {
	return sentence.Errorf("%q: %s: %s", crm.Shorten(s.name), ErrNotWritten, err)
}

// sameRow compares what two readings of a row show, but in the column that is written.
func sameRow(a, b sheet.Row, written int) bool {
	for i := range max(len(a.Cells), len(b.Cells)) {
		if i != written && a.Cell(i).Text != b.Cell(i).Text {
			return false
		}
	}
	return (a.Err == nil) == (b.Err == nil)
}

// batchUpdate is the request that writes values into ranges.
type batchUpdate struct {
	Input string       `json:"valueInputOption"`
	Data  []valueRange `json:"data"`
}

// valueRange is a piece of a column: one list of texts, from the top.
type valueRange struct {
	Range     string     `json:"range"`
	Dimension string     `json:"majorDimension"`
	Values    [][]string `json:"values"`
}

// One request carries at most so many bytes of text, and no rows on both sides of a multiple of so many: with the names
// of the ranges it stays below the two megabytes that Google advises.
const (
	maxRequestText = 1 << 20
	maxRequestRows = 5000
)

// requestsFor puts the texts of rows that follow each other into one range, and as many as fit into one request. RAW
// means that nothing is evaluated.
func requestsFor(t *tab, column string, texts map[int]string) []batchUpdate {
	var all []batchUpdate
	size, previous := 0, 0
	for _, row := range slices.Sorted(maps.Keys(texts)) {
		if size += len(texts[row]); len(all) == 0 || size > maxRequestText || row%maxRequestRows == 0 {
			all = append(all, batchUpdate{Input: "RAW"})
			size, previous = len(texts[row]), 0
		}
		request := &all[len(all)-1]
		if row != previous+1 {
			request.Data = append(request.Data, valueRange{Dimension: "COLUMNS", Values: [][]string{nil}})
		}
		run := &request.Data[len(request.Data)-1]
		run.Values[0] = append(run.Values[0], texts[row])
		first := row - len(run.Values[0]) + 1
		run.Range = fmt.Sprintf("%s!%s%d:%s%d", t.quoted(), column, first, column, row)
		previous = row
	}
	return all
}
