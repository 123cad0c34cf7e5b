package csvfile_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// readText reads a CSV text and ends the test if that fails.
func readText(t *testing.T, text string) *sheet.Table {
	t.Helper()
	s, err := csvfile.New("test.csv", strings.NewReader(text), nil).Read(t.Context())
	if err != nil {
		t.Fatalf("Read(%q): %v", text, err)
	}
	return s
}

// A sheet that is too wide is told as that, and not as one long cell, whatever its delimiter.
func TestTooManyColumns(t *testing.T) {
	t.Parallel()
	for _, delimiter := range []string{",", ";", "\t", "|"} {
		wide := strings.Repeat(delimiter+"x", 10_000)
		s := readText(t, "Influencer"+delimiter+"Platform"+strings.Repeat(delimiter+"column", 10_000)+"\nIda"+delimiter+"IG"+wide+"\n")
		want := `"column" stands in column IW, and only 256 columns are read; delete the columns that are not needed`
		if got := s.Rows[0].Err; got == nil || got.Error() != want {
			t.Errorf("%q: %v, want %s", delimiter, got, want)
		}
	}
	s := readText(t, "Influencer,Platform,Notes\nIda,IG,"+strings.Repeat("ä", 40_000)+"\n")
	if got := fmt.Sprint(s.Rows[1].Err); !strings.HasSuffix(got, "stands in column C and has 40000 characters; at most 32767 of a cell are read; shorten the cell") {
		t.Errorf("%s", got)
	}
}

// What is no CSV file is told as what it is, with what to do.
func TestOtherFiles(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00": "the workbook has a password; save a copy without one",
		"\xd0\xcf\x11\xe0 Workbook":  "it is an old Excel workbook (.xls); open it and save it as .xlsx or CSV",
		"<html><body>Sign in</body>": "it is a web page or XML, not a CSV file; if it came from a link",
		`{"rows":[]}`:                "it is JSON or rich text, not a CSV file;",
	} {
		_, err := csvfile.New("test.csv", strings.NewReader(data), nil).Read(t.Context())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", data, err, want)
		}
	}
}

// texts shows rows in short: the number, and the cells or the code of the error.
func texts(rows []sheet.Row) []string {
	out := []string{}
	for _, r := range rows {
		if r.Err != nil {
			out = append(out, fmt.Sprintf("%d !%s", r.Number, cellCode(r.Err)))
			continue
		}
		cells := []string{}
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		out = append(out, fmt.Sprintf("%d %q", r.Number, cells))
	}
	return out
}

// cellCode is the code of a cell's error, "" for nil.
func cellCode(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*cell.Error](err); ok {
		return e.Code
	}
	return "not a CellError: " + err.Error()
}

func TestCSVRows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"plain", "Name,Platform\nIda,TikTok\n", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`}},
		{"no line end at the end", "Name,Platform\nIda,TikTok", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`}},
		{"windows line ends", "Name,Platform\r\nIda,TikTok\r\n", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`}},
		{"old Mac line ends", "Name,Platform\rIda,TikTok\r", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`}},
		{"byte order mark", "\uFEFFName,Platform\nIda,TikTok", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`}},
		{"semicolons", "Name;Plattform;Honorar\nIda;TikTok;1,50", []string{`1 ["Name" "Plattform" "Honorar"]`, `2 ["Ida" "TikTok" "1,50"]`}},
		{"tabs", "Name\tPlatform\nIda\tTikTok", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`}},
		{"bars", "Name|Platform\nIda|TikTok", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`}},
		{"sep line is no row", "sep=;\r\nName;Platform\r\nIda;a,b,c\r\n", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "a,b,c"]`}},
		{"sentences full of commas above the header", "one, two, three, four, five\na, b, c, d, e, f\nName;Platform\nIda;TikTok",
			[]string{`1 ["one, two, three, four, five"]`, `2 ["a, b, c, d, e, f"]`, `3 ["Name" "Platform"]`, `4 ["Ida" "TikTok"]`}},
		{"blank lines count", "Name,Platform\n\n,\n\nIda,TikTok\n", []string{`1 ["Name" "Platform"]`, `2 []`,
			`3 ["" ""]`, `4 []`, `5 ["Ida" "TikTok"]`}},
		{"line breaks in quotes do not", "Name,Platform\n\"Ida\nCastell\",TikTok\nB,C",
			[]string{`1 ["Name" "Platform"]`, `2 ["Ida\nCastell" "TikTok"]`, `3 ["B" "C"]`}},
		{"quotes", `Name,Platform` + "\n" + `"Ida ""Idi"" C, B",""` + "\n" + `"",x`,
			[]string{`1 ["Name" "Platform"]`, `2 ["Ida \"Idi\" C, B" ""]`, `3 ["" "x"]`}},
		{"blanks around quotes", `Name, "Platform" ,x` + "\r\n" + `a, "b" ` + "\r\n", []string{`1 ["Name" "Platform" "x"]`, `2 ["a" "b"]`}},
		{"quotes inside a cell", "Name,Platform\nIda \"Idi\" C,TikTok\n5\" Screen,C\n",
			[]string{`1 ["Name" "Platform"]`, `2 ["Ida \"Idi\" C" "TikTok"]`, `3 ["5\" Screen" "C"]`}},
		{"quotes inside a cell, and a delimiter between them", "Name,Platform\nIda \"Idi, C\",TikTok\nB,C\n",
			[]string{`1 ["Name" "Platform"]`, `2 !stray_quote`, `3 ["B" "C"]`}},
		{"quotes inside a cell, with semicolons", "Name;Plattform\nJörg \"JJ\" Ott;TikTok\n",
			[]string{`1 ["Name" "Plattform"]`, `2 ["Jörg \"JJ\" Ott" "TikTok"]`}},
		{"tabs: a cell that begins with a quote", "Name\tPlatform\n\"Nana\" Ruiz\tTikTok\nB\tC\n",
			[]string{`1 ["Name" "Platform"]`, `2 ["\"Nana\" Ruiz" "TikTok"]`, `3 ["B" "C"]`}},
		{"tabs: a quote that nobody closes", "Name\tPlatform\n\"Nana\tTikTok\nB\tC\n",
			[]string{`1 ["Name" "Platform"]`, `2 ["\"Nana" "TikTok"]`, `3 ["B" "C"]`}},
		{"tabs: cells that Excel has quoted", "Name\tPlatform\n\"Ana \"\"Nana\"\" Ruiz\"\tTikTok\n\"a\nb\"\tC\n",
			[]string{`1 ["Name" "Platform"]`, `2 ["Ana \"Nana\" Ruiz" "TikTok"]`, `3 ["a\nb" "C"]`}},
		{"tabs: inches", "Name\tPlatform\tNotes\nIda\tTikTok\t5\"\nBen\tTikTok\t7\" x 9\"\n",
			[]string{`1 ["Name" "Platform" "Notes"]`, `2 ["Ida" "TikTok" "5\""]`, `3 ["Ben" "TikTok" "7\" x 9\""]`}},
		{"CR CR LF", "Name,Platform\r\r\nIda,TikTok\r\r\n", []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`}},
		{"a NUL character hurts its row", "Name,Platform\n" + strings.Repeat("Ida,TikTok\n", 10) +
			"I\x00da,TikTok\nB,C\n", slices.Concat([]string{`1 ["Name" "Platform"]`},
			numbered(2, 11, `["Ida" "TikTok"]`), []string{`12 !nul_character`, `13 ["B" "C"]`})},
		{"text after a quote hurts its row", "Name,Platform\n\"Ida\" C,TikTok\nB,C\n",
			[]string{`1 ["Name" "Platform"]`, `2 !stray_quote`, `3 ["B" "C"]`}},
		{"open quote hurts its row", "Name,Platform\n\"Ida,TikTok\nB,C\nD,E\n",
			[]string{`1 ["Name" "Platform"]`, `2 !stray_quote`, `3 ["B" "C"]`, `4 ["D" "E"]`}},
		{"open quote before a good one", "Name,Platform\n\"Ida,TikTok\nB,\"C,D\"\nD,E\n",
			[]string{`1 ["Name" "Platform"]`, `2 !stray_quote`, `3 ["B" "C,D"]`, `4 ["D" "E"]`}},
		{"two stray quotes do not swallow the rows between",
			"Campaign,Name,Platform,Cost\nA,\"Ida,TikTok,1\nA,Ben,TikTok,2\nA,Cem,12\",3\nA,Dan,TikTok,4\n",
			[]string{`1 ["Campaign" "Name" "Platform" "Cost"]`, `2 !stray_quote`, `3 ["A" "Ben" "TikTok" "2"]`,
				`4 !stray_quote`, `5 ["A" "Dan" "TikTok" "4"]`}},
		{"nor do two in one column, a blank line between",
			"Campaign,Name,Platform,Cost\nA,\"Ida,TikTok,1\n\nA,Ben,TikTok,2\nA,Cem\",TikTok,3\nA,Dan,TikTok,4\n",
			[]string{`1 ["Campaign" "Name" "Platform" "Cost"]`, `2 !stray_quote`, `3 []`, `4 ["A" "Ben" "TikTok" "2"]`,
				`5 !stray_quote`, `6 ["A" "Dan" "TikTok" "4"]`}},
		{"nor do two in the last column",
			"Campaign,Name,Platform,Cost,Notes\nA,Ida,TikTok,1,\"call\nA,Ben,TikTok,2,1,200\nA,Cem,TikTok,3,now\"\nA,Dan,TikTok,4,\n",
			[]string{`1 ["Campaign" "Name" "Platform" "Cost" "Notes"]`, `2 !stray_quote`,
				`3 ["A" "Ben" "TikTok" "2" "1" "200"]`, `4 !stray_quote`, `5 ["A" "Dan" "TikTok" "4" ""]`}},
		{"a stray quote behind two others", "Campaign,Name,Platform,Cost\nA,\"Ida,TikTok,1\nA,Ben,TikTok,2\nA,Cem\",\"x\"y,3\nA,Dan,TikTok,4\n",
			[]string{`1 ["Campaign" "Name" "Platform" "Cost"]`, `2 !stray_quote`, `3 ["A" "Ben" "TikTok" "2"]`,
				`4 !stray_quote`, `5 ["A" "Dan" "TikTok" "4"]`}},
		{"lists in two notes", "Name,Platform,Notes,Comment\nIda,TikTok,\"a, b, c, d\ne\",\"\n1, 2, 3, 4, 5\n\"\nBen,TikTok,,\n",
			[]string{`1 ["Name" "Platform" "Notes" "Comment"]`,
				`2 ["Ida" "TikTok" "a, b, c, d\ne" "\n1, 2, 3, 4, 5\n"]`, `3 ["Ben" "TikTok" "" ""]`}},
		{"lists in a note are no rows",
			"Campaign,Name,Platform,Cost,Notes\nA,Ida,TikTok,1,\"sizes:\nS, M, L, XL, XXL, 3XL\nred, blue\n\"\nA,Ben,TikTok,2,\"a,b,c,d,e\nf,g,h\"\n",
			[]string{`1 ["Campaign" "Name" "Platform" "Cost" "Notes"]`,
				`2 ["A" "Ida" "TikTok" "1" "sizes:\nS, M, L, XL, XXL, 3XL\nred, blue\n"]`,
				`3 ["A" "Ben" "TikTok" "2" "a,b,c,d,e\nf,g,h"]`}},
		{"ragged rows", "Name,Platform\nIda\nB,C,D\n", []string{`1 ["Name" "Platform"]`, `2 ["Ida"]`, `3 ["B" "C" "D"]`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := readText(t, tt.text)
			if diff := cmp.Diff(tt.want, texts(s.Rows)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if len(s.Notes) != 0 || s.Name != "test.csv" {
				t.Errorf("name %q, notes %v; want the source's name and no notes", s.Name, s.Notes)
			}
		})
	}
}

// numbered is a row as texts shows it, for each of some numbers.
func numbered(from, to int, row string) []string {
	var rows []string
	for n := from; n <= to; n++ {
		rows = append(rows, fmt.Sprintf("%d %s", n, row))
	}
	return rows
}

// TestMixedLineEnds: each kind of line end ends a row, wherever it stands, and the file is told to have several.
func TestMixedLineEnds(t *testing.T) {
	t.Parallel()
	want := []string{`1 ["Name" "Platform"]`, `2 ["Ida" "TikTok"]`, `3 ["Ben\n2" "Blog"]`, `4 ["Jörg" "IG"]`}
	for _, text := range []string{
		"Name,Platform\rIda,TikTok\r\n\"Ben\n2\",Blog\r\nJörg,IG\r\n",
		"Name,Platform\nIda,TikTok\r\"Ben\r2\",Blog\nJörg,IG",
		"Name,Platform\r\nIda,TikTok\n\"Ben\r\n2\",Blog\rJörg,IG\r",
		"Name;Platform\rIda;TikTok\nBen\n2;Blog\rJörg;IG\n",
		"Name\tPlatform\r\r\nIda\tTikTok\r\n\"Ben\n2\"\tBlog\rJörg\tIG",
	} {
		s := readText(t, strings.Replace(text, "\nBen\n2;", "\n\"Ben\n2\";", 1))
		if diff := cmp.Diff(want, texts(s.Rows)); diff != "" {
			t.Errorf("rows of %q (-want +got):\n%s", text, diff)
		}
		if len(s.Notes) != 1 || s.Notes[0].Code != "mixed_line_ends" {
			t.Errorf("notes of %q: %v", text, s.Notes)
		}
	}
}

func TestCSVEncoding(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, note string
		want             []string
	}{
		{"UTF-8", "Name,Ort\nZoë 👩‍🎤,Köln", "", []string{`1 ["Name" "Ort"]`, `2 ["Zoë 👩\u200d🎤" "Köln"]`}},
		{"a mark that was read as Windows-1252", "ï»¿Name,Ort\nZoë,Köln", "", []string{`1 ["Name" "Ort"]`, `2 ["Zoë" "Köln"]`}},
		{"Windows-1252", "Name;Ort\nZo\xEB;K\xF6ln \x80", "read_as_windows_1252", []string{`1 ["Name" "Ort"]`, `2 ["Zoë" "Köln €"]`}},
		{"a byte that Windows-1252 lacks", "Name;Ort\nZo\xEB;K\x81\nBen;x", "read_as_windows_1252",
			[]string{`1 ["Name" "Ort"]`, `2 !bad_encoding`, `3 ["Ben" "x"]`}},
		{"UTF-8 with a broken row", "Name;Ort\nZoë;Köln\nZo\xEB;x\nBen;y", "broken_utf8",
			[]string{`1 ["Name" "Ort"]`, `2 ["Zoë" "Köln"]`, `3 !bad_encoding`, `4 ["Ben" "y"]`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := readText(t, tt.text)
			if diff := cmp.Diff(tt.want, texts(s.Rows)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			note := ""
			for _, n := range s.Notes {
				note += n.Code
			}
			if note != tt.note {
				t.Errorf("notes = %v, want %q", s.Notes, tt.note)
			}
		})
	}
}

func TestCSVUnreadable(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"empty", "", "it is empty"},
		{"white space", " \r\n\t\n", "it is empty"},
		{"byte order mark only", "\uFEFF", "it is empty"},
		{"xlsx", "PK\x03\x04\x14\x00", "Excel workbook (.xlsx)"},
		{"xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Excel workbook"},
		{"UTF-16 cut in two", "\xFF\xFEN\x00a", "in the middle of a character"},
		{"UTF-16 with NULs", "\xFF\xFEN\x00\x00\x00", "NUL characters"},
		{"UTF-16 with nothing in it", "\xFE\xFF\x00 ", "it is empty"},
		{"UTF-16 without a mark and with NULs", "N\x00a\x00m\x00e\x00,\x00P\x00l\x00a\x00t\x00\x00\x00", "NUL characters"},
		{"zeros on both sides", "N\x00a\x00\x00m\x00e,\x00P\x00\x00l\x00a\x00t", "line 1 holds a NUL byte"},
		{"UTF-32", "N\x00\x00\x00a\x00\x00\x00m\x00\x00\x00e\x00\x00\x00", "line 1 holds a NUL byte"},
		{"NUL bytes", "Name,Platform\nI\x00d\x00a\x00,T\x00ikTok", "line 2 holds a NUL byte"},
		{"web page", "\n<!DOCTYPE html><html>", "web page"},
		{"PDF", "%PDF-1.7", "PDF"},
		{"JSON", `{"error": "no"}`, "JSON"},
		{"gzip", "\x1F\x8B\x08\x00", "compressed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := csvfile.New("plan.csv", strings.NewReader(tt.text), nil).Read(t.Context())
			if !errors.Is(err, sheet.ErrUnreadable) {
				t.Fatalf("err = %v, want ErrUnreadable", err)
			}
			if !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "plan.csv") {
				t.Errorf("err = %q, want it to name the file and %q", err, tt.want)
			}
		})
	}
}

func TestCSVLimits(t *testing.T) {
	t.Parallel()
	read := func(text string, l sheet.Limits) (*sheet.Table, error) {
		return csvfile.New("plan.csv", strings.NewReader(text), &l).Read(t.Context())
	}
	for name, l := range map[string]sheet.Limits{"bytes": {Bytes: 10}, "rows": {Rows: 2}} {
		if _, err := read("Name,Platform\nA,B\nC,D\n", l); !errors.Is(err, sheet.ErrTooLarge) || !errors.Is(err, sheet.ErrUnreadable) {
			t.Errorf("%s: err = %v, want ErrTooLarge of the family ErrUnreadable", name, err)
		}
	}
	s, err := read("Name,Platform\nA,B\n,\n\n,\n", sheet.Limits{Rows: 2})
	if err != nil || len(s.Rows) != 2 || len(s.Notes) != 1 || s.Notes[0].Code != "blank_rows_left_out" {
		t.Errorf("blank rows at the end: %v, %v; want 2 rows and a note", s, err)
	}
	s, err = read("Name,Platform,,,\nA,B,C\nÄÄÄÄÄÄÄÄ,B\n\"ÄÄÄÄÄÄÄÄÄ\",B\nC,D\n", sheet.Limits{Columns: 2, CellLen: 8})
	want := []string{`1 ["Name" "Platform"]`, `2 !too_many_columns`, `3 ["ÄÄÄÄÄÄÄÄ" "B"]`, `4 !cell_too_long`, `5 ["C" "D"]`}
	if diff := cmp.Diff(want, texts(s.Rows)); diff != "" || err != nil {
		t.Errorf("rows (-want +got):\n%s%v", diff, err)
	}
}

func TestCSVReadOnceAndErrors(t *testing.T) {
	t.Parallel()
	src := csvfile.New("plan.csv", strings.NewReader("a,b\n"), nil)
	if src.Name() != "plan.csv" {
		t.Errorf("Name() = %q", src.Name())
	}
	if _, err := src.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := src.Read(t.Context()); !errors.Is(err, sheet.ErrUnreadable) {
		t.Errorf("second Read: %v, want ErrUnreadable", err)
	}
	broken := csvfile.New("plan.csv", io.MultiReader(strings.NewReader("a,b"), iotest.ErrReader(io.ErrUnexpectedEOF)), nil)
	if _, err := broken.Read(t.Context()); !errors.Is(err, sheet.ErrUnreadable) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("broken reader: %v, want ErrUnreadable with its cause", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := csvfile.New("plan.csv", strings.NewReader("a,b"), nil).Read(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, sheet.ErrUnreadable) {
		t.Errorf("cancelled: %v, want context.Canceled only", err)
	}
}

func TestCSVInUTF16(t *testing.T) {
	t.Parallel()
	const text = "Name;Platform\r\nJörg 🎬;IG\r\n"
	for name, order := range map[string]binary.AppendByteOrder{"little endian": binary.LittleEndian, "big endian": binary.BigEndian} {
		sheet, err := csvfile.New("x.csv", bytes.NewReader(inUTF16(text, order)), nil).Read(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := sheet.Rows[1].Cell(0).Text; got != "Jörg 🎬" || len(sheet.Rows) != 2 || len(sheet.Notes) != 0 {
			t.Errorf("%s: %q in %d rows, notes %v", name, got, len(sheet.Rows), sheet.Notes)
		}
		unmarked, err := csvfile.New("x.csv", bytes.NewReader(inUTF16(text, order)[2:]), nil).Read(t.Context())
		if err != nil {
			t.Fatalf("%s without a mark: %v", name, err)
		}
		if diff := cmp.Diff(texts(sheet.Rows), texts(unmarked.Rows)); diff != "" {
			t.Errorf("%s without a mark (-with +without):\n%s", name, diff)
		}
	}
}

// The lower byte of a few characters is zero as well, and stands where no other character has one.
func TestCSVInUnmarkedUTF16WithZeros(t *testing.T) {
	t.Parallel()
	const text = "Name;Platform\nĀda Bērziņa;IG\n田中\u3000花子;TikTok\n"
	for name, order := range map[string]binary.AppendByteOrder{"little endian": binary.LittleEndian, "big endian": binary.BigEndian} {
		sheet, err := csvfile.New("x.csv", bytes.NewReader(inUTF16(text, order)[2:]), nil).Read(t.Context())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := []string{`1 ["Name" "Platform"]`, `2 ["Āda Bērziņa" "IG"]`, `3 ["田中\u3000花子" "TikTok"]`}
		if diff := cmp.Diff(want, texts(sheet.Rows)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func inUTF16(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + s)) {
		b = order.AppendUint16(b, unit)
	}
	return b
}
