package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeFile is where axe-core of the npm registry is looked for. The command that installs it is in .ci/run.
const axeFile = "../../../.ci/tools/node/node_modules/axe-core/axe.min.js"

// axe is the source of axe-core; "" without it, or a failure if CRM_TEST_REQUIRE has node.
func axe(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile(filepath.FromSlash(axeFile))
	if err != nil && strings.Contains(os.Getenv("CRM_TEST_REQUIRE"), "node") {
		t.Fatal(err)
	}
	return string(source)
}

// finding is what axe-core finds.
type finding struct {
	ID, Help string
	Nodes    []struct{ HTML, FailureSummary string }
}

// accessible fails the test for what axe-core finds in the page as it is.
func (b *tab) accessible(source, what string) {
	b.t.Helper()
	if source == "" || b.mute {
		return
	}
	if !ask(b, what, chromedp.Evaluate[bool]("window.axe !== undefined")) {
		_ = ask(b, what, chromedp.Evaluate[bool](source+"; true"))
	}
	found := ask(b, what, chromedp.Evaluate[[]finding](`
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(v => (
	{ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => ({HTML: n.html.slice(0, 300), FailureSummary: n.failureSummary}))})))`,
		chromedp.EvalAwaitPromise))
	for _, f := range found {
		b.t.Errorf("%s: %s (%s)", what, f.Help, f.ID)
		for _, n := range f.Nodes {
			b.t.Log(n.HTML, "\n", n.FailureSummary)
		}
	}
}
