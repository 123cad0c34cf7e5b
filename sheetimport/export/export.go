package export

import (
	"context"
	"fmt"
	"io"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Options are the choices of an export. The zero value is what the import and most programs want.
type Options struct {
	// Comma separates the cells of a CSV file: ',' (what 0 means), ';', '\t' or '|'. German Excel opens files with ';',
	// which have decimal commas as it expects: it takes 10.12 for a day.
	Comma rune
	// BOM begins a CSV file with a byte order mark, without which Excel does not know that it is UTF-8.
	BOM bool
}

// Result says what an export wrote.
type Result struct {
	Rows  int          `json:"rows"`  // cooperations, each of which is one row; in tables of budgets, campaigns or months
	Notes []sheet.Note `json:"notes"` // about what a sheet cannot hold, and which therefore is not in it
}

// errExportAgain is for a store that begins its snapshot again when half of the file is written.
var errExportAgain = sentence.Errorf("the store interrupted the export; export again")

// sheetWriter writes the rows of a sheet, one after the other.
type sheetWriter interface {
	row(cells []records.Cell) error
	close() error
}

// CSV writes the cooperations that a filter selects as CSV in UTF-8, in the layout of Klar's template; see the
// package's section on exports. They come in the order in which they were made, from one snapshot, a page at a time. A
// filter by state needs its day, and one that is wrong is a [crm.ErrInvalid], as is a delimiter that no import reads.
// After an error w may hold a part of the file.
func CSV(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, f crm.CooperationFilter, w io.Writer, o *Options) (Result, error) {
	if s == nil || w == nil {
		panic("export: CSV needs a Service and a writer, and was given nil")
	}
	out, err := newCSVWriter(w, o)
	if err != nil {
		return Result{}, err
	}
	return export(ctx, s, ws, f, out)
}

// XLSX is CSV for an Excel workbook with one sheet: dates are dates, amounts are numbers, exact to the last
// digit, and codes are texts that Excel does not turn into dates.
func XLSX(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, f crm.CooperationFilter, w io.Writer) (Result, error) {
	if s == nil || w == nil {
		panic("export: XLSX needs a Service and a writer, and was given nil")
	}
	out, err := newXLSXWriter(w, cooperationsTab)
	if err != nil {
		return Result{}, err
	}
	return export(ctx, s, ws, f, out)
}

// The tabs of a workbook. An import finds the first by its headers; the others are named to it.
const (
	cooperationsTab = "Cooperations"
	campaignsTab    = "Campaigns"
	monthsTab       = "Months"
)

// Workbook is XLSX of all cooperations that are not archived, with the tables of [CampaignsCSV] and [MonthsCSV] in two tabs
// more, "Campaigns" and "Months". Result counts cooperations.
func Workbook(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, w io.Writer) (Result, error) {
	if s == nil || w == nil {
		panic("export: Workbook needs a Service and a writer, and was given nil")
	}
	out, err := newXLSXWriter(w, cooperationsTab, campaignsTab, monthsTab)
	if err != nil {
		return Result{}, err
	}
	var beside []sheet.Note
	done, err := export(ctx, s, ws, crm.CooperationFilter{}, out, func(ctx context.Context, r crm.Reader) error {
		for _, table := range []budgetTable{writeCampaigns, writeMonths} {
			if err := out.next(); err != nil {
				return err
			}
			written, err := table(ctx, r, out)
			if err != nil {
				return err
			}
			beside = append(beside, written.Notes...)
		}
		return nil
	})
	if err != nil {
		return Result{}, err
	}
	done.Notes = append(done.Notes, beside...)
	return done, nil
}

// export writes the cooperations, and then what else is to be written of the same snapshot.
func export(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, f crm.CooperationFilter, w sheetWriter,
	more ...func(context.Context, crm.Reader) error) (Result, error) {
	x := &exporter{writer: w, exported: Result{Notes: []sheet.Note{}}}
	err := snapshot(ctx, s, ws, w, func(ctx context.Context, r crm.Reader) error {
		x.reader = r
		if err := x.run(ctx, f); err != nil {
			return err
		}
		for _, write := range more {
			if err := write(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Result{}, err
	}
	return x.exported, nil
}

// snapshot writes a file of one state, once, and ends it.
func snapshot(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, w sheetWriter, write func(context.Context, crm.Reader) error) error {
	begun := false
	err := s.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		if begun {
			return errExportAgain
		}
		begun = true
		return write(ctx, r)
	})
	if err == nil {
		err = w.close()
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// exporter writes the cooperations of one snapshot.
type exporter struct {
	reader   crm.Reader
	writer   sheetWriter
	columns  []layoutColumn
	exported Result
	tooLong  map[string]int // cells by the header of their column
}

func (x *exporter) run(ctx context.Context, f crm.CooperationFilter) error {
	if err := x.layOut(ctx, f); err != nil {
		return err
	}
	if err := x.writeHead(); err != nil {
		return err
	}
	err := crm.EachPage(ctx, x.reader.Cooperations(), f, crm.MaxPageSize, func(page []crm.Cooperation) error {
		related, err := x.related(ctx, page)
		if err != nil {
			return err
		}
		for _, c := range page {
			if err := x.write(related.row(c)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.noteTooLong()
	return x.noteArchived(ctx, f)
}

// noteArchived tells how many cooperations are left out because they are archived: they count in the plan.
func (x *exporter) noteArchived(ctx context.Context, f crm.CooperationFilter) error {
	if f.Archive != "" {
		return nil
	}
	f.Archive = crm.ArchivedOnly
	n, err := x.reader.Cooperations().Count(ctx, f)
	if n > 0 {
		x.exported.Notes = append(x.exported.Notes, archivedLeftOut(sentence.Of("%d cooperations", n)))
	}
	return err
}

func archivedLeftOut(records sentence.Sentence) sheet.Note {
	return sheet.Note{Code: "archived_left_out", Text: sentence.Of("not in it, because archived: %s; a plan counts these, too", records)}
}

// write writes the row of a cooperation.
func (x *exporter) write(row records.Row) error {
	cells := make([]records.Cell, len(x.columns))
	for n, column := range x.columns {
		cell := column.cell(row)
		if tooLong(cell.Text) {
			x.tooLong[column.header]++
			cell = records.Cell{}
		}
		cells[n] = cell
	}
	x.exported.Rows++
	return x.writer.row(cells)
}

// noteTooLong tells which cells are blank because a spreadsheet cell cannot hold their text.
func (x *exporter) noteTooLong() {
	for _, column := range x.columns {
		if n := x.tooLong[column.header]; n > 0 {
			x.exported.Notes = append(x.exported.Notes, sheet.Note{Code: "cell_too_long", Text: sentence.Of(
				"%s in the column %q would hold more than %d characters, which is the most that a spreadsheet can show; it is left blank",
				sentence.Of("%d cells", n), texts.Shorten(column.header), sheet.DefaultMaxCellLen)})
		}
	}
}

// tooLong reports whether a text has more characters than a cell can hold, with the apostrophe that literal may put in
// front. Excel counts those beyond the first 65,536 of Unicode twice.
func tooLong(text string) bool {
	if len(text) < sheet.DefaultMaxCellLen {
		return false
	}
	n := 1
	for _, r := range text {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n > sheet.DefaultMaxCellLen
}
