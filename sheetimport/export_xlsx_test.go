package sheetimport_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/export"
)

// workbook is the whole workspace as an Excel workbook.
func (s *shop) workbook() []byte {
	s.t.Helper()
	var b bytes.Buffer
	if _, err := export.XLSX(s.ctx, s.service, s.ws, crm.CooperationFilter{Archive: crm.ActiveOrNot}, &b); err != nil {
		s.t.Fatal(err)
	}
	return b.Bytes()
}

// openWorkbook reads the cells of the workbook's sheet, as displayed or raw.
func openWorkbook(t *testing.T, data []byte, raw bool) (*excelize.File, [][]string) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	})
	rows, err := book.GetRows("Cooperations", excelize.Options{RawCellValue: raw})
	if err != nil {
		t.Fatal(err)
	}
	return book, rows
}

// TestExportXLSX holds a workbook, as another program reads it, against the CSV.
func TestExportXLSX(t *testing.T) {
	t.Parallel()
	s := exportCase(t)
	s.edit(s.contents().Cooperations[1], func(c *crm.Cooperation) {
		c.Notes = "_x000D_ <&> 𝄞 _x\r\nend"
		c.Custom = map[string]string{"Colour": strings.Repeat("é", 20_000)}
	})
	text, _ := s.export()
	_, got := openWorkbook(t, s.workbook(), false)
	want := parseCSV(t, text)
	for n := range want {
		for len(got[n]) < len(want[n]) {
			got[n] = append(got[n], "")
		}
	}
	// encoding/csv drops the carriage return before a line end; the workbook has it.
	notes := slices.Index(want[2], "Notes")
	for _, line := range got {
		line[notes] = strings.ReplaceAll(line[notes], "\r\n", "\n")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-CSV +XLSX):\n%s", diff)
	}
}

// TestExportXLSXTypes looks at the types of cells.
func TestExportXLSXTypes(t *testing.T) {
	t.Parallel()
	s := exportCase(t)
	ids := s.contents().Cooperations[0]
	s.add(crm.Cooperation{Campaign: ids.Campaign, Influencer: ids.Influencer, Status: crm.Draft,
		Cost:   budget.FromMinor(999_999_999_999_999, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("1900-02-28"), End: budget.MustParseDate("1900-03-01")}})
	book, raw := openWorkbook(t, s.workbook(), true)
	for _, tt := range []struct {
		cell string
		kind excelize.CellType
		raw  string
	}{
		{"I4", excelize.CellTypeUnset, "46174"}, // 2026-06-01
		{"K4", excelize.CellTypeUnset, "1234.50"},
		{"K7", excelize.CellTypeUnset, "1.2340"}, // three decimals get a fourth
		{"K8", excelize.CellTypeUnset, "1234"},
		{"K10", excelize.CellTypeUnset, "9999999999999.99"},
		{"I10", excelize.CellTypeInlineString, "1900-02-28"},
		{"J10", excelize.CellTypeUnset, "61"},
		{"T4", excelize.CellTypeInlineString, `IDA10, contains "PAM,X", starts with "A / B"`},
		{"AR4", excelize.CellTypeInlineString, "'+49 170 1234567"},
	} {
		column, row, err := excelize.CellNameToCoordinates(tt.cell)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := book.GetCellType("Cooperations", tt.cell)
		if got := raw[row-1][column-1]; got != tt.raw || kind != tt.kind || err != nil {
			t.Errorf("%s is %q of type %d, %v; want %q of type %d", tt.cell, got, kind, err, tt.raw, tt.kind)
		}
		if formula, err := book.GetCellFormula("Cooperations", tt.cell); formula != "" || err != nil {
			t.Errorf("%s is the formula %q, %v", tt.cell, formula, err)
		}
	}
}

// TestExportWriterFails ends an export whose file cannot be written.
func TestExportWriterFails(t *testing.T) {
	t.Parallel()
	s := exportCase(t)
	full := errors.New("no space left")
	for _, room := range []int{0, 100, 1_000} {
		w := &smallWriter{room: room, err: full}
		if _, err := export.XLSX(s.ctx, s.service, s.ws, crm.CooperationFilter{}, w); !errors.Is(err, full) {
			t.Errorf("XLSX with room for %d bytes: %v", room, err)
		}
		w = &smallWriter{room: room, err: full}
		if _, err := export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{}, w, nil); !errors.Is(err, full) {
			t.Errorf("CSV with room for %d bytes: %v", room, err)
		}
	}
}

type smallWriter struct {
	room int
	err  error
}

func (w *smallWriter) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, w.err
	}
	return len(p), nil
}

func BenchmarkExport(b *testing.B) {
	for _, rows := range benchSizes(b) {
		s := memoryShop(b, nil)
		s.bring(benchSheet(b, rows))
		for name, write := range map[string]func(io.Writer) (export.Result, error){
			"CSV": func(w io.Writer) (export.Result, error) {
				return export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{}, w, nil)
			},
			"XLSX": func(w io.Writer) (export.Result, error) {
				return export.XLSX(s.ctx, s.service, s.ws, crm.CooperationFilter{}, w)
			},
		} {
			b.Run(name+"/"+strconv.Itoa(rows), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if done, err := write(io.Discard); err != nil || done.Rows != rows {
						b.Fatal(done, err)
					}
				}
				perSecond(b, rows)
			})
		}
	}
}

// TestExportXLSXIsWhole reads every part of the workbook's file.
func TestExportXLSXIsWhole(t *testing.T) {
	t.Parallel()
	data := exportCase(t).workbook()
	book, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, part := range book.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil || !bytes.HasPrefix(text, []byte("<?xml")) {
			t.Errorf("%s: %v", part.Name, err)
		}
		names = append(names, part.Name)
	}
	want := []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
		"xl/styles.xml", "xl/worksheets/sheet1.xml"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
