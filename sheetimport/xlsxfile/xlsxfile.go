package xlsxfile

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/source"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Options are the choices of [New]. Nil and zero values are the defaults.
type Options struct {
	Limits sheet.Limits
	// Tab is the name of the tab to read. Empty means the first visible one that has a header, and AllTabs all that have one.
	Tab string
	// Mapping is that of the import, where the headers alone do not tell which tab is meant: see sheetimport.Options.
	Mapping column.Mapping
}

// New returns a source that reads an Excel workbook (.xlsx) from r, with the name that messages call it by.
//
// Of several tabs it is the first visible one whose rows have a header, with a note that names the others. A cell has
// the text that Excel shows and, behind it, the date, number, percentage, truth value or error that is stored: see
// [sheet.RawValue]. What a formula came to is taken from the file, and where the file does not hold it the cell is a
// [sheet.RawPending]; nothing is evaluated, and no link is followed. Every cell of a merged range holds what the range
// shows. Rows and cells without a reference follow the one before them. Hidden rows are read, and mentioned in a note.
//
// A workbook that unpacks to more than its limit, has a cell far away from the others, or is no workbook at all gives
// an error of the [sheet.ErrUnreadable] family before it can take much memory. Read reads r to its end and can be
// called once.
func New(name string, r io.Reader, o *Options) sheet.Source {
	if r == nil {
		panic("xlsxfile: New needs a reader, and was given nil")
	}
	var options Options
	if o != nil {
		options = *o
	}
	parse := func(ctx context.Context, data []byte, _ sheet.Limits) (*sheet.Table, error) {
		return Parse(ctx, data, options)
	}
	return source.New(name, r, options.Limits.OrDefault(), parse)
}

// Parse reads the bytes of a workbook.
func Parse(ctx context.Context, data []byte, o Options) (*sheet.Table, error) {
	o.Limits = o.Limits.OrDefault()
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, notAWorkbook(data)
	}
	w, err := openWorkbook(data, o.Limits)
	if err != nil {
		return nil, err
	}
	defer w.book.Close() //nolint:errcheck // it was only read
	if texts.Trim(o.Tab) == AllTabs {
		return w.readTabs(ctx, o)
	}
	chosen, note, err := w.choose(ctx, o)
	if err != nil {
		return nil, err
	}
	table, err := w.read(ctx, chosen, o.Limits.Rows)
	if err != nil {
		return nil, err
	}
	if !note.IsZero() {
		table.Notes = append([]sheet.Note{{Code: "one_tab_of_several", Text: note}}, table.Notes...)
	}
	return table, nil
}

// notAWorkbook says what a file is that is no workbook.
func notAWorkbook(data []byte) error {
	if _, _, err := source.DecodeText(data); err != nil {
		return err
	}
	return sentence.Errorf("%s: it is a text and not an Excel workbook (.xlsx); if it is CSV, name it .csv", sheet.ErrUnreadable)
}

// workbook is an open file. What its cells show comes from excelize; what lies behind them, which its stream of rows does
// not tell, is read beside it, row by row.
type workbook struct {
	zip     *zip.Reader
	book    *excelize.File
	limits  sheet.Limits
	parts   workbookParts
	formats []numberFormat // by style
}

func openWorkbook(data []byte, l sheet.Limits) (*workbook, error) {
	w := &workbook{limits: l}
	var err error
	if w.zip, err = zip.NewReader(bytes.NewReader(data), int64(len(data))); err != nil {
		return nil, sentence.Errorf("%s: the file is damaged or was not copied whole; save or download it again", sheet.ErrUnreadable)
	}
	var total, packed uint64
	for _, f := range w.zip.File {
		// Parts that share their packed bytes are more than the file when they are copied.
		if packed += f.CompressedSize64; f.CompressedSize64 > uint64(len(data)) || packed > uint64(len(data)) {
			return nil, sentence.Errorf("%s: the file is damaged or was not copied whole; save or download it again", sheet.ErrUnreadable)
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > uint64(l.Unpacked) || total > uint64(l.Unpacked) {
			return nil,
				sentence.Errorf("%s: unpacked it is larger than %s; split it into smaller files, and leave pictures out",
					sheet.ErrTooLarge, texts.Size(l.Unpacked))
		}
	}
	if err := w.readParts(); err != nil {
		return nil, err
	}
	plain, err := w.plain()
	if errors.Is(err, sheet.ErrUnreadable) {
		return nil, err
	} else if err != nil {
		return nil, damagedPart(sentence.Of("the workbook"))
	}
	// Large parts go to temporary files, so that the workbook does not stand in memory whole.
	w.book, err = unpanicked(func() (*excelize.File, error) {
		return excelize.OpenReader(bytes.NewReader(plain), excelize.Options{UnzipSizeLimit: l.Unpacked,
			UnzipXMLSizeLimit: min(l.Unpacked, 16<<20)})
	})
	if err != nil {
		return nil, damagedPart(sentence.Of("the workbook"))
	}
	return w, nil
}

// unpanicked calls excelize, which is written for workbooks of good will: what one of ill will makes it do is an error
// of that file, and not the end of the program.
func unpanicked[T any](call func() (T, error)) (result T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the workbook is not as Excel writes it: %v", r)
		}
	}()
	return call()
}

func damagedPart(part sentence.Sentence) error {
	return sentence.Errorf("%s: %s inside the file is damaged or not as Excel writes it; open it in Excel and save it again",
		sheet.ErrUnreadable, part)
}

// partError is the error of a part that is read whole.
func partError(err error, part sentence.Sentence) error {
	if errors.Is(err, sheet.ErrTooLarge) {
		return sentence.Errorf("%s: %s inside the file is larger than %s; copy the cells into a new workbook",
			sheet.ErrTooLarge, part, texts.Size(maxPart))
	}
	return damagedPart(part)
}

// choose returns the tab to read, and a note if there are others.
func (w *workbook) choose(ctx context.Context, o Options) (chosen tab, note sentence.Sentence, err error) {
	wanted := o.Tab
	var names []string
	first, found := -1, -1
	for n, t := range w.parts.tabs {
		if wanted != "" && strings.EqualFold(texts.Trim(t.name), texts.Trim(wanted)) {
			return t, note, nil
		}
		if t.hidden {
			continue
		}
		names = append(names, fmt.Sprintf("%q", texts.Shorten(t.name)))
		if wanted != "" || found >= 0 {
			continue
		}
		top, err := w.read(ctx, t, column.HeaderRows)
		if err != nil && !errors.Is(err, sheet.ErrTooLarge) {
			return tab{}, note, err
		}
		if err == nil && len(top.Rows) > 0 && first < 0 {
			first = n
		}
		if err == nil {
			if _, err := column.FindHeader(top, o.Mapping); err == nil {
				found = n
			}
		}
	}
	switch {
	case wanted != "":
		return tab{}, note, sentence.Errorf("%s: there is no tab %q; the tabs are %s", sheet.ErrUnreadable,
			texts.Shorten(wanted), texts.Listed(names))
	case len(names) == 0:
		return tab{}, note, sentence.Errorf("%s: the workbook has no visible tab with cells", sheet.ErrUnreadable)
	case found < 0:
		found = max(first, 0)
		if w.parts.tabs[found].hidden {
			return tab{}, note,
				sentence.Errorf("%s: the workbook is empty; choose a file with a header row and at least one row below it",
					sheet.ErrUnreadable)
		}
	}
	chosen = w.parts.tabs[found]
	if len(names) > 1 {
		note = sentence.Of("the workbook has the tabs %s; %q is read, the first with a header", texts.Listed(names),
			texts.Shorten(chosen.name))
	}
	return chosen, note, nil
}
