package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// newProgressBar shows how far the orders are decided, on a terminal; elsewhere, and where decisions may be printed beside it,
// it is silent.
func newProgressBar(w io.Writer, total int64, silent bool, unit progressbar.Option) *progressbar.ProgressBar {
	f, ok := w.(*os.File)
	return progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription("deciding"), unit, progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetVisibility(!silent && ok && term.IsTerminal(int(f.Fd()))))
}

// progressReader shows how much was read of a file. A bar that cannot be drawn, or a file that grows, is no reason to stop.
type progressReader struct {
	io.Reader
	bar *progressbar.ProgressBar
}

func (r progressReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	_ = r.bar.Add(n)
	return n, err
}
