package main

import (
	"fmt"
	"io"
	"log/slog"
)

// logFormat is how lines of the log are written: text if it is empty.
type logFormat string

func (f *logFormat) String() string { return string(*f) }

// Set takes text or json.
func (f *logFormat) Set(text string) error {
	if text != "text" && text != "json" {
		return fmt.Errorf("%q is no format of the log; use text or json", text)
	}
	*f = logFormat(text)
	return nil
}

func (f logFormat) logger(w io.Writer) *slog.Logger {
	if f == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
