// Package xlsxtest makes workbooks for tests.
package xlsxtest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Book makes a workbook, which edit fills.
func Book(t testing.TB, edit func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it lives in memory
	edit(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Row writes cells into a row of a tab.
func Row(t testing.TB, f *excelize.File, tab string, n int, cells ...any) {
	t.Helper()
	if err := f.SetSheetRow(tab, fmt.Sprint("A", n), &cells); err != nil {
		t.Fatal(err)
	}
}

// Style gives a cell a number format.
func Style(t testing.TB, f *excelize.File, tab, cell, format string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err == nil {
		err = f.SetCellStyle(tab, cell, cell, id)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Edited is a workbook with another text for one of its parts.
func Edited(t testing.TB, data []byte, part, text string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if f.Name == part {
			continue
		}
		if err := out.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	w, err := out.Create(part)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Deals is a workbook with a Klar-like sheet.
func Deals(t testing.TB) []byte {
	t.Helper()
	return Book(t, func(f *excelize.File) {
		Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Posting Date", "Fixed Costs", "Discount Code",
			"Discount %", "Last touch", "Status")
		Row(t, f, "Sheet1", 2, 46174, "Ida", "IG", 46174, 1.5, "IDA10", 0.15, true, "signed")
		Style(t, f, "Sheet1", "A2", "mmmm yyyy")
		Style(t, f, "Sheet1", "D2", "m/d/yy")
		Style(t, f, "Sheet1", "E2", "#,##0.00 [$USD]")
		Style(t, f, "Sheet1", "G2", "0%")
		Row(t, f, "Sheet1", 3, "Summer", "Mats", "TikTok", 46175, 1234, 46091, nil, false, "signed")
		Style(t, f, "Sheet1", "D3", "yyyy-mm-dd")
		Style(t, f, "Sheet1", "F3", "d-mmm")
	})
}

// Zipped is a ZIP file of parts.
func Zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
