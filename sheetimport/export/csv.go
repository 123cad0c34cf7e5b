package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
)

// delimiters are those of CSV files that the import reads.
const delimiters = ",;\t|"

const utf8BOM = "\uFEFF"

// csvWriter writes a sheet as CSV.
type csvWriter struct {
	w      *csv.Writer
	record []string
}

func newCSVWriter(w io.Writer, o *Options) (*csvWriter, error) {
	var options Options
	if o != nil {
		options = *o
	}
	if options.Comma == 0 {
		options.Comma = ','
	}
	if !strings.ContainsRune(delimiters, options.Comma) {
		return nil, &crm.Error{Family: crm.ErrInvalid, Field: "comma", Value: fmt.Sprintf("%q", options.Comma),
			Problem: sentence.Of("is no delimiter of cells; use a comma, a semicolon, a tab or |")}
	}
	if options.BOM {
		if _, err := io.WriteString(w, utf8BOM); err != nil {
			return nil, err
		}
	}
	out := csv.NewWriter(w)
	out.Comma = options.Comma
	return &csvWriter{w: out}, nil
}

func (c *csvWriter) row(cells []records.Cell) error {
	c.record = c.record[:0]
	for _, cell := range cells {
		text := cell.Escaped()
		if cell.Number && c.w.Comma == ';' {
			text = strings.Replace(text, ".", ",", 1)
		}
		c.record = append(c.record, text)
	}
	return c.w.Write(c.record)
}

func (c *csvWriter) close() error {
	c.w.Flush()
	return c.w.Error()
}
