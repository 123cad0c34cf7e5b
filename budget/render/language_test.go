package render_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/crm/sentence"
)

func inGerman(format string, args ...any) string {
	return sentence.Of(format, args...).In(language.German)
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	p := plan()
	p.Today = budget.MustParseDate("2026-05-15")
	for tag, want := range map[string]string{
		"und": "| June 2026 | 16,114.81 |", "en": "| June 2026 | 16,114.81 |", "en-GB": "| June 2026 | 16,114.81 |",
		"de":    "| Juni 2026 | 16.114,81 |",
		"de-DE": "| Juni 2026 | 16.114,81 |", "de-AT": "| Juni 2026 | 16\u00a0114,81 |", "de-CH": "| Juni 2026 | 16’114.81 |",
		"fr": "| June 2026 | 16,114.81 |", "ar": "| June 2026 | 16,114.81 |", "de-u-nu-arab": "| Juni 2026 | 16.114,81 |",
	} {
		if got := markdown(t, p, &render.MarkdownOptions{Lang: language.MustParse(tag)}); !strings.Contains(got, want) {
			t.Errorf("%s lacks %q:\n%s", tag, want, got)
		}
	}
	golden(t, "german.txt", text(t, plan(), &render.TextOptions{Lang: language.German}))
	golden(t, "german.svg", svg(t, plan(), &render.SVGOptions{Lang: language.German, Charts: []render.Chart{render.ChartCampaigns}}))
	own := func(format string, args ...any) string { return strings.ToUpper(inGerman(format, args...)) }
	if got := markdown(t, p, &render.MarkdownOptions{Lang: language.German, Say: own}); !strings.Contains(got, "| JUNI 2026 | 16.114,81 |") {
		t.Errorf("a host's own words:\n%s", got)
	}
}

// However large an amount is, it is written to the cent.
func TestAmountsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom([]budget.Currency{"EUR", "JPY", "KWD"}).Draw(t, "currency")
		m := budget.FromMinor(rapid.Int64().Draw(t, "minor"), currency)
		if got := strings.ReplaceAll(render.Thousands(m), ",", ""); got != m.Amount() {
			t.Fatalf("%s is written as %s", m.Amount(), render.Thousands(m))
		}
	})
}

// What is said in German is what package crm/sentence says, text by text, and nothing is missing.
func TestGermanIsThatOfTheCatalogue(t *testing.T) {
	t.Parallel()
	catalogue := map[string]string{}
	for _, e := range sentence.All() {
		catalogue[e.English] = e.German
	}
	for english, german := range render.German {
		if diff := cmp.Diff(catalogue[english], german); diff != "" {
			t.Errorf("%q (-crm/sentence +render):\n%s", english, diff)
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "../warning.go", "../report.go") {
		if strings.HasSuffix(file, "_test.go") || file == "csv.go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				text := constant.StringVal(constant.MakeFromLiteral(literal.Value, token.STRING, 0))
				_, said := catalogue[text]
				// What is drawn has classes, and some are the names of fields.
				if class := slices.Contains([]string{"budget", "end", "signed", "negotiating", "draft"}, text); said && !class && render.German[text] == "" && !slices.Contains(render.Charts(), render.Chart(text)) {
					t.Errorf("%s: not in German: %q", file, text)
				}
			}
			return true
		})
	}
}

// The whole of a report in German is the same by Lang and by the words of crm/sentence.
func TestGermanByLangAndBySay(t *testing.T) {
	t.Parallel()
	for name, p := range svgCases() {
		lang := text(t, p, &render.TextOptions{Lang: language.German})
		if diff := cmp.Diff(text(t, p, &render.TextOptions{Say: inGerman, DecimalComma: true}), lang); diff != "" {
			t.Errorf("%s (-Say +Lang):\n%s", name, diff)
		}
		drawing := svg(t, p, &render.SVGOptions{Say: inGerman, Lang: language.German})
		if diff := cmp.Diff(drawing, svg(t, p, &render.SVGOptions{Lang: language.German})); diff != "" {
			t.Errorf("%s (-Say +Lang):\n%s", name, diff)
		}
	}
}
