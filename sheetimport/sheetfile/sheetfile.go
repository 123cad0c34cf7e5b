// Package sheetfile reads a sheet from a file that is either a CSV file or an Excel workbook: see [New].
//
// # Design
//
// It stands beside csvfile and xlsxfile and not in one of them, because the two do not know each other: a program that
// reads CSV only does not carry what reads workbooks.
package sheetfile

import (
	"bytes"
	"context"
	"io"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/internal/source"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
)

// Options are the choices of [Open]. The zero value has the defaults.
type Options struct {
	Limits sheet.Limits
	// Tab and Mapping are those of a workbook: see xlsxfile.Options. A CSV file has no tabs, and one that is named by a Tab is
	// refused: it would be read in the place of another table.
	Tab     string
	Mapping column.Mapping
}

// New returns a source that reads a CSV file or an Excel workbook (.xlsx) from r, whichever it is: it goes by what is
// in the file and not by its name. Nil limits mean the defaults. Read reads r to its end and can be called once.
func New(name string, r io.Reader, l *sheet.Limits) sheet.Source {
	if r == nil {
		panic("sheetfile: New needs a reader, and was given nil")
	}
	return Open(name, r, &Options{Limits: l.OrDefault()})
}

// Open is New with more choices; nil options are the defaults.
func Open(name string, r io.Reader, o *Options) sheet.Source {
	if r == nil {
		panic("sheetfile: Open needs a reader, and was given nil")
	}
	var options Options
	if o != nil {
		options = *o
	}
	return source.New(name, r, options.Limits.OrDefault(), func(ctx context.Context, data []byte, l sheet.Limits) (*sheet.Table, error) {
		if bytes.HasPrefix(data, []byte("PK")) {
			return xlsxfile.Parse(ctx, data, xlsxfile.Options{Limits: l, Tab: options.Tab, Mapping: options.Mapping})
		}
		table, err := csvfile.Parse(ctx, data, l)
		if tab := texts.Trim(options.Tab); err == nil && tab != "" && tab != xlsxfile.AllTabs {
			return nil, sentence.Errorf("%s: it is a CSV file, which has no tab %q; give a file of its own for each table",
				sheet.ErrUnreadable, texts.Shorten(tab))
		}
		return table, err
	})
}
