package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/budget/workbook"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/examples/server/reports"
)

// format is a form in which the report is written.
type format string

// The formats of a report.
const (
	formatJSON     format = "json"
	formatText     format = "text"
	formatMarkdown format = "markdown"
	formatCSV      format = "csv"
	formatSVG      format = "svg"
	formatXLSX     format = "xlsx"
)

// inFormats is an operation whose answer has many formats.
func inFormats(o Operation) Operation {
	o.timeout = time.Minute
	o.Answers[0].Content = &openapi.Content{Type: reflect.TypeFor[budget.Report](), Media: []string{
		"text/plain", "text/markdown", "text/csv", "image/svg+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	}}
	return o
}

type reportParams struct {
	reporting
	moment
	// Format is the form of the answer; JSON if it is not given.
	Format format `json:"format,omitzero"`
}

// file is the report in a format, without its body.
func (f format) file() (file, error) {
	switch f {
	case "", formatJSON:
		return file{media: "application/json"}, nil
	case formatText:
		return file{media: "text/plain; charset=utf-8"}, nil
	case formatMarkdown:
		return file{media: "text/markdown; charset=utf-8"}, nil
	case formatCSV:
		return file{media: "text/csv; charset=utf-8", name: "plan.csv"}, nil
	case formatSVG:
		return file{media: "image/svg+xml"}, nil
	case formatXLSX:
		return file{media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name: "plan.xlsx"}, nil
	}
	return file{}, &crm.Error{Family: crm.ErrInvalid, Field: "format", Value: crm.Shorten(string(f)),
		Problem: sentence.Of("is no format of the report; use json, text, markdown, csv, svg or xlsx")}
}

func (a *API) report(c *call[reportParams]) (any, error) {
	f, err := c.params.Format.file()
	if err != nil {
		return nil, err
	}
	if err := c.params.check(); err != nil {
		return nil, err
	}
	write := func(ctx context.Context) ([]byte, error) { return a.writeReport(ctx, c) }
	if c.params.AsOf == 0 && c.params.At.IsZero() {
		return a.kept(c.request, c.ws, f, write)
	}
	f.body, err = write(c.ctx())
	return f, err
}

func (a *API) summary(c *call[reporting]) (any, error) {
	return a.kept(c.request, c.ws, file{media: "application/json"}, func(ctx context.Context) ([]byte, error) {
		return inJSON(c.crm.Summary(ctx, c.ws, c.params.options(a.options.Rates)))
	})
}

// kept is an answer about the plan as it stands, which is made once for all who ask for the same. Rates may be others each
// time.
func (a *API) kept(r *http.Request, ws crm.WorkspaceID, f file, write func(context.Context) ([]byte, error)) (_ any, err error) {
	if a.options.Rates != nil {
		f.body, err = write(r.Context())
		return f, err
	}
	asked := fmt.Sprint(r.URL.Path, "?", r.URL.Query().Encode(), " ", web.Language(r))
	f.body, err = a.options.Reports.Get(r.Context(), a.crm, reports.Key{Workspace: ws, Asked: asked}, write)
	return f, err
}

func (a *API) writeReport(ctx context.Context, c *call[reportParams]) ([]byte, error) {
	r, err := a.readReport(ctx, c)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	lang := web.Language(c.request)
	switch c.params.Format {
	case formatText:
		err = render.Text(&out, r, &render.TextOptions{Lang: lang})
	case formatMarkdown:
		err = render.Markdown(&out, r, &render.MarkdownOptions{Lang: lang})
	case formatCSV:
		err = render.CSV(&out, r)
	case formatSVG:
		err = render.SVG(&out, r, &render.SVGOptions{Lang: lang})
	case formatXLSX:
		err = workbook.Write(&out, r, &workbook.Options{Lang: lang})
	default:
		return inJSON(r, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return out.Bytes(), nil
}

func (a *API) readReport(ctx context.Context, c *call[reportParams]) (*budget.Report, error) {
	o := c.params.options(a.options.Rates)
	switch {
	case c.params.AsOf != 0:
		return c.crm.ReportAsOf(ctx, c.ws, c.params.AsOf, o)
	case !c.params.At.IsZero():
		return c.crm.ReportAt(ctx, c.ws, c.params.At, o)
	default:
		return c.crm.Report(ctx, c.ws, o)
	}
}

// inJSON writes an answer as web.Handler does.
func inJSON(answer any, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	doc, err := json.Marshal(answer)
	return append(doc, '\n'), err
}
