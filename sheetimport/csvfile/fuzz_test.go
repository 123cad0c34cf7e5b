package csvfile_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

func FuzzCSV(f *testing.F) {
	for _, name := range []string{"../testdata/klar-sheet.csv", "../testdata/agency-tracker-de.csv"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:300])
	}
	for _, s := range []string{"", "sep=;\na;b", "a,\"b\nc\",d\n\"\"\"", "\xEF\xBB\xBFName,Platform\r\n", "a\rb", "Name;Platform\nZo\xEB;\x81", `"`, `"a" ,b`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := &sheet.Limits{Bytes: 1 << 16, Rows: 500, Columns: 50, CellLen: 200}
		s, err := csvfile.New("f.csv", strings.NewReader(string(data)), limits).Read(t.Context())
		if err != nil {
			if !errors.Is(err, sheet.ErrUnreadable) {
				t.Fatalf("err = %v, want ErrUnreadable", err)
			}
			return
		}
		if len(s.Rows) > limits.Rows {
			t.Fatalf("%d rows", len(s.Rows))
		}
		for i, r := range s.Rows {
			if r.Number != i+1 || r.Err != nil && len(r.Cells) > 0 || len(r.Cells) > limits.Columns {
				t.Fatalf("row %d: %+v", i, r)
			}
			if r.Err != nil && (cellCode(r.Err) == "" || !utf8.ValidString(r.Err.Error())) {
				t.Fatalf("row %d: %v", i, r.Err)
			}
			for _, c := range r.Cells {
				if !utf8.ValidString(c.Text) || utf8.RuneCountInString(c.Text) > limits.CellLen {
					t.Fatalf("row %d: cell %q", i, c.Text)
				}
			}
		}
		h, err := column.FindHeader(s, nil)
		if err != nil {
			if !errors.Is(err, column.ErrNoHeader) {
				t.Fatalf("FindHeader: %v", err)
			}
			return
		}
		seen := map[column.Field]bool{}
		for _, c := range h.Columns {
			if c.Field != column.Custom && seen[c.Field] || c.Reason.IsZero() || c.Letter == "" {
				t.Fatalf("column %+v", c)
			}
			seen[c.Field] = true
		}
	})
}
