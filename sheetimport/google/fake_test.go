package google_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// fake is a local server that answers like the Google Sheets API: only the fields of the mask, without blank cells and
// rows at the end, with an error for a range outside of the grid.
type fake struct {
	t      testing.TB
	server *httptest.Server
	locale string
	zone   string
	tabs   []*fakeTab
	// refuse answers before the document does, if it returns true. It is called with the number of the request, from 1.
	refuse func(n int, w http.ResponseWriter, r *http.Request) bool

	mu       sync.Mutex
	requests []*http.Request
	bodies   []string
}

type fakeTab struct {
	id           int
	title        string
	kind         string // of the sheet: "GRID" if empty
	hidden       bool
	rows         [][]fakeCell
	rowCount     int // of the grid; 0: ten blank rows below the last
	columnCount  int // 0: 26
	merges       []map[string]any
	hiddenRows   map[int]bool // by hand
	filteredRows map[int]bool // by a filter
}

// fakeCell is a cell: what it shows and the value behind it.
type fakeCell struct {
	shown   string
	value   map[string]any
	format  string
	pattern string
	link    string
	struck  bool
}

const (
	documentID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"
	apiKey     = "AIzaSy-secret-key-of-this-test"
)

func text(s string) fakeCell {
	return fakeCell{shown: s, value: map[string]any{"stringValue": s}}
}

func number(digits, shown, format string) fakeCell {
	return fakeCell{shown: shown, value: map[string]any{"numberValue": json.Number(digits)}, format: format}
}

func yesNo(b bool, shown string) fakeCell {
	return fakeCell{shown: shown, value: map[string]any{"boolValue": b}}
}

func failed(kind, shown string) fakeCell {
	return fakeCell{shown: shown, value: map[string]any{"errorValue": map[string]any{"type": kind, "message": "…"}}}
}

// texts makes rows of text cells; an empty text is a blank cell.
func texts(rows ...[]string) [][]fakeCell {
	var all [][]fakeCell
	for _, row := range rows {
		var cells []fakeCell
		for _, s := range row {
			if s == "" {
				cells = append(cells, fakeCell{})
				continue
			}
			cells = append(cells, text(s))
		}
		all = append(all, cells)
	}
	return all
}

func newFake(t testing.TB, tabs ...*fakeTab) *fake {
	t.Helper()
	f := &fake{t: t, locale: "en_US", zone: "Etc/GMT", tabs: tabs}
	f.server = httptest.NewServer(f)
	t.Cleanup(f.server.Close)
	return f
}

// open opens the document of the fake by its id, or by the link.
func (f *fake) open(link string, o *google.Options) *google.Sheet {
	f.t.Helper()
	if o == nil {
		o = &google.Options{}
	}
	if o.APIKey == "" && o.TokenSource == nil && o.ServiceAccount == nil {
		o.APIKey = apiKey
	}
	o.Endpoint = f.server.URL
	s, err := google.Open(link, o)
	if err != nil {
		f.t.Fatal(err)
	}
	return s
}

// read reads the sheet of the fake.
func (f *fake) read(o *google.Options) *sheet.Table {
	f.t.Helper()
	sheet, err := f.open(documentID, o).Read(f.t.Context())
	if err != nil {
		f.t.Fatal(err)
	}
	return sheet
}

// asked lists the ranges of the requests for cells.
func (f *fake) asked() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var ranges []string
	for _, r := range f.requests {
		ranges = append(ranges, r.URL.Query()["ranges"]...)
	}
	return ranges
}

func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.requests)
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		f.t.Error(err)
	}
	f.mu.Lock()
	f.requests = append(f.requests, r)
	f.bodies = append(f.bodies, string(body))
	n := len(f.requests)
	f.mu.Unlock()
	if f.refuse != nil && f.refuse(n, w, r) {
		return
	}
	const path = "/v4/spreadsheets/"
	switch {
	case r.Method == http.MethodGet && r.URL.Path == path+documentID:
		f.get(w, r.URL.Query())
	case r.Method == http.MethodPost && r.URL.Path == path+documentID+"/values:batchUpdate":
		f.write(w, body)
	default:
		f.fail(w, http.StatusNotFound, "NOT_FOUND", "Requested entity was not found.")
	}
}

func (f *fake) fail(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	f.send(w, map[string]any{"error": map[string]any{"code": status, "message": message, "status": code}})
}

func (f *fake) send(w io.Writer, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		f.t.Log(err) // the client may be gone
	}
}

func (f *fake) get(w http.ResponseWriter, query url.Values) {
	mask := query.Get("fields")
	if mask == "" {
		f.t.Errorf("a request without a mask of fields: %v", query)
	}
	sheets := []any{}
	for _, tab := range f.tabs {
		sheet := tab.properties()
		ranges := query["ranges"]
		data := []any{}
		for _, a1 := range ranges {
			title, first, last, ok := parseRows(a1)
			switch {
			case !ok:
				f.fail(w, http.StatusBadRequest, "INVALID_ARGUMENT", "Unable to parse range: "+a1)
				return
			case title != tab.title:
				continue
			case last > tab.gridRows():
				f.fail(w, http.StatusBadRequest, "INVALID_ARGUMENT",
					fmt.Sprintf("Range (%s) exceeds grid limits. Max rows: %d, max columns: %d", a1, tab.gridRows(), tab.gridColumns()))
				return
			}
			data = append(data, tab.data(first, last))
		}
		if len(ranges) > 0 && len(data) == 0 {
			continue
		}
		sheet["data"] = data
		sheets = append(sheets, sheet)
	}
	document := map[string]any{
		"spreadsheetId": documentID,
		"properties":    map[string]any{"title": "Influencer", "locale": f.locale, "timeZone": f.zone, "autoRecalc": "ON_CHANGE"},
		"sheets":        sheets,
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	pruned, rest := prune(document, mask)
	if rest != "" {
		f.fail(w, http.StatusBadRequest, "INVALID_ARGUMENT", "Invalid field mask: "+mask)
		return
	}
	f.send(w, pruned)
}

func (t *fakeTab) gridRows() int {
	if t.rowCount > 0 {
		return t.rowCount
	}
	return len(t.rows) + 10
}

func (t *fakeTab) gridColumns() int {
	if t.columnCount > 0 {
		return t.columnCount
	}
	return 26
}

func (t *fakeTab) properties() map[string]any {
	properties := map[string]any{"sheetId": t.id, "title": t.title, "index": 0, "sheetType": "GRID"}
	if t.kind != "" {
		properties["sheetType"] = t.kind
	}
	if t.hidden {
		properties["hidden"] = true
	}
	if t.kind == "" {
		properties["gridProperties"] = map[string]any{"rowCount": t.gridRows(), "columnCount": t.gridColumns(), "frozenRowCount": 1}
	}
	sheet := map[string]any{"properties": properties}
	if len(t.merges) > 0 {
		sheet["merges"] = t.merges
	}
	return sheet
}

// data is a GridData of rows.
func (t *fakeTab) data(first, last int) map[string]any {
	rows, metadata := []any{}, []any{}
	for n := first; n <= last; n++ {
		about := map[string]any{"pixelSize": 21}
		if t.hiddenRows[n] {
			about["hiddenByUser"] = true
		}
		if t.filteredRows[n] {
			about["hiddenByFilter"] = true
		}
		metadata = append(metadata, about)
		if n > len(t.rows) {
			continue
		}
		cells := []any{}
		for _, c := range t.rows[n-1] {
			cells = append(cells, c.data())
		}
		if len(cells) == 0 {
			rows = append(rows, map[string]any{}) // a blank row among others
			continue
		}
		rows = append(rows, map[string]any{"values": cells})
	}
	data := map[string]any{"rowData": rows, "rowMetadata": metadata, "columnMetadata": []any{map[string]any{"pixelSize": 100}}}
	if first > 1 {
		data["startRow"] = first - 1 // 0 is left out, as in every answer of the API
	}
	return data
}

func (c fakeCell) data() map[string]any {
	if c.value == nil {
		return map[string]any{}
	}
	format := map[string]any{"backgroundColor": map[string]any{"red": 1}}
	if c.struck {
		format["textFormat"] = map[string]any{"strikethrough": true}
	}
	if c.format != "" {
		format["numberFormat"] = map[string]any{"type": c.format, "pattern": cmp.Or(c.pattern, "…")}
	}
	data := map[string]any{"userEnteredValue": c.value, "effectiveValue": c.value, "effectiveFormat": format}
	if c.link != "" {
		data["hyperlink"] = c.link
	}
	if c.shown != "" {
		data["formattedValue"] = c.shown
	}
	return data
}

var rowsPattern = regexp.MustCompile(`^'((?:[^']|'')+)'!(\d+):(\d+)$`)

func parseRows(a1 string) (title string, first, last int, ok bool) {
	m := rowsPattern.FindStringSubmatch(a1)
	if m == nil {
		return "", 0, 0, false
	}
	first, _ = strconv.Atoi(m[2])
	last, _ = strconv.Atoi(m[3])
	return strings.ReplaceAll(m[1], "''", "'"), first, last, first >= 1 && first <= last
}

// prune keeps the fields of a mask like "a,b(c,d)" and returns what of the mask it did not understand.
func prune(v any, mask string) (any, string) {
	if list, ok := v.([]any); ok {
		out, rest := []any{}, skipMask(mask)
		for _, each := range list {
			kept, _ := prune(each, mask)
			out = append(out, kept)
		}
		return out, rest
	}
	if list, ok := v.([]map[string]any); ok {
		var all []any
		for _, each := range list {
			all = append(all, each)
		}
		return prune(all, mask)
	}
	object, _ := v.(map[string]any)
	out := map[string]any{}
	for {
		name := mask
		if i := strings.IndexAny(mask, "(),"); i >= 0 {
			name = mask[:i]
		}
		mask = mask[len(name):]
		field, there := object[name]
		if strings.HasPrefix(mask, "(") {
			if !there {
				field = map[string]any{}
			}
			kept, rest := prune(field, mask[1:])
			mask = strings.TrimPrefix(rest, ")")
			field = kept
		}
		if there {
			out[name] = field
		}
		if !strings.HasPrefix(mask, ",") {
			return out, mask
		}
		mask = mask[1:]
	}
}

func skipMask(mask string) string {
	_, rest := prune(map[string]any{}, mask)
	return rest
}

var cellsPattern = regexp.MustCompile(`^'((?:[^']|'')+)'!([A-Z]+)(\d+):([A-Z]+)(\d+)$`)

// write carries out a values.batchUpdate.
func (f *fake) write(w http.ResponseWriter, body []byte) {
	var request struct {
		ValueInputOption string
		Data             []struct {
			Range, MajorDimension string
			Values                [][]string
		}
	}
	if err := json.Unmarshal(body, &request); err != nil || request.ValueInputOption != "RAW" {
		f.fail(w, http.StatusBadRequest, "INVALID_ARGUMENT", "Invalid valueInputOption")
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, d := range request.Data {
		m := cellsPattern.FindStringSubmatch(d.Range)
		if m == nil || m[2] != m[4] || d.MajorDimension != "COLUMNS" || len(d.Values) != 1 {
			f.fail(w, http.StatusBadRequest, "INVALID_ARGUMENT", "Unable to parse range: "+d.Range)
			return
		}
		first, _ := strconv.Atoi(m[3])
		last, _ := strconv.Atoi(m[5])
		column := 0
		for _, letter := range m[2] {
			column = column*26 + int(letter-'A') + 1
		}
		for _, tab := range f.tabs {
			if tab.title != strings.ReplaceAll(m[1], "''", "'") {
				continue
			}
			if last > len(tab.rows) || last-first+1 != len(d.Values[0]) {
				f.fail(w, http.StatusBadRequest, "INVALID_ARGUMENT", "Requested writing within range ["+d.Range+"]")
				return
			}
			for i, s := range d.Values[0] {
				tab.set(first+i, column, text(s))
			}
		}
	}
	f.send(w, map[string]any{"spreadsheetId": documentID})
}

// set puts a cell into a row, which the fake's callers share with no one.
func (t *fakeTab) set(row, column int, c fakeCell) {
	for len(t.rows[row-1]) < column {
		t.rows[row-1] = append(t.rows[row-1], fakeCell{})
	}
	if c.shown == "" {
		c = fakeCell{}
	}
	t.rows[row-1][column-1] = c
}

// headers makes the header of a small sheet, for tabs that have to be found.
func headers() []string {
	return []string{"Influencer", "Platform", "Posting date", "Fee", "Import status"}
}

func tab(id int, title string, rows ...[]string) *fakeTab {
	return &fakeTab{id: id, title: title, rows: texts(rows...)}
}

// shown is the displayed text of a sheet, row by row.
func shown(s *sheet.Table) [][]string {
	var all [][]string
	for _, r := range s.Rows {
		row := []string{}
		for _, c := range r.Cells {
			row = append(row, c.Text)
		}
		all = append(all, row)
	}
	return all
}
