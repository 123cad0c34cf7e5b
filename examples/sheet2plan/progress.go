package main

import (
	"io"

	"github.com/schollz/progressbar/v3"

	"github.com/getklar/influencercrm/sheetimport"
)

// progressBar shows how far an import has come, on a terminal; elsewhere it is silent.
type progressBar struct {
	w   io.Writer
	bar *progressbar.ProgressBar // nil until the first record, and where there is no terminal
}

func newProgressBar(w io.Writer) *progressBar {
	if _, ok := isTerminal(w); !ok {
		w = nil
	}
	return &progressBar{w: w}
}

func (p *progressBar) show(now sheetimport.Progress) {
	if p.w == nil {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions(now.Total,
			progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription("importing"),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	}
	_ = p.bar.Set(now.Done) // a terminal that cannot show the bar is no reason to stop
}

// clear takes the bar off the terminal, however far it has come.
func (p *progressBar) clear() {
	if p.bar != nil {
		_ = p.bar.Exit()
		_ = p.bar.Clear()
	}
}
