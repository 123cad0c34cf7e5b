package main

import (
	"bytes"
	"context"
	"io"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/budget/workbook"
	"github.com/getklar/influencercrm/crm"
)

// reportFormats are the ends of the names of files that a report can be written into.
var reportFormats = []string{".txt", ".csv", ".md", ".svg", ".xlsx"}

// checkReportFile refuses a file for the report before anything is imported.
func checkReportFile(name string) error {
	if !slices.Contains(reportFormats, fileEnd(name)) {
		return refuse("%s %q must end in %s", "-report", name, choices(reportFormats))
	}
	return checkNew(name, "the report")
}

// writeReport writes the planning report of the workspace for the terminal.
func writeReport(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, a arguments, out *bytes.Buffer) error {
	report, err := service.Report(ctx, ws, &crm.ReportOptions{On: a.on})
	if err != nil {
		return err
	}
	out.WriteByte('\n')
	text := a.text
	text.Lang = a.lang
	if err := render.Text(out, report, &text); err != nil {
		return err
	}
	hintUnpriced(out, report, a)
	return nil
}

// writeReportFile writes the planning report into a new file.
func writeReportFile(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, a arguments, name string, out *bytes.Buffer) error {
	report, err := service.Report(ctx, ws, &crm.ReportOptions{On: a.on})
	if err != nil {
		return err
	}
	err = writeNew(name, "the report", func(w io.Writer) error { return writeReportAs(w, report, a) })
	if err == nil {
		out.WriteString(a.say("%s: the report of %s\n", name, report.Today.String()))
	}
	return err
}

// writeReportAs writes a report in the format that the end of the file's name says.
func writeReportAs(w io.Writer, report *budget.Report, a arguments) error {
	switch fileEnd(a.report) {
	case ".csv":
		return render.CSV(w, report)
	case ".md":
		return render.Markdown(w, report, &render.MarkdownOptions{Past: a.text.Past, Lang: a.lang})
	case ".svg":
		return render.SVG(w, report, &render.SVGOptions{Lang: a.lang})
	case ".xlsx":
		return workbook.Write(w, report, &workbook.Options{Lang: a.lang})
	}
	return render.Text(w, report, &render.TextOptions{Width: a.fileWidth, Past: a.text.Past, Lang: a.lang})
}
