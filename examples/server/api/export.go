package api

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/sheetimport/export"
)

// exportFormat is a form in which cooperations are exported.
type exportFormat string

// The formats of an export.
const (
	exportCSV  exportFormat = "csv"
	exportXLSX exportFormat = "xlsx"
	exportJSON exportFormat = "json"
)

// exportTable is what an export is of.
type exportTable string

// The tables of an export.
const (
	exportCooperations exportTable = "cooperations"
	exportCampaigns    exportTable = "campaigns"
	exportMonths       exportTable = "months"
	exportAll          exportTable = "all"
)

type exportParams struct {
	crm.CooperationFilter
	// Table is cooperations, or what an import takes beside them as a table of budgets: campaigns, those without a cooperation
	// too, or the months that have a budget. All are the tabs of one workbook. Only cooperations alone can be filtered.
	// Cooperations if it is not given.
	Table exportTable `json:"table,omitzero"`
	// Format is csv, xlsx, or json for how many rows an export has and what a sheet cannot hold. Campaigns and months
	// are csv, all of it is xlsx. If it is not given, it is csv, and xlsx for all.
	Format exportFormat `json:"format,omitzero"`
	// Comma separates the cells of a CSV file: a comma, a semicolon, a tab or a bar. German Excel wants a semicolon. A workbook
	// has none.
	Comma string `json:"comma,omitzero"`
	// BOM begins a CSV file with a byte order mark, without which Excel does not know that it is UTF-8.
	BOM bool `json:"bom,omitzero"`
}

const (
	mediaCSV  = "text/csv; charset=utf-8"
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func (a *API) exports() []Operation {
	o := operation("GET /export", "exportCooperations",
		"Cooperations as a sheet, campaigns or months with their budgets, or all of it as a workbook; imported again, it changes nothing", a.export)
	o.timeout = sheetTime
	o.Answers[0].Content = &openapi.Content{Type: reflect.TypeFor[export.Result](), Media: []string{"text/csv", mediaXLSX}}
	return tagged("Imports", o)
}

// export writes a sheet to disk before it is sent, so that an error is a problem and no half sheet, and a slow client holds
// up no snapshot of the database.
func (a *API) export(c *call[exportParams]) (any, error) {
	p := c.params
	if err := p.withoutEffect(c.request.URL.Query()); err != nil {
		return nil, err
	}
	comma := []rune(p.Comma)
	if len(comma) > 1 {
		return nil, imports.NoComma(p.Comma)
	}
	o := &export.Options{BOM: p.BOM}
	if len(comma) == 1 {
		o.Comma = comma[0]
	}
	write, err := a.exporter(c, o)
	if err != nil {
		return nil, err
	}
	if p.Format == exportJSON {
		return write(io.Discard)
	}
	disk, err := os.CreateTemp(a.options.TempDir, "crm-export-*")
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	s := &spooled{disk: disk, name: string(cmp.Or(p.Table, exportCooperations)) + ".csv", media: mediaCSV}
	if p.Format == exportXLSX || p.Table == exportAll {
		s.name, s.media = strings.TrimSuffix(s.name, ".csv")+".xlsx", mediaXLSX
	}
	if _, err := write(disk); err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

// withoutEffect refuses parameters that the export would not look at: who gives one expects another file.
func (p exportParams) withoutEffect(query url.Values) error {
	var errs []error
	if table := cmp.Or(p.Table, exportCooperations); table != exportCooperations {
		for _, name := range slices.Sorted(maps.Keys(query)) {
			if wire.HasParameter[crm.CooperationFilter](name) && slices.ContainsFunc(query[name], func(text string) bool { return text != "" }) {
				errs = append(errs, imports.NoFilter(name, strings.Join(query[name], " ")))
			}
		}
	}
	isCSV := p.Format == exportCSV || p.Format == "" && p.Table != exportAll
	if !isCSV && p.Comma != "" {
		errs = append(errs, imports.OnlyInCSV("comma", p.Comma))
	}
	if !isCSV && p.BOM {
		errs = append(errs, imports.OnlyInCSV("bom", "true"))
	}
	return errors.Join(errs...)
}

// exporter writes the table in the format that is asked for.
func (a *API) exporter(c *call[exportParams], o *export.Options) (func(io.Writer) (export.Result, error), error) {
	ctx, p := c.ctx(), c.params
	table, formats := cmp.Or(p.Table, exportCooperations), []exportFormat{exportCSV, exportXLSX, exportJSON}
	switch table {
	case exportCooperations:
	case exportCampaigns, exportMonths:
		formats = []exportFormat{exportCSV, exportJSON}
	case exportAll:
		formats = []exportFormat{exportXLSX, exportJSON}
	default:
		return nil, imports.NoTable(string(table))
	}
	if p.Format != "" && !slices.Contains(formats, p.Format) {
		return nil, imports.NoFormat(string(p.Format), listOf(formats))
	}
	switch {
	case table == exportAll:
		return func(w io.Writer) (export.Result, error) { return export.Workbook(ctx, c.crm, c.ws, w) }, nil
	case table == exportCampaigns:
		return func(w io.Writer) (export.Result, error) { return export.CampaignsCSV(ctx, c.crm, c.ws, w, o) }, nil
	case table == exportMonths:
		return func(w io.Writer) (export.Result, error) { return export.MonthsCSV(ctx, c.crm, c.ws, w, o) }, nil
	case p.Format == exportXLSX:
		return func(w io.Writer) (export.Result, error) { return export.XLSX(ctx, c.crm, c.ws, p.CooperationFilter, w) }, nil
	default:
		return func(w io.Writer) (export.Result, error) {
			return export.CSV(ctx, c.crm, c.ws, p.CooperationFilter, w, o)
		}, nil
	}
}

// listOf are formats with commas between them.
func listOf(formats []exportFormat) string {
	words := make([]string, len(formats))
	for n, f := range formats {
		words[n] = string(f)
	}
	return strings.Join(words, ", ")
}

// spooled is a file on disk that is sent once.
type spooled struct {
	disk  *os.File
	media string
	name  string // under which a browser saves it; empty to show it
}

// ServeHTTP implements http.Handler.
func (s *spooled) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	defer s.remove()
	size, err := s.disk.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = s.disk.Seek(0, io.SeekStart)
	}
	if err != nil {
		panic(err) // a file that was just written
	}
	w.Header().Set("Content-Type", s.media)
	w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	if s.name != "" {
		w.Header().Set("Content-Disposition", "attachment; filename="+strconv.Quote(s.name))
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sheetTime)) // not every ResponseWriter has one
	_, _ = io.Copy(w, s.disk)                                                     // a client that is gone does not hear of it
}

func (s *spooled) remove() {
	_ = s.disk.Close()
	_ = os.Remove(s.disk.Name()) // the system's folder for such files is cleaned by others too
}
