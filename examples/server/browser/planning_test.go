package browser

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/examples/server/demo"
)

// Nothing of the plan has to be scrolled to: neither its figures on a small laptop, nor its chart on a phone.
func TestPlanFitsTheScreen(t *testing.T) {
	t.Parallel()
	s := newDemo(t)
	for _, lang := range []string{"de", "en"} {
		b := s.open(t, lang)
		for _, page := range []string{"planning", "planning?show=all", "planning/months", "planning/accuracy", "campaigns"} {
			b.do("size", chromedp.EmulateViewport(1280, 900))
			b.visit("/w/" + demo.Workspace.String() + "/" + page)
			for _, width := range []int64{1280, 1200, 1199, 1024, 981, 980, 900, 768, 641, 380} {
				b.do("size", chromedp.EmulateViewport(width, 900))
				b.until("the chart of "+page, `[...document.images].every((i) => { i.loading = "eager"; return i.complete && i.naturalWidth > 0; })`)
				if cut := ask(b, page, chromedp.Evaluate[string](wideTables(""))); cut != "" {
					t.Errorf("%s in %s, %d wide, cuts %s", page, lang, width, cut)
				}
			}
		}
	}
}
