package workbook

import (
	"errors"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

// Options are the choices for Write.
type Options struct {
	// Lang is the language of sheets, headers and months, and Say puts them into another: as in render.TextOptions.
	// Amounts and dates are shown as the program that opens the workbook shows them.
	Lang language.Tag
	Say  func(format string, args ...any) string

	// Shares is how many lines the sheet of cooperations may have: 50,000 if it is 0, and at most a million. Each
	// cooperation has one for each of its months. Where there are more, the last line has the sum of the others.
	Shares int
}

const (
	defaultShares = 50_000
	maxShares     = 1_000_000 // Excel has room for 1,048,576 rows
)

// Write writes a report as a workbook. Nil options are the defaults.
func Write(w io.Writer, r *budget.Report, o *Options) (err error) {
	if w == nil || r == nil {
		panic("workbook: Write needs a writer and a Report, and was given nil")
	}
	var options Options
	if o != nil {
		options = *o
	}
	if options.Say == nil {
		options.Say = render.Words(options.Lang)
	}
	if options.Shares <= 0 {
		options.Shares = defaultShares
	}
	b := &book{f: excelize.NewFile(), r: r, say: options.Say}
	defer func() { err = errors.Join(err, b.f.Close()) }()
	b.defineStyles()
	months := b.months()
	b.campaigns()
	b.matrix()
	b.shares(min(options.Shares, maxShares))
	b.chart(months)
	if b.err != nil {
		return b.err
	}
	return b.f.Write(w)
}

// book is a workbook being written. It keeps its first error.
type book struct {
	f     *excelize.File
	r     *budget.Report
	say   func(string, ...any) string
	sheet string // the one that is written
	row   int    // the last one that is written
	err   error

	text, head, headAmount, amount, percent, count, month int // styles
	textTotal, amountTotal, percentTotal, countTotal      int
	sheets                                                []string // that there are
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// monthName is a month for people, such as June 2026.
func (b *book) monthName(m budget.Month) string {
	return b.say(m.TimeMonth().String()) + " " + strconv.Itoa(m.Year())
}
