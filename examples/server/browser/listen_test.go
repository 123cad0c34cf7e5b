package browser

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// listen keeps what goes wrong in a page: errors in the console, and requests to other hosts.
func (b *tab) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.fault("script: " + e.ExceptionDetails.Text + " " + fmt.Sprint(e.ExceptionDetails.Exception.Description))
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			said, _ := json.Marshal(e.Args)
			b.fault("console: " + string(said))
		}
	case *log.EventEntryAdded:
		// A page that refuses what was typed answers with 412 or 422, which the browser logs and no script sees.
		if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "status of 4") {
			b.fault("log: " + e.Entry.Text + " " + e.Entry.URL)
		}
	case *page.EventJavascriptDialogOpening: // whether to leave what was typed; the tab must not wait for the answer here
		b.mu.Lock()
		b.asked++
		leave := !b.stays
		b.mu.Unlock()
		go func() {
			_, _ = chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: leave})
		}()
	case *network.EventRequestWillBeSent:
		to, err := url.Parse(e.Request.URL)
		if err != nil || to.Scheme == "http" && "http://"+to.Host != b.site.base || to.Scheme == "https" {
			b.fault("request to another host: " + e.Request.URL)
		}
	}
}

// quote writes a text as JavaScript does.
func quote(text string) string {
	q, _ := json.Marshal(text)
	return string(q)
}
